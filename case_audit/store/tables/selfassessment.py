"""How the lead's own words lie in the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel


class NarrativeRow(SQLModel, table=True):
    """One revision of one section: never changed, the latest one counts."""

    __tablename__ = "narrative"
    __table_args__ = (
        CheckConstraint(
            "section IN ('know', 'strengths', 'improve', 'how', 'plan')",
            name="narrative_section",
        ),
        CheckConstraint("revision >= 1", name="narrative_revision_from_1"),
    )

    round_id: int = Field(foreign_key="round.id", primary_key=True)
    section: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    sources: str = Field(sa_column=Column("sources_json", Text, nullable=False))
    """The figures that each number was linked to."""
    at_utc: str
    written_by: str
