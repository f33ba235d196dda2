"""Whatever is wrong with a rubric's files, the error names the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from case_audit.errors import RubricError
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

RULES, SCALE = "rules/case-file.yaml", "scales/ofsted4.yaml"
VOICE, OWN = "modules/voice.yaml", "child-in-need.yaml"
LIM1 = "{count: criteria, critical: yes, at_or_below: inadequate}"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A copy of the shipped rubrics that a test may spoil."""
    return Path(shutil.copytree(str(shipped("rubrics")), tmp_path / "rubrics"))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SCALE, "id: ofsted4", "id: other", "expected ofsted4, as the file is called"),
        (VOICE, "id: voice", "id: overall", "id: expected another id: this one means"),
        (SCALE, "letter: G", "letter: O", "a different letter for each grade"),
        (SCALE, 'key: "2"', 'key: "1"', "a different key for each grade"),
        (SCALE, "letter: O", "letter: Out", "at most 1 characters"),
        (SCALE, "[outstanding, inadequate]", "[awful]", "grades of this scale"),
        (SCALE, "benchmark: good", "benchmark: fine", "found 'fine'"),
        (SCALE, "benchmark: good", "benchmark:", "expected a text"),
        (RULES, LIM1, "inadequate", "limits[0].when: expected keys with values"),
        (RULES, LIM1, "{count: criteria}", "either at_or_below or answer"),
        (RULES, LIM1, LIM1[:-1] + ", answer: x}", "either at_or_below or answer"),
        (RULES, "at_least: 2", "at_least: 0", "a whole number from 1"),
        (RULES, "at_least: 2", "at_least: two", "a whole number from 1"),
        (RULES, "more_than: 1/2", "more_than: 1/0", "a share such as 1/2"),
        (RULES, "more_than: 1/2", "more_than: 3/2", "a share such as 1/2"),
        (RULES, "more_than: 1/2", "more_than: half", "a share such as 1/2"),
        (OWN, "id: child-in-need", "id: another", "a file called another.yaml"),
        (OWN, "cohorts: [cin]", "cohorts: [pets]", "found 'pets'"),
        (OWN, "cohorts: [cin]", "cohorts: []", "a list of texts"),
        (OWN, "cohorts: [cin]", "cohorts: cin", "a list of texts"),
        (OWN, "ilacs@2026-04", "ilacs", "a name and version such as"),
        (OWN, "domains:", "domains: []\nx:", "expected one of"),
        (VOICE, "timescales: [T09", "timescales: [T34", "one of T01, T02, T03"),
        (VOICE, "timescales: [T09", "timescales: [T34", "found 'T34'"),
    ],
)
def test_the_error_says_what_was_expected(
    shelf: Path, file: str, old: str, new: str, said: str
) -> None:
    """File and line first, then the key and what should stand there."""
    path = shelf / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(RubricError) as caught:
        Library((shelf,)).rubric("child-in-need")

    assert str(caught.value).startswith(f"{path.name}:")
    assert said in str(caught.value)


def test_a_scale_needs_two_grades(shelf: Path) -> None:
    """On one grade alone nothing is better or worse."""
    (shelf / SCALE).write_text(
        "kind: scale\nid: ofsted4\ntitle: One\nbenchmark: good\ngrades:\n"
        "  - {id: good, label: Good, short: good, letter: G, glyph: G, key: 1}\n",
        "utf-8",
    )

    with pytest.raises(RubricError, match="grades: expected at least 2"):
        Library((shelf,)).rubric("child-in-need")


def test_a_list_needs_an_entry(shelf: Path) -> None:
    """A rubric without domains asks nothing."""
    path = shelf / OWN
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("domains:")] + "domains: []\n", "utf-8")

    with pytest.raises(RubricError, match="a list with at least one entry"):
        Library((shelf,)).rubric("child-in-need")
