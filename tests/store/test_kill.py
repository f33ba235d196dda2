"""What the program has acknowledged survives its sudden end."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from builders import NOW
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from case_audit.services.log import check_log
from stored import a_round, case_ids, with_frame

KILLS = 30
FORK = hasattr(os, "fork")
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)

VICTIMS = """
import os, sys
from dataclasses import replace
from builders import NOW
from case_audit.services.answers import give_answer, keep_draft, typed
from case_audit.services.database import Database

url, audit = sys.argv[1], int(sys.argv[2])

def first_use(database):
    with database.read() as uow:
        return uow.audits.answers(audit)

def write():
    database = Database(url)
    first_use(database)
    print("ready", os.getpid(), flush=True)
    while True:
        with database.read() as uow:
            answer = uow.audits.answers(audit).criterion("v1")
        number = answer.revision + 1
        draft = typed("criterion", "v2", field="rationale", text=str(number))
        keep_draft(database, audit, draft, auditor="Ann", now=NOW)
        changed = replace(answer, value="good", rationale=f"{number} " + "word " * 200)
        give_answer(database, audit, changed, auditor="Ann", now=NOW)
        print(number, flush=True)

if not hasattr(os, "fork"):
    write()
warm = Database(url)
first_use(warm)  # what is loaded at first use is loaded once for all
warm.close()
for _ in sys.stdin:
    if os.fork() == 0:
        write()
    os.wait()
    print("dead", flush=True)
"""
"""Writes until it is killed. Where there is fork, the next one comes with a line of input,
and need not load everything again."""


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, int]:
    """A database and an audit in it, with nobody at it."""
    url = str(tmp_path / "a.db")
    database = Database(url)
    with_frame(database)
    a_round(database)
    audit = open_case(database, case_ids(database)[0], auditor="Ann", now=NOW).audit.id
    database.close()
    return url, audit


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(place: tuple[str, int]) -> None:
    """Killed at any moment, again and again, all that was said to be kept is there.

    In order, with the log and the file whole, and the draft no older.
    """
    url, audit = place
    chance = random.Random(4)
    acknowledged = 0

    with closing(Victims(url, audit)) as victims:
        for number in range(4 * KILLS):
            # On a busy machine some are killed before they have said anything.
            if number >= KILLS and acknowledged > KILLS:
                break
            acknowledged = max(
                acknowledged, victims.kill_one_after(chance.random() / 4)
            )
            assert _integrity(url) == "ok"

    database = Database(url)
    with database.read() as uow:
        history = uow.audits.history(audit, "criterion", "v1")
        drafts = uow.audits.drafts(audit)
    log = check_log(database)
    database.close()
    assert acknowledged > KILLS
    assert len(history) in (acknowledged, acknowledged + 1)
    assert [int(a.rationale.split()[0]) for a in history] == [
        *range(1, len(history) + 1)
    ]
    assert int(drafts[0].text) in (len(history), len(history) + 1)
    assert log.broken is None
    assert log.lines == 2 + len(history)  # the draw, the beginning, every answer


class Victims:
    """Programs that write into a database until they are killed, one at a time."""

    def __init__(self, url: str, audit: int) -> None:
        self._command = [sys.executable, "-c", VICTIMS, url, str(audit)]
        self._parent: subprocess.Popen[str] | None = None

    def kill_one_after(self, seconds: float) -> int:
        """Return the last number that it said to have kept; 0 for none."""
        parent = self._started()
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdin.write("next\n")
        parent.stdin.flush()
        ready, victim = parent.stdout.readline().split()
        assert ready == "ready"
        time.sleep(seconds)
        os.kill(int(victim), KILL)
        said = [*iter(parent.stdout.readline, "dead\n" if FORK else "")]
        return int(said[-1]) if said else 0

    def close(self) -> None:
        if self._parent is not None:
            self._parent.communicate()  # there is no next one

    def _started(self) -> subprocess.Popen[str]:
        if self._parent is None or not FORK:
            self.close()
            self._parent = subprocess.Popen(
                self._command,
                env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._parent


def _integrity(url: str) -> str:
    connection = sqlite3.connect(url)
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return str(found)
