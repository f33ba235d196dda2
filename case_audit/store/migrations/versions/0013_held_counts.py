"""How many cases are in whose hands, kept by the database itself.

For each 1,024 numbers of a round, so that a list of cases by whose they are knows where
every line of it is without reading the others.
"""

# ruff: noqa: S608 - statements are put together from our own words

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NEWEST = (
    "(SELECT n.id FROM allocation n WHERE n.round_id = c.round_id "
    "ORDER BY n.number DESC LIMIT 1)"
)
CASES = (
    "FROM round_case c "
    "LEFT JOIN audit a ON a.case_id = c.id AND a.role = 'first' "
    "LEFT JOIN allocated_case g ON g.case_id = c.id "
    f"AND g.allocation_id = {NEWEST}"
)
STANDS = "c.state IN ('drawn', 'reserve used')"
HELD = f"{STANDS} AND (a.id IS NOT NULL OR g.auditor <> '')"
BLOCK = "(c.number - 1) / 1024"
WAYS = (
    # Two who count at once meet at the first of these rows, and wait in one order.
    ("'held'", "''", BLOCK, HELD),
    ("coalesce(a.state, 'given')", "coalesce(a.auditor, g.auditor)", BLOCK, HELD),
    ("'out'", "''", "0", f"{STANDS} AND g.case_id IS NOT NULL"),
    ("'reader'", "g.auditor", "0", "g.case_id IS NOT NULL"),
)
"""What is counted: the way, of whom, in which block, and which cases."""


def upgrade() -> None:
    """Create the table, count what is there, and set the triggers."""
    op.create_table(
        "held_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "way IN ('held', 'given', 'open', 'submitted', 'out', 'reader')",
            name="held_way",
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("round_id", "way", "holder", "block"),
        sqlite_with_rowid=False,
    )
    server = op.get_bind().dialect.name == "postgresql"
    made = _on_server() if server else _embedded()
    for statement in (*_counted("1 = 1").split(";")[:-1], *made):
        op.get_bind().exec_driver_sql(statement)


def _add(rows: str) -> str:
    """Return the statement that adds rows to the counts."""
    return (
        "INSERT INTO held_count (round_id, way, holder, block, cases) "
        f"{rows} ON CONFLICT (round_id, way, holder, block) "
        "DO UPDATE SET cases = held_count.cases + excluded.cases;"
    )


def _case(sign: str, case: str, condition: str = "1 = 1") -> str:
    """Count a case as it is now, or take it away."""
    return "".join(
        _add(
            f"SELECT c.round_id, {way}, {holder}, {block}, {sign}1 {CASES} "
            f"WHERE c.id = {case} AND {which} AND {condition}"
        )
        for way, holder, block, which in WAYS
    )


def _counted(condition: str) -> str:
    """Count all cases of which a condition is true, where nothing is counted."""
    return "".join(
        _add(
            f"SELECT c.round_id, {way}, {holder}, {block}, count(*) {CASES} "
            f"WHERE {which} AND {condition} GROUP BY 1, 2, 3, 4"
        )
        for way, holder, block, which in WAYS
    )


def _anew(round_id: str) -> str:
    """Count the cases of a round anew."""
    return (
        f"DELETE FROM held_count WHERE round_id = {round_id};"
        f"{_counted(f'c.round_id = {round_id}')}"
    )


IS_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM allocation n WHERE n.round_id = NEW.round_id "
    "AND n.number > NEW.number)"
)
GIVEN = f"round_id = NEW.round_id AND way = 'given' AND {IS_NEWEST}"
TAKEN_BACK = _add(
    "SELECT round_id, 'held', '', block, -sum(cases) FROM held_count "
    f"WHERE {GIVEN} GROUP BY round_id, block"
) + (
    "DELETE FROM held_count WHERE round_id = NEW.round_id "
    f"AND way IN ('given', 'out', 'reader') AND {IS_NEWEST};"
)
"""A new allocation gives nothing out before its cases are there."""


def _changes(
    table: str, name: str, *, of: str, matters: str
) -> list[tuple[str, str, str]]:
    """Count the case of a row away before the row changes, and again after it.

    Args:
        table: The table.
        name: What the names of its triggers begin with.
        of: The columns that matter.
        matters: Whether a row does; its alias is to be filled in.
    """
    either = f"({matters.format(row='OLD')} OR {matters.format(row='NEW')})"
    other = f"NEW.case_id <> OLD.case_id AND {either}"
    made = []
    for when, sign in (("BEFORE", "-"), ("AFTER", "")):
        end = when.lower()
        for what, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            counted = _case(sign, f"{row}.case_id", matters.format(row=row))
            made.append(
                (f"{name}_{what.lower()}_{end}", f"{when} {what} ON {table}", counted)
            )
        changed = _case(sign, "OLD.case_id", either) + _case(sign, "NEW.case_id", other)
        made.append(
            (f"{name}_update_{end}", f"{when} UPDATE OF {of} ON {table}", changed)
        )
    return made


WHAT = (
    *_changes(
        "audit",
        "held_audit",
        of="case_id, role, state, auditor",
        matters="{row}.role = 'first'",
    ),
    *_changes(
        "allocated_case",
        "held_given",
        of="allocation_id, case_id, auditor",
        matters=f"{{row}}.allocation_id = {NEWEST}",
    ),
    ("held_taken_back", "AFTER INSERT ON allocation", TAKEN_BACK),
    (
        "held_other_allocation",
        "AFTER UPDATE OF round_id, number ON allocation",
        _anew("OLD.round_id") + _anew("NEW.round_id"),
    ),
    ("held_no_allocation", "AFTER DELETE ON allocation", _anew("OLD.round_id")),
    (
        "held_case_to_change",
        "BEFORE UPDATE OF round_id, number, state ON round_case",
        _case("-", "OLD.id"),
    ),
    (
        "held_case_changed",
        "AFTER UPDATE OF round_id, number, state ON round_case",
        _case("", "NEW.id"),
    ),
    ("held_case_to_go", "BEFORE DELETE ON round_case", _case("-", "OLD.id")),
)
"""What the database does by itself: its name, when, and what."""


def _embedded() -> list[str]:
    return [
        f"CREATE TRIGGER {name} {when} FOR EACH ROW BEGIN {what} END"
        for name, when, what in WHAT
    ]


def _on_server() -> list[str]:
    made = []
    for name, when, what in WHAT:
        gives = "OLD" if "DELETE" in when else "NEW"
        does = f"LANGUAGE plpgsql AS $$BEGIN {what} RETURN {gives}; END$$"
        made += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger {does}",
            f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return made
