"""What `audits export` and `audits import` print, and what they refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

SAID = ("--history", "--cohort", "cp", "--as-at", "2025-03-31", "--invented")


def test_what_goes_out_comes_in_again(cli: Cli, db: str, tmp_path: Path) -> None:
    """In words and as JSON; free text only where it was asked for."""
    out = tmp_path / "out.jsonl"
    words = cli("audits", "export", tmp_path / "out.csv", "--db", db)
    plain = cli("audits", "export", out, "--with-text", "--json", "--db", db)
    again = cli("audits", "import", out, "--db", db)
    told = cli("audits", "import", out, "--json", "--dry-run", "--db", db)

    assert words.out == "Spring 2026: 1 audit, 4 answers.\n"
    assert "Not in it: 1 audit that is not submitted." in words.err
    assert "internal, with case numbers" in words.err
    found = json.loads(plain.out)
    assert (found["answers"], found["left_open"], found["with_text"]) == (8, 1, True)
    assert len(out.read_text("utf-8").splitlines()) == 8
    assert "There already, just so: 1." in again.out
    assert "it is all there already" in again.err
    assert json.loads(told.out)["there_already"] == 1
    assert "this was a dry run" in told.err


def test_new_audits_are_reported(cli: Cli, db: str, tmp_path: Path) -> None:
    """What is whole, what stays open, what is not read."""
    file = tmp_path / "new.csv"
    head = "unit,auditor,role,criterion,grade,ward\n"
    file.write_text(f"{head}case 3,Z\xeb,first,v1,good,N\n", "cp1252")
    done = cli("audits", "import", file, "--db", db)

    assert done.out == (
        "Spring 2026: 1 audit, 1 answer, 0 submitted.\n"
        "Left open, for something is not answered: 1.\n"
        "Not read: ward.\n"
    )
    assert "Windows text" in done.err
    file.write_text(f"{head}case 9,Ann,first,v1,good,N\n", "utf-8")
    refused = cli("audits", "import", file, "--db", db)
    assert (refused.code, refused.out) == (1, "")
    assert "new.csv:2: unit: no case of this round" in refused.err


def test_a_mapping_is_drafted_and_used(cli: Cli, db: str, tmp_path: Path) -> None:
    """For a round here, and for earlier audits as a round of their own."""
    file = tmp_path / "old.csv"
    file.write_text("Case ref,Auditor,v1,Views\nA-1,Ann,RI,\nA-2,Ann,?,\n", "utf-8")
    shown = cli("audits", "import", file, "--map", "--dry-run", "--db", db)
    cli("audits", "import", file, "--map", "--json", "--dry-run", "--db", db)
    done = cli("audits", "import", file, "--map", "--db", db)
    again = cli("audits", "import", file, "--map", "--db", db)

    assert "kind: audits" in shown.out
    assert "Nothing was written" in shown.err
    assert "Words to decide: 1." in done.out
    assert "Needed, and not found: role." in done.out
    assert "--dry-run" in done.err
    assert again.code == 1
    assert "case-audit audits import" in again.err
    mapping = tmp_path / "old.map.yaml"
    text = mapping.read_text("utf-8")
    mapping.write_text(text.replace('#  "?":', '  "?": ""'), "utf-8")
    asked = (*SAID, "--name", "Before", "--rubric", "child-protection")
    taken = cli("audits", "import", file, "--map", mapping, *asked, "--db", db)
    assert (taken.code, taken.err) == (0, "")
    assert taken.out == (
        "Before: 1 audit, 1 answer, 1 submitted.\nLeft out by the mapping: 1.\n"
        "Not read: Views.\n"
    )
    listed = cli("round", "list", "--db", db).out
    assert "Before (imported)" in listed
    drafted = cli("audits", "import", file, "--map", "--dry-run", "--json", *SAID)
    assert json.loads(drafted.out)["columns"] == {
        "unit": "Case ref",
        "auditor": "Auditor",
    }


def test_options_that_do_not_go_together(cli: Cli, db: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("unit,auditor,role,criterion,grade\n", "utf-8")
    for options, said in (
        (("--population", "9"), "is for earlier audits"),
        ((*SAID, "--round", "x", "--name", "y"), "a round of their own"),
        (SAID, "is needed with --history"),
        ((*SAID, "--name", "y", "--population", "0"), "1"),
    ):
        ran = cli("audits", "import", file, *options, "--db", db)
        assert ran.code == 2
        assert said in ran.err
    text = ("--audience", "shareable", "--with-text")
    ran = cli("audits", "export", tmp_path / "s.csv", *text, "--db", db)
    assert ran.code == 2
    assert not (tmp_path / "s.csv").exists()
