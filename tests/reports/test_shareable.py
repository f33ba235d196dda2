"""What leaves the council: no small number, no case, no team, and nothing to work out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import a_dip, audits_of, rated, round_of, told

from builders import G, I, O, R, a_criterion, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.report import report_of
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.shareable import Shareable

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.model import Document

RUBRIC = a_rubric(
    {"help": (a_criterion("a1", tags=("NF-O3",)), a_criterion("a2"))}, limits=()
)
READER = Shareable()


def a_report(cases: list[dict[str, str]], split: int = 0) -> Report:
    summary = round_of(RUBRIC, cases, population=400)
    sex = {n: "girl" if n <= split else "boy" for n in range(1, len(cases) + 1)}
    sizes = {"girl": {"all": 190}, "boy": {"all": 207}, "": {"all": 3}}
    team = Groups(key="team", label="Team", of_case=sex, sizes=sizes)
    people = replace(team, key="gender", label="Sex")
    return report_of(summary, audits_of(RUBRIC, cases), groups=[team, people])


def rows(made: Document, name: str) -> dict[str, list[str]]:
    (found,) = (one for one in made.tables if one.name == name)
    return {row[0].text: [c.text for c in row[1:]] for row in found.rows}


def at(*counts: tuple[str, int]) -> list[dict[str, str]]:
    return [{"a1": grade, "a2": grade} for grade, n in counts for _ in range(n)]


def test_large_numbers_are_shown_with_their_share() -> None:
    made = document(a_report(at((O, 10), (G, 20), (R, 10))), READER)

    assert rows(made, "Help and protection")["a1 Label of a1"] == [
        *("0", "10", "20", "10", "0", "0", "40"),
        *("75%", "60%", "87%"),
    ]
    assert made.audience == "shareable"


def test_three_inadequate_cases_are_hidden_and_cannot_be_worked_out() -> None:
    """Of a criterion the share is shown, and then no grade is, noughts neither.

    30 of 43 are good or better: how the other 13 fall to two grades is open. Of the
    cases as a whole, which groups of children are printed of, the counts are shown and
    the share is not.
    """
    made = document(a_report(at((O, 10), (G, 20), (R, 10), (I, 3))), READER)

    shown = rows(made, "Help and protection")["a1 Label of a1"]
    assert shown == [*("c", "c", "c", "c", "0", "0", "43"), "70%", "55%", "82%"]
    whole = rows(made, "Help and protection")["All audited cases"]
    assert whole[0] == "c"
    assert whole[1:4].count("c") >= 1
    assert whole[-3:] == ["c", "", ""]
    assert "There are cases graded inadequate." in document_markdown(made)


def test_a_share_that_would_tell_of_a_few_is_hidden_in_both_ways() -> None:
    """Two of 40 are below good; so many are not evidenced that n would tell of them."""
    few = document(a_report(at((O, 18), (G, 20), (R, 2))), READER)
    open_ = document(a_report(at((G, 20), (R, 20), (NOT_EVIDENCED, 3))), READER)

    assert rows(few, "Help and protection")["a1 Label of a1"][-3:] == ["c", "", ""]
    assert (
        rows(open_, "Help and protection")["a1 Label of a1"][-4:]
        == ["c"] * 2 + [""] * 2
    )


def test_no_case_is_named_and_no_team() -> None:
    """Every way a case is spoken of in the council's own report is absent."""
    cases = at((O, 10), (G, 12), (R, 10), (I, 8))
    own, shared = (
        document_markdown(document(a_report(cases, 20), *reader))
        for reader in ((), (READER,))
    )

    named = re.compile(r"\bcases? \d+(,| and |\.|;|:|\))", re.IGNORECASE)
    assert named.search(own)
    assert not named.search(shared)
    assert "By team" in own
    assert "By team" not in shared
    assert "Cases decided" not in shared


def test_a_group_whose_cases_are_all_alike_is_hidden_as_a_whole() -> None:
    """It would tell the grade of each of them."""
    cases = at((G, 12), (R, 20), (I, 8))
    made = document(a_report(cases, 12), READER)

    assert set(rows(made, "By sex")["girl"][1:8]) == {"c"}
    assert "not shown, to protect children" in document_markdown(made)


def test_groups_are_not_compared_where_that_would_tell_of_the_unknown() -> None:
    """All together less a group and less the others are the few who are not recorded."""
    cases = at((G, 30), (R, 30))
    sex = {n: "girl" if n % 2 else "boy" for n in range(1, 61)}
    sizes = {"girl": {"all": 190}, "boy": {"all": 207}, "": {"all": 3}}
    for group, said in (("girl", True), ("", False)):
        people = Groups(
            key="gender", label="Sex", of_case=sex | {1: group}, sizes=sizes
        )
        summary = round_of(RUBRIC, cases, population=400)
        found = report_of(summary, audits_of(RUBRIC, cases), groups=[people])

        assert len(found.differences) == 1
        assert "against all others" in document_markdown(document(found))
        outside = document_markdown(document(found, READER))
        assert ("against all others" in outside) is said


def test_small_groups_of_the_frame_are_hidden() -> None:
    made = document(a_report(at((G, 20), (R, 20)), 20), READER)

    assert rows(made, "By sex")["not recorded"][0] == "c"
    assert "207" in rows(made, "By sex")["boy"] or "190" in rows(made, "By sex")["girl"]


def test_fewer_than_ten_cases_have_no_share() -> None:
    made = document(a_report(at((G, 9))), READER)

    shown = rows(made, "Help and protection")["a1 Label of a1"]
    assert shown[-3:] == ["c", "", ""]
    assert "too small to be shown" in document_markdown(made)


def test_a_clean_round_says_so() -> None:
    made = document(a_report(at((G, 30), (R, 10))), READER)

    assert "No audited case was graded inadequate." in document_markdown(made)


def test_the_strata_and_their_sizes_stay_inside() -> None:
    found = a_report(at((G, 30), (R, 10)))

    assert "Strata" in {one.name for one in document(found).tables}
    assert "Strata" not in {one.name for one in document(found, READER).tables}


@pytest.mark.parametrize("made", [a_dip, told, rated])
def test_every_kind_of_rubric_can_be_shared(made: Callable[[], Summary]) -> None:
    text = document_markdown(document(report_of(made(), ()), READER))

    assert "Shareable" in text
    assert "own bands" not in text


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([O, G, R, I, NOT_APPLICABLE, NOT_EVIDENCED]),
        min_size=1,
        max_size=45,
    ),
    st.integers(0, 45),
)
def test_no_count_of_one_to_five_is_ever_printed(grades: list[str], split: int) -> None:
    """In no table of graded cases, whatever was found and however it is split."""
    cases = [{"a1": grade, "a2": grade} for grade in grades]
    made = document(a_report(cases, split), READER)

    for table in made.tables:
        if table.head[-3:-2] == ("Good or better",):
            first = 1 + table.head[1:].count("Criteria")
            for row in table.rows:
                for cell in row[first:-3]:
                    assert cell.value is None or not 1 <= cell.value <= 5
