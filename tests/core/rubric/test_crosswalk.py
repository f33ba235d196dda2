"""Crosswalks: what fits two rubrics, and what may be compared across."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import G, I, O, R, a_criterion, a_narrative, a_question, a_rubric, yes_no
from case_audit.core.rubric.compare import ADDED, REMOVED, compare
from case_audit.core.rubric.compare_across import compare_across
from case_audit.core.rubric.crosswalk import (
    CAUTION,
    NO,
    YES,
    Alone,
    Crosswalk,
    Pair,
    comparable,
    problems,
    unchanged,
)
from case_audit.core.rubric.scale import Grade

OLD = a_rubric(
    {
        "voice": (a_criterion("v1"), a_criterion("v2"), a_criterion("v3")),
        "plan": (a_criterion("p1"), a_criterion("p2"), a_criterion("p3")),
    }
)
NEW = replace(
    a_rubric(
        {
            "voice": (
                a_criterion("v1"),
                a_criterion("w2", asks="What about v2, in other words?"),
                a_criterion("v3a"),
                a_criterion("v3b"),
            ),
            "plan": (a_criterion("p12"), a_criterion("x1")),
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
        Pair(old=("v2",), new=("w2",), how="reworded", note="Shorter."),
        Pair(old=("v3",), new=("v3a", "v3b"), how="split", note="Two questions."),
        Pair(old=("p1", "p2"), new=("p12",), how="merged"),
    ),
    dropped=(Alone(id="p3", note="Nobody could grade it."),),
    added=(Alone(id="x1", note="Asked for by the new framework."),),
)


def test_a_whole_crosswalk_has_no_problem() -> None:
    assert problems(WALK, OLD, NEW) == ()


def pairs(*found: Pair) -> Crosswalk:
    return replace(WALK, pairs=(*found, *WALK.pairs[len(found) :]))


V1, V2, V3, P = WALK.pairs


@pytest.mark.parametrize(
    ("walk", "key", "said"),
    [
        (replace(WALK, old="small@0.9"), "from", "small@1.0"),
        (replace(WALK, new="other@2.0"), "to", "small@2.0"),
        (replace(WALK, dropped=()), "map", "p3"),
        (replace(WALK, added=()), "map", "x1"),
        (replace(WALK, dropped=(*WALK.dropped, Alone(id="v1"))), "dropped[1].id", "v1"),
        (replace(WALK, added=(*WALK.added, Alone(id="z9"))), "new[1].id", "z9"),
        (pairs(replace(V1, old=("v1", "v1"))), "map[0].from", "v1"),
        (pairs(V1, V2, replace(V3, how="merged")), "map[2].how", "1 and 2"),
        (pairs(V1, V2, replace(V3, how="narrower")), "map[2].how", "1 and 2"),
        (pairs(V1, V2, V3, replace(P, how="split")), "map[3].how", "2 and 1"),
        (pairs(replace(V1, how="split")), "map[0].how", "1 and 1"),
        (pairs(V1, replace(V2, how="same")), "map[1].how", "another question"),
        (replace(WALK, grades=((O, O), (G, G), (R, R))), "grades", "no inadequate"),
        (replace(WALK, grades=(("a", O),)), "grades.a", "'a'"),
        (replace(WALK, grades=((O, "b"),)), "grades.outstanding", "'b'"),
        (
            replace(WALK, grades=((O, G), (G, O), (R, R), (I, I))),
            "grades",
            "good to outstanding",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    walk: Crosswalk, key: str, said: str
) -> None:
    """So that the author finds the line."""
    found = [p for p in problems(walk, OLD, NEW) if p.key == key]

    assert found
    assert said in f"{found[0].expected} {found[0].found}"


@pytest.mark.parametrize(
    ("pair", "ease"),
    [
        (V1, YES),
        (V2, YES),
        (replace(V1, how="narrower"), CAUTION),
        (replace(V1, how="broader"), CAUTION),
        (V3, CAUTION),
        (P, CAUTION),
    ],
)
def test_only_the_same_question_can_be_compared(pair: Pair, ease: str) -> None:
    """Anything else is read side by side, with care."""
    assert comparable(pair, WALK, OLD, NEW).ease == ease


def three_grades(benchmark: str) -> object:
    """Another scale: met, partly, not."""
    ids = ("met", "partly", "unmet")
    return replace(
        OLD.scale,
        id="three",
        benchmark=benchmark,
        grades=tuple(
            Grade(id=g, label=g, short=g, letter=g[0].upper(), glyph=g[0], key=str(i))
            for i, g in enumerate(ids, start=1)
        ),
        rationale_required_at=frozenset(),
    )


GRADES = ((O, "met"), (G, "met"), (R, "partly"), (I, "unmet"))


@pytest.mark.parametrize(
    ("benchmark", "grades", "ease"),
    [("met", GRADES, YES), ("partly", GRADES, NO), ("met", (), NO)],
)
def test_another_scale_needs_the_same_benchmark(
    benchmark: str, grades: tuple[tuple[str, str], ...], ease: str
) -> None:
    """The benchmark or better must be the same cases on both scales."""
    described = {"met": "a", "partly": "b", "unmet": "c"}
    new = replace(
        NEW,
        scale=three_grades(benchmark),  # type: ignore[arg-type]
        domains=tuple(
            replace(
                d, criteria=tuple(replace(c, descriptors=described) for c in d.criteria)
            )
            for d in NEW.domains
        ),
    )
    walk = replace(WALK, grades=grades)

    assert problems(walk, OLD, new) == ()
    assert comparable(V1, walk, OLD, new).ease == ease


def test_what_is_answered_otherwise_is_never_compared() -> None:
    """Words with words, or a grade with a yes."""
    told = replace(a_rubric({"d": (a_narrative("n1"), a_criterion("c1"))}), version="1")
    asked = replace(
        a_rubric({"d": (a_narrative("n1"), a_question("c1"))}), scales=(yes_no(),)
    )
    words = Pair(old=("n1",), new=("n1",), how="same")
    other = Pair(old=("c1",), new=("c1",), how="reworded")

    assert comparable(words, WALK, told, asked).ease == NO
    assert comparable(other, WALK, told, asked).ease == NO
    assert comparable(replace(other, how="same"), WALK, asked, asked).ease == YES


def test_without_a_crosswalk_only_equal_texts_are_the_same() -> None:
    """The note says whether the identifier stands in both."""
    new = replace(
        a_rubric({"voice": (a_criterion("v1"), a_criterion("v2", benchmark="New."))}),
        version="2.0",
    )

    walk = unchanged(OLD, new)

    assert walk.pairs == (Pair(old=("v1",), new=("v1",), how="same"),)
    assert [one.id for one in walk.dropped] == ["v2", "v3", "p1", "p2", "p3"]
    assert "crosswalk" in walk.dropped[0].note
    assert "only" in walk.dropped[1].note
    assert [one.id for one in walk.added] == ["v2"]
    assert problems(walk, OLD, new) == ()


def test_differences_follow_criteria_to_their_new_names() -> None:
    """Nothing that lives on is said to be gone."""
    found = {
        (c.where.partition(":")[0], c.what): c for c in compare_across(OLD, NEW, WALK)
    }

    assert found["criterion w2", "identifier"].old == "v2"
    assert found["criterion w2", "question"].new == "What about v2, in other words?"
    assert found["criterion p3", REMOVED].old.endswith("Nobody could grade it.")
    assert found["criterion x1", ADDED].new.endswith("Asked for by the new framework.")
    split = next(c for (w, _), c in found.items() if w == "criteria v3a and v3b")
    assert split.old == "v3: Label of v3"
    assert split.new.endswith("Two questions.")
    merged = next(c for (w, _), c in found.items() if w == "criteria p1 and p2")
    assert merged.what.startswith("merged: ")
    gone = {w for w, what in found if what in (ADDED, REMOVED)}
    assert gone == {"criterion p3", "criterion x1"}


def test_two_criteria_may_change_their_names_with_each_other() -> None:
    """And an old name may mean something new."""
    old = a_rubric({"d": (a_criterion("a"), a_criterion("b"), a_criterion("c"))})
    one, other = old.criterion("a"), old.criterion("b")
    new = a_rubric(
        {
            "d": (
                replace(one, id="b"),
                replace(other, id="a"),
                a_criterion("c", asks="?"),
            )
        }
    )
    walk = Crosswalk(
        id="swap",
        old="small@1.0",
        new="small@1.0",
        pairs=(
            Pair(old=("a",), new=("b",), how="same"),
            Pair(old=("b",), new=("a",), how="same"),
        ),
        dropped=(Alone(id="c"),),
        added=(Alone(id="c"),),
    )

    found = compare_across(old, new, walk)

    assert problems(walk, old, new) == ()
    assert {(c.what, c.old, c.new) for c in found if c.what == "identifier"} == {
        ("identifier", "a", "b"),
        ("identifier", "b", "a"),
    }
    assert [c.where for c in found if c.what == REMOVED] == [
        "criterion c (old): Label of c"
    ]


def test_a_new_name_alone_is_a_difference_and_a_note_is_not_needed() -> None:
    """Whatever else changed, or nothing."""
    old = a_rubric({"d": (a_criterion("a"), a_criterion("b"))})
    one, other = old.criterion("a"), old.criterion("b")
    new = a_rubric({"d": (replace(one, id="c"), replace(other, asks="Why?"), NEW_ONE)})
    walk = Crosswalk(
        id="c",
        old="small@1.0",
        new="small@1.0",
        pairs=(
            Pair(old=("a",), new=("c",), how="same"),
            Pair(old=("b",), new=("b",), how="reworded"),
        ),
        added=(Alone(id="z"),),
    )

    assert [
        (c.where, c.what, c.old, c.new) for c in compare_across(old, new, walk)
    ] == [
        ("criterion b: Label of b", "question", "What about b?", "Why?"),
        ("criterion z: Label of z", ADDED, "", "What about z?\nin the domain d"),
        ("criterion c: Label of a", "identifier", "a", "c"),
    ]


NEW_ONE = a_criterion("z")


def test_a_crosswalk_that_changes_nothing_changes_no_difference() -> None:
    new = replace(OLD, version="1.1", title="Another")

    assert compare_across(OLD, new, unchanged(OLD, new)) == compare(OLD, new)
