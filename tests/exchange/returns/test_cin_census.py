"""Children in need census returns become records of lists 3 to 7."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from returns import (
    ASSESSMENT,
    CIN_PLAN,
    ENQUIRY,
    PLAN,
    census,
    child,
    details,
    message,
)

from case_audit.exchange.annex_a.spec import code_list, columns

if TYPE_CHECKING:
    from pathlib import Path


def test_an_episode_becomes_rows_of_five_lists(tmp_path: Path) -> None:
    """Worked by hand: one child, one of each module."""
    own = {"date_of_birth": "2018-05-04", "gender": "female", "ethnicity": "WBRI"}

    records, reading = census(
        tmp_path,
        message(
            child(
                "SYN-1",
                details(ASSESSMENT, CIN_PLAN, ENQUIRY, PLAN),
                characteristics="<Ethnicity>WBRI</Ethnicity><Disabilities>"
                "<Disability>AUT</Disability></Disabilities>",
            )
        ),
    )

    assert {n: [dict(r.values) for r in found] for n, found in records.items()} == {
        3: [
            own
            | {
                "referral_date": "2026-01-15",
                "referral_source": "1A",
                "referral_nfa": "no",
            }
        ],
        4: [
            own
            | {
                "disability": "yes",
                "assessment_start": "2026-01-16",
                "assessment_authorised": "2026-02-20",
                "x_factors": "3A 15A",
            }
        ],
        5: [
            own
            | {
                "disability": "yes",
                "strategy_date": "2026-02-02",
                "icpc_date": "2026-02-18",
                "icpc_unnecessary": "no",
                "icpc_plan": "yes",
            }
        ],
        6: [
            own
            | {
                "disability": "yes",
                "cin_start": "2026-01-15",
                "need": "N1",
                "case_status": "child_protection_plan",
            }
        ],
        7: [
            own
            | {
                "disability": "yes",
                "plan_start": "2026-02-18",
                "initial_category": "neglect",
                "latest_category": "emotional_abuse",
                "previous_plans": 1,
                "last_review": "2026-03-10",
            }
        ],
    }
    assert reading.problems == ()
    assert {one.unit for found in records.values() for one in found} == {"SYN-1"}
    assert {found.list_no: found.records for found in reading.lists} == dict.fromkeys(
        range(3, 8), 1
    )


def test_raw_is_kept_and_a_pupil_number_never(tmp_path: Path) -> None:
    """What was read stays beside what was understood, but for what must not."""
    records, _ = census(tmp_path, message(child("SYN-1", details(ASSESSMENT, PLAN))))

    for one in (one for found in records.values() for one in found):
        assert "A123456789123" not in f"{one.values}{one.raw}"
        assert one.raw["gender"] == "F"
    assert records[7][0].raw["latest_category"] == "EMO"


def test_every_value_is_one_that_the_list_knows(tmp_path: Path) -> None:
    """Keys are the lists' own and codes are ids, so frames can be made of them."""
    records, _ = census(
        tmp_path, message(child("SYN-1", details(ASSESSMENT, CIN_PLAN, ENQUIRY, PLAN)))
    )

    for list_no, found in records.items():
        known = {column.key: column for column in columns(list_no)}
        for key, value in found[0].values.items():
            if not key.startswith("x_"):
                codes = known[key].codes
                assert not codes or value in code_list(codes)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((PLAN, CIN_PLAN), "child_protection_plan"),
        ((CIN_PLAN,), "child_in_need_plan"),
        (("<CINclosureDate>2026-03-31</CINclosureDate>", PLAN), "closed_episode"),
        (
            ("<CINclosureDate>2026-04-01</CINclosureDate>", CIN_PLAN),
            "child_in_need_plan",
        ),
        (
            (
                (
                    "<Assessments><AssessmentActualStartDate>2026-03-20"
                    "</AssessmentActualStartDate></Assessments>"
                ),
            ),
            "open_assessment",
        ),
        ((ASSESSMENT,), None),
    ],
)
def test_the_status_is_that_of_the_reference_date(
    tmp_path: Path, parts: tuple[str, ...], status: str | None
) -> None:
    """Who is a child in need is a matter of one day, 31 March."""
    records, reading = census(tmp_path, message(child("SYN-1", details(*parts))))

    assert records[6][0].values.get("case_status") == status
    untold = any("no plan and no open" in c.what for c in reading.problem_counts)
    assert untold == (status is None)


def test_the_given_date_goes_before_the_returns_own(tmp_path: Path) -> None:
    """A return may be used for a frame at another date."""
    text = message(
        child("SYN-1", details("<CINclosureDate>2026-02-01</CINclosureDate>", CIN_PLAN))
    )

    at_reference, _ = census(tmp_path, text)
    earlier, _ = census(tmp_path, text, as_at=date(2026, 1, 31))

    assert at_reference[6][0].values["case_status"] == "closed_episode"
    assert earlier[6][0].values["case_status"] == "child_in_need_plan"


def test_a_referral_without_further_action_is_no_case(tmp_path: Path) -> None:
    """List 6 leaves out who was only referred; the row is counted, with the reason."""
    records, reading = census(
        tmp_path,
        message(child("SYN-1", details(nfa="1"), details(ASSESSMENT, nfa="1"))),
    )

    assert [len(records[3]), len(records[6])] == [2, 1]
    assert reading.lists[3].left_out == {"referral without further action": 1}
    assert reading.lists[3].rows == reading.lists[0].rows == 2


def test_earlier_referrals_and_enquiries_are_counted_where_they_show(
    tmp_path: Path,
) -> None:
    """Twelve months back, not the row itself; a return cannot show that there was none."""
    second = ENQUIRY.replace("2026-02-02", "2026-03-02").replace(
        "2026-02-18", "2026-03-20"
    )

    records, _ = census(
        tmp_path,
        message(
            child(
                "SYN-1",
                details(ENQUIRY, date="2025-01-15"),
                details(second, date="2026-01-15"),
            )
        ),
    )

    referrals, enquiries = records[3], records[5]
    assert [r.values.get("referrals_12m") for r in referrals] == [None, 1]
    assert [r.values.get("s47_12m") for r in enquiries] == [None, 1]
    assert [r.values.get("icpc_12m") for r in enquiries] == [None, 1]


def test_both_ways_to_write_sex_and_yes_are_understood(tmp_path: Path) -> None:
    """Until 2024 sex was a digit called GenderCurrent; 0 and false are both no."""
    identifiers = "<PersonBirthDate>2018-05-04</PersonBirthDate>"
    written_as = [
        ("<GenderCurrent>1</GenderCurrent>", "male"),
        ("<GenderCurrent>2</GenderCurrent>", "female"),
        ("<GenderCurrent>0</GenderCurrent>", "not_stated"),
        ("<GenderCurrent>9</GenderCurrent>", "neither"),
        ("<Sex>M</Sex>", "male"),
        ("<Sex>U</Sex>", "not_stated"),
    ]

    records, reading = census(
        tmp_path,
        message(
            *(
                child(
                    f"SYN-{n}",
                    details(CIN_PLAN, nfa="false"),
                    identifiers=identifiers + sex,
                )
                for n, (sex, _) in enumerate(written_as)
            )
        ),
    )

    assert [r.values["gender"] for r in records[3]] == [s for _, s in written_as]
    assert {r.values["referral_nfa"] for r in records[3]} == {"no"}
    assert not reading.problems


@pytest.mark.parametrize(
    ("written_as", "born", "unborn"),
    [
        ("<PersonBirthDate>2018-05-04Z</PersonBirthDate>", "2018-05-04", None),
        (
            "<ExpectedPersonBirthDate>2026-06-01</ExpectedPersonBirthDate>",
            "2026-06-01",
            "yes",
        ),
        ("<ExpectedPersonBirthDate>2026-02-01</ExpectedPersonBirthDate>", None, "yes"),
        (
            (
                "<PersonBirthDate>2018-05-04</PersonBirthDate>"
                "<ExpectedPersonBirthDate>2018-04-30</ExpectedPersonBirthDate>"
            ),
            "2018-05-04",
            None,
        ),
        ("", None, None),
    ],
)
def test_a_child_not_yet_born_has_no_age(
    tmp_path: Path, written_as: str, born: str | None, unborn: str | None
) -> None:
    """An expected date that has passed without a birth gives no age either."""
    records, _ = census(
        tmp_path, message(child("SYN-1", details(), identifiers=written_as))
    )

    values = records[3][0].values
    assert values.get("date_of_birth") == born
    assert values.get("unborn") == unborn


@pytest.mark.parametrize(
    ("codes", "disability"),
    [
        ("<Disability>NONE</Disability>", "no"),
        ("<Disability>none</Disability><Disability>LD</Disability>", "yes"),
        ("<Disability>XYZ</Disability>", None),
        ("", None),
    ],
)
def test_disability_is_yes_no_or_not_recorded(
    tmp_path: Path, codes: str, disability: str | None
) -> None:
    """Nothing recorded is not the same as none."""
    characteristics = f"<Disabilities>{codes}</Disabilities>"

    records, _ = census(
        tmp_path,
        message(child("SYN-1", details(), characteristics=characteristics)),
    )

    assert records[6][0].values.get("disability") == disability
    assert "disability" not in records[3][0].values
