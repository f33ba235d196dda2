"""How rounds and their cases lie in the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class RoundRow(SQLModel, table=True):
    """A drawn sample with its rubric, pinned."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('random', 'targeted', 'history')", name="round_purpose"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    frame_id: int = Field(foreign_key="frame.id", index=True)
    cohort: str
    rubric_digest: str = Field(foreign_key="rubric_text.digest")
    manifest: str = Field(sa_column=Column("manifest_json", Text, nullable=False))
    drawn_utc: str
    drawn_by: str
    purpose: str = Field(
        default="random", sa_column_kwargs={"server_default": "random"}
    )
    closed_utc: str | None = Field(default=None)


class CaseRow(SQLModel, table=True):
    """One drawn case of a round."""

    __tablename__ = "round_case"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="case_number_in_round"),
        UniqueConstraint("round_id", "unit", name="case_once_in_round"),
        CheckConstraint("number >= 1", name="case_number_from_1"),
        CheckConstraint(
            "state IN ('drawn', 'replaced', 'reserve used', 'withdrawn')",
            name="case_state",
        ),
        Index(
            "cases_not_standing",
            *("round_id", "number"),
            sqlite_where=text("state IN ('replaced', 'withdrawn')"),
            postgresql_where=text("state IN ('replaced', 'withdrawn')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    number: int
    unit: str
    stratum: str
    state: str = Field(default="drawn", sa_column_kwargs={"server_default": "drawn"})


class PlanRow(SQLModel, table=True):
    """A draw that was fixed before its randomness was made."""

    __tablename__ = "round_plan"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    frame_id: int = Field(foreign_key="frame.id", index=True)
    rubric_digest: str = Field(foreign_key="rubric_text.digest")
    plan: str = Field(sa_column=Column("plan_json", Text, nullable=False))
    digest: str
    """SHA-256 of the plan's text, as it stands in the sealed log."""
    fixed_utc: str
    fixed_by: str
    round_id: int | None = Field(default=None, foreign_key="round.id")
    """The round that was drawn from it, once it was."""


class PromiseRow(SQLModel, table=True):
    """One party's half of a seed: its digest first, itself later."""

    __tablename__ = "round_promise"
    __table_args__ = (
        UniqueConstraint("plan_id", "party", name="promise_once_a_party"),
        CheckConstraint("place IN (1, 2)", name="promise_of_two"),
    )

    plan_id: int = Field(foreign_key="round_plan.id", primary_key=True)
    place: int = Field(primary_key=True)
    party: str
    digest: str
    promised_utc: str
    promised_by: str
    secret: str | None = Field(default=None)
    revealed_utc: str | None = Field(default=None)
