"""``case-audit rubric crosswalk``: what may be compared after a rubric changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    database,
    database_there,
    library,
    say,
    say_json,
)

if TYPE_CHECKING:
    from case_audit.services.crosswalk import Walked


def crosswalk(
    file: Annotated[
        Path, typer.Argument(help="A crosswalk file.", exists=True, dir_okay=False)
    ],
    *,
    old: Annotated[
        str, typer.Option("--old", help="The old rubric: its name, or a .yaml file.")
    ] = "",
    new: Annotated[
        str, typer.Option("--new", help="The new rubric: its name, or a .yaml file.")
    ] = "",
    json: Json = False,
) -> None:
    """Check a crosswalk between two rubrics; say what can be compared.

    The two rubrics are looked for by identifier and version: beside the file, in
    --rubrics, among the shipped ones, and among those that rounds were drawn with.

    \b
    Example:
      case-audit rubric crosswalk crosswalks/cin-2027.yaml --new cin-2027.yaml
    """
    from case_audit.reports.crosswalk_text import crosswalk_text
    from case_audit.services.crosswalk import check_crosswalk

    rounds = database() if database_there() else None
    found = check_crosswalk(library(), file, old=old, new=new, database=rounds)
    if json:
        say_json(_plain(found))
        return
    text = crosswalk_text(found.walk, old=found.old, new=found.new)
    say(text.removesuffix("\n"))


def _plain(found: Walked) -> dict[str, object]:
    from case_audit.core.rubric.crosswalk import comparable

    walk = found.walk
    map_ = []
    for pair in walk.pairs:
        comparison = comparable(pair, walk, found.old, found.new)
        map_.append(
            {
                "from": list(pair.old),
                "to": list(pair.new),
                "how": pair.how,
                "note": pair.note,
                "comparable": comparison.ease,
                "why": comparison.why,
            }
        )
    return {
        "id": walk.id,
        "from": walk.old,
        "to": walk.new,
        "map": map_,
        "dropped": [{"id": one.id, "note": one.note} for one in walk.dropped],
        "new": [{"id": one.id, "note": one.note} for one in walk.added],
        "grades": dict(walk.grades),
    }
