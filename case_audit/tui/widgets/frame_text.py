"""Frames in words: one of them, its quality, and two beside each other."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.core.frame.definition import definition_words
from case_audit.core.frame.quality import ADVICE
from case_audit.reports.wording import long_date, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.frame.definition import UnitKind
    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.frame.quality import Kind
    from case_audit.services.frame_check import FrameCheck
    from case_audit.services.frame_diff import FrameDifference
    from case_audit.services.frame_facts import FrameFacts, Grouping
    from case_audit.services.frame_make import MadeFrame

_WIDTH = 76
"""Columns of what is folded here, so that it fits a terminal of 80."""
_MOST = 12
"""Strata of an attribute that are listed."""


def units_word(frame: StoredFrame) -> str:
    """Return what the units of a frame are called: children, episodes, households."""
    return _units(frame.unit_kind, frame.cohort, number=frame.units)


def _units(unit: UnitKind, cohort_id: str, *, number: int) -> str:
    if unit == "episode":
        return "episode" if number == 1 else "episodes"
    if cohort(cohort_id).household:
        return "household" if number == 1 else "households"
    return "child" if number == 1 else "children"


def made_words(made: MadeFrame) -> str:
    """Return how many units a frame has that is made, or would be, as one line."""
    frame = made.frame
    number, unit = len(frame.units), frame.definition.unit
    words = f"{number} {_units(unit, frame.cohort, number=number)}"
    if unit == "episode":
        words += f" of {len({one.child for one in frame.units})} children"
    return f"{cohort(frame.cohort).plural}, {long_date(made.source.as_at)}: {words}"


def made_text(made: MadeFrame) -> str:
    """Return who would be in a frame, and who is left out, by reason."""
    left = {one.rule: one.count for one in made.frame.excluded}
    units, without = len(made.frame.units), sum(left.values())
    lines = [
        made_words(made),
        "Left out, by reason",
        *_counted(left, "  nobody"),
        f"{made.rows} rows on the list = {units} units + {without} left out",
    ]
    if not made.frame.units:
        lines.append("Nobody is left. Widen the condition or the window.")
    return "\n".join(lines) + "\n"


def frame_text(facts: FrameFacts) -> str:
    """Return a frame: what it is, who was left out, strata, signs of risk."""
    return "\n".join(_frame_lines(facts)) + "\n"


def _frame_lines(facts: FrameFacts) -> Iterator[str]:
    frame = facts.frame
    yield f"{facts.cohort}, {long_date(frame.as_at)}"
    yield f"{frame.units} {units_word(frame)} can be drawn, from {frame.source.name}"
    if frame.definition.only:
        yield f"Only where: {frame.definition.only}"
    if frame.definition.closed_within:
        months = plural(frame.definition.closed_within, "month")
        yield f"Ended within {months}"
    yield f"Digest {frame.digest}"
    yield ""
    yield "Left out, by reason"
    yield from _counted({e.rule: e.count for e in frame.excluded}, "  nobody")
    risks = [grouping for grouping in facts.groupings if grouping.risk]
    yield ""
    yield "Signs of risk"
    yield from _risks(risks)
    for grouping in facts.groupings:
        if not grouping.risk:
            yield ""
            yield f"{grouping.label} ({grouping.key})"
            yield from _counted(grouping.counts, "  none")


def _counted(counts: Mapping[str, int], nothing: str) -> Iterator[str]:
    if not counts:
        yield nothing
    for name, number in list(counts.items())[:_MOST]:
        yield f"  {number:>7}  {name}"
    if len(counts) > _MOST:
        rest = sum(list(counts.values())[_MOST:])
        yield f"  {rest:>7}  in {len(counts) - _MOST} more"


def _risks(risks: list[Grouping]) -> Iterator[str]:
    if not risks:
        yield "  none are known of this cohort"
    for grouping in risks:
        if set(grouping.counts) <= {"yes", "no", "not recorded"}:
            yes, unknown = (grouping.counts.get(k, 0) for k in ("yes", "not recorded"))
            not_known = f", not known of {unknown}" if unknown else ""
            yield f"  {yes:>7}  {grouping.label}{not_known}"
        else:
            shared = ", ".join(f"{name}: {n}" for name, n in grouping.counts.items())
            yield f"           {grouping.label}: {shared}"


def check_text(found: FrameCheck) -> str:
    """Return how good a frame is: findings by kind, with what to do about them."""
    lines = [
        (
            f"How good the frame is: {found.frame.units} units, {found.children} children, "
            f"{found.rows} rows on the list"
        ),
    ]
    if not found.findings:
        lines += ["", "Nothing was found."]
    kinds = dict.fromkeys(finding.kind for finding in found.findings)
    for kind in kinds:
        lines += ["", KINDS[kind]]
        for finding in found.findings:
            if finding.kind == kind:
                of = f" of {finding.of}" if finding.of else ""
                counted = f"  {finding.count:>7}{of}  "
                lines += wrap(
                    f"{counted}{finding.what}",
                    _WIDTH,
                    subsequent_indent=" " * len(counted),
                )
        lines += _wrapped(ADVICE[kind])
    for told in found.not_told:
        lines += ["", *_wrapped(f"Not looked at: {told}")]
    return "\n".join(lines) + "\n"


KINDS: dict[Kind, str] = {
    "missing": "Missing",
    "impossible": "Impossible",
    "duplicate": "Double",
    "small": "Small strata",
    "accounts": "Rows that are not accounted for",
}


def _wrapped(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def diff_text(found: FrameDifference) -> str:
    """Return two frames beside each other: who stayed, joined and left, and why."""
    lines = [
        "Two frames",
        f"  earlier: {_which(found.old)}",
        f"  later:   {_which(found.new)}",
        "",
        f"In both: {found.stayed}",
        *_changed(found),
        "",
        f"Joined: {sum(found.joined.values())}, by why they were not in the earlier frame",
        *_counted(found.joined, "  nobody"),
        "",
        f"Left: {sum(found.left.values())}, by why they are not in the later frame",
        *_counted(found.left, "  nobody"),
    ]
    return "\n".join(lines) + "\n"


def _which(frame: StoredFrame) -> str:
    holds = definition_words(frame.definition)
    more = "" if holds == "usual" else f", {holds}"
    units = f"{frame.units} {units_word(frame)}"
    return f"number {frame.id}, {long_date(frame.as_at)}, {units}{more}"


def _changed(found: FrameDifference) -> list[str]:
    if not found.changed:
        return ["  the same is known of all of them"]
    return [
        f"  something else is known of {found.changed} of them, by what it is",
        *_counted(found.attributes, ""),
    ]
