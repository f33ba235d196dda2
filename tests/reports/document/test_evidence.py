"""How a document cites cases, and where all of them stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import G, I, R, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE
from case_audit.core.selfassessment.graded import graded
from case_audit.core.selfassessment.outcome import WRITTEN
from case_audit.reports.document.evidence import (
    METHOD,
    MOST_IN_A_CELL,
    all_evidence,
    at_and_below,
    by_grade,
    cases_table,
    cited,
    evidence_words,
    for_and_against,
    section_about,
)
from case_audit.reports.document.model import (
    Bullets,
    Cell,
    Evidence,
    Paragraph,
    Section,
    Table,
)
from documents import a_document

SCALE = a_rubric().scale
FOUND = graded(SCALE, [(1, G), (2, I), (3, R), (4, G), (5, NOT_APPLICABLE)])


def test_eight_cases_are_named_and_the_others_counted() -> None:
    assert cited(()) == "no case"
    assert cited((3,)) == "case 3"
    assert cited(range(1, 9)) == "cases 1, 2, 3, 4, 5, 6, 7, 8"
    assert cited(range(1, 2000)) == "cases 1, 2, 3, 4, 5, 6, 7, 8 and 1,991 more"


def test_what_speaks_against_a_statement_is_said_even_where_nothing_does() -> None:
    shown = evidence_words(for_and_against((3, 7), ()))

    assert shown == "Shown by cases 3, 7; against it: no case."
    assert evidence_words(for_and_against((3,), (), said=True)) == ""
    assert evidence_words(for_and_against((), ())) == ""


def test_two_groups_have_a_sentence_each_and_fewer_numbers() -> None:
    many = graded(SCALE, [(n, G) for n in range(1, 12)])
    lists = (*at_and_below(FOUND, of="girl"), *at_and_below(many, of="all others"))

    assert evidence_words(Evidence(lists=lists)) == (
        "Girl, good or better: cases 1, 4; below: cases 2, 3. All others, good or "
        "better: cases 1, 2, 3, 4 and 7 more; below: no case."
    )
    assert at_and_below(graded(None, [(1, WRITTEN)])) == ()


def test_every_grade_has_its_cases_and_so_has_what_is_none() -> None:
    found = {one.what: one.numbers for one in by_grade(FOUND).lists}

    assert found == {
        "inadequate:": (2,),
        "requires improvement to be good:": (3,),
        "good:": (1, 4),
        "outstanding:": (),
        "not applicable:": (5,),
    }
    words = by_grade(graded(None, [(1, WRITTEN), (2, NOT_APPLICABLE)]))
    assert [(one.what, one.numbers) for one in words.lists] == [
        ("written:", (1,)),
        ("not applicable:", (2,)),
    ]


def test_the_cases_behind_a_table_are_a_table() -> None:
    (found,) = cases_table("Cases", "The cases.", [("All", FOUND)])

    assert found.head == ("", "Good or better", "Below", "Of these inadequate")
    assert [cell.text for cell in found.rows[0]] == ["All", "1, 4", "2, 3", "2"]
    assert list(cases_table("Cases", "The cases.", [])) == []


def test_all_cases_of_a_document_stand_in_one_table_in_full() -> None:
    """Statements and cells; more numbers than a cell holds go on in the next row."""
    many = tuple(range(1, MOST_IN_A_CELL + 2))
    table = Table(
        name="t",
        caption="t",
        head=("", "North"),
        rows=(
            (
                Cell(text="a1"),
                Cell(text="2 of 4", evidence=Evidence(lists=at_and_below(FOUND))),
            ),
        ),
    )
    doc = a_document(
        Paragraph(lead="a1:", text="Good.", basis=for_and_against(many, ())), table
    )

    (found,) = all_evidence(doc)

    rows = [tuple(cell.text for cell in row) for row in found.rows]
    section = "What do you know?"
    assert rows[0][:4] == ("a1: Good.", section, "shown by", "4,001")
    assert rows[1] == ("a1: Good.", section, "shown by", "4,001", "4001")
    assert rows[2] == ("a1: Good.", section, "against it", "0", "")
    assert rows[3:] == [
        ("a1, North", section, "good or better", "2", "1, 4"),
        ("a1, North", section, "below", "2", "2, 3"),
    ]
    assert list(all_evidence(a_document(Paragraph(text="a", basis=METHOD)))) == []


def test_a_section_about_the_method_keeps_the_cases_it_cites() -> None:
    cites = Paragraph(text="a", basis=for_and_against((1,), ()))
    bare = Table(name="t", caption="c", head=("", "n"), rows=((Cell(text="1"),) * 2,))
    section = Section(
        heading="How",
        level=2,
        blocks=(cites, Bullets(items=(cites, Paragraph(text="b"))), bare),
    )

    doc = a_document(*section_about(METHOD, section).blocks)

    assert [one.basis for one in doc.stated()] == [
        *(cites.basis, cites.basis, METHOD, METHOD),
    ]


def test_a_shareable_document_that_cites_a_case_cannot_be_made() -> None:
    """Whoever writes a new sentence cannot forget it."""
    doc = a_document(Paragraph(text="a", basis=for_and_against((1,), ())))
    row = (Cell(text="a", evidence=for_and_against((1,), ())),)
    table = Table(name="t", caption="t", head=("",), rows=(row,), ground="withheld")

    with pytest.raises(ValueError, match="cites cases under 'What do you know"):
        replace(doc, audience="shareable")
    with pytest.raises(ValueError, match="shareable"):
        a_document(table, audience="shareable")
