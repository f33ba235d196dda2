"""The whole self-assessment as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rounds import audits_of, round_of

from builders import G, I, R, a_criterion, a_rubric, answers
from case_audit.core.followup.model import Action, Escalation
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.report import report_of
from case_audit.core.selfassessment.tally import by_case
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.report_json import report_json

if TYPE_CHECKING:
    from case_audit.core.selfassessment.report import Report

RUBRIC = a_rubric(
    {"help": (a_criterion("a1", tags=("NF-O3",)), a_criterion("a2", tags=()))},
    limits=(),
)
CASES = [{"a1": G if n < 18 else R, "a2": I if n == 4 else G} for n in range(30)]


def a_report() -> Report:
    latest = round_of(RUBRIC, CASES, population=300, name="C")
    sex = {n: "girl" if n <= 15 else "boy" for n in range(1, 31)}
    sizes = {"girl": {"all": 140}, "boy": {"all": 160}}
    groups = [
        Groups(key=key, label=key.title(), of_case=sex, sizes=sizes)
        for key in ("team", "gender")
    ]
    second = {n: answers(a1=G, a2=G) for n in range(1, 13)}
    earlier = [
        trend(round_of(RUBRIC, CASES[:20], population=300, name=name), latest)
        for name in "AB"
    ]
    return replace(
        report_of(
            latest,
            audits_of(RUBRIC, CASES),
            groups=groups,
            second=second,
            earlier=earlier,
            before={
                name: by_case(RUBRIC, "cp", audits_of(RUBRIC, CASES[:20]))
                for name in "AB"
            },
        ),
        actions=(
            Action(
                number=1,
                about="criterion",
                subject="a2",
                text="Do.",
                owner="Head",
                due="2026-03-01",
                measure="Read.",
            ),
        ),
        escalations=(
            Escalation(number=5, level="E1", rule="LIM7", because="x", since="2026"),
        ),
        unanswered=(5,),
        today="2026-04-01",
    )


def read(found: Report) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(report_json(found))
    return plain


def test_a_program_finds_all_that_the_document_says() -> None:
    plain = read(a_report())

    first = next(one for one in plain["findings"] if one["id"] == "a1")
    assert first["claim"] == {"rung": "indicative", "words": "some to many"}
    assert first["met"] == {"cases": list(range(1, 19)), "total": 18}
    assert plain["changes"][0]["difference"] == -0.3
    assert plain["changes"][0]["first_cases"]["met"] == list(range(1, 19))
    assert plain["changes"][0]["second_cases"]["missed"] == list(range(19, 31))
    assert plain["changes"][0]["test"] == "fisher_mid_p"
    assert [g["group"] for g in plain["groups"][0]["groups"]] == ["boy", "girl"]
    (one,) = plain["group_differences"]
    assert (one["key"], one["group"]) == ("gender", "boy")
    assert one["group_cases"]["missed"] == list(range(19, 31))
    assert one["other_cases"]["lowest"] == [5]
    assert plain["groups"][0]["groups"][1]["cases"]["lowest"] == [5]
    assert plain["tags"][0]["cases"]["met"] == list(range(1, 19))
    assert len(plain["by_team"]) == 4
    assert plain["tags"][0]["id"] == "NF-O3"
    assert [p["round"] for p in plain["run_chart"][0]["points"]] == ["A", "B", "C"]
    assert plain["agreement"]["cases"] == 12
    assert plain["agreement"]["numbers"] == list(range(1, 13))
    assert plain["agreement"]["criteria"][1]["second_better_cases"] == [5]
    assert 5 not in plain["agreement"]["criteria"][1]["same_cases"]
    assert plain["agreement"]["exact"]["estimate"] == 23 / 24
    assert plain["escalations"][0]["open"] is True
    assert plain["actions"][0]["overdue"] is True
    assert plain["without_action"] == [5]


def test_without_second_auditors_agreement_is_null() -> None:
    bare = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES))

    plain = read(bare)

    assert plain["agreement"] is None
    assert plain["actions"] == []
    assert plain["run_chart"] == []
