"""Case files go out and come back the same; anything else is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_audit.core.frame.case_file import CaseFile, Document, Planted
from case_audit.errors import CaseFilesError, FileError
from case_audit.exchange.case_files import (
    read_case_files,
    write_case_files,
    write_planted,
)

if TYPE_CHECKING:
    from pathlib import Path

AS_AT = date(2026, 3, 31)
ABOUT = {"generator": "1", "seed": "s", "as_at": AS_AT}


def a_document(ref: str = "VIS-2026-03-01", text: str = "Seen at home.") -> Document:
    return Document(
        ref=ref,
        kind="visit",
        date=date(2026, 3, 1),
        recorded_on=date(2026, 3, 2),
        author="A Worker",
        role="Social worker",
        title="Visit",
        paragraphs=(text,),
    )


def a_file(unit: str = "SYN-00001", text: str = "Seen at home.") -> CaseFile:
    return CaseFile(unit=unit, cohort="cp", documents=(a_document(text=text),))


def write(path: Path, *files: CaseFile) -> Path:
    write_case_files(path, files, generator="1", seed="s", as_at=AS_AT)
    return path


def read(path: Path) -> list[CaseFile]:
    with read_case_files(path) as found:
        return list(found)


PLAIN = st.text(
    st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60
).filter(str.strip)


@given(texts=st.lists(PLAIN, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_is_written_is_read(tmp_path: Path, texts: list[str]) -> None:
    """Quotes, accents and any script survive."""
    files = [a_file(f"SYN-{n:05d}", text) for n, text in enumerate(texts)]

    assert read(write(tmp_path / "cases.jsonl", *files)) == files


def test_manifest_says_what_it_is(tmp_path: Path) -> None:
    with read_case_files(write(tmp_path / "c.jsonl", a_file())) as found:
        assert found.synthetic
        assert found.manifest.n == 1
        assert found.manifest.as_at == AS_AT
        assert found.manifest.seed == "s"


def test_no_files_at_all(tmp_path: Path) -> None:
    assert read(write(tmp_path / "c.jsonl")) == []


def test_hidden_characters_become_visible(tmp_path: Path) -> None:
    """Text from outside must not steer a terminal or turn the reading order."""
    file = a_file(text="before\x1b[2Jafter\u202eback")

    (found,) = read(write(tmp_path / "c.jsonl", file))

    text = found.documents[0].paragraphs[0]
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.startswith("before")


def change(path: Path, line: int, text: str) -> Path:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = text
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def case_line(**changed: object) -> str:
    document = {
        "ref": "V",
        "kind": "visit",
        "date": "2026-03-01",
        "recorded_on": "2026-03-01",
        "author": "A",
        "role": "R",
        "title": "T",
        "paragraphs": ["secret words"],
    } | {k: v for k, v in changed.items() if k not in {"unit", "cohort", "synthetic"}}
    case = {"unit": "X", "cohort": "cp", "synthetic": True, "documents": [document]}
    return json.dumps(case | {k: v for k, v in changed.items() if k in case})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("secret words", "not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "nested too deeply|not JSON"),
        ('{"unit":"a","unit":"b"}', "twice"),
        ("{}", "'unit' is missing"),
        (case_line(unit=7), "'unit' is not text"),
        (case_line(unit="a\tb\x00"), "'unit' holds a hidden character"),
        (case_line(synthetic=False), "mark for invented data"),
        (case_line(documents="secret words"), "not a list"),
        (case_line(documents=["secret words"]), "not a JSON object"),
        (case_line(extra="secret words"), "more than"),
        (case_line(date="1 March"), "'date' is not a date"),
        (case_line(recorded_on="2026-02-01"), "impossible"),
        (case_line(paragraphs="secret words"), "'paragraphs'"),
        (case_line(paragraphs=[]), "impossible"),
        (case_line(title=""), "'title' is not text"),
    ],
)
def test_a_bad_line_is_named_and_not_quoted(
    tmp_path: Path, line: str, problem: str
) -> None:
    """What a child's file says must never be in an error."""
    path = change(write(tmp_path / "c.jsonl", a_file()), 2, line)

    with pytest.raises(CaseFilesError, match=problem) as caught:
        read(path)

    assert "line 2" in str(caught.value)
    assert "secret" not in "\n".join(caught.value.lines)


@pytest.mark.parametrize(
    "head",
    [
        "{}",
        '{"synthetic":1,"generator":"1","seed":"s","as_at":"2026-03-31","n":1}',
        '{"synthetic":true,"generator":"1","seed":7,"as_at":"2026-03-31","n":1}',
        '{"synthetic":true,"generator":"1","seed":"s","as_at":"soon","n":1}',
        '{"synthetic":true,"generator":"1","seed":"s","as_at":"2026-03-31","n":-1}',
        '{"synthetic":true,"generator":"1","seed":"s","as_at":"2026-03-31","n":true}',
    ],
)
def test_a_bad_first_line_is_refused(tmp_path: Path, head: str) -> None:
    """Without its mark a file could be taken for what it is not."""
    path = change(write(tmp_path / "c.jsonl", a_file()), 1, head)

    with pytest.raises(CaseFilesError, match="line 1"):
        read(path)


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"\xff\xfe{}\n")

    with pytest.raises(CaseFilesError, match="not UTF-8"):
        read(path)


def test_a_line_too_long_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without line ends must not fill the memory."""
    path = write(tmp_path / "c.jsonl", a_file(text="a " * 400))
    monkeypatch.setattr("case_audit.exchange.case_files.LONGEST_LINE", 300)

    with pytest.raises(CaseFilesError, match=r"line 2.*longer than 300"):
        read(path)


def test_a_file_cut_short_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", a_file(), a_file("SYN-00002"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]))

    with pytest.raises(CaseFilesError, match="ends after 1 of 2"):
        read(path)


def test_a_child_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", a_file(), a_file())

    with pytest.raises(CaseFilesError, match="line 3: this child has a line already"):
        read(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"none\.jsonl cannot be read"):
        read(tmp_path / "none.jsonl")


def test_a_reader_must_be_entered(tmp_path: Path) -> None:
    reader = read_case_files(write(tmp_path / "c.jsonl", a_file()))

    with pytest.raises(ValueError, match="entered"):
        next(iter(reader))


def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """Half a file must never stand where a whole one stood."""
    path = write(tmp_path / "c.jsonl", a_file())
    before = path.read_bytes()
    broken = CaseFile(unit="\ud800", cohort="cp", documents=(a_document(),))

    with pytest.raises(UnicodeEncodeError):
        write(path, broken)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        write(tmp_path / "no" / "c.jsonl", a_file())


def test_what_is_planted_is_in_a_file_of_its_own(tmp_path: Path) -> None:
    """A trainee's file must not hold the answers."""
    cases, gold = tmp_path / "c.jsonl", tmp_path / "planted.jsonl"
    planted = Planted(unit="SYN-00001", feature="A-HISTORY", ref="V", line=1)

    write(cases, a_file())
    write_planted(gold, [planted], generator="1", seed="s", as_at=AS_AT)

    head, line = (json.loads(text) for text in gold.read_text().splitlines())
    assert head["synthetic"] is True
    assert line == {"unit": "SYN-00001", "feature": "A-HISTORY", "ref": "V", "line": 1}
    assert "A-HISTORY" not in cases.read_text()
