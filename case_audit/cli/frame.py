"""``case-audit frame``: who could be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import Json, database, say, say_json, say_table, typed
from case_audit.cli.frame_number import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.sample.rows import Row

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="List, show and export frames."
)
app.command()(number)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the frames, newest import first."""
    from case_audit.services.frame import list_frames

    frames = list_frames(database())
    if json:
        say_json(
            [
                {
                    "cohort": frame.cohort,
                    "as_at": frame.as_at,
                    "units": frame.units,
                    "digest": frame.digest,
                    "source": frame.source.name,
                    "source_sha256": frame.source.sha256,
                    "imported_utc": frame.source.imported_utc,
                }
                for frame in frames
            ]
        )
        return
    if not frames:
        say("No frames yet. Import a workbook: case-audit import PATH")
        return
    say_table(
        ("cohort", "as at", "units", "digest", "source"),
        [
            (f.cohort, f.as_at, str(f.units), f.digest[:12], f.source.name)
            for f in frames
        ],
    )


@app.command()
def show(
    cohort: Annotated[str, typer.Argument(help="Cohort, as in `frame list`.")],
    *,
    json: Json = False,
) -> None:
    """Show the newest frame of a cohort: who was left out, and possible strata.

    \b
    Example:
      case-audit frame show cp
    """
    from case_audit.services.frame import show_frame

    page = show_frame(database(), cohort)
    frame = page.frame
    if json:
        say_json(
            {
                "cohort": frame.cohort,
                "as_at": frame.as_at,
                "units": frame.units,
                "digest": frame.digest,
                "excluded": {e.rule: e.count for e in frame.excluded},
                "strata": page.values,
            }
        )
        return
    say(f"{frame.cohort}: {frame.units} units on {frame.as_at}, digest {frame.digest}")
    for excluded in frame.excluded:
        say(f"  left out, {excluded.rule}: {excluded.count}")
    say("\nCan be stratified by:")
    for key, counts in page.values.items():
        shown = ", ".join(f"{value} {n}" for value, n in list(counts.items())[:MOST])
        more = f", and {len(counts) - MOST} more" if len(counts) > MOST else ""
        say(f"  {key}: {shown}{more}")


MOST = 8
"""Values of an attribute that are listed."""


@app.command()
def export(
    cohort: Annotated[str, typer.Argument(help="Cohort, as in `frame list`.")],
    *,
    strata: Annotated[
        str | None, typer.Option(help="Attributes that make the strata, with commas.")
    ] = None,
    drawn_for: Annotated[
        str | None,
        typer.Option("--round", help="The frame this round was drawn from instead."),
    ] = None,
) -> None:
    """Print a frame as lines of unit TAB stratum: the newest of a cohort.

    The lines are what the frame digest is taken over, in the order of their
    bytes. With --round they are the very frame the round was drawn from, without
    the cases left out before the draw: their SHA-256 is the digest in its
    manifest, whatever was imported since.

    \b
    Examples:
      case-audit frame export cp | sha256sum
      case-audit frame export cp --round "Spring 2026" > frame.tsv
    """
    import sys

    from case_audit.exchange.frame_tsv import frame_lines
    from case_audit.services.frame import export_frame

    keys = tuple(k.strip() for k in (strata or "").split(",") if k.strip())
    if drawn_for is not None:
        if keys:
            message = "the round has its own strata; leave --strata out"
            raise typer.BadParameter(message, param_hint="--strata")
        from case_audit.services.verify import round_rows

        rows: Sequence[Row] = round_rows(database(), typed(drawn_for), cohort=cohort)
    else:
        rows = export_frame(database(), cohort, strata=keys)
    sys.stdout.buffer.write(frame_lines(rows))
