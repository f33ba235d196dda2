"""``case-audit import``: children's lists become frames."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    again,
    database,
    database_there,
    now,
    one_cell,
    person,
    say,
    say_json,
    say_table,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.exchange.reading import Progress
    from case_audit.services.database import Database
    from case_audit.services.import_files import Import, ImportReport

ROWS_BETWEEN_WORDS = 5_000


def import_file(
    path: Annotated[
        Path,
        typer.Argument(
            help="What to import: a file, or a folder of files that belong together.",
            exists=True,
        ),
    ],
    *,
    kind: Annotated[
        str,
        typer.Option(
            help="What it is, if that is not to be found out: annex_a, cin_census, "
            "ssda903, ssd or table."
        ),
    ] = "auto",
    as_at: Annotated[
        str | None,
        typer.Option(
            help="The date the lists describe, as 2026-03-31; today if left out."
        ),
    ] = None,
    extras: Annotated[
        Path | None,
        typer.Option(
            help="CSV of further columns by child, joined by identifier.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(
            help="JSON Lines of children's documents, to read in the app.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    all_problems: Annotated[
        bool,
        typer.Option("--all-problems", help="Print each problem, not only 20 a kind."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and report, keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Import the workbook the council prepares for Ofsted (Annex A, lists 1 to 11).

    Sheets are found by list number or by name, headers and codes are matched
    however they are spelt, and every value is kept as it was read beside what it
    was understood as. Identifiers are text: leading zeros stay. Every problem is
    reported with sheet, row, column and value, and what was done about it; one
    with a whole column or sheet has no row. The report is for you alone, so keep
    it where case lists are kept.

    The open cases of each cohort become a frame to draw from. A workbook that
    cannot be used changes nothing. The first import decides whether the database
    is live or practice; the two are never mixed.

    \b
    Examples:
      case-audit import annex_a.xlsx --as-at 2026-03-31 --dry-run
      case-audit import annex_a.xlsx --extras extras.csv --json > report.json
    """
    from case_audit.services.import_files import Files, import_files, look_at

    if json and all_problems:
        tell("--json prints each problem anyway.")
    found = look_at(Files(lists=path, kind=kind, extras=extras, cases=files))
    with _target(dry_run=dry_run) as target:
        report = import_files(
            target,
            found,
            as_at=_date(as_at, found),
            imported_by=person(),
            now=now(),
            keep=not dry_run,
            on_progress=_Spoken(),
            each=None if all_problems or json else PROBLEMS_SHOWN,
        )
    if json:
        say_json(_plain(report))
    else:
        _show(report)
    _next_step(report)


PROBLEMS_SHOWN = 20


class _Spoken:
    """Tells on standard error how far the reading is."""

    def __init__(self) -> None:
        self._list = -1
        self._told = 0

    def __call__(self, progress: Progress) -> None:
        if progress.list_no != self._list:
            self._list, self._told = progress.list_no, 0
            what = f"list {progress.list_no}, " if progress.list_no else ""
            tell(
                f"Reading {what}{progress.title} "
                f"({progress.lists + 1} of {progress.of_lists})"
            )
        elif progress.rows - self._told >= ROWS_BETWEEN_WORDS:
            self._told = progress.rows
            of = f" of {progress.of_rows}" if progress.of_rows else ""
            tell(f"  {progress.rows}{of} rows")


@contextmanager
def _target(*, dry_run: bool) -> Iterator[Database]:
    """Give the database to import into; a trial leaves none where there is none."""
    if not dry_run or database_there():
        opened = database(new=True)
        yield opened
        opened.close()
        return
    from case_audit.services.database import Database

    with TemporaryDirectory(prefix="case-audit-trial-") as folder:
        opened = Database(str(Path(folder) / "trial.db"))
        yield opened
        opened.close()


def _date(text: str | None, files: Import) -> date:
    if text is None:
        today = now().astimezone().date()
        if (known := files.date) is not None and known <= today:
            tell(f"The lists describe {known}, as the files say themselves.")
            return known
        tell(f"The lists are taken to describe today, {today}; --as-at names a date.")
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-03-31"
        raise typer.BadParameter(message, param_hint="--as-at") from None
    if day > now().astimezone().date():
        message = f"{day} is still to come"
        raise typer.BadParameter(message, param_hint="--as-at")
    return day


def _show(report: ImportReport) -> None:
    say(f"{report.file} was read as {report.kind_words}, because {report.why}.\n")
    say_table(
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
    say("")
    say_table(
        ("frame", "units", "left out, and why"),
        [
            (
                frame.cohort,
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
    say(f"\n{total} problems" + _told_of(report, total))
    say_table(
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


def _next_step(report: ImportReport) -> None:
    if report.again:
        tell("The same file was imported before; this is a second import of it.")
    if not report.kept:
        tell("Nothing was kept: this was a dry run.")
        return
    cohorts = {frame.cohort for frame in report.frames if frame.units}
    likely = [cohort for cohort in ("cp", "cic", "cin") if cohort in cohorts]
    if likely:
        draw = f"case-audit draw --cohort {likely[0]} --size N"
        tell(f"Next: {again(draw)}")
    else:
        tell(f"Next: {again('case-audit frame list')}")


def _plain(report: ImportReport) -> dict[str, object]:
    reading = report.reading
    return {
        "file": report.file,
        "kind": report.kind,
        "recognised_because": report.why,
        "sha256": reading.sha256,
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
