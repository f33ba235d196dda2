"""Charts made of characters: a bar of grades, and an interval on an axis to 100.

A bar begins with the best grade, each part with the grade's letter and then its
pattern, so that nothing depends on colour or on telling four patterns apart. The
part at the benchmark or better therefore ends where, on the axis below it, the
share of the audited cases would stand.

Every chart has a sentence that says the same, for those who do not see it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final
from unicodedata import category, east_asian_width

from case_audit.core.estimates.share import CENSUS
from case_audit.core.rubric.model import YES_NO_SCALE
from case_audit.reports.summary_rows import at_benchmark
from case_audit.reports.wording import interval, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.scale import Grade, Scale
    from case_audit.core.selfassessment.model import Line

LOW, HIGH, POINT, SPAN = "├", "┤", "●", "─"
EMPTY, QUARTER = "·", ":"
QUARTERS_FIT: Final = 20
"""Columns from which the quarters of the axis have their numbers."""
_HALF = Fraction(1, 2)
_WIDE = ("W", "F")
_NO_SIGN = ("C", "M", "Z")
"""First letters of the categories of characters that are no visible sign."""


def bar(line: Line, *, width: int) -> str:
    """Return the grades of the audited cases as one bar, each apart.

    Every grade that was given has at least one column, and its letter is in it. So
    a bar can be longer than asked where there are more grades than columns.

    Args:
        line: What was found.
        width: Columns that stand for all graded cases, from 1.

    Returns:
        The bar; empty where nothing has a grade.
    """
    if line.scale is None or not line.n:
        return ""
    grades = [grade for grade in line.scale.grades if line.counts[grade.id]]
    cells = _cells([line.counts[grade.id] for grade in grades], width)
    return "".join(
        letter(grade) + pattern(grade) * (size - 1)
        for grade, size in zip(grades, cells, strict=True)
    )


def letter(grade: Grade) -> str:
    """Return a grade's letter, or ``?`` where it is no sign one column wide."""
    return grade.letter if _fits(grade.letter) else "?"


def pattern(grade: Grade) -> str:
    """Return a grade's pattern, or its letter where that is no sign of one column."""
    return grade.glyph if _fits(grade.glyph) else letter(grade)


def _fits(sign: str) -> bool:
    return (
        len(sign) == 1
        and category(sign)[0] not in _NO_SIGN
        and east_asian_width(sign) not in _WIDE
    )


def _cells(counts: Sequence[int], width: int) -> list[int]:
    """Share columns out by counts, none of which is 0; the largest remainders first."""
    whole = sum(counts)
    cells = [max(1, count * width // whole) for count in counts]
    rests = [
        count * width % whole if count * width >= whole else -1 for count in counts
    ]
    by_rest = sorted(range(len(counts)), key=lambda place: -rests[place])
    for place in by_rest[: max(0, width - sum(cells))]:
        cells[place] += 1
    while sum(cells) > max(width, len(cells)):
        cells[cells.index(max(cells))] -= 1
    return cells


def counts(line: Line) -> str:
    """Return the cases by grade, best first: ``O 3  G 16  R 8  I 1``."""
    if line.scale is None:
        return f"written {line.written:,}"
    return "  ".join(
        f"{letter(grade)} {line.counts[grade.id]:,}" for grade in line.scale.grades
    )


def apart(line: Line, *, not_yet: int) -> str:
    """Return what has no grade, each apart: ``n/a 1  n/e 0  not yet 2``.

    Args:
        line: What was found.
        not_yet: Drawn cases whose audit is not submitted.
    """
    left = ""
    if line.ungraded:
        left = f"{'no grade' if line.scale else 'left'} {line.ungraded:,}  "
    return (
        f"{left}n/a {line.not_applicable:,}  n/e {line.not_evidenced:,}  "
        f"not yet {not_yet:,}"
    )


def key(scale: Scale) -> str:
    """Return what the letters mean: ``O outstanding, G good``."""
    return ", ".join(f"{letter(g)} {g.label.lower()}" for g in scale.grades)


def distribution_words(line: Line, *, not_yet: int) -> str:
    """Return a bar and the counts beside it as a sentence."""
    rest = [
        f"{line.not_applicable:,} not applicable",
        f"{line.not_evidenced:,} not evidenced",
        f"{not_yet:,} not yet audited",
    ]
    if line.scale is None:
        if line.ungraded:
            rest.insert(0, f"{line.ungraded:,} left out")
        return f"{line.written:,} answered in words, {', '.join(rest)}."
    if line.ungraded:
        rest.insert(0, f"{line.ungraded:,} without a grade")
    if not line.n:
        return f"No case has a grade; {', '.join(rest)}."
    found = ", ".join(
        f"{line.counts[grade.id]:,} {grade.label.lower()}"
        for grade in line.scale.grades
    )
    said = "answered" if line.scale.id == YES_NO_SCALE else "graded"
    cases = "case was" if line.n == 1 else "cases were"
    return f"{line.n:,} {cases} {said}: {found}. Apart from them: {', '.join(rest)}."


def interval_bar(share: Share, *, width: int) -> str:
    """Return a share with its interval on an axis from 0 to 100 per cent.

    Args:
        share: The share.
        width: Columns of the axis, from 2; its first is 0 and its last 100 per cent.
    """
    signs = [EMPTY] * width
    for quarter in range(5):
        signs[_place(Fraction(quarter, 4), width)] = QUARTER
    low, high = _place(share.lower, width), _place(share.upper, width)
    signs[low : high + 1] = SPAN * (high + 1 - low)
    signs[low], signs[high] = LOW, HIGH
    signs[_place(share.estimate, width)] = POINT
    return "".join(signs)


def _place(share: Fraction, width: int) -> int:
    return int(share * (width - 1) + _HALF)


def axis(width: int) -> str:
    """Return the numbers that stand above intervals of so many columns."""
    marks = (0, 25, 50, 75, 100) if width >= QUARTERS_FIT else (0, 100)
    signs = [" "] * width
    for mark in marks:
        text = str(mark)
        at = _place(Fraction(mark, 100), width) - len(text) // 2
        at = max(0, min(at, width - len(text)))
        signs[at : at + len(text)] = text
    return "".join(signs)


def share_said(line: Line) -> str:
    """Return the share as it stands beside its interval, never without its n.

    For example ``good or better 68% (49% to 83%), n 28``; where no estimate can be
    made, the reason.
    """
    if line.scale is None:
        return ""
    share = line.good_or_better
    if share is None:
        return f"{at_benchmark(line.scale)}: no estimate, {line.why_not}"
    return f"{at_benchmark(line.scale)} {short_share(share)}"


def interval_words(line: Line) -> str:
    """Return an interval as a sentence; empty where nothing is graded."""
    if line.scale is None:
        return ""
    share, what = line.good_or_better, at_benchmark(line.scale)
    if share is None:
        return f"No estimate of {what}: {line.why_not}."
    everyone = "all cases in the frame"
    if share.lower_count is None:
        everyone = "the cases in the frame to which it applies"
    how = (
        "all of them were audited, so there is no interval"
        if share.method == CENSUS
        else f"the {percent(share.level)} interval reaches from {percent(share.lower)} "
        f"to {percent(share.upper)}"
    )
    return (
        f"{what[0].upper()}{what[1:]}: an estimated {percent(share.estimate)} of "
        f"{everyone}, from {share.n:,} audited; {how}."
    )


def short_share(share: Share) -> str:
    """Return a share with its interval and n: ``68% (49% to 83%), n 28``."""
    return f"{interval(share)}, n {share.n:,}"
