"""Who should not read a case: it is their own, or their team's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.allocation.people import person_key, team_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.allocation.model import Auditor, Barred, CaseToGive

WORKERS = ("worker", "personal_adviser", "manager")
"""Attributes of a case that name people."""

TEAM = "team"
"""The attribute of a case that names its team."""

_FULL_NAME = 2
"""Words of a name by which a person is known in any other column."""


def named_for(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Return everyone whom a list may name for a case.

    Whoever stands in one of :data:`WORKERS`, and every other text of two words
    or more: a column that a council added may name a supervisor or a chair. A
    text that is no name is nobody's name and does no harm.
    """
    return tuple(
        text
        for key, text in attributes.items()
        if key in WORKERS or len(person_key(text).split()) >= _FULL_NAME
    )


class Conflicts:
    """Says whether an auditor may read a case.

    Args:
        auditors: All of them; their names are compared in every spelling.
    """

    def __init__(self, auditors: Iterable[Auditor]) -> None:
        everyone = list(auditors)
        self._people = {
            a.name: {person_key(name) for name in (a.name, *a.names)} - {""}
            for a in everyone
        }
        self._teams = {
            a.name: {team_key(name) for name in a.teams} - {""} for a in everyone
        }

    def between(self, auditor: Auditor, case: CaseToGive) -> Barred | None:
        """Return why the auditor does not read the case; ``None`` if nothing bars."""
        named = {person_key(name) for name in case.named}
        if {case.unit, case.child} & auditor.units or named & self._people[
            auditor.name
        ]:
            return "own case"
        if auditor.cohorts and case.cohort not in auditor.cohorts:
            return "not the cohort"
        if team_key(case.team) in self._teams[auditor.name]:
            return "own team"
        return None


def unknown_teams(
    auditors: Iterable[Auditor], teams: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Return teams of auditors that no case of the frame belongs to.

    A slip of the pen in a team's name would give its cases to its own people.

    Args:
        auditors: Who reads.
        teams: Every team of the frame.

    Returns:
        Auditor and team, in the order of the names.
    """
    known = {team_key(team) for team in teams}
    return tuple(
        sorted(
            (auditor.name, team)
            for auditor in auditors
            for team in auditor.teams
            if team_key(team) not in known
        )
    )
