"""``case-audit log``: the sealed record of what was done."""

from __future__ import annotations

from typing import Annotated

import typer

from case_audit.cli.common import Json, database, one_cell, say, say_json
from case_audit.errors import ExitCode

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Read and check the sealed log."
)


@app.command()
def show(
    *,
    last: Annotated[int, typer.Option(min=1, help="How many lines.")] = 20,
    json: Json = False,
) -> None:
    """Print the newest lines: who did what, and when. No line holds case text."""
    from case_audit.services.log import newest_events

    events = newest_events(database(), last)
    if json:
        say_json(events)
        return
    for event in events:
        cells = ("at_utc", "actor", "action", "subject")
        # Each in one line: a line break in a name must not look like an entry.
        said = "  ".join(one_cell(str(event[cell])) for cell in cells)
        say(f"{event['seq']:>6}  {said}")


@app.command()
def verify(*, json: Json = False) -> None:
    """Check that no line of the log was changed, removed or put in between.

    Ends with code 3 and the number of the first line that does not fit. Lines
    cut off at the end do not show in the log itself: note the last seal in your
    minutes and compare it.
    """
    from case_audit.services.log import check_log

    found = check_log(database())
    if json:
        say_json(
            {"lines": found.lines, "last_seal": found.last, "broken_at": found.broken}
        )
    elif found.broken is None:
        from case_audit.reports.wording import plural

        lines = plural(found.lines, "line")
        say(f"The log is whole: {lines}, last seal {found.last}.")
    else:
        say(f"The log is broken at line {found.broken} of {found.lines}.")
    if found.broken is not None:
        raise typer.Exit(int(ExitCode.DIFFERENT))
