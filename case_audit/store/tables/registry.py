"""What the database is, and what happened to it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel


class MetaRow(SQLModel, table=True):
    """One fact about the database itself, for example whether it is live."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


class EventRow(SQLModel, table=True):
    """One line of the sealed log: never changed, never deleted."""

    __tablename__ = "event"
    __table_args__ = (CheckConstraint("seq >= 1", name="event_seq_from_1"),)

    seq: int = Field(primary_key=True)
    at_utc: str
    actor: str
    action: str
    subject: str
    content: str
    previous: str
    seal: str = Field(unique=True)


class RubricTextRow(SQLModel, table=True):
    """The whole text of a rubric that a round was graded with."""

    __tablename__ = "rubric_text"

    digest: str = Field(primary_key=True)
    rubric: str
    version: str
    title: str
    text: str = Field(sa_column=Column(Text, nullable=False))
