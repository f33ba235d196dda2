"""Fixtures shared by all tests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.services.database import Database

GOLDEN = Path(__file__).parent / "golden"
OLDEST = (3, 11)

# A loaded machine is slow; how quick something is, is measured elsewhere.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden-update``."""
    parser.addoption(
        "--golden-update", action="store_true", help="rewrite tests/golden"
    )


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


@pytest.fixture(params=["embedded", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database: the embedded file, and PostgreSQL."""
    from case_audit.services.database import Database  # noqa: PLC0415

    if request.param == "embedded":
        opened = Database(str(tmp_path / "audit.db"))
    else:
        opened = Database(_empty_database(request.getfixturevalue("postgres")))
    yield opened
    opened.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Database]:
    """An empty embedded database."""
    from case_audit.services.database import Database  # noqa: PLC0415

    opened = Database(str(tmp_path / "audit.db"))
    yield opened
    opened.close()


def _empty_database(url: str) -> str:
    from uuid import uuid4  # noqa: PLC0415

    import psycopg  # noqa: PLC0415

    name = f"t{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
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
