"""A small table of protection plans, and the mapping that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.exchange.tables.source import TableSource

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import Reading

TABLE = """\
Person ID,Full name,Sex,DOB,Started,Ended,Team,Ward,Supervised
0001,Ann Ash,1,04/05/2018,01/12/2025,,Ash,North,02/03/2026
0002,Ben Birch,2,2018-05-04,01/12/2025,,Ash,South,
0003,Cat Cole,x,4 May 2018,01/12/2025,01/02/2026,Oak,North,
"""

MAPPING = """\
kind: table
cohort: cp
unit: Person ID
columns:
  gender:
    from: Sex
    codes: {"1": male, "2": female, x: ""}
  date_of_birth: DOB
  plan_start: Started
  plan_end: Ended
  team: Team
further:
  ward: Ward
  last_supervision_date: Supervised
"""


def a_table(folder: Path, text: str = TABLE, *, name: str = "plans.csv") -> Path:
    """Write a table."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def a_mapping(folder: Path, *changes: tuple[str, str], text: str = MAPPING) -> Path:
    """Write a mapping with some words changed."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "plans.map.yaml"
    path.write_text(text, "utf-8")
    return path


def read_table(table: Path, mapping: Path) -> tuple[list[Record], Reading]:
    """Read a table as a whole."""
    with TableSource(table, mapping) as source:
        return list(source), source.reading()
