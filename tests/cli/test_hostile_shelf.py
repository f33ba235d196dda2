"""Hostile files in a user's folder of rubrics.

Each attack and each thing that is no file is tried once on the program itself, under
limits, in place of a rubric. Against the other kinds of file the same command runs in
this process: what it says is the same, and no program has to be started.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from case_audit.resources import shipped

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from cli.conftest import Cli, Ran

pytestmark = pytest.mark.slow
pytest.importorskip("resource", reason="POSIX limits")

from hostile import (  # noqa: E402 - needs limits
    IN_ITS_PLACE,
    a_folder,
    complaint,
    limited,
    limits_here,
)

RUBRICS = Path(str(shipped("rubrics")))
LONGEST = 20_000
"""Characters: a line for each rubric that is refused."""
KINDS = {
    "rubric": "child-in-need.yaml",
    "module": "modules/voice.yaml",
    "scale": "scales/ofsted4.yaml",
    "rules": "rules/case-file.yaml",
    "framework": "frameworks/ilacs-2026-04.yaml",
}
OTHERS = {kind: file for kind, file in KINDS.items() if kind != "rubric"}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A copy of the shipped rubrics: one of them, and all that it needs."""
    folder = Path(shutil.copytree(RUBRICS, tmp_path / "rubrics"))
    for path in folder.glob("*.yaml"):
        if path.name != KINDS["rubric"]:
            path.unlink()
    return folder


def listed(shelf: Path) -> subprocess.CompletedProcess[str]:
    """List the rubrics of a folder with limits that must not be reached."""
    return limited("rubric", "list", "--rubrics", shelf)


@pytest.fixture
def listed_here(cli: Cli) -> Callable[[Path], Ran]:
    """The same in this process, which has the same limits meanwhile."""

    def listing(shelf: Path) -> Ran:
        with limits_here():
            return cli("rubric", "list", "--rubrics", shelf)

    return listing


NO_FILE = "it is not there, or is no plain file"


@pytest.mark.parametrize("make", IN_ITS_PLACE)
def test_what_is_no_file_is_said_and_not_waited_for(
    shelf: Path, make: Callable[[Path], None]
) -> None:
    file = shelf / KINDS["rubric"]
    file.unlink()
    make(file)

    assert NO_FILE in complaint(listed(shelf), longest=LONGEST)


@pytest.mark.parametrize("file", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("make", IN_ITS_PLACE)
def test_nor_is_it_in_place_of_any_other_kind(
    shelf: Path,
    file: str,
    make: Callable[[Path], None],
    listed_here: Callable[[Path], Ran],
) -> None:
    (shelf / file).unlink()
    make(shelf / file)

    assert NO_FILE in complaint(listed_here(shelf), longest=LONGEST)


ATTACKS = {
    "laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "an anchor"),
    "object": ("a: !!python/object/apply:os.system [id]\n", "a tag"),
    "deep": ("[" * 100_000, "at most 20 levels"),
    "many": ("- x\n" * 240_000, "at most 50000 entries"),
    "large": ("x: y\n" * 250_000, "it is larger than 1 MB"),
    "escape": ('kind: "\\e[2J"\n', "without hidden characters"),
    "norway": ("no: no\n", "kind: expected a text, found nothing"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_rubric_is_named_and_costs_little(shelf: Path, attack: str) -> None:
    data, said = ATTACKS[attack]
    (shelf / KINDS["rubric"]).write_text(data, "utf-8")

    assert said in complaint(listed(shelf), longest=LONGEST)


@pytest.mark.parametrize("file", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_every_kind_of_file_is_read_with_the_same_care(
    shelf: Path, file: str, attack: str, listed_here: Callable[[Path], Ran]
) -> None:
    data, said = ATTACKS[attack]
    (shelf / file).write_text(data, "utf-8")

    assert said in complaint(listed_here(shelf), longest=LONGEST)


@pytest.mark.parametrize("file", [KINDS["rubric"]])
def test_one_bad_rubric_does_not_hide_the_others(shelf: Path, file: str) -> None:
    shutil.copy(RUBRICS / "early-help.yaml", shelf)
    (shelf / file).unlink()
    a_folder(shelf / file)

    assert "early-help" in listed(shelf).stdout


CRITERION = """\
  - id: c{0}
    label: x
    asks: x
    benchmark: x
    critical: no
    each_agency: {1}
    look_in: [x]
    trap: x
    not_applicable_when: never
    source: [x]
    descriptors: {{outstanding: x, good: x, requires_improvement: x, inadequate: x}}
"""
HEAD = "kind: module\nid: voice\nversion: 1\nlabel: x\ncriteria:\n"


def test_a_large_module_is_not_included_again_and_again(shelf: Path) -> None:
    """Five hundred times the largest module would be a quarter of a million."""
    module = HEAD + "".join(CRITERION.format(n, "no") for n in range(500))
    (shelf / KINDS["module"]).write_text(module, "utf-8")
    rubric = (shelf / KINDS["rubric"]).read_text("utf-8").partition("domains:")[0]
    included = "domains:\n" + "  - include: voice\n" * 500
    (shelf / KINDS["rubric"]).write_text(rubric + included, "utf-8")

    assert "expected each identifier once, found voice" in complaint(
        listed(shelf), longest=LONGEST
    )


def test_agencies_do_not_multiply_without_end(shelf: Path) -> None:
    module = HEAD + "".join(CRITERION.format(n, "yes") for n in range(500))
    (shelf / KINDS["module"]).write_text(module, "utf-8")
    agencies = ", ".join(f"{{id: a{n}, label: x}}" for n in range(500))
    rubric = (shelf / KINDS["rubric"]).read_text("utf-8").partition("domains:")[0]
    included = f"agencies: [{agencies}]\ndomains:\n  - include: voice\n"
    (shelf / KINDS["rubric"]).write_text(rubric + included, "utf-8")

    assert "agencies: expected at most 12, found 500" in complaint(
        listed(shelf), longest=LONGEST
    )


def test_a_hostile_name_is_shown_and_not_obeyed(shelf: Path) -> None:
    (shelf / "a\nb\x1b[2J.yaml").write_text("kind: rubric\n", "utf-8")

    assert r"a\nb\x1b[2J.yaml:1: framework: expected" in complaint(
        listed(shelf), longest=LONGEST
    )


def test_a_name_cannot_lead_out_of_the_folder(shelf: Path) -> None:
    (shelf.parent / "secret.yaml").write_text("kind: module\n", "utf-8")
    path = shelf / KINDS["rubric"]
    spoilt = path.read_text("utf-8").replace("include: voice", "include: ../../secret")
    path.write_text(spoilt, "utf-8")

    assert "There is no module called '../../secret'" in complaint(
        listed(shelf), longest=LONGEST
    )
