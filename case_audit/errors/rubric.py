"""What can go wrong with rubrics."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1000
"""Characters after which a list of what is possible is cut off."""

FEW = 3
"""Names that begin alike and may all be offered."""


class RubricError(CaseAuditError):
    """A rubric file is not as it should be.

    Args:
        file: Name of the file.
        line: Line in it, from 1.
        key: The key concerned, as a path such as ``domains[2].criteria[0].asks``.
        expected: What should stand there, as a phrase.
        found: What stands there instead.
        hint: What to do about it; empty for where the format is described.
    """

    def __init__(
        self,
        *,
        file: str,
        line: int,
        expected: str,
        key: str = "",
        found: str = "",
        hint: str = "",
    ) -> None:
        where = f"{shown(file)}:{line}"
        what = f"{where}: {shown(key)}" if key else where
        instead = f", found {shown(found)}" if found else ""
        super().__init__(
            f"{what}: expected {shown(expected, longest=LONGEST)}{instead}.",
            hint=hint
            or "See docs/rubric-author.md for the format; `case-audit rubric check FILE` "
            "tries a rubric, `case-audit rubric crosswalk FILE` a crosswalk.",
        )
        self.file, self.line, self.key = file, line, key


class ExpressionError(CaseAuditError):
    """A condition such as ``age >= 16`` cannot be understood.

    Args:
        column: Where in the condition, in characters from 1.
        expected: What should stand there, as a phrase.
        found: What stands there instead, shown so that nothing in it acts.
        hint: What the author can write instead.
    """

    def __init__(self, *, column: int, expected: str, found: str, hint: str) -> None:
        super().__init__(
            f"column {column}: expected {expected}, found {found}.", hint=hint
        )
        self.column, self.expected, self.found = column, expected, found


class UnknownRubricError(CaseAuditError):
    """No rubric, module, scale, framework or rule set has that name.

    Args:
        kind: What was looked for.
        name: What it was called.
        known: What there is of the kind.
        astray: A file of that name whose ending is wrong; empty if there is none.
    """

    def __init__(
        self, kind: str, name: str, *, known: Sequence[str], astray: str = ""
    ) -> None:
        super().__init__(
            f"There is no {kind} called {shown(repr(name))}.",
            details=[f"Known: {shown(', '.join(known), longest=LONGEST) or 'none'}."],
            hint=_meant(kind, name, known=known, astray=astray),
        )


def _meant(kind: str, name: str, *, known: Sequence[str], astray: str) -> str:
    """Return what somebody may have meant by a name that nothing has."""
    short = re.split(r"[/\\]", name)[-1].removesuffix(".yaml").removesuffix(".yml")
    begun = [one for one in known if short and one.startswith(short.lower())]
    near = get_close_matches(short.lower(), known, n=1, cutoff=0.8) or (
        begun if len(begun) <= FEW else []
    )
    if astray:
        return f"There is {shown(astray)}: let its name end in .yaml, and nothing else."
    if near:
        return f"Did you mean {shown(' or '.join(near))}?"
    if kind != "rubric":
        return "docs/rubric-author.md, section 'The folder', says what may stand where."
    if short != name:
        return (
            "A rubric is named by its id, without folder and ending; its folder is "
            f"named apart: {shown(short)} --rubrics DIR"
        )
    return (
        "`case-audit rubric list` shows the rubrics; --rubrics DIR adds a folder of "
        "your own."
    )


class CrosswalkError(CaseAuditError):
    """A crosswalk does not fit the two rubrics that it joins.

    Args:
        file: Name of the file.
        places: Each place where it does not, with its line.
    """

    def __init__(self, file: str, places: Sequence[str]) -> None:
        found = "1 place" if len(places) == 1 else f"{len(places)} places"
        super().__init__(
            f"{shown(file)} does not fit its rubrics in {found}.",
            details=[shown(place, longest=LONGEST) for place in places],
            hint="Every criterion of both must be accounted for once: see "
            "docs/rubric-author.md, 'When a rubric changes'.",
        )


class UnknownVersionError(CaseAuditError):
    """No rubric of that version is at hand, or more than one."""

    def __init__(self, name: str, *, found: int, option: str) -> None:
        what = f"are {found} texts of" if found else "is no rubric"
        looked = "among the shipped rubrics and in the rounds of the database"
        super().__init__(
            f"There {what} {shown(name)} at hand.",
            details=[f"Looked beside the file, in --rubrics, {looked}."],
            hint=f"Name its file: {option} FILE.yaml",
        )


class NotComparableError(CaseAuditError):
    """Two rounds cannot be set side by side."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"These two rounds cannot be compared: {reason}.",
            hint="`case-audit round list` shows each round's cohort and rubric.",
        )


class LeadsNowhereError(CaseAuditError):
    """A crosswalk leads from the rubric of no earlier round."""

    def __init__(self, name: str, *, old: str, new: str) -> None:
        super().__init__(
            f"The crosswalk {shown(name)} leads from {shown(old)} to {shown(new)}, and "
            "carries no earlier round of this cohort across.",
            hint="`case-audit round list` shows each round's cohort and rubric.",
        )


class WrongCohortError(CaseAuditError):
    """A rubric is not meant for that cohort."""

    def __init__(self, rubric: str, *, cohort: str, meant_for: Sequence[str]) -> None:
        super().__init__(
            f"The rubric {rubric!r} is not meant for the cohort {cohort!r}.",
            details=[f"It is meant for: {', '.join(meant_for)}."],
            hint="`case-audit rubric list` shows which rubric suits which cohort.",
        )


class NoRubricError(CaseAuditError):
    """No rubric, or more than one, is meant for a cohort."""

    def __init__(self, cohort: str, *, found: Sequence[str]) -> None:
        what = f"{len(found)} rubrics are" if found else "no rubric is"
        super().__init__(
            f"For the cohort {cohort!r} {what} at hand.",
            details=[f"They are: {', '.join(found)}."] if found else [],
            hint="Name one: --rubric NAME, as in `case-audit rubric list`."
            if found
            else f"`case-audit rubric new our-look --cohort {cohort}` begins one of "
            "your own; then draw with --rubric and --rubrics, see "
            "docs/rubric-author.md.",
        )


class NoOverallError(CaseAuditError):
    """A framework gives no overall grade, so none is worked out."""

    def __init__(self, framework: str) -> None:
        super().__init__(
            f"{framework} gives no overall grade: each judgement stands for itself.",
            hint="Ofsted has given no overall effectiveness grade since April 2026. "
            "For reports before that, ask for ilacs@2018.",
        )


class UnknownExampleError(CaseAuditError):
    """No worked example has that name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no worked example called {name!r}.",
            details=[f"Known: {', '.join(known) or 'none'}."],
            hint=f"Try: case-audit rubric example {known[0]}" if known else "",
        )
