"""Small files of leads: cases to leave out, frames to verify against."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from case_audit.core.frame.model import frame_digest
from case_audit.core.sample.exclusion import Exclusion
from case_audit.errors import CaseAuditError, ExclusionsError, FileError, FrameFileError
from case_audit.exchange.exclusions_csv import read_exclusions
from case_audit.exchange.files import read_whole, write_whole
from case_audit.exchange.frame_tsv import frame_lines, read_frame_rows

if TYPE_CHECKING:
    from pathlib import Path


def a_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_exclusions_are_read_with_their_lines(tmp_path: Path) -> None:
    """Zeros stay, other columns do not matter, neither does a byte order mark."""
    path = a_file(
        tmp_path,
        '\ufeffreason,unit,note\r\n"a  worker\'s own",007,x\r\nmoved, 08 ,\r\n',
    )

    assert read_exclusions(path) == (
        Exclusion(line=2, unit="007", reason="a worker's own"),
        Exclusion(line=3, unit="08", reason="moved"),
    )


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"unit,reason\n\xff,moved\n", 1, "UTF-8"),
        ("unit,why\nCANARY,moved\n", 1, "columns unit and reason"),
        ("", 1, "columns unit and reason"),
        ("unit,reason\nCANARY,\n", 2, "no reason"),
        ("unit,reason\nCANARY\n", 2, "no reason"),
        ("unit,reason\n,moved\n", 2, "empty"),
        ("unit,reason\nCAN\x01ARY,moved\n", 2, "control character"),
        ("unit,reason\nCANARY,moved\nCANARY,moved\n", 3, "repeats"),
    ],
)
def test_a_wrong_exclusion_is_named_by_its_line_alone(
    tmp_path: Path, content: str | bytes, line: int, problem: str
) -> None:
    """The message can be passed on: no child is in it."""
    with pytest.raises(ExclusionsError, match=problem) as caught:
        read_exclusions(a_file(tmp_path, content))

    assert f"line {line}:" in str(caught.value)
    assert "CANARY" not in "".join(caught.value.lines)


def test_a_frame_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Its bytes are what the digest is taken over."""
    rows = [("b", "North"), ("a", "all"), ("\u00e9", "South / x")]
    data = frame_lines(rows)
    path = a_file(tmp_path, data)

    assert sorted(read_frame_rows(path)) == sorted(rows)
    assert sha256(data).hexdigest() == frame_digest(rows)


def test_a_frame_may_come_from_elsewhere(tmp_path: Path) -> None:
    """Windows line ends, empty lines, and no stratum at all."""
    path = a_file(tmp_path, "\ufeff001\r\n\r\n002\tNorth\r\n")

    assert read_frame_rows(path) == [("001", "all"), ("002", "North")]


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"\xff\tx\n", 1, "UTF-8"),
        ("a\tx\n\ty\n", 2, "empty"),
        ("CANARY\tx\nCANARY\ty\n", 2, "repeats"),
    ],
)
def test_a_wrong_line_of_a_frame_is_named_by_its_number(
    tmp_path: Path, content: str | bytes, line: int, problem: str
) -> None:
    with pytest.raises(FrameFileError, match=problem) as caught:
        read_frame_rows(a_file(tmp_path, content))

    assert f"line {line}:" in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_files_are_read_up_to_a_size(tmp_path: Path) -> None:
    """A wrong path to something huge must not fill the memory."""
    path = a_file(tmp_path, b"x" * 2_000_001)

    assert len(read_whole(path, largest=2_000_001)) == 2_000_001
    with pytest.raises(FileError, match="larger than 2 MB"):
        read_whole(path, largest=2_000_000)


@pytest.mark.parametrize("name", ["", "none/here.txt"])
def test_a_file_that_cannot_be_read_or_written_is_named(
    tmp_path: Path, name: str
) -> None:
    """A folder, or a place that is not there."""
    for act in (
        lambda: read_whole(tmp_path / name, largest=9),
        lambda: write_whole(tmp_path / name, b"x"),
    ):
        with pytest.raises(CaseAuditError) as caught:
            act()

        assert str(tmp_path) in str(caught.value)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = a_file(tmp_path, "old")

    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]
