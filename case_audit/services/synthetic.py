"""Make an invented county and write its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.errors import FileError, FolderNotEmptyError
from case_audit.exchange.annex_a.write import write_workbook
from case_audit.exchange.case_files import write_case_files, write_planted
from case_audit.synthetic.county import make_county

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from case_audit.exchange.annex_a.dirt import Dirt
    from case_audit.synthetic.model import County

WORKBOOK, CASES, PLANTED = "annex_a.xlsx", "cases.jsonl", "planted.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written.

    Attributes:
        workbook: The Annex A workbook.
        cases: The children's documents, or ``None`` without them.
        planted: What the documents show on purpose, for trainers alone.
        children: How many children.
        documents: How many documents.
        quirks: How many untidy cells were put into the workbook on purpose.
    """

    workbook: Path
    cases: Path | None
    planted: Path | None
    children: int
    documents: int
    quirks: int


def make_files(
    folder: Path,
    *,
    seed: str,
    children: int,
    as_at: date,
    dirt: Dirt = "clean",
    files: bool = True,
    replace: bool = False,
) -> Made:
    """Write an invented county: a workbook, and a file for each child.

    The same seed, number and date write the same data on every machine.

    Args:
        folder: Where to; made if it is not there.
        seed: Any text.
        children: How many children.
        as_at: The date the lists describe.
        dirt: How untidy the workbook is: clean, typical or hostile.
        files: Whether to write the children's documents too.
        replace: Whether files of an earlier run may be replaced.

    Raises:
        FolderNotEmptyError: If files are there already and may not be replaced.
        FileError: If a file cannot be written.
    """
    there = [n for n in (WORKBOOK, CASES, PLANTED) if (folder / n).exists()]
    if there and not replace:
        raise FolderNotEmptyError(str(folder), files=there)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileError(str(folder), action="made", reason=error.strerror) from None
    county = make_county(seed, children=children, as_at=as_at, files=files)
    quirks = write_workbook(
        folder / WORKBOOK,
        county.rows,
        as_at=as_at,
        seed=seed,
        generator=county.generator,
        dirt=dirt,
    )
    if files:
        _write_files(folder, county, seed=seed, as_at=as_at)
    return Made(
        workbook=folder / WORKBOOK,
        cases=folder / CASES if files else None,
        planted=folder / PLANTED if files else None,
        children=children,
        documents=sum(len(file.documents) for file in county.files),
        quirks=len(quirks),
    )


def _write_files(folder: Path, county: County, *, seed: str, as_at: date) -> None:
    write_case_files(
        folder / CASES,
        county.files,
        generator=county.generator,
        seed=seed,
        as_at=as_at,
    )
    write_planted(
        folder / PLANTED,
        county.planted,
        generator=county.generator,
        seed=seed,
        as_at=as_at,
    )
