"""Fixtures shared by all tests."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from itertools import chain, groupby, islice
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.services.database import Database

GOLDEN = Path(__file__).parent / "golden"
TESTS = Path(__file__).parent
OLDEST = (3, 11)

UNTRACED = (
    "tui/",
    "docs/",
    "rubrics/",
    "cli/test_hostile_",
    "cli/test_plan.py",
    "cli/test_rubric_",
    "core/sample/test_frequencies.py",
    "exchange/test_rubric_fuzz.py",
    "test_newcomer.py",
    "test_whole_way.py",
    # What follows reaches hardly a line that is not reached elsewhere.
    "exchange/test_extras.py",
    "reports/document/test_html.py",
    "reports/document/test_pictures.py",
    "reports/test_document.py",
    "reports/test_every_statement.py",
    "reports/test_summary.py",
    "services/test_allocation.py",
    "services/test_case_hands.py",
    "services/test_import.py",
    "services/test_log.py",
    "services/test_rubric.py",
    "services/test_sample_designs.py",
    "services/test_selfassessment.py",
    "store/test_audits.py",
    "store/test_constraints.py",
    "synthetic/test_county.py",
    "synthetic/test_guard_rails.py",
)
"""Tests of screens, of pages, of chances and of all shipped rubrics together."""

# A loaded machine is slow; how quick something is, is measured elsewhere.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

_NO_PARAMETERS = SimpleNamespace(params={})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden-update``."""
    parser.addoption(
        "--golden-update", action="store_true", help="rewrite tests/golden"
    )


def pytest_collection_finish() -> None:
    """Look less often for objects in circles, and never among those loaded so far.

    Apps are full of them. As Python ships, looking takes a fifth of the time of a
    test that runs one, and half a second once all tests are collected.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Do not trace for coverage what would take twice as long and reach nothing new.

    Tracing is by far the most of what the tests take. What is left out here runs
    like any other test; the lines it reaches are reached by quicker ones, and the
    coverage asked for is that without it. So are properties: what only one of their
    hundred examples reaches, and not in every run, needs an example worked by hand.
    """
    for item in items:
        path = item.path.relative_to(TESTS).as_posix()
        server = "postgres" in getattr(item, "callspec", _NO_PARAMETERS).params.values()
        again = server and not path.startswith("store/")
        if path.startswith(UNTRACED) or again or _is_property(item):
            item.add_marker("no_cover")
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = _slow_first(items, workers)


def _slow_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Put slow tests where each worker begins: at the end, all wait for the last one.

    With ``--dist load``, its default, xdist first gives each worker a quarter of its
    share. Tests of a module stay together, as they share what takes long to make.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = iter(item for item in items if not item.get_closest_marker("slow"))
    modules = [list(tests) for _, tests in groupby(slow, key=lambda item: item.path)]
    first = len(items) // workers // 4
    found: list[pytest.Item] = []
    for number in range(workers):
        found += chain.from_iterable(modules[number::workers])
        found += islice(quick, max(0, first * (number + 1) - len(found)))
    return [*found, *quick]


def _is_property(item: pytest.Item) -> bool:
    """Whether Hypothesis makes the examples of a test."""
    return bool(getattr(getattr(item, "function", None), "is_hypothesis_test", False))


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nobody's real settings or data are read or written by a test."""
    home = tmp_path_factory.mktemp("home")
    names = {
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "HOME": home,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in names.items():
            patch.setenv(name, str(value))
        for name in ("CASE_AUDIT_DB", "NO_COLOR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for these tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the packaged PostgreSQL server is for Linux")
    from postgres import running_server  # noqa: PLC0415

    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def _blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty embedded database, made once: its tables take longer than a copy."""
    from case_audit.services.database import Database  # noqa: PLC0415

    path = tmp_path_factory.mktemp("blank") / "audit.db"
    Database(str(path)).close()
    return path


@pytest.fixture(scope="session")
def round_file(_blank_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frame of 30 and a round of five, made once; tests take copies."""
    from case_audit.services.database import Database  # noqa: PLC0415
    from stored import a_round, with_frame  # noqa: PLC0415

    path = tmp_path_factory.mktemp("round") / "audit.db"
    made = Database(str(shutil.copy(_blank_file, path)))
    with_frame(made)
    a_round(made)
    made.close()
    return path


@pytest.fixture(scope="session")
def _blank_postgres(postgres: str) -> str:
    """The name of an empty database that new ones are copied from."""
    from case_audit.services.database import Database  # noqa: PLC0415

    address = _new_database(postgres, "blank")
    Database(address).close()
    return "blank"


@pytest.fixture(params=["embedded", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database: the embedded file, and PostgreSQL."""
    from uuid import uuid4  # noqa: PLC0415

    from case_audit.services.database import Database  # noqa: PLC0415

    if request.param == "embedded":
        blank = request.getfixturevalue("_blank_file")
        opened = Database(str(shutil.copy(blank, tmp_path / "audit.db")))
        yield opened
        opened.close()
        return
    address = request.getfixturevalue("postgres")
    blank = request.getfixturevalue("_blank_postgres")
    name = f"t{uuid4().hex}"
    opened = Database(_new_database(address, name, like=blank))
    yield opened
    opened.close()
    _drop_database(address, name)


@pytest.fixture
def embedded(_blank_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty embedded database."""
    from case_audit.services.database import Database  # noqa: PLC0415

    opened = Database(str(shutil.copy(_blank_file, tmp_path / "audit.db")))
    yield opened
    opened.close()


def _new_database(url: str, name: str, *, like: str = "template1") -> str:
    """Make a database of a PostgreSQL server; returns its address."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    head, _, options = url.partition("?")
    address = f"{head.rsplit('/', 1)[0]}/{name}"
    address = address.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{address}?{options}" if options else address


def _drop_database(url: str, name: str) -> None:
    """Take a test's database away: hundreds would fill a small disk."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Compare text with ``tests/golden/<test module>/<test>.txt``.

    Plain text, so that a reviewer reads the change in the diff.
    """
    path = GOLDEN / request.path.stem / f"{request.node.name}.txt"

    def check(text: str) -> None:
        if request.config.getoption("--golden-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return check
