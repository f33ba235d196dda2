"""What the program has acknowledged survives its sudden end."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import NOW
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from case_audit.services.log import check_log
from stored import a_round, case_ids, with_frame

KILLS = 30

VICTIM = """
import sys
from dataclasses import replace
from builders import NOW
from case_audit.services.answers import give_answer, keep_draft, typed
from case_audit.services.database import Database

database, audit = Database(sys.argv[1]), int(sys.argv[2])
with database.read() as uow:  # what is loaded at first use is loaded now
    uow.audits.answers(audit)
print("ready", flush=True)
while True:
    with database.read() as uow:
        answer = uow.audits.answers(audit).criterion("v1")
    number = answer.revision + 1
    draft = typed("criterion", "v2", field="rationale", text=str(number))
    keep_draft(database, audit, draft, auditor="Ann", now=NOW)
    changed = replace(answer, value="good", rationale=f"{number} " + "word " * 200)
    give_answer(database, audit, changed, auditor="Ann", now=NOW)
    print(number, flush=True)
"""


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

    for number in range(4 * KILLS):
        # On a busy machine some are killed before they have said anything.
        if number >= KILLS and acknowledged > KILLS:
            break
        acknowledged = max(acknowledged, _run_and_kill(url, audit, chance.random() / 4))
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


def _run_and_kill(url: str, audit: int, seconds: float) -> int:
    victim = subprocess.Popen(
        [sys.executable, "-c", VICTIM, url, str(audit)],
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert victim.stdout is not None
    assert victim.stdout.readline() == "ready\n"
    time.sleep(seconds)
    victim.kill()
    said = victim.communicate()[0].splitlines()
    return int(said[-1]) if said else 0


def _integrity(url: str) -> str:
    connection = sqlite3.connect(url)
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return str(found)
