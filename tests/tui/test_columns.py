"""Text fits into its columns whatever characters it has, and loses none of them."""

from __future__ import annotations

from textwrap import wrap

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from case_audit.tui.columns import MORE, in_columns, shortened

texts = st.lists(st.text("abc.é漢字👍", min_size=1, max_size=30), min_size=1).map(
    " ".join
)


@given(text=texts, columns=st.integers(20, 60), hang=st.integers(0, 4))
@example(text="漢" * 50, columns=20, hang=4)
def test_lines_fit_and_nothing_is_lost(text: str, columns: int, hang: int) -> None:
    lines = in_columns(text, columns, hang=hang)

    assert all(cell_len(line) <= columns for line in lines)
    assert all(line.startswith(" " * hang) for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(text=st.text("ab c", min_size=1).filter(str.strip), columns=st.integers(20, 60))
def test_plain_text_is_broken_as_ever(text: str, columns: int) -> None:
    expected = wrap(text, columns, subsequent_indent="  ")

    assert in_columns(text, columns, hang=2) == expected


@given(text=texts, columns=st.integers(20, 60), most=st.integers(1, 3))
@example(text="a" * 21, columns=20, most=1)
@example(text="a" * 20 + " " + "a" * 25, columns=20, most=2)
def test_what_is_left_out_is_marked(text: str, columns: int, most: int) -> None:
    whole = in_columns(text, columns)
    lines = in_columns(text, columns, most=most)

    assert len(lines) <= most
    assert all(cell_len(line) <= columns for line in lines)
    assert lines[-1].endswith(MORE) == (len(whole) > most)
    assert lines[: most - 1] == whole[: most - 1]
    assert whole[len(lines) - 1].startswith(lines[-1].removesuffix(MORE).rstrip())
    assert len(whole) <= most or cell_len(lines[-1]) > len(MORE)


@given(line=texts, columns=st.integers(4, 40))
def test_a_shortened_line_fits(line: str, columns: int) -> None:
    short = shortened(line, columns)

    assert short.endswith(MORE)
    assert cell_len(short) <= columns
    assert line.startswith(short.removesuffix(MORE))


def test_no_word_is_cut_that_can_go_as_a_whole() -> None:
    line = "Records show what children want and do"

    assert shortened(line, 34) == "Records show what children want …"
    assert shortened(line, 33) == "Records show what children want …"
    assert shortened(line, 32) == "Records show what children …"
    assert shortened("Record " + "keeping" * 5, 20) == "Record keepingkeep …"
    assert shortened("漢" * 20, 20) == "漢" * 9 + " …"
