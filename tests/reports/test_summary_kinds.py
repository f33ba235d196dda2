"""Rounds of questions, of words and of ratings: counted by hand, on every page."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from rounds import (
    a_dip_rubric,
    a_rated_rubric,
    a_told_rubric,
    on_scale,
    round_of,
    six_points,
)

from builders import G, I, O, R, a_mixed_rubric, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.rubric.rules import RollUp
from case_audit.core.rubric.scale import Scale
from case_audit.reports.summary_json import summary_json
from case_audit.reports.summary_markdown import summary_markdown
from case_audit.reports.summary_text import summary_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.selfassessment.model import Summary

FLAG = "flag.unmanaged_risk"


def a_dip() -> Summary:
    """Twelve of 40 files.

    q1: yes in 9, no in 3. q2, critical: no in cases 4 and 7. q3: not applicable
    in case 1, not evidenced in case 2. g1: three each of outstanding, good and
    inadequate, two requires improvement, one not evidenced. Case 9 has a risk
    that nobody manages.
    """
    cases = [
        {"q1": "yes" if n <= 9 else "no", "q2": "yes", "q3": "yes", "g1": grade}
        for n, grade in enumerate((G, R, O, I, G, "", O, I, G, R, O, I), start=1)
    ]
    cases[0]["q3"] = NOT_APPLICABLE
    cases[1]["q3"] = NOT_EVIDENCED
    cases[3]["q2"] = cases[6]["q2"] = "no"
    cases[5]["g1"] = NOT_EVIDENCED
    cases[8][FLAG] = "yes"
    return round_of(a_dip_rubric(), cases)


def told() -> Summary:
    """Three of four drawn cases: words, and places where there are none."""
    cases = [
        {"n1-police": "Knew.", "n1-health": NOT_EVIDENCED, "f1": "3 May"},
        {"n1-police": NOT_APPLICABLE, "n1-health": "Saw."},
        {"n1-police": "Heard.", "n1-health": "Saw.", "f1": "4 May", FLAG: "yes"},
    ]
    return round_of(a_told_rubric(), cases, drawn=4)


def rated() -> Summary:
    """Ten of 40 cases. p1: yes in 8. p2: 6 of 9, one not applicable. s1: all."""
    cases = [
        {
            "p1": "yes" if n <= 8 else "no",
            "p2": "yes" if n <= 6 else "no" if n <= 9 else NOT_APPLICABLE,
            "s1": "yes",
        }
        for n in range(1, 11)
    ]
    return round_of(a_rated_rubric(), cases)


def mixed() -> Summary:
    """Every kind of criterion in one rubric, twelve cases alike."""
    case = {"g1": G, "g2": O, "q1": "yes", "q2": "no", "n1-a": "x", "n1-b": "y"}
    return round_of(a_mixed_rubric(), [case] * 12)


ROUNDS: dict[str, Callable[[], Summary]] = {
    "dip": a_dip,
    "told": told,
    "rated": rated,
    "mixed": mixed,
}


def row(text: str, start: str) -> list[str]:
    """The numbers in the row of a page for a terminal that starts so."""
    (line,) = (one for one in text.splitlines() if one.strip().startswith(start))
    return line.strip().removeprefix(start).split()


def plain(summary: Summary) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(summary_json(summary))
    return found


def by_id(summary: Summary) -> dict[str, dict[str, Any]]:
    (area,) = (a for a in plain(summary)["areas"] if "domains" in a)
    lines = [area, *area["domains"]]
    lines += [c for d in area["domains"] for c in d["criteria"]]
    return {line["id"]: line for line in lines}


@pytest.mark.parametrize("name", ROUNDS)
def test_the_page_for_a_terminal(name: str, golden: Callable[[str], None]) -> None:
    """80 columns; what is not graded has no grades."""
    text = summary_text(ROUNDS[name]())

    assert max(map(len, text.splitlines())) <= 80
    golden(text)


@pytest.mark.parametrize("name", ["dip", "told", "rated"])
def test_the_page_for_a_document(name: str, golden: Callable[[str], None]) -> None:
    """Each scale has a table of its own, under the same three questions."""
    golden(summary_markdown(ROUNDS[name]()))


def test_questions_are_counted_with_yes_first_and_their_own_n() -> None:
    """9 of 12 is 75%; 10 of the 10 that could be answered is 100%."""
    text = summary_text(a_dip())

    assert row(text, "q1 It says who does what")[:6] == [
        "9",
        "3",
        "0",
        "0",
        "12",
        "75%",
    ]
    assert row(text, "q3 The child knows whom to turn")[:6] == [
        *("10", "0", "1", "1", "10", "100%"),
    ]
    assert row(text, "g1 How far it can be")[:6] == ["3", "2", "3", "3", "0", "1"]


def test_a_dip_sample_ends_with_the_cases_as_a_whole() -> None:
    """The questions come first, then what is graded, then what the rules make of it.

    Case 7 is limited from outstanding to requires improvement, case 9 from good
    to inadequate: 4 inadequate, 3 requires improvement, 2 good, 2 outstanding.
    """
    text = summary_text(a_dip())

    places = [text.index(one) for one in ("q1 It", "g1 How", "All audited cases")]
    assert places == sorted(places)
    assert row(text, "All audited cases")[:7] == ["4", "3", "2", "2", "0", "0", "11"]


def test_a_rubric_of_grades_still_begins_with_the_cases_as_a_whole() -> None:
    one = a_rubric()
    text = summary_text(round_of(one, [{"v1": G, "v2": G, "s1": G, "s2": R}] * 3))

    assert text.index("All audited cases") < text.index("Domain voice")


@pytest.mark.parametrize("page", [summary_text, summary_markdown])
def test_every_critical_no_is_named_by_case(page: Callable[[Summary], str]) -> None:
    """The lead opens these files first; a no that limits nothing is not listed."""
    shown = page(a_dip())

    assert "It does not leave it all to the one who is hurt: cases 4, 7" in shown
    assert "q1 It says who does what: case" not in shown


@pytest.mark.parametrize("page", [summary_text, summary_markdown])
def test_what_is_to_be_raised_is_named_by_case_and_level(
    page: Callable[[Summary], str],
) -> None:
    """Case 4 is inadequate anyway, so no rule decided it; it is to be raised still."""
    shown = page(a_dip()).replace("\n    ", " ")

    assert "E1, immediate danger: case 9" in shown
    assert "E2, the service or the view of risk may be wrong: cases 4, 7" in shown
    assert "ase 4: Inadequate" not in shown
    assert "ase 7: Requires improvement to be good" in shown
    assert "1 without a grade. Raise E2." in shown
    assert "A risk that nobody is managing: case 9" in shown


def test_a_clean_dip_names_nothing_but_the_bound() -> None:
    """None of 12 of 40: the bound is for all cases, where it applies to all."""
    case = {"q1": "yes", "q2": "yes", "q3": "yes", "g1": G}
    text = " ".join(summary_text(round_of(a_dip_rubric(), [case] * 12)).split())
    census = round_of(a_dip_rubric(), [case] * 12, population=12)

    assert "q2 (It does not leave it all to the one who is hurt) is critical." in text
    assert "No audited case has a no. With 12 of 40 audited we are 95%" in text
    assert "no more than 7 cases (18%) have one." in text
    for heading in ("answered no", "limiting rule", "To be raised", "Ticked"):
        assert heading not in text
    assert "No case has a no: all 12 were audited." in summary_text(census).replace(
        "\n    ", " "
    )


def test_the_bound_of_a_question_that_does_not_always_apply_is_of_those_cases() -> None:
    """How many cases it applies to is not known, so no number of cases is said."""
    case = {"q1": "yes", "q2": "yes", "q3": "yes", "g1": G}
    apart = case | {"q2": NOT_APPLICABLE}
    found = round_of(a_dip_rubric(), [case] * 9 + [apart] * 3)

    text = " ".join(summary_text(found).split())

    line = by_id(found)["q2"]
    assert (line["n"], line["not_applicable"]) == (9, 3)
    assert "No audited case has a no, of 9 to which it applies." in text


def test_words_are_counted_and_nothing_else_is_said_of_them() -> None:
    """Police: 2 written, 1 not applicable. Health: 2 written, 1 not evidenced."""
    text = summary_text(told())

    assert row(text, "Police") == ["2", "1", "0", "0"]
    assert row(text, "Health") == ["2", "0", "1", "0"]
    assert row(text, "f1 Day of the first sign") == ["2", "0", "0", "1"]
    for word in ("%", "good or better", "All audited cases", "inad."):
        assert word not in text
    assert "Nothing is graded here" in text
    assert "Intervals: none, nothing here is graded." in text
    assert "Saw." not in text


def test_agencies_stand_under_the_question_they_share() -> None:
    text, markdown = summary_text(told()), summary_markdown(told())

    assert text.count("What it knew") == 1
    assert text.index("n1 What it knew") < text.index("Police") < text.index("Health")
    assert "| n1 What it knew |" in markdown
    assert "| – Police | 2 | 1 | 0 | 0 |" in markdown


def test_ratings_stand_beside_the_interval() -> None:
    """8 of 10 is outstanding from 80%; 6 of 9 is good from 65%, and drives the domain."""
    text = " ".join(summary_text(rated()).split())

    assert "p1 Label of p1: Outstanding: yes in 8 of 10 audited cases (80%)." in text
    assert "(80%). All cases: 80% (50% to 95%)." in text
    assert "p2 Label of p2: Good: yes in 6 of 9 audited cases (66%)." in text
    assert "Domain plan: Good: the lowest of 2 criteria decides (p2)." in text
    assert "Domain safety: Outstanding: its only criterion decides (s1)." in text
    assert "By the framework's own bands" in summary_markdown(rated())


def test_a_rating_without_an_estimate_says_why() -> None:
    """One stratum has no graded case: nothing can be said of all cases."""
    found = round_of(
        a_rated_rubric(),
        [{"p1": "yes", "p2": "yes", "s1": "no"}] * 2,
        populations={"all": 20, "other": 20},
        drawn=4,
    )

    text = " ".join(summary_text(found).split())

    assert "All cases: no estimate, no graded case yet in 1 of the strata." in text
    (rating,) = (r for r in found.ratings if r.id == "p1")
    assert rating.share is None


def test_the_interval_of_a_rating_is_of_what_the_bands_count() -> None:
    """Bands may count from another grade than the benchmark: 9 of 12, not 6."""
    rubric = on_scale(a_rubric().scale, ["c1"])
    bands = RollUp(kind="percentage_bands", counts=R, bands=((G, 50),), otherwise=R)
    across = a_rated_rubric().rules.across_cases
    assert across is not None
    rules = replace(rubric.rules, across_cases=replace(across, rollup=bands))
    rubric = replace(rubric, rules=rules)

    found = round_of(rubric, [{"c1": (G, G, R, I)[n % 4]} for n in range(12)])

    (rating, _) = found.ratings
    assert rating.share is not None
    assert rating.share.raw == Fraction(9, 12)
    assert rating.hits == 9


def test_what_is_not_graded_has_no_row_of_noughts() -> None:
    """Domains of questions or words in a graded rubric have a heading alone."""
    text, markdown = summary_text(mixed()), summary_markdown(mixed())

    assert row(text, "Domain asked") == ["(not", "graded)"]
    assert row(text, "Domain told") == ["(not", "graded)"]
    assert "| **Domain asked (not graded)** |  |  |" in markdown


def test_a_level_left_to_the_auditor_has_its_row() -> None:
    """Also where nothing below it is graded: the auditor's own grades are counted."""
    rubric = a_mixed_rubric()
    rules = replace(rubric.rules, domain_rollup=RollUp(kind="manual"))
    text = summary_text(round_of(replace(rubric, rules=rules), [{"g1": G}] * 2))

    assert row(text, "Domain told") == [*("0",) * 7, "no", "estimate"]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("domain_rollup", "Domains are not graded."),
        ("overall_rollup", "Cases are not graded as a whole."),
    ],
)
def test_a_level_that_is_not_graded_says_so(level: str, said: str) -> None:
    rubric = a_rubric(limits=())
    nothing: dict[str, Any] = {level: RollUp(kind="none")}
    rubric = replace(rubric, rules=replace(rubric.rules, **nothing))
    found = round_of(rubric, [{"v1": G, "v2": G, "s1": G, "s2": R}] * 3)

    text, markdown = summary_text(found), summary_markdown(found)

    assert said in text
    assert said in markdown
    assert ("All audited cases" in text) == (level == "domain_rollup")
    assert (row(text, "Domain voice") == []) == (level == "domain_rollup")


def test_six_grades_have_their_share_below() -> None:
    """14 cases: two or three at each grade; none of the columns is cut."""
    scale = six_points()
    cases = [{"c1": scale.ids[n % 6], "c2": scale.ids[n % 3]} for n in range(14)]

    text = summary_text(round_of(on_scale(scale, ["c1", "c2"]), cases))

    assert max(map(len, text.splitlines())) <= 80
    assert row(text, "All audited cases") == [*"222233", "0", "0", "14"]
    assert "good or better: 57% (35% to 78%)" in text
    assert "good or better: 100% (83% to 100%)" in text


def test_nine_grades_have_letters_and_their_meaning() -> None:
    """More than fit with their names: no grade is left out or merged."""
    six = six_points()
    grades = tuple(
        replace(six.grades[0], id=f"g{n}", label=f"Grade {n}", short=f"grade {n}")
        for n in range(1, 10)
    )
    grades = tuple(replace(g, letter=g.id[1]) for g in grades)
    scale = Scale(
        id="nine",
        title="Nine",
        grades=grades,
        benchmark="g4",
        rationale_required_at=frozenset(),
    )
    cases = [{"c1": f"g{n}"} for n in range(1, 10)]

    text = summary_text(round_of(on_scale(scale, ["c1"]), cases))

    assert max(map(len, text.splitlines())) <= 80
    assert "9 grade 9, 8 grade 8, 7 grade 7" in text
    assert row(text, "c1 Label of c1") == [*"111111111", "0", "0", "9"]
    assert "grade 4 or better: 44% (" in text


def test_json_tells_the_kind_and_scale_of_every_line() -> None:
    """Added beside the agreed keys, which stay as they are."""
    lines = by_id(mixed())

    kinds = {key: line["kind"] for key, line in lines.items() if "kind" in line}
    assert kinds == dict.fromkeys(("g1", "g2"), "graded") | dict.fromkeys(
        ("q1", "q2"), "yes_no"
    ) | dict.fromkeys(("n1-a", "n1-b"), "narrative") | {"f1": "fact"}
    assert lines["g1"]["scale"] == lines["asked"]["scale"] == "ofsted4"
    assert (lines["q1"]["scale"], lines["f1"]["scale"]) == ("yes-no", None)
    assert lines["q1"]["counts"] == {"yes": 12, "no": 0}
    assert lines["q1"]["good_or_better"]["estimate"] == 1.0
    assert lines["q2"]["inadequate"]["estimate"] == 1.0
    assert (lines["n1-a"]["written"], lines["f1"]["written"]) == (12, 0)
    assert lines["f1"]["not_graded"] == 12
    assert lines["n1-b"]["question"] == "n1"
    assert lines["n1-b"]["agency"] == "B"
    assert (lines["q1"]["critical"], lines["q2"]["critical"]) == (True, False)
    for line in lines.values():
        assert set(line) >= {
            *("id", "label", "n", "counts", "not_applicable", "not_evidenced"),
            *("good_or_better", "inadequate"),
        }


def test_json_has_the_ratings_with_their_shares() -> None:
    lines = by_id(rated())

    assert lines["p2"]["rating"]["grade"] == G
    assert (lines["p2"]["rating"]["hits"], lines["p2"]["rating"]["n"]) == (6, 9)
    assert lines["p2"]["rating"]["share"]["estimate"] == pytest.approx(2 / 3, abs=1e-12)
    assert lines["plan"]["rating"]["grade"] == G
    assert set(lines["plan"]["rating"]) == {"grade", "because"}
    assert "rating" not in by_id(a_dip())["q1"]
    assert lines["help_and_protection"]["scale"] is None
    assert lines["help_and_protection"]["good_or_better"]["why_not"]


def test_json_has_the_cases_to_open() -> None:
    found = plain(a_dip())

    assert [(one["criterion"], one["cases"]) for one in found["answered_no"]] == [
        ("q2", [4, 7])
    ]
    assert [(one["flag"], one["cases"]) for one in found["ticked"]] == [
        ("unmanaged_risk", [9])
    ]
    raised = {one["case"]: one["raises"] for one in found["limiting_cases"]}
    assert raised == {4: "E2", 7: "E2", 9: "E1"}


def test_a_plan_names_what_its_shares_are_of() -> None:
    """Of questions and grades together, or of nothing."""
    both, only, none = map(summary_markdown, (a_dip(), rated(), told()))

    assert "meet (good or better, or answered yes) come first." in both
    assert "| Criterion | Good or better, or answered yes | Action |" in both
    assert "that the fewest audited cases meet (answered yes) come first." in only
    assert "come first" not in none
    assert "audited with A small rubric" in none
    assert "graded against A small rubric" in both
