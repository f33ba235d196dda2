"""What a rubric's author may want to think over in how the file is built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from case_audit.core.rubric.model import FEEDBACK, IN_WORDS, YES_NO
from case_audit.core.rubric.wording import SAME, Remark, as_alike
from case_audit.exchange.rubric_walk import Place, groups, place, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.exchange.rubric_findings import Reach
    from case_audit.exchange.rubric_walk import Entry, Group
    from case_audit.exchange.yaml_strict import Table

    Found = Iterator[tuple[Place, str, Remark]]

MOST_IN_A_DOMAIN = 14
"""Criteria of one domain that can still be graded as one thing."""

SHORT = 9
"""Criteria of a look at one theme, which may touch nothing that keeps a child safe."""
MOST_COMPARED = 300
"""Criteria of one file that are held against each other."""

_TAG = re.compile(r"[A-Z]{2,}(?:-[A-Z]*[0-9]+[a-z]?)+")
_NATIONAL_FRAMEWORK = re.compile(r"NF-(?:O[1-4]|E[1-3]|P[1-6])")


def structure(node: Table, reach: Reach) -> Found:
    """Yield what to think over in how a rubric or module is built."""
    domains = list(groups(node))
    own = [entry for group in domains for entry in group.criteria]
    asked_of = texts(node, "cohorts") if "domains" in node.entries else ()
    for entry in own:
        yield from _cohorts(entry, asked_of)
        yield from _critical(entry)
        yield from _tags(entry)
    for group in domains:
        yield from _size(group, reach)
    if own and "domains" in node.entries:
        yield from _no_critical(node, domains, reach)
    yield from _twice(domains, reach)
    yield from _doubles(node, own, domains, reach)


def _cohorts(entry: Entry, asked_of: Sequence[str]) -> Found:
    named = entry.items("cohorts")
    outside = [at for at in named if asked_of and at.text not in asked_of]
    if not outside:
        return
    if len(outside) == len(named):
        remark = Remark(
            kind="cohort",
            what=f"is never asked: the rubric is for {', '.join(asked_of)}",
            suggestion="Name a cohort of the rubric, or take the key away.",
        )
    else:
        remark = Remark(
            kind="cohort",
            what=f"names {outside[0].text!r}, which the rubric is not for",
            suggestion="Take it away, or add it to the cohorts of the rubric.",
        )
    yield outside[0], f"{entry.id} cohorts", remark


def _critical(entry: Entry) -> Found:
    graded = entry.kind == "graded"
    if entry.critical and graded and not entry.place("inadequate_if").text:
        yield (
            entry.place("critical"),
            entry.id,
            Remark(
                kind="critical",
                what="is critical and has no `inadequate_if`",
                suggestion="It can decide the whole case: name the fact that alone "
                "decides for the lowest grade.",
            ),
        )


def _tags(entry: Entry) -> Found:
    for at in entry.items("tags"):
        if at.text in FEEDBACK and entry.kind == YES_NO:
            continue
        rule = _NATIONAL_FRAMEWORK if at.text.startswith("NF") else _TAG
        if not rule.fullmatch(at.text):
            yield (
                at,
                f"{entry.id} tags",
                Remark(
                    kind="tag",
                    what=f"has {at.text!r}, which is not written as a tag",
                    suggestion="Write it like NF-O3 (outcome 3), NF-E2 (enabler 2) or "
                    "NF-P1 (principle 1) of the National Framework; capital letters, a "
                    "hyphen and a number for others.",
                ),
            )


def _size(group: Group, reach: Reach) -> Found:
    count = len(group.criteria) + len(_included(group, reach))
    if count > MOST_IN_A_DOMAIN:
        yield (
            group.at,
            group.include or group.at.text or group.at.key,
            Remark(
                kind="domain",
                what=f"has {count} criteria in one domain",
                suggestion="Divide it: a domain gets one grade, and nobody can see "
                "what so many criteria have in common.",
            ),
        )


def _included(group: Group, reach: Reach) -> list[Entry]:
    module = reach.modules.get(group.include)
    if module is None:
        return []
    return [entry for part in groups(module) for entry in part.criteria]


def _no_critical(node: Table, domains: Sequence[Group], reach: Reach) -> Found:
    everything = [
        entry
        for group in domains
        for entry in (*group.criteria, *_included(group, reach))
    ]
    able = [entry for entry in everything if entry.kind not in IN_WORDS]
    if len(able) > SHORT and not any(entry.critical for entry in able):
        at = place(node, "domains")
        yield (
            Place(key=at.key, line=at.line),
            "the rubric",
            Remark(
                kind="critical",
                what="has no critical criterion",
                suggestion="Mark what a child's safety turns on with `critical: yes`: "
                "limiting rules go by it.",
            ),
        )


def _twice(domains: Sequence[Group], reach: Reach) -> Found:
    """Yield each identifier that stands twice, a module's included."""
    seen: dict[str, str] = {}
    for group in domains:
        for entry in _included(group, reach):
            seen.setdefault(entry.id, f"in the module {group.include}")
    for group in domains:
        for entry in group.criteria:
            at = entry.place("id")
            if at.text and at.text in seen:
                yield (
                    at,
                    entry.id,
                    Remark(
                        kind="identifier",
                        what=f"stands already {seen[at.text]}",
                        suggestion="Give it an identifier of its own.",
                    ),
                )
            seen.setdefault(at.text, f"on line {at.line}")


def _doubles(
    node: Table, own: Sequence[Entry], domains: Sequence[Group], reach: Reach
) -> Found:
    """Yield each criterion that asks what another asks, here or in a module.

    A criterion of a module under its own identifier is a copy on purpose: a
    rubric may want one of a module's criteria and not the others.
    """
    itself = place(node, "id").text if "domains" not in node.entries else ""
    elsewhere = [
        (_Asked.of(entry), name)
        for name, module in reach.modules.items()
        if name != itself
        for group in groups(module)
        for entry in group.criteria
    ]
    included = {group.include for group in domains}
    here = [_Asked.of(entry) for entry in own[:MOST_COMPARED]]
    for i, asked in enumerate(here):
        entry = asked.entry
        for beside, module in (*((before, "") for before in here[:i]), *elsewhere):
            key, other = _same(asked, beside), beside.entry
            if not key or (module and _copy(entry, other)):
                continue
            where = f" in the module {module}" if module else ""
            yield (
                entry.place(key),
                entry.id,
                Remark(
                    kind="duplicate",
                    what=f"asks what {other.id}{where} asks"
                    if key == "asks"
                    else f"has the benchmark of {other.id}{where}",
                    suggestion=f"Use the module: `include: {module}`."
                    if module and module not in included
                    else "Ask each thing once: take one of them away."
                    if key == "asks"
                    else "Say what good looks like here, or take one of them away.",
                ),
            )
            break


def _copy(one: Entry, other: Entry) -> bool:
    """Whether it is a module's criterion word for word, for want of the others."""
    return one.id == other.id and all(
        one.place(key).text == other.place(key).text
        for key in ("label", "asks", "benchmark", "trap")
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A criterion with the texts by which it is compared, read once."""

    entry: Entry
    texts: Mapping[str, str]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(entry, {key: entry.place(key).text for key in ("asks", "benchmark")})


def _same(one: _Asked, other: _Asked) -> str:
    """Return the key whose text is the same in both; empty if neither is."""
    for key, first in one.texts.items():
        second = other.texts[key]
        if first and second and as_alike(first, second, share=SAME):
            return key
    return ""
