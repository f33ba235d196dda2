"""Rubrics are listed, found and checked."""

from __future__ import annotations

import re
from pathlib import Path

from case_audit.resources import shipped
from case_audit.services.rubric import library, list_rubrics
from case_audit.services.rubric_check import check_named

CHILD_PROTECTION = Path(str(shipped("rubrics"))) / "child-protection.yaml"


def test_the_shipped_rubrics_are_listed_with_what_fixes_them() -> None:
    """By identifier; the digest is what a round is pinned to."""
    lines, errors = list_rubrics(library())

    assert errors == []
    assert [line.rubric.id for line in lines] == sorted(
        line.rubric.id for line in lines
    )
    for line in lines:
        assert line.critical == sum(c.critical for c in line.rubric.criteria())
        assert line.criteria == len(list(line.rubric.criteria()))
        assert len(line.digest) == 64


def test_ones_own_rubric_goes_before_the_shipped_one(tmp_path: Path) -> None:
    """And it is said that it hides one."""
    text = CHILD_PROTECTION.read_text("utf-8")
    (tmp_path / CHILD_PROTECTION.name).write_text(
        re.sub(r'version: "[^"]+"', 'version: "9.9"', text, count=1), "utf-8"
    )

    shelf = library(tmp_path)

    assert shelf.rubric("child-protection").version == "9.9"
    assert shelf.shadowed() == ("child-protection.yaml",)
    assert shelf.rubric("child-in-need").version == "1.1"


def test_a_file_is_checked_where_it_lies(tmp_path: Path) -> None:
    """An error names the file, the line and the key."""
    bad = tmp_path / "mine.yaml"
    bad.write_text(
        CHILD_PROTECTION.read_text("utf-8").replace("scale: ofsted4", "scael: ofsted4"),
        "utf-8",
    )

    sound, broken = check_named(library(), [str(CHILD_PROTECTION), str(bad)])

    assert (sound.id, sound.error) == ("child-protection", None)
    assert re.match(r"mine\.yaml:\d+: ", str(broken.error))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (none,) = check_named(library(), [str(tmp_path / "none.yaml")])

    assert "none.yaml cannot be read" in str(none.error)


def test_a_broken_rubric_does_not_hide_the_others(tmp_path: Path) -> None:
    """The list says what is wrong with it, and lists the rest."""
    (tmp_path / "broken.yaml").write_text("kind: rubric\nid: broken\n", "utf-8")

    lines, (error,) = list_rubrics(library(tmp_path))

    assert "child-protection" in {line.rubric.id for line in lines}
    assert "broken.yaml" in str(error)
