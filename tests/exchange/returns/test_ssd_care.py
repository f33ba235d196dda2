"""Children in care, care leavers and adoptions out of the SSD's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from returns import one
from ssd import EPISODE, made

if TYPE_CHECKING:
    from pathlib import Path


FIRST = EPISODE | {
    "clae_cla_episode_ceased_date": "2026-01-20",
    "clae_cla_episode_ceased_reason": "X1",
    "clae_cla_last_iro_contact_date": "",
}
NEXT = EPISODE | {
    "clae_cla_episode_id": "C2",
    "clae_cla_episode_start_date": "2026-01-20",
    "clae_cla_episode_start_reason": "P",
    "clae_cla_episode_ceased_date": "",
    "clae_cla_episode_ceased_reason": "",
    "clae_cla_last_iro_contact_date": "2026-02-20",
}
PLACEMENT = {
    "clap_cla_placement_id": 1,
    "clap_person_id": "SYN-1",
    "clap_cla_id": "L1",
    "clap_cla_placement_start_date": "2026-01-20",
    "clap_cla_placement_end_date": "",
    "clap_cla_placement_type": "K2",
    "clap_cla_placement_provider": "PR4",
    "clap_cla_placement_urn": "SC040001",
    "clap_cla_placement_postcode": "ZZ1 1ZZ",
}
LEGAL = {
    "lega_legal_status_id": 1,
    "lega_person_id": "SYN-1",
    "lega_legal_status": "C2",
    "lega_legal_status_start_date": "2025-09-01",
    "lega_legal_status_end_date": "",
}


def test_a_period_of_care_is_put_together(tmp_path: Path) -> None:
    """Worked by hand: ten tables tell of one child."""
    records, reading = made(
        tmp_path,
        {
            "ssd_cla_episodes": [FIRST, NEXT],
            "ssd_cla_placement": [
                PLACEMENT | {"clap_cla_placement_start_date": "2025-06-10"},
                PLACEMENT,
                PLACEMENT | {"clap_cla_placement_start_date": "2026-06-01"},
            ],
            "ssd_legal_status": [
                LEGAL
                | {
                    "lega_legal_status": "V2",
                    "lega_legal_status_start_date": "2025-06-10",
                },
                LEGAL,
            ],
            "ssd_cla_visits": [
                {
                    "clav_cla_visit_id": n,
                    "clav_person_id": "SYN-1",
                    "clav_cla_visit_date": seen,
                }
                for n, seen in enumerate(("2026-03-02", "2026-04-02", "2025-01-01"))
            ],
            "ssd_cla_reviews": [
                {
                    "clar_cla_review_id": n,
                    "clar_cla_id": "L1",
                    "clar_cla_review_date": held,
                    "clar_cla_review_cancelled": cancelled,
                }
                for n, (held, cancelled) in enumerate(
                    (("2026-01-05", "N"), ("2026-02-05", "Y"), ("2026-05-05", "N"))
                )
            ],
            "ssd_cla_health": [
                {
                    "clah_health_check_id": n,
                    "clah_person_id": "SYN-1",
                    "clah_health_check_type": kind,
                    "clah_health_check_date": when,
                    "clah_health_check_status": status,
                }
                for n, (kind, when, status) in enumerate(
                    (
                        ("Health Assessment", "2025-12-01", "Completed"),
                        ("HEALTH", "2026-02-01", "Refused"),
                        ("Dental Check", "2026-01-09", ""),
                        ("Health surveillance check", "2026-03-01", "Completed"),
                    )
                )
            ],
            "ssd_cla_care_plan": [
                {
                    "lacp_table_id": 1,
                    "lacp_person_id": "SYN-1",
                    "lacp_cla_care_plan_start_date": "2026-01-25",
                    "lacp_cla_care_plan_json": '{"LTFOST18": "Y", "ADOPTION": ""}',
                }
            ],
            "ssd_missing": [
                {
                    "miss_table_id": n,
                    "miss_person_id": "SYN-1",
                    "miss_missing_episode_start_date": went,
                    "miss_missing_episode_type": kind,
                    "miss_missing_rhi_offered": "Y",
                    "miss_missing_rhi_accepted": accepted,
                }
                for n, (went, kind, accepted) in enumerate(
                    (
                        ("2025-07-01", "Missing", "Y"),
                        ("2026-02-01", "M", "N"),
                        ("2026-03-01", "Away", ""),
                        ("2024-02-01", "M", "N"),
                    )
                )
            ],
            "ssd_immigration_status": [
                {"immi_person_id": "SYN-1", "immi_immigration_status": "UASC"}
            ],
        },
    )

    assert one(records, 8) == {
        "need": "N1",
        "care_start": "2025-06-10",
        "legal_status": "C2",
        "legal_status_start": "2025-09-01",
        "placement_type": "K2",
        "placement_provider": "PR4",
        "placement_urn": "SC040001",
        "placement_start": "2026-01-20",
        "placements_12m": 2,
        "second_period": "no",
        "last_visit": "2026-03-02",
        "last_review": "2026-01-05",
        "last_iro_visit": "2026-02-20",
        "last_health_assessment": "2025-12-01",
        "last_dental_check": "2026-01-09",
        "permanence_plan": "fostering",
        "missing_12m": 2,
        "absent_12m": 1,
        "return_interview_offered": "yes",
        "return_interview_accepted": "no",
        "uasc": "yes",
    }
    assert reading.problems == ()
    assert "ZZ1" not in str(records[8][0].raw)


def test_an_ended_period_ends_and_the_next_is_a_second(tmp_path: Path) -> None:
    """Two periods of one child are two rows; older tables name the column otherwise."""
    ended = {
        ("clae_cla_episode_ceased" if key.endswith("ceased_date") else key): value
        for key, value in FIRST.items()
    } | {
        "clae_cla_episode_ceased": "2025-09-01",
        "clae_cla_episode_ceased_reason": "E4A",
    }
    again = {
        key: value for key, value in NEXT.items() if not key.endswith("ceased_date")
    } | {
        "clae_cla_episode_ceased": "",
        "clae_cla_episode_start_reason": "S",
        "clae_entered_care_date": "2026-01-20",
    }

    records, _ = made(tmp_path, {"ssd_cla_episodes": [ended, again]})

    first, second = (record.values for record in records[8])
    assert (first["care_end"], first["care_end_reason"]) == ("2025-09-01", "E4A")
    assert "care_end" not in second
    assert (second["care_start"], second["second_period"]) == ("2026-01-20", "yes")
    assert second["placement_start"] == "2026-01-20"


@pytest.mark.parametrize(
    ("plan", "understood"),
    [
        ('{"RETURN1M": "Y", "RETURNEV": "1"}', "return_to_family"),
        ('{"ADOPTION": "Y", "LTFOST18": "Y"}', None),
        ('{"LTRELFR": "Y"}', None),
        ("{}", None),
        ("[]", None),
    ],
)
def test_a_permanence_plan_is_said_where_it_is_one(
    tmp_path: Path, plan: str, understood: str | None
) -> None:
    """Parallel plans are not one plan; what was ticked is kept as it was read."""
    records, _ = made(
        tmp_path,
        {
            "ssd_cla_episodes": [NEXT],
            "ssd_cla_care_plan": [
                {
                    "lacp_person_id": "SYN-1",
                    "lacp_cla_care_plan_start_date": "2026-01-25",
                    "lacp_cla_care_plan_json": plan,
                }
            ],
        },
    )

    assert one(records, 8).get("permanence_plan") == understood


def test_an_episode_without_a_start_is_left_out(tmp_path: Path) -> None:
    """It is told and counted."""
    _, reading = made(
        tmp_path,
        {"ssd_cla_episodes": [NEXT, EPISODE | {"clae_cla_episode_start_date": ""}]},
    )

    assert dict(reading.lists[0].left_out) == {"no date on which the episode began": 1}


def test_care_leavers_come_with_their_adviser(tmp_path: Path) -> None:
    """By staff number where the table of professionals has one."""
    records, _ = made(
        tmp_path,
        {
            "ssd_care_leavers": [
                {
                    "clea_table_id": 1,
                    "clea_person_id": "SYN-1",
                    "clea_care_leaver_eligibility": "Former Relevant",
                    "clea_care_leaver_in_touch": "YES",
                    "clea_care_leaver_latest_contact": "2026-03-01",
                    "clea_care_leaver_accommodation": "U",
                    "clea_care_leaver_accom_suitable": "1",
                    "clea_care_leaver_activity": "F5",
                    "clea_pathway_plan_review_date": "2025-11-11",
                    "clea_care_leaver_personal_advisor": "W1",
                    "clea_care_leaver_allocated_team": "T1",
                    "clea_care_leaver_worker_id": "W2",
                }
            ],
            "ssd_professionals": [
                {"prof_professional_id": "W1", "prof_staff_id": "S-1"}
            ],
            "ssd_immigration_status": [
                {"immi_person_id": "SYN-2", "immi_immigration_status": "UASC"}
            ],
        },
    )

    assert one(records, 9) == {
        "eligibility": "former_relevant",
        "in_touch": "yes",
        "accommodation": "U",
        "suitability": "suitable",
        "activity": "F5",
        "personal_adviser": "S-1",
        "last_pathway_plan": "2025-11-11",
        "last_contact": "2026-03-01",
        "uasc": "no",
        "team": "T1",
        "worker": "W2",
    }


def test_adoptions_are_list_ten_and_other_orders_are_not(tmp_path: Path) -> None:
    """Special guardianship is permanence, but not adoption."""
    row = {
        "perm_table_id": 1,
        "perm_person_id": "SYN-1",
        "perm_adm_decision_date": "2025-10-01",
        "perm_placement_order_date": "2025-11-01",
        "perm_matched_date": "2026-01-10",
        "perm_placed_for_adoption_date": "2026-02-01",
        "perm_permanence_order_date": "2026-03-20",
        "perm_permanence_order_type": "Adoption",
        "perm_adopter_sex": "MF",
    }
    guardianship = dict.fromkeys(row, "") | {
        "perm_person_id": "SYN-2",
        "perm_permanence_order_date": "2026-03-20",
        "perm_permanence_order_type": "Special Guardianship",
    }

    records, reading = made(
        tmp_path,
        {
            "ssd_permanence": [row, guardianship],
            "ssd_cla_episodes": [EPISODE],
            "ssd_family": [{"fami_family_id": "F1", "fami_person_id": "SYN-1"}],
        },
    )

    assert one(records, 10) == {
        "adoption_decision": "2025-10-01",
        "placement_order": "2025-11-01",
        "matching": "2026-01-10",
        "placed": "2026-02-01",
        "adoption_order": "2026-03-20",
        "care_start": "2025-06-10",
        "family_id": "F1",
    }
    [listed] = [found for found in reading.lists if found.list_no == 10]
    assert dict(listed.left_out) == {"nothing about adoption in the row": 1}


def test_periods_without_a_beginning_or_a_next_episode_are_told(
    tmp_path: Path,
) -> None:
    """As in SSDA903: nothing is made up, and nobody drops out."""
    moved = NEXT | {"clae_entered_care_date": ""}
    cut = FIRST | {"clae_person_id": "SYN-2"}

    records, reading = made(tmp_path, {"ssd_cla_episodes": [moved, cut]})

    assert "care_start" not in records[8][0].values
    assert "care_end" not in records[8][1].values
    assert {c.column: c.count for c in reading.problem_counts} == {
        "clae_cla_episode_start_reason": 1,
        "clae_cla_episode_ceased_reason": 1,
    }
