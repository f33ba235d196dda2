"""The list of cases to leave out before a draw: ``unit,reason``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.exclusion import Exclusion
from case_audit.errors import ExclusionsError
from case_audit.exchange.files import read_whole

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000


def read_exclusions(path: Path) -> tuple[Exclusion, ...]:
    """Read the cases to leave out.

    Args:
        path: A CSV file with a header; the columns ``unit`` and ``reason`` are
            read, others are not.

    Raises:
        FileError: If it cannot be read.
        ExclusionsError: If a column or a value is missing; names the line.
    """
    try:
        text = read_whole(path, largest=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExclusionsError(path.name, line=1, problem="it is not UTF-8") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"unit", "reason"} <= set(rows.fieldnames or ()):
        problem = "the columns unit and reason are needed"
        raise ExclusionsError(path.name, line=1, problem=problem)
    found: dict[str, Exclusion] = {}
    for row in rows:
        line = rows.line_num
        reason = " ".join((row["reason"] or "").split())
        try:
            unit = canonical_unit(row["unit"] or "")
        except ValueError as error:
            raise ExclusionsError(path.name, line=line, problem=str(error)) from None
        if not reason:
            raise ExclusionsError(path.name, line=line, problem="it gives no reason")
        if unit in found:
            raise ExclusionsError(
                path.name, line=line, problem="it repeats a case of an earlier line"
            )
        found[unit] = Exclusion(line=line, unit=unit, reason=reason)
    return tuple(found.values())
