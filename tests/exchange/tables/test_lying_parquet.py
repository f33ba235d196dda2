"""A Parquet table that lies about itself is answered in bounded time and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
from tables import a_mapping, read_table

from case_audit.errors import TableError

resource = pytest.importorskip("resource", reason="not on Windows")

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_000
MAPPING = "kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"
HUGE = (1 << 31) - 1
SECONDS = 5.0
"""Of processor time, this process and the one that reads."""
MIB = 800
"""Of memory, of the process that reads."""
QUERY = """SELECT printf('%06d', i) AS "Person ID", 'Ash' AS Team
FROM range(1000) AS t(i)"""


def number(value: int) -> bytes:
    """A whole number as a Parquet file's own notes hold it (Thrift, compact)."""
    left, found = (value << 1) ^ (value >> 63), bytearray()
    while left > 127:
        found.append(left & 127 | 128)
        left >>= 7
    return bytes([*found, left])


def a_table(path: Path) -> tuple[bytes, bytes]:
    """Write a sound table; return its pages and the notes at its end."""
    duckdb.connect().sql(QUERY).write_parquet(str(path), compression="uncompressed")
    whole = path.read_bytes()
    length = int.from_bytes(whole[-8:-4], "little")
    return whole[: -8 - length], whole[-8 - length : -8]


def put(path: Path, pages: bytes, notes: bytes) -> None:
    path.write_bytes(pages + notes + len(notes).to_bytes(4, "little") + b"PAR1")


def refusal(path: Path) -> str:
    """What is said of it, in bounded time and memory."""
    mapping = a_mapping(path.parent, text=MAPPING)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    with pytest.raises(TableError) as caught:
        read_table(path, mapping)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert caught.value.hint
    assert after.ru_utime + after.ru_stime < before.ru_utime + before.ru_stime + SECONDS
    assert after.ru_maxrss <= max(before.ru_maxrss, MIB << 10)
    return str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "which"),
    [
        *((0, n) for n in range(4)),
        *((ROWS - 1, n) for n in range(2)),
        *((ROWS + 1, n) for n in (0, 1, None)),
        *((HUGE, n) for n in (0, 2, None)),
        *(((1 << 62) - 1, n) for n in (0, None)),
        *((-1, n) for n in (0, 3, None)),
    ],
)
def test_a_row_count_that_is_not_true(
    tmp_path: Path, rows: int, which: int | None
) -> None:
    """Of the file, of a column, of the group of rows, or of them all.

    A child left out unseen can never be drawn.
    """
    path = tmp_path / "a.parquet"
    pages, notes = a_table(path)
    first, *rest = notes.split(number(ROWS))
    assert len(rest) == 4
    counts = [number(rows if which in (None, n) else ROWS) for n in range(4)]
    pairs = zip(counts, rest, strict=True)
    put(path, pages, first + b"".join(count + part for count, part in pairs))

    assert "damaged or incomplete" in refusal(path)


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, HUGE, -1])
@pytest.mark.parametrize("times", [1, 2], ids=["packed", "packed and unpacked"])
def test_a_page_size_that_is_not_true(tmp_path: Path, size: int, times: int) -> None:
    """Nothing is set aside or read for what is not there."""
    path = tmp_path / "a.parquet"
    pages, notes = a_table(path)
    true = pages[7:10]  # behind "PAR1", the page's kind, and the field of the size
    assert pages[:7] == b"PAR1\x15\x00\x15"
    assert pages.count(true) == 2
    put(path, pages.replace(true, number(size), times), notes)

    assert "damaged or incomplete" in refusal(path)


@pytest.mark.slow
@pytest.mark.parametrize("values", [0, ROWS - 1, HUGE, -1])
def test_a_page_of_other_values_than_it_says(tmp_path: Path, values: int) -> None:
    """Too few, too many, or less than none."""
    path = tmp_path / "a.parquet"
    pages, notes = a_table(path)
    put(path, pages.replace(number(ROWS), number(values), 1), notes)

    assert "damaged or incomplete" in refusal(path)
