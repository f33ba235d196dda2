"""A page that says how good a frame is, and names nobody unless asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from imported import imported
from recorded import row

from builders import NOW
from case_audit.errors import UnknownFrameError
from case_audit.services.frame_check import check_frame
from case_audit.services.frame_make import Wanted, make_frame
from stored import sql, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database
    from case_audit.services.frame_check import FrameCheck

HOSTILE = [
    row(7, "007", 2, plan_start="2026-01-01", team="North", worker="W"),
    row(7, "7", 3, plan_start="2026-01-01", team="North", plan_end="2025-01-01"),
    row(7, "O07", 4, plan_start="2026-04-02", date_of_birth="2030-01-01"),
    row(7, "О07", 5, plan_start="2026-01-01", date_of_birth="2001-01-01"),  # noqa: RUF001
    row(7, "b 8", 6, plan_start="2026-01-01", last_visit="2020-01-01"),
    row(7, "B8", 7, plan_start="2026-02-01", date_of_birth="2026-02-02"),
    row(8, "B8", 2, care_start="2026-01-01"),
    row(4, "B8", 2, assessment_start="2026-02-01"),
]


def told(found: FrameCheck) -> dict[str, tuple[int, int]]:
    return {f.what: (f.count, f.of) for f in found.findings}


def test_a_hostile_list_is_told_in_plain_words(database: Database) -> None:
    """Worked by hand: six rows of list 7, three of them cases."""
    imported(database, HOSTILE)

    found = check_frame(database, "cp")

    said = told(found)
    assert said["Gender: no entry, though Annex A wants one"] == (6, 6)
    assert said[
        "Child Protection Plan End Date: before Child Protection Plan Start Date"
    ] == (1, 6)
    assert said["Child Protection Plan Start Date: after the date of the list"] == (
        1,
        6,
    )
    assert said["Age: 18 or older, though the list is of children"] == (1, 6)
    assert said["Team: strata of a single unit"] == (1, 2)
    assert found.rows == found.frame.units + sum(e.count for e in found.frame.excluded)
    assert all(not finding.places for finding in found.findings)


def test_look_alikes_are_counted_and_named_only_when_asked(database: Database) -> None:
    """A zero and two letters that look like one; blanks and capitals."""
    imported(
        database,
        [
            row(7, unit, n)
            for n, unit in enumerate(
                [
                    "007",
                    "7",
                    "O7",
                    "\N{CYRILLIC CAPITAL LETTER O}7",
                    "b 8",
                    "B8",
                    "9",
                    "10",
                ],
                2,
            )
        ],
    )

    found = check_frame(database, "cp", units=True)

    (double,) = [f for f in found.findings if f.kind == "duplicate"]
    assert (double.count, double.of) == (6, 8)
    assert set(double.places) == {
        *("007", "7", "O7", "\N{CYRILLIC CAPITAL LETTER O}7", "b 8", "B8")
    }


def test_children_of_several_cohorts_that_exclude_each_other(
    database: Database,
) -> None:
    """Who is drawn twice would be audited twice."""
    imported(database, HOSTILE)
    before = told(check_frame(database, "assessment"))
    wanted = Wanted(cohort="assessment", precedence=False)
    make_frame(database, wanted, made_by="Lee", now=NOW)

    found = check_frame(database, "assessment", units=True)

    what = "children in more than one of the frames cic, cp, cin, assessment"
    assert what not in before
    assert told(found)[what] == (1, 1)
    assert [f.places for f in found.findings if f.what == what] == [["B8"]]


def test_places_are_rows_of_the_list(database: Database) -> None:
    """Where to look: nobody finds a child by a count."""
    imported(database, HOSTILE)

    found = check_frame(database, "cp", units=True)

    (late,) = [
        f for f in found.findings if f.what.endswith("after the date of the list")
    ]
    assert late.places == ["list 7, row 4"]


def test_what_could_not_be_looked_at_is_said(database: Database) -> None:
    """A frame without its rows, and precedence without the higher list."""
    with_frame(database)
    rows, first = check_frame(database, "cp").not_told
    assert rows.startswith("The rows of the list are not in the database")
    assert first == "List 8 was not imported, so nobody was left out as 'in care'."


def test_a_row_that_is_lost_is_told(database: Database) -> None:
    """Somebody who changed the database past the program."""
    imported(database, HOSTILE)
    sql(database, "UPDATE frame SET excluded_json = '[]' WHERE cohort = 'cp'")

    found = check_frame(database, "cp")

    assert [f.kind for f in found.findings if f.kind == "accounts"] == ["accounts"]


def test_cells_that_are_no_codes_dates_or_numbers(database: Database) -> None:
    """They were kept as they stood, so they can be counted here."""
    strange = row(7, "1", 2, plan_start="2026-01-01")
    raw = {"gender": "?", "last_visit": "soon", "previous_plans": "many", "team": ""}
    imported(
        database,
        [type(strange)(list_no=7, row=2, unit="1", values=strange.values, raw=raw)],
    )

    said = told(check_frame(database, "cp"))

    assert said["Gender: is not a known code"] == (1, 1)
    assert said["Date of the Last Statutory Visit: is not a date"] == (1, 1)
    assert said["Number of Previous Child Protection Plans: is not a whole number"] == (
        1,
        1,
    )


def test_care_leavers_have_ages_of_their_own(database: Database) -> None:
    imported(
        database,
        [
            row(9, "1", 2, age=15),
            row(9, "2", 3, age=25),
            row(9, "3", 4, date_of_birth="1999-01-01"),
        ],
    )

    assert told(check_frame(database, "care_leaver"))[
        "Age: not 16 to 25, as care leavers are"
    ] == (2, 3)


def test_a_child_may_be_known_before_birth_but_not_a_year(database: Database) -> None:
    """A plan for an unborn child is not a mistake; one in care is born."""
    imported(
        database,
        [
            row(7, "1", 2, plan_start="2026-01-01", date_of_birth="2026-03-01"),
            row(7, "2", 3, plan_start="2025-01-01", date_of_birth="2026-03-01"),
            row(8, "3", 2, care_start="2026-02-28", date_of_birth="2026-03-01"),
        ],
    )

    assert told(check_frame(database, "cp"))[
        "Child Protection Plan Start Date: before the child's birth"
    ] == (1, 2)
    assert told(check_frame(database, "cic"))[
        "Date Started to be Looked After: before the child's birth"
    ] == (1, 1)


def test_too_many_values_are_no_strata(database: Database) -> None:
    imported(database, [row(7, f"{n}", n, team=f"T{n}") for n in range(2, 210)])

    assert "Team: more than 200 values, too many to draw by" in told(
        check_frame(database, "cp")
    )


def test_nothing_is_checked_where_nothing_is(database: Database) -> None:
    with pytest.raises(UnknownFrameError):
        check_frame(database, "cp")
