"""A rubric changes between two rounds: old answers stay, trends go on."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from builders import NOW
from case_audit.services.audit import open_case
from case_audit.services.database import Database
from stored import audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

HEAD = """\
kind: rubric
id: our-look
version: "{version}"
title: Our look
framework: ilacs@2026-04
area: help_and_protection
cohorts: [cp]
scale: ofsted4
rules: case-file
domains:
  - id: own
    label: What we look at
    criteria:
"""
CRITERION = """\
      - id: {id}
        label: {label}
        asks: {asks}
        benchmark: It is as it should be.
        critical: no
        look_in: [the notes]
        trap: A long note is not a good one.
        not_applicable_when: never
        source: [our own standards]
        descriptors:
          outstanding: People acted early, and the child's life is better for it.
          good: What was agreed was done in time, and the child noticed.
          requires_improvement: Some of it was done, late, and nothing changed.
          inadequate: Nobody did it, and the child was left in danger.
"""
WALK = """\
kind: crosswalk
id: our-look-2
from: our-look@1.0
to: our-look@2.0
map:
  - {from: [a1], to: [a1], how: same}
  - {from: [a2], to: [b2], how: reworded}
dropped:
  - {id: a3, note: No file showed it.}
new:
  - {id: b4}
"""


def rubric(version: str, *criteria: tuple[str, str, str]) -> str:
    """A small rubric file."""
    return HEAD.format(version=version) + "\n".join(
        CRITERION.format(id=key, label=label, asks=asks)
        for key, label, asks in criteria
    )


FIRST = rubric(
    "1.0",
    ("a1", "Seen alone", "Is the child seen alone?"),
    ("a2", "Plan works", "Does the plan work?"),
    ("a3", "Old hat", "Is it an old hat?"),
)
SECOND = rubric(
    "2.0",
    ("a1", "Seen alone", "Is the child seen alone?"),
    ("b2", "Plan helps", "Does the plan change the child's days?"),
    ("b4", "New thing", "Is there a new thing?"),
)


@pytest.fixture(scope="module")
def two_rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every test's rounds are a copy of."""
    return tmp_path_factory.mktemp("rounds")


@pytest.fixture
def rounds(cli: Cli, two_rounds: Path, tmp_path: Path) -> dict[str, Any]:
    """Two rounds of ten, the rubric's file changed in between."""
    if not (two_rounds / "walk.yaml").exists():
        make_rounds(cli, two_rounds)
    shutil.copytree(two_rounds, tmp_path, dirs_exist_ok=True)
    db, folder = str(tmp_path / "practice.db"), tmp_path / "mine"
    return {
        "shared": ("--db", db, "--rubrics", folder),
        "walk": tmp_path / "walk.yaml",
        "database": Database(db),
        "folder": folder,
    }


def make_rounds(cli: Cli, place: Path) -> None:
    """Draw and audit both rounds."""
    db, folder = str(place / "practice.db"), place / "mine"
    database = Database(db)
    with_frame(database, size=40)
    folder.mkdir()
    for name, text, good in (("Spring", FIRST, 1), ("Autumn", SECOND, 9)):
        (folder / "our-look.yaml").write_text(text, "utf-8")
        ran = cli(
            *("draw", "--cohort", "cp", "--rubric", "our-look", "--size", "10"),
            *("--reason", "again", "--name", name, "--db", db, "--rubrics", folder),
        )
        assert ran.code == 0, ran.err
        for number, case in enumerate(case_ids(database, name)):
            values = {"a1": "good" if number < good else "inadequate"}
            audit_case(database, case, values, rest="good")
    database.close()
    (place / "walk.yaml").write_text(WALK, "utf-8")


def test_a_trend_survives_a_change_of_rubric(cli: Cli, rounds: dict[str, Any]) -> None:
    """Both shares with n and interval; no change is claimed where they overlap."""
    ran = cli(
        *("summary", "Autumn", "--against", "Spring"),
        *("--crosswalk", rounds["walk"], *rounds["shared"]),
    )

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert "Carried across the crosswalk our-look-2." in lines
    seen = next(line for line in lines if line.startswith("a1 Seen alone"))
    plan = next(line for line in lines if line.startswith("a2 -> b2 Plan helps"))
    assert seen.split()[3:4] == ["10"]
    assert seen.endswith("higher")
    assert "100%" in plan
    assert not plan.endswith(("higher", "lower"))
    assert "  b4 New thing: new." in lines
    assert "  a3 Old hat: dropped. No file showed it." in lines
    assert "Tested one by one, and corrected for 2 criteria compared" in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("named", [("--against", "Spring"), ()])
def test_a_document_goes_on_across_a_change_of_rubric(
    cli: Cli, rounds: dict[str, Any], named: tuple[str, ...]
) -> None:
    """With the cases of both rounds, and the names that criteria had before."""
    bare = cli("summary", "Autumn", "--format", "md", *rounds["shared"])

    ran = cli(
        *("summary", "Autumn", "--format", "md", *named),
        *("--crosswalk", rounds["walk"], *rounds["shared"]),
    )

    assert ran.code == 0, ran.err
    assert "carried across the crosswalk our-look-2." in ran.out
    assert "A crosswalk would carry more across." in bare.out
    name = "b2 Plan helps (before: a2)"
    assert (name in ran.out, name in bare.out) == (True, False)
    one = next(line for line in ran.out.splitlines() if "a1 Seen alone:** up" in line)
    assert "(In Spring, good or better: case 1; below: cases 2, 3, 4, 5 and 5" in one


def test_without_a_crosswalk_only_equal_texts_are_compared(
    cli: Cli, rounds: dict[str, Any]
) -> None:
    """The newest round is meant if none is named."""
    ran = cli("summary", "--against", "Spring", "--json", *rounds["shared"])

    found = json.loads(ran.out)
    assert [one["id"] for one in found["changes"]] == ["a1"]
    assert found["changes"][0]["p_holm"] == found["changes"][0]["p_value"]
    by_id = {(c["before"] or c["now"])[0]["id"]: c for c in found["criteria"]}
    assert (found["before"]["round"], found["now"]["round"]) == ("Spring", "Autumn")
    assert found["now"]["rubric"] == "our-look@2.0"
    assert (by_id["a1"]["comparable"], by_id["a1"]["seen"]) == ("yes", "higher")
    assert by_id["a1"]["before"][0]["n"] == 10
    assert by_id["a1"]["before"][0]["estimate"] == 0.1
    assert by_id["a2"]["comparable"] == "no"


def test_old_answers_open_and_read_as_they_were_given(
    cli: Cli, rounds: dict[str, Any]
) -> None:
    """The round holds the text it was graded with, whatever the file says now."""
    database = rounds["database"]
    (rounds["folder"] / "our-look.yaml").unlink()

    desk = open_case(database, case_ids(database, "Spring")[0], auditor="Ann", now=NOW)
    ran = cli("summary", "Spring", *rounds["shared"])

    criteria = [c for domain in desk.domains for c in domain.criteria]
    assert [(c.id, c.asks) for c in criteria] == [
        ("a1", "Is the child seen alone?"),
        ("a2", "Does the plan work?"),
        ("a3", "Is it an old hat?"),
    ]
    assert desk.answers.criterion("a3").value == "good"
    assert ran.code == 0
    assert "a3 Old hat" in ran.out
    assert "rubric our-look 1.0" in ran.out


def test_the_crosswalk_alone_says_what_can_be_compared(
    cli: Cli, rounds: dict[str, Any]
) -> None:
    """The old rubric is found among those that rounds were graded with."""
    ran = cli("rubric", "crosswalk", rounds["walk"], *rounds["shared"])
    plain = cli("rubric", "crosswalk", rounds["walk"], "--json", *rounds["shared"])

    assert ran.code == 0, ran.err
    assert ran.out == (
        "From Our look (our-look@1.0) to Our look (our-look@2.0).\n"
        "3 criteria before, 3 now; each is accounted for once.\n"
        "\n"
        "Can be compared (2)\n"
        "  a1  Seen alone: the same question, benchmark and descriptors.\n"
        "  a2 -> b2  Plan helps: other words for the same thing.\n"
        "\n"
        "Cannot be compared (2)\n"
        "  a3  Old hat: dropped.\n"
        "      No file showed it.\n"
        "  b4  New thing: new.\n"
    )
    assert json.loads(plain.out)["map"][1] == {
        "from": ["a2"],
        "to": ["b2"],
        "how": "reworded",
        "note": "",
        "comparable": "yes",
        "why": "other words for the same thing",
    }


def test_differences_are_told_along_the_crosswalk(
    cli: Cli, rounds: dict[str, Any], tmp_path: Path
) -> None:
    """A criterion with a new name is followed, not said to be gone."""
    before = tmp_path / "before" / "our-look.yaml"
    before.parent.mkdir()
    before.write_text(FIRST, "utf-8")
    files = (before, rounds["folder"] / "our-look.yaml")

    plain = cli("rubric", "diff", *files, *rounds["shared"])
    ran = cli(
        "rubric", "diff", *files, "--crosswalk", rounds["walk"], *rounds["shared"]
    )

    assert "criterion a2: Plan works\n  removed" in plain.out
    assert "criterion b2: Plan helps\n  identifier\n    old: a2\n" in ran.out
    assert "removed\n    old: Is it an old hat?" in ran.out
    assert "         No file showed it." in ran.out
    assert "criterion a2" not in ran.out


def test_what_does_not_fit_is_refused_with_its_line(
    cli: Cli, rounds: dict[str, Any]
) -> None:
    walk = rounds["walk"]
    walk.write_text(WALK.replace("to: [b2]", "to: [b3]"), "utf-8")

    for command in (
        ("rubric", "crosswalk", walk),
        ("summary", "Autumn", "--against", "Spring", "--crosswalk", walk),
    ):
        ran = cli(*command, *rounds["shared"])

        assert (ran.code, ran.out) == (1, "")
        assert "walk.yaml:7: map[1].to: expected a criterion of our-look@2.0" in ran.err
        assert "walk.yaml:5: map: expected each criterion of our-look@2.0" in ran.err


@pytest.mark.parametrize(
    ("code", "arguments", "said"),
    [
        (1, ("summary", "Autumn", "--against", "Autumn"), "both are 'Autumn'"),
        (1, ("summary", "Autumn", "--against", "Winter"), "Winter"),
        (1, ("summary", "--against", "Autumn", "--format", "md"), "both are 'Autumn'"),
        (1, ("summary", "Spring", "-f", "md", "--crosswalk", "WALK"), "our-look@1.0"),
        (2, ("summary", "--crosswalk", "WALK"), "needs --against"),
        (2, ("rubric", "crosswalk", "none.yaml"), "none.yaml"),
        (1, ("rubric", "crosswalk", "WALK", "--new", "dragons"), "dragons"),
    ],
)
def test_what_cannot_be_done_is_refused(
    cli: Cli, rounds: dict[str, Any], code: int, arguments: tuple[str, ...], said: str
) -> None:
    typed = [rounds["walk"] if a == "WALK" else a for a in arguments]

    ran = cli(*typed, *rounds["shared"])

    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_version_nobody_has_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    """Without a database too; the option to name its file is told."""
    walk = tmp_path / "walk.yaml"
    walk.write_text(WALK, "utf-8")
    db = ("--db", tmp_path / "none.db")

    ran = cli("rubric", "crosswalk", walk, *db)

    assert (ran.code, ran.out) == (1, "")
    assert "There is no rubric our-look@1.0 at hand." in ran.err
    assert "--old FILE.yaml" in ran.err
    files = []
    for name, text in (("old", FIRST), ("new", SECOND)):
        file = tmp_path / name / "our-look.yaml"
        file.parent.mkdir()
        file.write_text(text, "utf-8")
        files += [f"--{name}", file]
    assert cli("rubric", "crosswalk", walk, *files, *db).code == 0


def test_a_round_that_nobody_audited_has_no_estimate(
    cli: Cli, rounds: dict[str, Any]
) -> None:
    """The reason stands where the number would be."""
    early = cli(
        *(
            "draw",
            "--cohort",
            "cp",
            "--rubric",
            "our-look",
            "--size",
            "2",
            "--reason",
            "again",
        ),
        *("--name", "Early", *rounds["shared"]),
    )
    assert early.code == 0, early.err

    found = cli("summary", "--against", "Spring", "--json", *rounds["shared"])

    line = json.loads(found.out)["criteria"][0]["now"][0]
    assert (line["estimate"], line["why_not"]) == (None, "no graded case")


def test_a_trend_can_be_written_to_a_file(
    cli: Cli, rounds: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "trend.txt"
    command = ("summary", "Autumn", "--against", "Spring", *rounds["shared"])

    ran = cli(*command, "--out", file)

    assert (ran.code, ran.out) == (0, "")
    assert file.read_text("utf-8") == cli(*command).out
    assert "internal" in ran.err
