"""Say why cases cannot be given out, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.allocation.model import Allocation, Stuck

_MOST = 6
"""Groups of cases that are explained."""
_LISTED = 12
"""Cases that are listed one by one."""


def reasons(found: Allocation, numbers: Mapping[str, int]) -> list[str]:
    """Return which cases cannot be given to whom, and why, a line each.

    Args:
        found: What could not be given out.
        numbers: The cases' numbers in the round; nothing else is said of them.
    """
    groups = found.stuck[:_MOST]
    lines = [line for stuck in groups for line in _group(stuck, numbers)]
    if len(found.stuck) > _MOST:
        lines.append(f"And {len(found.stuck) - _MOST} more groups of cases.")
    return lines


def _group(stuck: Stuck, numbers: Mapping[str, int]) -> list[str]:
    cases = _cases(stuck.units, numbers).capitalize()
    one = len(stuck.units) == 1
    if stuck.readers:
        first = (
            f"{cases}: only {_listed(stuck.readers)} may read "
            f"{'it' if one else 'them'}, with room for {stuck.room}."
        )
    elif stuck.bars:
        first = f"{cases}: nobody on the list may read {'it' if one else 'them'}."
    else:
        first = f"{cases}: the list names nobody."
    by_auditor: dict[str, list[str]] = {}
    for bar in stuck.bars:
        which = "" if bar.units == stuck.units else f" ({_cases(bar.units, numbers)})"
        by_auditor.setdefault(bar.auditor, []).append(f"{bar.reason}{which}")
    return [first, *(f"  {who}: {', '.join(why)}" for who, why in by_auditor.items())]


def _cases(units: Iterable[str], numbers: Mapping[str, int]) -> str:
    ordered = sorted(numbers[unit] for unit in units)
    shown = ", ".join(map(str, ordered[:_LISTED]))
    if len(ordered) > _LISTED:
        shown += f" and {len(ordered) - _LISTED} more"
    return f"{'case' if len(ordered) == 1 else 'cases'} {shown}"


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def remedy(found: Allocation, *, own_team_helps: bool) -> str:
    """Return what can be done so that every case can be given out.

    Args:
        found: What could not be given out.
        own_team_helps: Whether more could be given if own teams were allowed.
    """
    full = sorted({name for stuck in found.stuck for name in stuck.readers})
    ways = ["name another auditor from outside these teams"]
    if full:
        ways.append(f"raise the capacity of {_listed(full)} by {found.left} in all")
    if own_team_helps:
        ways.append(
            "let a case be read in its own team as a last resort: --allow-own-team"
        )
    text = ", or ".join(ways)
    return f"{text[0].upper()}{text[1:]}."
