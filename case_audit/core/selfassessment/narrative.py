"""The lead's own words, and which of their numbers have changed since.

A text is written by a person and kept while the numbers beside it are made again. Each
number in it is linked, when it is written, to the figures of the round that read so
then. When they read otherwise, the number in the text is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

    from case_audit.core.estimates.share import Share
    from case_audit.core.selfassessment.model import Line, Summary

    Figures = Mapping[str, str]
    """What each figure of a round reads, by its name."""

Section = Literal["know", "strengths", "improve", "how", "plan"]

KEYS: Final[tuple[Section, ...]] = get_args(Section)
"""The sections that a lead can write, in the order of the document."""

HEADINGS: Final[Mapping[Section, str]] = {
    "know": "What we know about our practice",
    "strengths": "Strengths",
    "improve": "Areas for improvement",
    "how": "How we know it",
    "plan": "Our plans for the next 12 months",
}
"""The heading of each section."""

Kind = Literal["text", "unchanged", "changed", "unsure", "foreign"]

_NUMBER = re.compile(
    r"(?<![\w.,])(?:"
    r"(?P<share>[<>]?\d{1,9}(?:\.\d{1,9})?) ?(?:%|per cent\b|percent\b)"
    r"|(?P<hits>\d{1,3}(?:,\d{3})+|\d{1,9}) of (?:the )?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d]|[.,]\d|%)"
    r")"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a lead wrote in one section.

    Attributes:
        section: Which one.
        text: What it says; empty where it was cleared.
        sources: For each number in it, as :func:`numbers` reads it, the names of the
            figures that read so when it was written; none for a number of nothing.
        by: Who wrote it.
        at_utc: When.
        revision: 1 for the first text of the section, rising.
    """

    section: Section
    text: str
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: str
    at_utc: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a passage.

    Attributes:
        text: As it was written; all pieces together are the passage.
        kind: ``text``: words. ``unchanged``: a number, and its figures read so
            still. ``changed``: none of them does. ``unsure``: several figures read so
            when it was written, and only some do now. ``foreign``: it was no figure
            of the round when it was written.
        now: What the figures read now that no longer read so, if that is one thing;
            empty otherwise.
    """

    text: str
    kind: Kind
    now: str = ""


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers in a text that can be figures of a round, each once.

    They are shares, ``60%`` or ``60 per cent``, and counts, ``18 of 30`` or ``18 of
    the 30``; written alike they are given alike: ``60%``, ``18 of 30``.
    """
    return tuple(dict.fromkeys(_reads(match) for match in _NUMBER.finditer(text)))


def _reads(match: re.Match[str]) -> str:
    if match["share"] is None:
        hits, n = match["hits"].replace(",", ""), match["n"].replace(",", "")
        return f"{hits} of {n}"
    whole, point, rest = match["share"].partition(".")
    rest = rest.rstrip("0")
    return f"{whole}{point if rest else ''}{rest}%"


def figures_of(summary: Summary, percent: Callable[[Fraction], str]) -> dict[str, str]:
    """Return what each figure of a round reads.

    For the cases as a whole, each domain and each criterion: the share at the
    benchmark or better and at the lowest grade with their bounds, how many audited
    cases those are, the cases at each grade; and how many were audited and drawn.

    Args:
        summary: The round.
        percent: How a share is printed.
    """
    found = {
        "audited": f"{summary.submitted} of {summary.drawn}",
        "drawn": f"{summary.drawn} of {summary.population}",
    }
    for area in summary.areas:
        if area.line is not None:
            found |= _of_line(area.line, summary.submitted, percent)
        for domain in area.domains:
            for line in (domain.line, *domain.criteria):
                found |= _of_line(line, summary.submitted, percent)
    return found


def _of_line(
    line: Line, submitted: int, percent: Callable[[Fraction], str]
) -> dict[str, str]:
    name = f"{line.level} {line.id}"
    found = {
        f"{name} not applicable": f"{line.not_applicable} of {submitted}",
        f"{name} not evidenced": f"{line.not_evidenced} of {submitted}",
    }
    if line.scale is None:
        return found
    good = [g for g in line.scale.ids if line.scale.at_benchmark_or_better(g)]
    hits = sum(line.counts[grade] for grade in good)
    found[f"{name} good or better"] = f"{hits} of {line.n}"
    for grade, count in line.counts.items():
        found[f"{name} at {grade}"] = f"{count} of {line.n}"
    found |= _of_share(f"{name} good or better", line.good_or_better, percent)
    found |= _of_share(f"{name} lowest", line.worst, percent)
    if line.worst_at_most is not None:
        found[f"{name} lowest at most"] = percent(line.worst_at_most.upper)
    return found


def _of_share(
    name: str, share: Share | None, percent: Callable[[Fraction], str]
) -> dict[str, str]:
    if share is None:
        return {}
    return {
        f"{name} share": percent(share.estimate),
        f"{name} lower": percent(share.lower),
        f"{name} upper": percent(share.upper),
    }


def linked(
    text: str, figures: Figures, *, before: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Link each number in a text to the figures that read so now.

    A number that stood in the text before and is no figure any more keeps its links:
    somebody who changes another sentence must not make it look as if it were nobody's.

    Args:
        text: What is written now.
        figures: What each figure reads now.
        before: The links of the revision before.

    Returns:
        The names of the figures by number, in the order of the text; no names for a
        number that is foreign.
    """
    names: dict[str, list[str]] = {}
    for name, reads in figures.items():
        names.setdefault(reads, []).append(name)
    return {
        number: tuple(names.get(number, ())) or before.get(number, ())
        for number in numbers(text)
    }


def marked(passage: Passage, figures: Figures) -> tuple[Piece, ...]:
    """Split a passage into pieces and say which numbers have changed.

    Args:
        passage: What was written.
        figures: What each figure reads now; one that is gone reads as nothing.

    Returns:
        Pieces that together are the text, without empty ones.
    """
    return tuple(piece for piece in _pieces(passage, figures) if piece.text)


def _pieces(passage: Passage, figures: Figures) -> Iterator[Piece]:
    end = 0
    for match in _NUMBER.finditer(passage.text):
        yield Piece(text=passage.text[end : match.start()], kind="text")
        end = match.end()
        number = _reads(match)
        names = passage.sources.get(number, ())
        others = {figures.get(name, "") for name in names} - {number}
        still = any(figures.get(name) == number for name in names)
        if not names:
            kind: Kind = "foreign"
        elif not others:
            kind = "unchanged"
        else:
            kind = "unsure" if still else "changed"
        now = others.pop() if len(others) == 1 else ""
        yield Piece(text=match[0], kind=kind, now=now)
    yield Piece(text=passage.text[end:], kind="text")
