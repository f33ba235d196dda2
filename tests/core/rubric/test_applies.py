"""Conditions hold as logic says, and say in words what they hold for."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.rubric.applies import (
    And,
    Comparison,
    Membership,
    Not,
    Or,
    Told,
    evaluate,
    unknown_fields,
)
from case_audit.core.rubric.applies_text import (
    DEEPEST,
    LONGEST,
    MOST_TOKENS,
    parse,
)
from case_audit.core.rubric.applies_words import describe, text_of
from case_audit.errors import ExpressionError

if TYPE_CHECKING:
    from case_audit.core.rubric.applies import Expression, Literally

CASE = {
    "age": "16",
    "team": "North  Team",
    "last_seen": "2026-03-31",
    "disability": "Unknown",
    "gender": " ",
    "extra.visits": "about 3",
    "extra.when": "2026-02-30",
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("age >= 16", True),
        ("age > 16", False),
        ("age <= 16", True),
        ("age < 16", False),
        ("age == 16", True),
        ("age != 16", False),
        ("age in (5, 16)", True),
        ("age not in (5, 16)", False),
        ("age < 100", True),
        ('team == "north team"', True),
        ('team == "North"', False),
        ('team != "North"', True),
        ('team in ("South", "NORTH TEAM")', True),
        ("last_seen == 2026-03-31", True),
        ("last_seen < 2026-04-01", True),
        ("last_seen > 2026-03-31", False),
        ("last_seen in (2025-01-01, 2026-03-31)", True),
        ("age is known", True),
        ("age is unknown", False),
        ("missing is unknown", True),
        ("disability is unknown", True),
        ("gender is unknown", True),
        ("missing == 1", None),
        ('missing != "x"', None),
        ('disability == "yes"', None),
        ('not disability == "yes"', None),
        ("extra.visits > 2", None),
        ("extra.visits is known", True),
        ("extra.when > 2020-01-01", None),
        ("team == 16", None),
        ("age == 2026-03-31", None),
        ('age == "16"', True),
        ("age >= 18 and missing == 1", False),
        ("age >= 16 and missing == 1", None),
        ("age >= 16 or missing == 1", True),
        ("age >= 18 or missing == 1", None),
        ("not (age >= 18 and missing == 1)", True),
        ('missing is known and missing == "x"', False),
    ],
)
def test_what_is_not_known_is_neither_true_nor_false(
    text: str,
    holds: bool | None,  # noqa: FBT001 - a parameter of the table
) -> None:
    assert evaluate(parse(text, None), CASE) is holds


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("missing == 1", ("missing",)),
        ("missing == 1 or missing == 2 or gone == 3", ("missing", "gone")),
        ("age >= 18 and missing == 1", ()),
        ("(age >= 18 and missing == 1) or gone == 2", ("gone",)),
        ("not (gone == 2 and age == 16)", ("gone",)),
        ("extra.visits > 2 and age == 16", ("extra.visits",)),
        ("missing is unknown", ()),
    ],
)
def test_only_what_the_answer_hangs_on_is_named(
    text: str, fields: tuple[str, ...]
) -> None:
    assert unknown_fields(parse(text, None), CASE) == fields


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'age >= 16 and placement_type in ("U1", "U4")',
            "age is 16 or more and placement type is U1 or U4",
        ),
        ("age < 5", "age is less than 5"),
        ("age <= 5", "age is 5 or less"),
        ("age > 5", "age is more than 5"),
        ("age != 5", "age is not 5"),
        ("not age < 5", "age is 5 or more"),
        ('not disability == "yes"', "disability is not yes"),
        ("not not age == 5", "age is 5"),
        ("age in (1, 2, 3)", "age is 1, 2 or 3"),
        ("age not in (1, 2, 3)", "age is none of 1, 2 and 3"),
        ("age not in (1)", "age is not 1"),
        ("last_seen < 2026-03-01", "last seen is before 1 March 2026"),
        ("last_seen >= 2026-12-31", "last seen is 31 December 2026 or later"),
        ("legal_status is unknown", "legal status is not known"),
        ("not legal_status is unknown", "legal status is known"),
        ('extra.sibling_group == "A"', "sibling group is A"),
        (
            "(a == 1 or b == 2) and c == 3",
            "(a is 1 or b is 2) and c is 3",
        ),
        ("a == 1 or b == 2 and c == 3", "a is 1 or (b is 2 and c is 3)"),
        (
            "not (a == 1 and b == 2)",
            "it is not so that (a is 1 and b is 2)",
        ),
        ("named == 1", "the name it was given is 1"),
    ],
)
def test_it_can_be_said_in_plain_english(text: str, words: str) -> None:
    labels = {"named": "the name it was given"}

    assert describe(parse(text, None), labels) == words


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("age>=16", "age >= 16"),
        ("not(a==1)", "not a == 1"),
        ("not(a==1 and b==2)", "not (a == 1 and b == 2)"),
        ("not a in (1,2)", "a not in (1, 2)"),
        ('b in ("x")', 'b in ("x")'),
        ("(a==1 or b==2)and a==3", "(a == 1 or b == 2) and a == 3"),
        ("a==1 or(b==2 and c==3)", "a == 1 or b == 2 and c == 3"),
        ("not seen is unknown", "not seen is unknown"),
        ("seen is known", "seen is known"),
    ],
)
def test_it_has_one_written_form(text: str, written: str) -> None:
    assert text_of(parse(text, None)) == written


def test_impossible_conditions_cannot_be_built() -> None:
    one = Told(field="a", known=True)

    with pytest.raises(ValueError, match="no order"):
        Comparison(field="a", operator="<", value="x")
    with pytest.raises(ValueError, match="one kind"):
        Membership(field="a", values=(1, "x"))
    with pytest.raises(ValueError, match="one kind"):
        Membership(field="a", values=())
    with pytest.raises(ValueError, match="at least two parts"):
        And((one,))
    with pytest.raises(ValueError, match="at least two parts"):
        And((one, And((one, one))))
    with pytest.raises(ValueError, match="at least two parts"):
        Or((one, Or((one, one))))


# What follows checks against all conditions a small grammar of its own can make.

NAMES = st.sampled_from(["age", "team", "extra.visits"])
LITERALS: st.SearchStrategy[Literally] = st.one_of(
    st.integers(0, 30),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(["U1", "North Team", "it's", 'the "x"', "and", "é", "("]),
)


def flat(kind: type[And | Or], parts: list[Expression]) -> Expression:
    return kind(
        tuple(
            p for part in parts for p in (part.parts if type(part) is kind else [part])
        )
    )


LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.builds(
        Comparison,
        field=NAMES,
        operator=st.sampled_from(["==", "!="]),
        value=LITERALS,
    ),
    st.builds(
        Comparison,
        field=NAMES,
        operator=st.sampled_from(["<", "<=", ">", ">="]),
        value=st.one_of(st.integers(0, 999_999_999), st.dates()),
    ),
    st.builds(
        Membership,
        field=NAMES,
        values=st.lists(st.integers(0, 30), min_size=1, max_size=4).map(tuple),
    ),
    st.builds(Told, field=NAMES, known=st.booleans()),
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: flat(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: flat(Or, parts)),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_the_written_form_is_read_as_the_same(expression: Expression) -> None:
    text = text_of(expression)
    try:
        again = parse(text, None)
    except ExpressionError as error:
        # Only the bounds may refuse what is a condition.
        bounds = (str(LONGEST), str(MOST_TOKENS), str(DEEPEST))
        assert any(bound in error.expected for bound in bounds)  # noqa: PT017
        return

    assert again == expression
    assert text_of(again) == text


@given(st.text(alphabet="()ab andornt=1", max_size=60), st.data())
def test_what_is_read_has_a_written_form(text: str, data: st.DataObject) -> None:
    """Also within the bounds: the written form is never larger than what was read."""
    wrapped = data.draw(EXPRESSIONS.map(text_of).map(lambda t: f"not ({t})"))
    for one in (text, wrapped, f"({wrapped})"):
        try:
            found = parse(one, None)
        except ExpressionError:
            continue
        assert parse(text_of(found), None) == found


WORLDS = [
    {name: value for name, value in zip(("a", "b", "c"), values, strict=True) if value}
    for values in product(("1", "0", ""), repeat=3)
]
MODEL_LEAVES = st.sampled_from(["a", "b", "c"])
MODEL = st.recursive(
    MODEL_LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    ),
    max_leaves=7,
)
# Kleene's strong three-valued logic, written out.
T, F, N = True, False, None
Truth = bool | None
AND: dict[tuple[Truth, Truth], Truth] = {
    (T, T): T,
    (T, F): F,
    (T, N): N,
    (F, T): F,
    (F, F): F,
    (F, N): F,
    (N, T): N,
    (N, F): F,
    (N, N): N,
}
OR: dict[tuple[Truth, Truth], Truth] = {
    (T, T): T,
    (T, F): T,
    (T, N): T,
    (F, T): T,
    (F, F): F,
    (F, N): N,
    (N, T): T,
    (N, F): N,
    (N, N): N,
}
NOT: dict[Truth, Truth] = {T: F, F: T, N: N}

Model = str | tuple["Model", ...]
"""A field, or ``("not", model)``, ``("and", model, model)``, ``("or", ...)``."""


def model_value(model: Model, world: dict[str, str]) -> Truth:
    if isinstance(model, str):
        return {"1": True, "0": False}.get(world.get(model, ""))
    word, *parts = model
    told = [model_value(part, world) for part in parts]
    if word == "not":
        return NOT[told[0]]
    return (AND if word == "and" else OR)[told[0], told[1]]


def model_text(model: Model) -> str:
    """Every part in brackets, so that nothing hangs on what binds closer."""
    if isinstance(model, str):
        return f"{model} == 1"
    word, *parts = model
    texts = [f"({model_text(part)})" for part in parts]
    return f"not {texts[0]}" if word == "not" else f"{texts[0]} {word} {texts[1]}"


def spoken_of(model: Model) -> set[str]:
    """The fields that are named anywhere in it."""
    if isinstance(model, str):
        return {model}
    return set().union(*map(spoken_of, model[1:]))


@given(MODEL)
def test_it_agrees_with_truth_tables_in_every_world(model: Model) -> None:
    """All 27 worlds in which each of three fields is 1, 0 or not known."""
    try:
        expression = parse(model_text(model), None)
    except ExpressionError:
        return  # too deep for brackets everywhere

    for world in WORLDS:
        told = model_value(model, world)
        assert evaluate(expression, world) is told
        hanging = unknown_fields(expression, world)
        assert bool(hanging) == (told is None)
        assert set(hanging) <= spoken_of(model) - set(world)


@given(MODEL)
def test_knowing_more_never_turns_an_answer(model: Model) -> None:
    """What was answered with less known stays the answer when more is known."""
    try:
        expression = parse(model_text(model), None)
    except ExpressionError:
        return

    for world in WORLDS:
        told = evaluate(expression, world)
        for more in WORLDS:
            if told is not None and world.items() <= more.items():
                assert evaluate(expression, more) is told
