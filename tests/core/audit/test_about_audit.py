"""Questions about the audit itself never make or lower a grade."""

from __future__ import annotations

from dataclasses import replace

from rounds import DIP1

from builders import G, I, O, R, a_question, a_rubric, answers, yes_no
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.rubric.model import ASKS_FAMILY
from case_audit.core.rubric.rules import RollUp


def test_whom_the_audit_asked_is_part_of_no_grade_whatever_the_rules() -> None:
    """Where yes and no make a grade, and a critical no limits it, these two do not."""
    counted = RollUp(
        kind="percentage_bands",
        counts="yes",
        of="yes-no",
        bands=((O, 90), (G, 60), (R, 30)),
        otherwise=I,
    )
    asks = a_question("f1", critical=True, tags=(ASKS_FAMILY,))
    plain = a_rubric(
        {"q": (a_question("q1"), asks), "f": (replace(asks, id="f2"),)},
        limits=(DIP1,),
    )
    rubric = replace(
        plain,
        scales=(yes_no(),),
        rules=replace(plain.rules, domain_rollup=counted),
    )

    for value in ("yes", "no", NOT_APPLICABLE, NOT_EVIDENCED, ""):
        given = answers(q1="yes", f1=value, f2=value)
        found = judge(rubric, cohort="cp", answers=given)
        assert found.domains["q"].grade == found.overall.grade == O
        assert found.domains["q"].because.endswith("(all of q1).")
        assert found.overall.because.endswith("(q).")
        assert (
            found.domains["f"].because
            == "No grade: its answers are counted, not graded."
        )
