"""What can go wrong with audits that come from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SHOWN = 50
"""Problems that are told one by one; the others are counted."""


class AuditLinesError(CaseAuditError):
    """Lines of a file of audits cannot be taken.

    Args:
        file: Name of the file.
        problems: Line, column and what is wrong, each; in the order of the file. A
            column may be empty.
    """

    def __init__(self, file: str, problems: Sequence[tuple[int, str, str]]) -> None:
        name = shown(file)
        details = [
            f"{name}:{line}: {f'{shown(column)}: ' if column else ''}{shown(problem, longest=300)}"
            for line, column, problem in problems[:MOST_SHOWN]
        ]
        if more := len(problems) - MOST_SHOWN:
            details += [f"and {more} more"] if more > 0 else []
        many = len(problems)
        super().__init__(
            f"{name}: {many} {'thing is' if many == 1 else 'things are'} wrong. "
            "Nothing was imported.",
            details=details,
            hint="Mend the lines, or map the file's own words: case-audit audits "
            f"import {name} --map",
        )
        self.problems = tuple(problems)


class NoDrawError(CaseAuditError):
    """A round was imported, and not drawn by this program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The round {shown(name)!r} was imported from earlier audits, so there is "
            "no draw to verify.",
            hint="How its cases were drawn is as stated at the import, or not known.",
        )


class NoPopulationError(CaseAuditError):
    """A random draw is stated without the number it was drawn from."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "A random draw needs the number of cases that it was drawn from.",
            hint="State it with --population, or leave --drawn-at-random out.",
        )


class SmallPopulationError(CaseAuditError):
    """More cases were audited than there are said to have been."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, audited: int, population: int) -> None:
        super().__init__(
            f"The file has {audited} cases, more than the {population} there were.",
            hint="Correct --population, or the file.",
        )


class ShareableTextError(CaseAuditError):
    """Free text or identifiers were asked for in a shareable export."""

    exit_code = ExitCode.USAGE

    def __init__(self, option: str) -> None:
        super().__init__(
            f"{option} is for internal exports: a shareable one has no free text and "
            "no identifiers.",
            hint="Leave the option out, or export with --audience internal.",
        )
