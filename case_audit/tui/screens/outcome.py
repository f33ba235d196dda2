"""How a screen on a case was left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a screen on a case was left.

    Attributes:
        submitted: Whether the audit was submitted.
        go_to: The criterion to go to; empty for where it was.
        sentence: What to tell the auditor.
    """

    submitted: bool = False
    go_to: str = ""
    sentence: str = ""
