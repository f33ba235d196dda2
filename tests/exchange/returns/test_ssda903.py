"""Children looked after returns become records of lists 8, 9 and 10."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from returns import FIRST, HEAD, SECOND, THIRD, one, returned, told

if TYPE_CHECKING:
    from pathlib import Path

    from returns import Rows


def test_a_period_of_care_is_one_row(tmp_path: Path) -> None:
    """Worked by hand: three episodes, one change of order, one move."""
    records, reading = returned(
        tmp_path,
        {
            "header": [HEAD],
            "episodes": [FIRST, SECOND, THIRD],
            "reviews": [
                {
                    "CHILD": "SYN-1",
                    "DOB": "04/05/2012",
                    "REVIEW": day,
                    "REVIEW_CODE": "PN1",
                }
                for day in ("01/07/2025", "15/12/2025", "14/04/2026")
            ],
            "missing": [
                {"CHILD": "SYN-1", "MISSING": kind, "MIS_START": day, "MIS_END": ""}
                for kind, day in (
                    ("M", "01/02/2026"),
                    ("M", "31/03/2026"),
                    ("A", "01/03/2026"),
                    ("M", "31/03/2025"),
                )
            ],
            "oc2": [
                {
                    "CHILD": "SYN-1",
                    "SDQ_SCORE": "12",
                    "HEALTH_ASSESSMENT": "1",
                    "TEETH_CHECK": "03/02/2026",
                }
            ],
            "uasc": [{"CHILD": "SYN-9", "SEX": "1", "DOB": "04/05/2010", "DUC": ""}],
            "social_worker": [
                {
                    "CHILD": "SYN-1",
                    "SW_ID": f"SW{n}",
                    "SW_DECOM": began,
                    "SW_DEC": ended,
                }
                for n, began, ended in (
                    (1, "10/06/2025", "01/09/2025"),
                    (2, "01/09/2025", ""),
                    (3, "01/04/2026", ""),
                )
            ],
        },
    )

    assert one(records, 8) == {
        "date_of_birth": "2012-05-04",
        "gender": "female",
        "ethnicity": "MWBC",
        "care_start": "2025-06-10",
        "legal_status": "C1",
        "legal_status_start": "2025-10-01",
        "need": "N1",
        "placement_type": "K2",
        "placement_provider": "PR4",
        "placement_urn": "SC040001",
        "placement_start": "2026-01-20",
        "placements_12m": 2,
        "second_period": "no",
        "last_review": "2025-12-15",
        "missing_12m": 2,
        "absent_12m": 1,
        "uasc": "no",
        "worker": "SW2",
        "x_health_assessment_in_year": "yes",
        "last_dental_check": "2026-02-03",
    }
    [listed] = [found for found in reading.lists if found.list_no == 8]
    assert dict(listed.left_out) == {"another episode of the same period of care": 2}
    assert listed.rows == 3


def test_postcodes_and_pupil_numbers_are_never_kept(tmp_path: Path) -> None:
    """They locate and name a child, and no audit needs them."""
    records, _ = returned(
        tmp_path, {"header": [HEAD], "episodes": [FIRST, SECOND, THIRD]}
    )

    kept = f"{records[8][0].values}{records[8][0].raw}"
    assert "ZZ" not in kept
    assert "'A1'" not in kept


def test_raw_is_kept_beside_what_was_understood(tmp_path: Path) -> None:
    """A cell can be looked up as the file has it."""
    records, _ = returned(
        tmp_path, {"header": [HEAD], "episodes": [FIRST, SECOND, THIRD]}
    )

    raw = records[8][0].raw
    assert (raw["gender"], raw["date_of_birth"]) == ("2", "04/05/2012")
    assert (raw["care_start"], raw["legal_status"]) == ("10/06/2025", "C1")


@pytest.mark.parametrize(
    ("episodes", "rows"),
    [
        ([FIRST, SECOND, THIRD], 1),
        ([FIRST | {"REC": "E4A"}, SECOND | {"RNE": "S"}], 2),
        ([FIRST | {"REC": "E4A"}, SECOND], 2),
        ([FIRST, SECOND | {"DECOM": "02/10/2025"}], 2),
        ([FIRST, THIRD | {"CHILD": "SYN-2"}], 2),
        ([THIRD, SECOND, FIRST], 1),
    ],
    ids=["one", "started again", "ended for good", "gap", "two children", "any order"],
)
def test_episodes_are_joined_to_periods(
    tmp_path: Path, episodes: Rows, rows: int
) -> None:
    """A new period begins with S, after an end for good, and after a gap."""
    records, _ = returned(tmp_path, {"episodes": episodes})

    assert len(records[8]) == rows


def test_an_ended_period_says_when_and_why(tmp_path: Path) -> None:
    """And a second one within the year is marked so."""
    records, _ = returned(
        tmp_path,
        {
            "episodes": [
                FIRST | {"DEC": "01/08/2025", "REC": "E4A"},
                THIRD | {"RNE": "S"},
            ]
        },
    )

    before, now = (found.values for found in records[8])
    assert (before["care_end"], before["care_end_reason"]) == ("2025-08-01", "E4A")
    assert before["second_period"] == "no"
    assert now["second_period"] == "yes"
    assert "care_end" not in now


def test_what_began_before_the_file_is_not_made_up(tmp_path: Path) -> None:
    """A first episode that is not there leaves dates empty, and is told."""
    moved = THIRD | {"RNE": "P"}
    ordered = THIRD | {"CHILD": "SYN-2", "RNE": "L"}

    records, reading = returned(tmp_path, {"episodes": [moved, ordered]})

    [first, second] = (found.values for found in records[8])
    assert "care_start" not in first
    assert "legal_status_start" not in first
    assert first["placement_start"] == "2026-01-20"
    assert second["legal_status_start"] == "2026-01-20"
    assert "placement_start" not in second
    key = (
        "episodes.csv",
        "RNE",
        "a period of care whose first episode is not in the file",
    )
    assert told(reading)[key] == 2


def test_a_child_whose_next_episode_is_missing_stays_in_care(tmp_path: Path) -> None:
    """X1 says that care goes on: nobody drops out of the frame by a gap in the file."""
    records, reading = returned(tmp_path, {"episodes": [FIRST]})

    assert "care_end" not in one(records, 8)
    assert any("ended because another began" in c.what for c in reading.problem_counts)


@pytest.mark.parametrize(
    ("as_at", "legal", "placements"),
    [
        (date(2025, 7, 1), "V2", 1),
        (date(2025, 12, 1), "C1", 1),
        (date(2026, 3, 31), "C1", 2),
        (date(2027, 1, 21), "C1", 1),
    ],
)
def test_the_child_is_seen_as_on_the_day(
    tmp_path: Path, as_at: date, legal: str, placements: int
) -> None:
    """The episode of that day counts, and the twelve months before it."""
    records, _ = returned(tmp_path, {"episodes": [FIRST, SECOND, THIRD]}, as_at=as_at)

    assert one(records, 8)["legal_status"] == legal
    assert one(records, 8)["placements_12m"] == placements


def test_moves_with_the_same_carer_are_one_placement(tmp_path: Path) -> None:
    """T and U change the address or the order, not who cares for the child."""
    records, _ = returned(
        tmp_path, {"episodes": [FIRST, SECOND | {"RNE": "U"}, THIRD | {"RNE": "T"}]}
    )

    assert one(records, 8)["placements_12m"] == 1
    assert one(records, 8)["placement_start"] == "2026-01-20"
