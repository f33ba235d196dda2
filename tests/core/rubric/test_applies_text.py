"""Conditions are read as they are meant, or the error says where and why not."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from case_audit.core.rubric.applies import (
    And,
    CaseField,
    Comparison,
    Membership,
    Not,
    Or,
    Told,
)
from case_audit.core.rubric.applies_text import DEEPEST, LONGEST, MOST_TOKENS, parse
from case_audit.errors import ExpressionError

FIELDS = {
    "age": CaseField(kind="number"),
    "care_start": CaseField(kind="date"),
    "placement_type": CaseField(kind="text", values=("U1", "U4", "K2")),
    "disability": CaseField(kind="text", values=("yes", "no")),
    "team": CaseField(kind="text"),
}
OLD = Comparison(field="age", operator=">=", value=16)
U1 = Comparison(field="placement_type", operator="==", value="U1")
NORTH = Comparison(field="team", operator="==", value="North")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("age >= 16", OLD),
        ("age>=16", OLD),
        ("(((age >= 16)))", OLD),
        ('age >= 16 and placement_type == "U1"', And((OLD, U1))),
        ("age >= 16 AND placement_type == 'u1'", And((OLD, U1))),
        (
            'age >= 16 or placement_type == "U1" and team == "North"',
            Or((OLD, And((U1, NORTH)))),
        ),
        (
            '(age >= 16 or placement_type == "U1") and team == "North"',
            And((Or((OLD, U1)), NORTH)),
        ),
        (
            'age >= 16 and (placement_type == "U1" and team == "North")',
            And((OLD, U1, NORTH)),
        ),
        ('not team == "North" and age >= 16', And((Not(NORTH), OLD))),
        ('not (team == "North" and age >= 16)', Not(And((NORTH, OLD)))),
        (
            'placement_type in ("U1", "U4")',
            Membership(field="placement_type", values=("U1", "U4")),
        ),
        (
            "age not in (16, 17)",
            Not(Membership(field="age", values=(16, 17))),
        ),
        ("team is known", Told(field="team", known=True)),
        ("team is unknown", Told(field="team", known=False)),
        ("team is not known", Told(field="team", known=False)),
        ("team is not unknown", Told(field="team", known=True)),
        (
            "care_start < 2026-03-31",
            Comparison(field="care_start", operator="<", value=date(2026, 3, 31)),
        ),
        (
            'extra.sibling_group == "A"',
            Comparison(field="extra.sibling_group", operator="==", value="A"),
        ),
        ("extra.visits > 3", Comparison(field="extra.visits", operator=">", value=3)),
        (
            "extra.2nd_school is known",
            Told(field="extra.2nd_school", known=True),
        ),
        (
            """team == 'the "North" team'""",
            Comparison(field="team", operator="==", value='the "North" team'),
        ),
        (
            'team == "and or not ( == "',
            Comparison(field="team", operator="==", value="and or not ( =="),
        ),
        ('\n  team\t==\r\n "North" ', NORTH),
    ],
)
def test_a_condition_means_what_it_says(text: str, meant: object) -> None:
    assert parse(text, FIELDS) == meant


@pytest.mark.parametrize(
    ("text", "column", "expected", "hint"),
    [
        ("", 1, "the name of a field", "Such as"),
        ("age", 4, "== !=", "Such as"),
        ("age >=", 7, "a whole number without quotation marks", ""),
        ("age = 16", 5, "", "=="),
        ("aeg >= 16", 1, "the name of a field", "Did you mean age?"),
        ("Age >= 16", 1, "the name of a field", "Did you mean age?"),
        ("pets == 1", 1, "the name of a field", "Known: age, care_start"),
        ('age < "x"', 7, "a whole number or a day", "have an order"),
        ('extra.a < "x"', 11, "a whole number or a day", "have an order"),
        ("team < 5", 6, "==, != or in", "team holds texts"),
        ('age == "16"', 8, "a whole number without quotation", "whole numbers"),
        ("team == 5", 9, "a text in quotation marks", "team holds texts"),
        ("care_start == 5", 15, "a day without quotation marks", "holds days"),
        ("care_start < 2026-02-30", 14, "a day of the calendar", ""),
        ("care_start < 31/03/2026", 14, "or a day", "2026-03-31"),
        ("age >= 16.5", 8, "a whole number of at most nine digits", ""),
        ("age >= 1_000", 8, "a whole number", ""),
        ("age >= 1e9", 8, "a whole number", ""),
        ("age >= 12345678901", 8, "at most nine digits", ""),
        ("age >= -1", 8, "a whole number from 0", ""),
        ("placement_type == U1", 19, "a text in quotation", 'quotation marks: "U1"'),
        ('placement_type == "U5"', 19, "a value of this field", "U1, U4, K2"),
        ('disability == "yess"', 15, "a value of this field", 'mean "yes"'),
        ("disability == unknown", 15, "", "is unknown"),
        ('disability == "Unknown"', 15, "", "is unknown"),
        ('team == ""', 9, "a text that says something", ""),
        ('team is "North"', 9, "known or unknown", 'team == "..."'),
        ('team == "North', 9, "a closing quotation mark", ""),
        ("team == \u201cNorth\u201d", 9, "", "straight quotation marks"),
        ('team == "a\u202eb"', 9, "hidden characters", ""),
        ('team == "a\x1b[2Jb"', 9, "hidden characters", ""),
        ("age in 16", 8, "an opening bracket", ""),
        ("age in ()", 9, "a whole number", ""),
        ("age in (16,)", 12, "a whole number", ""),
        ("age in (16 17)", 12, "a comma or a closing bracket", ""),
        ('extra.a in (1, "x")', 16, "like those before it", ""),
        ("(age >= 16", 11, "a closing bracket", ""),
        ("age >= 16)", 10, "the end", ""),
        ("age >= 16 17", 11, "and, or, or the end", ""),
        ("5 < age", 1, "the name of a field", ""),
        ("age == team", 8, "a whole number", 'quotation marks: "team"'),
        ("age \u2265 16", 5, "", "Write: >="),
        ("age >= 16 && team is known", 11, "", "Write: and"),
        ("age >= 16 || team is known", 11, "", "Write: or"),
        ("!age", 1, "", "Write: not"),
        ("extra.Group == 1", 1, "extra. and a name", "extra.sibling_group"),
        ("extra.a.b == 1", 1, "extra. and a name", ""),
        ("extra == 1", 1, "the name of a field", ""),
        ("and", 1, "the name of a field", ""),
        ("age >= 16 or", 13, "the name of a field", ""),
        ("age not 16", 9, "in, as in", ""),
    ],
)
def test_an_error_says_where_and_what_to_write(
    text: str, column: int, expected: str, hint: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, FIELDS)

    assert caught.value.column == column
    assert expected in caught.value.expected
    assert hint in caught.value.hint
    assert str(caught.value).startswith(f"column {column}: expected ")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "age.__class__ == 1",
        "().__class__.__bases__",
        "(lambda: 1)()",
        "age == 5; import os",
        "age == [x for x in ()]",
        "age == exec('1')",
        "age == 5 if 1 else 2",
        "age == f'{age}'",
        "extra.__class__ == 1",
        "eval == 1",
        "%(age)s == 1",
        "{age} == 1",
        "$(id) == 1",
        "age == 1 # comment",
        "age == 0x10",
        "age == 5\\",
        "age == 5\0",
        "age\u00a0== 5",
        "age\u200b == 5",
        "\u0430ge == 5",
        "\uff41ge == 5",
        "a\u0261e == 5",
        "age \uff1d\uff1d 5",
        "age == \u0665",
        "age == \uff15",
        "age == \u00b2",
        "age == 5 \u0430nd age == 6",
        "\ud800",
        "team == '\ud800'",
    ],
)
def test_nothing_but_the_little_language_is_read(text: str) -> None:
    """Code, look-alike letters and hidden characters are errors, and are shown so."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, FIELDS)

    assert all(line.isprintable() for line in caught.value.lines)


def test_a_look_alike_is_called_by_its_name() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("pl\u0430cement_type is known", None)

    assert caught.value.found == r"'\u0430' (cyrillic small letter a)"
    assert caught.value.column == 3


def deep(levels: int) -> str:
    return "(" * levels + "age >= 16" + ")" * levels


@pytest.mark.parametrize(
    ("largest", "too_large", "said"),
    [
        (deep(DEEPEST), deep(DEEPEST + 1), "brackets and nots deep"),
        (
            "not " * DEEPEST + "age == 1",
            "not " * (DEEPEST + 1) + "age == 1",
            "brackets and nots deep",
        ),
        (
            " or ".join(["age == 1"] * (MOST_TOKENS // 4)),
            " or ".join(["age == 1"] * (MOST_TOKENS // 4 + 1)),
            "words, values and signs",
        ),
        (
            f'team == "{"x" * (LONGEST - 8)}"',
            f'team == "{"x" * (LONGEST - 7)}"',
            f"at most {LONGEST} characters",
        ),
        ("age == 1" + " " * 900, "age == 1" + " " * 1000, "characters"),
    ],
)
def test_conditions_are_bounded(largest: str, too_large: str, said: str) -> None:
    """The largest that is allowed is read; one step more is refused."""
    parse(largest, FIELDS)

    with pytest.raises(ExpressionError) as caught:
        parse(too_large, FIELDS)
    assert said in caught.value.expected


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1_000_000,
        "not " * 1_000_000,
        "x" * 10_000_000,
        '"' * 1_000_000,
        "age in (" + "1," * 1_000_000,
        " " * 10_000_000,
        "9" * 10_000_000,
        "a." * 1_000_000,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_what_is_very_long_is_refused_at_once(text: str) -> None:
    before = perf_counter()

    with pytest.raises(ExpressionError):
        parse(text, FIELDS)
    # A thousand times what is needed: only a walk through all of it is slower.
    assert perf_counter() - before < 0.5


PIECES = st.sampled_from(
    [
        *("age", "team", "care_start", "extra.x", "placement_type", "and", "or", "not"),
        *("in", "is", "known", "unknown", "==", "!=", "<", "<=", ">", ">=", "(", ")"),
        *(",", "16", "2026-03-31", '"U1"', "'x'", '"', "-", ".", "=", "\u00a0", "\0"),
    ]
)


@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(PIECES, max_size=80).map(" ".join),
        st.lists(PIECES, max_size=80).map("".join),
    )
)
@example("(" * 400)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    """No other error can come out, and the column lies in the text or just after."""
    refused = None
    try:
        parse(text, FIELDS)
    except ExpressionError as error:
        refused = error

    if refused is not None:
        assert 1 <= refused.column <= len(text) + 1
        assert refused.hint
        assert all(line.isprintable() for line in refused.lines)


def test_a_stored_condition_is_read_without_the_names() -> None:
    """A field that lists no longer have stays readable in an old rubric."""
    assert parse('pets == "cat"', None) == Comparison(
        field="pets", operator="==", value="cat"
    )
