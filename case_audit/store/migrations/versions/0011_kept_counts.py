"""Counts of a self-assessment, kept by the database itself.

The tables are made empty. What was submitted before gets its outcomes from the first
summary of its round, some hundred audits at a time, for that takes rules of a rubric
that no database knows.
"""

# ruff: noqa: S608 - statements are put together from our own words

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

STANDS = "state IN ('drawn', 'reserve used')"
LEVELS = (
    "'audit', 'criterion', 'domain', 'overall', 'flag', 'limited', 'raised', "
    "'overruled'"
)
GUARD = "only a submitted first audit of the case is counted"
FIXED = "an outcome is never changed"


def upgrade() -> None:
    """Create the tables, count what is begun and submitted, and set the triggers."""
    _tables()
    op.execute(
        "INSERT INTO tally (round_id, level, subject, stratum, value, cases) "
        "SELECT c.round_id, a.state, a.auditor, c.stratum, 'yes', count(*) "
        "FROM audit a JOIN round_case c ON c.id = a.case_id "
        f"WHERE a.role = 'first' AND c.{STANDS} "
        "GROUP BY c.round_id, a.state, a.auditor, c.stratum"
    )
    server = op.get_bind().dialect.name == "postgresql"
    for statement in _on_server() if server else _embedded():
        op.get_bind().exec_driver_sql(statement)


def _tables() -> None:
    op.create_table(
        "outcome",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"level IN ({LEVELS})", name="outcome_level"),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("audit_id", "level", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "cases_by_outcome",
        "outcome",
        ["round_id", "level", "subject", "value", "number", "audit_id"],
        unique=False,
    )
    op.create_table(
        "tally",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("round_id", "level", "subject", "stratum", "value"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draw_head",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("round_id"),
    )


def _add(rows: str) -> str:
    """Return the statement that adds rows to the counts."""
    return (
        "INSERT INTO tally (round_id, level, subject, stratum, value, cases) "
        f"{rows} "
        "ON CONFLICT (round_id, level, subject, stratum, value) "
        "DO UPDATE SET cases = tally.cases + excluded.cases;"
    )


def _outcome(row: str, sign: str) -> str:
    """Count an outcome that comes or goes, if its case stands."""
    return _add(
        f"SELECT {row}.round_id, {row}.level, {row}.subject, c.stratum, {row}.value, "
        f"{sign}1 FROM round_case c WHERE c.round_id = {row}.round_id "
        f"AND c.number = {row}.number AND c.{STANDS}"
    )


def _audit(row: str, sign: str) -> str:
    """Count an audit that comes or goes, if it is a first one and its case stands."""
    return _add(
        f"SELECT c.round_id, {row}.state, {row}.auditor, c.stratum, 'yes', {sign}1 "
        f"FROM round_case c WHERE c.id = {row}.case_id AND c.{STANDS} "
        f"AND {row}.role = 'first'"
    )


def _case(row: str, sign: str) -> str:
    """Count all that was found in a case that begins or ceases to stand."""
    return _add(
        f"SELECT {row}.round_id, o.level, o.subject, {row}.stratum, o.value, {sign}1 "
        "FROM audit a JOIN outcome o ON o.audit_id = a.id "
        f"WHERE a.case_id = {row}.id AND {row}.{STANDS}"
    ) + _add(
        f"SELECT {row}.round_id, a.state, a.auditor, {row}.stratum, 'yes', {sign}1 "
        f"FROM audit a WHERE a.case_id = {row}.id AND a.role = 'first' "
        f"AND {row}.{STANDS}"
    )


def _void(row: str, key: str) -> str:
    """Take away the outcomes of an audit that is changed."""
    return f"DELETE FROM outcome WHERE audit_id = {row}.{key};"


AUDIT = "case_id, role, state, auditor, computed_json"
UNFIT = (
    "NOT EXISTS (SELECT 1 FROM audit a JOIN round_case c ON c.id = a.case_id "
    "WHERE a.id = NEW.audit_id AND a.role = 'first' AND a.state = 'submitted' "
    "AND c.round_id = NEW.round_id AND c.number = NEW.number)"
)
HEAD = "DELETE FROM draw_head WHERE round_id = OLD.id;"

WHAT = (
    ("outcome_added", "AFTER INSERT ON outcome", _outcome("NEW", "")),
    ("outcome_gone", "AFTER DELETE ON outcome", _outcome("OLD", "-")),
    ("audit_begun", "AFTER INSERT ON audit", _audit("NEW", "")),
    (
        "audit_changed",
        f"AFTER UPDATE OF {AUDIT} ON audit",
        _void("OLD", "id") + _audit("OLD", "-") + _audit("NEW", ""),
    ),
    ("audit_to_go", "BEFORE DELETE ON audit", _void("OLD", "id")),
    ("audit_gone", "AFTER DELETE ON audit", _audit("OLD", "-")),
    (
        "case_changed",
        "AFTER UPDATE OF state, stratum ON round_case",
        _case("OLD", "-") + _case("NEW", ""),
    ),
    ("answer_given", "AFTER INSERT ON answer", _void("NEW", "audit_id")),
    (
        "answer_changed",
        "AFTER UPDATE OF audit_id, part, subject, revision, value, rationale ON answer",
        _void("OLD", "audit_id") + _void("NEW", "audit_id"),
    ),
    ("answer_gone", "AFTER DELETE ON answer", _void("OLD", "audit_id")),
    ("draw_changed", "AFTER UPDATE OF manifest_json ON round", HEAD),
)
"""What the database does by itself: its name, when, and what."""


def _embedded() -> list[str]:
    made = [
        f"CREATE TRIGGER {name} {when} FOR EACH ROW BEGIN {what} END"
        for name, when, what in WHAT
    ]
    fits = f"WHEN {UNFIT} BEGIN SELECT RAISE(ABORT, '{GUARD}'); END"
    fixed = f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    return [
        *made,
        f"CREATE TRIGGER outcome_fits BEFORE INSERT ON outcome FOR EACH ROW {fits}",
        f"CREATE TRIGGER outcome_fixed BEFORE UPDATE ON outcome FOR EACH ROW {fixed}",
    ]


def _on_server() -> list[str]:
    refused = (
        (
            "outcome_fits",
            "BEFORE INSERT ON outcome",
            f"IF {UNFIT} THEN RAISE EXCEPTION '{GUARD}'; END IF;",
        ),
        (
            "outcome_fixed",
            "BEFORE UPDATE ON outcome",
            f"RAISE EXCEPTION '{FIXED}';",
        ),
    )
    made = []
    for name, when, what in (*WHAT, *refused):
        gives = "OLD" if "DELETE" in when else "NEW"
        does = f"LANGUAGE plpgsql AS $$BEGIN {what} RETURN {gives}; END$$"
        made += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger {does}",
            f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return made
