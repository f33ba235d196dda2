"""Frames made anew: other units, a window, a filter; nobody is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from imported import imported
from recorded import row

from builders import NOW, a_rubric
from case_audit.core.frame.definition import Definition
from case_audit.errors import (
    ExpressionError,
    NoEpisodesError,
    NoSuchFrameError,
    NothingImportedError,
    NoWindowError,
    UnknownCohortError,
    UnknownFrameError,
)
from case_audit.services.audit import open_case
from case_audit.services.frame import export_lines, list_frames, show_frame
from case_audit.services.frame_make import Wanted, make_frame
from case_audit.services.log import check_log
from stored import a_round, case_ids, sql

if TYPE_CHECKING:
    from case_audit.errors import CaseAuditError
    from case_audit.services.database import Database
    from case_audit.services.frame_make import MadeFrame

REFERRALS = [
    row(3, "A1", 2, referral_date="2026-01-10", team="North", referral_nfa="yes"),
    row(3, "A1", 3, referral_date="2026-03-02", team="South", referral_nfa="no"),
    row(3, "B2", 4, referral_date="2026-02-01", team="North"),
    row(3, "C3", 5),
]
CARE = [
    row(8, "1", 2, care_start="2025-01-01", date_of_birth="2009-01-01"),
    row(8, "2", 3, care_start="2025-01-01", date_of_birth="2015-01-01"),
    row(8, "3", 4, care_start="2025-01-01"),
    row(4, "1", 2, assessment_start="2026-01-05"),
    row(4, "9", 3, assessment_start="2026-01-05"),
]


def make(database: Database, cohort: str, **wanted: object) -> MadeFrame:
    keep = bool(wanted.pop("keep", True))
    return make_frame(
        database,
        Wanted(cohort=cohort, **wanted),  # type: ignore[arg-type]
        made_by="Lee",
        now=NOW,
        keep=keep,
    )


def left_out(made: MadeFrame) -> dict[str, int]:
    return {e.rule: e.count for e in made.frame.excluded}


def test_an_episode_round_is_audited_with_the_files_of_its_children(
    database: Database,
) -> None:
    """Each case shows its own referral, and the whole file of the child."""
    told = {"manager": "M", "referral_decision_date": "2026-03-03"}
    imported(database, REFERRALS, extras={"A1": told})
    made = make(database, "referral", unit="episode")
    rubric = replace(a_rubric(), cohorts=("referral",))

    a_round(database, size=3, rubric=rubric, cohort="referral")

    assert [u.unit for u in made.frame.units] == [
        *("A1@2026-01-10", "A1@2026-03-02", "B2@2026-02-01")
    ]
    assert left_out(made) == {"the date of the episode is not known": 1}
    desks = [
        open_case(database, case, auditor="Ann", now=NOW) for case in case_ids(database)
    ]
    seen = {desk.case.unit: desk for desk in desks}
    first, second = seen["A1@2026-01-10"], seen["A1@2026-03-02"]
    assert first.file.unit == second.file.unit == "A1"
    assert len(first.file.documents) == 2
    assert (first.known["team"], second.known["team"]) == ("North", "South")
    assert first.known["extra.manager"] == "M"
    used = {unit: repr(desk.findings) for unit, desk in seen.items()}
    assert "date(2026, 1, 10)" in used["A1@2026-01-10"]
    assert "date(2026, 3, 2)" not in used["A1@2026-01-10"]
    assert "date(2026, 3, 2)" in used["A1@2026-03-02"]


def test_a_filter_is_counted_and_on_record(database: Database) -> None:
    """What is not known is left out under a reason of its own."""
    imported(database, CARE)

    made = make(database, "cic", only="age>=16")

    assert [unit.unit for unit in made.frame.units] == ["1"]
    assert left_out(made) == {
        "does not meet the filter: age is 16 or more": 1,
        "the filter cannot be answered, not known: age": 1,
    }
    assert made.rows == len(made.frame.units) + sum(left_out(made).values())
    stored = list_frames(database)[-1]
    assert stored.id == made.id
    assert stored.definition == Definition(only="age >= 16")
    check_log(database)
    assert sql(database, "SELECT subject FROM event WHERE action = 'frame'") == [
        (f"frame {made.id}",)
    ]


def test_the_newest_frame_is_the_one_that_is_drawn_from(database: Database) -> None:
    imported(database, CARE)
    make(database, "cic", only="age < 16")

    round_ = a_round(
        database, size=1, rubric=replace(a_rubric(), cohorts=("cic",)), cohort="cic"
    )

    assert [drawn.unit for drawn in round_.sample.drawn] == ["2"]


def test_precedence_can_be_left_off(database: Database) -> None:
    """A child in care has an assessment to look at too."""
    imported(database, CARE)

    with_it, without = (
        make(database, "assessment"),
        make(database, "assessment", precedence=False),
    )

    assert left_out(with_it) == {"in care": 1}
    assert left_out(without) == {}
    assert [len(m.frame.units) for m in (with_it, without)] == [1, 2]


def test_a_frame_made_as_by_default_is_the_one_of_the_import(
    database: Database,
) -> None:
    """Signs of risk and extra columns among it."""
    imported(database, [*CARE, *REFERRALS], extras={"1": {"sibling_group": "S"}})

    for cohort in ("cic", "referral", "assessment", "contact"):
        if cohort == "contact":
            with pytest.raises(NothingImportedError, match="list 1"):
                make(database, cohort)
            continue
        before = show_frame(database, cohort)
        again = make(database, cohort)
        assert again.frame.digest == before.frame.digest
        assert show_frame(database, str(again.id)).values == before.values


def test_a_trial_keeps_nothing(database: Database) -> None:
    imported(database, CARE)
    before = list_frames(database)

    made = make(database, "cic", keep=False)

    assert (made.id, made.kept) == (0, False)
    assert list_frames(database) == before


@pytest.mark.parametrize(
    ("cohort", "wanted", "error"),
    [
        ("pets", {}, UnknownCohortError),
        ("cic", {"unit": "episode"}, NoEpisodesError),
        ("cic", {"closed_within": 3}, NoWindowError),
        ("cic", {"only": "agee > 3"}, ExpressionError),
        ("cic", {"only": "x" * 5000}, ExpressionError),
        ("cp", {}, NothingImportedError),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    database: Database,
    cohort: str,
    wanted: dict[str, object],
    error: type[CaseAuditError],
) -> None:
    """With what can be asked for instead; nothing is changed."""
    imported(database, CARE)
    before = list_frames(database)

    with pytest.raises(error) as caught:
        make(database, cohort, **wanted)

    assert caught.value.hint
    assert list_frames(database) == before


def test_nothing_can_be_made_of_an_empty_database(database: Database) -> None:
    with pytest.raises(NothingImportedError):
        make(database, "cic")


def test_frames_are_named_by_number_date_and_place(database: Database) -> None:
    """As people speak of them."""
    imported(database, CARE)
    second = make(database, "cic", only="age >= 16")

    for name in (
        "cic",
        "cic@newest",
        str(second.id),
        f"0{second.id}",
        "cic@2026-03-31",
    ):
        assert show_frame(database, name).frame.id == second.id
    assert show_frame(database, "cic@previous").frame.units == 3
    for name in ("999", "cic@2020-01-01", "cic@", "assessment@previous"):
        if name == "cic@":
            assert show_frame(database, name).frame.id == second.id
            continue
        with pytest.raises(NoSuchFrameError):
            show_frame(database, name)
    with pytest.raises(UnknownCohortError):
        show_frame(database, "pets")
    with pytest.raises(UnknownFrameError):
        show_frame(database, "cp")


def test_a_third_column_for_designs_that_need_one(database: Database) -> None:
    """The size, the worker or the family of each unit."""
    imported(database, REFERRALS)

    lines = export_lines(database, "referral", strata=("team",), aid="referral_date")

    assert lines == [
        ("A1", "South", "2026-03-02"),
        ("B2", "North", "2026-02-01"),
        ("C3", "not recorded", "not recorded"),
    ]
