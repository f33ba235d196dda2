"""Timescales, and what was found about them in one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Status = Literal[
    "met", "late", "overdue", "flag", "clear", "not_computable", "not_applicable"
]
"""What was found. ``met``: done in time. ``late``: done, but after its last day.
``overdue``: not done by the date of the list, and its last day has gone.
``flag``: a fact worth a look. ``clear``: nothing to flag, or nothing due yet."""

WEIGHTS: Final[tuple[Status, ...]] = (
    *("overdue", "late", "flag", "met", "clear", "not_computable", "not_applicable"),
)
"""Which finding counts where a timescale has several parts: the first here."""

Amount = Literal["", "working days", "days", "months"]

EXTRAS: Final = 0
"""The number that stands for the extra file where lists have theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """A rule about when something is due, or about what to look at.

    Attributes:
        id: ``"T01"`` to ``"T33"``.
        title: What it is about.
        rule: The rule in words; ``{key}`` stands for a limit of `limits`.
        source: Where the rule comes from.
        needs: Columns it looks at, by number of the Annex A list; under
            `EXTRAS`, columns of the extra file.
        unconfirmed: What of it was not checked against its source; empty where
            all was.
    """

    id: str
    title: str
    rule: str
    source: str
    needs: Mapping[int, tuple[str, ...]]
    unconfirmed: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether all of the rule was checked against its source."""
        return not self.unconfirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that was used.

    Attributes:
        label: The column's header, or the extra column's name.
        day: The date.
    """

    label: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was found about a timescale, or about a part of one.

    Attributes:
        status: How it stands.
        sentence: The same in a plain sentence with its dates.
        amount: By how much it is late or overdue, or how long it has lasted;
            0 where that has no meaning.
        unit: What ``amount`` counts; empty where it has no meaning.
    """

    status: Status
    sentence: str
    amount: int = 0
    unit: Amount = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one timescale says of one case. It never sets a grade.

    Attributes:
        timescale: Identifier of the timescale.
        status: How it stands.
        sentence: The same in plain words with its dates; for a timescale with
            several parts, a sentence for each.
        rule: The rule in words, with the limits that were used.
        amount: By how much it is late or overdue, at least 1 then; how long
            something has lasted where it is flagged for that; else 0.
        unit: What ``amount`` counts; empty where it has no meaning.
        dates: The dates used, in the order they were looked at.
        missing: Columns that would be needed and are not there, by header.
    """

    timescale: str
    status: Status
    sentence: str
    rule: str
    amount: int = 0
    unit: Amount = ""
    dates: tuple[Dated, ...] = ()
    missing: tuple[str, ...] = ()


def worst(*parts: Part) -> Part:
    """Return several parts as one: the weightiest counts, every sentence stays.

    Args:
        parts: At least one.
    """
    first = min(parts, key=lambda part: WEIGHTS.index(part.status))
    return Part(
        status=first.status,
        sentence=" ".join(part.sentence for part in parts),
        amount=first.amount,
        unit=first.unit,
    )


def flagged(flags: list[str], *, otherwise: str) -> Part:
    """Return a flag for what was noticed, or that nothing was.

    Args:
        flags: What was noticed, each a phrase that can begin a sentence.
        otherwise: The sentence where nothing was.
    """
    if not flags:
        return Part(status="clear", sentence=otherwise)
    return Part(status="flag", sentence=f"{'; '.join(flags)}.")
