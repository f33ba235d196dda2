"""Whether families and practitioners were asked what they think."""

from __future__ import annotations

from dataclasses import replace

from rounds import audits_of, round_of

from builders import G, a_criterion, a_question, a_rubric, yes_no
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.feedback import FAMILY, PRACTITIONER, asked
from case_audit.core.selfassessment.report import report_of
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.shareable import Shareable

PLAIN = a_rubric(
    {
        "help": (
            a_criterion("a1", tags=(FAMILY,)),
            a_question("f1", tags=(FAMILY,), label="Parents were asked"),
            a_question("w1", tags=(PRACTITIONER,), label="The worker was asked"),
            a_question("x1", tags=(FAMILY,), cohorts=("cic",)),
        )
    },
    limits=(),
)
RUBRIC = replace(PLAIN, scales=(yes_no(),))
CASES = [
    {
        "a1": G,
        "f1": "yes" if n < 9 else NOT_APPLICABLE if n == 9 else NOT_EVIDENCED,
        "w1": "no",
    }
    for n in range(12)
]
ROUND = round_of(RUBRIC, CASES)


def test_questions_with_the_tag_tell_in_how_many_cases() -> None:
    """Nine of eleven: one case has nobody to ask, in two the file does not show it."""
    family, worker = asked(ROUND)

    assert (family.whom, family.criterion, family.yes, family.n) == (
        FAMILY,
        "f1",
        9,
        11,
    )
    assert (worker.yes, worker.n) == (0, 12)


def test_the_method_says_it_and_hides_a_few() -> None:
    found = report_of(ROUND, audits_of(RUBRIC, CASES))

    own, outside = (
        document_markdown(document(found, *reader)) for reader in ((), (Shareable(),))
    )

    assert "Families were asked what they think in 9 of 11 of the audited" in own
    assert "Practitioners were asked what they think in 0 of 12" in own
    assert "Families were asked what they think in some of the audited cases" in outside


def test_a_rubric_that_does_not_ask_is_said_not_to() -> None:
    rubric = a_rubric({"help": (a_criterion("a1"),)}, limits=())
    cases = [{"a1": G}]

    text = document_markdown(document(report_of(round_of(rubric, cases), ())))

    assert "is no question of this rubric" in text
