"""Commands run in this process, as the door would run them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.cli import common
from case_audit.cli.main import run
from case_audit.services.database import Database
from stored import audit_case, case_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Cli = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Ran]]:
    """Run a command; every run begins without options, as a new program does."""
    umask = os.umask(0o077)

    def call(*arguments: object) -> Ran:
        for name, value in vars_of(common.Common()).items():
            monkeypatch.setattr(common.options, name, value)
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    yield call
    os.umask(umask)


def vars_of(options: common.Common) -> dict[str, Any]:
    """The options and what they are at the start."""
    return {name: getattr(options, name) for name in common.Common.__slots__}


@pytest.fixture(scope="session")
def _prepared_file(round_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test's database is a copy of: it takes half a second."""
    path = tmp_path_factory.mktemp("prepared") / "practice.db"
    shutil.copy(round_file, path)
    database = Database(str(path))
    cases = case_ids(database)
    audit_case(database, cases[0], {}, rest="good")
    audit_case(database, cases[1], {"v1": "good"}, then_submit=False)
    database.close()
    return path


@pytest.fixture
def db(_prepared_file: Path, tmp_path: Path) -> str:
    """A database with a frame of 30, a round of five, and two audits."""
    return str(shutil.copy(_prepared_file, tmp_path / "practice.db"))
