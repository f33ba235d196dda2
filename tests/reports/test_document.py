"""The self-assessment as a document, before it is written as anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rounds import a_dip, a_dip_rubric, audits_of, mixed, rated, round_of, told

from builders import G, I, O, R, a_criterion, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.report import report_of
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.document.build import document
from case_audit.reports.document.evidence import for_and_against
from case_audit.reports.document.model import (
    Bullets,
    Distribution,
    Intervals,
    Paragraph,
    Table,
)
from case_audit.reports.document.parts import evidence
from case_audit.reports.questions import QUESTIONS

if TYPE_CHECKING:
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.model import Document, Section

RUBRIC = a_rubric(
    {
        "help": (a_criterion("a1", tags=("NF-O3",)), a_criterion("a2", tags=("X-1",))),
        "plan": (a_criterion("b1", tags=("NF-O3",)),),
    },
    limits=(),
)
TEAMS = {n: "North" if n <= 30 else "South" for n in range(1, 41)}


def forty() -> list[dict[str, str]]:
    """a1: good in 37 of 40, inadequate in one; a2: good in 8; b1: good in 24."""
    return [
        {
            "a1": I if n == 40 else R if n > 37 else G,
            "a2": O if n <= 8 else R,
            "b1": G if n <= 24 else NOT_EVIDENCED if n == 25 else R,
        }
        for n in range(1, 41)
    ]


def by(key: str, label: str, groups: dict[int, str], sizes: dict[str, int]) -> Groups:
    return Groups(
        key=key,
        label=label,
        of_case=groups,
        sizes={name: {"all": n} for name, n in sizes.items()},
    )


def a_report(cases: list[dict[str, str]] | None = None) -> Report:
    cases = cases or forty()
    summary = round_of(RUBRIC, cases, population=400)
    sex = {n: "" if n == 3 else "girl" if n < 20 else "boy" for n in range(1, 41)}
    before = replace(
        round_of(RUBRIC, [{"a1": R, "a2": R, "b1": R}] * 30, population=300),
        facts=replace(summary.facts, name="Autumn 2025", populations={"all": 300}),
    )
    return report_of(
        summary,
        audits_of(RUBRIC, cases),
        groups=[
            by("team", "Team", TEAMS, {"North": 250, "South": 150}),
            by("gender", "Sex", sex, {"girl": 180, "boy": 200, "": 20}),
            by("need", "Need", TEAMS, {"North": 250, "South": 150}),
        ],
        earlier=[trend(before, summary)],
    )


def section(made: Document, heading: str) -> Section:
    return next(one for one in made.sections if one.heading == heading)


def said(one: Section) -> str:
    items = [
        item
        for block in one.blocks
        for item in (block.items if isinstance(block, Bullets) else (block,))
    ]
    return " ".join(
        f"{item.lead} {item.text}".strip()
        for item in items
        if isinstance(item, Paragraph)
    )


def table(made: Document, name: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their first cell."""
    (found,) = (one for one in made.tables if one.name == name)
    return {row[0].text: tuple(c.text for c in row[1:]) for row in found.rows}


def test_ofsteds_three_questions_are_its_frame() -> None:
    made = document(a_report())

    assert [s.heading for s in made.sections if s.level == 2] == [
        *QUESTIONS,
        "Annex: how to check this",
    ]
    assert made.title == "Self-assessment: Spring 2026"
    assert made.practice
    assert made.audience == "internal"
    assert "not an Ofsted judgement" in made.subtitle[-1]


def test_a_strength_stands_with_its_cases_and_those_against_it() -> None:
    """37 of 40 of 400: 80% to 98%, so it is "most to almost all"."""
    (block,) = (
        b
        for b in section(document(a_report()), "Strengths").blocks
        if isinstance(b, Bullets)
    )
    (one,) = block.items

    assert one.lead == "a1 Label of a1:"
    assert one.text == (
        "37 of 40 audited cases are good or better. That is an estimated 93% (80% to "
        "98%) of all cases: from most to almost all."
    )
    assert one.basis == for_and_against(range(1, 38), (38, 39, 40))
    assert evidence(one) == (
        "Shown by cases 1, 2, 3, 4, 5, 6, 7, 8 and 29 more; against it: cases 38, 39, "
        "40."
    )


def test_what_needs_to_improve_and_what_is_left_open_are_told_apart() -> None:
    made = document(a_report())

    weak = said(section(made, "What needs to improve"))
    assert "a2 Label of a2: 8 of 40 audited cases are good or better." in weak
    assert "20% (10% to 35%) of all cases: from a small number to some." in weak
    left = (
        "62% (46% to 76%), n = 39",
        "1, 2, 3, 4, 5, 6, 7, 8 and 16 more",
        "26, 27, 28, 29, 30, 31, 32, 33 and 7 more",
    )
    assert table(made, "Help and protection, open") == {
        "Domain plan": left,
        "b1 Label of b1": left,
    }
    assert "Domain help:" in weak


def test_every_grade_at_the_bottom_is_listed_by_case() -> None:
    made = document(a_report())

    assert "Case 40: Inadequate" in said(section(made, "Cases graded inadequate"))
    assert said(section(made, "Criteria graded inadequate")) == (
        "a1 Label of a1: 1 of 40 cases: case 40."
    )
    assert made.shown.lowest == {40}
    assert made.shown.subjects == {"help", "a1", "a2", "plan", "b1"}


def test_a_clean_round_lists_no_case_at_the_bottom() -> None:
    made = document(a_report([{"a1": G, "a2": G, "b1": G}] * 40))

    assert "inadequate" not in " ".join(s.heading for s in made.sections).lower()
    assert made.shown.lowest == frozenset()


def test_the_words_for_all_cases_come_from_the_interval() -> None:
    """20 of 40 cases of 400: 35% to 65%, 30 points wide."""
    cases = [{"a1": G if n < 20 else R, "a2": G, "b1": G} for n in range(40)]

    text = said(section(document(a_report(cases)), QUESTIONS[0]))

    assert "anything from some to many of all cases may be good or better" in text
    assert "indicative only" in text


def test_teams_stand_side_by_side_and_are_not_ranked() -> None:
    made = document(a_report())

    rows = table(made, "By team")
    assert rows["a1 Label of a1"] == ("30 of 30", "7 of 10")
    assert rows["All audited cases"][0].endswith("of 30")
    (found,) = (one for one in made.tables if one.name == "By team")
    assert "no ranking" in found.notes[0]
    assert "not shaded" in found.caption
    heat = {row[0].text: [cell.heat for cell in row[1:]] for row in found.rows}
    assert heat["a1 Label of a1"] == [0, 1]
    assert heat["a2 Label of a2"] == [3, 4]
    assert table(made, "By need")["South"][:1] == ("150",)


def test_who_the_children_are_comes_with_a_warning_of_small_numbers() -> None:
    made = document(a_report())

    rows = table(made, "By sex")
    assert list(rows) == ["boy", "girl", "not recorded"]
    assert rows["not recorded"][0] == "20"
    assert rows["not recorded"][-3:] == ("too few", "", "")
    (found,) = (one for one in made.tables if one.name == "By sex")
    assert "only counts are shown" in found.notes[0]


def test_a_group_of_children_is_held_against_all_others() -> None:
    """18 girls, 20 boys, and two not recorded: one comparison says it of both."""
    text = said(section(document(a_report()), "Who the children are"))

    assert "Sex, boy against all others:" in text
    assert "girl against" not in text
    assert "chance would show" in text


def test_groups_too_small_to_compare_are_not_compared() -> None:
    text = said(section(document(a_report(forty()[:12])), "Who the children are"))

    assert "No two groups have 10 graded cases each" in text


def test_outcomes_of_the_national_framework_are_rolled_up_by_case() -> None:
    """b1 and a1 carry NF-O3; the worse of the two middle ones is a case's grade."""
    rows = table(document(a_report()), "By outcome")

    safe = rows["Outcome 3: children are safe in and outside of their homes (NF-O3)"]
    assert safe[0] == "2"
    assert safe[1:5] == ("1", "14", "25", "0")
    assert rows["X-1"][0] == "1"


def test_change_is_shown_round_by_round() -> None:
    made = document(a_report())

    before, now, since = table(made, "Change")["a1 Label of a1"]
    assert (before, now) == ("0% (0% to 11%), n = 30", "93% (80% to 98%), n = 40")
    assert since.startswith("up 93 points (95% interval +")
    assert since.endswith("p under 0.001, corrected): more than chance would show")
    one = section(made, "Change since earlier rounds")
    (chart,) = (b for b in one.blocks if isinstance(b, Intervals))
    assert chart.joined
    assert "a1 Label of a1: up 93 points" in said(one)
    assert [m.label for m in chart.marks[:2]] == ["Autumn 2025", "Spring 2026"]


def test_without_an_earlier_round_that_is_said() -> None:
    found = replace(a_report(), earlier=())

    text = said(section(document(found), "Change since earlier rounds"))

    assert text.startswith("There is no earlier round to compare with")


def test_charts_have_the_numbers_of_the_table_below_them() -> None:
    made = document(a_report())

    blocks = next(s for s in made.sections if s.level == 3).blocks
    bars = next(b for b in blocks if isinstance(b, Distribution))
    whole, each = (b for b in blocks if isinstance(b, Intervals))
    (numbers,) = (b for b in blocks if isinstance(b, Table))
    assert [b.label for b in bars.bars] == [
        "All audited cases",
        "Domain help",
        "Domain plan",
    ]
    assert [p.cases for p in bars.bars[0].parts] == [
        c.value for c in reversed(numbers.rows[0][1:5])
    ]
    labels = {m.label for m in (*whole.marks, *each.marks)}
    assert labels == {row[0].text for row in numbers.rows}
    assert {m.group for m in whole.marks} == {""}
    assert {m.group for m in each.marks} == {"Domain help", "Domain plan"}
    assert "table below" in bars.alt


def test_a_domain_that_is_left_out_takes_its_criteria_along() -> None:
    made = document(a_report(), without=frozenset({"plan"}))

    assert made.shown.subjects == {"help", "a1", "a2"}
    assert "What this sample leaves open" not in {s.heading for s in made.sections}
    assert "Domain plan" not in table(made, "Help and protection")
    assert all("b1" not in row for row in table(made, "Plan"))


def test_every_kind_of_rubric_becomes_a_document() -> None:
    """Dip samples, words alone, the framework's own bands, everything mixed."""
    dip = document(report_of(a_dip(), audits_of(a_dip_rubric(), [])))
    assert "Critical questions answered no" in {s.heading for s in dip.sections}
    words = document(report_of(told(), ()))
    assert table(words, "Help and protection, in words")["n1 What it knew, Police"] == (
        "2",
        "1",
        "0",
        "0",
    )
    bands = document(report_of(rated(), ()))
    assert "By the framework's own bands" in {s.heading for s in bands.sections}
    both = document(report_of(mixed(), ()))
    asked = table(both, "Help and protection, yes-no")
    assert asked["Domain asked (not graded)"] == ("",) * 8


def test_nothing_audited_makes_no_claims() -> None:
    empty = document(report_of(round_of(RUBRIC, [], drawn=3), ()))

    assert "No estimate can be made yet" in said(section(empty, QUESTIONS[0]))
    assert table(empty, "Help and protection")["a1 Label of a1"][-3] == "no graded case"


def test_not_applicable_everywhere_has_no_share() -> None:
    cases = [{"a1": NOT_APPLICABLE, "a2": G, "b1": G}] * 12

    left = table(document(a_report(cases)), "Help and protection, open")

    assert left["a1 Label of a1"] == ("no estimate: no graded case", "none", "none")


def test_the_annex_has_what_it_takes_to_draw_again() -> None:
    made = document(a_report())

    fixed = table(made, "The draw")
    assert fixed["Seed"] == ("a" * 64,)
    assert fixed["and verify it"] == ("case-audit verify draw.json",)
    assert table(made, "Words")["most"] == ("80%",)
    assert table(made, "Published judgements")["Leaders"] == (
        *("28", "68", "96", "67", "259"),
    )
    context = section(made, "What Ofsted has published of other authorities")
    assert "is not a grade of a case" in said(context)
