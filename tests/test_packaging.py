"""What ships."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from case_audit.resources import shipped

if TYPE_CHECKING:
    from importlib.metadata import Distribution

TOP = Path(__file__).parents[1]
BIN = "Scripts" if sys.platform == "win32" else "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a person without our environment would."""
    plain = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV", "COV_", "COVERAGE"))
    }
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    run(*build, cwd=TOP)
    (built,) = folder.glob("*.whl")
    return built


def test_rubrics_and_fixtures_are_found() -> None:
    """In a checkout as in an installed wheel."""
    assert (shipped("rubrics") / "child-in-need.yaml").is_file()
    assert (shipped("fixtures") / "borrowmere-12" / "annex_a.xlsx").is_file()


@pytest.mark.slow
def test_the_wheel_holds_what_git_holds_and_nothing_more(wheel: Path) -> None:
    """A stray file in fixtures/ could be real children's data."""
    listed = run("git", "ls-files", "rubrics", "fixtures", cwd=TOP)

    prefix = "case_audit/_bundled/"
    inside = {n.removeprefix(prefix) for n in ZipFile(wheel).namelist() if prefix in n}

    assert inside == set(listed.splitlines())


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Installed without development tools, it goes the way of a case."""
    uv = (sys.executable, "-m", "uv")
    venv = tmp_path / "venv"
    run(*uv, "venv", "--quiet", "--python", sys.executable, venv, cwd=tmp_path)
    python = venv / BIN / "python"
    install = (*uv, "pip", "install", "--quiet", "--python", python)
    run(
        *install,
        *("--require-hashes", "-r", TOP / "requirements" / "run.txt"),
        cwd=tmp_path,
    )
    run(*install, "--no-deps", wheel, cwd=tmp_path)
    program = venv / BIN / "case-audit"

    rubrics = json.loads(run(program, "rubric", "list", "--json", cwd=tmp_path))
    run(program, "synth", "make", "county", "--children", "40", cwd=tmp_path)
    run(program, "import", "county", "--db", "p.db", cwd=tmp_path)
    run(
        program,
        "draw",
        "-c",
        "cp",
        "-n",
        "5",
        "--db",
        "p.db",
        "-o",
        "m.json",
        cwd=tmp_path,
    )
    verified = run(program, "verify", "m.json", "--db", "p.db", cwd=tmp_path)
    summary = json.loads(
        run(program, "summary", "--json", "--db", "p.db", cwd=tmp_path)
    )

    assert {r["id"] for r in rubrics} >= {
        "child-in-need",
        "child-protection",
        "children-in-care",
    }
    assert verified.startswith("The manifest is true")
    assert summary["drawn"] == 5


@pytest.mark.parametrize("name", ["run", "dev"])
def test_extras_that_packages_ask_for_are_pinned_with_them(name: str) -> None:
    """The pip that comes with Python 3.11 takes ``x[y]`` for another, unpinned x."""
    text = (TOP / "requirements" / f"{name}.txt").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)(?:\[([\w,.-]+)\])?==", text, flags=re.MULTILINE)
    here = {
        canonicalize_name(package): set(extras.split(",")) for package, extras in pinned
    }
    asked = [
        (canonicalize_name(wanted.name), wanted.extras)
        for package in here
        if (found := _installed(package)) is not None
        for wanted in map(Requirement, found.requires or ())
        if wanted.extras
        and (wanted.marker is None or wanted.marker.evaluate({"extra": ""}))
    ]

    assert asked
    assert {n: extras - here[n] for n, extras in asked if extras - here[n]} == {}


def _installed(package: str) -> Distribution | None:
    try:
        return distribution(package)
    except PackageNotFoundError:  # of another platform
        return None
