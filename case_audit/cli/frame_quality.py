"""``case-audit frame check`` and ``frame diff``: how good a frame is, what changed."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    again,
    database,
    one_cell,
    say,
    say_json,
    tell,
    typed,
)

if TYPE_CHECKING:
    from case_audit.core.frame.quality import Finding
    from case_audit.services.frame_check import FrameCheck
    from case_audit.services.frame_diff import FrameDifference

WIDTH = 79
NO_BREAK = "\N{NO-BREAK SPACE}"
"""Stands where a line must not end, and is printed as a space."""
TITLES = {
    "missing": "Missing",
    "impossible": "Impossible",
    "duplicate": "Double",
    "small": "Strata too small to draw from",
    "accounts": "Rows that are not accounted for",
}
NAMES = "Names children: for the lead alone. Keep it where you keep case lists."

Units = Annotated[
    bool,
    typer.Option("--units", help="Say which units and rows. " + NAMES),
]


def check(
    frame: Annotated[
        str,
        typer.Argument(
            help="A cohort (its newest frame), a number in `frame list`, "
            "cp@previous or cp@2026-03-31."
        ),
    ],
    *,
    units: Units = False,
    json: Json = False,
) -> None:
    """Say what is missing, impossible, double or too small in a frame.

    The page counts and names nobody, unless --units asks for it. Whatever it
    finds, it ends with 0: what to do about it is for the lead to decide.

    \b
    Examples:
      case-audit frame check cp
      case-audit frame check cp --units
      case-audit frame check cic --json
    """
    from case_audit.core.frame.quality import ADVICE
    from case_audit.services.frame_check import check_frame

    found = check_frame(database(), typed(frame), units=units)
    if json:
        say_json(
            {
                "id": found.frame.id,
                "cohort": found.frame.cohort,
                "as_at": found.frame.as_at,
                "rows": found.rows,
                "units": found.frame.units,
                "children": found.children,
                "excluded": {e.rule: e.count for e in found.frame.excluded},
                "findings": [
                    {
                        "kind": finding.kind,
                        "what": finding.what,
                        "count": finding.count,
                        "of": finding.of,
                        "advice": ADVICE[finding.kind],
                        **({"places": finding.places} if units else {}),
                    }
                    for finding in found.findings
                ],
                "signs": found.signs,
                "not_told": list(found.not_told),
            }
        )
        return
    if units:
        tell(NAMES)
    _say_check(found, units=units)


def _say_check(found: FrameCheck, *, units: bool) -> None:
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.core.frame.definition import definition_words
    from case_audit.core.frame.quality import ADVICE

    frame = found.frame
    say(f"{with_id(frame.cohort)} on {frame.as_at}: {frame.units} units")
    say(f"  holds: {definition_words(frame.definition)}; each unit: {frame.unit_kind}")
    if found.rows:
        left = sum(e.count for e in frame.excluded)
        say(f"  {found.rows} rows on the list, {frame.units} units, {left} left out")
    for kind, title in TITLES.items():
        of_kind = [finding for finding in found.findings if finding.kind == kind]
        say(f"\n{title}: {'' if of_kind else 'nothing found'}".rstrip())
        for finding in of_kind:
            _say_finding(finding)
        if of_kind:
            say_wrapped(f"What to do: {ADVICE[of_kind[0].kind]}")
    for words in found.not_told:
        say("")
        say_wrapped(f"Not looked at: {words}")
    if found.findings and units:
        return
    if found.findings:
        command = again(f"case-audit frame check {frame.id} --units")
        tell(f"\nWhich rows and units: {command}")
    else:
        command = again(f"case-audit draw --cohort {frame.cohort} --size N")
        tell(f"\nNext: {command}")


def _say_finding(finding: Finding) -> None:
    of = f" of {finding.of}" if finding.of else ""
    say_wrapped(f"{one_cell(finding.what)}: {finding.count}{of}", hang="    ")
    if finding.places:
        places = ", ".join(one_cell(place) for place in finding.places)
        say_wrapped(places, indent="    ", hang="    ")


def say_wrapped(text: str, *, indent: str = "  ", hang: str = "  ") -> None:
    """Print a text in lines that fit the smallest screen."""
    for line in wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=hang,
        break_on_hyphens=False,
    ):
        say(line.replace(NO_BREAK, " "))


def diff(
    old: Annotated[
        str,
        typer.Argument(
            help="A frame: its number in `frame list`, cp@2025-12-31, cp@previous."
        ),
    ],
    new: Annotated[str, typer.Argument(help="Another: such as cp, or cp@newest.")],
    *,
    cohort: Annotated[
        str,
        typer.Option(help="Cohort of newest, previous or a date without one."),
    ] = "",
    units: Units = False,
    json: Json = False,
) -> None:
    """Say who joined and left between two frames, why, and what changed.

    It counts and names nobody, unless --units asks for it, and ends with 0.

    \b
    Examples:
      case-audit frame diff cp@previous cp
      case-audit frame diff 2025-12-31 2026-03-31 --cohort cic
      case-audit frame diff 3 12 --units
    """
    from case_audit.services.frame_diff import diff_frames

    found = diff_frames(
        database(), typed(old), typed(new), cohort_id=typed(cohort), units=units
    )
    if json:
        say_json(_diff_json(found, units=units))
        return
    if units:
        tell(NAMES)
    _say_diff(found)


def _diff_json(found: FrameDifference, *, units: bool) -> dict[str, object]:
    return {
        "old": {"id": found.old.id, "as_at": found.old.as_at, "units": found.old.units},
        "new": {"id": found.new.id, "as_at": found.new.as_at, "units": found.new.units},
        "cohort": found.new.cohort,
        "unit": found.new.unit_kind,
        "stayed": found.stayed,
        "joined": found.joined,
        "left": found.left,
        "changed": found.changed,
        "attributes": found.attributes,
        **(
            {
                "unit_changes": [
                    {"unit": c.unit, "what": c.what, "why": c.why} for c in found.units
                ]
            }
            if units
            else {}
        ),
    }


def _say_diff(found: FrameDifference) -> None:
    from case_audit.core.frame.cohort_words import with_id
    from case_audit.core.frame.definition import definition_words

    for name, frame in (("old", found.old), ("new", found.new)):
        say(
            f"{name}: frame {frame.id}, {with_id(frame.cohort)} on {frame.as_at}, "
            f"{frame.units} units; holds: {definition_words(frame.definition)}"
        )
    say(f"\nStayed: {found.stayed}")
    for title, reasons in (("Joined", found.joined), ("Left", found.left)):
        side = "old" if title == "Joined" else "new"
        say(f"{title}: {sum(reasons.values())}")
        for why, count in reasons.items():
            say_wrapped(f"{count} in the {side} one: {one_cell(why)}", hang="    ")
    say(f"Changed, of those who stayed: {found.changed}")
    for key, count in found.attributes.items():
        say(f"  {count} {one_cell(key)}")
    for change in found.units:
        say(f"{one_cell(change.unit)}  {change.what}  {one_cell(change.why)}")
