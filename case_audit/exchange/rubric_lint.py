"""What a rubric's author may want to think over, with file, line and suggestion.

A finding is no error: the file can be used. It is raised by a rule that a person
can follow (:mod:`case_audit.core.rubric.wording`, :mod:`case_audit.core.rubric.double`)
and says what it was raised by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.rubric.double import double_label, double_question
from case_audit.core.rubric.wording import (
    ALIKE,
    KNOWN_ABBREVIATIONS,
    OLDEST_ON_AVERAGE,
    SAME,
    Remark,
    abbreviations,
    explained,
    hard_to_read,
    judging_words,
    likeness,
    loose_ends,
    no_consequence,
    pasted_marks,
    reading_age,
    vague_words,
)
from case_audit.errors.base import shown
from case_audit.exchange.rubric_findings import Finding
from case_audit.exchange.rubric_structure import structure
from case_audit.exchange.rubric_walk import Place, groups, place
from case_audit.exchange.yaml_strict import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from case_audit.exchange.rubric_findings import Reach
    from case_audit.exchange.rubric_walk import Entry
    from case_audit.exchange.yaml_strict import Node

    Rule = Callable[[str], Iterator[Remark]]

LONGEST_LIST = 6
"""Entries of a list that somebody takes in at a glance."""

MOST_GRADES = 9
"""Grades of the longest scale: each has a key of its own, 1 to 9."""

UNGRADED = ("fact", "narrative")
"""Kinds of criterion without descriptors."""

_EVERYWHERE: tuple[Rule, ...] = (loose_ends, pasted_marks)
_PROSE: tuple[Rule, ...] = (*_EVERYWHERE, hard_to_read, vague_words)
_EVIDENCE: tuple[Rule, ...] = (*_PROSE, judging_words)

RULES: dict[str, tuple[Rule, ...]] = {
    "label": (*_EVERYWHERE, double_label),
    "asks": (*_EVIDENCE, double_question),
    "benchmark": _EVIDENCE,
    "trap": _PROSE,
    "not_applicable_when": (*_EVERYWHERE, hard_to_read),
    "inadequate_if": _EVIDENCE,
}
"""Which rules read which text of a criterion; descriptors are read as evidence."""

HEADS = ("title", "label")
"""Texts of a file as a whole."""

LISTS = ("look_in", "prompts", "tags", "source")


def lint(node: Node, *, file: str, reach: Reach) -> tuple[Finding, ...]:
    """Return everything to think over in a rubric or module, by line.

    Args:
        node: The opened file, sound or not.
        file: How to name it.
        reach: What it can refer to.
    """
    if not isinstance(node, Table):
        return ()
    entries = [entry for group in groups(node) for entry in group.criteria]
    at = place(node, "version")  # a comment beside it is one
    found = [
        *(f for key in HEADS for f in _read(place(node, key), key, _EVERYWHERE)),
        *_read(
            Place(key="version", line=at.line, text=at.text), "version", _EVERYWHERE
        ),
        *(f for entry in entries for f in _criterion(entry, reach)),
        *_abbreviations(entries),
        *_as_a_whole(node, entries),
        *structure(node, reach),
    ]
    findings = (
        Finding(file=file, line=at.line, key=at.key, about=about, remark=remark)
        for at, about, remark in found
    )
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.line, f.key)))


def _criterion(entry: Entry, reach: Reach) -> Iterator[tuple[Place, str, Remark]]:
    for key, rules in RULES.items():
        at = entry.place(key)
        yield from _read(at, f"{entry.id} {key}", rules)
    for key in ("look_in", "prompts"):
        for at in entry.items(key):
            yield from _read(at, f"{entry.id} {key}", _EVERYWHERE)
    for grade, at in entry.descriptors().items():
        yield from _read(at, f"{entry.id} {grade}", _EVIDENCE)
    for at, about, remark in _between(entry, reach):
        yield at, f"{entry.id} {about}", remark
    for key in LISTS:
        if len(items := entry.items(key)) > LONGEST_LIST:
            remark = Remark(
                kind="list",
                what=f"has {len(items)} entries",
                suggestion=f"Keep the {LONGEST_LIST} that matter most.",
            )
            yield items[0], f"{entry.id} {key}", remark
    if entry.kind not in UNGRADED and not entry.place("trap").text:
        remark = Remark(
            kind="trap",
            what="has no trap",
            suggestion="Name what looks right here and is not: add `trap:`.",
        )
        yield entry.place("trap"), entry.id, remark


def _read(
    at: Place, about: str, rules: Sequence[Rule]
) -> Iterator[tuple[Place, str, Remark]]:
    for rule in rules:
        for remark in rule(at.text):
            yield at, about, remark
    if at.beside:
        remark = Remark(
            kind="comment",
            what=f'ends before "{shown(at.beside, longest=24)}", which is not read',
            suggestion="If that belongs to it, put the whole text in quotation marks.",
        )
        yield at, about, remark


def _between(entry: Entry, reach: Reach) -> Iterator[tuple[Place, str, Remark]]:
    """Yield what the texts of one criterion are to each other."""
    described = {grade: at for grade, at in entry.descriptors().items() if at.text}
    yield from _alike(described)
    scale = reach.scale_of(entry.descriptors())
    if scale is None:
        return
    lowest, benchmark = described.get(scale.lowest), entry.place("benchmark")
    if lowest is not None:
        for remark in no_consequence(lowest.text):
            yield lowest, scale.lowest, remark
    good = described.get(scale.benchmark)
    if good and benchmark.text and likeness(benchmark.text, good.text) >= SAME:
        yield (
            benchmark,
            "benchmark",
            Remark(
                kind="benchmark",
                what=f"says again what {scale.benchmark} says",
                suggestion=f"Let the benchmark name the standard in a sentence, and "
                f"{scale.benchmark} what it looks like in a file.",
            ),
        )


def _alike(described: Mapping[str, Place]) -> Iterator[tuple[Place, str, Remark]]:
    """Yield each descriptor that reads like an earlier one, and like which most."""
    grades = list(described.items())[:MOST_GRADES]
    for i, (grade, at) in enumerate(grades):
        earlier = grades[:i]
        shares = {one: likeness(first.text, at.text) for one, first in earlier}
        most = max(shares, key=lambda one: shares[one], default="")
        if most and shares[most] >= ALIKE:
            remark = Remark(
                kind="alike",
                what=f"reads like {most}: adverbs aside, {int(shares[most] * 100)}% of "
                "its words are the same",
                suggestion="Say what is different in the file or for the child at "
                "this grade. An adverb changed is nothing to point at.",
            )
            yield at, grade, remark


def _abbreviations(
    entries: Sequence[Entry],
) -> Iterator[tuple[Place, str, Remark]]:
    """Yield each abbreviation that the file does not explain, where it is first."""
    places = [(entry, at) for entry in entries for at in _texts(entry)]
    seen = {*KNOWN_ABBREVIATIONS, *explained(at.text for _, at in places)}
    for entry, at in places:
        for short in abbreviations(at.text):
            if short in seen:
                continue
            seen.add(short)
            remark = Remark(
                kind="abbreviation",
                what=f'"{short}" is not explained',
                suggestion="Write it in full, or put the words in brackets after it "
                "the first time.",
            )
            yield at, entry.id, remark


def _texts(entry: Entry) -> Iterator[Place]:
    for key in RULES:
        yield entry.place(key)
    for key in ("look_in", "prompts"):
        yield from entry.items(key)
    yield from entry.descriptors().values()


def _as_a_whole(
    node: Table, entries: Sequence[Entry]
) -> Iterator[tuple[Place, str, Remark]]:
    age = reading_age([at.text for entry in entries for at in _texts(entry) if at.text])
    if age is not None and age > OLDEST_ON_AVERAGE:
        yield (
            Place(key="", line=node.line),
            "the file as a whole",
            Remark(
                kind="reading",
                what=f"has a reading age of {age}",
                suggestion=f"Aim for {OLDEST_ON_AVERAGE} or below: shorter sentences, "
                "and the words a parent would use.",
            ),
        )
