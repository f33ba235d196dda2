"""What can be undone is read from the changes, and undoing is a change too."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.audit.history import CHANGE, REDO, UNDO, Step, restored, steps_of
from case_audit.core.audit.model import Answer


def at(subject: str, value: str) -> Answer:
    return Answer(part="criterion", subject=subject, value=value)


def step(act: str, subject: str, value: str) -> Step:
    return Step(act=act, answer=at(subject, value))  # type: ignore[arg-type]


def test_the_last_change_is_taken_back_first() -> None:
    """Two grades, then a third: back goes through them in turn."""
    steps = steps_of(
        [step(CHANGE, "a", "1"), step(CHANGE, "b", "2"), step(CHANGE, "a", "3")]
    )

    assert steps.back == (at("a", ""), at("b", ""), at("a", "1"))
    assert steps.again == ()


def test_what_was_taken_back_can_be_made_again_until_something_new() -> None:
    """As in every editor."""
    made = [step(CHANGE, "a", "1"), step(CHANGE, "a", "2")]
    back = [*made, step(UNDO, "a", "1")]
    again = [*back, step(REDO, "a", "2")]
    new = [*back, step(CHANGE, "b", "9")]

    assert steps_of(back).again == (at("a", "2"),)
    assert steps_of(back).back == (at("a", ""),)
    assert steps_of(again).again == ()
    assert steps_of(again).back == (at("a", ""), at("a", "1"))
    assert steps_of(new).again == ()
    assert steps_of(new).back == (at("a", ""), at("b", ""))


def test_steps_without_a_beginning_are_borne() -> None:
    """A record that begins with an undo, as after a damaged one, ends nothing."""
    steps = steps_of([step(UNDO, "a", "1"), step(REDO, "a", "2")])

    assert steps.back == steps.again == ()


def test_an_earlier_state_keeps_the_newest_revision() -> None:
    """So that what was changed elsewhere is not overwritten unseen."""
    current = replace(at("a", "2"), revision=7, flagged=True, confidence="low")
    earlier = replace(at("a", "1"), revision=3, rationale="Why", evidence="Doc 1")

    assert restored(current, earlier) == replace(earlier, revision=7)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from("abc"), st.sampled_from("123")),
            st.sampled_from([UNDO, REDO]),
        )
    )
)
def test_undo_and_redo_walk_the_same_way(acts: list[tuple[str, str] | str]) -> None:
    """Against a plain editor that keeps whole states in two piles."""
    steps: list[Step] = []
    state: dict[str, str] = {}
    past: list[dict[str, str]] = []
    future: list[dict[str, str]] = []
    for act in acts:
        found = steps_of(steps)
        assert (len(found.back), len(found.again)) == (len(past), len(future))
        if isinstance(act, tuple):
            past.append(dict(state))
            future.clear()
            state[act[0]] = act[1]
            steps.append(step(CHANGE, *act))
            continue
        mine, pile, other = (
            (found.back, past, future) if act == UNDO else (found.again, future, past)
        )
        if not mine:
            continue
        earlier = mine[-1]
        other.append(dict(state))
        state = pile.pop()
        steps.append(step(act, earlier.subject, earlier.value))
        assert state.get(earlier.subject, "") == earlier.value
