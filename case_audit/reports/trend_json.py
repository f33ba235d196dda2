"""Two rounds side by side as JSON, for other programs: every number unrounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from case_audit.core.rubric.crosswalk import version_of
from case_audit.reports.report_json import compared_plain

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.core.selfassessment.trend import Trend


def trend_json(trend: Trend) -> str:
    """Return two rounds side by side as indented JSON.

    ``changes`` has each criterion with two estimates: the difference, its interval
    and its test, corrected for how many there are. ``seen`` is what they say:
    ``higher`` or ``lower`` by more than chance would show, ``chance`` where it is not
    more than that, empty where nothing may be compared.
    """
    plain = {
        "before": _round(trend.old),
        "now": _round(trend.new),
        "crosswalk": trend.crosswalk,
        "criteria": [
            {
                "before": [_line(one) for one in line.old],
                "now": [_line(one) for one in line.new],
                "comparable": line.ease,
                "why": line.why,
                "note": line.note,
                "seen": trend.seen(line),
            }
            for line in trend.lines
        ],
        "changes": [
            {"id": one.new.id, "was": one.old.id, **compared_plain(one.tested)}
            for one in trend.changes
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _round(summary: Summary) -> dict[str, Any]:
    return {
        "round": summary.facts.name,
        "as_at": summary.facts.as_at,
        "imported": summary.facts.imported,
        "stated": summary.facts.stated or None,
        "rubric": version_of(summary.rubric),
        "digest": summary.rubric_digest,
        "population": summary.population,
        "drawn": summary.drawn,
        "audited": summary.submitted,
    }


def _line(line: Line) -> dict[str, Any]:
    share = line.good_or_better
    found: dict[str, Any] = {"id": line.id, "label": line.label, "n": line.n}
    if share is None:
        return found | {"estimate": None, "why_not": line.why_not}
    return found | {
        "estimate": float(share.estimate),
        "lower": float(share.lower),
        "upper": float(share.upper),
        "level": float(share.level),
        "method": share.method,
    }
