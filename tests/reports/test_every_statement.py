"""Nothing is said of practice without the cases that show it and those against it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

import pytest
from rounds import audits_of, facts, reports_of_every_kind, round_of

from builders import G, I, O, R, a_criterion, a_rubric, answers
from case_audit.core.audit.model import NOT_EVIDENCED
from case_audit.core.followup.model import Action, Escalation
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.narrative import Piece
from case_audit.core.selfassessment.report import report_of
from case_audit.core.selfassessment.tally import by_case
from case_audit.core.selfassessment.trend import trend
from case_audit.reports.document.build import document
from case_audit.reports.document.figures import document_csv
from case_audit.reports.document.html import document_html
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.model import Evidence, Paragraph
from case_audit.reports.document.shareable import Shareable
from case_audit.reports.document.word import document_docx
from case_audit.reports.document.workbook import document_xlsx
from case_audit.reports.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.model import SubmittedAudit, Summary
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.model import Document, Section, Stated

FIRST = 700_000
"""The cases are numbered from here on: a number that nothing else in a document has."""
NUMBER = re.compile(r"7000\d\d")
COUNTED = re.compile(r"\b(\d+) of (\d+) (audited )?cases?\b")
MADE = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
RUBRIC = a_rubric(
    {
        "help": (a_criterion("a1", tags=("NF-O3",)), a_criterion("a2", tags=("X-1",))),
        "plan": (a_criterion("b1", tags=("NF-O3",)),),
    },
)


def forty(good: int = 37) -> list[dict[str, str]]:
    """a1: good in as many as asked for, inadequate in one; a2 in 8; b1 in 24."""
    return [
        {
            "a1": I if n == 40 else R if n > good else G,
            "a2": O if n <= 8 else R,
            "b1": G if n <= 24 else NOT_EVIDENCED if n == 25 else R,
        }
        for n in range(1, 41)
    ]


def audited(cases: list[dict[str, str]]) -> list[SubmittedAudit]:
    return [
        replace(audit, number=FIRST + audit.number)
        for audit in audits_of(RUBRIC, cases)
    ]


def a_summary(name: str, audits: list[SubmittedAudit]) -> Summary:
    """A round of 40 of 400 cases that a second auditor read some of."""
    known = facts(name=name, populations={"all": 400}, drawn={"all": 40}, read_twice=12)
    return compose(RUBRIC, digest="d" * 64, facts=known, audits=audits)


def by(key: str, label: str, names: str) -> Groups:
    """Forty cases in turn in each group, and ten of the frame in none."""
    return Groups(
        key=key,
        label=label,
        of_case={FIRST + n: names[n % len(names)] for n in range(1, 41)},
        sizes={name: {"all": 390 // len(names)} for name in names} | {"": {"all": 10}},
    )


def a_report() -> Report:
    """A round with all that a self-assessment can speak of."""
    audits = audited(forty())
    latest = a_summary("Spring 2026", audits)
    before = {
        "Autumn 2024": audited(forty(30)),
        "Spring 2025": audited(forty(6)),
        "Autumn 2025": audited(forty(4)),
    }
    second = {
        FIRST + n: answers(a1=G if n > 4 else R, a2=R if n > 2 else I, b1=G)
        for n in range(1, 13)
    }
    found = report_of(
        latest,
        audits,
        groups=[
            by("team", "Team", "NS"),
            by("gender", "Sex", "gb"),
            by("ethnic_group", "Ethnic group", "xyz"),
            by("need", "Need", "pq"),
        ],
        earlier=[trend(a_summary(name, old), latest) for name, old in before.items()],
        second=second,
        before={name: by_case(RUBRIC, "cp", old) for name, old in before.items()},
    )
    case = FIRST + 40
    return replace(
        found,
        narrative={"know": (Piece(text="We know our children.", kind="text"),)},
        actions=(an_action("case", f"{case}"), an_action("criterion", "a2")),
        escalations=(raised(case), replace(raised(case - 1), closed_utc="2026-04-02")),
        unanswered=(case,),
        today="2026-04-01",
    )


def an_action(about: Literal["case", "criterion"], subject: str) -> Action:
    return Action(
        number=1,
        about=about,
        subject=subject,
        text="Do.",
        owner="Head",
        due="2026-03-01",
        measure="Read.",
    )


def raised(number: int) -> Escalation:
    return Escalation(number=number, level="E1", rule="LIM7", because="x", since="2026")


def bare(doc: Document) -> list[Stated]:
    """What is said and rests on nothing."""
    return [one for one in doc.stated() if one.basis is None]


def cited(doc: Document) -> list[tuple[Stated, Evidence]]:
    return [(o, o.basis) for o in doc.stated() if isinstance(o.basis, Evidence)]


def test_every_statement_says_what_it_rests_on() -> None:
    """Sentences, points and rows of tables, and none is forgotten."""
    doc = document(a_report())

    assert bare(doc) == []
    about = {one.basis for one in doc.stated() if not isinstance(one.basis, Evidence)}
    assert about == {"method", "beside", "actions", "own words"}
    assert {heading for heading in headings(doc) if heading not in NO_CASES} == {
        one.section for one, _ in cited(doc)
    }


NO_CASES = {
    *QUESTIONS[:2],
    "Words and what they stand for",
    "What Ofsted has published of other authorities",
    "Annex: how to check this",
    "What the numbers cannot say",
} - {QUESTIONS[0]}
"""What is about the method and the draw alone."""


def headings(doc: Document) -> set[str]:
    return {one.heading for one in doc.sections}


def test_a_new_sentence_without_evidence_is_found() -> None:
    """Wherever it stands: the walk sees what the document does not mark."""
    doc = document(a_report())
    know = next(one for one in doc.sections if one.heading == QUESTIONS[0])
    more = replace(know, blocks=(*know.blocks, Paragraph(text="Visits are late.")))
    sections = tuple(more if one is know else one for one in doc.sections)

    (found,) = bare(replace(doc, sections=sections))

    assert found.text == "Visits are late."


def test_every_table_of_counts_has_the_cases_of_each_row() -> None:
    """A row is found as well, once its cases are taken away."""
    doc = document(a_report())
    table = next(one for one in doc.tables if one.name == "Help and protection")
    label, *rest = table.rows[0]
    rows = ((replace(label, evidence=None), *rest), *table.rows[1:])

    (section,) = (one for one in doc.sections if table in one.blocks)
    blocks = tuple(replace(b, rows=rows) if b is table else b for b in section.blocks)
    made = replace(doc, sections=(replace(section, blocks=blocks),))

    assert [one.text for one in bare(made)] == ["All audited cases"]


def test_as_many_cases_are_cited_as_the_sentence_counts() -> None:
    """And those for it and those against it are all that it speaks of."""
    counted = [
        (one, basis, match)
        for one, basis in cited(document(a_report()))
        if (match := COUNTED.search(one.text)) and match[3]
    ]

    assert len(counted) > 3
    for _, basis, match in counted:
        sizes = [len(cases.numbers) for cases in basis.lists]
        assert int(match[1]) in sizes
        assert sum(sizes) == int(match[2])


def test_only_audited_cases_are_cited_and_none_for_and_against() -> None:
    every = {FIRST + n for n in range(1, 41)}

    for one, basis in cited(document(a_report())):
        assert not basis.empty or "not recorded" in one.text, one
        groups: dict[str, list[int]] = {}
        for cases in basis.lists:
            assert list(cases.numbers) == sorted(cases.numbers)
            groups.setdefault(cases.of, []).extend(cases.numbers)
        for numbers in groups.values():
            assert set(numbers) <= every
            if "more generous" not in one.text:
                assert len(numbers) == len(set(numbers)), one


def test_what_is_counted_in_cases_is_not_called_method() -> None:
    """Outside of how we know it, where the draw itself is counted."""
    doc = document(a_report())

    for one in doc.stated():
        if one.basis == "method" and one.section not in NO_CASES:
            assert not COUNTED.search(one.text), one


def test_what_points_beside_it_has_cases_there() -> None:
    """In its own part of the document, up to the next heading as high as a team's."""
    doc = document(a_report())
    parts: list[list[Section]] = []
    for section in doc.sections:
        if section.level <= 3:
            parts.append([])
        parts[-1].append(section)

    for part in parts:
        said = list(replace(doc, sections=tuple(part)).stated())
        if any(one.basis == "beside" for one in said):
            assert any(isinstance(one.basis, Evidence) for one in said), part[0].heading


def test_a_change_has_the_cases_of_both_rounds() -> None:
    """37 of 40 now, 4 of 40 before."""
    doc = document(a_report())

    (_, basis) = next(
        (one, basis)
        for one, basis in cited(doc)
        if one.text.startswith("a1 Label of a1: up 83 points")
    )

    assert [(one.of, one.what, len(one.numbers)) for one in basis.lists] == [
        ("In Autumn 2025", "good or better:", 4),
        ("In Autumn 2025", "below:", 36),
        ("In Spring 2026", "good or better:", 37),
        ("In Spring 2026", "below:", 3),
    ]
    page = document_markdown(doc)
    assert "In Autumn 2025, good or better: cases 700001, 700002, 700003, 700" in page


def test_groups_and_teams_have_their_cases() -> None:
    """Each group's at good or better, below it, and inadequate."""
    doc = document(a_report())

    tables = {one.name: one for one in doc.tables}
    for name, first in (
        ("By team, cases", "N"),
        ("Strata, cases", "Need: p"),
        ("Who the children are, cases", "Sex: b"),
        ("By outcome, cases", "Outcome 3: children are safe"),
    ):
        assert tables[name].head[1:] == (
            *("Good or better", "Below", "Of these inadequate"),
        )
        assert tables[name].rows[0][0].text.startswith(first)
        assert NUMBER.search(tables[name].rows[0][2].text)
    told = [
        o.text for o, b in cited(doc) if {"b", "all others"} & {c.of for c in b.lists}
    ]
    assert told[0].startswith("Sex, b against all others:")


def test_cases_read_twice_are_told_apart() -> None:
    """Second auditors differ on cases 1 to 4 at a1, and on 1 and 2 at a2."""
    doc = document(a_report())
    (one,) = (b for o, b in cited(doc) if o.text.startswith("Two auditors read 12"))

    same, apart = one.lists

    assert (len(same.numbers), len(apart.numbers)) == (4, 8)
    (table,) = (one for one in doc.tables if one.name == "Agreement")
    assert table.rows[0][-1].text == "700001, 700002, 700003, 700004"
    assert any(
        o.text.startswith("a1 Label of a1: the same grade") for o, _ in cited(doc)
    )


@pytest.mark.parametrize("kind", ["dip", "told", "rated", "mixed"])
def test_it_holds_for_every_kind_of_rubric(kind: str) -> None:
    """Questions, words, a framework's own bands, all in one; and inside or outside."""
    found = reports_of_every_kind()[kind]

    assert bare(document(found)) == bare(document(found, Shareable())) == []
    assert cited(document(found))


def test_it_holds_where_nothing_is_audited_yet() -> None:
    empty = report_of(round_of(RUBRIC, [], drawn=3), ())

    assert bare(document(empty)) == bare(document(empty, Shareable())) == []


def written(doc: Document) -> Iterator[tuple[str, str]]:
    """Yield all that stands in each of the files that a document becomes."""
    yield "md", document_markdown(doc)
    yield "html", document_html(doc)
    yield "csv", document_csv(doc)
    for name, packed in (
        ("docx", document_docx(doc, made=MADE)),
        ("xlsx", document_xlsx(doc, made=MADE)),
    ):
        with ZipFile(BytesIO(packed)) as file:
            texts = [file.read(part) for part in file.namelist()]
        yield name, b"".join(texts).decode("utf-8", errors="replace")


@pytest.mark.slow
def test_no_case_leaves_the_council() -> None:
    """Not by its number, not in any file, and not by the words beside it."""
    found = a_report()
    inside, outside = document(found), document(found, Shareable())

    assert bare(outside) == []
    assert cited(outside) == []
    assert "withheld" in {one.basis for one in outside.stated()}
    for (name, own), (_, shared) in zip(written(inside), written(outside), strict=True):
        assert NUMBER.search(own), name
        assert not NUMBER.search(shared), name
        for words in ("hown by", "gainst it", "cases not the same", "Evidence<"):
            assert words not in shared, name
