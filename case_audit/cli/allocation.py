"""``case-audit assign``: who reads which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    again,
    database,
    now,
    one_cell,
    person,
    say,
    say_json,
    say_table,
    tell,
    typed,
)

if TYPE_CHECKING:
    from case_audit.services.allocation_page import AllocationPage, ReadBy


def assign(
    name: Annotated[str, typer.Argument(metavar="ROUND", help="Name of the round.")],
    *,
    auditors: Annotated[
        Path | None,
        typer.Option(
            help="CSV file of the people who can read files, one a line; shows who "
            "reads what if left out.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    allow_own_team: Annotated[
        bool,
        typer.Option(
            "--allow-own-team",
            help="Let a case be read in its own team where nothing else is possible.",
        ),
    ] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="Take every case back.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Give them out as before the last change.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Work it out, print, keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Give the drawn cases of a round to auditors, evenly and never to their own.

    The file has a header and one auditor a line. The columns: auditor; and as
    needed team (the own team), capacity (most cases in this round), worker (names
    by which the lists may call the person), own (cases the person has to do with)
    and cohorts. Several in one cell stand between semicolons.

    Every case gets one auditor, never one who works with it or is named for it,
    and none of its own team. Loads are even, or in proportion where everybody has
    a capacity. Ties are settled by the seed of the round. Asked again, what is
    begun stays, and as few cases as possible move.

    \b
    Examples:
      case-audit assign "Spring 2026" --auditors auditors.csv --dry-run
      case-audit assign "Spring 2026"
      case-audit assign "Spring 2026" --undo
    """
    if sum((auditors is not None, clear, undo)) > 1:
        message = "take one of --auditors, --clear and --undo"
        raise typer.BadParameter(message)
    if allow_own_team and auditors is None:
        message = "goes with --auditors"
        raise typer.BadParameter(message, param_hint="--allow-own-team")
    page = _page(
        typed(name),
        auditors,
        allow_own_team=allow_own_team,
        clear=clear,
        undo=undo,
        keep=not dry_run,
    )
    if json:
        say_json(_plain(page))
    else:
        _show(page)
    _tell_what_happened(page)


def _page(
    name: str,
    auditors: Path | None,
    *,
    allow_own_team: bool,
    clear: bool,
    undo: bool,
    keep: bool,
) -> AllocationPage:
    from case_audit.core.frame.cohorts import COHORTS
    from case_audit.exchange.auditors_csv import read_auditors
    from case_audit.services import allocation

    if auditors is not None:
        return allocation.assign(
            database(),
            name,
            read_auditors(auditors, cohorts=[cohort.id for cohort in COHORTS]),
            allow_own_team=allow_own_team,
            by=person(),
            now=now(),
            keep=keep,
        )
    if clear or undo:
        act = allocation.clear_allocation if clear else allocation.undo_allocation
        return act(database(), name, by=person(), now=now(), keep=keep)
    return allocation.show_allocation(database(), name)


def _state(one: ReadBy) -> str:
    """Return how far the audit is; by whom, where that is somebody else."""
    from case_audit.core.allocation.people import same_person

    if one.audit is None:
        return "not started"
    words = "in progress" if one.audit.state == "open" else one.audit.state
    if same_person(one.audit.auditor, one.auditor):
        return words
    return f"{words} by {one.audit.auditor}"


def _show(page: AllocationPage) -> None:
    heads = ("case", "unit", "team", "auditor", "state", "given")
    rows = [
        (
            str(one.case.number),
            one.case.unit,
            one.team,
            one.auditor or "nobody",
            _state(one),
            _given(one),
        )
        for one in page.cases
    ]
    shown = len(heads) if any(one.placed for one in page.cases) else len(heads) - 1
    say_table(heads[:shown], [row[:shown] for row in rows])
    if page.readers:
        say("")
        say_table(
            ("auditor", "cases", "in progress", "submitted", "most", "own team"),
            [
                (
                    reader.auditor,
                    str(reader.cases),
                    str(reader.begun),
                    str(reader.submitted),
                    "" if reader.capacity is None else str(reader.capacity),
                    "; ".join(reader.teams),
                )
                for reader in page.readers
            ],
        )


def _given(one: ReadBy) -> str:
    """Return how a case came to its auditor, and what should not be."""
    if one.placed is None:
        return ""
    moved = one.placed.how == "moved"
    words = f"moved from {one.placed.before}" if moved else one.placed.how
    barred = f", {one.placed.barred}" if one.placed.barred else ""
    return f"{words}{barred}"


def _plain(page: AllocationPage) -> dict[str, object]:
    revision = page.revision
    return {
        "round": page.round.name,
        "revision": revision.number,
        "kept": page.kept,
        "at_utc": revision.at_utc or None,
        "by": revision.by or None,
        "spread": page.spread or None,
        "cases": [
            {
                "case": one.case.number,
                "unit": one.case.unit,
                "stratum": one.case.stratum,
                "team": one.team or None,
                "auditor": one.auditor or None,
                "state": one.audit.state if one.audit else "not started",
                "audited_by": one.audit.auditor if one.audit else None,
                "given": one.placed.how if one.placed else None,
                "before": (one.placed.before or None) if one.placed else None,
                "barred": one.placed.barred if one.placed else None,
            }
            for one in page.cases
        ],
        "auditors": [
            {
                "auditor": reader.auditor,
                "teams": list(reader.teams),
                "capacity": reader.capacity,
                "cases": reader.cases,
                "in_progress": reader.begun,
                "submitted": reader.submitted,
            }
            for reader in page.readers
        ],
        "unknown_teams": [
            {"auditor": auditor, "team": team} for auditor, team in page.unknown_teams
        ],
        "own_cases_not_in_the_round": page.strangers,
    }


def _tell_what_happened(page: AllocationPage) -> None:
    from case_audit.reports.wording import plural

    _tell_doubts(page)
    placed = [one.placed for one in page.cases if one.placed]
    counts = [
        f"{count} {words}"
        for how, words in (
            ("new", "given out"),
            ("moved", "moved"),
            ("kept", "as before"),
            ("begun", "begun before, left as they are"),
        )
        if (count := sum(p.how == how for p in placed))
    ]
    for one in page.cases:
        if one.placed and one.placed.how == "moved":
            tell(
                f"Case {one.case.number} moved from {one_cell(one.placed.before)} to "
                f"{one_cell(one.auditor)}."
            )
    if counts:
        shared = "even" if page.spread == "even" else "in proportion to capacity"
        tell(f"{plural(len(placed), 'case')}: {', '.join(counts)}. Loads are {shared}.")
    if page.nobody and page.revision.number:
        are = "is" if page.nobody == 1 else "are"
        tell(f"{plural(page.nobody, 'case')} {are} given to nobody.")
    quoted = f'"{page.round.name}"'
    if not page.kept:
        tell("Nothing was kept: this was a dry run.")
    elif not page.changed and placed:
        tell("Nothing has changed, so nothing new was recorded.")
    elif page.revision.number == 0 or page.nobody == len(page.cases):
        give = again(f"case-audit assign {quoted} --auditors FILE")
        tell(f"Nothing is given out. Next: {give}")
    elif placed:
        back = again(f"case-audit assign {quoted} --undo")
        tell(f"Each auditor's own cases come first in: {again('case-audit audit')}")
        tell(f"To take this back: {back}")


def _tell_doubts(page: AllocationPage) -> None:
    """Say what on the list of auditors does not fit the round."""
    from case_audit.reports.wording import plural

    for auditor, team in page.unknown_teams:
        tell(
            f"Note: {one_cell(auditor)}'s team {one_cell(team)!r} is no team of the "
            "frame, so it keeps nobody from any case."
        )
    if page.unknown_teams:
        tell(f"Teams of the frame: {'; '.join(page.frame_teams) or 'none'}.")
    if page.strangers:
        are = "is" if page.strangers == 1 else "are"
        tell(
            f"Note: {plural(page.strangers, 'own case')} on the list {are} not in this "
            "round."
        )
    for one in page.cases:
        if one.placed and one.placed.barred and one.placed.how == "begun":
            tell(
                f"Note: case {one.case.number} was begun by {one.auditor}, though it is "
                f"of the {one.placed.barred.removeprefix('not the ')}."
            )
