"""Overall grades as they once followed, as somebody types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from published import rows_of, rules_of, table_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

INDICATIVE = "Indicative only; not an Ofsted judgement."
HEAD = (
    "urn,framework,published,leaders,help_and_protection,in_care,care_leavers,overall"
)
MIXED = f"""\
{HEAD}
1,ILACS,2019-01-01,good,good,RI,,good
2,SIF,2015-01-01,good,good,good,good,good
3,ILACS,2024-01-01,good,RI,RI,good,good
4,other,,,,,,
5,ILACS,2024-01-01,good,good,good,,
6,,,outstanding,good,RI,good,
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Reports of several frameworks, some of no use."""
    file = tmp_path / "grades.csv"
    file.write_text(MIXED, "utf-8")
    return file


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Every report counted for the legacy framework, between others."""
    rows = list(rows_of("ilacs@2018"))
    columns = list(rows[0])
    lines = [",".join(["framework", *columns])]
    for row in rows:
        lines += [",".join(["ILACS", *row.values()]), ",".join(["SIF", *row.values()])]
    file = tmp_path / "all.csv"
    file.write_text("\r\n".join(lines), "utf-8-sig")
    return file


def test_one_object_a_row_in_the_order_of_the_file(cli: Cli, mixed: Path) -> None:
    """Also for rows of other frameworks and rows that say nothing."""
    ran = cli("rubric", "whatif", "ilacs@2018", mixed, "--json")

    found = json.loads(ran.out)
    assert (ran.code, ran.err.strip()) == (0, INDICATIVE)
    assert [(a["row"], a["urn"]) for a in found] == [
        (i + 1, f"{i}") for i in range(1, 7)
    ]
    assert [a["overall"] for a in found] == [
        *("good", None, "requires improvement", None, None, None)
    ]
    assert [a["rule"] for a in found] == [
        *("good-leaders-one-short", "", "good-leaders-two-short", "", "", "never-seen")
    ]
    assert [a["agrees"] for a in found] == [True, None, False, None, None, None]
    assert [a["published_overall"] for a in found][:4] == ["good"] * 3 + [None]
    assert all(a["because"] and a["indicative"] for a in found)
    assert found[0]["judgements"]["in_care"] == "requires improvement"
    assert found[0]["support"] == {"good": 33, "requires improvement": 2}


def test_the_published_grades_are_reproduced(cli: Cli, published: Path) -> None:
    """As anybody with the published grades can check."""
    ran = cli("rubric", "whatif", "ilacs@2018", published, "--json")

    ours = [a for a in json.loads(ran.out) if a["framework"] == "ILACS"]
    assert len(ours) == 259
    assert sum(a["overall"] == a["published_overall"] for a in ours) >= 251


def test_the_table_says_how_often_it_agrees(cli: Cli, published: Path) -> None:
    """With the counts behind each rule beside those in the file."""
    ran = cli("rubric", "whatif", "ilacs@2018", published)

    lines = ran.out.splitlines()
    assert ran.code == 0
    assert "Of another framework: 259 of 518 rows." in lines
    assert any(
        line.startswith("The same as the published overall grade: 25")
        and line.endswith(" of 259 reports.")
        for line in lines
    )
    for rule in rules_of("ilacs@2018").rules:
        (line,) = [text for text in lines if text.startswith(f"{rule.id}  ")]
        support = line.split("  ")
        shown = [part.strip() for part in support if part.strip()]
        assert shown[-1] == shown[-2]
    assert lines[-1] == INDICATIVE


def test_the_table_names_rows_without_an_answer(cli: Cli, mixed: Path) -> None:
    ran = cli("rubric", "whatif", "ilacs@2018", mixed)

    assert (
        "No answer for 1 row: 6. The report has no grade for: Care leavers." in ran.out
    )
    assert "Of another framework: 2 of 6 rows." in ran.out
    assert "The same as the published overall grade: 1 of 2 reports." in ran.out
    assert "Left to judgement: 1 report." in ran.out


def test_the_shipped_table_can_be_read_itself(cli: Cli) -> None:
    """A row stands for a combination; the number of reports is passed over."""
    for name in ("ilacs@2018", "sif@2013"):
        ran = cli("rubric", "whatif", name, table_of(name), "--json")

        assert ran.code == 0
        assert all(answer["rule"] for answer in json.loads(ran.out))


def test_a_header_alone_has_no_reports(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "grades.csv"
    file.write_text(HEAD, "utf-8")

    assert json.loads(cli("rubric", "whatif", "ilacs@2018", file, "--json").out) == []
    assert "0 of 0 reports" in cli("rubric", "whatif", "ilacs@2018", file).out


GRADES = ("-g", "leaders=good", "-g", "Help & protection=RI", "-g", "in care=good")


def test_grades_can_be_typed(cli: Cli) -> None:
    """A lead who asks "what if" has no file of reports."""
    ran = cli("rubric", "whatif", "ilacs@2018", *GRADES)

    assert ran.code == 0
    assert ran.out.startswith("ilacs@2018, what if: good\n")
    assert "good 33, requires improvement 2" in ran.out
    assert "259 reports published 12 March 2018 to 18 March 2025" in ran.out
    assert ran.out.endswith(f"{INDICATIVE}\n")
    (found,) = json.loads(cli("rubric", "whatif", "ilacs@2018", *GRADES, "--json").out)
    assert (found["row"], found["overall"]) == (0, "good")


def test_grades_that_are_not_enough(cli: Cli) -> None:
    ran = cli("rubric", "whatif", "ilacs@2018", "-g", "leaders=good")

    assert ran.code == 0
    assert "no answer" in ran.out
    assert "Help and protection, Children in care" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a file of grades"),
        (
            ("-g", "pets=good"),
            "no judgement 'pets'; there are leaders, help_and_protection",
        ),
        (("-g", "leaders=good", "-g", "leaders=RI"), "each judgement once"),
        (("-g", "leaders"), "must be one of outstanding, good, requires improvement"),
        (("-g", "leaders=ok"), "leaders: the grade must be one of"),
        (("none.csv",), "there is no file none.csv"),
        (("leaders=good",), "put -g before each judgement: -g leaders=good"),
    ],
)
def test_wrong_usage(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ran = cli("rubric", "whatif", "ilacs@2018", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_the_framework_in_force_gives_no_overall_grade(
    cli: Cli, mixed: Path, more: tuple[str, ...]
) -> None:
    """However it is asked."""
    for asked in ((mixed,), GRADES):
        ran = cli("rubric", "whatif", "ilacs@2026-04", *asked, *more)

        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("ilacs@2026-04 gives no overall grade")


def test_a_cell_that_cannot_be_understood(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "grades.csv"
    file.write_text(f"{HEAD}\n1,ILACS,,good,fine\x1b[2J,good,,\n", "utf-8")

    ran = cli("rubric", "whatif", "ilacs@2018", file)

    assert (ran.code, ran.out) == (1, "")
    assert "grades.csv, row 2, column help_and_protection" in ran.err
    assert "\x1b" not in ran.err


def test_the_example_can_be_opened(cli: Cli) -> None:
    """Grades, what they add up to, recommendations with paragraphs and criteria."""
    ran = cli("rubric", "example", "lancashire-2015")

    assert (ran.code, ran.err) == (0, "")
    assert "Help and protection: inadequate" in ran.out
    assert "WHAT THE GRADES ADD UP TO: inadequate" in ran.out
    assert INDICATIVE in ran.out
    assert "9. Written agreements" in ran.out
    assert "(paragraphs 33-34, 133)" in " ".join(ran.out.split())
    assert "p4    Safety does not rest on a paper promise" in ran.out
    assert "attribution" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_example_as_json(cli: Cli) -> None:
    ran = cli("rubric", "example", "lancashire-2015", "--json")

    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["overall"] == found["what_if"]["overall"] == "inadequate"
    assert found["what_if"]["rule"] == "key-judgement-inadequate"
    assert found["what_if"]["indicative"] is True
    assert len(found["recommendations"]) == 17
    assert all(
        criterion["label"]
        for item in found["recommendations"]
        for criterion in item["criteria"]
    )


def test_the_example_does_without_a_rubric_that_is_broken(
    cli: Cli, tmp_path: Path
) -> None:
    """A trainer's own half-written rubric does not stand in the way."""
    (tmp_path / "half.yaml").write_text("kind: rubric\n", "utf-8")

    ran = cli("rubric", "example", "lancashire-2015", "--rubrics", tmp_path)

    assert ran.code == 0
    assert "Decisions carry their reasons" in ran.out


def test_an_unknown_example_is_refused(cli: Cli) -> None:
    ran = cli("rubric", "example", "lancashire-1815")

    assert (ran.code, ran.out) == (1, "")
    assert "lancashire-2015" in ran.err
