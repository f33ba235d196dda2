"""Why cases cannot be given out, in words that name no child."""

from __future__ import annotations

from case_audit.core.allocation.assign import allocate
from case_audit.core.allocation.explain import reasons, remedy
from case_audit.core.allocation.model import Allocation, Auditor, CaseToGive, Stuck

SEED = "5" * 64


def a_case(number: int, team: str = "North") -> CaseToGive:
    unit = f"C{number}"
    return CaseToGive(unit=unit, child=unit, cohort="cp", team=team)


def numbers(count: int) -> dict[str, int]:
    return {f"C{i}": i for i in range(1, count + 1)}


def test_cases_that_only_some_may_read_are_named_with_their_room() -> None:
    """Cases 1 to 3 are of Ann's team, and Bo takes two."""
    found = allocate(
        [a_case(1), a_case(2), a_case(3), a_case(4, "South")],
        [
            Auditor(name="Ann", teams=("North",)),
            Auditor(name="Bo", capacity=2),
            Auditor(name="Cy", teams=("North",), units=frozenset({"C2"})),
        ],
        seed=SEED,
    )

    assert reasons(found, numbers(4)) == [
        "Cases 1, 2, 3: only Bo may read them, with room for 2.",
        "  Ann: own team",
        "  Cy: own team (cases 1, 3), own case (case 2)",
    ]
    assert remedy(found, own_team_helps=True) == (
        "Name another auditor from outside these teams, or raise the capacity of Bo "
        "by 1 in all, or let a case be read in its own team as a last resort: "
        "--allow-own-team."
    )


def test_cases_that_nobody_may_read_are_named() -> None:
    auditors = [Auditor(name="Ann", teams=("North",)), Auditor(name="Bo", capacity=0)]
    one = allocate([a_case(1)], auditors[:1], seed=SEED)
    full = allocate([a_case(1)], auditors[1:], seed=SEED)
    none = allocate([a_case(1), a_case(2)], [], seed=SEED)

    assert reasons(one, numbers(1)) == [
        "Case 1: nobody on the list may read it.",
        "  Ann: own team",
    ]
    assert reasons(full, numbers(1)) == [
        "Case 1: only Bo may read it, with room for 0."
    ]
    assert reasons(none, numbers(2)) == ["Cases 1, 2: the list names nobody."]
    assert remedy(one, own_team_helps=False) == (
        "Name another auditor from outside these teams."
    )


def test_two_readers_are_named_together_and_long_lists_end() -> None:
    found = allocate(
        [a_case(i) for i in range(1, 16)],
        [Auditor(name="Bo", capacity=1), Auditor(name="Cy", capacity=2)],
        seed=SEED,
    )
    (line,) = reasons(found, numbers(15))
    groups = tuple(
        Stuck(units=(f"C{i}",), readers=(), room=0, bars=()) for i in range(1, 9)
    )
    many = Allocation(placed=(), loads=(), spread="even", left=8, stuck=groups)

    assert line.endswith(
        "12 and 3 more: only Bo and Cy may read them, with room for 3."
    )
    assert reasons(many, numbers(8))[-1] == "And 2 more groups of cases."
