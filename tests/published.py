"""Published inspection grades: how often each combination had which overall grade."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.core.rubric.overall import Report, answer
from case_audit.exchange.overall_file import overall_rules
from case_audit.resources import shipped
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.overall import Answer, OverallRules

NAMES = ("ilacs@2018", "sif@2013")


def rules_of(name: str) -> OverallRules:
    """The shipped rules of a framework."""
    return overall_rules(library(), name)


def table_of(name: str) -> Path:
    """The shipped table of a framework's published grades."""
    file = f"{name.replace('@', '-')}.csv"
    return Path(str(shipped("fixtures"))) / "overall" / file


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield one row of grades for every report in the table."""
    with table_of(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for _ in range(int(row.pop("reports"))):
                yield dict(row)


def answers_of(name: str) -> list[Answer]:
    """What the rules make of every published report."""
    rules = rules_of(name)
    return [
        answer(rules, Report(overall=ids.pop("overall"), judgements=ids))
        for ids in (
            {column: text.replace(" ", "_") for column, text in row.items() if text}
            for row in rows_of(name)
        )
    ]
