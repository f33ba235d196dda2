"""Text from outside is shown as it is and never obeyed."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.security.text_gate import SHOWN_AS, escaped, one_line, visible


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b]52;c;cm0gLXJm\x07",  # writes the clipboard
        "\x1b[2J",  # clears the screen
        "\x9b31m",  # the same in one byte
        "\x00",
        "\x7f",
        "\u202egnp.exe",  # turns the reading order round
        "\u2066",
        "\u2028",
        "\ufeff",
        "\ud800",
        "\U000e0041",
    ],
)
def test_hidden_characters_become_visible(hostile: str) -> None:
    shown = visible(f"a{hostile}b")

    assert SHOWN_AS in shown
    assert shown[0] == "a"
    assert shown[-1] == "b"
    assert len(shown) == len(hostile) + 2


@given(st.text())
def test_nothing_that_moves_a_cursor_is_left(text: str) -> None:
    """And ordinary words are untouched."""
    shown = one_line(text)

    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in shown)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_words_are_never_changed(text: str) -> None:
    assert visible(text) == text


def test_line_breaks_stay_where_lines_are_wanted() -> None:
    assert visible("a\r\nb\tc") == "a\nb\tc"
    assert one_line("a\r\nb\tc") == "a b c"


@given(st.text(st.characters()))
def test_escaped_json_means_the_same(text: str) -> None:
    """No control character reaches the terminal, and a program reads the same."""
    shown = escaped(json.dumps(text, ensure_ascii=False))

    assert json.loads(shown) == text
    assert visible(shown) == shown
