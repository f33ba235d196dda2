"""Files of overall grades, and what is refused in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from published import NAMES, rules_of

from case_audit.errors import NoOverallError, RubricError, UnknownRubricError
from case_audit.exchange.overall_file import overall_rules
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

RUBRICS = Path(str(shipped("rubrics")))
FILE = "overall/ilacs-2018.yaml"
COUNT = "{of: leaders, is: inadequate}"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A copy of the shipped rubrics that a test may spoil."""
    return Path(shutil.copytree(RUBRICS, tmp_path / "rubrics"))


@pytest.mark.parametrize("name", NAMES)
def test_the_dates_are_those_of_the_framework(name: str) -> None:
    """Two files speak of the same days."""
    file = f"{name.replace('@', '-')}.yaml"
    about, framework = (
        open_file((RUBRICS / folder / file).read_bytes(), file=file, kind=kind)
        for folder, kind in (("overall", "overall"), ("frameworks", "framework"))
    )

    for key in ("valid_from", "valid_to"):
        assert about.text(key) == framework.text(key)
    rules = rules_of(name)
    assert framework.text("valid_from") <= rules.first.isoformat()
    assert rules.first < rules.last


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("indicative: yes", "indicative: no", "nothing but a what-if"),
        ("ilacs@2018", "ilacs@2026-04", "framework: expected one of ilacs@2018"),
        ("valid_to: 2026-03-31", "valid_to: March", "a date such as"),
        ("first: 2018-03-12", "first: 12/03/2018", "a date such as"),
        ("reports: 259", "reports: 0", "a whole number from 1"),
        ("area: leaders", "area: pets", "found 'pets'"),
        ("column: in_care", "column: leaders", "each column once"),
        ("judged_with: in_care", "judged_with: adoption", "found 'adoption'"),
        ("own_since: 2023-01-01", "own_since: soon", "a date such as"),
        ("practice: [help", "practice: [pets, help", "found 'pets'"),
        ("practice: [help", "leaders: [help", "a name of its own"),
        ("practice: [help_and_protection", "practice: [in_care", "each once"),
        ("id: leaders-inadequate", "id: practice-inadequate", "each identifier once"),
        ("overall: inadequate", "overall: awful", "left_to_judgement"),
        ("{inadequate: 32}", "{awful: 32}", "found 'awful'"),
        ("{inadequate: 32}", "{inadequate: many}", "a whole number from 1"),
        (COUNT, "{of: pets, is: inadequate}", "found 'pets'"),
        (COUNT, "{of: leaders, is: awful}", "found 'awful'"),
        (COUNT, "{of: leaders}", "one of is, at_or_below, at_or_above"),
        (COUNT, "{of: leaders, is: good, at_or_below: good}", "one of is,"),
        (COUNT, "{of: leaders, is: good, at_least: 2, at_most: 1}", "no more than"),
        (COUNT, "{of: leaders, is: good, at_most: few}", "a whole number from 0"),
        (COUNT, "{of: leaders, is: good, weight: 2}", "found 'weight'"),
        ("title: How", "formula: __import__('os')\ntitle: How", "found 'formula'"),
        ("title: How", "title: !!python/object:os.system How", "found a tag"),
        ("title: How", "title: &a How", "found an anchor"),
        ("source:", "sources:", "one of"),
    ],
)
def test_the_error_names_file_and_line(
    shelf: Path, old: str, new: str, said: str
) -> None:
    """Whatever somebody writes into such a file, they are told where."""
    path = shelf / FILE
    text = path.read_text("utf-8")
    assert old in text, f"the file no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(RubricError) as caught:
        overall_rules(Library((shelf,)), "ilacs@2018")

    assert str(caught.value).startswith(f"ilacs-2018.yaml:{caught.value.line}: ")
    assert said in str(caught.value)


def test_the_last_rule_is_for_what_is_left(shelf: Path) -> None:
    """And no rule comes after it, for none would be reached."""
    path = shelf / FILE
    text = path.read_text("utf-8")
    head, tail = text.split("  - id: never-seen\n")
    path.write_text(head + "source: [x]\n", "utf-8")
    with pytest.raises(RubricError, match="a last rule without `when`"):
        overall_rules(Library((shelf,)), "ilacs@2018")

    left = "  - id: never-seen\n" + tail[: tail.index("source:")]
    path.write_text(text.replace("rules:\n", f"rules:\n{left}"), "utf-8")
    with pytest.raises(RubricError, match="no rule after the one without `when`"):
        overall_rules(Library((shelf,)), "ilacs@2018")


def test_a_file_without_groups_names_columns(shelf: Path) -> None:
    path = shelf / FILE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("groups:", "  practice:"))]
    path.write_text("".join(kept).replace("of: practice", "of: in_care"), "utf-8")

    rules = overall_rules(Library((shelf,)), "ilacs@2018")

    assert rules.rules[0].when[0].of == ("in_care",)


def test_a_framework_without_overall_grades_has_none(shelf: Path) -> None:
    """Not even if somebody puts the file there."""
    shutil.copy(shelf / FILE, shelf / "overall" / "ilacs-2026-04.yaml")

    with pytest.raises(NoOverallError, match="ilacs@2026-04 gives no overall grade"):
        overall_rules(Library((shelf,)), "ilacs@2026-04")


@pytest.mark.parametrize("name", ["ilacs", "ilacs@2017", "../ilacs@2018", "", "x" * 99])
def test_an_unknown_framework(name: str) -> None:
    """The known ones are named."""
    with pytest.raises(UnknownRubricError) as caught:
        overall_rules(Library((RUBRICS,)), name)

    assert "ilacs@2018" in "\n".join(caught.value.lines)


def test_a_framework_that_nothing_was_counted_for(shelf: Path) -> None:
    (shelf / FILE).unlink()

    with pytest.raises(UnknownRubricError) as caught:
        overall_rules(Library((shelf,)), "ilacs@2018")

    assert "Known: sif@2013." in "\n".join(caught.value.lines)
