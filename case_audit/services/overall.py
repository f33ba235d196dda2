"""Ask what the overall grade of an inspection would have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.overall import answer, decide
from case_audit.errors import RubricError, UnknownRubricError
from case_audit.exchange.grades_csv import read_grades
from case_audit.exchange.overall_file import overall_rules
from case_audit.exchange.worked_example import read_example

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from case_audit.core.rubric.overall import Answer, Decision, OverallRules
    from case_audit.core.rubric.scale import Scale
    from case_audit.exchange.rubric_library import Library
    from case_audit.exchange.worked_example import WorkedExample


def whatif_file(
    shelf: Library, name: str, path: Path
) -> tuple[OverallRules, list[Answer]]:
    """Ask for every report in a file of published grades.

    Args:
        shelf: Where the rules are found.
        name: A framework and its version, such as ``"ilacs@2018"``.
        path: A CSV file of grades.

    Returns:
        The rules, and one answer for every row, in the order of the file.

    Raises:
        FileError: If the file cannot be read.
        GradesFileError: If the file is not as it should be.
        NoOverallError: If the framework gives no overall grade.
        RubricError: If the rules' file is not as it should be.
        UnknownRubricError: If there are no such rules.
    """
    rules = overall_rules(shelf, name)
    return rules, [answer(rules, report) for report in read_grades(path, rules)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedExample:
    """A worked example with what the rules and the rubrics have to do with it.

    Attributes:
        example: The published facts.
        scale: The grades.
        decision: What the framework's rules make of the grades.
        criteria: Labels of the criteria it refers to, by identifier; one that
            no rubric at hand asks is left out.
    """

    example: WorkedExample
    scale: Scale
    decision: Decision
    criteria: Mapping[str, str]


def open_example(shelf: Library, name: str) -> OpenedExample:
    """Open a worked example for trainers.

    Args:
        shelf: Where rules and rubrics are found.
        name: The example's name, such as ``"lancashire-2015"``.

    Raises:
        UnknownExampleError: If there is none of that name.
        RubricError: If a file is not as it should be.
    """
    found = read_example(name)
    rules = overall_rules(shelf, found.framework)
    return OpenedExample(
        example=found,
        scale=rules.scale,
        decision=decide(rules, found.grades),
        criteria=_labels(shelf),
    )


def _labels(shelf: Library) -> dict[str, str]:
    """Return the labels of all criteria; a rubric that cannot be read has none."""
    labels: dict[str, str] = {}
    for name in shelf.names():
        try:
            rubric = shelf.rubric(name)
        except (RubricError, UnknownRubricError):
            continue
        for criterion in rubric.criteria():
            labels.setdefault(criterion.id, criterion.label)
    return labels
