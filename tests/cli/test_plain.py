"""The audit as a dialogue: the same answers as in the app, in words alone."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.cli.common import folder
from case_audit.core.audit.model import OPEN, SUBMITTED
from case_audit.services.database import Database
from case_audit.services.home import named_round
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from screens import workspace
from stored import a_round, sql, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Dialogue = Callable[..., Any]

ROWS = (
    "SELECT part, subject, revision, value, rationale, evidence, flagged, confidence,"
    " step, act FROM answer ORDER BY step"
)


@pytest.fixture
def fresh(tmp_path: Path) -> str:
    """A round of five that nobody has begun; Ann is at the keyboard."""
    url = str(tmp_path / "fresh.db")
    database = Database(url)
    with_frame(database)
    a_round(database)
    database.close()
    remember_auditor(folder("config"), "Ann")
    return url


@pytest.fixture
def dialogue(cli: Dialogue, monkeypatch: pytest.MonkeyPatch, fresh: str) -> Dialogue:
    """Type lines into `audit --plain`; they end there."""

    def call(*lines: str, also: tuple[str, ...] = ()) -> object:
        typed = "".join(f"{line}\n" for line in lines).encode(
            "utf-8", "surrogateescape"
        )
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
        return cli("audit", "--plain", "--db", fresh, *also)

    return call


def rows(url: str) -> list[tuple[object, ...]]:
    database = Database(url)
    found = sql(database, ROWS)
    database.close()
    return [tuple(row) for row in found]


def test_a_criterion_is_said_and_answered(dialogue: Dialogue, fresh: str) -> None:
    """Where it is, what it asks, what each grade means, then what was kept."""
    ran = dialogue("2 Seen alone.", "v VIS-1", "say", "q")

    assert ran.code == 0
    assert "Criterion 1 of 4: v1 Label of v1." in ran.out
    assert "Answer now: none." in ran.out
    assert "Saved: v1 Good." in ran.out
    assert "Answer now: Good.\nBecause: Seen alone.\nEvidence: VIS-1\n" in ran.out
    assert "Left. Everything is kept" in ran.out
    assert [row[1:6] for row in rows(fresh)][-1] == (
        "v1",
        2,
        "good",
        "Seen alone.",
        "VIS-1",
    )


def test_it_goes_on_where_it_was_left(dialogue: Dialogue) -> None:
    dialogue("2", "n", "0 No siblings.", "n")

    again = dialogue("q")

    assert "Resumed where you were." in again.out
    assert "2 of 4 criteria are answered." in again.out
    assert "Criterion 3 of 4: s1" in again.out


def test_a_whole_case_is_submitted_in_words(dialogue: Dialogue, fresh: str) -> None:
    """Statements, a grade of one's own, and what is missing until then."""
    early = dialogue("2", "N", "2", "N", "4 Nobody saw the child.", "N", "3", "submit")

    assert "Missing, difference: not written yet." in early.out
    assert "4 things are missing." in early.out

    ran = dialogue(
        "N",
        "write difference Life is calmer.",
        "write strengths",
        "Direct work.",
        "Two lines.",
        "",
        "write improve Recording.",
        "write rationale It says so.",
        "own voice 1 They did more than that.",
        "own voice computed",
        "check",
        "submit",
        "no",
    )

    assert "Every criterion is answered." in ran.out
    assert "Statement strengths, Strengths: Direct work.\nTwo lines." in ran.out
    assert "Nothing is missing. Type submit to submit." in ran.out
    assert "Case 1 is submitted." in ran.out
    database = Database(fresh)
    lines = named_round(database, "Spring 2026")[1]
    assert [line.state for line in lines[:2]] == [SUBMITTED, "not started"]
    database.close()


def test_one_script_leaves_the_same_rows_as_the_app(
    dialogue: Dialogue, fresh: str
) -> None:
    dialogue("2", "v VIS-1", "n", "0 No.", "u", "u", "U", "N", "4", "clear", "u")

    assert [row[1:6] + row[8:] for row in rows(fresh)] == [
        ("v1", 1, "good", "", "", 1, "change"),
        ("v1", 2, "good", "", "VIS-1", 2, "change"),
        ("v2", 1, "not_applicable", "No.", "", 3, "change"),
        ("v2", 2, "", "", "", 4, "undo"),
        ("v1", 3, "good", "", "", 5, "undo"),
        ("v1", 4, "good", "", "VIS-1", 6, "redo"),
        ("v2", 3, "inadequate", "", "", 7, "change"),
        ("v2", 4, "", "", "", 8, "change"),
        ("v2", 5, "inadequate", "", "", 9, "undo"),
    ]


def test_flags_confidence_and_lists(dialogue: Dialogue) -> None:
    ran = dialogue(
        *("m", "o l", "o loud", "say", "list flagged", "list open", "list no evidence"),
        *("2", "list no evidence", "m", "o", "list everything"),
    )

    assert "Flagged.\nHow sure: low.\n" in ran.out
    assert "Say one of low, medium, high. Nothing was changed." in ran.out
    assert "v1 Label of v1: none, flagged\n1 criterion listed." in ran.out
    assert "4 criteria listed." in ran.out
    assert "0 criteria listed." in ran.out
    assert "v1 Label of v1: Good, flagged\n1 criterion listed." in ran.out
    assert "Saved: no longer flagged." in ran.out
    assert "Saved: how sure, not said." in ran.out
    assert "List one of: all, open, flagged, no evidence." in ran.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dance", "That is no command here. Type ? for all of them."),
        ("", "Type ? for the commands."),
        ("9", "That is no command here."),
        ("p", "There is none further that way."),
        ("go zz", "No criterion has that name."),
        ("file 99", "; file lists them."),
        ("quote 1", "Type quote, the document's number, the line"),
        ("quote 99 1", "Give a number from 1 to"),
        ("quote 1 99", "That document has lines 1 to"),
        ("write poem x", "No closing statement has that name. There is: difference"),
        ("tick nothing", "No tick has that name."),
        ("own zz 1", "No domain has that name. There is: voice, safety, overall"),
        ("own voice 9", "No grade has that name. There is: 1 Outstanding"),
        ("u", "Nothing to undo."),
        ("U", "Nothing to redo."),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    dialogue: Dialogue, fresh: str, typed: str, said: str
) -> None:
    ran = dialogue(typed)

    assert said in ran.out
    assert ran.code == 0
    assert rows(fresh) == []


def test_a_line_of_the_file_becomes_because_and_evidence(
    dialogue: Dialogue, fresh: str
) -> None:
    """Read, then quoted with document, date and line, and undone as one change."""
    ran = dialogue("file", "file 1", "2 My view.", "quote 1 1 2", "u")

    assert "Type file and a number to read one." in ran.out
    said = re.search(r"^Line 1: (.*)$", ran.out, re.MULTILINE)
    assert said
    value, because, evidence = rows(fresh)[1][3:6]
    assert value == "good"
    assert str(because).startswith(f"My view.\n“{said[1]} ")
    assert str(because).endswith(", lines 1 to 2)")
    assert str(evidence).endswith(" · lines 1 to 2")
    assert rows(fresh)[2][3:6] == ("good", "My view.", "")


def test_text_is_shown_and_kept_literally(dialogue: Dialogue, fresh: str) -> None:
    """Neither control characters nor broken bytes reach the terminal or the file."""
    ran = dialogue("2 [b]x[/b] \x1b]0;owned\x07 \udce9", "say", "q")

    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
    assert "[b]x[/b]" in ran.out
    assert "\x1b" not in str(rows(fresh)[-1][4])


def test_a_text_that_was_not_ended_is_not_lost(dialogue: Dialogue) -> None:
    """The connection broke in the middle of a sentence."""
    dialogue("2", "e", "Seen alone in March,")

    assert "Recovered 1 unfinished note" in dialogue("q").out


def test_a_case_only_looked_at_is_nobodys(dialogue: Dialogue, fresh: str) -> None:
    dialogue("d", "facts", "q")

    database = Database(fresh)
    assert named_round(database, "Spring 2026")[1][0].state == "not started"
    database.close()


def test_another_auditors_case_is_read_and_not_changed(
    dialogue: Dialogue, fresh: str
) -> None:
    dialogue("2", "q")
    database = Database(fresh)
    unit = named_round(database, "Spring 2026")[1][0].case.unit
    database.close()
    remember_auditor(folder("config"), "Bo")

    ran = dialogue("4", "write improve x", "q", also=(unit,))

    assert "Read only: Ann, open. Nothing was changed." in ran.out
    assert len(rows(fresh)) == 1


def test_a_first_start_asks_for_the_name(dialogue: Dialogue, fresh: str) -> None:
    (folder("config") / "settings.toml").unlink()

    nobody = dialogue()
    somebody = dialogue("Cleo", "2", "q")

    assert nobody.code == 0
    assert "Criterion" not in nobody.out
    assert "Saved: v1 Good." in somebody.out
    database = Database(fresh)
    assert sql(database, "SELECT auditor, state FROM audit") == [("Cleo", OPEN)]
    database.close()


def test_neither_textual_nor_faker_is_loaded(fresh: str) -> None:
    """It has to start on what has no screen at all."""
    code = (
        "import sys; from case_audit.cli.main import run; "
        "code = run(['audit', '--plain', '--db', sys.argv[1]]); "
        "sys.exit(code or bool({'textual', 'faker'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, fresh],
        input=b"2\nq\n",
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout
    assert b"Saved: v1 Good." in done.stdout


@pytest.mark.parametrize(
    ("environment", "flag", "plain"),
    [
        ({"CASE_AUDIT_PLAIN": "1"}, (), True),
        ({"CASE_AUDIT_PLAIN": "1"}, ("--no-plain",), False),
        ({"CASE_AUDIT_PLAIN": "0"}, (), False),
    ],
)
def test_the_environment_can_ask_for_it(
    cli: Dialogue,
    fresh: str,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    flag: tuple[str, ...],
    plain: bool,  # noqa: FBT001
) -> None:
    """What is typed comes first; the first line says what asked for it."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"q\n")))

    ran = cli("audit", "--db", fresh, *flag)

    assert ran.out.startswith("case-audit, plain mode, because of CASE") is plain
    assert (ran.code == 0) is plain


async def test_the_app_leaves_the_same_rows(
    dialogue: Dialogue, fresh: str, tmp_path: Path
) -> None:
    """One way of working, two ways in: the record does not tell which."""
    other = str(tmp_path / "other.db")
    database = Database(other)
    with_frame(database)
    a_round(database)
    database.close()
    start = Start(url=other, settings=folder("config"), round_name="Spring 2026")
    async with workspace(start) as pilot:
        await pilot.press("2", "v", *"VIS", "escape", "n", "4", "e", *"No", "escape")
        await pilot.press("u", "u", "U", "N", "1", "backspace", "u", "escape")
    dialogue("2", "v VIS", "n", "4", "e No", "u", "u", "U", "N", "1", "clear", "u")

    assert rows(other) == rows(fresh)
    assert len(rows(fresh)) == 10
