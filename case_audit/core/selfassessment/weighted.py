"""Shares of a round whose cases had different chances to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_APPLICABLE
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.weighted import Found, estimate_weighted
from case_audit.errors import (
    NothingAppliesError,
    StratumNotAuditedError,
    TooFewClustersError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.core.estimates.share import Share
    from case_audit.core.estimates.weighted import Weighting
    from case_audit.core.rubric.scale import Scale

    Values = Iterable[tuple[int, str]]
    """Each submitted audit's number and the grade it gave, or why it gave none."""


def weighted_share(
    weighting: Weighting, values: Values, hits: frozenset[str], scale: Scale
) -> tuple[Share | None, str]:
    """Return the share of the frame at these grades, or why there is none."""
    found = _found(values, hits, scale)
    if not found:
        return None, "no graded case"
    try:
        return estimate_weighted(weighting, found), ""
    except NothingAppliesError:
        return None, "no graded case"
    except StratumNotAuditedError as error:
        return None, f"no graded case yet in {len(error.strata)} of the strata"
    except TooFewClustersError:
        return None, "one cluster alone does not show how clusters differ"


def weighted_at_most(
    weighting: Weighting, values: Values, hits: frozenset[str], scale: Scale
) -> Share:
    """Return the estimate whose upper bound alone has the whole confidence."""
    return estimate_weighted(
        weighting, _found(values, hits, scale), level=2 * LEVEL - 1
    )


def _found(values: Values, hits: frozenset[str], scale: Scale) -> Sequence[Found]:
    graded = {*scale.ids, NOT_APPLICABLE}
    return [
        Found(number=number, hit=value in hits, outside=value == NOT_APPLICABLE)
        for number, value in values
        if value in graded
    ]
