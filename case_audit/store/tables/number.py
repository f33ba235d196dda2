"""How the random numbers of stored frames lie in the database."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class NumberingRow(SQLModel, table=True):
    """The numbers of one frame under one seed, with its strata counted.

    ``strata_json`` holds the attributes that make the strata, ``counts_json`` the
    name and the units of each stratum; a stratum's place there, from 0, is its
    number in :class:`FrameNumberRow`.
    """

    __tablename__ = "numbering"
    __table_args__ = (
        UniqueConstraint("frame_id", "strata_json", "seed", name="numbering_once"),
        CheckConstraint("units >= 0", name="numbering_units"),
    )

    id: int | None = Field(default=None, primary_key=True)
    frame_id: int = Field(foreign_key="frame.id", index=True)
    strata: str = Field(sa_column=Column("strata_json", Text, nullable=False))
    seed: str
    complete: bool
    units: int
    digest: str
    counts: str = Field(sa_column=Column("counts_json", Text, nullable=False))
    made_utc: str


class FrameNumberRow(SQLModel, table=True):
    """The number of one unit: the table is the index that a draw reads.

    ``prn`` is the permanent random number less 2**63, so that its 64 bits fit a
    signed column and keep their order.
    """

    __tablename__ = "frame_number"
    __table_args__ = ({"sqlite_with_rowid": False},)

    numbering_id: int = Field(foreign_key="numbering.id", primary_key=True)
    stratum_no: int = Field(primary_key=True)
    prn: int = Field(
        sa_column=Column(BigInteger, primary_key=True, autoincrement=False)
    )
    unit: str = Field(primary_key=True)
