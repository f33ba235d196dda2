"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the registry, then frames, samples and audits."""
    _registry()
    _frames()
    _samples()
    _audits()


def _registry() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.CheckConstraint("seq >= 1", name="event_seq_from_1"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("seal"),
    )
    op.create_table(
        "rubric_text",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def _frames() -> None:
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("as_at", sa.String(), nullable=False),
        sa.Column("imported_utc", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_file_sha256", "import_file", ["sha256"], unique=False)
    op.create_table(
        "record",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("list_no", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("values_json", sa.Text(), nullable=False),
        sa.Column("raw_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"]),
        sa.PrimaryKeyConstraint("import_id", "list_no", "row"),
    )
    op.create_index("ix_record_unit", "record", ["unit"], unique=False)
    op.create_table(
        "frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("as_at", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("excluded_json", sa.Text(), nullable=False),
        sa.CheckConstraint("units >= 0", name="frame_units"),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_frame_import_id", "frame", ["import_id"], unique=False)
    op.create_table(
        "frame_unit",
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("attributes_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"]),
        sa.PrimaryKeyConstraint("frame_id", "unit"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("paragraphs_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("document_of_unit", "document", ["import_id", "unit"], unique=False)


def _samples() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("rubric_digest", sa.String(), nullable=False),
        sa.Column("manifest_json", sa.Text(), nullable=False),
        sa.Column("drawn_utc", sa.String(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"]),
        sa.ForeignKeyConstraint(["rubric_digest"], ["rubric_text.digest"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index("ix_round_frame_id", "round", ["frame_id"], unique=False)
    op.create_table(
        "round_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name="case_number_from_1"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "number", name="case_number_in_round"),
        sa.UniqueConstraint("round_id", "unit", name="case_once_in_round"),
    )
    op.create_index("ix_round_case_round_id", "round_case", ["round_id"], unique=False)


def _audits() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("auditor", sa.String(), nullable=False),
        sa.Column("started_utc", sa.String(), nullable=False),
        sa.Column("submitted_utc", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("computed_json", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('first', 'second', 'agreed')", name="audit_role"),
        sa.CheckConstraint("state IN ('open', 'submitted')", name="audit_state"),
        sa.ForeignKeyConstraint(["case_id"], ["round_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "role", name="audit_once_in_role"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_case_id", "audit", ["case_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("auditor", sa.String(), nullable=False),
        sa.Column("at_utc", sa.String(), nullable=False),
        sa.CheckConstraint(
            "part IN ('criterion', 'domain', 'overall', 'closing')", name="answer_part"
        ),
        sa.CheckConstraint("revision >= 1", name="answer_revision_from_1"),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "audit_id", "part", "subject", "revision", name="answer_revision_once"
        ),
    )
    op.create_index(
        "answers_of_audit",
        "answer",
        ["audit_id", "part", "subject", "revision"],
        unique=False,
    )
    op.create_table(
        "draft",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("draft_text", sa.Text(), nullable=False),
        sa.Column("auditor", sa.String(), nullable=False),
        sa.Column("at_utc", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"]),
        sa.PrimaryKeyConstraint("audit_id", "part", "subject", "field"),
    )
