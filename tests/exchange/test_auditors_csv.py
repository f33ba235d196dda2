"""The list of auditors: read as people write it, refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.core.allocation.model import Auditor
from case_audit.errors import AuditorsFileError, FileError
from case_audit.exchange.auditors_csv import read_auditors

if TYPE_CHECKING:
    from pathlib import Path

COHORTS = ("cin", "cp")


def read(folder: Path, text: str | bytes) -> tuple[Auditor, ...]:
    path = folder / "auditors.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_auditors(path, cohorts=COHORTS)


def test_every_column_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "auditor,team,capacity,worker,own,cohorts\n"
        'Ann Archer,North; South ,5,"Archer, A;AA",C1; C2,CP;cin\n'
        "Bo Baker,,,,,\n",
    )

    assert found == (
        Auditor(
            name="Ann Archer",
            teams=("North", "South"),
            capacity=5,
            names=("Archer, A", "AA"),
            units=frozenset({"C1", "C2"}),
            cohorts=frozenset({"cp", "cin"}),
        ),
        Auditor(name="Bo Baker"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "auditor\nAnn\n",
        "\ufeffNAME , remarks\r\n  Ann ,new here\r\n\r\n",
        "own team;Auditor\n;Ann\n",
        "auditor\tcapacity\nAnn\t\n",
        "auditor,capacity,team\nAnn\n",
    ],
)
def test_a_list_may_be_written_in_many_ways(tmp_path: Path, text: str) -> None:
    """Byte order mark, other columns and delimiters, blank and short lines."""
    assert read(tmp_path, text) == (Auditor(name="Ann"),)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "no column auditor"),
        ("team\nNorth\n", 1, "no column auditor"),
        ("auditor,name\nAnn,Ann\n", 1, "two columns"),
        ("auditor\n", 1, "names nobody"),
        ("auditor,team\n,North\n", 2, "names no auditor"),
        ("auditor\n - \n", 2, "names no auditor"),
        ("auditor\nAnn Lee\n\nBo\nLEE Ann\n", 5, "the same auditor"),
        ("auditor,capacity\nAnn,many\n", 2, "whole number"),
        ("auditor,capacity\nAnn,-1\n", 2, "whole number"),
        ("auditor,capacity\nAnn,10000\n", 2, "whole number"),
        ("auditor,capacity\nAnn,\N{SUPERSCRIPT TWO}\n", 2, "whole number"),
        ("auditor,cohorts\nAnn,cp;nonsense\n", 2, "no cohort 'nonsense'"),
        (f"auditor\n{'A' * 61}\n", 2, "longer than 60"),
        ('auditor\n"Ann\n', 2, "not sound CSV"),
        (b"auditor\nZo\xeb\n", 1, "not UTF-8"),
    ],
)
def test_what_is_no_such_list_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, problem: str
) -> None:
    with pytest.raises(AuditorsFileError, match=problem) as caught:
        read(tmp_path, text)

    assert caught.value.line == line


def test_a_capacity_of_a_spreadsheet_is_a_whole_number(tmp_path: Path) -> None:
    assert read(tmp_path, "auditor,capacity\nAnn,5.0\n")[0].capacity == 5


def test_hidden_characters_in_a_name_become_visible(tmp_path: Path) -> None:
    """A name is printed in tables, messages and the log's neighbours."""
    (found,) = read(tmp_path, "auditor\nAnn\x1b[2J\u202e\n")

    assert found.name.isprintable()


def test_an_identifier_with_hidden_characters_is_refused(tmp_path: Path) -> None:
    """It becomes visible, so it matches no case; nothing is obeyed."""
    (found,) = read(tmp_path, "auditor,own\nAnn,C\x001\n")

    assert all(unit.isprintable() for unit in found.units)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read_auditors(tmp_path, cohorts=COHORTS)
