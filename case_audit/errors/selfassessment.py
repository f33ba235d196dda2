"""What can keep a self-assessment from being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


class LeftOutError(CaseAuditError):
    """A report leaves out what must not be left out."""

    def __init__(self, what: Sequence[str]) -> None:
        things = "1 thing" if len(what) == 1 else f"{len(what)} things"
        super().__init__(
            f"This report would leave out {things} that it must show:",
            details=what,
            hint="Nothing was written. Leave them in: a weakness that is known and "
            "has a plan counts for you, one that an inspector finds missing does not.",
        )
        self.what = tuple(what)


class UnknownSubjectError(CaseAuditError):
    """A domain or criterion that the rubric does not have was to be left out."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str, *, rubric: str) -> None:
        super().__init__(
            f"The rubric {rubric} has no domain or criterion {name!r}.",
            hint=f"Their identifiers: case-audit rubric show {rubric}",
        )


class NotShareableError(CaseAuditError):
    """The lead's own words cannot leave the council as they are."""

    def __init__(self, what: Sequence[str]) -> None:
        things = "1 thing" if len(what) == 1 else f"{len(what)} things"
        super().__init__(
            f"Your own words have {things} in them that could tell of a child:",
            details=what,
            hint="Nothing was written. Change the text with case-audit narrative set, "
            "or write the report for the council itself.",
        )
        self.what = tuple(what)
