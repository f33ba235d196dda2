"""``case-audit import``: children's lists become frames."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    again,
    database,
    database_there,
    now,
    person,
    say,
    say_json,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.exchange.reading import Progress
    from case_audit.services.database import Database
    from case_audit.services.import_files import Import, ImportReport

ROWS_BETWEEN_WORDS = 5_000


def _map_schema(wanted: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if wanted:
        from case_audit.exchange.tables.mapping_schema import mapping_schema

        say_json(mapping_schema())
        raise typer.Exit


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
            help="The date the lists describe, as 2026-03-31; "
            "if left out, what the files say themselves, else today."
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
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="[FILE]",
            help="Mapping file of a table; without FILE, a draft is written.",
        ),
    ] = None,
    map_schema: Annotated[
        bool,
        typer.Option(
            "--map-schema",
            is_eager=True,
            callback=_map_schema,
            help="Print a JSON Schema of mapping files for an editor, and end.",
        ),
    ] = False,
    all_problems: Annotated[
        bool,
        typer.Option("--all-problems", help="Print each problem, not only 20 a kind."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and report, keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Import children's lists: what the open cases of each cohort are drawn from.

    Understood are the workbook the council prepares for Ofsted (Annex A, lists 1
    to 11), the children in need census (XML), the children looked after return
    (SSDA903, CSV), tables of the Standard Safeguarding Dataset, and any other
    CSV, Excel or Parquet table with a mapping file. What a file is, is seen by
    what it holds.

    Headers and codes are matched however they are spelt, and every value is kept
    as it was read beside what it was understood as. Identifiers are text: leading
    zeros stay. Every problem is reported with sheet or file, row, column and
    value, and what was done about it; one with a whole column or sheet has no
    row. The report is for you alone, so keep it where case lists are kept.

    A file that cannot be used changes nothing. The first import decides whether
    the database is live or practice; the two are never mixed.

    \b
    Examples:
      case-audit import annex_a.xlsx --as-at 2026-03-31 --dry-run
      case-audit import annex_a.xlsx --extras extras.csv --json > report.json
      case-audit import cin_census.xml
      case-audit import ssda903/2026-episodes.csv
      case-audit import plans.csv --map
      case-audit import plans.csv --map plans.map.yaml
    """
    del map_schema
    from case_audit.cli.import_report import plain, show
    from case_audit.services.import_files import Files, import_files, look_at

    if mapping == "":
        _draft(path, dry_run=dry_run, json=json)
        return

    if json and all_problems:
        tell("--json prints each problem anyway.")
    named = as_at_day(as_at)
    found = look_at(
        Files(
            lists=path,
            kind=kind,
            extras=extras,
            cases=files,
            mapping=Path(mapping) if mapping else None,
        )
    )
    with import_target(dry_run=dry_run) as target:
        report = import_files(
            target,
            found,
            as_at=named or _said(found),
            imported_by=person(),
            now=now(),
            keep=not dry_run,
            on_progress=_Spoken(),
            each=None if all_problems or json else PROBLEMS_SHOWN,
        )
    if json:
        say_json(plain(report))
    else:
        show(report)
    _next_step(report)


PROBLEMS_SHOWN = 20


def _draft(path: Path, *, dry_run: bool, json: bool) -> None:
    """Write a first mapping file for a table, or print it if nothing is kept."""
    from case_audit.services.tables import write_draft

    drafted = write_draft(path, keep=not dry_run)
    draft = drafted.draft
    if json:
        say_json(
            {
                "file": drafted.path.name,
                "written": drafted.kept,
                "list": draft.list_no,
                "unit": draft.unit,
                "recognised": draft.guessed,
                "left": list(draft.left),
                "personal": list(draft.personal),
                "missing": list(draft.missing),
                "mapping": draft.text,
            }
        )
    elif dry_run:
        say(draft.text.rstrip("\n"))
    else:
        say(f"Written: {drafted.path}, a draft to look over.")
        say(f"List: {draft.list_no}, which is to be checked.")
        say(f"Identifiers: {draft.unit or 'to be decided, no header looks like it'}.")
        say(f"Columns recognised: {draft.guessed}.")
        for words, headers in (
            ("Needed, and not found", draft.missing),
            ("Not of this list; keep what cases are drawn or shown by", draft.left),
            ("Never read, for they name or locate people", draft.personal),
        ):
            if headers:
                say(f"{words}: {', '.join(headers)}.")
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    else:
        file = quote(str(drafted.path))
        command = f"case-audit import {quote(str(path))} --map {file} --dry-run"
        tell(f"Next: look through {drafted.path.name}, then {again(command)}")


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
def import_target(*, dry_run: bool) -> Iterator[Database]:
    """Give the database to import into; a trial leaves none where there is none.

    A failed import does neither: a file made for it is taken away again.
    """
    there = database_there()
    if dry_run and not there:
        from case_audit.services.database import Database

        with TemporaryDirectory(prefix="case-audit-trial-") as folder:
            opened = Database(str(Path(folder) / "trial.db"))
            try:
                yield opened
            finally:
                opened.close()
        return
    opened = database(new=True)
    try:
        yield opened
    except BaseException:
        if there:
            opened.close()
        else:
            opened.discard()
        raise
    opened.close()


def as_at_day(text: str | None) -> date | None:
    """Return the date that was named on the command line, if one was."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-03-31"
        raise typer.BadParameter(message, param_hint="--as-at") from None
    if day > now().astimezone().date():
        message = f"{day} is still to come"
        raise typer.BadParameter(message, param_hint="--as-at")
    return day


def _said(files: Import) -> date:
    """Return the date that the files say they describe, else today."""
    today = now().astimezone().date()
    if (known := files.date) is not None and known <= today:
        tell(f"The lists describe {known}, as the files say themselves.")
        return known
    tell(f"The lists are taken to describe today, {today}; --as-at names a date.")
    return today


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
