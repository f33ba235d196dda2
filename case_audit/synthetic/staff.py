"""Teams and the people who hold cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic import margins
from case_audit.synthetic.model import Worker
from case_audit.synthetic.quality import KIND_EFFECT
from case_audit.synthetic.streams import chance, pick, stream
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

TEAM_SPREAD = 0.3
WORKER_SPREAD = 0.25

_FRONT_DOOR, _COURT, _CARE, _LEAVING, _DISABLED = range(5)
_FRONT = frozenset({"contact", "early_help", "referral_nfa"})
_IN_CARE = frozenset({"cic", "cic_ended"})
_ON_PLAN = frozenset({"cp", "cp_ended"})


def team_of(seed: str, number: int, *, journey: str, need: str) -> str:
    """Return which team works with a family.

    Args:
        seed: The county's seed.
        number: Number of the family.
        journey: Where the family has got to.
        need: Primary need: id of the code.
    """
    rng, teams = stream(seed, "team", number), words("teams")
    locality = rng.choice(words("localities"))
    if journey in _FRONT:
        return teams[_FRONT_DOOR]
    if journey in _IN_CARE:
        return teams[_CARE]
    if journey == "leaver":
        return teams[_LEAVING]
    if need == "N2":
        return teams[_DISABLED]
    if journey in _ON_PLAN and chance(rng, 0.4):
        return teams[_COURT]
    return locality


def make_staff(seed: str, loads: Mapping[str, int]) -> dict[str, tuple[Worker, ...]]:
    """Return the workers of each team.

    Args:
        seed: The county's seed.
        loads: Children by team.

    Returns:
        By team, in the order of ``loads``; at least two workers in each.
    """
    names = words("first_names") + words("carer_names")
    surnames = words("surnames")
    sizes = {team: max(2, -(-n // margins.CASELOAD)) for team, n in loads.items()}
    wanted = sum(sizes.values()) + len(sizes)
    drawn = stream(seed, "staff").sample(range(len(names) * len(surnames)), wanted)
    people = (
        f"{names[n // len(surnames)]} {surnames[n % len(surnames)]}" for n in drawn
    )
    staff: dict[str, tuple[Worker, ...]] = {}
    for team, size in sizes.items():
        rng = stream(seed, "team staff", team)
        manager, of_team = next(people), rng.gauss(0, TEAM_SPREAD)
        kinds = _kinds(team)
        members = []
        for _ in range(size):
            kind = pick(rng, kinds)
            strength = of_team + KIND_EFFECT.get(kind, 0) + rng.gauss(0, WORKER_SPREAD)
            members.append(
                Worker(
                    name=next(people),
                    team=team,
                    kind=kind,
                    manager=manager,
                    strength=strength,
                )
            )
        staff[team] = tuple(members)
    return staff


def _kinds(team: str) -> dict[str, float]:
    if team == words("teams")[_LEAVING]:
        return {"personal adviser": 1.0}
    return margins.WORKER_KINDS
