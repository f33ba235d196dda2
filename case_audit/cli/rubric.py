"""``case-audit rubric``: what cases are graded with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    library,
    say,
    say_json,
    say_json_text,
    say_table,
    tell,
    write_text,
)
from case_audit.cli.rubric_check import check
from case_audit.cli.rubric_crosswalk import crosswalk
from case_audit.cli.rubric_example import example
from case_audit.cli.rubric_whatif import whatif
from case_audit.errors import ExitCode

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort
    from case_audit.errors import CaseAuditError
    from case_audit.services.rubric import RubricLine

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, read, check, compare and write rubrics.",
)


SHORT_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
"""What a rubric's identifier may be, so that it can be a file's name anywhere."""


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the rubrics: identifier, version, cohorts and number of criteria."""
    from case_audit.services.rubric import list_rubrics

    lines, errors = list_rubrics(library())
    if json:
        say_json([_plain(line) for line in lines])
        _tell_broken(errors)
        return
    say_table(
        ("rubric", "version", "cohorts", "criteria", "critical", "title"),
        [
            (
                line.rubric.id,
                line.rubric.version,
                ", ".join(line.rubric.cohorts),
                str(line.criteria),
                str(line.critical),
                line.rubric.title,
            )
            for line in lines
        ],
    )
    _tell_broken(errors)


def _tell_broken(errors: list[CaseAuditError]) -> None:
    for error in errors:
        for line in error.lines:
            tell(line)
    if errors:
        raise typer.Exit(int(ExitCode.FAILED))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Identifier, as in `rubric list`.")],
    *,
    json: Json = False,
) -> None:
    """Print a whole rubric: every criterion with all its descriptors, and the rules.

    \b
    Example:
      case-audit rubric show child-protection | less
    """
    from case_audit.core.rubric import canonical
    from case_audit.reports.rubric_text import rubric_text
    from case_audit.services.rubric_tools import field_labels

    rubric = library().rubric(name)
    if json:
        say_json_text(canonical.rubric_text(rubric))
        return
    say(rubric_text(rubric, labels=field_labels(rubric)).removesuffix("\n"))


app.command()(check)


@app.command()
def diff(
    old: Annotated[
        str, typer.Argument(metavar="A", help="Identifier, or path of a .yaml file.")
    ],
    new: Annotated[
        str, typer.Argument(metavar="B", help="Identifier, or path of a .yaml file.")
    ],
    *,
    crosswalk: Annotated[
        Path | None,
        typer.Option(help="A crosswalk from A to B.", exists=True, dir_okay=False),
    ] = None,
    json: Json = False,
) -> None:
    """Say what changed from rubric A to rubric B, old and new text together.

    What a file refers to is looked for in its own folder first. With a crosswalk,
    criteria are followed to their new names. The exit code is 0 whether anything
    changed or not.

    \b
    Example:
      case-audit rubric diff child-in-need my-rubrics/child-in-need.yaml
    """
    from case_audit.reports.rubric_changes import changes_text
    from case_audit.services.crosswalk import compared
    from case_audit.services.rubric import describe
    from case_audit.services.rubric_tools import named_or_file

    shelf = library()
    before, after = named_or_file(shelf, old), named_or_file(shelf, new)
    changes = compared(before, after, crosswalk=crosswalk)
    if json:
        say_json(
            {
                "old": _plain(describe(before)),
                "new": _plain(describe(after)),
                "changes": [
                    {"where": c.where, "what": c.what, "old": c.old, "new": c.new}
                    for c in changes
                ],
            }
        )
        return
    say(changes_text(changes, old=before, new=after).removesuffix("\n"))


@app.command("print")
def print_(
    name: Annotated[str, typer.Argument(help="Identifier, as in `rubric list`.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to a file instead.")
    ] = None,
) -> None:
    """Print a rubric as a form to fill in by hand, 78 columns wide.

    \b
    Examples:
      case-audit rubric print child-protection | lpr
      case-audit rubric print child-protection --out form.txt
    """
    from case_audit.reports.rubric_form import rubric_form
    from case_audit.services.rubric_tools import field_labels

    rubric = library().rubric(name)
    text = rubric_form(rubric, labels=field_labels(rubric))
    if out is None:
        say(text.removesuffix("\n"))
        return
    write_text(out, text)
    tell(f"Written to {out}.")


@app.command()
def schema(
    *,
    scale: Annotated[
        str, typer.Option(help="The scale whose grades are described.")
    ] = "ofsted4",
) -> None:
    """Print a JSON Schema, from which an editor completes the keys of a rubric.

    It describes rubrics and modules. Use `rubric check` too: it sees more.

    \b
    Example:
      case-audit rubric schema > rubric.schema.json
    """
    from case_audit.core.rubric.model import YES_NO_SCALE
    from case_audit.exchange.rubric_schema import rubric_schema

    shelf = library()
    say_json(rubric_schema(shelf.scale(scale), shelf.scale(YES_NO_SCALE)))


@app.command()
def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Its short name: small letters, digits and hyphens."
        ),
    ],
    *,
    cohort: Annotated[
        str, typer.Option("--cohort", "-c", help="Whose cases, as in `frame list`.")
    ],
    criteria: Annotated[
        int,
        typer.Option(
            min=0,
            max=30,
            help="Only as many criteria of your own, without shared domains.",
        ),
    ] = 0,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write to a new file, ID.yaml, instead."),
    ] = None,
) -> None:
    """Print a rubric to start from, with a comment above each key.

    It is whole: `rubric check` accepts it as it is. A file that is there already
    is never replaced.

    \b
    Examples:
      case-audit rubric new our-look --cohort cin --out our-look.yaml
      case-audit rubric new short-look --cohort cin --criteria 5 --out short-look.yaml
    """
    from case_audit.exchange.rubric_start import rubric_start

    if not SHORT_NAME.fullmatch(name):
        message = "use small letters, digits and hyphens, such as family-support"
        raise typer.BadParameter(message, param_hint="ID")
    text = rubric_start(name, cohort=_cohort(cohort), criteria=criteria)
    if out is None:
        say(text.removesuffix("\n"))
        return
    _refuse_file(out, name)
    write_text(out, text)
    tell(f"Written to {out}. Next: case-audit rubric check {out}")


app.command()(crosswalk)
app.command()(whatif)
app.command()(example)


def _cohort(name: str) -> Cohort:
    from case_audit.core.frame.cohorts import COHORTS

    known = {cohort.id: cohort for cohort in COHORTS}
    if name not in known:
        message = f"must be one of {', '.join(known)}"
        raise typer.BadParameter(message, param_hint="--cohort")
    return known[name]


def _refuse_file(out: Path, name: str) -> None:
    """Refuse a file that is there, or that `rubric check` would not accept."""
    if out.name != f"{name}.yaml":
        message = f"the file must be called {name}.yaml, as the rubric"
        raise typer.BadParameter(message, param_hint="--out")
    if out.exists() or out.is_symlink():
        message = f"{out} is there already; nothing was written"
        raise typer.BadParameter(message, param_hint="--out")


def _plain(line: RubricLine) -> dict[str, object]:
    rubric = line.rubric
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "framework": rubric.framework.name,
        "area": rubric.area,
        "cohorts": list(rubric.cohorts),
        "criteria": line.criteria,
        "critical": line.critical,
        "digest": line.digest,
    }
