"""Two rounds side by side for a terminal of 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.core.rubric.crosswalk import CAUTION, NO, YES, version_of
from case_audit.reports.document.tested import tested_words
from case_audit.reports.wording import interval, long_date, plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.core.selfassessment.trend import Trend, TrendLine

WIDTH = 78
"""Columns, so that a scroll bar still fits beside it."""
LABEL = 24
SIDE = 24
"""Columns of one round: the number of cases and the share with its interval."""


def trend_text(trend: Trend) -> str:
    """Return two rounds side by side.

    Returns:
        Lines of at most 78 columns, with a final line feed.
    """
    lines = [*_head(trend), *_compared(trend), *_cautious(trend), *_not(trend)]
    return "\n".join(one_line(line).rstrip() for line in lines) + "\n"


def _head(trend: Trend) -> Iterator[str]:
    yield from wrap(
        f"{trend.new.facts.name} against {trend.old.facts.name}: "
        f"{trend.new.facts.kind} data, internal",
        WIDTH,
    )
    for word, summary in (("Before", trend.old), ("Now", trend.new)):
        yield from wrap(f"{word}: {_round(summary)}", WIDTH, subsequent_indent="  ")
    if trend.old.rubric_digest == trend.new.rubric_digest:
        yield "Both rounds were graded with the same rubric."
    elif trend.crosswalk:
        yield from wrap(f"Carried across the crosswalk {trend.crosswalk}.", WIDTH)
    else:
        yield from wrap(
            "The rubric changed in between. Without a crosswalk, only criteria that "
            "read the same in both are compared.",
            WIDTH,
        )


def _round(summary: Summary) -> str:
    facts = summary.facts
    if facts.imported:
        return (
            f"{facts.name}, imported, {plural(summary.submitted, 'earlier audit')} as "
            f"at {long_date(facts.as_at)}, rubric {version_of(summary.rubric)} "
            f"({summary.rubric_digest[:8]}); {facts.stated}"
        )
    return (
        f"{facts.name}, {summary.submitted} of {summary.drawn} drawn cases audited "
        f"from a frame of {summary.population} on {long_date(facts.as_at)}, rubric "
        f"{version_of(summary.rubric)} ({summary.rubric_digest[:8]})"
    )


def _compared(trend: Trend) -> Iterator[str]:
    lines = trend.with_ease(YES)
    yield ""
    if not lines:
        yield from wrap("No criterion can be compared between these rounds.", WIDTH)
        return
    yield from wrap(
        "Share of all cases at the benchmark or better, with its interval", WIDTH
    )
    yield f"{'':{LABEL}}{'  n  before':{SIDE}}{'  n  now':{SIDE}}"
    for line in lines:
        label = f"{_names(line)} {line.new[0].label}"
        yield from _row(label, line.old[0], line.new[0], _word(trend, line))
    yield ""
    for sentence in _tested(trend):
        yield from wrap(
            sentence, WIDTH, initial_indent="  - ", subsequent_indent="    "
        )


def _names(line: TrendLine) -> str:
    before = ", ".join(one.id for one in line.old)
    after = ", ".join(one.id for one in line.new)
    if before and after and before != after:
        return f"{before} -> {after}"
    return after or before


def _word(trend: Trend, line: TrendLine) -> str:
    seen = trend.seen(line)
    return seen if seen in ("higher", "lower") else ""


def _row(label: str, old: Line, new: Line, word: str) -> Iterator[str]:
    first, *rest = wrap(label, LABEL - 1, subsequent_indent="    ")
    yield f"{first:{LABEL}}{_side(old):{SIDE}}{_side(new):{SIDE}}{word}"
    yield from rest


def _side(line: Line) -> str:
    share = line.good_or_better
    if share is None:
        return f"{line.n:>3}  no estimate"
    return f"{share.n:>3}  {interval(share)}"


def _tested(trend: Trend) -> Iterator[str]:
    """Yield what changed by more than chance would show, and what may be said of it."""
    changes = trend.changes
    if not changes:
        yield "No criterion has an estimate in both rounds yet."
        return
    clear = [one for one in changes if one.tested.beyond_chance]
    compared = plural(len(changes), "criterion", "criteria")
    yield (
        f"Tested one by one, and corrected for {compared} compared (Holm), "
        + (
            "changed by more than chance would show, and marked higher or lower:"
            if clear
            else "none has changed by more than chance would show."
        )
    )
    for one in clear:
        yield f"{one.new.id} {one.new.label}: {tested_words(one.tested)}."
    yield (
        "Elsewhere nothing is said: the share may have risen, fallen or stayed. To tell "
        "a small change from chance takes more cases."
    )
    if clear:
        yield (
            "Where nothing at all has changed, a word here would be a false alarm in no "
            "more than about one comparison of two rounds in twenty."
        )
    yield (
        "No number here says why: other children, other auditors and other events lie "
        "between the two rounds. Each round's own summary says what it cannot say."
    )


def _cautious(trend: Trend) -> Iterator[str]:
    lines = trend.with_ease(CAUTION)
    if not lines:
        return
    yield ""
    yield from wrap(
        "To be read side by side, with care: they do not ask quite the same", WIDTH
    )
    for line in lines:
        yield from _sentence(f"{_names(line)}: {line.why}.", line.note)
        for word, ones in (("before", line.old), ("now", line.new)):
            for one in ones:
                label = f"{word} {one.id} {one.label}: n {_side(one).strip()}"
                yield from wrap(
                    label, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 8
                )


def _not(trend: Trend) -> Iterator[str]:
    lines = trend.with_ease(NO)
    if not lines:
        return
    yield ""
    yield "Cannot be compared"
    for line in lines:
        label = (*line.new, *line.old)[0].label
        yield from _sentence(f"{_names(line)} {label}: {line.why}.", line.note)


def _sentence(text: str, note: str) -> Iterator[str]:
    said = f"{text} {note[:1].upper()}{note[1:]}" if note else text
    said = said if said.endswith((".", "?", "!")) else f"{said}."
    yield from wrap(said, WIDTH, initial_indent="  ", subsequent_indent="      ")
