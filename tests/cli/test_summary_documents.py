"""``case-audit summary`` as documents: every format, both audiences, refusals."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from docx import Document as WordDocument

from case_audit.services.database import Database
from stored import audit_case, case_ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

TITLE = "Self-assessment: Spring 2026"


def test_html_is_one_file_of_its_own(cli: Cli, db: str) -> None:
    page = cli("summary", "--format", "html", "--db", db).out

    assert page.startswith("<!DOCTYPE html>")
    assert f"<h1>{TITLE}</h1>" in page.replace("\n", "")
    assert "<script" not in page
    assert 'src="http' not in page


def test_csv_has_every_table(cli: Cli, db: str) -> None:
    rows = list(csv.reader(io.StringIO(cli("summary", "-f", "csv", "--db", db).out)))

    assert {row[0] for row in rows} >= {"Help and protection", "The draw", "Words"}


def test_word_and_workbook_are_named_after_the_round(
    cli: Cli, db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They cannot be printed; a second one is not written over the first."""
    monkeypatch.chdir(tmp_path)

    one = cli("summary", "--format", "docx", "--db", db)
    two = cli("summary", "--format", "docx", "--db", db)
    book = cli("summary", "--format", "xlsx", "--db", db)

    assert (one.code, one.out) == (0, "")
    assert "self-assessment-spring-2026.docx" in one.err
    assert "self-assessment-spring-2026-2.docx" in two.err
    word = WordDocument(str(tmp_path / "self-assessment-spring-2026.docx"))
    assert TITLE in {paragraph.text for paragraph in word.paragraphs}
    sheets = openpyxl.load_workbook(tmp_path / "self-assessment-spring-2026.xlsx")
    assert "Help and protection" in sheets.sheetnames
    assert book.code == 0
    assert (tmp_path / "self-assessment-spring-2026.xlsx").stat().st_mode & 0o077 == 0
    assert (tmp_path / "self-assessment-spring-2026.docx").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx", "csv"])
def test_a_place_that_cannot_be_written_to_is_answered(
    cli: Cli, db: str, tmp_path: Path, form: str
) -> None:
    """For every format alike: which file, and what is wrong with it."""
    out = tmp_path / "nowhere" / f"page.{form}"

    ran = cli("summary", "--format", form, "--out", out, "--db", db)

    assert ran.code == 1
    assert f"page.{form}" in ran.err
    assert "Traceback" not in ran.err
    assert not out.parent.exists()


def test_what_is_shareable_says_to_read_it_first(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    out = tmp_path / "ofsted.md"

    ran = cli(
        *("summary", "--format", "md", "--audience", "shareable"),
        *("--out", out, "--db", db),
    )

    assert "Read it before you send it" in ran.err
    assert "Shareable: small numbers are hidden" in out.read_text("utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("option", [("--audience", "shareable"), ("--leave-out", "v1")])
def test_the_numbers_alone_are_for_the_council_itself(
    cli: Cli, db: str, form: str, option: tuple[str, str]
) -> None:
    ran = cli("summary", "--format", form, *option, "--db", db)

    assert ran.code == 2
    assert "docx" in ran.err


def test_a_report_that_hides_something_is_refused_and_nothing_is_written(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    database = Database(db)
    audit_case(database, case_ids(database)[2], {"v1": "inadequate"}, rest="good")
    database.close()
    out = tmp_path / "page.docx"

    ran = cli("summary", "-f", "docx", "--leave-out", "v1", "-o", out, "--db", db)

    assert ran.code == 1
    assert "v1 Label of v1: 1 case is at 'inadequate' there" in ran.err
    assert not out.exists()
    sound = cli("summary", "-f", "md", "--leave-out", "v2", "--db", db)
    assert (sound.code, "v2 Label" in sound.out) == (0, False)


def test_what_the_rubric_does_not_have_cannot_be_left_out(cli: Cli, db: str) -> None:
    ran = cli("summary", "-f", "md", "--leave-out", "zz9", "--db", db)

    assert ran.code == 2
    assert "no domain or criterion 'zz9'" in ran.err
