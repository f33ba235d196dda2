"""The record of audits from before the program came: what is known of their draw."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from case_audit.errors import NoPopulationError, SmallPopulationError

KIND: Final = "history"
"""What such a record says that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where the audits of an imported round come from.

    Attributes:
        name: Name of the round.
        cohort: Whose cases.
        as_at: The date they speak of, ISO.
        audited: Cases in the file, at least 1.
        population: Cases there were to choose from, as the council states; 0 where
            nobody knows.
        at_random: Whether the council states that they were drawn at random.
        file: Name of the file, and
        sha256: its digest.
        imported_utc: When it was imported, ISO time in UTC.
        imported_by: Who imported it.
        version: Version of the program.
    """

    name: str
    cohort: str
    as_at: str
    audited: int
    population: int
    at_random: bool
    file: str
    sha256: str
    imported_utc: str
    imported_by: str
    version: str

    @property
    def how_drawn(self) -> str:
        """What is known of the draw, as the end of a sentence."""
        if not self.at_random:
            return "how the cases were drawn is not known"
        return (
            f"drawn at random from {self.population} cases, as the council states; no "
            "draw is on record here"
        )


def refuse_unsound(*, audited: int, population: int, at_random: bool) -> None:
    """Refuse what cannot be said of earlier audits.

    Args:
        audited: Cases in the file.
        population: Cases there were; 0 for not known.
        at_random: Whether they are said to have been drawn at random.

    Raises:
        NoPopulationError: If a random draw is stated without the number it was
            drawn from.
        SmallPopulationError: If there were fewer cases than audited ones.
    """
    if at_random and not population:
        raise NoPopulationError
    if population and population < audited:
        raise SmallPopulationError(audited=audited, population=population)


def write_history(history: History) -> str:
    """Return the record as JSON with sorted keys."""
    plain = {"kind": KIND, **asdict(history)}
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def is_history(plain: object) -> bool:
    """Whether a record that was read is one of earlier audits."""
    return isinstance(plain, dict) and plain.get("kind") == KIND


def read_history(text: str) -> History:
    """Read a record that :func:`write_history` wrote."""
    plain = json.loads(text)
    del plain["kind"]
    return History(**plain)
