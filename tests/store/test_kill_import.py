"""An import that fails or is killed leaves nothing of itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from returns import CIN_PLAN, HEADER, IDENTIFIERS, MARK
from tables import a_mapping

from builders import AS_AT, NOW
from case_audit.services.database import Database
from case_audit.services.import_files import Files, import_files
from case_audit.services.log import check_log

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 5_050
CHILDREN = 3_050

VICTIM = """
import sys
import time
from pathlib import Path
from builders import AS_AT, NOW
from case_audit.services.database import Database
from case_audit.services.import_files import Files, import_files

url, lists, mapping = sys.argv[1:]
def heard(progress):
    if progress.rows >= 3_000:
        print(progress.rows, flush=True)
        time.sleep(60)  # killed here, in the middle of the transaction

files = Files(lists=Path(lists), mapping=Path(mapping) if mapping else None)
import_files(Database(url), files, as_at=AS_AT, imported_by="Lee", now=NOW,
             on_progress=heard)
"""


def a_long_table(folder: Path) -> Files:
    lines = (f"{n:06},1,04/05/2018,01/12/2025,,Ash,North," for n in range(ROWS))
    path = folder / "plans.csv"
    head = "Person ID,Sex,DOB,Started,Ended,Team,Ward,Supervised"
    path.write_text("\n".join([head, *lines, ""]), "utf-8")
    return Files(lists=path, mapping=a_mapping(folder))


def a_long_census(folder: Path) -> Files:
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>SYN-{n}</LAchildID>{IDENTIFIERS}"
        "</ChildIdentifiers><CINdetails><CINreferralDate>2026-01-15"
        f"</CINreferralDate>{CIN_PLAN}</CINdetails></Child>\n"
        for n in range(CHILDREN)
    )
    path = folder / "census.xml"
    text = f"<Message>{MARK}{HEADER}<Children>\n{children}</Children></Message>"
    path.write_text(text, "utf-8")
    return Files(lists=path)


@pytest.mark.slow
@pytest.mark.parametrize("made", [a_long_table, a_long_census])
def test_a_killed_import_leaves_the_database_whole(
    tmp_path: Path, made: Callable[[Path], Files]
) -> None:
    """Nothing of it is there, and the same file can be imported at once."""
    files, url = made(tmp_path), str(tmp_path / "a.db")

    _run_and_kill(url, files)

    with closing(sqlite3.connect(url)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    database = Database(url)
    assert database.kind() == ""
    assert check_log(database).lines == 0
    second = import_files(database, files, as_at=AS_AT, imported_by="Lee", now=NOW)
    assert not second.again
    assert any(frame.units for frame in second.frames)
    assert check_log(database).broken is None
    database.close()


def _run_and_kill(url: str, files: Files) -> None:
    mapping = str(files.mapping) if files.mapping else ""
    victim = subprocess.Popen(
        [sys.executable, "-c", VICTIM, url, str(files.lists), mapping],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert victim.stdout is not None
    assert victim.stdout.readline().strip().isdecimal()
    victim.kill()
    assert victim.communicate()[0] == ""
    assert victim.returncode != 0
