"""Whose case it is, in whatever way a list writes it."""

from __future__ import annotations

import pytest

from case_audit.core.allocation.conflicts import Conflicts, named_for, unknown_teams
from case_audit.core.allocation.model import Auditor, CaseToGive
from case_audit.core.allocation.people import person_key, same_person, team_key


def case(**more: object) -> CaseToGive:
    plain: dict[str, object] = {"unit": "E1", "child": "C1", "cohort": "cp"}
    return CaseToGive(**(plain | more))  # type: ignore[arg-type]


def between(auditor: Auditor, one: CaseToGive) -> str | None:
    return Conflicts([auditor]).between(auditor, one)


@pytest.mark.parametrize(
    ("auditor", "one", "why"),
    [
        (Auditor(name="Ann Lee"), case(), None),
        (Auditor(name="Ann Lee"), case(named=("LEE, Ann",)), "own case"),
        (Auditor(name="Ann", names=("A. Lee",)), case(named=("Lee A",)), "own case"),
        (Auditor(name="Ann", units=frozenset({"E1"})), case(), "own case"),
        (Auditor(name="Ann", units=frozenset({"C1"})), case(), "own case"),
        (Auditor(name="Ann", cohorts=frozenset({"cin"})), case(), "not the cohort"),
        (Auditor(name="Ann", cohorts=frozenset({"cp"})), case(), None),
        (Auditor(name="Ann", teams=("North",)), case(team=" NORTH"), "own team"),
        (Auditor(name="Ann", teams=("North",)), case(team="South"), None),
        (Auditor(name="Ann", teams=("",)), case(team=""), None),
        (Auditor(name="Ann", teams=(" ", "-")), case(team="."), None),
    ],
)
def test_what_bars_an_auditor(
    auditor: Auditor, one: CaseToGive, why: str | None
) -> None:
    """A case without a team is nobody's team's, and an empty name is nobody's."""
    assert between(auditor, one) == why


def test_the_strongest_reason_is_named() -> None:
    """The own case is never read, whatever is allowed; so it comes first."""
    auditor = Auditor(
        name="Ann", teams=("North",), units=frozenset({"C1"}), cohorts=frozenset({"x"})
    )

    assert between(auditor, case(team="North")) == "own case"


def test_people_named_for_a_case_stand_in_any_column() -> None:
    """A single word counts only where people stand: "White" is no auditor."""
    attributes = {
        "worker": "Ann",
        "manager": "Bo Baker",
        "x_chair": "Cy Carter",
        "ethnic_group": "White",
        "age": "7",
    }

    assert named_for(attributes) == ("Ann", "Bo Baker", "Cy Carter")


def test_teams_are_compared_as_people_compare_them() -> None:
    names = (
        "Child Protection & Court",
        "child-protection and  court",
        "CHILDPROTECTION AND COURT.",
    )

    assert len({team_key(name) for name in names}) == 1
    assert team_key("North 1") != team_key("North 2")


def test_a_team_that_the_frame_does_not_have_is_noticed() -> None:
    """Else a slip of the pen would give a team's cases to its own people."""
    auditors = [
        Auditor(name="Bo", teams=("Nrth", "South")),
        Auditor(name="Ann", teams=("Quality",)),
    ]

    found = unknown_teams(auditors, ["North", "SOUTH "])

    assert found == (("Ann", "Quality"), ("Bo", "Nrth"))


def test_two_spellings_are_one_person() -> None:
    assert same_person("ann  LEE", "Lee, Ann")
    assert not same_person("Ann", "Anne")
    assert not same_person("", " ")


def test_names_are_compared_as_people_do() -> None:
    """Lists write the surname first, without accents, in capitals."""
    assert person_key("  Quillmere,  ROSA ") == person_key("Rosa Quillmere")
    assert person_key("Zoë Marsh") == person_key("Zoe Marsh")
    assert person_key("Ann Lee") != person_key("Anne Lee")
    assert person_key(" - ") == ""
