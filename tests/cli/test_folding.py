"""Tables fit into a terminal, and nothing of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from case_audit.cli.common import fitted
from case_audit.cli.folding import folded, say_folded, say_folded_table

if TYPE_CHECKING:
    import pytest

WORDS = st.text("abc é-1,", max_size=60).map(lambda text: " ".join(text.split()))


def test_a_table_by_hand() -> None:
    """The widest column gives way first; numbers stay to the right."""
    rows = [("plans.csv", "3", "a column that is not there"), ("b", "12", "")]

    assert folded(("sheet", "row", "problem"), rows, 28) == [
        "sheet      row  problem",
        "plans.csv    3  a column",
        "                that is not",
        "                there",
        "b           12",
    ]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4), st.integers(22, 90))
def test_no_line_is_too_wide_and_no_letter_is_lost(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    """At any width that has room for three narrow columns."""
    heads = ("one", "two", "three")

    lines = folded(heads, rows, width)

    assert all(len(line) <= width for line in lines)
    letters = sorted("".join(lines).replace(" ", ""))
    whole = "".join(cell for row in [heads, *rows] for cell in row)
    assert letters == sorted(whole.replace(" ", ""))


def test_what_another_program_reads_is_not_folded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line a row, so that it can be searched."""
    long = "word " * 40

    say_folded_table(("a", "b"), [("1", long)])
    say_folded(long)

    assert len(capsys.readouterr().out.splitlines()) == 3


def test_what_a_terminal_shows_is_folded_between_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Eighty columns are enough for anything."""
    long = "word " * 40

    say_folded_table(("a", "b"), [("1", long)], width=80)
    say_folded(long, width=80)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 4
    assert all(len(line) <= 80 for line in lines)
    assert all(set(line.split()) <= {"a", "b", "1", "word"} for line in lines)


def test_what_is_told_is_folded_and_a_command_stays_whole() -> None:
    """A command that is broken in two cannot be copied."""
    command = 'case-audit draw --fixed "Spring 2026" --seed DIGITS'
    text = f"  Then throw twenty dice before two witnesses: {command}"

    assert fitted(text, 40) == [
        "  Then throw twenty dice before two",
        "  witnesses:",
        f"    {command}",
    ]
    assert fitted(text, len(text)) == fitted(text, 0) == [text]
    assert fitted("", 40) == [""]


@given(WORDS, st.integers(10, 90))
def test_no_word_of_what_is_told_is_lost(text: str, width: int) -> None:
    """Long words stand alone, whole."""
    lines = fitted(text, width)

    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= width or " " not in line.strip() for line in lines)
