"""Fixtures shared by all tests."""

from __future__ import annotations

import gc
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.services.database import Database

GOLDEN = Path(__file__).parent / "golden"
APP = Path(__file__).parent / "tui"
PAGES = Path(__file__).parent / "docs"
OLDEST = (3, 11)

# A loaded machine is slow; how quick something is, is measured elsewhere.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden-update``."""
    parser.addoption(
        "--golden-update", action="store_true", help="rewrite tests/golden"
    )


def pytest_collection_finish() -> None:
    """Look less often for objects in circles, of which an app is full.

    As Python ships, that takes a fifth of the time of a test that runs the app.
    """
    gc.set_threshold(20_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the app and of the pages' examples are not traced for coverage.

    Drawing makes so many calls that they would take twice as long, and what they reach
    of the method is reached by its own tests.
    """
    for item in items:
        if not {APP, PAGES}.isdisjoint(item.path.parents):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True, scope="module")
def _apps_are_let_go() -> Iterator[None]:
    """Finished apps do not pile up: Python would wait for a quarter more objects."""
    yield
    gc.collect()


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
    else:
        address = request.getfixturevalue("postgres")
        blank = request.getfixturevalue("_blank_postgres")
        opened = Database(_new_database(address, f"t{uuid4().hex}", like=blank))
    yield opened
    opened.close()


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
