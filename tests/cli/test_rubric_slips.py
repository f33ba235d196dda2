"""What people get wrong with a rubric of their own, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]


@pytest.fixture
def folder(cli: Cli, tmp_path: Path) -> Path:
    """A folder with one sound rubric of one's own."""
    there = tmp_path / "look"
    there.mkdir()
    file = there / "our-look.yaml"
    made = cli("rubric", "new", "our-look", "-c", "cic", "--criteria", 3, "-o", file)
    assert made.code == 0
    return there


def spoilt(folder: Path, old: str, new: str) -> Path:
    """Return the rubric with one slip in it."""
    file = folder / "our-look.yaml"
    text = file.read_text("utf-8")
    assert old in text, f"the rubric no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.mark.parametrize("name", ["our look.yaml", "our-look.yml", "our-look.yaml.txt"])
def test_a_file_of_another_name_is_told_to_be_renamed(
    cli: Cli, folder: Path, name: str
) -> None:
    file = (folder / "our-look.yaml").rename(folder / name)

    ran = cli("rubric", "check", file)

    assert ran.code == 1
    assert f"expected a file called our-look.yaml, as its id, found {name}" in ran.err
    assert "Rename the file" in ran.err


@pytest.mark.parametrize("name", ["our-look.yml", "our-look.yaml.txt"])
def test_a_file_with_another_ending_is_seen_in_its_folder(
    cli: Cli, folder: Path, name: str
) -> None:
    (folder / "our-look.yaml").rename(folder / name)

    ran = cli("rubric", "show", "our-look", "--rubrics", folder)

    assert ran.code == 1
    assert f"There is {name}: let its name end in .yaml" in ran.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("our-lok", "Did you mean our-look?"),
        ("our-look.yaml", "Did you mean our-look?"),
        ("dip/dip-voice", "Did you mean dip-voice?"),
        ("Our-Look", "Did you mean our-look?"),
        ("elsewhere/winter.yaml", "named apart: winter --rubrics DIR"),
        ("trainer", "Did you mean trainer-mini?"),
        ("dip", "--rubrics DIR adds a folder of your own"),
        ("winter", "--rubrics DIR adds a folder of your own"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_what_was_meant(
    cli: Cli, folder: Path, typed: str, said: str
) -> None:
    (folder / ".editor.yaml").write_text("a: b\n", "utf-8")

    ran = cli("rubric", "show", typed, "--rubrics", folder)

    assert ran.code == 1
    assert said in ran.err
    known = ran.err.split("Known: ")[1]
    assert ".editor" not in known
    assert "usual" not in known


@pytest.mark.slow
def test_hidden_files_of_other_programs_are_left_alone(cli: Cli, folder: Path) -> None:
    (folder / ".editor.yaml").write_text("a: [", "utf-8")

    assert cli("rubric", "list", "--rubrics", folder).code == 0
    assert cli("rubric", "check", "--rubrics", folder).code == 0


def test_a_copy_in_some_folder_is_not_what_a_name_stands_for(
    cli: Cli, folder: Path
) -> None:
    """A draw reads the folder itself and ``dip``; so does a check by name."""
    (folder / "backup").mkdir()
    (folder / "backup" / "our-look.yaml").write_text("kind: rubric\n", "utf-8")

    assert cli("rubric", "check", "our-look", "--rubrics", folder).code == 0


@pytest.mark.parametrize(
    ("old", "new", "said", "hint"),
    [
        ("critical: no", "critcal: no", "found 'critcal'", "Did you mean critical?"),
        (
            "        inadequate_if:",
            "        inadequate if:",
            "found 'inadequate if'",
            "Did you mean inadequate_if?",
        ),
        (
            "the plan and its reviews",
            "the plan: its reviews",
            "found a colon after a word",
            "in quotation marks",
        ),
        ("not_applicable_when: never", "not_applicable_when:", "found nothing", ""),
        ("cohorts: [cic]", "cohorts: cic", "found one text", "a dash and a space"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_write(
    cli: Cli, folder: Path, old: str, new: str, said: str, hint: str
) -> None:
    file = spoilt(folder, old, new)
    line = file.read_text("utf-8").split(new)[0].count("\n") + 1
    line += len(new) - len(new.lstrip("\n"))

    ran = cli("rubric", "check", file)

    assert ran.code == 1
    assert f"our-look.yaml:{line}: " in ran.err
    assert said in ran.err
    assert hint in ran.err


@pytest.mark.parametrize("kind", ["rules", "scale"])
def test_what_a_rubric_refers_to_is_checked_with_it(
    cli: Cli, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(f"kind: {kind}\nid: ours\n", "utf-8")

    ran = cli("rubric", "check", file)

    assert ran.code == 1
    assert "Check a rubric that names it" in ran.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "label: What was agreed was done",
            "label: \u201cWhat was agreed\u201d",
            "x1 label: stands between \u201c and \u201d, which become part of it.",
        ),
        (
            "title: Our look",
            "title: \u2018Our look\u2019",
            "title: stands between \u2018 and \u2019, which become part of it.",
        ),
        (
            "label: Criterion 2",
            "label: Criterion #2",
            'x2 label: ends before "#2", which is not read.',
        ),
    ],
)
def test_what_an_editor_does_to_a_text_is_a_finding(
    cli: Cli, folder: Path, old: str, new: str, said: str
) -> None:
    """The file can be used, but not as it was meant."""
    file = spoilt(folder, old, new)
    line = file.read_text("utf-8").split(new)[0].count("\n") + 1

    ran = cli("rubric", "check", file)

    assert ran.code == 0
    assert f"{file}:{line}: {said}" in ran.out


def test_quoted_words_within_a_text_are_no_finding(cli: Cli, folder: Path) -> None:
    file = spoilt(
        folder, "title: Our look", "title: \u201cAgreed\u201d and \u201cdone\u201d"
    )

    assert "stands between" not in cli("rubric", "check", file).out


def test_a_criterion_that_waits_to_be_filled_in_is_found_by_its_benchmark(
    cli: Cli, folder: Path
) -> None:
    """Its question is its own from the start; what good looks like is not."""
    file = folder / "our-look.yaml"
    lines = file.read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if "- id: x2" in line)
    line = next(i for i, text in enumerate(lines[at:], at) if "benchmark:" in text)

    ran = cli("rubric", "check", file)

    assert f"{file}:{line + 1}: x2: has the benchmark of x1." in ran.out
    assert "Criterion 2 in the agreed time" not in "\n".join(lines)


def test_a_file_saved_by_a_word_processor_is_told_how_to_save(
    cli: Cli, folder: Path
) -> None:
    file = folder / "our-look.yaml"
    text = file.read_text("utf-8").replace("Our look", "Our \u2013 look", 1)

    for encoding in ("utf-16", "cp1252"):
        file.write_text(text, encoding)
        assert "with the encoding UTF-8" in cli("rubric", "check", file).err


def test_an_entry_without_its_dash_is_told_of_it(cli: Cli, folder: Path) -> None:
    ran = cli("rubric", "check", spoilt(folder, "      - id: x2", "        id: x2"))

    assert "found id again" in ran.err
    assert "begins with a dash" in ran.err
