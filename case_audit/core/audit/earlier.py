"""Grades of earlier audits, which may not have asked everything that is asked now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.judge import CaseJudgement, judge
from case_audit.core.audit.model import is_answered

if TYPE_CHECKING:
    from case_audit.core.audit.judge import Computed
    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Rubric


def judge_earlier(rubric: Rubric, *, cohort: str, answers: Answers) -> CaseJudgement:
    """Compute only the grades whose criteria were all answered.

    A domain of which something was not asked then has no computed grade, and the
    case has none if a domain has not; the auditor's own grades stand. Whether somebody
    was asked for the audit is no part of a grade and may be missing. Nothing is
    escalated: what was found then was raised then.

    Args:
        rubric: What the answers were mapped to.
        cohort: The case's cohort.
        answers: What was answered.
    """
    found = judge(rubric, cohort=cohort, answers=answers)
    open_in = {
        domain.id: sum(
            not is_answered(criterion, answers.criterion(criterion.id))
            for criterion in domain.criteria
            if not criterion.about_audit
        )
        for domain in rubric.domains_for(cohort)
    }
    return CaseJudgement(
        domains={
            key: _kept(computed, open_in[key], own=answers.get("domain", key).value)
            for key, computed in found.domains.items()
        },
        overall=_kept(
            found.overall,
            sum(open_in.values()),
            own=answers.get("overall", "overall").value,
        ),
    )


def _kept(computed: Computed, missing: int, *, own: str) -> Computed:
    if not missing:
        return replace(computed, raises="")
    asked = "1 question was" if missing == 1 else f"{missing} questions were"
    return replace(
        computed,
        grade="",
        rule="",
        because=f"Nothing is computed: {asked} not answered then.",
        drivers=(),
        standing=own,
        raises="",
    )
