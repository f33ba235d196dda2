"""The cases behind statements: how a document cites them, and all of them in a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.outcome import WRITTEN
from case_audit.reports.document.model import (
    Bullets,
    Cases,
    Cell,
    Evidence,
    Paragraph,
    Table,
)
from case_audit.reports.summary_rows import at_benchmark, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from case_audit.core.selfassessment.graded import Graded
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import (
        Basis,
        Block,
        Document,
        Ground,
        Section,
    )

MOST_CITED: Final = 8
"""Cases named beside a sentence; how many there are in all is said with them."""
FEWER_CITED: Final = 4
"""The same where a sentence sets two rounds or groups side by side."""
TWO: Final = 2
MOST_IN_A_CELL: Final = 4000
"""Numbers that a cell of a workbook is sure to hold."""
NO_GRADES: Final = {
    WRITTEN: "written",
    NOT_APPLICABLE: "not applicable",
    NOT_EVIDENCED: "not evidenced",
}
"""What stands in place of a grade, in words."""
SHOWN: Final = "shown by"
AGAINST: Final = "against it:"
NO_CASE: Final = "no case"
WITHHELD: Final[Ground] = "withheld"
METHOD: Final[Ground] = "method"
BESIDE: Final[Ground] = "beside"
ACTIONS: Final[Ground] = "actions"
OWN_WORDS: Final[Ground] = "own words"


def cited(numbers: Sequence[int], most: int = MOST_CITED) -> str:
    """Return cases by number: ``cases 3, 7, 9 and 4 more``.

    Args:
        numbers: Their numbers.
        most: At most so many are named, the others counted.
    """
    if not numbers:
        return NO_CASE
    return f"{'case' if len(numbers) == 1 else 'cases'} {_named(numbers, most)}"


def cell_of(numbers: Sequence[int], most: int = MOST_CITED) -> Cell:
    """Return a cell with cases, whose heading says that they are cases."""
    return Cell(text=_named(numbers, most) if numbers else "none")


def _named(numbers: Sequence[int], most: int) -> str:
    named = ", ".join(map(str, numbers[:most]))
    more = len(numbers) - most
    return f"{named} and {more:,} more" if more > 0 else named


def evidence_words(one: Evidence) -> str:
    """Return cases in words: ``Shown by cases 3, 7; against it: case 9``, as a sentence.

    Where two rounds or groups are compared, each has its own sentence.
    """
    if one.said or one.empty:
        return ""
    most = MOST_CITED if len(one.lists) <= TWO else FEWER_CITED
    parts = []
    for of, lists in groupby(one.lists, key=lambda some: some.of):
        said = "; ".join(f"{some.what} {cited(some.numbers, most)}" for some in lists)
        part = f"{of}, {said}." if of else f"{said}."
        parts.append(f"{part[:1].upper()}{part[1:]}")
    return " ".join(parts)


def for_and_against(
    shown: Sequence[int], against: Sequence[int], *, said: bool = False
) -> Evidence:
    """Return cases that show a statement, and those that speak against it.

    Args:
        shown: The numbers of the first.
        against: Those of the second.
        said: Whether the statement names them itself.
    """
    lists = (
        Cases(what=SHOWN, numbers=tuple(shown)),
        Cases(what=AGAINST, numbers=tuple(against)),
    )
    return Evidence(lists=lists, said=said)


def at_and_below(found: Graded, *, of: str = "") -> tuple[Cases, ...]:
    """Return the cases at the benchmark or better, and those below it.

    Args:
        found: The cases by grade.
        of: The round or group they are of, if there is another beside it.
    """
    if found.scale is None:
        return ()
    return (
        Cases(what=f"{at_benchmark(found.scale)}:", numbers=found.met, of=of),
        Cases(what="below:", numbers=found.missed, of=of),
    )


def by_grade(found: Graded) -> Evidence:
    """Return the cases at each grade, and those that have something in its place."""
    grades = in_order(found.scale) if found.scale else ()
    values = [(grade.id, grade.label.lower()) for grade in grades]
    if not values or found.at(NO_GRADES):
        values += NO_GRADES.items()
    return Evidence(
        lists=tuple(
            Cases(what=f"{label}:", numbers=found.at((value,)))
            for value, label in values
            if value not in NO_GRADES or value in found.cases
        )
    )


def known_to(reader: Reader, evidence: Evidence) -> Basis:
    """Return the cases behind a statement, if the reader may be told of cases."""
    return evidence if reader.names_cases else WITHHELD


def known_in(reader: Reader, evidence: Evidence) -> Evidence | None:
    """Return the cases behind a cell, if the reader may be told of cases."""
    return evidence if reader.names_cases else None


def rows_of(reader: Reader) -> Ground | None:
    """Return what a table rests on whose rows have cases that a reader may see."""
    return None if reader.names_cases else WITHHELD


def cases_table(
    name: str, caption: str, rows: Iterable[tuple[str, Graded]]
) -> Iterator[Table]:
    """Yield a table of cases: at the benchmark, below, and at the lowest grade.

    Args:
        name: The name of the table.
        caption: What it shows.
        rows: What each row is about, and its cases, all on one scale; none is no
            table.
    """
    every = [(label, found) for label, found in rows if found.scale is not None]
    scale = next((found.scale for _, found in every), None)
    if scale is None:
        return
    better, lowest = at_benchmark(scale), scale.grades[-1].label.lower()
    yield Table(
        name=name,
        caption=caption,
        head=("", f"{better[:1].upper()}{better[1:]}", "Below", f"Of these {lowest}"),
        rows=tuple(
            (
                Cell(text=label, evidence=by_grade(found)),
                *map(cell_of, (found.met, found.missed, found.lowest)),
            )
            for label, found in every
        ),
    )


def all_evidence(doc: Document) -> Iterator[Table]:
    """Yield a table of all cases that a document cites, in full; none without any."""
    rows = tuple(
        (
            *(Cell(text=text) for text in (one.text, one.section, _what(cases))),
            Cell(text=f"{len(cases.numbers):,}", value=len(cases.numbers)),
            Cell(text=", ".join(map(str, some))),
        )
        for one in doc.stated()
        if isinstance(one.basis, Evidence)
        for cases in one.basis.lists
        for some in _in_parts(cases.numbers)
    )
    if rows:
        yield Table(
            name="Evidence",
            caption="The cases behind every statement and number, and those against "
            "it, all of them by their number in the round.",
            head=("What is said", "Section", "Cases", "How many", "Numbers"),
            rows=rows,
        )


def _what(cases: Cases) -> str:
    said = cases.what.removesuffix(":")
    return f"{cases.of}, {said}" if cases.of else said


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield numbers in parts that a cell holds; one empty part for none."""
    for first in range(0, max(len(numbers), 1), MOST_IN_A_CELL):
        yield numbers[first : first + MOST_IN_A_CELL]


def about(ground: Ground, block: Block) -> Block:
    """Return a block with its bare statements resting on one thing."""
    match block:
        case Paragraph(basis=None):
            return replace(block, basis=ground)
        case Bullets(items=items):
            marked = (i if i.basis else replace(i, basis=ground) for i in items)
            return replace(block, items=tuple(marked))
        case Table(ground=None):
            return replace(block, ground=ground)
        case _:
            return block


def section_about(ground: Ground, section: Section) -> Section:
    """Return a section with its bare statements resting on one thing."""
    return replace(
        section, blocks=tuple(about(ground, block) for block in section.blocks)
    )
