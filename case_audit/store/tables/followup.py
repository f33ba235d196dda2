"""How actions and the ends of escalations lie in the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class ActionRow(SQLModel, table=True):
    """One action of a round."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="action_number_in_round"),
        CheckConstraint("number >= 1", name="action_number_from_1"),
        CheckConstraint(
            "about IN ('area', 'domain', 'criterion', 'case')", name="action_about"
        ),
        CheckConstraint("status IN ('open', 'done', 'verified')", name="action_status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    number: int
    about: str
    subject: str
    text: str = Field(sa_column=Column("action_text", Text, nullable=False))
    owner: str
    due: str
    measure: str = Field(sa_column=Column(Text, nullable=False))
    reaudit: str
    status: str
    done_on: str
    evidence: str = Field(sa_column=Column(Text, nullable=False))
    verified_on: str


class EscalationRow(SQLModel, table=True):
    """The end of one escalation, of one submission of a case's audit."""

    __tablename__ = "escalation_closed"

    case_id: int = Field(foreign_key="round_case.id", primary_key=True)
    level: str = Field(primary_key=True)
    since: str = Field(primary_key=True)
    closed_utc: str
    closed_by: str
    note: str = Field(sa_column=Column(Text, nullable=False))
