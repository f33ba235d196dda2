"""Comparing, printing and starting rubrics, as an author types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.core.frame.cohorts import COHORTS
from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

RUBRICS = Path(str(shipped("rubrics")))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A changed copy of a shipped rubric with a changed module beside it."""
    folder = tmp_path / "mine"
    (folder / "modules").mkdir(parents=True)
    text = (RUBRICS / "child-in-need.yaml").read_text("utf-8")
    changed = text.replace('version: "1.1"', 'version: "1.2"')
    (folder / "child-in-need.yaml").write_text(changed, "utf-8")
    voice = (RUBRICS / "modules" / "voice.yaml").read_text("utf-8")
    changed = voice.replace("label: Voice and direct work", "label: Heard")
    (folder / "modules" / "voice.yaml").write_text(changed, "utf-8")
    return folder / "child-in-need.yaml"


CHANGED = """\
From child-in-need 1.1 to child-in-need 1.2: 2 differences.

rubric
  version
    old: 1.1
    new: 1.2

domain voice: Heard
  label
    old: Voice and direct work
    new: Heard
"""


def test_what_changed_is_said_in_words(cli: Cli, mine: Path) -> None:
    """Also in a module beside the file; a difference is no failure."""
    ran = cli("rubric", "diff", "child-in-need", mine)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == CHANGED


def test_what_changed_as_json(cli: Cli, mine: Path) -> None:
    ran = cli("rubric", "diff", mine, "child-in-need", "--json")

    found = json.loads(ran.out)
    assert ran.code == 0
    assert (found["old"]["version"], found["new"]["version"]) == ("1.2", "1.1")
    assert found["old"]["digest"] != found["new"]["digest"]
    assert found["changes"] == [
        {"where": "rubric", "what": "version", "old": "1.2", "new": "1.1"},
        {
            "where": "domain voice: Voice and direct work",
            "what": "label",
            "old": "Heard",
            "new": "Voice and direct work",
        },
    ]


def test_no_difference(cli: Cli) -> None:
    """By name and by file, the same rubric is the same."""
    file = RUBRICS / "child-protection.yaml"

    for other in ("child-protection", file):
        ran = cli("rubric", "diff", "child-protection", other)

        assert (ran.code, ran.out) == (0, "No difference.\n")


@pytest.mark.parametrize("other", ["dragons", "none.yaml", "modules/voice.yaml"])
def test_what_cannot_be_compared_is_refused(cli: Cli, other: str) -> None:
    """A name that is not there, a file that is not there, another kind of file."""
    name = str(RUBRICS / other) if "/" in other else other

    ran = cli("rubric", "diff", "child-in-need", name)

    assert (ran.code, ran.out) == (1, "")
    assert Path(other).stem in ran.err


def test_the_form_goes_to_the_screen_or_a_file(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "form.txt"
    ran = cli("rubric", "print", "child-in-need")
    saved = cli("rubric", "print", "child-in-need", "--out", file)

    assert (ran.code, saved.code) == (0, 0)
    assert file.read_text("utf-8") == ran.out
    assert saved.out == ""
    assert ran.out.startswith("Child in need: the whole case\n")
    assert max(map(len, ran.out.splitlines())) == 78


def test_the_schema_is_json(cli: Cli) -> None:
    ran = cli("rubric", "schema")

    assert ran.code == 0
    assert json.loads(ran.out)["$schema"].endswith("2020-12/schema")
    assert cli("rubric", "schema", "--scale", "ofsted5").code == 1


@pytest.mark.parametrize("cohort", [cohort.id for cohort in COHORTS])
def test_a_new_rubric_is_sound_as_it_is(cli: Cli, tmp_path: Path, cohort: str) -> None:
    """An author begins with something that works."""
    file = tmp_path / "our-look.yaml"
    made = cli("rubric", "new", "our-look", "--cohort", cohort, "--out", file)
    checked = cli("rubric", "check", file)

    assert (made.code, made.out) == (0, "")
    assert checked.code == 0, checked.err
    assert "our-look.yaml is a sound rubric: 16 criteria" in checked.out
    assert cli("rubric", "check", file, "--strict").code == 0, checked.out
    assert cli("rubric", "new", "our-look", "-c", cohort).out == file.read_text("utf-8")


def test_every_key_of_a_new_rubric_has_a_comment_above(cli: Cli) -> None:
    """Who has never seen the format can fill it in."""
    lines = cli("rubric", "new", "our-look", "--cohort", "cp").out.splitlines()
    keys = [i for i, line in enumerate(lines) if is_key(line)]

    assert len(keys) > 30
    assert all(lines[i - 1].lstrip().startswith("# ") for i in keys)
    assert max(map(len, lines)) <= 78


def is_key(line: str) -> bool:
    """Whether a line of a starting file begins with a key."""
    word = line.strip().removeprefix("- ").partition(":")
    return bool(word[1]) and word[0].isidentifier()


def test_a_file_that_is_there_is_not_replaced(cli: Cli, tmp_path: Path) -> None:
    """A day's writing is not lost to a slip."""
    file = tmp_path / "our-look.yaml"
    file.write_text("a day's work", "utf-8")

    ran = cli("rubric", "new", "our-look", "--cohort", "cp", "--out", file)

    assert (ran.code, ran.out) == (2, "")
    assert "there already" in ran.err
    assert file.read_text("utf-8") == "a day's work"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("../up", "--cohort", "cp"), "small letters"),
        (("Our Look", "--cohort", "cp"), "small letters"),
        (("our-look", "--cohort", "pets"), "must be one of"),
        (("our-look", "--cohort", "cp", "--out", "other.yaml"), "our-look.yaml"),
    ],
)
def test_a_new_rubric_that_could_not_be_used_is_refused(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    """Before a file is written."""
    monkeypatch.chdir(tmp_path)

    ran = cli("rubric", "new", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not list(tmp_path.iterdir())


def test_an_unknown_scale_points_to_where_scales_are(cli: Cli) -> None:
    """`rubric list` shows rubrics alone and would not help."""
    ran = cli("rubric", "schema", "--scale", "ours")

    assert ran.code == 1
    assert "There is no scale called 'ours'." in ran.err
    assert "rubric list" not in ran.err
    assert "docs/rubric-author.md" in ran.err
