"""Worked examples for trainers: facts from a published report, from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from case_audit.errors import UnknownExampleError
from case_audit.exchange.rubric_file import open_file
from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.exchange.rubric_nodes import Reader

EXAMPLES = {"lancashire-2015": "lancashire_2015.yaml"}
"""The file of each example among the shipped fixtures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a report says, in words of our own.

    Attributes:
        says: The fact.
        paragraphs: Where the report says it, for example ``"25-27"``; empty if
            the place was not noted.
    """

    says: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Fact):
    """Something a report recommends.

    Attributes:
        number: As in the report, from 1.
        criteria: Identifiers of the criteria that look at the same thing in a
            child's file; empty where a file cannot show it.
    """

    number: int
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedExample:
    """A published inspection result.

    Attributes:
        id: Its name.
        title: The report.
        framework: For example ``"sif@2013"``.
        inspected: First and last day of the inspection.
        published: The day of publication.
        grades: Published grades by the column of the framework's rules.
        overall: The published overall grade.
        beside: A judgement that stands apart, with its grade, by name.
        figures: What the report counted or found.
        recommendations: In the report's order.
        source: Where it is all from, with the terms of use.
    """

    id: str
    title: str
    framework: str
    inspected: tuple[date, date]
    published: date
    grades: Mapping[str, str]
    overall: str
    beside: Mapping[str, str]
    figures: tuple[Fact, ...]
    recommendations: tuple[Recommendation, ...]
    source: tuple[str, ...]


def read_example(name: str) -> WorkedExample:
    """Read a shipped example.

    Raises:
        UnknownExampleError: If there is none of that name.
    """
    file = EXAMPLES.get(name)
    if file is None:
        raise UnknownExampleError(name, known=sorted(EXAMPLES))
    data = (shipped("fixtures") / file).read_bytes()
    return example_from(open_file(data, file=file, kind="worked-example"))


def example_from(reader: Reader) -> WorkedExample:
    """Read an example from an opened file.

    Raises:
        RubricError: If it is not as it should be; names file and line.
    """
    reader.only(
        *("kind", "id", "title", "framework", "inspected", "published", "grades"),
        *("overall", "beside", "figures", "recommendations", "source"),
    )
    inspected = reader.table("inspected")
    inspected.only("from", "to")
    recommendations = tuple(
        _recommendation(r) for r in reader.tables("recommendations")
    )
    numbers = [r.number for r in recommendations]
    if numbers != list(range(1, len(numbers) + 1)):
        key = "recommendations"
        raise reader.error(key, "numbers from 1 without a gap")
    return WorkedExample(
        id=reader.text("id"),
        title=reader.text("title"),
        framework=reader.text("framework"),
        inspected=(_day(inspected, "from"), _day(inspected, "to")),
        published=_day(reader, "published"),
        grades=_texts(reader.table("grades")),
        overall=reader.text("overall"),
        beside=_texts(reader.table("beside")),
        figures=tuple(_figure(f) for f in reader.tables("figures")),
        recommendations=recommendations,
        source=reader.texts("source", required=True),
    )


def _texts(reader: Reader) -> dict[str, str]:
    return {key: reader.text(key) for key in reader.keys()}  # noqa: SIM118 - no mapping


def _figure(entry: Reader) -> Fact:
    entry.only("says", "paragraphs")
    return Fact(says=entry.text("says"), paragraphs=entry.texts("paragraphs"))


def _recommendation(entry: Reader) -> Recommendation:
    entry.only("number", "says", "paragraphs", "criteria")
    return Recommendation(
        number=entry.whole("number", default=0, least=1),
        says=entry.text("says"),
        paragraphs=entry.texts("paragraphs"),
        criteria=entry.texts("criteria"),
    )


def _day(reader: Reader, key: str) -> date:
    text = reader.text(key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise reader.error(key, "a date such as 2015-11-27", found=repr(text)) from None
