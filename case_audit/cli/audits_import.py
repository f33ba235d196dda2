"""What `audits import` does with what was typed, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

import typer

from case_audit.cli.common import (
    again,
    database,
    library,
    now,
    one_cell,
    person,
    say,
    say_json,
    tell,
    typed,
)
from case_audit.cli.import_file import as_at_day, import_target

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.services.audit_files import AuditImport


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was typed: the round, or what is known of earlier audits."""

    name: str | None
    called: str | None
    cohort: str | None
    rubric: str | None
    as_at: str | None
    population: int | None
    drawn_at_random: bool
    invented: bool

    @property
    def round_name(self) -> str | None:
        """The round that was named."""
        return None if self.name is None else typed(self.name)

    def refuse(self, *, history: bool) -> None:
        """Refuse options that do not go together.

        Raises:
            typer.BadParameter: Names the option.
        """
        of_history = {
            "--name": self.called,
            "--cohort": self.cohort,
            "--rubric": self.rubric,
            "--as-at": self.as_at,
            "--population": self.population,
            "--drawn-at-random": self.drawn_at_random,
            "--invented": self.invented,
        }
        if history and self.name is not None:
            message = "earlier audits get a round of their own; name it with --name"
            raise typer.BadParameter(message, param_hint="--round")
        for option, given in of_history.items():
            if given and not history:
                message = "is for earlier audits, with --history"
                raise typer.BadParameter(message, param_hint=option)

    def needed(self, option: str, value: str | None) -> str:
        """Return what was typed for an option of earlier audits.

        Raises:
            typer.BadParameter: If nothing was.
        """
        text = one_cell(typed(value or ""))
        if not text:
            message = "is needed with --history"
            raise typer.BadParameter(message, param_hint=option)
        return text


def take_audits(
    path: Path, said: Said, *, mapping: Path | None, dry_run: bool
) -> AuditImport:
    """Import audits into a round."""
    from case_audit.services.audit_files import import_audits

    return import_audits(
        database(),
        path,
        name=said.round_name,
        by=person(),
        now=now(),
        mapping=mapping,
        keep=not dry_run,
    )


def take_history(
    path: Path, said: Said, *, mapping: Path | None, dry_run: bool
) -> AuditImport:
    """Import earlier audits as a round of their own."""
    from case_audit import __version__
    from case_audit.services.history import Earlier, import_history

    name = said.needed("--name", said.called)
    cohort, rubric = _graded_with(said)
    as_at = as_at_day(said.needed("--as-at", said.as_at))
    assert as_at is not None  # noqa: S101 - a date was typed
    earlier = Earlier(
        name=name,
        cohort=cohort,
        rubric=rubric,
        as_at=as_at,
        population=said.population or 0,
        at_random=said.drawn_at_random,
        invented=said.invented,
        mapping=mapping,
    )
    with import_target(dry_run=dry_run) as target:
        return import_history(
            target,
            path,
            earlier,
            by=person(),
            now=now(),
            version=__version__,
            keep=not dry_run,
        )


def _graded_with(said: Said) -> tuple[str, Rubric]:
    from case_audit.services.sample import rubric_for

    cohort = said.needed("--cohort", said.cohort)
    return cohort, rubric_for(library(), cohort, name=said.rubric)


def draft(path: Path, said: Said, *, dry_run: bool, json: bool) -> None:
    """Write a first mapping for a file of audits, or print it."""
    from case_audit.services.audit_drafts import round_rubric, write_audit_draft

    if said.cohort:
        cohort, rubric = _graded_with(said)
    else:
        cohort, rubric = round_rubric(database(), said.round_name)
    found, file = write_audit_draft(path, rubric, cohort, keep=not dry_run)
    if json:
        say_json(
            {
                "file": file.name,
                "written": not dry_run,
                "columns": dict(found.recognised),
                "missing": list(found.missing),
                "undecided": found.undecided,
                "left": list(found.left),
                "mapping": found.text,
            }
        )
    elif dry_run:
        say(found.text.rstrip("\n"))
    else:
        say(f"Written: {file}, a draft to look over.")
        say(f"Columns recognised: {', '.join(found.recognised) or 'none'}.")
        if found.missing:
            say(f"Needed, and not found: {', '.join(found.missing)}.")
        say(f"Words to decide: {found.undecided}.")
    if dry_run:
        tell("Nothing was written: this was a dry run.")
        return
    command = f"case-audit audits import {quote(str(path))} --map {quote(str(file))}"
    tell(f"Next: look through {file.name}, then {again(f'{command} --dry-run')}")


def report(done: AuditImport, *, dry_run: bool, json: bool) -> None:
    """Say what an import did."""
    from case_audit.reports.wording import plural

    if json:
        say_json(
            {
                "round": done.round,
                "file": done.file,
                "sha256": done.sha256,
                "audits": done.audits,
                "answers": done.answers,
                "submitted": done.submitted,
                "there_already": done.there,
                "left_out": done.left_out,
                "columns_not_read": list(done.unread),
                "notes": list(done.notes),
                "kept": done.kept,
            }
        )
    else:
        say(
            f"{one_cell(done.round)}: {plural(done.audits, 'audit')}, "
            f"{plural(done.answers, 'answer')}, {done.submitted} submitted."
        )
        if done.audits > done.submitted:
            say(
                f"Left open, for something is not answered: {done.audits - done.submitted}."
            )
        if done.there:
            say(f"There already, just so: {done.there}.")
        if done.left_out:
            say(f"Left out by the mapping: {done.left_out}.")
        if done.unread:
            say(f"Not read: {', '.join(map(one_cell, done.unread))}.")
    for note in done.notes:
        tell(f"The file is {note}.")
    if dry_run:
        tell("Nothing was kept: this was a dry run.")
    elif not done.audits:
        tell("Nothing is new: it is all there already.")
