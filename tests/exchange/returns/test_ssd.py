"""Tables of the Standard Safeguarding Dataset become records of lists 1 to 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from returns import one, told
from ssd import (
    DEPARTMENT,
    DISABLED,
    ENQUIRY,
    EPISODE,
    OWN,
    PERSON,
    PLAN,
    PROFESSIONAL,
    REFERRAL,
    made,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from returns import Rows


def test_contacts_and_early_help_are_lists_one_and_two(tmp_path: Path) -> None:
    """Worked by hand; a source without a code is understood by its words."""
    contact = {
        "cont_contact_id": 1,
        "cont_person_id": "SYN-1",
        "cont_contact_date": "2026-03-01",
        "cont_contact_source_code": "",
        "cont_contact_source_desc": "Police",
    }

    records, _ = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_contacts": [contact],
            "ssd_early_help_episodes": [
                {
                    "earl_episode_id": 1,
                    "earl_person_id": "SYN-1",
                    "earl_episode_start_date": "2025-12-01",
                    "earl_episode_end_date": "",
                    "earl_episode_organisation": "Borrowmere Council",
                }
            ],
        },
    )

    assert one(records, 1) == OWN | {
        "contact_date": "2026-03-01",
        "contact_source": "6",
    }
    assert one(records, 2) == OWN | {
        "assessment_start": "2025-12-01",
        "organisation": "Borrowmere Council",
    }


def test_a_referral_comes_with_team_and_worker_but_no_name(tmp_path: Path) -> None:
    """Teams by name, workers by staff number; names of people are not read."""
    earlier = REFERRAL | {"cine_referral_id": "R0", "cine_referral_date": "2025-02-01"}

    records, _ = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_cin_episodes": [REFERRAL, earlier],
            "ssd_department": [DEPARTMENT],
            "ssd_professionals": [PROFESSIONAL],
        },
    )

    first, second = (record.values for record in records[3])
    assert first == OWN | {
        "referral_date": "2026-01-15",
        "referral_source": "2A",
        "referral_nfa": "no",
        "referrals_12m": 1,
        "team": "North",
        "worker": "S-100",
    }
    assert second["referrals_12m"] == 0
    kept = str([(r.values, r.raw) for found in records.values() for r in found])
    assert "ever" not in kept.replace("never", "Never").replace("Severn", "")
    assert "9434765919" not in kept


def test_assessments_say_whether_support_was_needed(tmp_path: Path) -> None:
    """Only once they were authorised; with the factors found, as codes."""
    assessment = {
        "cina_assessment_id": "A1",
        "cina_person_id": "SYN-1",
        "cina_assessment_start_date": "2026-01-16",
        "cina_assessment_child_seen": "Y",
        "cina_assessment_auth_date": "2026-02-20",
        "cina_assessment_outcome_nfa": "N",
        "cina_assessment_team": "T1",
        "cina_assessment_worker_id": "W9",
    }
    open_one = assessment | {
        "cina_assessment_id": "A2",
        "cina_assessment_auth_date": "",
    }

    records, _ = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_disability": [DISABLED],
            "ssd_cin_assessments": [assessment, open_one],
            "ssd_assessment_factors": [
                {
                    "cinf_table_id": 1,
                    "cinf_assessment_id": "A1",
                    "cinf_assessment_factors_json": '["3A", "15A", "some text"]',
                },
                {
                    "cinf_table_id": 2,
                    "cinf_assessment_id": "A2",
                    "cinf_assessment_factors_json": '{"1A": "Yes", "2B": "No", "8B": null}',
                },
            ],
        },
    )

    first, second = (record.values for record in records[4])
    assert first == OWN | {
        "disability": "yes",
        "assessment_start": "2026-01-16",
        "child_seen": "yes",
        "assessment_authorised": "2026-02-20",
        "support_required": "yes",
        "x_factors": "3A 15A",
        "team": "T1",
        "worker": "W9",
    }
    assert "support_required" not in second
    assert second["x_factors"] == "1A"


def test_an_enquiry_comes_with_its_conference(tmp_path: Path) -> None:
    """Joined by enquiry and child; earlier ones are counted exactly."""
    before = ENQUIRY | {
        "s47e_s47_enquiry_id": "E0",
        "s47e_s47_start_date": "2025-06-01",
    }
    conference = {
        "icpc_icpc_id": 1,
        "icpc_s47_enquiry_id": "E1",
        "icpc_person_id": "SYN-1",
        "icpc_icpc_date": "2026-02-18",
        "icpc_icpc_outcome_cp_flag": "Y",
    }

    records, _ = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_s47_enquiry": [before, ENQUIRY],
            "ssd_initial_cp_conference": [conference],
        },
    )

    first, second = (record.values for record in records[5])
    assert "icpc_date" not in first
    assert second == OWN | {
        "strategy_date": "2026-02-02",
        "icpc_date": "2026-02-18",
        "icpc_plan": "yes",
        "icpc_unnecessary": "no",
        "s47_12m": 1,
        "icpc_12m": 0,
        "team": "T1",
        "worker": "W1",
    }


@pytest.mark.parametrize(
    ("table", "status"),
    [
        ({"ssd_cla_episodes": [EPISODE], "ssd_cp_plans": [PLAN]}, "looked_after"),
        ({"ssd_cp_plans": [PLAN]}, "child_protection_plan"),
        (
            {
                "ssd_cin_plans": [
                    {
                        "cinp_cin_plan_id": 1,
                        "cinp_person_id": "SYN-1",
                        "cinp_cin_plan_start_date": "2026-02-01",
                        "cinp_cin_plan_end_date": "",
                    }
                ]
            },
            "child_in_need_plan",
        ),
        (
            {
                "ssd_cin_assessments": [
                    {
                        "cina_assessment_id": 1,
                        "cina_person_id": "SYN-1",
                        "cina_assessment_start_date": "2026-03-20",
                        "cina_assessment_auth_date": "2026-04-09",
                    }
                ]
            },
            "open_assessment",
        ),
        (
            {
                "ssd_cla_episodes": [EPISODE],
                "ssd_legal_status": [
                    {
                        "lega_legal_status_id": 1,
                        "lega_person_id": "SYN-1",
                        "lega_legal_status": "V4",
                        "lega_legal_status_start_date": "2025-06-10",
                    }
                ],
            },
            None,
        ),
        ({}, None),
    ],
    ids=["care", "plan", "need", "assessment", "short breaks", "nothing"],
)
def test_the_status_of_a_case_follows_from_the_other_tables(
    tmp_path: Path, table: Mapping[str, Rows], status: str | None
) -> None:
    """On the day, the first that applies."""
    records, reading = made(tmp_path, {"ssd_cin_episodes": [REFERRAL], **table})

    assert one(records, 6).get("case_status") == status
    what = "an open case with no plan and no open assessment"
    assert (("ssd_cin_episodes.csv", "", what) in told(reading)) == (status is None)


def test_a_case_comes_with_who_works_with_the_child_now(tmp_path: Path) -> None:
    """The allocated worker before others, the open involvement before ended ones."""
    involved = {
        "invo_involvements_id": 1,
        "invo_person_id": "SYN-1",
        "invo_professional_team": "T1",
        "invo_involvement_start_date": "2026-02-01",
        "invo_involvement_end_date": "",
    }
    rows = [
        involved
        | {"invo_professional_id": who, "invo_professional_role_id": role}
        | more
        for who, role, more in (
            (
                "W5",
                "Allocated Case Worker",
                {"invo_involvement_end_date": "2026-02-20"},
            ),
            ("W6", "Allocated Case Worker", {}),
            ("W7", "IRO", {"invo_involvement_start_date": "2026-03-01"}),
            (
                "W8",
                "Allocated Case Worker",
                {"invo_involvement_start_date": "2026-05-01"},
            ),
        )
    ]

    records, _ = made(
        tmp_path,
        {
            "ssd_cin_episodes": [REFERRAL],
            "ssd_involvements": rows,
            "ssd_department": [DEPARTMENT],
            "ssd_cin_visits": [
                {
                    "cinv_cin_visit_id": n,
                    "cinv_person_id": "SYN-1",
                    "cinv_cin_visit_date": day,
                }
                for n, day in enumerate(("2026-03-05", "2026-04-05", "2025-12-01"))
            ],
        },
    )

    values = one(records, 6)
    assert (values["team"], values["worker"]) == ("North", "W6")
    assert values["last_seen"] == "2026-03-05"


def test_a_referral_that_led_to_nothing_is_no_case(tmp_path: Path) -> None:
    """It is counted on list 6, with the reason."""
    records, reading = made(
        tmp_path, {"ssd_cin_episodes": [REFERRAL | {"cine_referral_nfa": "Y"}]}
    )

    assert 6 not in records
    [listed] = [found for found in reading.lists if found.list_no == 6]
    assert dict(listed.left_out) == {"referral without further action": 1}


def test_a_plan_comes_with_visit_review_and_emergency(tmp_path: Path) -> None:
    """Visits and reviews of that plan up to the day; plans of others left out."""
    visit = {"cppv_person_id": "SYN-1", "cppv_cp_plan_id": "P1"}

    records, reading = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_cp_plans": [
                PLAN,
                PLAN
                | {"cppl_cp_plan_id": "P0", "cppl_cp_plan_start_date": "2024-01-01"},
                PLAN | {"cppl_cp_plan_id": "P2", "cppl_cp_plan_ola": "Y"},
            ],
            "ssd_cp_visits": [
                visit | {"cppv_cp_visit_date": day, "cppv_cp_visit_seen_alone": alone}
                for day, alone in (
                    ("2026-03-20", "Y"),
                    ("2026-04-20", "N"),
                    ("2026-03-01", "N"),
                )
            ],
            "ssd_cp_reviews": [
                {
                    "cppr_person_id": "SYN-1",
                    "cppr_cp_plan_id": "P1",
                    "cppr_cp_review_date": day,
                }
                for day in ("2026-03-10", "2026-05-10")
            ],
            "ssd_legal_status": [
                {
                    "lega_person_id": "SYN-1",
                    "lega_legal_status": "L2",
                    "lega_legal_status_start_date": "2025-10-25",
                    "lega_legal_status_end_date": "2025-11-01",
                }
            ],
        },
    )

    assert records[7][0].values == OWN | {
        "plan_start": "2026-02-18",
        "initial_category": "neglect",
        "latest_category": "emotional_abuse",
        "last_visit": "2026-03-20",
        "seen_alone": "yes",
        "last_review": "2026-03-10",
        "emergency_protection": "yes",
        "previous_plans": 1,
    }
    [listed] = [found for found in reading.lists if found.list_no == 7]
    assert dict(listed.left_out) == {"plan of another local authority": 1}
