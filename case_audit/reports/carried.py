"""What it means for a comparison that the rubric changed between two rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.rubric.crosswalk import CAUTION, version_of
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.trend import Trend


def carried(trends: Sequence[Trend]) -> Iterator[str]:
    """Yield a sentence or two for each earlier round with another rubric.

    Args:
        trends: A round against each earlier one.
    """
    for one in trends:
        if one.old.rubric_digest == one.new.rubric_digest:
            continue
        name = one.old.facts.name
        ways = f"{version_of(one.old.rubric)} to {version_of(one.new.rubric)}"
        if one.crosswalk:
            yield f"{name}, from {ways}: carried across the crosswalk {one.crosswalk}."
        else:
            yield (
                f"{name}: the rubric changed from {ways}; only what both ask in the "
                "same words is compared. A crosswalk would carry more across."
            )
        if careful := one.with_ease(CAUTION):
            yield (
                f"{plural(len(careful), 'pair')} to read with care only: case-audit "
                "summary --against prints them."
            )
