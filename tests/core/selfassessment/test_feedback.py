"""Whether families and practitioners were asked what they think."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from rounds import audits_of, round_of

from builders import NOW, G, a_criterion, a_question, a_rubric, yes_no
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.rubric.model import ASKS_FAMILY, ASKS_PRACTITIONER
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.feedback import asked
from case_audit.core.selfassessment.report import report_of
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.model import Evidence
from case_audit.reports.document.shareable import Shareable
from case_audit.reports.document.workbook import document_xlsx
from case_audit.reports.report_json import report_json
from case_audit.reports.summary_charts import Look, limits_page
from case_audit.reports.summary_text import summary_text

if TYPE_CHECKING:
    from case_audit.core.selfassessment.report import Report

FAMILY = a_question("f1", tags=(ASKS_FAMILY,), label="Parents were asked")
WORKER = a_question("w1", tags=(ASKS_PRACTITIONER,), label="The worker was asked")
PLAIN = a_rubric(
    {
        "help": (
            a_criterion("a1", tags=(ASKS_FAMILY,)),
            a_question("p1", label="A question of practice"),
        ),
        "feedback": (
            FAMILY,
            WORKER,
            a_question("x1", tags=(ASKS_FAMILY,), cohorts=("cic",)),
        ),
    },
    limits=(),
)
RUBRIC = replace(PLAIN, scales=(yes_no(),))
CASES = [
    {
        "a1": G,
        "p1": "no",
        "f1": "yes" if n < 9 else NOT_APPLICABLE if n == 9 else NOT_EVIDENCED,
        "w1": "no",
    }
    for n in range(12)
]
ROUND = round_of(RUBRIC, CASES)
REPORT = report_of(ROUND, audits_of(RUBRIC, CASES))


def markdown(*reader: Shareable) -> str:
    return document_markdown(document(REPORT, *reader))


def test_questions_with_the_tag_tell_in_how_many_audited_cases() -> None:
    """Nine of all twelve: where it did not apply, nobody was asked either."""
    family, worker = asked(ROUND)

    assert (family.whom, family.line.id) == (ASKS_FAMILY, "f1")
    assert (family.yes, family.no, family.n) == (9, 0, 12)
    assert (worker.whom, worker.yes, worker.no, worker.n) == (
        ASKS_PRACTITIONER,
        0,
        12,
        12,
    )


def test_the_method_says_it_and_what_became_of_the_others() -> None:
    text = markdown()

    assert (
        "- Families were asked what they think in 9 of 12 audited cases (f1 Parents "
        "were asked): not applicable in 1, not evidenced in 2.\n"
        "- Practitioners were asked what they think in 0 of 12 audited cases (w1 The "
        "worker was asked): not asked in 12.\n"
        "- Asked is not heard: what they said, or that they said nothing, stands in "
        "the notes of each case.\n"
    ) in text
    assert "### Who was asked for the audits" in text
    assert "| Families (f1) | 9 | 0 | 1 | 2 | 12 |" in text
    assert "| Practitioners (w1) | 0 | 12 | 0 | 0 | 12 |" in text


def test_each_row_has_its_cases_inside_and_none_outside() -> None:
    inside, outside = document(REPORT), document(REPORT, Shareable())
    (family,) = (one.basis for one in inside.stated() if one.text == "Families (f1)")

    assert isinstance(family, Evidence)
    assert {one.what: one.numbers for one in family.lists} == {
        "yes:": (1, 2, 3, 4, 5, 6, 7, 8, 9),
        "no:": (),
        "not applicable:": (10,),
        "not evidenced:": (11, 12),
    }
    for doc in (inside, outside):
        assert [one for one in doc.stated() if one.basis is None] == []
    assert not any(isinstance(one.basis, Evidence) for one in outside.stated())


def test_between_rounds_it_is_no_change_of_practice() -> None:
    """From all workers asked to none: the audits changed, and not what they found."""
    before = round_of(RUBRIC, [{**case, "w1": "yes"} for case in CASES])
    found = report_of(ROUND, audits_of(RUBRIC, CASES), earlier=[trend(before, ROUND)])

    assert [one.new.id for one in found.changes] == ["a1", "p1"]


def test_outside_the_few_others_are_not_told_apart() -> None:
    """One and two of three are hidden, as in the table of all questions."""
    outside = markdown(Shareable())

    assert (
        "- Families were asked what they think in 9 of 12 audited cases (f1 Parents "
        "were asked).\n"
    ) in outside
    assert "| Families (f1) | 9 | 0 | c | c | 12 |" in outside


def families_asked_in(number: int) -> Report:
    """Of 30 cases."""
    cases = [
        {"a1": G, "p1": "yes", "f1": "yes" if n < number else "no", "w1": "yes"}
        for n in range(30)
    ]
    return report_of(round_of(RUBRIC, cases), audits_of(RUBRIC, cases))


def test_outside_a_few_who_were_asked_are_not_told() -> None:
    found = families_asked_in(3)

    own, outside = (
        document_markdown(document(found, *reader)) for reader in ((), (Shareable(),))
    )

    assert "| Families (f1) | 3 | 27 | 0 | 0 | 30 |" in own
    assert (
        "- Families: in how many audited cases they were asked what they think (f1 "
        "Parents were asked) is not shown, to protect children.\n"
    ) in outside
    assert "| Families (f1) | c | c | 0 | 0 | 30 |" in outside


def test_outside_large_numbers_are_told() -> None:
    found = families_asked_in(20)

    outside = document_markdown(document(found, Shareable()))

    assert "Families were asked what they think in 20 of 30 audited cases" in outside
    assert "| Families (f1) | 20 | 10 | 0 | 0 | 30 |" in outside


def test_outside_nobody_and_a_few_read_alike() -> None:
    """Of four cases, whether anybody was asked does not follow from what is left out."""
    told = []
    for yes in (0, 3):
        cases = [
            {"a1": G, "p1": "yes", "f1": "yes" if n < yes else "no", "w1": "no"}
            for n in range(4)
        ]
        found = report_of(round_of(RUBRIC, cases), audits_of(RUBRIC, cases))
        outside = document_markdown(document(found, Shareable()))
        told.append([one for one in outside.splitlines() if "sked" in one])

    assert told[0] == told[1]
    assert any("Asked is not heard" in one for one in told[0])


def test_whom_the_audit_asked_is_no_strength_or_weakness_of_practice() -> None:
    """Eleven of twelve would be a strength, none at all something to improve."""
    text = markdown()
    (area,) = REPORT.areas
    plan = text[text.index("Where to begin") :]

    assert {one.line.id for one in area.findings} == {"help", "a1", "p1"}
    assert "p1 A question of practice |" in plan
    assert "w1 The worker was asked |" not in plan


def test_teams_are_not_compared_by_whom_the_audit_asked() -> None:
    """It is the auditor who asks, whatever team the case is with."""
    teams = Groups(
        key="team",
        label="Team",
        of_case=dict.fromkeys(range(1, 13), "North"),
        sizes={"North": {"all": 12}},
    )
    report = report_of(ROUND, audits_of(RUBRIC, CASES), groups=(teams,))

    assert [one.subject.id for one in report.by_team] == [
        "help_and_protection",
        *("help", "a1", "p1"),
    ]


def test_nothing_is_estimated_of_cases_that_have_no_audit() -> None:
    family, worker = (one.line for one in asked(ROUND))

    for line in (family, worker):
        assert line.good_or_better is line.worst is line.worst_at_most is None
        assert line.why_not == "it is about the audits alone"
        assert line.met == ()
    assert (
        "| f1 Parents were asked | 9 | 0 | 1 | 2 | 9 | it is about the audits alone |"
    ) in markdown()


def test_the_cases_as_a_whole_come_first_as_without_it() -> None:
    """Last only where questions of practice are counted beside the grades."""
    graded = {
        "help": RUBRIC.domains[0].criteria[:1],
        "feedback": (FAMILY, WORKER),
    }
    whole = replace(a_rubric(graded, limits=()), scales=(yes_no(),))
    cases = [{"a1": G, "f1": "yes", "w1": "yes"}] * 12

    text = summary_text(round_of(whole, cases))

    assert text.index("All audited cases") < text.index("a1 ") < text.index("f1 ")


def test_a_yes_to_it_is_nothing_that_the_file_shows() -> None:
    """The limit of yes-or-no questions is told where one is about practice."""
    only = replace(
        RUBRIC,
        domains=(
            replace(RUBRIC.domains[0], criteria=RUBRIC.domains[0].criteria[:1]),
            RUBRIC.domains[1],
        ),
    )
    cases = [{"a1": G, "f1": "yes", "w1": "yes"}] * 12

    said = "A yes says that the file shows it, not how well it was done."
    assert said in ROUND.limits
    assert said not in round_of(only, cases).limits


def test_the_tables_alone_have_it_too() -> None:
    book = openpyxl.load_workbook(BytesIO(document_xlsx(document(REPORT), made=NOW)))
    rows = list(book["Who was asked for the audits"].iter_rows(values_only=True))

    assert rows[1:] == [
        ("Families (f1)", 9, 0, 1, 2, 12),
        ("Practitioners (w1)", 0, 12, 0, 0, 12),
    ]


def test_programs_and_terminals_have_it_too() -> None:
    family, _ = json.loads(report_json(REPORT))["feedback"]
    terminal = summary_text(ROUND)
    page = "\n".join(limits_page(ROUND, Look(width=200, words=True)))

    assert family == {
        "tag": "FEEDBACK-FAMILY",
        "id": "f1",
        "yes": 9,
        "no": 0,
        "not_applicable": 1,
        "not_evidenced": 2,
        "not_answered": 0,
        "audited": 12,
        "cases": {"met": [*range(1, 10)], "missed": [], "lowest": []},
    }
    for text in (" ".join(terminal.split()), page):
        assert "Who was asked for the audits" in text
        assert "Families were asked what they think in 9 of 12 audited cases" in text
        assert "Asked is not heard" in text


def test_where_nobody_was_asked_nothing_is_said_of_hearing() -> None:
    cases = [{"a1": G, "p1": "yes", "f1": "no", "w1": "no"}] * 12
    found = report_of(round_of(RUBRIC, cases), audits_of(RUBRIC, cases))

    text = document_markdown(document(found))

    assert "Families were asked what they think in 0 of 12 audited cases" in text
    assert "Asked is not heard" not in text
    assert "Asked is not heard" not in summary_text(found.summary)


def test_before_the_first_audit_nothing_is_said() -> None:
    empty = round_of(RUBRIC, [])

    text = document_markdown(document(report_of(empty, ())))

    assert "were asked what they think" not in text
    assert "Who was asked" not in text
    assert "Who was asked" not in summary_text(empty)


def test_earlier_audits_may_not_have_been_asked() -> None:
    """Not answered is not the same as not asked."""
    some = [{"a1": G, "p1": "yes", "f1": "yes" if n < 8 else ""} for n in range(12)]
    none = [{"a1": G, "p1": "yes"}] * 12

    one, other = (
        document_markdown(
            document(report_of(round_of(RUBRIC, cases), audits_of(RUBRIC, cases)))
        )
        for cases in (some, none)
    )

    assert (
        "- Families were asked what they think in 8 of 12 audited cases (f1 Parents "
        "were asked): not answered in 4.\n"
    ) in one
    assert "Practitioners were asked" not in one
    assert "was not answered in any of these audits" in other
    assert "Who was asked" not in other


def test_a_rubric_that_does_not_ask_is_said_not_to() -> None:
    rubric = a_rubric({"help": (a_criterion("a1"),)}, limits=())
    cases = [{"a1": G}]

    text = document_markdown(document(report_of(round_of(rubric, cases), ())))

    assert "is no question of this rubric" in text
    assert "Who was asked" not in summary_text(round_of(rubric, cases))
