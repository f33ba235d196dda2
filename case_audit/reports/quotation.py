"""A passage of the child's file as a quotation, and where it stands as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.reports.wording import long_date

if TYPE_CHECKING:
    from case_audit.core.audit.model import Answer
    from case_audit.core.frame.case_file import Document

BETWEEN = "; "
"""Between the places in the one line of evidence."""


def quoted(
    answer: Answer, document: Document, *, first: int, last: int, text: str = ""
) -> tuple[str, str]:
    """Return an answer's rationale and evidence with a passage added.

    Args:
        answer: What was written so far; nothing of it is lost.
        document: Where the passage stands.
        first: Its first line, counted from 1 as the file's lines are.
        last: Its last line.
        text: The passage, where it is less than those lines.

    Returns:
        The rationale, with the passage in quotation marks on a line of its own
        and its document, date and line after it; and the evidence, with the place.
        A place that is there already is not put there again.
    """
    passage = " ".join(
        (text or " ".join(document.paragraphs[first - 1 : last])).split()
    )
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    day = long_date(document.date.isoformat())
    quotation = f"“{passage}” ({document.ref}, {day}, {where})"
    place = f"{document.ref} · {day} · {where}"
    rationale = f"{answer.rationale.rstrip()}\n{quotation}".lstrip("\n")
    places = answer.evidence.split(BETWEEN) if answer.evidence.strip() else []
    if place not in places:
        places.append(place)
    return rationale, BETWEEN.join(places)
