"""The program as a process: what it loads, and how it ends when it is ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from workbooks import a_workbook, on_plans

from builders import AS_AT, SEED, units
from case_audit import __version__
from case_audit.core.frame.model import Frame
from case_audit.services.database import Database
from case_audit.services.frame import list_frames
from case_audit.services.log import check_log
from stored import a_round, keep_frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "alembic", "faker", "yaml", "xlsxwriter")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and pipes")

LOADED = """
import json, sys
from case_audit.__main__ import main
sys.argv = ["case-audit", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
sys.stderr.write(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Programs begun here can be interrupted.

    Tests that a shell runs in the background ignore SIGINT, and so would the
    program, for it inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def case_audit(
    *arguments: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program on its own."""
    return subprocess.run(
        [sys.executable, "-m", "case_audit", *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def loaded(*arguments: str) -> set[str]:
    """Return the packages that a command imports."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("draw", "--help"),
        ("summary", "--help"),
        ("stats", "interval", "--help"),
    ],
)
def test_help_and_version_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Asking for help must be instant; measured in imports, which do not waver."""
    assert loaded(*arguments).isdisjoint(HEAVY)


def test_each_command_loads_what_it_needs(db: str) -> None:
    """The summary needs no app and no inventor of names; arithmetic no database."""
    summary = loaded("summary", "--db", db, "--quiet")
    arithmetic = loaded(
        *("stats", "interval", "--population", "300", "--sample", "30", "--hits", "18")
    )

    assert "sqlmodel" in summary
    assert summary.isdisjoint({"textual", "faker", "xlsxwriter", "python_calamine"})
    assert arithmetic.isdisjoint(HEAVY)


def test_the_version_is_that_of_the_package() -> None:
    for arguments in (("--version",), ("round", "--version")):
        ran = case_audit(*arguments)

        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.decode().strip() == f"case-audit {__version__}"


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("rubric", "show", "child-protection"),
        ("frame", "export", "cp"),
        ("summary", "--json"),
    ],
)
def test_a_reader_that_goes_away_is_no_error(
    large: str, arguments: tuple[str, ...]
) -> None:
    """`case-audit ... | head -1` says nothing on standard error."""
    program = subprocess.Popen(
        [sys.executable, "-m", "case_audit", *arguments, "--db", large],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.read(1)
    program.stdout.close()

    said = program.stderr.read()

    program.stderr.close()
    assert said == b""
    assert program.wait(30) in (0, 141)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database whose frame, written out, fills any pipe several times."""
    url = str(tmp_path_factory.mktemp("large") / "large.db")
    database = Database(url)
    keep_frame(database, Frame(cohort="cp", as_at=AS_AT, units=units(6_000)))
    a_round(database)
    database.close()
    return url


@pytest.mark.slow
@posix
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_during_an_import_keeps_nothing_half_done(tmp_path: Path) -> None:
    """It ends with 130 and one sentence; the database is as it was."""
    units = [f"C{i:06}" for i in range(30_000)]
    book = a_workbook(tmp_path / "a.xlsx", on_plans(*units))
    db = str(tmp_path / "a.db")
    Database(db).close()
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "case_audit", "import", str(book)),
            *("--as-at", "2026-03-31", "--db", db),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    while "rows" not in program.stderr.readline():
        assert program.poll() is None
    program.send_signal(signal.SIGINT)

    out, err = program.communicate(timeout=60)

    assert program.returncode == 130
    assert "Traceback" not in err
    assert "Stopped" in err
    assert out == ""
    database = Database(db)
    assert (database.kind(), list_frames(database)) == ("", [])
    assert check_log(database).lines == 0
    database.close()


STOPPED = """
import signal, sys
from case_audit.__main__ import main

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "case_audit.cli.main":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Stop())
sys.argv = ["case-audit", "round", "list"]
main()
"""


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_the_program_is_being_read_is_no_crash() -> None:
    """In the first second, before any command has begun."""
    ran = subprocess.run(
        [sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr == "Stopped. Nothing half-done was kept.\n"


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("summary",),
        ("summary", "--format", "md"),
        ("summary", "--json"),
        ("round", "list", "--json"),
        ("rubric", "show", "child-protection"),
        ("rubric", "show", "child-protection", "--json"),
        (
            "draw",
            "--cohort",
            "cp",
            "--size",
            "2",
            "--name",
            "Frühling",
            "--json",
            "--reason",
            "again",
        ),
        ("round", "show", "Frühling"),
    ],
)
def test_a_locale_without_umlauts_ends_nothing(
    db: str, arguments: tuple[str, ...]
) -> None:
    """A server's cron, an old terminal: the result is the same, or nearly."""
    ran = case_audit(*arguments, "--db", db, **C_LOCALE)

    assert b"Traceback" not in ran.stderr
    assert ran.returncode == (1 if arguments[-1] == "Frühling" else 0)
    if "Frühling" in arguments:
        assert "Frühling" in (ran.stdout + ran.stderr).decode()
    if "--json" in arguments:
        assert json.loads(ran.stdout)


@posix
@pytest.mark.parametrize("option", ["--name", "--seed", "--witnesses", "--cohort"])
def test_bytes_that_are_no_text_end_nothing(db: str, option: str) -> None:
    """Pasted from somewhere; shown as something, never a traceback."""
    arguments: list[str | bytes] = [
        *(
            "draw",
            "--cohort",
            "cp",
            "--size",
            "2",
            "--seed",
            SEED[:20],
            "--db",
            db,
            "--reason",
            "again",
        ),
        *(option, b"a\xff" + b"b" * 30),
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "case_audit", *arguments],
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in ran.stderr
    # Witnesses need two names: one that is none is wrong usage.
    assert ran.returncode in ((2,) if option == "--witnesses" else (0, 1))


@pytest.mark.slow
def test_an_unwritable_place_is_one_clear_message(tmp_path: Path) -> None:
    """A file where a folder should be; the message names the path."""
    (tmp_path / "file").touch()

    for arguments in (
        ("demo", "--no-app", "--db", str(tmp_path / "file" / "p.db")),
        ("synth", "make", str(tmp_path / "file"), "--children", "12"),
        ("import", str(tmp_path), "--db", str(tmp_path / "a.db")),
        (
            "draw",
            "--cohort",
            "cp",
            "--size",
            "2",
            "--reason",
            "again",
            "--db",
            str(tmp_path),
        ),
    ):
        ran = case_audit(*arguments)

        assert ran.returncode in (1, 2)
        assert b"Traceback" not in ran.stderr
        # An import says the name of what it was given, the others where it lies.
        told = tmp_path.name if arguments[0] == "import" else str(tmp_path)
        assert told.encode() in ran.stderr.replace(b"\n", b"")


@pytest.mark.slow
def test_nothing_is_left_beside_the_database(db: str) -> None:
    """One file to back up: what a command wrote is in it when it ends."""
    case_audit("draw", "--cohort", "cp", "--size", "2", "--reason", "again", "--db", db)
    time.sleep(0.1)

    here = os.path.dirname(db)  # noqa: PTH120
    assert [name for name in os.listdir(here) if "practice.db" in name] == [  # noqa: PTH208
        "practice.db"
    ]
