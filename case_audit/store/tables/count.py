"""How the kept counts of a self-assessment lie in the database.

Triggers of the database keep them (step ``kept counts`` of the migrations), so no
way of changing an audit or a case can leave them behind.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field, SQLModel


class OutcomeRow(SQLModel, table=True):
    """What one submitted first audit says of one subject.

    They go when the audit is taken back or changed in any way, and are made again
    from it.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint(
            "level IN ('audit', 'criterion', 'domain', 'overall', 'flag', 'limited', "
            "'raised', 'overruled')",
            name="outcome_level",
        ),
        Index(
            "cases_by_outcome",
            *("round_id", "level", "subject", "value", "number", "audit_id"),
        ),
        {"sqlite_with_rowid": False},
    )

    audit_id: int = Field(foreign_key="audit.id", primary_key=True)
    level: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    value: str
    round_id: int = Field(foreign_key="round.id")
    number: int
    """The case's number in the round."""


class TallyRow(SQLModel, table=True):
    """How many standing cases of a stratum have an outcome.

    Two levels count audits instead, by state and auditor: ``open`` and
    ``submitted``. Where as many are submitted as have outcomes, the counts are whole.
    """

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    level: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    stratum: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    cases: int


class DrawHeadRow(SQLModel, table=True):
    """The record of a draw without its lists of units; goes when that is changed."""

    __tablename__ = "draw_head"

    round_id: int = Field(
        foreign_key="round.id",
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    head: str = Field(sa_column=Column("head_json", Text, nullable=False))


class HeldCountRow(SQLModel, table=True):
    """How many cases of 1,024 numbers of a round are in whose hands.

    The ways: ``open`` and ``submitted``, by who began the first audit; ``given``, to
    whom, and not begun; ``held``, any of these; all four of standing cases. ``out``,
    given to anybody, begun or not, standing. ``reader``, given to whom in the newest
    allocation, whatever became of the case. The last two are not by blocks.
    """

    __tablename__ = "held_count"
    __table_args__ = (
        CheckConstraint(
            "way IN ('held', 'given', 'open', 'submitted', 'out', 'reader')",
            name="held_way",
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    way: str = Field(primary_key=True)
    holder: str = Field(primary_key=True)
    block: int = Field(primary_key=True)
    cases: int
