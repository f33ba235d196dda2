"""Two rounds side by side, and no more said than two intervals allow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import G, I, R, a_criterion, a_narrative, a_rubric, answers
from case_audit.core.rubric.crosswalk import CAUTION, NO, YES, Alone, Crosswalk, Pair
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import DrawFacts, SubmittedAudit
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.trend_text import trend_text

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import Summary

OLD = a_rubric({"voice": (a_criterion("v1"), a_criterion("v2"), a_criterion("v3"))})
NEW = replace(
    a_rubric(
        {
            "voice": (
                a_criterion("v1"),
                a_criterion("w2", asks="What about v2, put better?"),
                a_criterion("w3", asks="What about a part of v3?"),
                a_criterion("x1"),
            )
        }
    ),
    version="2.0",
)
WALK = Crosswalk(
    id="small-2",
    old="small@1.0",
    new="small@2.0",
    pairs=(
        Pair(old=("v1",), new=("v1",), how="same"),
        Pair(old=("v2",), new=("w2",), how="reworded"),
        Pair(old=("v3",), new=("w3",), how="narrower", note="Only at home."),
    ),
    added=(Alone(id="x1", note="asked for by the new framework."),),
)


def a_summary(
    rubric: Rubric,
    hits: dict[str, int],
    *,
    name: str = "Spring",
    cohort: str = "cp",
    cases: int = 10,
    population: int = 40,
) -> Summary:
    """A round of which so many cases are good at each criterion."""
    keys = [criterion.id for criterion in rubric.criteria()]
    facts = DrawFacts(
        name=name,
        kind="practice",
        cohort=cohort,
        as_at="2026-03-31",
        design="simple",
        strata_by=(),
        seed="1",
        seed_mode="public",
        frame_digest="0",
        algorithm="sha256-bottom-k/1",
        draw_number=1,
        populations={"all": population},
        drawn={"all": cases},
        excluded={},
        begun=0,
        auditors=1,
    )
    standing = dict.fromkeys((*(d.id for d in rubric.domains), "overall"), R)
    audits = [
        SubmittedAudit(
            number=number,
            stratum="all",
            answers=answers(
                **{key: G if number <= hits.get(key, 0) else I for key in keys}
            ),
            grades=standing,
            rules=dict.fromkeys(standing, ""),
            because=dict.fromkeys(standing, ""),
            computed=standing,
        )
        for number in range(1, cases + 1)
    ]
    return compose(rubric, digest=name * 8, facts=facts, audits=audits)


def test_each_criterion_is_carried_across_with_what_it_allows() -> None:
    """In the order of the new rubric; what is new stands alone."""
    found = trend(
        a_summary(OLD, {"v1": 1, "v2": 5, "v3": 5}),
        a_summary(NEW, {"v1": 9, "w2": 5, "w3": 5}, name="Autumn"),
        WALK,
    )

    assert [
        ([one.id for one in line.old], [one.id for one in line.new], line.ease)
        for line in found.lines
    ] == [
        (["v1"], ["v1"], YES),
        (["v2"], ["w2"], YES),
        (["v3"], ["w3"], CAUTION),
        ([], ["x1"], NO),
    ]
    assert [found.seen(line) for line in found.lines] == ["higher", "chance", "", ""]


@pytest.mark.parametrize(
    ("before", "now", "seen"),
    [(1, 9, "higher"), (9, 1, "lower"), (4, 6, "chance"), (5, 5, "chance")],
)
def test_a_change_is_named_only_where_it_is_more_than_chance_would_show(
    before: int, now: int, seen: str
) -> None:
    """By its test, as everywhere. Of ten cases, six instead of four is nothing."""
    rubric = a_rubric({"voice": (a_criterion("v1"),)})

    found = trend(
        a_summary(rubric, {"v1": before}),
        a_summary(rubric, {"v1": now}, name="Autumn"),
    )

    (line,) = found.lines
    (change,) = found.changes
    assert found.seen(line) == seen
    assert (seen != "chance") == change.tested.beyond_chance


def test_a_whole_frame_has_no_interval_to_hide_in() -> None:
    """Where every case was audited, one more case is a change; equal is no change."""
    rubric = a_rubric({"voice": (a_criterion("v1"), a_criterion("v2"))})

    found = trend(
        a_summary(rubric, {"v1": 5, "v2": 5}, population=10),
        a_summary(rubric, {"v1": 6, "v2": 5}, name="Autumn", population=10),
    )

    assert [found.seen(line) for line in found.lines] == ["higher", "chance"]


def test_a_change_among_many_is_held_against_all_of_them() -> None:
    """Alone, 3 and 12 of 20 are more than chance; among twelve criteria no longer."""
    names = [f"v{n}" for n in range(12)]
    one = a_rubric({"voice": (a_criterion("v0"),)})
    many = a_rubric({"voice": tuple(map(a_criterion, names))})

    alone, among = (
        trend(
            a_summary(rubric, {"v0": 3}, cases=20, population=400),
            a_summary(rubric, {"v0": 12}, name="Autumn", cases=20, population=400),
        )
        for rubric in (one, many)
    )

    assert alone.seen(alone.lines[0]) == "higher"
    assert among.seen(among.lines[0]) == "chance"


def test_without_a_crosswalk_only_what_reads_the_same_is_compared() -> None:
    found = trend(a_summary(OLD, {}), a_summary(NEW, {}, name="Autumn"))

    assert [line.new[0].id for line in found.with_ease(YES)] == ["v1"]
    assert {line.why for line in found.with_ease(NO)} == {"new", "dropped"}
    assert found.crosswalk == ""


def test_nothing_is_compared_that_was_asked_of_others_only() -> None:
    """A criterion of another cohort has no line in the round."""
    new = replace(
        a_rubric({"d": (a_criterion("v1", cohorts=("cin",)), a_criterion("v2"))}),
        version="2.0",
    )
    walk = Crosswalk(
        id="c",
        old="small@1.0",
        new="small@2.0",
        pairs=(
            Pair(old=("v1",), new=("v1",), how="same"),
            Pair(old=("v2",), new=("v2",), how="same"),
        ),
        dropped=(Alone(id="v3"),),
    )

    found = trend(a_summary(OLD, {}), a_summary(new, {}, name="Autumn"), walk)

    gone = next(line for line in found.lines if not line.new and line.why != "dropped")
    assert (gone.ease, gone.old[0].id) == (NO, "v1")
    assert "not asked" in gone.why


def test_what_neither_round_asked_is_left_out() -> None:
    """Criteria of another cohort, on either side or on both."""
    elsewhere = a_criterion("c1", cohorts=("cin",))
    gone, added = replace(elsewhere, id="c2"), replace(elsewhere, id="c3")
    old = a_rubric({"d": (a_criterion("v1"), elsewhere, gone)})
    new = replace(a_rubric({"d": (a_criterion("v1"), elsewhere, added)}), version="2.0")

    found = trend(a_summary(old, {}), a_summary(new, {}, name="Autumn"))

    assert [line.new[0].id for line in found.lines] == ["v1"]


def test_one_rubric_for_both_rounds_is_said_and_whole_frames_are_not_estimates() -> (
    None
):
    rubric = a_rubric({"d": (a_criterion("v1"),)})
    one = a_summary(rubric, {"v1": 5}, population=10)
    other = replace(one, facts=replace(one.facts, name="Autumn"))

    page = trend_text(trend(one, other))

    assert "Both rounds were graded with the same rubric." in page
    assert page.count(" 10  50% (all)") == 2


def test_rounds_of_different_cohorts_are_not_set_side_by_side() -> None:
    with pytest.raises(ValueError, match="cohorts cp and cin"):
        trend(a_summary(OLD, {}), a_summary(OLD, {}, cohort="cin"))


def test_the_page_says_what_was_seen_and_what_that_allows() -> None:
    """No line wider than a terminal, and every share with n and interval."""
    page = trend_text(
        trend(
            a_summary(OLD, {"v1": 1, "v2": 5, "v3": 5}),
            a_summary(NEW, {"v1": 9, "w2": 5, "w3": 5}, name="Autumn"),
            WALK,
        )
    )

    assert max(map(len, page.splitlines())) <= 78
    assert "Autumn against Spring: practice data, internal" in page
    assert "v1 Label of v1          " in page
    row = next(line for line in page.splitlines() if line.startswith("v1 Label"))
    assert row.endswith("higher")
    assert row.count(" 10  ") == 2
    assert "v2 -> w2 Label of w2" in page
    text = " ".join(page.split())
    assert "corrected for 2 criteria compared (Holm), changed by more than" in text
    assert "v1 Label of v1: up 80 points" in text
    assert "a false alarm in no more than about one comparison" in text
    assert "with care" in page
    assert "v3 -> w3: now asks less than before. Only at home." in page
    assert "x1 Label of x1: new. Asked for by the new framework." in page


def test_a_page_about_nothing_says_so() -> None:
    """Two rubrics that share no criterion; and rounds that nobody audited."""
    words = a_rubric({"d": (a_narrative("n1"),)})
    other = replace(words, version="2.0")

    none = trend_text(trend(a_summary(OLD, {}), a_summary(other, {}, name="Autumn")))
    early = trend_text(
        trend(a_summary(OLD, {}, cases=1), a_summary(OLD, {}, name="Autumn", cases=0))
    )

    assert "No criterion can be compared" in none
    assert "The rubric changed in between" in none
    assert "no estimate" in early
    assert "No criterion has an estimate in both rounds yet." in early
