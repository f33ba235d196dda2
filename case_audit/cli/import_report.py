"""What ``case-audit import`` says of what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.cli.common import one_cell, say
from case_audit.cli.folding import say_folded, say_folded_table
from case_audit.core.frame.cohort_words import with_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.services.import_files import ImportReport


MOST_NAMES = 10
"""Names of files or sheets that were not read, before the rest is counted."""


def show(report: ImportReport) -> None:
    """Print the report as text."""
    say_folded(f"{report.file} was read as {report.kind_words}, because {report.why}.")
    say("")
    say_folded_table(
        ("list", "where", "found by", "rows", "left out, and why"),
        [
            (
                str(found.list_no),
                found.place,
                found.how,
                str(found.records),
                _left_out(found.left_out),
            )
            for found in report.reading.lists
        ],
    )
    for found in report.reading.lists:
        if report.kind == "table" and found.unknown:
            names = ", ".join(found.unknown)
            say_folded(f"Not named by the mapping, and not read: {names}.")
    if unread := report.reading.unread:
        more = f" and {len(unread) - MOST_NAMES} more" if unread[MOST_NAMES:] else ""
        say_folded(f"Not read: {', '.join(unread[:MOST_NAMES])}{more}.")
    say("")
    say_folded_table(
        ("frame", "units", "left out, and why"),
        [
            (
                with_id(frame.cohort),
                str(len(frame.units)),
                _left_out({e.rule: e.count for e in frame.excluded}),
            )
            for frame in report.frames
        ],
    )
    _show_problems(report)


def _left_out(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{reason}: {count}" for reason, count in reasons.items())


def _show_problems(report: ImportReport) -> None:
    if not report.problem_counts:
        say("\nNo problems.")
        return
    total = sum(found.count for found in report.problem_counts)
    word = "problem" if total == 1 else "problems"
    say(f"\n{total} {word}" + _told_of(report, total))
    say_folded_table(
        ("sheet", "row", "column", "value", "problem", "what was done"),
        [
            (
                problem.sheet,
                str(problem.row) if problem.row else "",
                _short(problem.column),
                _short(problem.value),
                problem.what,
                problem.done,
            )
            for problem in sorted(report.problems, key=lambda found: not found.serious)
        ],
    )


def _told_of(report: ImportReport, total: int) -> str:
    shown = len(report.problems)
    if shown >= total:
        return ":"
    return f", {shown} of them here (--all-problems prints each):"


def _short(text: str) -> str:
    cell = one_cell(text)
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


LONGEST_CELL = 32


def plain(report: ImportReport) -> dict[str, object]:
    """Return the report as it is printed as JSON."""
    reading = report.reading
    return {
        "file": report.file,
        "kind": report.kind,
        "recognised_because": report.why,
        "sha256": reading.sha256,
        "mapping": _named(reading.mapping),
        "synthetic": reading.synthetic,
        "as_at": report.as_at,
        "kept": report.kept,
        "lists": [
            {
                "list": found.list_no,
                "sheet": found.place,
                "found_by": found.how,
                "header_row": found.header_row,
                "rows_read": found.rows,
                "rows": found.records,
                "left_out": sum(found.left_out.values()),
                "left_out_by_reason": dict(found.left_out),
                "columns_missing": list(found.absent),
                "columns_unknown": list(found.unknown),
            }
            for found in reading.lists
        ],
        "lists_missing": list(reading.missing_lists),
        "sheets_unread": list(reading.unread),
        "frames": [
            {
                "cohort": frame.cohort,
                "units": len(frame.units),
                "digest": frame.digest,
                "excluded": {e.rule: e.count for e in frame.excluded},
            }
            for frame in report.frames
        ],
        "documents": report.documents,
        "extras": list(report.extras),
        **_plain_problems(report),
    }


def _named(file: tuple[str, str] | None) -> dict[str, str] | None:
    return {"name": file[0], "sha256": file[1]} if file else None


def _plain_problems(report: ImportReport) -> dict[str, object]:
    return {
        "problems": [
            {
                "sheet": problem.sheet,
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "problem": problem.what,
                "done": problem.done,
                "serious": problem.serious,
            }
            for problem in sorted(report.problems, key=lambda found: not found.serious)
        ],
        "problem_counts": [
            {
                "sheet": found.sheet,
                "column": found.column,
                "problem": found.what,
                "done": found.done,
                "serious": found.serious,
                "count": found.count,
            }
            for found in report.problem_counts
        ],
    }
