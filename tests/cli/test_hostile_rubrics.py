"""Hostile rubric files and folders, tried on the program itself, with little memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("resource", reason="POSIX limits")

from hostile import IN_ITS_PLACE, complaint, limited

RUBRICS = Path(str(shipped("rubrics")))
SOUND = (RUBRICS / "child-in-need.yaml").read_text("utf-8")
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
CRITERION = """\
  - id: c{0}
    label: x
    asks: x
    benchmark: x
    critical: no
    look_in: [x]
    trap: x
    not_applicable_when: never
    source: [x]
    descriptors: {{outstanding: x, good: x, requires_improvement: x, inadequate: x}}
"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "child-in-need.yaml:1: expected plain YAML, found an anchor"),
        ("a: !!python/object/apply:os.system [id]", "found a tag"),
        ("%TAG ! tag:x,2000:\n---\na: b", "begins with %"),
        ("[" * 100_000, "at most 20 levels"),
        ("- " * 100_000, "at most 20 levels"),
        ("cohorts: [" + "x," * 1_000_000, "at most 1 MB"),
        ("cohorts:\n" + "- x\n" * 240_000, "at most 50000 entries"),
        ("x: y\n" * 2_100_000, "is larger than 10 MB"),
        (SOUND.replace("version: ", f"version: {'x' * 900_000} # "), "at most 2000"),
        (SOUND.replace("title: ", "titel: "), ":4: titel: expected one of kind, id"),
        (SOUND.replace("id: child-in-need", "id: a\nid: b"), ":3: expected each key"),
        (SOUND.replace("title: ", 'title: "\\e]0;gone\\a" # '), "hidden characters"),
        (SOUND.replace("title: ", '"\\e[2J\\n": x\ntitle: '), r"\x1b[2J\n: expected"),
        (SOUND.replace("scale: ofsted4", "scale: " + "x" * 900), "no scale called"),
        (SOUND.replace("include: voice", "include: ../../voice"), "no module called"),
        (SOUND.encode("utf-16"), "found UTF-16"),
        ("domains:\n" + CRITERION.format(0) * 3000, "expected"),
    ],
    ids=lambda value: ascii(value[:24]) if isinstance(value, str | bytes) else None,
)
def test_a_hostile_file_is_refused_in_a_few_words(
    tmp_path: Path, data: str | bytes, said: str
) -> None:
    path = tmp_path / "child-in-need.yaml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)

    ran = limited("rubric", "check", path)

    assert said in complaint(ran)
    assert ran.stdout == ""


def a_locked_file(path: Path) -> None:
    path.write_text(SOUND, "utf-8")
    path.chmod(0)


NO_FILES = [
    *IN_ITS_PLACE,
    pytest.param(
        a_locked_file,
        marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may read it"),
    ),
]


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "child-in-need.yaml"
    make(path)

    ran = limited("rubric", "check", path)

    assert ran.returncode in {1, 2}
    assert "Traceback" not in ran.stderr
    assert ran.stderr
    assert len(ran.stderr) < 1500


def test_a_files_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a\nchild-in-need.yaml is a sound rubric\x1b[2J\u202e.yaml"
    path.write_text(SOUND, "utf-8")

    ran = limited("rubric", "check", path)

    assert r"a\nchild-in-need.yaml is a sound rubric\x1b[2J\u202e" in complaint(ran)
    assert len(ran.stderr.splitlines()) == 2


def test_a_link_to_a_sound_file_is_read(tmp_path: Path) -> None:
    """An authority may keep its rubrics elsewhere and link them."""
    link = tmp_path / "child-in-need.yaml"
    link.symlink_to(RUBRICS / "child-in-need.yaml")

    ran = limited("rubric", "check", link)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "is a sound rubric" in ran.stdout
