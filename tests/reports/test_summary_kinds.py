"""Rounds of questions, of words and of ratings: counted by hand, on every page."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt
from rounds import (
    TICK,
    a_dip,
    a_dip_rubric,
    a_rated_rubric,
    a_told_rubric,
    as_markdown,
    mixed,
    on_scale,
    rated,
    reports_of_every_kind,
    round_of,
    six_points,
    told,
)

from builders import G, I, R, a_mixed_rubric, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE
from case_audit.core.rubric.rules import RollUp
from case_audit.core.rubric.scale import Scale
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.summary_text import summary_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.selfassessment.model import Summary


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


@pytest.mark.parametrize("name", ROUNDS)
def test_the_page_for_a_terminal(name: str, golden: Callable[[str], None]) -> None:
    """80 columns; what is not graded has no grades."""
    text = summary_text(ROUNDS[name]())

    assert max(map(len, text.splitlines())) <= 80
    golden(text)


@pytest.mark.parametrize("name", ["dip", "told", "rated"])
def test_the_page_for_a_document(name: str, golden: Callable[[str], None]) -> None:
    """Each scale has a table of its own, under the same three questions."""
    golden(document_markdown(document(reports_of_every_kind()[name])))


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


@pytest.mark.parametrize("page", [summary_text, as_markdown])
def test_every_critical_no_is_named_by_case(page: Callable[[Summary], str]) -> None:
    """The lead opens these files first; a no that limits nothing is not listed."""
    shown = page(a_dip()).replace("**", "")

    assert "It does not leave it all to the one who is hurt: cases 4, 7" in shown
    assert "q1 It says who does what: case" not in shown


@pytest.mark.parametrize("page", [summary_text, as_markdown])
def test_what_is_to_be_raised_is_named_by_case_and_level(
    page: Callable[[Summary], str],
) -> None:
    """Case 4 is inadequate anyway, so no rule decided it; it is to be raised still."""
    shown = page(a_dip()).replace("\n    ", " ").replace("**", "")

    assert "E1, immediate danger: case 9" in shown
    assert "E2, the service or the view of risk may be wrong: cases 4, 7" in shown
    assert "ase 4: Inadequate" not in shown
    assert "ase 7: Requires improvement to be good" in shown
    assert "without limits, outstanding. Raise E2." in shown
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

    assert row(summary_text(found), "q2 It does not leave it all to")[2:5] == [*"309"]
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
    text, markdown = summary_text(told()), as_markdown(told())

    assert text.count("What it knew") == 1
    assert text.index("n1 What it knew") < text.index("Police") < text.index("Health")
    assert "| n1 What it knew, Police | 2 | 1 | 0 | 0 |" in markdown
    assert "| n1 What it knew, Health |" in markdown


def test_ratings_stand_beside_the_interval() -> None:
    """8 of 10 is outstanding from 80%; 6 of 9 is good from 65%, and drives the domain."""
    text = " ".join(summary_text(rated()).split())

    rated_p1 = "p1 Label of p1: Outstanding: yes in 8 of 10 audited cases, 80%, where"
    assert f"{rated_p1} outstanding begins at 80%. All cases: 80% (50% to" in text
    rated_p2 = "p2 Label of p2: Good: yes in 6 of 9 audited cases, 66%, where"
    assert f"{rated_p2} good begins at 65%. All cases: 67%" in text
    assert "Domain plan: Good: the lowest of 2 criteria decides (p2)." in text
    assert "Domain safety: Outstanding: its only criterion decides (s1)." in text
    assert "By the framework's own bands" in as_markdown(rated())


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
    text, markdown = summary_text(mixed()), as_markdown(mixed())

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

    text, markdown = summary_text(found), as_markdown(found)

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


def test_a_plan_names_what_its_shares_are_of() -> None:
    """Of questions and grades together, or of nothing."""
    both, only, none = map(as_markdown, (a_dip(), rated(), told()))

    assert "meet (good or better, or answered yes) come first." in both
    assert "| Criterion | Good or better, or answered yes | Action |" in both
    assert "that the fewest audited cases meet (answered yes) come first." in only
    assert "come first" not in none
    assert "audited with A small rubric" in none
    assert "graded against A small rubric" in both


def test_hostile_labels_are_shown_and_not_obeyed() -> None:
    """Of questions, agencies and flags, in the reasons of limits, on both pages."""
    sly = "\x1b[2J**x** <b> \u202e# `a`\nsecond | cell"
    for rubric, case in (
        (a_dip_rubric(), {"q1": "no", "q2": "no", "q3": "no", "g1": G, TICK: "yes"}),
        (a_told_rubric(), {"f1": "x", TICK: "yes"}),
        (a_rated_rubric(), {"p1": "yes", "p2": "yes", "s1": "no", TICK: "yes"}),
    ):
        rules = rubric.rules
        rules = replace(
            rules,
            flags=tuple(replace(flag, label=sly) for flag in rules.flags),
            limits=tuple(replace(limit, because=sly) for limit in rules.limits),
        )
        domains = tuple(
            replace(
                domain,
                label=sly,
                criteria=tuple(
                    replace(c, label=sly, agency=c.agency and sly)
                    for c in domain.criteria
                ),
            )
            for domain in rubric.domains
        )
        found = round_of(replace(rubric, rules=rules, domains=domains), [case] * 2)

        text, markdown = summary_text(found), as_markdown(found)
        html = MarkdownIt("gfm-like").render(markdown)

        for page in (text, markdown):
            assert not {c for c in page if c != "\n" and not c.isprintable()}
        assert max(map(len, text.splitlines())) <= 80
        assert "<b>" not in html
        assert "<strong>x" not in html
        assert html.count("<h1>") == 1
        assert html.count("second | cell") == html.count("[2J")
