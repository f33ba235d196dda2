"""How rounds and their cases lie in the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class RoundRow(SQLModel, table=True):
    """A drawn sample with its rubric, pinned."""

    __tablename__ = "round"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    frame_id: int = Field(foreign_key="frame.id", index=True)
    cohort: str
    rubric_digest: str = Field(foreign_key="rubric_text.digest")
    manifest: str = Field(sa_column=Column("manifest_json", Text, nullable=False))
    drawn_utc: str
    drawn_by: str


class CaseRow(SQLModel, table=True):
    """One drawn case of a round."""

    __tablename__ = "round_case"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="case_number_in_round"),
        UniqueConstraint("round_id", "unit", name="case_once_in_round"),
        CheckConstraint("number >= 1", name="case_number_from_1"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    number: int
    unit: str
    stratum: str
