"""Strengths, what needs to improve, and the cases that speak for and against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rounds import a_told_rubric, audits_of, round_of, told

from builders import G, I, O, R, a_criterion, a_rubric
from case_audit.core.selfassessment.findings import findings_of

if TYPE_CHECKING:
    from case_audit.core.selfassessment.findings import AreaFindings

RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2"), a_criterion("a3"))}, limits=()
)


def found(
    cases: list[dict[str, str]], *, population: int = 40, purpose: str = "random"
) -> AreaFindings:
    summary = round_of(RUBRIC, cases, population=population, purpose=purpose)
    (area,) = findings_of(summary, audits_of(RUBRIC, cases))
    return area


def forty() -> list[dict[str, str]]:
    """a1: good in 36 of 40, inadequate in one; a2: in 8; a3: in 24."""
    return [
        {
            "a1": I if n == 40 else R if n > 36 else G,
            "a2": O if n <= 8 else R,
            "a3": G if n <= 24 else R,
        }
        for n in range(1, 41)
    ]


def test_the_interval_decides_and_not_the_estimate() -> None:
    """36 of 40 of 400 is at least 76%, 8 at most 35%; 24 may be 43% or 75%."""
    area = found(forty(), population=400)

    by_id = {f.line.id: f.kind for f in area.findings}
    assert by_id["a1"] == "strength"
    assert by_id["a2"] == "improve"
    assert by_id["a3"] == "unclear"


def test_each_finding_has_its_cases_and_those_against_it() -> None:
    area = found(forty(), population=400)

    strength = area.of_kind("strength")[0]
    assert strength.support == tuple(range(1, 37))
    assert strength.against == (37, 38, 39, 40)
    assert strength.cases.lowest == (40,)
    weak = next(f for f in area.of_kind("improve") if f.line.id == "a2")
    assert weak.support == tuple(range(9, 41))
    assert weak.against == tuple(range(1, 9))


def test_the_clearest_comes_first() -> None:
    cases = [{"a1": R, "a2": G if n < 4 else R, "a3": G} for n in range(20)]

    area = found(cases, population=200)

    assert [f.line.id for f in area.of_kind("improve")] == ["a1", "help", "a2"]
    assert [f.line.id for f in area.of_kind("strength")] == ["a3"]
    assert area.whole is not None
    assert area.whole.line.level == "area"


def test_few_cases_and_picked_ones_are_neither() -> None:
    """Nine of nine good is no strength yet, and picked cases show none."""
    nine = found([{"a1": G, "a2": R, "a3": G}] * 9, population=400)
    picked = found([{"a1": G, "a2": R, "a3": G}] * 20, purpose="targeted")

    assert {f.kind for f in (*nine.findings, *picked.findings)} == {"unclear"}
    assert [f.line.id for f in picked.of_kind("unclear")] == [
        *("help", "a1", "a2", "a3"),
    ]


def test_what_is_answered_in_words_is_no_finding() -> None:
    cases = [{"n1-police": "Knew."}]

    (area,) = findings_of(told(), audits_of(a_told_rubric(), cases))

    assert area.whole is None
    assert area.findings == ()
