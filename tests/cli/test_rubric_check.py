"""`rubric check` as an author types it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

RUBRICS = Path(str(shipped("rubrics")))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of one's own with a module that reads badly, and a rubric with it."""
    folder = tmp_path / "mine"
    (folder / "modules").mkdir(parents=True)
    shutil.copy(RUBRICS / "child-in-need.yaml", folder)
    text = (RUBRICS / "modules" / "voice.yaml").read_text("utf-8")
    text = text.replace("label: Seen, on their own, often enough", "label: Seen!", 1)
    (folder / "modules" / "voice.yaml").write_text(text, "utf-8")
    return folder


def test_a_finding_names_file_line_and_what_to_do(cli: Cli, mine: Path) -> None:
    """It is no error: the file can be used."""
    file = mine / "modules" / "voice.yaml"

    ran = cli("rubric", "check", file)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "voice.yaml is a sound module: 4 criteria, 0 of them critical.\n"
        f"{file}:7: v1 label: has an exclamation mark.\n"
        "  End the sentence with a full stop; the fact is loud enough.\n"
        "1 file checked, 1 finding.\n"
    )
    assert cli("rubric", "check", file, "--strict").code == 1
    assert cli("rubric", "check", "voice", "--strict").code == 0


@pytest.mark.slow
def test_everything_in_reach_is_checked(cli: Cli, mine: Path) -> None:
    """The shipped files have none; one's own hides the shipped one of its name."""
    alone = cli("rubric", "check", "--strict")
    both = cli("rubric", "check", "--rubrics", mine)

    assert alone.code == 0
    assert alone.out.splitlines()[-1].endswith("files checked, no findings.")
    assert "child-in-need.yaml is a sound rubric" in alone.out
    assert "voice.yaml is a sound module" in alone.out
    assert both.code == 0
    assert both.out.count("voice.yaml is a sound module") == 1
    assert f"{mine / 'modules' / 'voice.yaml'}:7: " in both.out


@pytest.mark.slow
def test_errors_stand_apart_from_findings(cli: Cli, mine: Path) -> None:
    """On standard error, with the exit code of a failure; the others are checked."""
    broken = mine / "broken.yaml"
    broken.write_text("kind: rubric\nid: broken\ndomains: no!\n", "utf-8")
    (mine / "torn.yaml").write_text("a: [", "utf-8")

    ran = cli("rubric", "check", "--rubrics", mine)
    named = cli(
        "rubric", "check", broken, "voice", "torn", "dragons", "--rubrics", mine
    )

    assert (ran.code, named.code) == (1, 1)
    for err in (ran.err, named.err):
        assert "broken.yaml:1: framework: expected" in err
        assert "torn.yaml:" in err
    assert "There is no rubric called 'dragons'." in named.err
    assert "voice.yaml is a sound module" in ran.out
    assert "voice.yaml is a sound module" in named.out


def test_findings_are_given_before_the_file_is_sound(cli: Cli, tmp_path: Path) -> None:
    """Who writes is told of both at once."""
    file = tmp_path / "mine.yaml"
    text = (RUBRICS / "child-protection.yaml").read_text("utf-8")
    text = text.replace("id: child-protection", "id: mine\nowner: me", 1)
    text = text.replace("label: The conference comes in time", "label: In time!", 1)
    file.write_text(text, "utf-8")

    ran = cli("rubric", "check", file)

    assert ran.code == 1
    assert "mine.yaml:3: owner: expected one of" in ran.err
    assert "c5 label: has an exclamation mark." in ran.out
    assert "sound" not in ran.out


def test_findings_as_json(cli: Cli, mine: Path) -> None:
    file = mine / "modules" / "voice.yaml"

    ran = cli("rubric", "check", file, "child-in-need", "--json", "--rubrics", mine)

    found = json.loads(ran.out)
    module, rubric = found["files"]
    assert (ran.code, found["findings"], found["errors"]) == (0, 1, 0)
    assert (module["kind"], module["id"], module["digest"]) == ("module", "voice", "")
    assert module["findings"] == [
        {
            "line": 7,
            "key": "criteria[0].label",
            "about": "v1 label",
            "rule": "exclamation",
            "what": "has an exclamation mark",
            "suggestion": "End the sentence with a full stop; the fact is loud enough.",
        }
    ]
    assert (rubric["sound"], rubric["findings"], rubric["error"]) == (True, [], [])
    assert len(rubric["digest"]) == 64


def test_a_module_is_read_with_the_scale_it_describes(cli: Cli, tmp_path: Path) -> None:
    """Another scale, with another lowest grade."""
    folder = tmp_path / "mine"
    (folder / "scales").mkdir(parents=True)
    (folder / "modules").mkdir()
    scale = (RUBRICS / "scales" / "ofsted4.yaml").read_text("utf-8")
    scale = scale.replace("ofsted4", "ours").replace("inadequate", "unsafe")
    (folder / "scales" / "ours.yaml").write_text(scale, "utf-8")
    text = (RUBRICS / "modules" / "help.yaml").read_text("utf-8")
    text = text.replace("      inadequate:", "      unsafe:")
    (folder / "modules" / "help.yaml").write_text(text, "utf-8")

    ran = cli("rubric", "check", "help", "--rubrics", folder, "--strict")

    assert (ran.code, ran.err.count("expected")) == (0, 0), ran.err


@pytest.mark.slow
def test_other_kinds_of_file_are_refused_by_path_and_passed_over_in_a_folder(
    cli: Cli,
) -> None:
    ran = cli("rubric", "check", RUBRICS / "scales" / "ofsted4.yaml")

    assert ran.code == 1
    assert "expected rubric, found 'scale'" in ran.err
    assert "ofsted4" not in cli("rubric", "check").out


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="here everything can be read",
)
def test_a_file_that_may_not_be_read_is_named(cli: Cli, mine: Path) -> None:
    (mine / "child-in-need.yaml").chmod(0)

    ran = cli("rubric", "check", "--rubrics", mine)

    assert ran.code == 1
    assert "child-in-need.yaml cannot be read" in ran.err
