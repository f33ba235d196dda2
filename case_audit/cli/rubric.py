"""``case-audit rubric``: what cases are graded with."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import library, say, say_json, say_json_text, say_table, tell
from case_audit.errors import ExitCode

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.errors import CaseAuditError
    from case_audit.services.rubric import RubricLine

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, read and check rubrics.",
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


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
    """Print a whole rubric: every criterion with all its descriptors.

    \b
    Example:
      case-audit rubric show child-protection | less
    """
    from case_audit.core.rubric.canonical import rubric_text

    rubric = library().rubric(name)
    if json:
        say_json_text(rubric_text(rubric))
        return
    say(f"{rubric.title} ({rubric.id} {rubric.version}, {rubric.framework.name})")
    for domain in rubric.domains:
        say(f"\n{domain.label.upper()}")
        for criterion in domain.criteria:
            _show(rubric, criterion)


@app.command()
def check(
    file: Annotated[
        Path,
        typer.Argument(help="A rubric file.", exists=True, dir_okay=False),
    ],
    *,
    json: Json = False,
) -> None:
    """Check a rubric file; an error names the file, the line and the key.

    \b
    Example:
      case-audit rubric check my-rubrics/family-support.yaml --rubrics my-rubrics
    """
    from case_audit.services.rubric import check_file

    line = check_file(library(), file)
    if json:
        say_json(_plain(line))
        return
    say(
        f"{file.name} is a sound rubric: {line.criteria} criteria, "
        f"{line.critical} of them critical, digest {line.digest}."
    )


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


def _show(rubric: Rubric, criterion: Criterion) -> None:
    critical = "  critical" if criterion.critical else ""
    say(f"\n{criterion.id}  {criterion.label}{critical}")
    say(_indented(criterion.asks))
    for grade in rubric.scale.grades:
        say(_indented(f"{grade.letter}  {criterion.descriptors[grade.id]}", hang=9))
    say(_indented(f"Look in: {'; '.join(criterion.look_in)}."))
    say(_indented(f"Trap: {criterion.trap}"))
    say(_indented(f"Not applicable: {criterion.not_applicable_when}"))
    if criterion.inadequate_if:
        worst = rubric.scale.grades[-1].label
        say(_indented(f"{worst} if: {criterion.inadequate_if}"))
    say(_indented(f"{'; '.join(criterion.source)} ({', '.join(criterion.tags)})"))


def _indented(text: str, *, hang: int = 6) -> str:
    return fill(text, 80, initial_indent=" " * 6, subsequent_indent=" " * hang)
