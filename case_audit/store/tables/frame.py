"""How imports, their rows and frames lie in the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, String, Text
from sqlmodel import Field, SQLModel


class ImportRow(SQLModel, table=True):
    """One file that was imported."""

    __tablename__ = "import_file"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str
    sha256: str = Field(index=True)
    as_at: str
    imported_utc: str
    imported_by: str
    synthetic: bool
    beside: str = Field(
        default="[]",
        sa_column=Column("beside_json", Text, nullable=False, server_default="[]"),
    )


class RecordRow(SQLModel, table=True):
    """One row of one list, raw and normalised, as JSON objects."""

    __tablename__ = "record"

    import_id: int = Field(foreign_key="import_file.id", primary_key=True)
    list_no: int = Field(primary_key=True)
    row: int = Field(primary_key=True)
    unit: str = Field(index=True)
    values: str = Field(sa_column=Column("values_json", Text, nullable=False))
    raw: str = Field(sa_column=Column("raw_json", Text, nullable=False))


class FrameRow(SQLModel, table=True):
    """One frame: units of one cohort at one import, as its definition asks for."""

    __tablename__ = "frame"
    __table_args__ = (
        CheckConstraint("units >= 0", name="frame_units"),
        CheckConstraint("unit_kind IN ('child', 'episode')", name="frame_unit_kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="import_file.id", index=True)
    cohort: str
    as_at: str
    units: int
    digest: str
    excluded: str = Field(sa_column=Column("excluded_json", Text, nullable=False))
    unit_kind: str = Field(
        default="child",
        sa_column=Column(String, nullable=False, server_default="child"),
    )
    definition: str = Field(
        default="{}",
        sa_column=Column("definition_json", Text, nullable=False, server_default="{}"),
    )


class FrameUnitRow(SQLModel, table=True):
    """One unit of one frame: whose it is, and what it can be stratified by."""

    __tablename__ = "frame_unit"

    frame_id: int = Field(foreign_key="frame.id", primary_key=True)
    unit: str = Field(primary_key=True)
    attributes: str = Field(sa_column=Column("attributes_json", Text, nullable=False))
    child: str | None = None


class ExtraRow(SQLModel, table=True):
    """What an authority's own file told of one child at one import."""

    __tablename__ = "extra"

    import_id: int = Field(foreign_key="import_file.id", primary_key=True)
    child: str = Field(primary_key=True)
    values: str = Field(sa_column=Column("values_json", Text, nullable=False))


class DocumentRow(SQLModel, table=True):
    """One document of a child's file that came with the import."""

    __tablename__ = "document"
    __table_args__ = (Index("document_of_unit", "import_id", "unit"),)

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="import_file.id")
    unit: str
    ref: str
    kind: str
    date: str
    recorded_on: str
    author: str
    role: str
    title: str
    paragraphs: str = Field(sa_column=Column("paragraphs_json", Text, nullable=False))
