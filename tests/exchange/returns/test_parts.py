"""Parts that the readers share: windows of time, opening of files, identifiers."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns import FIRST, HEAD, child, details, message, read, tables, told, written

from case_audit.errors import UnusableReturnError
from case_audit.exchange.returns import cin_census, ssda903
from case_audit.exchange.returns.opened import digest_of, folder_is_marked, opened
from case_audit.exchange.returns.readers import reader_of
from case_audit.exchange.returns.windows import (
    earlier_in_year,
    is_open,
    latest,
    months_before,
    year_before,
)

if TYPE_CHECKING:
    from pathlib import Path

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 6, "2025-09-30"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-15", 13, "2024-12-15"),
    ],
)
def test_months_end_on_their_last_day(day: str, months: int, before: str) -> None:
    """As people count them."""
    assert months_before(day, months) == before


def test_a_year_before_leap_day_is_the_day_before() -> None:
    """There is no 29 February in the year before."""
    assert year_before("2024-02-29") == "2023-02-28"
    assert year_before("2026-03-31") == "2025-03-31"


@given(day=DAYS, back=st.integers(0, 800))
def test_the_year_holds_its_days_and_no_others(day: date, back: int) -> None:
    """The day itself is not before itself; 365 days back always is in the year."""
    other = (day - timedelta(days=back)).isoformat()

    counted = earlier_in_year([other], day.isoformat())

    assert counted == (
        0 < back <= (day - date.fromisoformat(year_before(day.isoformat()))).days
    )


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        ("2026-03-31", None, True),
        ("2026-04-01", None, False),
        (None, None, True),
        ("2026-01-01", "2026-03-31", False),
        ("2026-01-01", "2026-04-01", True),
    ],
)
def test_what_ends_on_a_day_is_no_longer_open(
    start: str | None,
    end: str | None,
    there: bool,  # noqa: FBT001 - a parameter
) -> None:
    """As frames count it."""
    assert is_open(start, end, day="2026-03-31") == there


def test_the_latest_day_lies_between_its_bounds() -> None:
    """Both included."""
    days = ["2026-01-01", "2026-02-01", "2026-03-01"]

    assert latest(days) == "2026-03-01"
    assert latest(days, day="2026-02-01") == "2026-02-01"
    assert latest(days, day="2026-02-01", since="2026-02-02") is None


def test_files_are_opened_only_if_they_are_plain_and_not_too_large(
    tmp_path: Path,
) -> None:
    """A limit that is not kept is none."""
    path = written(tmp_path / "x", b"1234")

    with opened(path, largest=4) as file:
        assert file.read() == b"1234"
    with pytest.raises(UnusableReturnError, match="larger"), opened(path, largest=3):
        pass
    with pytest.raises(UnusableReturnError, match="no plain file"), opened(tmp_path):
        pass


def test_the_digest_of_files_is_that_of_sha256sum() -> None:
    """Whoever checks it needs no program of ours: sha256sum * | sort | sha256sum."""
    one = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    both = "6e0534855d1d183250459e82c311fb77578cf75019787625a10154399462260d"

    assert digest_of([("b", one), ("a", one)]) == both


def test_a_pipe_called_readme_is_not_waited_for(tmp_path: Path) -> None:
    """It marks nothing."""
    os.mkfifo(tmp_path / "README")

    assert not folder_is_marked(tmp_path)
    assert not folder_is_marked(tmp_path / "nothing")


def test_columns_that_a_list_does_not_have_are_our_mistake() -> None:
    """Not the user's."""
    with pytest.raises(KeyError):
        reader_of(8, "no_such_key")


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("1.2E+05", "an identifier in scientific notation"),
        ("12.0", 'an identifier that ends in ".0"'),
        ("x" * 65, "not an identifier"),
        ("SYN\u200b-1", "an identifier with hidden characters or unusual spaces"),
    ],
)
def test_identifiers_are_looked_at_as_in_workbooks(
    tmp_path: Path, unit: str, what: str
) -> None:
    """Spreadsheets spoil them before they become CSV."""
    folder = tables(tmp_path / "set", {"episodes.csv": [FIRST | {"CHILD": unit}]})

    _, reading = read(ssda903.open_source(folder))

    assert told(reading)["episodes.csv", "CHILD", what] == 1


def test_near_copies_of_identifiers_are_told_across_files(tmp_path: Path) -> None:
    """Zeros that got lost in one file tear a child in two."""
    folder = tables(
        tmp_path / "set",
        {
            "header.csv": [HEAD | {"CHILD": "0123"}],
            "episodes.csv": [FIRST | {"CHILD": "123"}],
        },
    )

    _, reading = read(ssda903.open_source(folder))

    what = "an identifier that differs from another one only in case or leading zeros"
    assert told(reading)["episodes.csv", "CHILD", what] == 1


def test_codes_that_are_none_are_told(tmp_path: Path) -> None:
    """In cells that no list has: reasons of episodes, factors of assessments."""
    folder = tables(tmp_path / "set", {"episodes.csv": [FIRST | {"RNE": "started"}]})
    census = message(
        child(
            "SYN-1",
            details(
                "<Assessments><FactorsIdentifiedAtAssessment><AssessmentFactors>a "
                "long story</AssessmentFactors></FactorsIdentifiedAtAssessment>"
                "</Assessments>"
            ),
        )
    )

    _, episodes = read(ssda903.open_source(folder))
    records, factors = read(cin_census.open_source(written(tmp_path / "c.xml", census)))

    assert told(episodes)["episodes.csv", "RNE", "not a code"] == 1
    assert "x_factors" not in records[4][0].values
    key = ("Assessments", "AssessmentFactors", "not one of the values of this column")
    assert told(factors)[key] == 1


def test_files_of_other_columns_are_not_of_the_return(tmp_path: Path) -> None:
    """Named or not."""
    tables(tmp_path, {"other.csv": [{"a": 1, "b": 2}]})

    with pytest.raises(UnusableReturnError, match="no file of SSDA903"):
        read(ssda903.open_source(tmp_path / "other.csv"))
    with pytest.raises(UnusableReturnError, match="none of its files"):
        read(ssda903.open_source(tmp_path))


def test_a_cell_is_told_once(tmp_path: Path) -> None:
    """However often it is looked at."""
    folder = tables(
        tmp_path / "set",
        {
            "header.csv": [HEAD | {"DOB": "soon"}],
            "episodes.csv": [FIRST | {"REC": "went home!", "LS": "?"}],
        },
    )

    _, reading = read(ssda903.open_source(folder))

    counts = {(c.sheet, c.column): c.count for c in reading.problem_counts}
    assert counts == {
        ("header.csv", "DOB"): 1,
        ("episodes.csv", "REC"): 1,
        ("episodes.csv", "LS"): 1,
    }
