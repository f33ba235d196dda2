"""Rubric files: what is read, and how an error speaks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from case_audit.errors import RubricError, UnknownRubricError
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.rubric_library import Library
from case_audit.exchange.yaml_strict import read_yaml

SHIPPED = Path(__file__).parents[2] / "rubrics"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A copy of the shipped rubrics that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "rubrics"))


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence of a text; return its line."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def error_of(shelf: Path, name: str = "child-in-need") -> RubricError:
    with pytest.raises(RubricError) as caught:
        Library((shelf,)).rubric(name)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("critical: no", "critical: maybe", "critical", "expected yes or no"),
        ("critical: no", "critica: no", "critica", "expected one of id, kind"),
        ("    asks: ", "    asked: ", "asked", "expected one of"),
        ("      good: ", "      gut: ", "gut", "expected one of outstanding, good"),
        (
            "    look_in:\n",
            "    look_in:\n      - [x]\n",
            "look_in",
            "expected a list of texts",
        ),
    ],
)
def test_an_error_names_file_line_key_and_what_was_expected(
    shelf: Path, old: str, new: str, key: str, expected: str
) -> None:
    """A practice lead who writes YAML once a year can mend it."""
    path = shelf / "modules" / "voice.yaml"
    if old not in path.read_text("utf-8"):
        pytest.fail(f"the file no longer holds {old!r}")
    line = spoil(path, old, new)

    error = error_of(shelf)

    assert error.file == "voice.yaml"
    assert error.line == line
    assert error.key.endswith(key)
    assert expected in str(error)
    assert str(error).startswith(f"voice.yaml:{line}: ")


def test_a_missing_descriptor_is_named(shelf: Path) -> None:
    """Every grade needs its own words."""
    path = shelf / "modules" / "voice.yaml"
    text = path.read_text("utf-8")
    start = text.index("      outstanding:")
    end = text.index("      good:", start)
    path.write_text(text[:start] + text[end:], "utf-8")

    error = error_of(shelf)

    assert error.key == "criteria[0].descriptors.outstanding"
    assert "the key is missing" in str(error)


def test_a_descriptor_too_long_for_the_screen_is_refused(shelf: Path) -> None:
    path = shelf / "modules" / "voice.yaml"
    spoil(
        path, "      outstanding: >-\n", "      outstanding: >-\n        " + "x " * 230
    )

    assert "at most 220 characters" in str(error_of(shelf))


def test_an_identifier_may_come_once(shelf: Path) -> None:
    """Answers are kept by identifier."""
    spoil(shelf / "modules" / "plan.yaml", "- id: p1", "- id: v1")

    assert "expected each identifier once, found v1" in str(error_of(shelf))


def test_rules_that_speak_of_unknown_grades_are_refused(shelf: Path) -> None:
    line = spoil(shelf / "rules" / "case-file.yaml", "at: inadequate", "at: awful")

    error = error_of(shelf)

    assert (error.file, error.line) == ("case-file.yaml", line)
    assert error.key == "limits[0].at"


def test_a_grades_key_is_a_digit(shelf: Path) -> None:
    """Letters are the workspace's own."""
    spoil(shelf / "scales" / "ofsted4.yaml", 'key: "1"', "key: n")

    assert "expected one of 1, 2, 3" in str(error_of(shelf))


def test_an_unknown_module_is_named_with_the_known_ones(shelf: Path) -> None:
    spoil(shelf / "child-in-need.yaml", "include: voice", "include: vice")

    with pytest.raises(UnknownRubricError) as caught:
        Library((shelf,)).rubric("child-in-need")

    assert str(caught.value) == "There is no module called 'vice'."
    assert "management-oversight" in caught.value.details[0]


def test_a_users_rubric_hides_a_shipped_one_and_is_said_to(
    shelf: Path, tmp_path: Path
) -> None:
    """Shadowing is never silent."""
    mine = tmp_path / "mine"
    (mine / "modules").mkdir(parents=True)
    shutil.copy(shelf / "modules" / "voice.yaml", mine / "modules")
    spoil(mine / "modules" / "voice.yaml", "label: ", "label: Our own ")

    library = Library((mine, shelf))

    assert library.shadowed() == ("modules/voice.yaml",)
    assert library.rubric("child-in-need").domains[0].label.startswith("Our own")
    assert Library((shelf,)).shadowed() == ()


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(RubricError, match="expected rubric, found 'scale'"):
        open_file(b"kind: scale", file="x.yaml", kind="rubric")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: 1\nb: &x 2\n", 2, "an anchor"),
        ("a: 1\nb: *x\n", 2, "an alias"),
        ("a: !!python/object:os.system x\n", 1, "a tag"),
        ("a: 1\n\na: 2\n", 3, "a again"),
        ("<<: {a: 1}\n", 1, "something else"),
        ("a: 1\n---\nb: 2\n", 2, "a second one"),
        ("", 1, "an empty file"),
        ("a: " + "[" * 30 + "]" * 30, 1, "more"),
    ],
)
def test_what_yaml_can_hide_is_refused(text: str, line: int, found: str) -> None:
    """Plain YAML and nothing else."""
    with pytest.raises(RubricError) as caught:
        read_yaml(text.encode(), file="x.yaml")

    assert caught.value.line == line
    assert f"found {found}" in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"a: [1,\n", b"a: b: c\n", b"\tx: 1", b"a: \xff\n", b"\x00"]
)
def test_broken_yaml_is_an_error_with_a_line(data: bytes) -> None:
    with pytest.raises(RubricError, match=r"x.yaml:\d+: expected"):
        read_yaml(data, file="x.yaml")


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(RubricError, match="at most 1 MB"):
        read_yaml(b"#" * 1_000_001, file="x.yaml")


def test_scalars_are_text() -> None:
    """No surprise numbers, dates or truth values."""
    node = read_yaml(b"a: 017\nb: no\nc: 2026-04-01\nd: 1:30\n", file="x.yaml")

    values = [entry.value for entry in node.entries.values()]  # type: ignore[union-attr]
    assert values == ["017", "no", "2026-04-01", "1:30"]


def test_a_rubric_hides_another_of_its_name_in_whatever_folder(
    shelf: Path, tmp_path: Path
) -> None:
    """A council's own dip sample may lie beside its rubrics, or in a folder `dip`."""
    own = tmp_path / "own"
    own.mkdir()
    text = (shelf / "dip" / "dip-voice.yaml").read_text("utf-8")
    (own / "dip-voice.yaml").write_text(text, "utf-8")

    assert Library((own, shelf)).shadowed() == ("dip-voice.yaml",)
    assert Library((shelf, own)).shadowed() == ("dip/dip-voice.yaml",)
