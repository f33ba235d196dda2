"""What is quoted from the file says where it stands, and nothing written is lost."""

from __future__ import annotations

from datetime import date

from case_audit.core.audit.model import Answer
from case_audit.core.frame.case_file import Document
from case_audit.reports.quotation import quoted

NOTE = Document(
    ref="SUP-014",
    kind="supervision",
    date=date(2026, 2, 12),
    recorded_on=date(2026, 2, 13),
    author="R. Manager",
    role="Team manager",
    title="Supervision",
    paragraphs=("One.", "Two  things\tto say.", "Three."),
)


def blank(rationale: str = "", evidence: str = "") -> Answer:
    return Answer(
        part="criterion", subject="mo3", rationale=rationale, evidence=evidence
    )


def test_a_line_is_quoted_with_document_date_and_line() -> None:
    assert quoted(blank(), NOTE, first=2, last=2) == (
        "“Two things to say.” (SUP-014, 12 February 2026, line 2)",
        "SUP-014 · 12 February 2026 · line 2",
    )


def test_several_lines_are_one_quotation_after_what_was_written() -> None:
    """The auditor's own words stay before it; the evidence gets a second place."""
    rationale, evidence = quoted(blank("My view.\n", "VIS-1"), NOTE, first=2, last=3)

    assert rationale == (
        "My view.\n“Two things to say. Three.” (SUP-014, 12 February 2026, lines 2 to 3)"
    )
    assert evidence == "VIS-1; SUP-014 · 12 February 2026 · lines 2 to 3"


def test_a_part_of_a_line_can_be_quoted_and_a_place_is_named_once() -> None:
    first = quoted(blank(), NOTE, first=2, last=2)
    rationale, evidence = quoted(blank(*first), NOTE, first=2, last=2, text="to say")

    assert rationale.endswith("\n“to say” (SUP-014, 12 February 2026, line 2)")
    assert evidence == "SUP-014 · 12 February 2026 · line 2"
