"""What a summary says of single cases and of the framework's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.rules import ESCALATIONS
from case_audit.reports.rules_words import escalation_words
from case_audit.reports.statements import Statement
from case_audit.reports.wording import interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line, Overruled, Rating, Summary

OWN_BANDS: Final = "By the framework's own bands"
OWN_BANDS_MEANT: Final = (
    "Each rating is of the audited cases and no others; its percentage is rounded down, "
    "so that no band is reached by rounding. Beside it stands the share of all cases in "
    "the frame, with its 95% interval."
)
OVERRULED: Final = "Grades that an auditor overruled, with a reason on file"

Told = tuple[str, str, tuple[int, ...]]
"""What is spoken of, what is said of it, and the cases that are named."""
Section = tuple[str, tuple[Told, ...]]
"""A heading with at least one thing told."""


def case_sections(summary: Summary) -> tuple[Section, ...]:
    """Return what is said of single cases, by number; nothing for what did not occur."""
    found = [
        ("Critical questions answered no", _answered_no(summary)),
        ("Cases decided by a limiting rule", _limited(summary)),
        ("To be raised, if that is not done yet", _raised(summary)),
        ("Ticked by the auditor", _ticked(summary)),
        (
            "Grades that an auditor overruled, with a reason on file",
            _overruled(summary),
        ),
    ]
    return tuple((heading, told) for heading, told in found if told)


def rated(summary: Summary) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Return the framework's own ratings: each domain with its criteria."""
    across = summary.rubric.rules.across_cases
    counts = across.rollup.counts if across else ""
    lines = {
        (line.level, line.id): line
        for area in summary.areas
        for domain in area.domains
        for line in (domain.line, *domain.criteria)
    }
    found: list[tuple[str, tuple[Statement, ...]]] = []
    criteria: list[Statement] = []
    for rating in summary.ratings:
        line = lines[rating.level, rating.id]
        if rating.level == "criterion":
            text = _rating(f"{rating.id} {line.label}", rating, line)
            grades = line.scale.ids if line.scale else ()
            able = grades[: grades.index(counts) + 1] if counts in grades else ()
            criteria.append(Statement(text=text, line=line, grades=able))
        else:
            found.append((f"{line.label}: {rating.because}", tuple(criteria)))
            criteria = []
    return tuple(found)


def _rating(label: str, rating: Rating, line: Line) -> str:
    said = (
        f"All cases: {interval(rating.share)}."
        if rating.share
        else f"All cases: no estimate, {line.why_not}."
    )
    return f"{label}: {rating.because} {said}"


def numbered(cases: Sequence[int], more: int = 0) -> str:
    """Return cases by number: ``case 3``, ``cases 3, 7``, ``cases 3, 7 and 5 more``.

    Args:
        cases: Their numbers; at least one.
        more: How many there are besides.
    """
    plural = "" if len(cases) + more == 1 else "s"
    besides = f" and {more} more ({len(cases) + more} in all)" if more else ""
    return f"case{plural} {', '.join(map(str, cases))}{besides}"


def _answered_no(summary: Summary) -> tuple[Told, ...]:
    return tuple(
        (f"{found.id} {found.label}", numbered(found.cases, found.more), found.cases)
        for found in summary.answered_no
    )


def _limited(summary: Summary) -> tuple[Told, ...]:
    limits = {limit.id for limit in summary.rubric.rules.limits}
    told = tuple(
        (
            f"case {case.number}",
            case.because + (f" Raise {case.raises}." if case.raises else ""),
            (case.number,),
        )
        for case in summary.limited
        if case.rule in limits
    )
    return (*told, *_and_more(len(told), summary.limited_more, "cases"))


def _raised(summary: Summary) -> tuple[Told, ...]:
    cases = {
        level: [case.number for case in summary.limited if case.raises == level]
        for level in ESCALATIONS
    }
    return tuple(
        (
            escalation_words(level),
            numbered(found, summary.raised_more.get(level, 0)),
            tuple(found),
        )
        for level, found in cases.items()
        if found
    )


def _ticked(summary: Summary) -> tuple[Told, ...]:
    return tuple(
        (found.label, numbered(found.cases, found.more), found.cases)
        for found in summary.ticked
    )


def _overruled(summary: Summary) -> tuple[Told, ...]:
    rubric = summary.rubric
    scales = {"domain": rubric.domain_scale, "overall": rubric.overall_scale}
    told = tuple(
        (
            f"case {found.number}, {found.subject}",
            _both(scales[found.level], found),
            (found.number,),
        )
        for found in summary.overruled
    )
    return (*told, *_and_more(len(told), summary.overruled_more, "grades"))


def _and_more(listed: int, more: int, things: str) -> Iterator[Told]:
    """Say how many there are besides those that are listed, if any."""
    if more:
        yield f"and {more} more", f"{listed + more} {things} in all.", ()


def _both(scale: Scale, found: Overruled) -> str:
    computed, standing = _grade(scale, found.computed), _grade(scale, found.standing)
    return f"computed {computed}, stands as {standing}"


def _grade(scale: Scale, grade: str) -> str:
    return scale.grade(grade).label.lower() if grade else "no grade"
