"""What a framework's own bands make of a round: the share decides, the lowest drives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.audit.rollup import banded, in_band
from case_audit.core.rubric.rules import WORST
from case_audit.core.selfassessment.model import Rating
from case_audit.core.selfassessment.tally import tally_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.rubric.rules import AcrossCases
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import SubmittedAudit
    from case_audit.core.selfassessment.tally import Tally


def ratings(
    rubric: Rubric, *, cohort: str, audits: Sequence[SubmittedAudit]
) -> tuple[Rating, ...]:
    """Rate the criteria and domains of a round over all its submitted audits.

    The share is that of the audited cases and no estimate for the frame; the
    lines of the summary have that with its interval.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        audits: The submitted audits.

    Returns:
        Criteria in the rubric's order, each domain after its own; nothing where
        the rules rate no rounds. What no case has a grade for is not rated.
    """
    return ratings_from(rubric, cohort=cohort, found=tally_of(rubric, cohort, audits))


def ratings_from(rubric: Rubric, *, cohort: str, found: Tally) -> tuple[Rating, ...]:
    """Rate the criteria and domains of a round from its counts, as :func:`ratings`.

    Args:
        rubric: What the cases were graded with.
        cohort: Decides which criteria are asked.
        found: What all its submitted audits found.
    """
    across = rubric.rules.across_cases
    if across is None:
        return ()
    rated: list[Rating] = []
    for domain in rubric.domains_for(cohort):
        mine = list(_criteria(rubric, across, domain, found))
        rated += mine
        if mine:
            rated.append(_domain(rubric, across, domain, mine))
    return tuple(rated)


def _criteria(
    rubric: Rubric, across: AcrossCases, domain: Domain, found: Tally
) -> Iterator[Rating]:
    into = rubric.scale_named(across.rollup.of or across.rollup.scale)
    for criterion in domain.criteria:
        if criterion.in_words or rubric.scale_of(criterion) != into:
            continue
        counts = found.values("criterion", criterion.id)
        if any(counts[grade] for grade in into.ids):
            yield _criterion(rubric, across, criterion, counts)


def _criterion(
    rubric: Rubric, across: AcrossCases, criterion: Criterion, counts: Counter[str]
) -> Rating:
    into, out = _scales(rubric, across)
    line = into.place(across.rollup.counts)
    n = sum(counts[grade] for grade in into.ids)
    hits = sum(counts[grade] for grade in into.ids[: line + 1])
    share = Fraction(hits, n)
    rating = banded(across.rollup, share)
    at = into.grade(across.rollup.counts).label.lower()
    more = "" if line == 0 else " or better"
    return Rating(
        id=criterion.id,
        level="criterion",
        grade=rating,
        hits=hits,
        n=n,
        because=f"{out.grade(rating).label}: {at}{more} in {hits} of {n} "
        f"audited cases, {in_band(across.rollup, share, out)}.",
    )


def _domain(
    rubric: Rubric, across: AcrossCases, domain: Domain, mine: Sequence[Rating]
) -> Rating:
    _, out = _scales(rubric, across)
    grades = tuple(rating.grade for rating in mine)
    worst = across.domain == WORST
    grade = out.worst(*grades) if worst else out.lower_median(grades)
    drivers = ", ".join(rating.id for rating in mine if rating.grade == grade)
    how = f"the {'lowest' if worst else 'middle'} of {len(mine)} criteria"
    if len(mine) == 1:
        how = "its only criterion"
    return Rating(
        id=domain.id,
        level="domain",
        grade=grade,
        hits=0,
        n=0,
        because=f"{out.grade(grade).label}: {how} decides ({drivers}).",
    )


def _scales(rubric: Rubric, across: AcrossCases) -> tuple[Scale, Scale]:
    """Return the scale that goes in and the one that comes out."""
    rollup = across.rollup
    return rubric.scale_named(rollup.of or rollup.scale), rubric.scale_named(
        rollup.scale
    )
