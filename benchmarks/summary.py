"""What a summary of a million answers takes, against counting them by SQL.

Run: ``python -m benchmarks.summary --answers 1000000 --rounds 5``. Makes an embedded
database of invented audits in a temporary folder: about a gigabyte, some minutes.

The floor is what anybody would write without kept counts: the answers, the latest
revision of each, their audits and their cases joined, and grouped by criterion,
stratum and value. It runs on the same rows in the same process, by turns.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.measure import (
    PASS,
    PROGRAM,
    Line,
    conditions,
    home,
    interleave,
    part,
    run,
    table,
)
from benchmarks.practice import audit_all, make_practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLAIN: Final = """
SELECT w.subject, c.stratum, w.value, count(*)
FROM answer w
JOIN (SELECT audit_id, part, subject, max(revision) AS revision
      FROM answer GROUP BY audit_id, part, subject) newest
  ON newest.audit_id = w.audit_id AND newest.part = w.part
 AND newest.subject = w.subject AND newest.revision = w.revision
JOIN audit a ON a.id = w.audit_id
JOIN round_case c ON c.id = a.case_id
WHERE c.round_id = 1 AND c.state IN ('drawn', 'reserve used')
  AND a.role = 'first' AND a.state = 'submitted' AND w.part = 'criterion'
GROUP BY w.subject, c.stratum, w.value
"""
TEAMS: Final = 5
SPARE: Final = 5
"""Cases of the frame for each that was drawn."""
REVISED: Final = 20
"""Every so many answers one was changed once."""
SEEN: Final = (
    "The plan of 3 May names who does what by when, in words that the parents use "
    "themselves, and the visit of 12 May shows that it was gone through with them."
)
WHERE: Final = "Plan of 3 May, page 2; visit of 12 May, second paragraph"
ADDED: Final = (
    "INSERT INTO answer (id, audit_id, part, subject, revision, value, rationale, "
    "evidence, flagged, step, act, auditor, at_utc) VALUES "
    "(?, ?, 'criterion', ?, ?, ?, ?, ?, 0, ?, 'change', 'Benchmark', "
    "'2026-04-01T09:00:00Z')"
)


def make_audits(path: Path, answers: int) -> int:
    """Put as many answers as asked for into the practice round; returns the cases."""
    make_practice(path)
    audit_all(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=0")
        asked = [
            subject
            for (subject,) in connection.execute(
                "SELECT DISTINCT subject FROM answer WHERE part = 'criterion'"
            )
        ]
        grades = [
            value
            for (value,) in connection.execute(
                "SELECT DISTINCT value FROM answer WHERE part = 'criterion'"
            )
        ]
        kept = [
            computed
            for (computed,) in connection.execute("SELECT computed_json FROM audit")
        ]
        cases = answers // len(asked)
        _draw(connection, cases)
        connection.execute("DELETE FROM answer")
        connection.execute("DELETE FROM audit")
        connection.executemany(
            "INSERT INTO audit (id, case_id, role, state, auditor, started_utc, "
            "submitted_utc, place, computed_json) "
            "VALUES (?, ?, 'first', 'submitted', ?, 'then', 'now', '', ?)",
            (
                (case, case, f"Auditor {case % 40}", kept[case % len(kept)])
                for case in range(1, cases + 1)
            ),
        )
        connection.executemany(ADDED, _answers(cases, asked, grades))
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
    return cases


def _draw(connection: sqlite3.Connection, cases: int) -> None:
    """Let the round have that many cases, and its record say so."""
    ((text,),) = connection.execute("SELECT manifest_json FROM round")
    plain = json.loads(text)
    units = [
        {
            "unit": f"U{number:07}",
            "stratum": f"Team {number % TEAMS}",
            "prn": number * 2**40,
            "rank": number,
        }
        for number in range(1, cases + 1)
    ]
    sizes = {f"Team {team}": 0 for team in range(TEAMS)}
    for unit in units:
        sizes[str(unit["stratum"])] += 1
    plain |= {
        "drawn": units,
        "reserves": [],
        "strata": [
            {"name": name, "population": SPARE * size, "drawn": size}
            for name, size in sizes.items()
        ],
    }
    plain["design"] |= {"kind": "stratified", "strata": ["team"], "size": cases}
    connection.execute("UPDATE round SET manifest_json = ?", (json.dumps(plain),))
    connection.execute("DELETE FROM answer")
    connection.execute("DELETE FROM draft")
    connection.execute("DELETE FROM audit")
    connection.execute("DELETE FROM round_case")
    connection.executemany(
        "INSERT INTO round_case (id, round_id, number, unit, stratum) "
        "VALUES (?, 1, ?, ?, ?)",
        (
            (number, number, unit["unit"], unit["stratum"])
            for number, unit in enumerate(units, start=1)
        ),
    )


def _answers(
    cases: int, asked: list[str], grades: list[str]
) -> Iterator[tuple[object, ...]]:
    """Yield an answer to every criterion of every case, some of them changed once."""
    chance = Random(6)
    values = [*grades, "not_evidenced"]
    weights = {
        subject: [chance.uniform(0.5, 4) for _ in grades] + [0.2] for subject in asked
    }
    number = 0
    for case in range(1, cases + 1):
        for step, subject in enumerate(asked, start=1):
            number += 1
            (value,) = chance.choices(values, weights[subject])
            yield (f"{number:032x}", case, subject, 1, value, SEEN, WHERE, step)
            if number % REVISED == 0:
                again = (f"{-number % 2**128:032x}", case, subject, 2)
                yield (*again, value, SEEN, WHERE, len(asked) + step)


def used(work: Callable[[], object]) -> float:
    """Return the processor time that something takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def plain(path: Path) -> int:
    """Count the answers by SQL alone; returns how many rows that gives."""
    with closing(sqlite3.connect(path)) as connection:
        return len(connection.execute(PLAIN).fetchall())


def summaries(path: Path, *, rounds: int) -> str:
    """Return the table."""
    from case_audit.reports.summary_text import summary_text
    from case_audit.services.database import Database
    from case_audit.services.selfassessment import summarise

    database = Database(str(path))

    def ours() -> None:
        summary_text(summarise(database))

    first = used(ours)
    found = interleave(
        {
            "plain": partial(used, partial(plain, path)),
            "ours": partial(used, ours),
        },
        rounds=rounds,
    )
    database.close()
    floor = found["plain"]
    return table(
        [
            Line(what="join and group by over the answers", values=floor, floor=floor),
            Line(
                what="summary and its text, from kept counts",
                values=found["ours"],
                floor=floor,
                goal=0.05,
            ),
            Line(
                what="the first one, that counts every audit (once)",
                values=[first],
                floor=[min(floor)],
            ),
        ]
    )


def processes(path: Path, folder: Path, *, rounds: int) -> str:
    """Return the table of whole programs and what memory they took."""
    environment = {**home(folder), "CASE_AUDIT_DB": str(path)}
    measured = part("summarise", str(path))
    found = interleave(
        {
            "pass": partial(run, PASS, environment=environment),
            "whole": partial(run, (*PROGRAM, "summary"), environment=environment),
            "peak": partial(run, measured, environment=environment),
        },
        rounds=rounds,
    )
    floor = [one.seconds for one in found["pass"]]
    peaks = sorted(float(one.printed or "nan") for one in found["peak"])

    def line(what: str, name: str, beside: str) -> Line:
        values = [one.seconds for one in found[name]]
        return Line(what=what, values=values, floor=floor, beside=(beside,))

    return table(
        [
            line("`python -c pass` (floor)", "pass", ""),
            line("`case-audit summary`", "whole", ""),
            line(
                "opening the database, `summarise` and its text",
                "peak",
                f"{peaks[len(peaks) // 2]:.0f} ({peaks[0]:.0f}-{peaks[-1]:.0f})",
            ),
        ],
        beside=("peak MiB",),
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "audit.db"
        cases = make_audits(path, options.answers)
        size = path.stat().st_size / 2**20
        print(
            f"{options.answers:,} answers, {cases:,} audited cases in {TEAMS} strata, "
            f"{size:,.0f} MiB. {conditions(rounds=options.rounds)}\n",
            flush=True,
        )
        print(summaries(path, rounds=options.rounds), flush=True)
        print(f"\n{processes(path, Path(name), rounds=options.rounds)}")


if __name__ == "__main__":
    main()
