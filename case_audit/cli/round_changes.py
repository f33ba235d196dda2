"""``case-audit round replace``, ``extend``, ``close`` and ``reopen``."""

from __future__ import annotations

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
    from collections.abc import Iterator

    from case_audit.services.replacement import Replaced

Name = Annotated[str, typer.Argument(metavar="ROUND", help="As in `round list`.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen, change nothing.")
]


def replace(
    name: Name,
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="The case that cannot be audited.")
    ],
    *,
    reason: Annotated[
        str | None, typer.Option(metavar="KEY", help="Why; one of the listed keys.")
    ] = None,
    note: Annotated[
        str, typer.Option(help="For the record besides; no child's details.")
    ] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take a replacement back.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put the next reserve in the place of a case that cannot be audited.

    Only for one of these reasons, and always with the next reserve of the same
    stratum, never one of choice:

    \\b
      locked          the record is locked or sealed, such as by a court
      proceedings     an investigation or review is under way
      held-elsewhere  the file cannot be had in time
      unreadable      the file cannot be found or opened (a finding of its own)
      conflict        everybody who could audit it has worked on the case
      left            closed or transferred before the date of the list
      not-in-cohort   never of this cohort on that date
      duplicate       the same case as another entry
      no-child        a test or an error

    The last four say that the list was wrong: the case stays in the estimates as
    one to which nothing applies. The others are not answered; the summary shows
    their rate. An audit that was begun is kept, and does not count. --undo works
    until the audit of the reserve has begun.

    \\b
    Examples:
      case-audit round replace "Spring 2026" SYN-00042 --reason locked --dry-run
      case-audit round replace "Spring 2026" SYN-00042 --reason locked
      case-audit round replace "Spring 2026" SYN-00042 --undo
    """
    from case_audit.services.replacement import replace_case, undo_replacement

    if undo == (reason is not None):
        message = "needs a reason's key, or --undo"
        raise typer.BadParameter(message, param_hint="--reason")
    if undo:
        found = undo_replacement(
            database(),
            typed(name),
            typed(unit),
            by=person(),
            now=now(),
            keep=not dry_run,
        )
    else:
        found = replace_case(
            database(),
            typed(name),
            typed(unit),
            reason=typed(reason or ""),
            note=typed(note),
            by=person(),
            now=now(),
            keep=not dry_run,
        )
    if json:
        say_json(_plain(found, undo=undo) | {"kept": not dry_run})
    else:
        for line in _told(found, undo=undo):
            say(line)
    _end(name, dry_run=dry_run)


def _plain(found: Replaced, *, undo: bool) -> dict[str, object]:
    return {
        "out": found.out,
        "in": found.number,
        "unit": found.unit,
        "stratum": found.stratum,
        "reason": found.reason.key,
        "means": found.reason.means,
        "audit_kept": found.audit or None,
        "reserves_left": found.left,
        "undone": undo,
    }


def _told(found: Replaced, *, undo: bool) -> Iterator[str]:
    if undo:
        yield (
            f"Case {found.out} stands again; {found.unit} is back in its place among "
            f"the reserves, {found.left} in {found.stratum}."
        )
        return
    yield (
        f"Case {found.out} is replaced by case {found.number}, {found.unit}, the "
        f"next reserve of {found.stratum}; {found.left} left."
    )
    yield f"Reason: {found.reason.label} ({found.reason.means})."
    if found.audit:
        yield "Its audit is kept and does not count."


def extend(
    name: Name,
    *,
    by: Annotated[int, typer.Option("--by", min=1, help="How many cases more.")],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add cases to a round: the next ones in order. What was drawn stays.

    The record keeps how many were planned. Extending after results were seen,
    because they were not clear enough or not pleasing, spoils the level of every
    interval: plan the size before (case-audit stats interval).

    \\b
    Example:
      case-audit round extend "Spring 2026" --by 4
    """
    from case_audit.services.rounds import extend_round

    found = extend_round(
        database(), typed(name), added=by, by=person(), now=now(), keep=not dry_run
    )
    if json:
        say_json(
            {
                "added": [{"unit": d.unit, "stratum": d.stratum} for d in found.new],
                "planned": found.planned,
                "cases": found.now,
                "submitted_before": found.after_results,
                "kept": not dry_run,
            }
        )
    else:
        say_table(("unit", "stratum"), [(d.unit, d.stratum) for d in found.new])
    tell(f"{found.now} cases now; {found.planned} were planned.")
    if found.after_results:
        tell(
            f"Audits submitted before: {found.after_results}. If the round grows "
            "because of what they show, its intervals hold less often than they say; "
            "the summary says so."
        )
    _end(name, dry_run=dry_run)


def close(name: Name, *, dry_run: DryRun = False, json: Json = False) -> None:
    """Close a round: no case of it can be audited or replaced any more.

    \\b
    Example:
      case-audit round close "Spring 2026"
    """
    from case_audit.services.rounds import close_round

    done, left = close_round(
        database(), typed(name), by=person(), now=now(), keep=not dry_run
    )
    if json:
        say_json({"audited": done, "not_audited": left, "kept": not dry_run})
    else:
        say(
            f"Closed with {done} {'case' if done == 1 else 'cases'} audited and {left} not."
        )
    if dry_run:
        tell("Nothing was changed: this was a dry run.")
    else:
        tell(
            f'Next: {again(f"""case-audit summary "{one_cell(typed(name))}" """.strip())}'
        )


def reopen(
    name: Name,
    *,
    reason: Annotated[str, typer.Option(help="Why, for the record.")],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Open a closed round again, for a reason.

    \\b
    Example:
      case-audit round reopen "Spring 2026" --reason "two audits were forgotten"
    """
    from case_audit.services.rounds import reopen_round

    if not typed(reason):
        message = "is empty"
        raise typer.BadParameter(message, param_hint="--reason")
    reopen_round(
        database(),
        typed(name),
        reason=typed(reason),
        by=person(),
        now=now(),
        keep=not dry_run,
    )
    if json:
        say_json({"round": typed(name), "state": "open", "kept": not dry_run})
    else:
        say("The round is open again; the reason is on record.")
    _end(name, dry_run=dry_run)


def _end(name: str, *, dry_run: bool) -> None:
    if dry_run:
        tell("Nothing was changed: this was a dry run.")
        return
    command = f'case-audit round show "{one_cell(typed(name))}"'
    tell(f"See: {again(command)}")
