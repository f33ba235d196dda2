"""What a crosswalk lets one compare, for a terminal of 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.core.rubric.crosswalk import CAUTION, NO, YES, comparable, version_of
from case_audit.reports.wording import plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.crosswalk import Alone, Crosswalk, Pair
    from case_audit.core.rubric.model import Rubric

WIDTH = 78
"""Columns, so that a scroll bar still fits beside it."""

HEADS = {
    YES: "Can be compared",
    CAUTION: "Can be read side by side, with care",
    NO: "Cannot be compared",
}


def crosswalk_text(walk: Crosswalk, *, old: Rubric, new: Rubric) -> str:
    """Return in words which criteria may be compared across a crosswalk.

    Args:
        walk: A crosswalk that fits its rubrics.
        old: The rubric it comes from.
        new: The rubric it leads to.

    Returns:
        Lines of at most 78 columns, with a final line feed.
    """
    before, after = len(list(old.criteria())), len(list(new.criteria()))
    counted = f"{plural(before, 'criterion', 'criteria')} before, {after} now"
    lines = [
        *wrap(f"From {_name(old)} to {_name(new)}.", WIDTH),
        *wrap(f"{counted}; each is accounted for once.", WIDTH),
    ]
    for ease, head in HEADS.items():
        pairs = [p for p in walk.pairs if comparable(p, walk, old, new).ease == ease]
        alone = (*walk.dropped, *walk.added) if ease == NO else ()
        if pairs or alone:
            lines += ["", f"{head} ({len(pairs) + len(alone)})"]
        for pair in pairs:
            lines += _pair(pair, walk, old, new)
        if ease == NO:
            lines += _alone("dropped", walk.dropped, old)
            lines += _alone("new", walk.added, new)
    return "\n".join(lines) + "\n"


def _name(rubric: Rubric) -> str:
    return one_line(f"{rubric.title} ({version_of(rubric)})")


def _pair(pair: Pair, walk: Crosswalk, old: Rubric, new: Rubric) -> Iterator[str]:
    names = ", ".join(pair.new)
    if pair.old != pair.new:
        names = f"{', '.join(pair.old)} -> {names}"
    label = new.criterion(pair.new[0]).label if len(pair.new) == 1 else ""
    label = label or old.criterion(pair.old[0]).label
    why = comparable(pair, walk, old, new).why
    yield from _entry(f"{names}  {label}: {why}", pair.note)


def _alone(word: str, ones: Sequence[Alone], rubric: Rubric) -> Iterator[str]:
    for one in ones:
        label = rubric.criterion(one.id).label
        yield from _entry(f"{one.id}  {label}: {word}", one.note)


def _entry(text: str, note: str) -> Iterator[str]:
    yield from wrap(
        one_line(f"{text}."), WIDTH, initial_indent="  ", subsequent_indent="      "
    )
    if note:
        yield from wrap(
            one_line(note), WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6
        )
