"""Files of published grades, as untidy as people send them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from published import rules_of

from builders import G, I, O, R
from case_audit.errors import FileError, GradesFileError
from case_audit.exchange.grades_csv import read_grades

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.overall import Report

RULES = rules_of("ilacs@2018")
HEAD = "leaders,help_and_protection,in_care,care_leavers"


def read(tmp_path: Path, content: str | bytes) -> list[Report]:
    """Read a file with that content."""
    file = tmp_path / "grades.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_grades(file, RULES)


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("outstanding", O),
        ("GOOD", G),
        (" Good\u00a0", G),
        ("requires improvement", R),
        ("Requires improvement to be good", R),
        ("requires_improvement", R),
        ("Requires  Improvement", R),
        ("RI", R),
        ("R.I.", R),
        ("r", R),
        ("Inadequate.", I),
        ("inad.", I),
    ],
)
def test_grades_are_read_as_people_write_them(
    tmp_path: Path, written: str, grade: str
) -> None:
    (report,) = read(tmp_path, f"{HEAD}\n{written},good,good,good\n")

    assert report.judgements["leaders"] == grade


@pytest.mark.parametrize("written", ["", " ", "-", "n/a", "None"])
def test_no_grade(tmp_path: Path, written: str) -> None:
    """Left out, not taken for anything."""
    (report,) = read(tmp_path, f"{HEAD}\ngood,good,good,{written}\n")

    assert "care_leavers" not in report.judgements


@pytest.mark.parametrize(
    "content",
    [
        "URN,Leaders,Help & Protection,In Care,Notes\r\n7,good,good,good,x\r\n",
        "\ufeffurn,leaders,help-and-protection,IN_CARE\n7,good,good,good\n",
        "urn;leaders;help and protection;Children in care\n7;good;good;good\n",
        "in care\tleaders\turn\thelp  and  protection\ngood\tgood\t7\tgood\n",
        'urn,"leaders",help_and_protection,in_care\n\n"7","good","good","good"\n\n',
        "urn,leaders,help_and_protection,in_care,overall\n7,good,good,good\n",
        "urn,leaders,help_and_protection,in_care\n7,good,good,good,,\n",
    ],
)
def test_the_same_report_written_in_many_ways(tmp_path: Path, content: str) -> None:
    """Case, spacing, order, delimiter, line ends, blank lines and a BOM."""
    (report,) = read(tmp_path, content)

    assert report.urn == "7"
    assert report.judgements == dict.fromkeys(
        ("leaders", "help_and_protection", "in_care"), G
    )


def test_what_is_said_about_a_report(tmp_path: Path) -> None:
    head = f"{HEAD},local_authority,framework,published,overall,care_and_care_leavers_combined"
    rows = read(
        tmp_path,
        f"{head}\ngood,good,good,,North,ILACS,2019-04-01,good,y\n"
        "good,good,good,RI,South,ilacs,31/12/2023,RI,No\n,,,,,,,,\n",
    )

    assert [row.row for row in rows] == [2, 3, 4]
    assert [row.authority for row in rows] == ["North", "South", ""]
    assert [row.published for row in rows] == [
        dt.date(2019, 4, 1),
        dt.date(2023, 12, 31),
        None,
    ]
    assert [row.overall for row in rows] == [G, R, ""]
    assert [row.together for row in rows] == [True, False, None]
    assert rows[2].judgements == {}


@pytest.mark.parametrize(
    ("content", "row", "column", "said"),
    [
        ("", 1, "", "lacks leaders, help_and_protection, in_care"),
        ("\n\n", 1, "", "lacks leaders"),
        ("leaders,overall\ngood,good\n", 1, "", "lacks help_and_protection, in_care"),
        (f"{HEAD},Leaders\n", 1, "leaders", "it stands twice"),
        (f"{HEAD},Children in care\n", 1, "in_care", "it stands twice"),
        (f"{HEAD}\ngood,good,good\ngood,ok,good\n", 3, "help_and_protection", "'ok'"),
        (f"{HEAD}\n\ngood,good,good,to RI\n", 3, "care_leavers", "not a grade"),
        (f"{HEAD},overall\ngood,good,good,,4\n", 2, "overall", "not a grade"),
        (f"{HEAD},published\ng,g,g,g,soon\n", 2, "published", "not a date"),
        (f"{HEAD},published\ng,g,g,g,2023-02-30\n", 2, "published", "not a date"),
        (
            f"{HEAD},care and care leavers combined\ng,g,g,g,perhaps\n",
            2,
            "care_and_care_leavers_combined",
            "not y or n",
        ),
        (f"{HEAD}\ng,g,g,g,g\n", 2, "", "more cells than the header"),
        (f'{HEAD}\ng,g,g,"g\n', 2, "", "not sound CSV"),
        (f"{HEAD}\ng,g,g,{'g' * 200_000}\n", 2, "", "not sound CSV"),
        (b"leaders\xff\n", 1, "", "not UTF-8"),
        (HEAD.encode("utf-16"), 1, "", "not UTF-8"),
    ],
)
def test_an_error_names_row_and_column(
    tmp_path: Path, content: str | bytes, row: int, column: str, said: str
) -> None:
    """As a spreadsheet counts the rows, so that the cell is found."""
    with pytest.raises(GradesFileError) as caught:
        read(tmp_path, content)

    assert (caught.value.row, caught.value.column) == (row, column)
    assert said in str(caught.value)
    assert f"row {row}" in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read_grades(tmp_path / "none.csv", RULES)
