"""How it lies in the database who reads which file."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class AllocationRow(SQLModel, table=True):
    """One revision of a round's allocation: never changed, the newest counts."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="allocation_once"),
        CheckConstraint("number >= 1", name="allocation_number_from_1"),
        CheckConstraint("act IN ('assign', 'clear', 'undo')", name="allocation_act"),
        CheckConstraint(
            "restores >= 0 AND restores < number", name="allocation_restores_earlier"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    number: int
    act: str
    restores: int
    auditors: str = Field(sa_column=Column("auditors_json", Text, nullable=False))
    allow_own_team: bool
    at_utc: str
    done_by: str


class AllocatedCaseRow(SQLModel, table=True):
    """Who reads one case, in one revision."""

    __tablename__ = "allocated_case"

    allocation_id: int = Field(foreign_key="allocation.id", primary_key=True)
    case_id: int = Field(foreign_key="round_case.id", primary_key=True)
    auditor: str
