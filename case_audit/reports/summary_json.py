"""The summary as JSON, for other programs: every number unrounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from case_audit.core.estimates.share import Share
    from case_audit.core.selfassessment.model import (
        AreaLines,
        CaseList,
        DrawFacts,
        Line,
        Summary,
    )


def summary_json(summary: Summary) -> str:
    """Return the summary as indented JSON; see :func:`summary_plain`."""
    return as_json(summary_plain(summary))


def as_json(plain: dict[str, Any]) -> str:
    """Return a plain value as indented JSON."""
    return json.dumps(plain, ensure_ascii=False, indent=2)


def summary_plain(summary: Summary) -> dict[str, Any]:
    """Return the summary as plain values.

    Shares are decimals from 0 to 1. An area that files cannot show has
    ``"graded_from_files": false``; one that this round says nothing about has
    no counts. ``scale`` names the scale of the counts and is null where nothing
    is graded; then the counts are empty, and ``why_not`` says why.
    ``good_or_better`` is the share at the scale's benchmark or better (of a
    yes-or-no question: answered yes), ``inadequate`` that at its lowest grade.
    """
    facts = summary.facts
    return {
        "round": facts.name,
        "kind": facts.kind,
        "framework": summary.rubric.framework.name,
        "rubric": {
            "id": summary.rubric.id,
            "version": summary.rubric.version,
            "digest": summary.rubric_digest,
        },
        "design": _design(facts),
        "population": summary.population,
        "drawn": summary.drawn,
        "audited": summary.submitted,
        "begun": facts.begun,
        "coverage": summary.submitted / summary.drawn,
        "areas": [_area(summary, area) for area in summary.areas],
        **_of_cases(summary),
        "limits": list(summary.limits),
    }


def _of_cases(summary: Summary) -> dict[str, Any]:
    """Return what is said of single cases, by number.

    Of each kind the first are named; ``more`` is how many there are besides.
    """
    return {
        "limiting_cases": [
            {
                "case": case.number,
                "grade": case.grade,
                "rule": case.rule,
                "because": case.because,
                "raises": case.raises,
            }
            for case in summary.limited
        ],
        "limiting_cases_more": summary.limited_more,
        "raises_more": dict(summary.raised_more),
        "answered_no": [_cases(found, "criterion") for found in summary.answered_no],
        "ticked": [_cases(found, "flag") for found in summary.ticked],
        "overruled": [
            {
                "case": found.number,
                "subject": found.subject,
                "computed": found.computed,
                "standing": found.standing,
            }
            for found in summary.overruled
        ],
        "overruled_more": summary.overruled_more,
    }


def _design(facts: DrawFacts) -> dict[str, Any]:
    return {
        "kind": facts.design,
        "strata": list(facts.strata_by),
        "as_at": facts.as_at,
        "cohort": facts.cohort,
        "seed": facts.seed,
        "seed_mode": facts.seed_mode,
        "frame_digest": facts.frame_digest,
        "algorithm": facts.algorithm,
        "draw_number": facts.draw_number,
        "populations": dict(facts.populations),
        "drawn": dict(facts.drawn),
        "excluded": dict(facts.excluded),
        "purpose": facts.purpose,
        "stated": facts.stated or None,
        "claim": {"unchosen": facts.unchosen, "sentence": facts.claim},
        "fixed_utc": facts.fixed_utc or None,
        "replaced": dict(facts.replaced),
        "out_of_scope": dict(facts.out_of_scope),
        "not_answered": dict(facts.not_answered),
    }


def _cases(found: CaseList, kind: str) -> dict[str, Any]:
    return {
        kind: found.id,
        "label": found.label,
        "cases": list(found.cases),
        "more": found.more,
    }


def _area(summary: Summary, area: AreaLines) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": area.area.id,
        "label": area.area.label,
        "graded_from_files": area.area.graded_from_files,
    }
    if area.line is None:
        return plain
    domains = [
        line_plain(d.line)
        | _rating(summary, d.line)
        | {"criteria": [_criterion(summary, c) for c in d.criteria]}
        for d in area.domains
    ]
    return plain | line_plain(area.line) | {"domains": domains}


def _criterion(summary: Summary, line: Line) -> dict[str, Any]:
    criterion = summary.rubric.criterion(line.id)
    plain = line_plain(line) | {"kind": criterion.kind, "critical": criterion.critical}
    if criterion.in_words:
        plain |= {"written": line.written}
    if criterion.question:
        plain |= {"question": criterion.question, "agency": criterion.agency}
    return plain | _rating(summary, line)


def _rating(summary: Summary, line: Line) -> dict[str, Any]:
    """Return what the framework's own bands make of a line, if they rate it."""
    for found in summary.ratings:
        if (found.level, found.id) != (line.level, line.id):
            continue
        plain: dict[str, Any] = {"grade": found.grade, "because": found.because}
        if found.level == "criterion":
            share = _share(found.share, line.why_not)
            plain |= {"hits": found.hits, "n": found.n, "share": share}
        return {"rating": plain}
    return {}


def line_plain(line: Line) -> dict[str, Any]:
    """Return a line as plain values."""
    return {
        "id": line.id,
        "label": line.label,
        "scale": line.scale.id if line.scale else None,
        "n": line.n,
        "counts": dict(line.counts),
        "not_applicable": line.not_applicable,
        "not_evidenced": line.not_evidenced,
        "not_graded": line.ungraded,
        "good_or_better": _share(line.good_or_better, line.why_not),
        "inadequate": _share(line.worst, line.why_not),
    }


def _share(share: Share | None, why_not: str) -> dict[str, Any]:
    if share is None:
        return {"estimate": None, "why_not": why_not}
    return {
        "estimate": float(share.estimate),
        "lower": float(share.lower),
        "upper": float(share.upper),
        "lower_count": share.lower_count,
        "upper_count": share.upper_count,
        "level": float(share.level),
        "method": share.method,
        "hits": share.hits,
        "n": share.n,
        "notes": list(share.notes),
    }
