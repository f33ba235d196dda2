"""Which parts of a design go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.sample.numbers import MODULUS
from case_audit.errors import DesignError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.sample.model import Design

_ROUND = "Draw them in a round of their own."


def refuse_impossible(design: Design) -> None:
    """Refuse a design whose parts contradict each other.

    Raises:
        DesignError: If parts do not go together; says what to do.
        ValueError: If a number is outside its range.
    """
    sizes = (design.minimum, design.reserves, design.clusters, design.per_cluster)
    counts = (*sizes, *(n for _, n in design.quotas))
    in_range = min(counts) >= 0 and 0 <= design.start < MODULUS
    right_size = design.size == 0 if design.kind == "cluster" else design.size >= 1
    if not (in_range and right_size):
        msg = "a size is below 1, a count below 0, or the start not on the circle"
        raise ValueError(msg)
    for problem, hint in _contradictions(design):
        raise DesignError(problem, hint=hint)


def _contradictions(design: Design) -> Iterator[tuple[str, str]]:
    yield from _missing(design)
    yield from _of_one_kind(design)
    yield from _sharing(design)
    if design.at_most and design.kind not in {"simple", "stratified"}:
        yield (
            f"A cap on groups (--at-most) does not go with a {design.kind} design.",
            "It goes with simple and stratified ones: leave --design out.",
        )
    if design.at_most and design.certain:
        yield "Cases that must be included (--certain) could break the cap.", _ROUND
    if design.certain and design.kind in {"cluster", "targeted"}:
        yield (
            (
                f"Cases that must be included (--certain) do not go with a "
                f"{design.kind} design."
            ),
            _ROUND,
        )
    if design.strata and design.kind in {"cluster", "targeted"}:
        yield (
            f"A {design.kind} design has no strata.",
            "Leave --strata out, or draw a round for each stratum.",
        )


def _missing(design: Design) -> Iterator[tuple[str, str]]:
    if design.kind == "pps" and not design.measure:
        yield (
            "Probability proportional to size needs a measure of size.",
            (
                "Name an attribute that is a number: --measure ATTRIBUTE. "
                "`case-audit frame show COHORT` lists them."
            ),
        )
    if design.kind == "cluster" and not (design.by and design.clusters):
        yield (
            "A cluster design needs to know what makes a cluster, and how many.",
            "For example: --by worker --clusters 6 --per-cluster 3.",
        )
    if design.kind == "targeted" and not design.targeted:
        yield (
            "A targeted sample needs a condition.",
            "For example: --targeted \"risk_missing == 'yes'\".",
        )
    if design.at_most and (not design.at_most[0] or design.at_most[1] < 1):
        yield (
            "A cap on groups needs an attribute and a number from 1.",
            "For example: --at-most worker=2.",
        )


def _of_one_kind(design: Design) -> Iterator[tuple[str, str]]:
    """Yield what is said, but means nothing in this kind of design."""
    clusters = design.by or design.clusters or design.per_cluster
    for said, option, kind in (
        (design.order, "--order", "systematic"),
        (design.measure, "--measure", "pps"),
        (clusters, "--by, --clusters and --per-cluster", "cluster"),
        (design.targeted, "--targeted", "targeted"),
    ):
        if said and design.kind != kind:
            yield (
                f"{option} belongs to a {kind} design, not to a {design.kind} one.",
                f"Write --design {kind}, or leave {option} out.",
            )


def _sharing(design: Design) -> Iterator[tuple[str, str]]:
    special = design.allocation not in {"none", "proportional"}
    if special and not design.strata:
        yield (
            f"There are no strata that could share the sample ({design.allocation}).",
            "Name them: --strata team.",
        )
    for said, option, allocation in (
        (design.quotas, "--quota", "quota"),
        (design.expected, "--expected", "neyman"),
    ):
        if said and design.allocation != allocation:
            yield (
                f"{option} goes with --allocation {allocation} only.",
                f"Write --allocation {allocation}, or leave {option} out.",
            )
        names = [name for name, _ in said]
        if len(set(names)) < len(names):
            yield f"{option} names a stratum twice.", "Name each stratum once."
    if design.allocation == "quota" and not design.quotas:
        yield (
            "An allocation by quota needs quotas.",
            'For example: --quota "Team A=5" --quota "Team B=10".',
        )
    if any(not 0 <= share <= 1 for _, share in design.expected):
        yield (
            "An expected share is not between 0 and 1.",
            'Write it as a decimal: --expected "Team A=0.3".',
        )
