"""The dates of a case in one order."""

from __future__ import annotations

import datetime as dt

from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.chronology import Entry, by_month, chronology


def a_note(ref: str, day: dt.date) -> Document:
    return Document(
        ref=ref,
        kind="visit",
        date=day,
        recorded_on=day,
        author="A",
        role="social worker",
        title=f"Title of {ref}",
        paragraphs=("Text.",),
    )


def a_file(*days: dt.date) -> CaseFile:
    notes = tuple(a_note(f"N{i}", day) for i, day in enumerate(days, start=1))
    return CaseFile(unit="K-1", cohort="cp", documents=notes)


def test_documents_and_dates_of_the_lists_stand_in_one_order() -> None:
    """A date that the lists give twice stands once."""
    file = a_file(dt.date(2026, 1, 5), dt.date(2026, 2, 2))
    listed = [
        ("Plan began", dt.date(2026, 1, 20)),
        ("Plan began", dt.date(2026, 1, 20)),
    ]

    assert chronology(file, listed) == (
        Entry(day=dt.date(2026, 1, 5), what="Title of N1", ref="N1"),
        Entry(day=dt.date(2026, 1, 20), what="Plan began"),
        Entry(day=dt.date(2026, 2, 2), what="Title of N2", ref="N2"),
    )


def test_a_silence_is_more_than_four_weeks() -> None:
    """28 days are none, 29 are one; by hand: 5 January + 28 = 2 February."""
    first = dt.date(2026, 1, 5)
    entries = chronology(a_file(first, dt.date(2026, 2, 2), dt.date(2026, 3, 3)), [])

    assert [entry.silence for entry in entries] == [0, 0, 29]


def test_before_the_first_document_nothing_is_a_silence() -> None:
    """Nobody was to write anything between a birth and a referral."""
    born, seen, due = dt.date(2015, 3, 1), dt.date(2026, 1, 5), dt.date(2026, 2, 15)

    entries = chronology(a_file(seen), [("Due", due), ("Date of birth", born)])

    assert [(e.what, e.silence) for e in entries] == [
        ("Date of birth", 0),
        ("Title of N1", 0),
        ("Due", 41),
    ]


def test_without_documents_there_is_no_silence() -> None:
    days = [("One", dt.date(2025, 1, 1)), ("Two", dt.date(2026, 1, 1))]

    assert [e.silence for e in chronology(a_file(), days)] == [0, 0]
    assert chronology(a_file(), []) == ()


def test_months_without_a_date_are_counted_too() -> None:
    """Over the end of a year."""
    days = [dt.date(2026, 2, 1), dt.date(2025, 11, 30), dt.date(2025, 11, 1)]

    assert list(by_month(days).items()) == [
        ((2025, 11), 2),
        ((2025, 12), 0),
        ((2026, 1), 0),
        ((2026, 2), 1),
    ]
    assert by_month([]) == {}
