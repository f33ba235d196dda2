"""The program as it runs on a desk: in a terminal, killed, started again."""

from __future__ import annotations

import signal
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from builders import G
from case_audit.services.settings import remember_auditor
from case_audit.tui.curtain import WORDS
from stored import a_round, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal here"),
    pytest.mark.slow,
]
if sys.platform != "win32":
    from terminal import Terminal


@pytest.fixture
def environment(embedded: Database, tmp_path: Path) -> dict[str, str]:
    """A practice round, and an auditor who gave her name."""
    with_frame(embedded)
    a_round(embedded)
    home = tmp_path / "home"
    remember_auditor(home / "config" / "case-audit", "Ann Auditor")
    embedded.close()
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "CASE_AUDIT_DB": embedded.url,
    }


def opened(environment: dict[str, str]) -> Terminal:
    terminal = Terminal("-m", "case_audit", "audit", environment=environment)
    terminal.until(lambda text: "case 1 of 5" in text and "? help" in text)
    return terminal


STRAIGHT = """
import sys
from case_audit.__main__ import main
sys.argv = ["case-audit", *sys.argv[1:]]
main()
print("loaded" if "typer" in sys.modules else "spared")
"""


def test_the_app_opens_without_the_library_of_the_command_line(
    environment: dict[str, str],
) -> None:
    """It takes a third of the time to the first screen, and is not needed there."""
    terminal = Terminal("-c", STRAIGHT, environment=environment)
    terminal.until(lambda text: "Spring 2026" in text and "? help" in text)
    terminal.type("q")

    assert "spared" in terminal.until(lambda text: "spared" in text or "loaded" in text)
    assert terminal.wait() == 0


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name
)
def test_nothing_is_lost_when_it_is_killed_in_the_middle_of_a_note(
    environment: dict[str, str], embedded: Database, number: signal.Signals
) -> None:
    """The grade, the half-written note and the place are there again."""
    terminal = opened(environment)
    terminal.type("2")
    terminal.until(lambda text: "Saved" in text)
    terminal.type("n")
    terminal.until(lambda text: "v2 Label of v2" in text)
    terminal.type("e")
    terminal.type("half a not")
    terminal.until(lambda text: "half a not" in text and "every letter" in text)

    terminal.send(number)

    again = opened(environment)
    again.until(lambda text: "v2 Label of v2" in text and "half a not" in text)
    again.type("\x1b")
    again.until(lambda text: "Rounds" in text)
    again.type("q")
    assert again.wait() == 0
    with embedded.read() as uow:
        answers = uow.audits.answers(1)
    assert answers.criterion("v1").value == G
    assert answers.criterion("v2").rationale == "half a not"


def test_the_terminal_is_as_it_was_afterwards(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Cursor shown, alternate screen left, mouse off; nothing written elsewhere.

    Textual could be told to log keys and to keep pictures of screens.
    """
    leaks = tmp_path / "leaks"
    leaks.mkdir()
    told = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(leaks / "log"),
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(leaks),
    }
    terminal = opened(environment | told)
    terminal.type("L")
    text = terminal.until(lambda text: WORDS in text)
    assert text.split() == WORDS.split()
    terminal.type("x")
    terminal.until(lambda text: "case 1 of 5" in text and "? help" in text)
    assert "▸" not in terminal.text
    terminal.type("\x1b")
    terminal.until(lambda text: "Rounds" in text)
    terminal.type("q")

    assert terminal.wait() == 0
    for left in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
        assert left in terminal.written
    assert list(leaks.iterdir()) == []


def test_without_the_mouse_the_terminal_keeps_it(environment: dict[str, str]) -> None:
    """So that its own selecting and copying work."""
    terminal = Terminal(
        "-m", "case_audit", "audit", "--no-mouse", environment=environment
    )
    terminal.until(lambda text: "case 1 of 5" in text and "? help" in text)

    assert b"\x1b[?1000h" not in terminal.written
    assert b"\x1b[?1003h" not in terminal.written
    terminal.send(signal.SIGKILL)


def test_a_crash_shows_no_case_data(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """The traceback stays, what an auditor wrote does not."""
    script = tmp_path / "crash.py"
    script.write_text(
        "from pathlib import Path\n"
        "from case_audit.tui.app import CaseAuditApp, Start\n"
        "def crash(self, desk):\n"
        "    note = 'private' + '-note'\n"
        "    raise RuntimeError(len(note))\n"
        "CaseAuditApp.show_desk = crash\n"
        f"app = CaseAuditApp(Start(url={environment['CASE_AUDIT_DB']!r},\n"
        f"    settings=Path({environment['XDG_CONFIG_HOME']!r}) / 'case-audit',\n"
        "    round_name='Spring 2026'))\n"
        "app.run()\n"
        "raise SystemExit(app.return_code)\n"
    )
    terminal = Terminal(str(script), environment=environment)

    assert terminal.wait() == 1
    assert b"RuntimeError" in terminal.written
    assert b"private-note" not in terminal.written
    after = terminal.written.partition(b"\x1b[?1049h")[2]
    for left in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l"):
        assert left in after


def test_escape_sequences_from_a_file_never_reach_the_terminal(
    environment: dict[str, str], embedded: Database
) -> None:
    """Planted behind the program's back, in the database itself."""
    path = embedded.url
    hostile = '["x\\u001b]52;c;cm0gLXJmIC8=\\u0007y"]'
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE document SET paragraphs_json = ?", (hostile,))
    terminal = opened(environment)
    terminal.type("f")
    terminal.until(lambda text: "cm0gLXJm" in text)

    assert b"]52;" in terminal.written
    assert b"\x1b]52;" not in terminal.written
    terminal.send(signal.SIGKILL)


def test_without_colour_nothing_is_lost(environment: dict[str, str]) -> None:
    """NO_COLOR: no colour codes, and the chosen grade is still marked."""
    terminal = Terminal(
        "-m", "case_audit", "audit", environment=environment | {"NO_COLOR": "1"}
    )
    terminal.until(lambda text: "case 1 of 5" in text and "? help" in text)
    terminal.type("2")
    text = terminal.until(lambda text: "Saved" in text)

    assert "▸ 2 G Good" in text
    assert b"\x1b[38;2" not in terminal.written
    assert b";48;2" not in terminal.written
    terminal.send(signal.SIGKILL)


def test_no_terminal_is_an_error_that_says_so(environment: dict[str, str]) -> None:
    terminal = Terminal("-m", "case_audit", environment=environment | {"TERM": "dumb"})

    assert terminal.wait() == 1
    assert b"The app needs a terminal" in terminal.written


def test_a_terminal_that_cannot_draw_gets_the_audit_in_words(
    environment: dict[str, str], embedded: Database
) -> None:
    """Nothing moves the cursor, and every command is one announcement."""
    terminal = Terminal(
        "-m", "case_audit", "audit", environment=environment | {"TERM": "dumb"}
    )
    terminal.until(lambda text: "Command:" in text)
    terminal.type("2 Seen alone.\r")
    terminal.until(lambda text: "Saved: v1 Good." in text)
    terminal.type("q\r")

    assert terminal.wait() == 0
    assert b"plain mode, because of TERM=dumb" in terminal.written
    assert b"\x1b" not in terminal.written
    with embedded.read() as uow:
        assert uow.audits.answers(1).criterion("v1").value == G


def test_a_window_made_smaller_and_larger_keeps_the_note(
    environment: dict[str, str], embedded: Database
) -> None:
    """As when a laptop is put into its dock in the middle of a sentence."""
    terminal = opened(environment)
    terminal.type("e")
    terminal.type("half")
    terminal.until(lambda text: "half" in text)
    for columns, rows in ((50, 15), (140, 45), (80, 24)):
        terminal.resize(columns, rows)
        terminal.until(lambda text: bool(text.strip()))
    terminal.type(" a note")
    terminal.until(lambda text: "half a note" in text)
    terminal.type("\x1b")
    terminal.until(lambda text: "Saved" in text)
    terminal.send(signal.SIGKILL)

    with embedded.read() as uow:
        assert uow.audits.answers(1).criterion("v1").rationale == "half a note"


def test_keys_write_little_to_the_terminal(environment: dict[str, str]) -> None:
    """Over a slow line to the office, what is written is what is waited for."""
    terminal = opened(environment)
    before = terminal.settled()
    terminal.type("2")
    terminal.until(lambda text: "Saved" in text)
    graded = terminal.settled() - before
    terminal.type("n")
    terminal.until(lambda text: "v2 Label of v2" in text)
    moved = terminal.settled() - before - graded
    terminal.send(signal.SIGKILL)

    assert 0 < graded <= 1024
    assert 0 < moved <= 1024
