"""Random samples that anyone can draw again with a hashing tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.sample.bottom_k import draw_smallest
from case_audit.core.sample.cap import draw_capped
from case_audit.core.sample.cluster import draw_clusters
from case_audit.core.sample.combinations import refuse_impossible
from case_audit.core.sample.lines import NOT_RECORDED, stratum_of
from case_audit.core.sample.model import Sample
from case_audit.core.sample.numbers import is_seed
from case_audit.core.sample.pps import draw_by_size
from case_audit.core.sample.rows import lines_digest
from case_audit.core.sample.systematic import draw_systematic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row

__all__ = ["NOT_RECORDED", "draw_sample", "stratum_of"]


def draw_sample(
    rows: Iterable[Row], *, design: Design, seed: str, frame_digest: str | None = None
) -> Sample:
    """Draw units without replacement, each with a known chance.

    The result depends on the units, what the design needs of them, the design and
    the seed alone, never on the order of the rows. How each kind of design draws
    is said in its own module.

    Args:
        rows: Unit, stratum and, where the design needs it, the aid of each unit;
            no unit twice.
        design: How to draw.
        seed: 64 lower-case hexadecimal digits.
        frame_digest: The frame's digest where it is known. Simple and stratified
            samples are then drawn from a stream of any length in the memory of
            one sample for each stratum.

    Returns:
        The sample.

    Raises:
        SampleTooLargeError: If the frame holds fewer units.
        SampleTooSmallError: If the strata's minimums need more.
        TooManyCertainError: If the certain cases leave nothing for the others.
        QuotaError: If a quota does not fit its stratum.
        QuotaTotalError: If every stratum has one, and they miss the size.
        QuotaRestError: If the strata without one cannot give the rest.
        UnknownStrataError: If a quota or share is of a stratum that is not there.
        DesignError: If parts of the design do not go together.
        MeasureError: If a unit has no size, in a design that needs it.
        ValueError: If the seed or a size is not of its form.
    """
    if not is_seed(seed):
        msg = "not a seed of 64 hexadecimal digits"
        raise ValueError(msg)
    refuse_impossible(design)
    if frame_digest is None:
        rows = list(rows)
        frame_digest = lines_digest(rows, with_aid=design.with_aid)
    if design.kind == "cluster":
        return draw_clusters(rows, design=design, seed=seed, frame_digest=frame_digest)
    if design.kind == "systematic":
        drawing = draw_systematic
    elif design.kind == "pps":
        drawing = draw_by_size
    elif design.at_most:
        drawing = draw_capped
    else:
        drawing = draw_smallest
    strata, drawn, reserves = drawing(rows, design=design, seed=seed)
    return Sample(
        frame_digest=frame_digest,
        strata=tuple(strata),
        drawn=tuple(drawn),
        reserves=tuple(reserves),
    )
