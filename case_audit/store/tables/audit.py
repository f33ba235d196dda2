"""How audits and their answers lie in the database."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Text,
    UniqueConstraint,
    false,
)
from sqlmodel import Field, SQLModel


class AuditRow(SQLModel, table=True):
    """One audit of one case in one role."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("case_id", "role", name="audit_once_in_role"),
        CheckConstraint("role IN ('first', 'second', 'agreed')", name="audit_role"),
        CheckConstraint("state IN ('open', 'submitted')", name="audit_state"),
        # A number is never given twice, even if its audit was put back.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="round_case.id", index=True)
    role: str
    state: str
    auditor: str
    started_utc: str
    submitted_utc: str | None = Field(default=None)
    place: str
    """Identifier of the criterion last looked at: where to resume."""
    computed: str | None = Field(
        default=None, sa_column=Column("computed_json", Text, nullable=True)
    )
    """The computed grades with their reasons, fixed at submission."""


class AnswerRow(SQLModel, table=True):
    """One revision of one answer: never changed, the latest one counts."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint(
            "audit_id", "part", "subject", "revision", name="answer_revision_once"
        ),
        CheckConstraint(
            "part IN ('criterion', 'domain', 'overall', 'closing')", name="answer_part"
        ),
        CheckConstraint("revision >= 1", name="answer_revision_from_1"),
        CheckConstraint("act IN ('change', 'undo', 'redo')", name="answer_act"),
        CheckConstraint(
            "confidence IN ('low', 'medium', 'high')", name="answer_confidence"
        ),
        Index("steps_of_audit", "audit_id", "step", unique=True),
        Index("answers_of_audit", "audit_id", "part", "subject", "revision"),
    )

    id: str = Field(primary_key=True)
    audit_id: int = Field(foreign_key="audit.id")
    part: str
    subject: str
    revision: int
    value: str
    rationale: str = Field(sa_column=Column(Text, nullable=False))
    evidence: str = Field(sa_column=Column(Text, nullable=False))
    flagged: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    confidence: str | None = Field(default=None)
    step: int | None = Field(default=None)
    """Place among all changes of the audit, from 1: what is undone first."""
    act: str = Field(default="change", sa_column_kwargs={"server_default": "change"})
    auditor: str
    at_utc: str


class DraftRow(SQLModel, table=True):
    """Text being typed: kept at every key, gone once it is an answer."""

    __tablename__ = "draft"

    audit_id: int = Field(foreign_key="audit.id", primary_key=True)
    part: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    text: str = Field(sa_column=Column("draft_text", Text, nullable=False))
    auditor: str
    at_utc: str
