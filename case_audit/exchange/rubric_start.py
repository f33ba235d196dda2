"""A rubric file to start from, with a comment above each key."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.exchange.rubric_keys import CRITERION, DOMAIN, RUBRIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.frame.cohort import Cohort

WIDTH = 78

AREAS = {"cic": "children_in_care", "care_leaver": "care_leavers"}
"""The judgement area of a cohort where it is not help and protection."""

SHARED = {
    "voice": "A shared domain: the child's voice and direct work.",
    "management-oversight": "A shared domain: management oversight and supervision.",
    "recording": "A shared domain: recording.",
}

DESCRIPTORS = {
    "outstanding": (
        "Outstanding: what was done beyond good, and what the child gained by it.",
        "People acted before they were asked, and the child's life is better for it.",
    ),
    "good": (
        "Good: the benchmark as it looks in the file and for the child.",
        "What was agreed was done in the agreed time, and the child noticed.",
    ),
    "requires_improvement": (
        "Requires improvement: what is missing, though nobody came to harm.",
        "Some of it was done, or late. No harm followed, but nothing changed either.",
    ),
    "inadequate": (
        "Inadequate: what was not done, and what that meant for the child.",
        "A step was left out and nobody noticed. Things grew worse for the child.",
    ),
}


LABEL = "What was agreed was done"


def rubric_start(rubric_id: str, *, cohort: Cohort, criteria: int = 0) -> str:
    """Return a whole, sound rubric file for an author to change.

    Args:
        rubric_id: The rubric's identifier, which is also the file's name.
        cohort: Whose cases it is for.
        criteria: How many criteria of its own; 0 for one beside shared domains.

    Returns:
        YAML: shared domains, and one domain of its own with one criterion; or
        that domain alone with as many criteria as asked for, of which the first
        has a comment above each key and the others wait to be filled in.
    """
    area = AREAS.get(cohort.id, "help_and_protection")
    title = rubric_id.replace("-", " ").capitalize()
    heads = {
        "kind": "rubric",
        "id": rubric_id,
        "version": '"0.1"',
        "title": title,
        "framework": "ilacs@2026-04",
        "area": area,
        "cohorts": f"[{cohort.id}]",
        "scale": "ofsted4",
        "rules": "case-file",
    }
    lines = [
        "# Change what stands after each colon. Try the file as often as you like:",
        f"#   case-audit rubric check {rubric_id}.yaml",
        "# To use a key that is switched off, such as role, take away its # sign.",
    ]
    for key, value in heads.items():
        lines += _entry(RUBRIC[key], key, value)
    lines += [*_comment(RUBRIC["domains"]), "domains:"]
    for module, words in SHARED.items() if not criteria else ():
        lines += _entry(words, "include", module, indent=2, first=True)
    lines += _own_domain(cohort)
    for number in range(2, criteria + 1):
        lines += _next_criterion(cohort, number)
    return "\n".join(lines) + "\n"


def _own_domain(cohort: Cohort) -> Iterator[str]:
    yield from _comment("A domain of your own begins here.", indent=2)
    yield from _entry(DOMAIN["id"], "id", "own-domain", indent=2, first=True)
    yield from _entry(DOMAIN["label"], "label", "What we promised", indent=4)
    yield from _unused(DOMAIN["role"], "role: safety", indent=4)
    yield from _comment(DOMAIN["criteria"], indent=4)
    yield "    criteria:"
    yield from _criterion(cohort)


def _criterion(cohort: Cohort) -> Iterator[str]:
    yield from _entry(CRITERION["id"], "id", "x1", indent=6, first=True)
    texts: dict[str, str | tuple[str, ...]] = {
        "label": LABEL,
        "asks": "Did what we agreed with the family change anything for the child?",
        "benchmark": "Each step that was agreed was taken in time, and the file says "
        "what changed for the child.",
        "critical": "no",
        "look_in": ("the plan and its reviews", "notes of the last six visits"),
        "trap": "A step ticked as done is not a difference made. Look for what "
        "changed for the child.",
        "not_applicable_when": "never",
        "inadequate_if": "a step that kept the child safe was left out",
    }
    for key, text in texts.items():
        yield from _entry(CRITERION[key], key, text, indent=8)
    yield from _unused(CRITERION["cohorts"], f"cohorts: [{cohort.id}]", indent=8)
    yield from _unused(CRITERION["tags"], "tags: [NF-O3]", indent=8)
    yield from _entry(
        CRITERION["source"], "source", ("our own practice standards",), indent=8
    )
    yield from _comment(CRITERION["descriptors"], indent=8)
    yield "        descriptors:"
    for grade, (words, text) in DESCRIPTORS.items():
        yield from _entry(words, grade, text, indent=10)


def _next_criterion(cohort: Cohort, number: int) -> Iterator[str]:
    """Yield a further criterion: the first one's keys, without their comments."""
    yield ""
    for line in _criterion(cohort):
        if not line.lstrip().startswith("#"):
            yield (
                line.replace("id: x1", f"id: x{number}")
                .replace(f"label: {LABEL}", f"label: Criterion {number}")
                .replace(
                    "Did what we agreed with the family change anything for the child?",
                    f"What is the question of criterion {number}?",
                )
            )


def _entry(
    words: str,
    key: str,
    value: str | tuple[str, ...],
    *,
    indent: int = 0,
    first: bool = False,
) -> Iterator[str]:
    """Yield a key with its comment; ``first`` begins an entry of a list."""
    space = " " * indent
    head = f"{space}{'- ' if first else ''}{key}:"
    yield from _comment(words, indent=indent)
    if isinstance(value, tuple):
        yield head
        yield from (f"{space}  - {item}" for item in value)
    elif len(head) + 1 + len(value) <= WIDTH:
        yield f"{head} {value}"
    else:
        yield f"{head} >-"
        below = f"{space}  "
        yield from wrap(value, WIDTH, initial_indent=below, subsequent_indent=below)


def _unused(words: str, example: str, *, indent: int) -> Iterator[str]:
    """Yield a key that may be left out, switched off."""
    yield from _comment(words, indent=indent)
    yield f"{' ' * indent}# {example}"


def _comment(words: str, *, indent: int = 0) -> list[str]:
    head = f"{' ' * indent}# "
    return wrap(words, WIDTH, initial_indent=head, subsequent_indent=head)
