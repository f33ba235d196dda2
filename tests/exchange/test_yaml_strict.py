"""YAML that is hostile, or only surprising, is refused or read as what it says."""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.errors import RubricError
from case_audit.exchange.rubric_nodes import LONGEST, MOST, Reader
from case_audit.exchange.yaml_strict import (
    DEEPEST,
    LARGEST,
    MOST_NODES,
    Listing,
    Table,
    Text,
    read_yaml,
)

FILE = "mine.yaml"


def error_of(data: str | bytes) -> RubricError:
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    with pytest.raises(RubricError) as caught:
        read_yaml(content, file=FILE)
    return caught.value


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (LAUGHS, 1, "found an anchor"),
        ("a: x\nb: *a\n", 2, "found an alias"),
        ("a: &a [*a]\n", 1, "found an anchor"),
        ("a:\n  <<: {b: c}\n", 2, "a plain key"),
        ("a: !!python/object/apply:os.system [id]\n", 1, "found a tag"),
        ("a: !!binary aGk=\n", 1, "found a tag"),
        ("a: !mine x\n", 1, "found a tag"),
        ("a: !<tag:yaml.org,2002:int> 1\n", 1, "found a tag"),
        ("!!map {a: b}\n", 1, "found a tag"),
        ("%TAG ! tag:example.org,2000:\n---\na: b\n", 1, "begins with %"),
        ("# first\n%YAML 1.1\n---\na: b\n", 2, "begins with %"),
        ("\ufeff%YAML 9.9\n---\na: b\n", 1, "begins with %"),
        ("a: b\nc: d\na: e\n", 3, "each key once, found a again"),
        ('a: b\n"\\x61": e\n', 2, "each key once, found a again"),
        ("? [a]\n: b\n", 1, "a plain key"),
        ("? {a: b}\n: c\n", 1, "a plain key"),
        ("a: b\n---\nc: d\n", 2, "found a second one"),
        ("a: b\n...\n---\nc: d\n", 3, "found a second one"),
        ("", 1, "an empty file"),
        ("# nothing\n", 2, "an empty file"),
        ("[" * 100_000, 1, f"at most {DEEPEST} levels"),
        ("{a: " * 100_000, 1, f"at most {DEEPEST} levels"),
        ("- " * 100_000, 1, f"at most {DEEPEST} levels"),
        ("? " * 100_000, 1, f"at most {DEEPEST} levels"),
        ("".join(" " * n + "a:\n" for n in range(500)), 21, "levels"),
        ("a: [" + "x," * 450_000 + "]", 1, f"at most {MOST_NODES} entries"),
        ("- x\n" * 200_000, MOST_NODES, f"at most {MOST_NODES} entries"),
        ("a: b\n" * (LARGEST // 5 + 1), 1, "at most 1 MB"),
        ("a: b\nc: d\0\n", 2, "U+0000"),
        ("a: \x1b[2Jb\n", 1, "U+001B"),
        ("a: b\r\nc: \x07\r\n", 2, "U+0007"),
        ("a: b\rc: \x9b2J\r", 2, "U+009B"),
        ("a: b\x85c: d\n", 1, "U+0085"),
        ("a: b\u2028c: d\n", 1, "U+2028"),
        ("a: b\nc: \ufeffd\n", 2, "U+FEFF"),
        ("a: \ud800\n", 1, "UTF-8 text"),
        ("a: caf\xe9\n".encode("latin-1"), 1, "UTF-8 text"),
        ("a: b\nc: d\n".encode("utf-16"), 1, "found UTF-16"),
        ("a: b\nc: d\n".encode("utf-16-le"), 1, "found UTF-16"),
        ("a: b\nc: d\n".encode("utf-16-be"), 1, "found UTF-16"),
        ("a: b\nc: d\n".encode("utf-32"), 1, "found UTF-16 or UTF-32"),
        ("a: b\n\tc: d\n", 2, "a tab"),
        ("a:\n\t- b\n", 2, "a tab"),
        ("a: b: c\n", 1, "a second colon"),
        ('a: b\nc: "d\ne: f\n', 2, "a quotation mark that is never closed"),
        ("a: b\nc d\n", 2, "neither a key with a colon nor an entry"),
        ("a:\n    b: c\n   d: e\n", 3, "begin below each other"),
        ("a:\n  - b:\n      - c\n   d: e\n", 4, "begin below each other"),
        ("a: [b, c\nd: e\n", 1, "a list bracket that is never closed"),
        ("a: {b: c\nd: e\n", 1, "a curly bracket that is never closed"),
        ("a: ? b\n", 1, "begins with ?; put it in quotation marks"),
        ("a: - b\n", 1, "begins with -; put it in quotation marks"),
        ("a: > b\n", 1, "begin it on the next line"),
        ("a: b\nc: 'The child's view'\n", 2, "after the closing quotation mark"),
        ('a: "Help" came late\n', 1, "after the closing quotation mark"),
        ("a: @b\n", 1, "must stand in quotation marks"),
        ('a: "\\q"\n', 1, "use single ones"),
    ],
    ids=lambda value: ascii(value[:24]) if isinstance(value, str | bytes) else None,
)
def test_what_is_hostile_or_broken_is_refused_with_its_line(
    data: str | bytes, line: int, said: str
) -> None:
    error = error_of(data)

    assert str(error).startswith(f"{FILE}:{line}: expected ")
    assert said in str(error)
    assert len(str(error)) < 200


@pytest.mark.parametrize(
    "data",
    [
        "[" * 900_000,
        "- " * 450_000,
        "a: [" + "x," * 450_000 + "]",
        "".join(f"k{n}: x\n" for n in range(80_000)),
        "".join(f"%TAG !{n}! tag:x\n" for n in range(50_000)),
        "a: " + "x" * 900_000,
        "a: " + '"' * 900_000,
        " " * 900_000 + "a: b",
        "#\n" * 450_000,
        "\n" * 900_000,
        "a: |\n" + " x\n" * 300_000,
        "a: b\n" * 10_000_000,
    ],
    ids=lambda data: ascii(data[:12]),
)
def test_it_takes_no_longer_than_the_file_is_large(data: str) -> None:
    """Read or refused, in a small part of the time that a bomb would take."""
    content = data.encode()
    before = perf_counter()

    with suppress(RubricError):
        read_yaml(content, file=FILE)
    assert perf_counter() - before < 5


NORWAY = [
    *("no", "No", "NO", "off", "n", "yes", "on", "y", "true", "False"),
    *("null", "Null", "~", "1_000", "0o7", "0x1F", "017", "1e3", ".inf", ".nan"),
    *("12:30:45", "2026-03-31", "2026-03-31 10:00:00", "1.10", "+1", "=", "0b11"),
]


@pytest.mark.parametrize("word", NORWAY)
def test_a_word_stays_the_word_that_was_written(word: str) -> None:
    """Norway's code is no "false", and version 1.10 is not 1.1."""
    found = read_yaml(f"{word}: {word}\nlist: [{word}]\n".encode(), file=FILE)

    assert found == Table(
        1,
        {word: Text(1, word), "list": Listing(2, (Text(2, word),))},
        {word: 1, "list": 2},
    )
    assert Reader(found, file=FILE).text(word) == word
    assert Reader(found, file=FILE).texts("list") == (word,)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa: b\nc: d\n",
        b"a: b\r\nc: d\r\n",
        b"a: b\rc: d\r",
        b"---\na: b\nc: d\n...\n",
        b"{a: b, c: d}",
    ],
)
def test_how_an_editor_saves_it_makes_no_difference(data: bytes) -> None:
    reader = Reader(read_yaml(data, file=FILE), file=FILE)

    assert (reader.text("a"), reader.text("c")) == ("b", "d")


PIECES = st.sampled_from(
    [
        *("a", "b", ": ", ":\n", "\n", "  ", "- ", "[", "]", "{", "}", ",", "? ", "|"),
        *("&a ", "*a", "!t ", "%T", "---\n", "...\n", '"', "'", "\\", "#", "<<", "\t"),
        *("\r", "\0", "\x1b", "\u202e", "\ufeff", "~", "@", "`", ">-\n"),
    ]
)


@given(st.one_of(st.binary(), st.lists(PIECES).map(lambda p: "".join(p).encode())))
def test_whatever_it_is_it_is_read_or_refused(data: bytes) -> None:
    """No other error comes out, and the message is one visible line."""
    refused = None
    try:
        read_yaml(data, file=FILE)
    except RubricError as error:
        refused = error

    if refused is not None:
        assert str(refused).isprintable()
        assert 1 <= refused.line <= data.count(b"\n") + data.count(b"\r") + 2


def reader_of(text: str) -> Reader:
    return Reader(read_yaml(text.encode(), file=FILE), file=FILE)


@pytest.mark.parametrize(
    "value",
    [
        "1e999999999",
        "1/0",
        "9" * 5000,
        "1_0/2_0",
        "\u0661/\u0662",
        "-1/2",
        "0.5e1",
        "2",
    ],
)
def test_a_share_is_a_plain_fraction(value: str) -> None:
    """Some of these would fill the memory, if they were worked out."""
    with pytest.raises(RubricError, match=r"share such as 1/2|at most"):
        reader_of(f"a: {value}").share("a")


@pytest.mark.parametrize(
    "value", ["9" * 5000, "9" * 10, "\u0663", "\u00b2", "1.0", "-1"]
)
def test_a_number_is_written_with_a_few_plain_digits(value: str) -> None:
    with pytest.raises(RubricError, match=r"a whole number from 0|at most"):
        reader_of(f"a: {value}").whole("a", default=1, least=0)


def test_texts_and_lists_have_a_longest() -> None:
    """Also those with no limit of their own; the message is short all the same."""
    assert len(reader_of(f"a: {'x' * LONGEST}").text("a")) == LONGEST
    assert len(reader_of(f"a: [{'x,' * MOST}]").texts("a")) == MOST

    with pytest.raises(RubricError, match=f"at most {LONGEST} characters, found 2001"):
        reader_of(f"a: {'x' * (LONGEST + 1)}").text("a")
    with pytest.raises(RubricError, match=f"at most {MOST} entries, found 501"):
        reader_of(f"a: [{'x,' * (MOST + 1)}]").texts("a")
    with pytest.raises(RubricError, match=f"at most {MOST} entries"):
        list(reader_of(f"a: [{'{b: c},' * (MOST + 1)}]").tables("a"))
    with pytest.raises(RubricError) as caught:
        reader_of(f'? "{"k" * 500_000}"\n: x\n').only("a")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("hidden", [r"\e[2J", r"\0", r"\x9b", r"\u202e", r"\ufeff"])
def test_hidden_characters_do_not_come_in_as_escapes(hidden: str) -> None:
    """They are neither taken nor printed, be it in a value, a list or a key."""
    reader = reader_of(f'a: "x{hidden}"\nb: ["x{hidden}"]\n"x{hidden}": y\n')

    for read in (lambda: reader.text("a"), lambda: reader.texts("b")):
        with pytest.raises(RubricError, match="without hidden characters") as caught:
            read()
        assert str(caught.value).isprintable()
    with pytest.raises(RubricError, match="expected one of a, b") as caught:
        reader.only("a", "b")
    assert str(caught.value).isprintable()


def test_half_a_character_does_not_come_in_as_an_escape() -> None:
    """Which no file, terminal or database can take."""
    with pytest.raises(RubricError) as caught:
        reader_of(r'a: "\ud800"').text("a")
    assert str(caught.value).isprintable()


def test_a_parser_that_stops_behind_the_last_line_is_told_too() -> None:
    with pytest.raises(RubricError, match=r":2|:3"):
        read_yaml(b"-\n.", file=FILE)


@pytest.mark.parametrize(
    ("line", "value", "beside"),
    [
        ("a: Does child #1 meet?", "Does child", "#1 meet?"),
        ("a: no  # not yet", "no", "# not yet"),
        ('a: "child #1"  # note', "child #1", ""),
        ("a: child#1", "child#1", ""),
        ("a: >-\n  child #1\n", "child #1", ""),
        ("a: one\n  two #3", "one two", "#3"),
        ("# “é😀”\r\na: “é😀” #3\r\nb: c", "“é😀”", "#3"),
        ("a: b\n# on a line of its own\nc: d", "b", ""),
    ],
)
def test_the_comment_beside_a_text_without_quotation_marks_is_kept(
    line: str, value: str, beside: str
) -> None:
    node = read_yaml(line.encode(), file=FILE)

    assert isinstance(node, Table)
    said = node.entries["a"]
    assert isinstance(said, Text)
    assert (said.value, said.beside) == (value, beside)


@pytest.mark.parametrize("sign", ["*", "&", "!"])
def test_a_text_that_begins_with_a_sign_of_yaml_is_told_to_take_marks(
    sign: str,
) -> None:
    assert "needs quotation marks" in error_of(f"a: {sign}On roll\n").hint
