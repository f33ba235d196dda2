"""Rows of tables of the Standard Safeguarding Dataset, all invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from returns import read, tables

from case_audit.exchange.returns.ssd import open_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from returns import Rows

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import Reading

DAY = date(2026, 3, 31)

PERSON = {
    "pers_person_id": "SYN-1",
    "pers_sex": "F",
    "pers_gender": "02",
    "pers_ethnicity": "WBRI",
    "pers_dob": "2012-05-04 00:00:00.000",
    "pers_expected_dob": "NULL",
    "pers_common_child_id": "9434765919",
    "pers_forename": "Never",
}
OWN = {"gender": "female", "ethnicity": "WBRI", "date_of_birth": "2012-05-04"}
REFERRAL = {
    "cine_referral_id": "R1",
    "cine_person_id": "SYN-1",
    "cine_referral_date": "2026-01-15",
    "cine_cin_primary_need_code": "N1",
    "cine_referral_source_code": "2A",
    "cine_referral_source_desc": "Schools",
    "cine_referral_outcome_json": '{"COMMENTS": "never kept"}',
    "cine_referral_nfa": "N",
    "cine_close_reason": "NULL",
    "cine_close_date": "",
    "cine_referral_team": "T1",
    "cine_referral_worker_id": "W1",
}
DISABLED = {"disa_person_id": "SYN-1", "disa_disability_code": "AUT"}
DEPARTMENT = {"dept_team_id": "T1", "dept_team_name": "North"}
PROFESSIONAL = {
    "prof_professional_id": "W1",
    "prof_staff_id": "S-100",
    "prof_professional_name": "Never Kept",
}
ENQUIRY = {
    "s47e_s47_enquiry_id": "E1",
    "s47e_referral_id": "R1",
    "s47e_person_id": "SYN-1",
    "s47e_s47_start_date": "2026-02-02",
    "s47e_s47_end_date": "2026-02-10",
    "s47e_s47_nfa": "N",
    "s47e_s47_completed_by_worker_id": "W1",
    "s47e_s47_completed_by_team": "T1",
}
PLAN = {
    "cppl_cp_plan_id": "P1",
    "cppl_referral_id": "R1",
    "cppl_person_id": "SYN-1",
    "cppl_cp_plan_start_date": "2026-02-18",
    "cppl_cp_plan_end_date": "",
    "cppl_cp_plan_initial_category": "Neglect",
    "cppl_cp_plan_latest_category": "EMO",
    "cppl_cp_plan_ola": "N",
}
EPISODE = {
    "clae_cla_episode_id": "C1",
    "clae_person_id": "SYN-1",
    "clae_cla_episode_start_date": "2025-06-10",
    "clae_cla_episode_start_reason": "S",
    "clae_cla_primary_need_code": "N1",
    "clae_cla_episode_ceased_date": "",
    "clae_cla_episode_ceased_reason": "",
    "clae_cla_id": "L1",
    "clae_entered_care_date": "2025-06-10",
    "clae_cla_last_iro_contact_date": "2026-02-20",
}


def made(
    tmp_path: Path, files: Mapping[str, Rows], *, as_at: date | None = DAY
) -> tuple[dict[int, list[Record]], Reading]:
    """Write tables into a folder and read them."""
    folder = tables(
        tmp_path / "ssd", {f"{name}.csv": rows for name, rows in files.items()}
    )
    return read(open_source(folder, as_at=as_at))
