"""The self-assessment's own words from the command line."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from case_audit.services.database import Database
from stored import audit_case, case_ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    Cli = Callable[..., Any]


def test_words_are_set_shown_marked_listed_and_cleared(
    cli: Cli, db: str, tmp_path: Path
) -> None:
    """As a lead would: a try, a text, another case audited, a look."""
    at = ("--db", db)
    assert "Nothing is written" in cli("narrative", "list", *at).err
    assert "Nothing is written" in cli("narrative", "show", *at).err
    text = "1 of 1 is good; we want 45%."

    tried = cli("narrative", "set", "know", "--text", text, "--dry-run", *at)
    assert (tried.code, "Nothing was changed" in tried.err) == (0, True)
    assert tried.out == (
        "1 number is linked; '45%' is no number of this round, so nobody will "
        "notice if it goes stale.\n"
    )
    assert cli("narrative", "set", "know", "--text", text, *at).code == 0
    file = tmp_path / "plan.txt"
    file.write_text("\ufeff9% and 8%.", "utf-8")
    planned = cli("narrative", "set", "plan", "--file", file, *at)
    assert planned.out.startswith("0 numbers are linked; '9%' and '8%' are no numbers")
    how = cli("narrative", "set", "how", "--text", "By 1 of 1.", "--json", *at)
    assert json.loads(how.out)["foreign"] == []
    assert json.loads(how.out)["linked"]["1 of 1"]
    just = cli("narrative", "set", "how", "--text", "1 of 1, 100%, 1 of 5", *at)
    assert just.out == "3 numbers are linked.\n"

    database = Database(db)
    audit_case(database, case_ids(database)[2], {}, rest="inadequate")
    database.close()

    shown = cli("narrative", "show", "know", *at).out
    assert shown.startswith("What we know about our practice (know)\n1 of 1 [")
    assert "45% [no figure]" in shown
    both = cli("narrative", "show", "--round", "Spring 2026", *at).out
    assert "\n\nOur plans for the next 12 months (plan)\n" in both
    listed = cli("narrative", "list", *at).out.splitlines()
    assert listed[0].split() == [
        *("section", "revision", "numbers", "changed", "unsure", "written", "by")
    ]
    assert listed[1].split()[:3] == ["know", "1", "2"]
    plain = json.loads(cli("narrative", "list", "--json", *at).out)
    assert [one["section"] for one in plain] == ["know", "how", "plan"]
    assert plain[0]["numbers"][1] == {"text": "45%", "kind": "foreign", "now": None}
    assert json.loads(cli("narrative", "show", "plan", "--json", *at).out) == plain[2:]

    cleared = cli("narrative", "clear", "plan", *at)
    assert (cleared.code, "plan is empty again" in cleared.err) == (0, True)


def test_a_text_can_come_through_a_pipe(
    cli: Cli, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = io.TextIOWrapper(io.BytesIO("Caf\u00e9.".encode()))
    monkeypatch.setattr(sys, "stdin", pipe)

    ran = cli("narrative", "set", "know", "--file", "-", "--db", db)

    assert (ran.code, ran.out) == (0, "0 numbers are linked.\n")
    assert "Caf\u00e9." in cli("narrative", "show", "--db", db).out


def test_what_makes_no_sense_is_refused(cli: Cli, db: str, tmp_path: Path) -> None:
    """Wrong usage ends with 2, and says what to do."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe")
    for arguments, says in (
        (("set", "know"), "one of --text and --file"),
        (("set", "know", "--text", "a", "--file", "b"), "one of --text and --file"),
        (("set", "know", "--file", bad), "not UTF-8"),
        (("set", "intro", "--text", "a"), "know, strengths, improve, how, plan"),
        (("show", "intro"), "know, strengths, improve, how, plan"),
        (("clear", "know"), "nothing is written in know"),
    ):
        ran = cli("narrative", *arguments, "--db", db)

        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err
