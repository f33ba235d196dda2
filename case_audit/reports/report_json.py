"""The whole self-assessment as JSON, for other programs: every number unrounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from case_audit.core.selfassessment.feedback import asked
from case_audit.reports.summary_json import as_json, line_plain, summary_plain

if TYPE_CHECKING:
    from fractions import Fraction

    from case_audit.core.estimates.run_chart import Line as RunLine
    from case_audit.core.followup.model import Action, Escalation
    from case_audit.core.moderation.agreement import Coefficient
    from case_audit.core.selfassessment.agreeing import Agreeing
    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.changes import Compared
    from case_audit.core.selfassessment.feedback import Asked
    from case_audit.core.selfassessment.findings import Finding
    from case_audit.core.selfassessment.graded import Graded
    from case_audit.core.selfassessment.report import LowestCase, Report


def report_json(report: Report) -> str:
    """Return the self-assessment as indented JSON.

    What :func:`case_audit.reports.summary_json.summary_plain` has, and beside it:
    ``findings`` with their claims and cases, ``lowest_cases``, ``by_team``,
    ``by_stratum``, ``groups`` (strata and who the children are),
    ``group_differences``, ``tags``, ``changes`` since the latest earlier round,
    ``run_chart``, ``agreement`` (null where no case was read twice), ``escalations``,
    ``actions``, ``frame_faults`` and ``feedback`` of families and practitioners.
    Beside each stand all the cases behind it, by number: ``met`` at the benchmark or
    better, ``missed`` below it, ``lowest`` at the lowest grade. Shares are decimals
    from 0 to 1, differences from -1 to 1.
    """
    return as_json(
        summary_plain(report.summary)
        | {
            "findings": [
                _finding(one) for area in report.areas for one in area.findings
            ],
            "lowest_cases": [_lowest(one) for one in report.lowest],
            "by_team": [_breakdown(one) for one in report.by_team],
            "by_stratum": [_breakdown(one) for one in report.by_stratum],
            "groups": [_breakdown(one) for one in report.groups],
            **_compared(report),
            "run_chart": [_run(line) for line in report.run],
            "agreement": _agreement(report.agreeing),
            "escalations": [_escalation(one) for one in report.escalations],
            "actions": [_action(one, report.today) for one in report.actions],
            "without_action": list(report.unanswered),
            "frame_faults": [
                {"kind": one.kind, "what": one.what, "count": one.count, "of": one.of}
                for one in report.faults
            ],
            "feedback": [_feedback(one, report) for one in asked(report.summary)],
        }
    )


def _compared(report: Report) -> dict[str, Any]:
    """Return groups, outcomes and rounds, each with its cases."""
    since = report.earlier[-1].old.facts.name if report.earlier else ""
    return {
        "group_differences": [
            {
                "key": one.key,
                "group": one.group,
                **compared_plain(one.tested),
                "group_cases": _cases(one.cases),
                "other_cases": _cases(one.others),
            }
            for one in report.differences
        ],
        "tags": [
            {
                "criteria": list(one.tagged.criteria),
                **line_plain(one.line),
                "cases": _cases(one.cases),
            }
            for one in report.tags
        ],
        "changes": [
            {
                "id": one.new.id,
                "was": one.old.id,
                **compared_plain(one.tested),
                "first_cases": _cases(report.cases(one.old, of=since)),
                "second_cases": _cases(report.cases(one.new)),
            }
            for one in report.changes
        ],
    }


def _feedback(one: Asked, report: Report) -> dict[str, Any]:
    return {
        "tag": one.whom,
        "id": one.line.id,
        "yes": one.yes,
        "no": one.no,
        "not_applicable": one.line.not_applicable,
        "not_evidenced": one.line.not_evidenced,
        "not_answered": one.line.ungraded,
        "audited": one.n,
        "cases": _cases(report.cases(one.line)),
    }


def _lowest(one: LowestCase) -> dict[str, Any]:
    return {"case": one.number, "because": one.because, "raises": one.raises}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "level": one.line.level,
        "id": one.line.id,
        "kind": one.kind,
        "claim": {"rung": one.claim.rung, "words": one.claim.words},
        **{name: _cited(some) for name, some in _cases(one.cases).items()},
    }


def _cited(numbers: list[int]) -> dict[str, Any]:
    return {"cases": numbers, "total": len(numbers)}


def _cases(found: Graded) -> dict[str, list[int]]:
    """Return all cases by number: at the benchmark, below it, at the lowest grade."""
    return {
        "met": list(found.met),
        "missed": list(found.missed),
        "lowest": list(found.lowest),
    }


def _breakdown(one: Breakdown) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "id": one.subject.id,
        "groups": [
            {
                "group": group.group or None,
                "population": group.size,
                "audited": group.audited,
                **line_plain(group.line),
                "cases": _cases(group.cases),
            }
            for group in one.groups
        ],
    }


def compared_plain(one: Compared) -> dict[str, Any]:
    """Return a difference with its interval and test as plain values."""
    change = one.change
    return {
        "first": float(change.first),
        "second": float(change.second),
        "difference": float(change.difference),
        "lower": float(change.lower),
        "upper": float(change.upper),
        "level": float(change.level),
        "method": change.method,
        "test": change.test or None,
        "p_value": _number(change.p_value),
        "p_holm": _number(one.adjusted),
        "beyond_chance": one.beyond_chance,
        "notes": list(change.notes),
    }


def _run(line: RunLine) -> dict[str, Any]:
    return {
        "centre": float(line.centre),
        "provisional": line.provisional,
        "points": [
            {
                "round": point.name,
                "share": float(point.share),
                "n": point.n,
                "lower": float(point.lower),
                "upper": float(point.upper),
                "signals": list(point.signals),
            }
            for point in line.points
        ],
    }


def _agreement(found: Agreeing | None) -> dict[str, Any] | None:
    if found is None:
        return None
    one = found.overall
    return {
        "cases": found.cases,
        "numbers": list(found.numbers),
        "n": one.n,
        "exact": _coefficient(one.exact),
        "adjacent": _coefficient(one.adjacent),
        "kappa_quadratic": _coefficient(one.kappa_quadratic),
        "ac2": _coefficient(one.ac2),
        "alpha_ordinal": _coefficient(one.alpha_ordinal),
        "shift": _coefficient(one.shift),
        "band": one.band or None,
        "notes": list(one.notes),
        "criteria": [
            {
                "id": each.criterion,
                "same": each.same,
                "n": each.n,
                "first_better": each.higher,
                "low": each.low,
                "same_cases": list(each.alike),
                "first_better_cases": list(each.better),
                "second_better_cases": list(each.worse),
            }
            for each in found.criteria
        ],
    }


def _coefficient(one: Coefficient) -> dict[str, float | None]:
    return {
        "estimate": _number(one.value),
        "lower": _number(one.lower),
        "upper": _number(one.upper),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _escalation(one: Escalation) -> dict[str, Any]:
    return {
        "case": one.number,
        "level": one.level,
        "rule": one.rule,
        "because": one.because,
        "since": one.since,
        "open": one.open,
        "closed_utc": one.closed_utc or None,
    }


def _action(one: Action, today: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "about": one.about,
        "subject": one.subject,
        "text": one.text,
        "owner": one.owner,
        "due": one.due,
        "measure": one.measure,
        "reaudit": one.reaudit or None,
        "status": one.status,
        "overdue": one.overdue(today),
    }
