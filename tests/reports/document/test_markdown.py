"""A document as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.document.model import Paragraph
from case_audit.reports.markdown import literal_block
from documents import LONG, a_document, a_hostile_document

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_whole_document(golden: Callable[[str], None]) -> None:
    """All that a document can hold, as it is read."""
    golden(document_markdown(a_document()))


def test_nothing_that_was_written_becomes_a_mark() -> None:
    """A rationale is what an auditor pasted; it must not turn into HTML or a list."""
    page = document_markdown(a_hostile_document())

    assert not re.search(r"(?<!\\)<", page)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u200f\uffff\ud800]", page)
    assert page.encode("utf-8")
    assert LONG in page
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables(page)} == {3}


def tables(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("| ")]


def test_the_beginning_of_a_line_is_no_list() -> None:
    """A dash, a plus or a number with a full stop would begin one there."""
    said = {
        text: literal_block(text) for text in ("- a", "+ a", "12. a", "3) a", "12 a")
    }

    assert said == {
        "- a": r"\- a",
        "+ a": r"\+ a",
        "12. a": r"12\. a",
        "3) a": r"3\) a",
        "12 a": "12 a",
    }


def test_it_is_marked_for_whom_it_is_and_whether_it_is_real() -> None:
    """Practice data taken for real, or an internal page sent out, does harm."""
    practice = document_markdown(a_document(Paragraph(text="a")))
    live = document_markdown(
        a_document(Paragraph(text="a"), audience="shareable", practice=False)
    )

    assert "**Practice data: all of it is invented**" in practice
    assert "**Internal:" in practice
    assert "Practice" not in live
    assert "**Shareable: small numbers are hidden**" in live
