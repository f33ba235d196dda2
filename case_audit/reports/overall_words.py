"""Overall grades and the counts behind them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.rubric.scale import Scale

INDICATIVE = "Indicative only; not an Ofsted judgement."
"""Stands beside every overall grade that was worked out."""

LEFT = "left to judgement"
"""Where the counted reports do not decide."""


def words(grade: str) -> str:
    """Return a grade as files of published grades write it; empty for none."""
    return grade.replace("_", " ")


def support_plain(support: Mapping[str, int], scale: Scale) -> dict[str, int]:
    """Return counts of reports by grade, best first."""
    return {words(grade): support[grade] for grade in scale.ids if grade in support}


def support_text(support: Mapping[str, int], scale: Scale) -> str:
    """Return counts as words: ``good 33, requires improvement 2``."""
    counts = support_plain(support, scale).items()
    return ", ".join(f"{grade} {number}" for grade, number in counts) or "none"
