"""Who joined and left between two frames, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from imported import imported
from recorded import row

from builders import NOW
from case_audit.errors import NoSuchFrameError, UnlikeFramesError
from case_audit.services.frame_diff import diff_frames
from case_audit.services.frame_make import Wanted, make_frame
from stored import with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

JUNE = date(2026, 6, 30)


def two_quarters(database: Database) -> None:
    """1 stays, 2 ends, 3 goes into care, 4 is gone, 5 comes, 6 was ended then."""
    imported(
        database,
        [
            row(7, "1", 2, plan_start="2026-01-01", team="North"),
            row(7, "2", 3, plan_start="2026-01-01"),
            row(7, "3", 4, plan_start="2026-01-01"),
            row(7, "4", 5, plan_start="2026-01-01"),
            row(7, "6", 6, plan_start="2025-01-01", plan_end="2026-02-01"),
        ],
    )
    imported(
        database,
        [
            row(7, "1", 2, plan_start="2026-01-01", team="South"),
            row(7, "2", 3, plan_start="2026-01-01", plan_end="2026-05-01"),
            row(7, "3", 4, plan_start="2026-01-01"),
            row(7, "5", 5, plan_start="2026-05-01"),
            row(7, "6", 6, plan_start="2026-05-01"),
            row(8, "3", 2, care_start="2026-04-01"),
        ],
        as_at=JUNE,
    )


def test_two_quarters_by_hand(database: Database) -> None:
    two_quarters(database)

    found = diff_frames(database, "cp@previous", "cp", units=True)

    assert (found.stayed, found.changed) == (1, 1)
    assert found.joined == {"not on the list": 1, "plan ended": 1}
    assert found.left == {"in care": 1, "not on the list": 1, "plan ended": 1}
    assert found.attributes["team"] == 1
    assert ("1", "changed", "team: North -> South") in [
        (c.unit, c.what, c.why) for c in found.units
    ]
    assert {(c.unit, c.why) for c in found.units if c.what == "left"} == {
        ("2", "plan ended"),
        ("3", "in care"),
        ("4", "not on the list"),
    }


def test_nobody_is_named_unless_asked(database: Database) -> None:
    two_quarters(database)

    assert diff_frames(database, "cp@previous", "cp").units == ()


def test_numbers_add_up_both_ways(database: Database) -> None:
    """Old = stayed + left; new = stayed + joined; and the other way round."""
    two_quarters(database)

    found = diff_frames(database, "2026-03-31", "2026-06-30", cohort_id="cp")
    back = diff_frames(database, "newest", "previous", cohort_id="cp")

    assert found.old.units == found.stayed + sum(found.left.values())
    assert found.new.units == found.stayed + sum(found.joined.values())
    assert (back.joined, back.left) == (found.left, found.joined)


def test_a_filter_is_the_reason(database: Database) -> None:
    """Of the same import, with another definition."""
    imported(database, [row(7, "1", 2, age=16), row(7, "2", 3, age=3), row(7, "3", 4)])
    make_frame(database, Wanted(cohort="cp", only="age > 9"), made_by="Lee", now=NOW)

    found = diff_frames(database, "cp@previous", "cp")

    assert found.left == {
        "does not meet the filter: age is more than 9": 1,
        "the filter cannot be answered, not known: age": 1,
    }


def test_a_filter_on_a_sign_of_risk_is_judged_as_in_the_frame(
    database: Database,
) -> None:
    """Whether a column is filled is a matter of the whole list, not of the child."""
    imported(
        database,
        [
            row(8, "1", 2, placement_type="K2", placement_urn="SC1"),
            row(8, "2", 3, placement_type="K2"),
        ],
    )
    only = 'risk_unregistered == "yes"'
    make_frame(database, Wanted(cohort="cic", only=only), made_by="Lee", now=NOW)

    found = diff_frames(database, "cic@previous", "cic")

    assert found.left == {"does not meet the filter: possibly not registered is yes": 1}


def test_episodes_are_compared_as_episodes(database: Database) -> None:
    imported(database, [row(3, "1", 2, referral_date="2026-01-01")])
    make_frame(
        database, Wanted(cohort="referral", unit="episode"), made_by="L", now=NOW
    )
    imported(
        database,
        [
            row(3, "1", 2, referral_date="2026-01-01"),
            row(3, "1", 3, referral_date="2026-05-01"),
            row(3, "1", 4, referral_date="2026-08-01"),
        ],
        as_at=JUNE,
    )
    make_frame(
        database, Wanted(cohort="referral", unit="episode"), made_by="L", now=NOW
    )

    found = diff_frames(database, "2", "4")

    assert (found.stayed, found.joined) == (1, {"not on the list": 1})
    with pytest.raises(UnlikeFramesError):
        diff_frames(database, "1", "2")


def test_adopters_are_compared_by_household(database: Database) -> None:
    first = [row(11, "B", 2, family_id="F", enquiry="2026-01-01")]
    imported(database, first)
    imported(database, [*first, row(11, "A", 3, family_id="F", enquiry="2026-01-01")])

    found = diff_frames(database, "adopters@previous", "adopters")

    assert found.left == {"another row of the same household": 1}
    assert found.joined == {"not on the list": 1}


def test_a_frame_without_rows_cannot_say_why(database: Database) -> None:
    with_frame(database, 3)
    with_frame(database, 2)

    found = diff_frames(database, "1", "2")

    assert found.left == {"the rows do not say why": 1}
    with pytest.raises(NoSuchFrameError):
        diff_frames(database, "1", "77")


@pytest.mark.slow
def test_thousands_of_units_are_compared_in_parts(database: Database) -> None:
    """More children than one query asks for."""
    imported(database, [row(7, f"{n:05}", n) for n in range(2, 1502)])
    imported(database, [row(7, f"{n:05}", n) for n in range(1402, 2902)])

    found = diff_frames(database, "cp@previous", "cp")

    assert (found.stayed, found.left, found.joined) == (
        100,
        {"not on the list": 1400},
        {"not on the list": 1400},
    )
