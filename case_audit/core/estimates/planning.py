"""What a design would show, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.discovery import cases_at
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.outlook import (
    look_ahead,
    look_ahead_at_clusters,
    strata_ahead,
)
from case_audit.core.estimates.size import EVEN
from case_audit.core.frame.model import ALL
from case_audit.core.sample.allocation import allocate, smallest_size
from case_audit.core.sample.rows import CERTAIN, as_line
from case_audit.errors import CaseAuditError, SampleTooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.estimates.outlook import Outlook, StratumOutlook
    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import FrameLine, Row

HOURS = Fraction(3)
"""Hours an audit takes unless another number is given. An assumption without a
published source: time your own audits and say so with ``--hours-per-case``."""

CORRELATION = Fraction(1, 10)
"""How alike the cases of one cluster are unless another number is given (the
intra-class correlation). An assumption: 220 published ones of professional practice
range from 0 to 0.415, and are larger for processes than for outcomes (M. K. Campbell,
P. M. Fayers and J. M. Grimshaw, Clinical Trials 2 (2005) 99-107)."""

RATE = Fraction(1, 20)
"""The share of inadequate cases asked about unless another is given."""

FEW_ALONE = 10
"""With fewer drawn units than this nothing is said of a stratum alone."""

THIN = 4
"""Fewer drawn units than this hardly show how a stratum varies."""

STEPS = (Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(3, 2), Fraction(2))
"""The sizes of a ladder, as multiples of the size asked for."""

CAPPED = "capped"
PPS = "pps"
SYSTEMATIC = "systematic"
CLUSTER = "cluster"
NO_INTERVAL = "no_interval"
NO_SHARE = "no_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameCounts:
    """A frame, as far as planning needs it.

    Attributes:
        populations: Units in each stratum that the sample speaks for.
        clusters: Units in each cluster, largest first; empty without clusters.
        kept: Units that each stratum keeps under the cap, at most: what is fixed
            before the seed. Empty without a cap.
        left: Units that the cap leaves of all strata together.
    """

    populations: Mapping[str, int]
    clusters: tuple[int, ...] = ()
    kept: Mapping[str, int] = field(default_factory=dict)
    left: int = 0

    @property
    def population(self) -> int:
        """Units that the sample speaks for."""
        return sum(self.populations.values())

    @property
    def most(self) -> int:
        """The largest sample: clusters where they are drawn, or units."""
        return len(self.clusters) or (self.left if self.kept else self.population)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What a plan takes for granted.

    Attributes:
        expected: The share expected to have the property; 1/2 is the worst case.
        by_stratum: The same where a stratum has its own, 0 to 1.
        rate: Share of inadequate cases asked about, more than 0.
        cases: Their number instead of the rate, at least 1.
        level: Confidence level of the intervals.
        correlation: How alike cases of one cluster are, 0 to 1.
        hours_per_case: Hours an audit takes.
        auditors: People who share the cases; 0 if not said.
    """

    expected: Fraction = EVEN
    by_stratum: Mapping[str, Fraction] = field(default_factory=dict)
    rate: Fraction = RATE
    cases: int | None = None
    level: Fraction = LEVEL
    correlation: Fraction = CORRELATION
    hours_per_case: Fraction = HOURS
    auditors: int = 0

    def share_of(self, stratum: str) -> Fraction:
        """Return the share expected in a stratum."""
        return self.by_stratum.get(stratum, self.expected)

    def cases_among(self, population: int) -> int:
        """Return the number of inadequate cases asked about, at most all."""
        if self.cases is not None:
            return min(self.cases, population)
        return cases_at(self.rate, population=population)

    def hours(self, cases: Fraction) -> Fraction:
        """Return the hours that all auditors together need."""
        return cases * self.hours_per_case

    def hours_each(self, cases: Fraction) -> Fraction | None:
        """Return the hours of one auditor, ``None`` if their number is not known."""
        return self.hours(cases) / self.auditors if self.auditors else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a design would show.

    Attributes:
        design: How to draw.
        assumptions: What is taken for granted.
        population: Units that can be drawn.
        outlook: The size asked for.
        strata: Each stratum by itself, by name; empty in a cluster design.
        ladder: The outlook at sizes around it, rising, with it among them.
        notes: What a reader must be told: ``systematic``, ``pps``, ``capped``,
            ``cluster`` (planned by an approximation), ``no_interval``,
            ``no_share`` (a targeted round).
    """

    design: Design
    assumptions: Assumptions
    population: int
    outlook: Outlook
    strata: tuple[StratumOutlook, ...]
    ladder: tuple[Outlook, ...]
    notes: tuple[str, ...]

    @property
    def thin(self) -> tuple[str, ...]:
        """Strata that would give too few cases to show how they vary."""
        return tuple(s.name for s in self.strata if s.size < min(THIN, s.population))


def frame_counts(lines: Iterable[Row], design: Design) -> FrameCounts:
    """Count a frame as a design sees it.

    Args:
        lines: Unit, stratum and, for clusters, the cluster.
        design: How to draw.
    """
    strata: Counter[str] = Counter()
    clusters: Counter[str] = Counter()
    by_cluster = design.kind == CLUSTER
    found = [as_line(row) for row in lines]
    for line in found:
        strata[ALL if by_cluster else line.stratum] += 1
        if by_cluster:
            clusters[line.aid] += 1
    kept, left = _under_the_cap(found, design)
    return FrameCounts(
        populations=dict(sorted(strata.items())),
        clusters=tuple(sorted(clusters.values(), reverse=True)),
        kept=kept,
        left=left,
    )


def _under_the_cap(
    lines: Sequence[FrameLine], design: Design
) -> tuple[dict[str, int], int]:
    """Return what each stratum and all of them keep under a cap, 0 without one.

    How much a group keeps is fixed; which of its units, the seed decides. Where a
    group lies across strata, each may keep the whole allowance.
    """
    if not design.at_most:
        return {}, 0
    most = design.at_most[1]
    alone = Counter(line.stratum for line in lines if not line.aid)
    inside = Counter((line.stratum, line.aid) for line in lines if line.aid)
    for (stratum, _), units in inside.items():
        alone[stratum] += min(units, most)
    groups = Counter(line.aid for line in lines if line.aid)
    loose = sum(1 for line in lines if not line.aid)
    left = loose + sum(min(units, most) for units in groups.values())
    return dict(sorted(alone.items())), left


def _sizes(frame: FrameCounts, design: Design) -> dict[str, int]:
    """Share a sample among the strata, as far as the cap leaves it.

    Raises:
        SampleTooLargeError: If the cap leaves fewer units than are asked for.
        CaseAuditError: As :func:`allocate` does, if the design does not fit.
    """
    if design.at_most and frame.most < design.size:
        group, most = design.at_most
        raise SampleTooLargeError(
            asked=design.size, available=frame.most, cap=f"{group}={most}"
        )
    return allocate(frame.kept or frame.populations, design)


def plan(
    frame: FrameCounts, design: Design, assumptions: Assumptions | None = None
) -> Plan:
    """Return what a design would show, in a few milliseconds.

    The interval is the one that would be printed if the sample showed just the
    expected share. Certain cases are a stratum audited in full. Systematic
    samples are planned as random ones in their strata, those with probability
    proportional to size and with at most k of a group likewise, which the notes
    say: of the groups only what they leave to draw is looked at. Clusters cost the design effect
    ``1 + (b - 1) * correlation`` for b cases of each.

    Args:
        frame: What can be drawn.
        design: How to draw.
        assumptions: What is taken for granted.

    Raises:
        CaseAuditError: As :func:`allocate` does, if the design does not fit.

    Source:
        Design effect: L. Kish, *Survey Sampling*, Wiley 1965.
    """
    given = assumptions or Assumptions()
    strata: tuple[StratumOutlook, ...] = ()
    if design.kind != CLUSTER:
        strata = strata_ahead(frame, _sizes(frame, design), given)
    outlook = look(frame, design, given)
    return Plan(
        design=design,
        assumptions=given,
        population=frame.population,
        outlook=outlook,
        strata=strata,
        ladder=_ladder(frame, design, given),
        notes=_notes(design, outlook),
    )


def resized(design: Design, size: int) -> Design:
    """Return the design with another size: cases, or clusters in a cluster design."""
    if design.kind == CLUSTER:
        return replace(design, clusters=size)
    return replace(design, size=size)


def look(frame: FrameCounts, design: Design, given: Assumptions) -> Outlook:
    """Return what to expect of a design, without its ladder.

    Raises:
        CaseAuditError: If the design does not fit the frame.
    """
    if design.kind == CLUSTER:
        return look_ahead_at_clusters(frame, design, given)
    return look_ahead(frame, _sizes(frame, design), given)


def _ladder(
    frame: FrameCounts, design: Design, given: Assumptions
) -> tuple[Outlook, ...]:
    asked = design.clusters if design.kind == CLUSTER else design.size
    can = frame.kept or frame.populations
    certain = frame.populations.get(CERTAIN, 0) if design.certain else 0
    others = {s: n for s, n in can.items() if s != CERTAIN or not certain}
    least = certain + smallest_size(others, minimum=design.fewest)
    least = 1 if design.kind == CLUSTER else max(least, 1)
    sizes = {min(max(round(asked * step), least), frame.most) for step in STEPS}
    rungs = []
    for size in sorted(sizes):
        try:
            rungs.append(look(frame, resized(design, size), given))
        except CaseAuditError:
            # Quotas may leave no other size.
            continue
    return tuple(rungs)


def _notes(design: Design, outlook: Outlook) -> tuple[str, ...]:
    told = {
        SYSTEMATIC: design.kind == SYSTEMATIC,
        PPS: design.kind == PPS,
        CLUSTER: design.kind == CLUSTER,
        CAPPED: design.at_most is not None,
        NO_SHARE: design.kind == "targeted",
        NO_INTERVAL: outlook.lower is None and design.kind != "targeted",
    }
    return tuple(note for note, true in told.items() if true)
