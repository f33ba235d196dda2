"""The committed fixture is what the generator makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from case_audit.exchange.annex_a.write import write_workbook
from case_audit.exchange.case_files import read_case_files, write_case_files
from case_audit.resources import shipped
from case_audit.synthetic.county import make_county

if TYPE_CHECKING:
    from case_audit.synthetic.model import County

SEED = "borrowmere-21"
AS_AT = date(2026, 3, 31)
FOLDER = Path(str(shipped("fixtures"))) / "borrowmere-12"


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(SEED, children=12, as_at=AS_AT, look_back=0.3)


def write(county: County, folder: Path) -> None:
    """Write the fixture's files; how they were made the first time."""
    about = {"generator": county.generator, "seed": SEED, "as_at": AS_AT}
    write_case_files(folder / "cases.jsonl", county.files, **about)  # type: ignore[arg-type]
    write_workbook(folder / "annex_a.xlsx", county.rows, **about)  # type: ignore[arg-type]


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book}


def test_case_files_are_the_same_bytes(county: County, tmp_path: Path) -> None:
    """Whoever has the seed can check that nobody touched the files."""
    write(county, tmp_path)

    made, kept = (folder / "cases.jsonl" for folder in (tmp_path, FOLDER))
    assert made.read_bytes() == kept.read_bytes()


def test_workbook_has_the_same_cells(county: County, tmp_path: Path) -> None:
    """Cells are compared, not bytes: packing differs between machines."""
    write(county, tmp_path)

    assert cells(tmp_path / "annex_a.xlsx") == cells(FOLDER / "annex_a.xlsx")


def test_every_list_has_rows_and_every_open_cohort_four_children() -> None:
    """A demonstration must be able to draw from each cohort."""
    book = cells(FOLDER / "annex_a.xlsx")
    with read_case_files(FOLDER / "cases.jsonl") as found:
        cohorts = sorted(file.cohort for file in found)

    assert all(len(book[f"List {number}"]) > 1 for number in range(1, 12))
    assert cohorts == ["cic"] * 4 + ["cin"] * 4 + ["cp"] * 4


def test_fixture_is_small_enough_to_commit() -> None:
    """It travels in every installation."""
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 115_000
