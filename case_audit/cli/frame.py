"""``case-audit frame``: who could be drawn."""

from __future__ import annotations

from enum import StrEnum
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
from case_audit.cli.frame_number import number
from case_audit.cli.frame_quality import NO_BREAK, check, diff, say_wrapped
from case_audit.core.frame.definition import MOST_MONTHS

if TYPE_CHECKING:
    from case_audit.core.frame.definition import Definition
    from case_audit.core.frame.model import Source
    from case_audit.services.frame import FramePage
    from case_audit.services.frame_make import MadeFrame

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show, make, check, compare and export frames.",
)

Which = Annotated[
    str,
    typer.Argument(
        help="A cohort (its newest frame), a number in `frame list`, "
        "cp@previous or cp@2026-03-31."
    ),
]


class Unit(StrEnum):
    """What one unit of a frame is."""

    CHILD = "child"
    EPISODE = "episode"


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the frames, newest import first."""
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.core.frame.definition import definition_words
    from case_audit.services.frame import list_frames

    frames = list_frames(database())
    if json:
        say_json(
            [
                {
                    "id": frame.id,
                    "cohort": frame.cohort,
                    "unit": frame.unit_kind,
                    "definition": defined(frame.definition),
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
        ("id", "cohort", "as at", "units", "digest", "holds"),
        [
            (
                *(str(f.id), with_id(f.cohort), f.as_at, str(f.units), f.digest[:12]),
                definition_words(f.definition),
            )
            for f in frames
        ],
    )


def defined(definition: Definition) -> dict[str, object]:
    """Return a definition for JSON."""
    return {
        "unit": definition.unit,
        "closed_within": definition.closed_within,
        "only": definition.only,
        "precedence": definition.precedence,
    }


@app.command()
def show(frame: Which, *, json: Json = False) -> None:
    """Show a frame: what it holds, who was left out, signs of risk, strata.

    \b
    Examples:
      case-audit frame show cp
      case-audit frame show cp@previous
    """
    from case_audit.services.frame import show_frame

    page = show_frame(database(), typed(frame))
    found = page.frame
    if json:
        say_json(
            {
                "id": found.id,
                "cohort": found.cohort,
                "unit": found.unit_kind,
                "definition": defined(found.definition),
                "as_at": found.as_at,
                "units": found.units,
                "digest": found.digest,
                "source": sourced(found.source),
                "excluded": {e.rule: e.count for e in found.excluded},
                "signs": page.signs,
                "strata": page.values,
            }
        )
        return
    _say_page(page)
    tell(f"\nNext: {again(f'case-audit frame check {found.cohort}')}")


BESIDE = {"mapping": "read by the mapping", "extras": "with further columns from"}
"""What a file beside the lists was read for."""


def sourced(source: Source) -> dict[str, object]:
    """Return for JSON what a frame can be made anew from."""
    return {
        "kind": source.kind,
        "name": source.name,
        "sha256": source.sha256,
        "imported_utc": source.imported_utc,
        "beside": [beside._asdict() for beside in source.beside],
    }


def _say_page(page: FramePage) -> None:
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.core.frame.cohorts import cohort
    from case_audit.core.frame.definition import definition_words

    frame = page.frame
    say(f"{with_id(frame.cohort)}: {frame.units} units on {frame.as_at}")
    say(f"  digest {frame.digest}")
    holds = definition_words(frame.definition)
    _say_item(f"holds: {one_cell(holds)}; each unit: {frame.unit_kind}")
    source = frame.source
    _say_item(f"from {one_cell(source.name)}, imported {source.imported_utc}")
    say(f"    SHA-256 {source.sha256}")
    for role, name, sha256 in source.beside:
        _say_item(f"{BESIDE[role]} {one_cell(name)}")
        say(f"    SHA-256 {sha256}")
    for excluded in frame.excluded:
        _say_item(f"left out, {one_cell(excluded.rule)}: {excluded.count}")
    if page.signs:
        say("\nSigns of risk (yes / no / not known):")
    for flag in cohort(frame.cohort).flags:
        counts = (page.signs[flag.key].get(k, 0) for k in ("yes", "no", "not known"))
        _say_item(f"{' / '.join(map(str, counts))}  {flag.label} ({flag.key})")
    say("\nCan be stratified by:")
    for key, values in page.values.items():
        if key in page.signs:
            continue
        some = list(values.items())[:MOST]
        shown = ", ".join(f"{one_cell(value)}{NO_BREAK}{n}" for value, n in some)
        more = f", and {len(values) - MOST} more" if len(values) > MOST else ""
        _say_item(f"{one_cell(key)}: {shown}{more}")


def _say_item(text: str) -> None:
    say_wrapped(text, hang="    ")


MOST = 8
"""Values of an attribute that are listed."""


@app.command()
def make(
    cohort: Annotated[str, typer.Argument(help="Cohort, as in `frame list`.")],
    *,
    unit: Annotated[
        Unit, typer.Option(help="What is drawn: children, or their episodes.")
    ] = Unit.CHILD,
    only: Annotated[
        str,
        typer.Option(help='Condition on what is known, such as "age >= 16".'),
    ] = "",
    closed_within: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=MOST_MONTHS,
            help="Months before the date of the list; 0 for all of it.",
        ),
    ] = None,
    no_precedence: Annotated[
        bool,
        typer.Option(
            "--no-precedence", help="Keep children who are in a higher cohort too."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Make it, but keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Make a frame anew from the newest import: other units, a window, a filter.

    It becomes the newest frame of its cohort, from which the next round is drawn.
    Every row of the list is a unit or is counted under the reason it is none.

    \b
    Examples:
      case-audit frame make referral --unit episode
      case-audit frame make cic --only "age >= 16 and placement_type == 'H5'"
      case-audit frame make cin_closed --closed-within 3 --dry-run
      case-audit frame make cp --only 'risks >= 2'
    """
    from case_audit.services.frame_make import Wanted, make_frame

    made = make_frame(
        database(),
        Wanted(
            cohort=typed(cohort),
            unit=unit.value,
            only=typed(only),
            closed_within=closed_within,
            precedence=not no_precedence,
        ),
        made_by=person(),
        now=now(),
        keep=not dry_run,
    )
    if json:
        say_json(_made_json(made))
        return
    _say_made(made)


def _made_json(made: MadeFrame) -> dict[str, object]:
    return {
        "id": made.id,
        "kept": made.kept,
        "cohort": made.frame.cohort,
        "unit": made.frame.definition.unit,
        "definition": defined(made.frame.definition),
        "as_at": made.frame.as_at.isoformat(),
        "rows": made.rows,
        "units": len(made.frame.units),
        "excluded": {e.rule: e.count for e in made.frame.excluded},
        "digest": made.frame.digest,
        "source": made.source.name,
        "source_sha256": made.source.sha256,
    }


def _say_made(made: MadeFrame) -> None:
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.core.frame.definition import definition_words

    frame = made.frame
    children = len({unit.child for unit in frame.units})
    who = f" of {children} children" if frame.definition.unit == "episode" else ""
    number = f"Frame {made.id}, " if made.kept else ""
    say(
        f"{number}{with_id(frame.cohort)}: {len(frame.units)} units{who} on {frame.as_at}"
    )
    say(f"  digest {frame.digest}")
    _say_item(f"holds: {one_cell(definition_words(frame.definition))}")
    for excluded in frame.excluded:
        _say_item(f"left out, {one_cell(excluded.rule)}: {excluded.count}")
    left = sum(excluded.count for excluded in frame.excluded)
    say(f"  {made.rows} rows on the list = {len(frame.units)} units + {left} left out")
    if not made.kept:
        tell("Nothing was kept: this was a dry run.")
    elif frame.units:
        tell(f"Next: {again(f'case-audit draw --cohort {frame.cohort} --size N')}")
    else:
        tell("Nobody is left. Widen the condition or the window and make it again.")


@app.command()
def export(
    frame: Which,
    *,
    strata: Annotated[
        str | None, typer.Option(help="Attributes that make the strata, with commas.")
    ] = None,
    aid: Annotated[
        str,
        typer.Option(
            help="Attribute a design needs beside the stratum, as a third column."
        ),
    ] = "",
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
      case-audit frame export cp --strata team --aid worker
      case-audit frame export cp --round "Spring 2026" > frame.tsv
    """
    import sys

    from case_audit.core.sample.rows import line_text
    from case_audit.services.frame import export_lines

    keys = tuple(k.strip() for k in (strata or "").split(",") if k.strip())
    if drawn_for is None:
        lines = export_lines(database(), typed(frame), strata=keys, aid=typed(aid))
        texts = (line_text(line, with_aid=bool(aid)).encode() for line in lines)
        sys.stdout.buffer.write(b"".join(sorted(texts)))
        return
    if keys or aid:
        option = "--strata" if keys else "--aid"
        message = f"the round has its own design; leave {option} out"
        raise typer.BadParameter(message, param_hint=option)
    from case_audit.exchange.frame_tsv import frame_lines
    from case_audit.services.verify import round_rows

    rows = round_rows(database(), typed(drawn_for), cohort=typed(frame))
    sys.stdout.buffer.write(frame_lines(rows))


app.command()(number)
app.command()(check)
app.command()(diff)
