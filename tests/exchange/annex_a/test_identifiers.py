"""Identifiers, digit for digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.exchange.annex_a.identifiers import (
    NUMBER,
    IdentifierWatch,
    read_identifier,
)


@given(digits=st.text("0123456789", min_size=1, max_size=20))
def test_text_keeps_every_digit(digits: str) -> None:
    """Leading zeros tell two children apart."""
    assert read_identifier(digits).value == digits
    assert read_identifier(digits).flaw is None


@given(number=st.integers(0, 10**15 - 1))
def test_numbers_keep_their_digits_with_a_word(number: int) -> None:
    """Never "1234.0"; the lost zeros cannot be brought back, so say so."""
    assert read_identifier(number) == (str(number), str(number), NUMBER)


@pytest.mark.parametrize(
    "cell",
    [
        10**15,
        -5,
        12.5,
        float("inf"),
        "1.23E+15",
        "1,23e15",
        "a\x07b",
        "x" * 65,
        "#N/A",
        "n/a",
        " ",
    ],
)
def test_what_cannot_be_an_identifier_loses_its_row(cell: float | str) -> None:
    """A rounded identifier is another child's."""
    outcome = read_identifier(cell)

    assert outcome.value is None
    assert outcome.flaw is not None
    assert outcome.flaw.serious


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("AB\N{ZERO WIDTH SPACE}12", "AB12"),
        ("\N{NO-BREAK SPACE}AB12", "AB12"),
        ("\N{CYRILLIC CAPITAL LETTER A}B12", "\N{CYRILLIC CAPITAL LETTER A}B12"),
        ("1234.0", "1234.0"),
    ],
)
def test_doubtful_identifiers_are_said(cell: str, unit: str) -> None:
    """They look like another one on screen and are not."""
    outcome = read_identifier(cell)

    assert outcome.value == unit
    assert outcome.flaw is not None
    assert not outcome.flaw.serious


def test_composed_and_decomposed_are_one() -> None:
    """The same identifier from two systems must join."""
    assert (
        read_identifier("e\N{COMBINING ACUTE ACCENT}1").value
        == "\N{LATIN SMALL LETTER E WITH ACUTE}1"
    )


def test_near_copies_are_noticed_once() -> None:
    """One child, zeros lost on one list: the lists no longer fit together."""
    watch = IdentifierWatch()

    told = [watch.differs(unit) for unit in ("0123", "0123", "123", "123", "ab", "AB")]

    assert told == [False, False, True, False, False, True]
