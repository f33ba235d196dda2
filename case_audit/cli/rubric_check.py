"""``case-audit rubric check``: is it sound, and how does it read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import Json, library, say, say_json
from case_audit.errors import ExitCode
from case_audit.security.text_gate import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.exchange.rubric_findings import Finding
    from case_audit.services.rubric_check import Checked


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|NAME]...",
            help="Files, or names as in `rubric list`; all in reach if left out.",
        ),
    ] = None,
    *,
    json: Json = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there is any finding.")
    ] = False,
) -> None:
    """Check rubrics and modules: are they sound, and how do they read.

    An error names the file, the line and the key: the rubric cannot be used.
    A finding names the same and makes a suggestion: the rubric can be used, but
    descriptors are too alike, a word gives a grade instead of evidence, a question
    asks two things, a sentence is hard to read, and the like. Think it over.

    The exit code is 1 after an error, 0 otherwise.

    \b
    Examples:
      case-audit rubric check
      case-audit rubric check child-protection
      case-audit rubric check my-rubrics/family-support.yaml --strict
    """
    from case_audit.services.rubric_check import check_all, check_named

    for name in names or ():
        _refuse_missing(name)
    shelf = library()
    found = list(check_named(shelf, names) if names else check_all(shelf))
    if json:
        say_json(_plain(found))
    else:
        _say(found)
    for checked in found:
        for line in checked.error.lines if checked.error else ():
            typer.echo(visible(line), err=True)
    if any(checked.error for checked in found) or (
        strict and any(checked.findings for checked in found)
    ):
        raise typer.Exit(int(ExitCode.FAILED))


def _refuse_missing(name: str) -> None:
    from case_audit.services.rubric_check import is_path

    if is_path(name) and not Path(name).is_file():
        message = f"there is no file {name}"
        raise typer.BadParameter(message, param_hint="FILE")


def _say(found: Sequence[Checked]) -> None:
    for checked in found:
        if not checked.error:
            say(_sound(checked))
        for finding in checked.findings:
            for line in _lines(finding):
                say(line)
    number = sum(len(checked.findings) for checked in found)
    if number or (len(found) > 1 and not any(checked.error for checked in found)):
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        findings = "1 finding" if number == 1 else f"{number or 'no'} findings"
        say(f"{files} checked, {findings}.")


def _sound(checked: Checked) -> str:
    criteria = (
        "1 criterion" if checked.criteria == 1 else f"{checked.criteria} criteria"
    )
    counted = f"{criteria}, {checked.critical} of them critical"
    digest = f", digest {checked.digest}" if checked.digest else ""
    return f"{Path(checked.file).name} is a sound {checked.kind}: {counted}{digest}."


def _lines(finding: Finding) -> tuple[str, str]:
    remark = finding.remark
    place = f"{finding.file}:{finding.line}"
    return (
        one_line(f"{place}: {finding.about}: {remark.what}."),
        one_line(f"  {remark.suggestion}"),
    )


def _plain(found: Sequence[Checked]) -> dict[str, object]:
    return {
        "files": [
            {
                "file": checked.file,
                "kind": checked.kind,
                "sound": checked.error is None,
                "id": checked.id,
                "version": checked.version,
                "criteria": checked.criteria,
                "critical": checked.critical,
                "digest": checked.digest,
                "error": checked.error.lines if checked.error else [],
                "findings": [
                    {
                        "line": finding.line,
                        "key": finding.key,
                        "about": finding.about,
                        "rule": finding.remark.kind,
                        "what": finding.remark.what,
                        "suggestion": finding.remark.suggestion,
                    }
                    for finding in checked.findings
                ],
            }
            for checked in found
        ],
        "findings": sum(len(checked.findings) for checked in found),
        "errors": sum(checked.error is not None for checked in found),
    }
