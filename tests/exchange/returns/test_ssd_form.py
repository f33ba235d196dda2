"""The tables are joined by child, and nothing is lost or told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from returns import one, read, tables, told
from ssd import (
    ENQUIRY,
    EPISODE,
    PERSON,
    PLAN,
    REFERRAL,
    made,
)

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.spec import code_list, columns
from case_audit.exchange.returns.ssd import described, looks_like, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.reading import Progress


@pytest.mark.parametrize("json", ["", "not json", "[" * 9000, "3", "x" * 30_000])
def test_json_that_is_none_does_no_harm(tmp_path: Path, json: str) -> None:
    """Cells of JSON come from many systems."""
    records, _ = made(
        tmp_path,
        {
            "ssd_cin_assessments": [
                {"cina_assessment_id": "A1", "cina_person_id": "SYN-1"}
            ],
            "ssd_assessment_factors": [
                {"cinf_assessment_id": "A1", "cinf_assessment_factors_json": json}
            ],
        },
    )

    assert "x_factors" not in one(records, 4)


def test_every_value_is_one_that_the_list_knows(tmp_path: Path) -> None:
    """Keys are the lists' own and codes are ids, so frames can be made of them."""
    records, _ = made(
        tmp_path,
        {
            "ssd_person": [PERSON],
            "ssd_cin_episodes": [REFERRAL],
            "ssd_s47_enquiry": [ENQUIRY],
            "ssd_cp_plans": [PLAN],
            "ssd_cla_episodes": [EPISODE],
        },
    )

    for list_no, found in records.items():
        known = {column.key: column for column in columns(list_no)}
        for key, value in found[0].values.items():
            assert not known[key].codes or value in code_list(known[key].codes)


def test_orphans_are_told_and_kept(tmp_path: Path) -> None:
    """A child who is not among the people is a problem, not a loss."""
    records, reading = made(
        tmp_path,
        {
            "ssd_person": [PERSON, PERSON],
            "ssd_cin_episodes": [REFERRAL | {"cine_person_id": "SYN-2"}] * 2,
            "ssd_cp_plans": [PLAN | {"cppl_person_id": ""}],
        },
    )

    assert [record.unit for record in records[3]] == ["SYN-2", "SYN-2"]
    found = told(reading)
    assert (
        found[
            "ssd_cin_episodes.csv", "cine_person_id", "a child who is not in ssd_person"
        ]
        == 1
    )
    assert (
        found["ssd_person.csv", "pers_person_id", "the same child a second time"] == 1
    )
    [listed] = [one for one in reading.lists if one.list_no == 7]
    assert (listed.records, listed.rows) == (0, 1)


def test_an_unborn_child_is_shown_as_such(tmp_path: Path) -> None:
    """The expected date stands in for the date of birth until it has passed."""
    due = {"pers_dob": "", "pers_expected_dob": "2026-06-01"}

    records, _ = made(
        tmp_path,
        {
            "ssd_person": [
                PERSON | due,
                PERSON
                | due
                | {"pers_person_id": "SYN-2", "pers_expected_dob": "2026-02-01"},
            ],
            "ssd_cin_episodes": [REFERRAL, REFERRAL | {"cine_person_id": "SYN-2"}],
        },
    )

    first, second = (record.values for record in records[3])
    assert (first["date_of_birth"], first["unborn"]) == ("2026-06-01", "yes")
    assert "date_of_birth" not in second
    assert second["unborn"] == "yes"


def test_problems_are_told_once_though_tables_are_read_twice(tmp_path: Path) -> None:
    """Several lists ask the same table."""
    _, reading = made(
        tmp_path,
        {
            "ssd_cin_episodes": [REFERRAL],
            "ssd_cp_plans": [PLAN | {"cppl_cp_plan_start_date": "soon"}],
            "ssd_s47_enquiry": [ENQUIRY | {"s47e_s47_start_date": "soon"}],
            "ssd_cla_episodes": [EPISODE | {"clae_cla_primary_need_code": "QQ"}],
            "ssd_legal_status": [
                {
                    "lega_person_id": "SYN-1",
                    "lega_legal_status": "QQ",
                    "lega_legal_status_start_date": "2025-06-10",
                }
            ],
        },
    )

    counts = {c.column: c.count for c in reading.problem_counts if c.column}
    assert counts == dict.fromkeys(
        (
            *("cppl_cp_plan_start_date", "s47e_s47_start_date"),
            *("clae_cla_primary_need_code", "lega_legal_status"),
        ),
        1,
    )


def test_tables_are_known_by_their_columns(tmp_path: Path) -> None:
    """Whatever the files are called; and each table may be there once."""
    folder = tables(
        tmp_path / "x",
        {"a.csv": [REFERRAL], "b.csv": [{"id": 1, "b": 2}], "README.txt": [{"c": 1}]},
    )
    heard: list[Progress] = []

    records, reading = read(open_source(folder, on_progress=heard.append))

    assert looks_like(folder)
    assert looks_like(folder / "a.csv")
    assert not looks_like(folder / "b.csv")
    assert described(folder) is None
    assert len(records[3]) == 1
    assert reading.unread == ("README.txt", "b.csv")
    assert [name for name, _ in reading.files] == ["a.csv"]
    assert [one.title for one in heard] == ["ssd_cin_episodes"]
    tables(folder, {"c.csv": [REFERRAL]})
    with pytest.raises(UnusableReturnError, match="both the table ssd_cin_episodes"):
        read(open_source(folder))
    with pytest.raises(UnusableReturnError, match="no table"):
        read(open_source(tables(tmp_path / "y", {"b.csv": [{"id": 1}]})))
    with (
        open_source(tables(tmp_path / "z", {"a.csv": [REFERRAL]})) as unread,
        pytest.raises(ValueError, match="not been read"),
    ):
        unread.reading()
