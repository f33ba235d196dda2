"""How grades roll up, as data: a first grade, then the limits that lower it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

LOWER_MEDIAN = "lower_median"
WORST = "worst"
ROLLUPS = (LOWER_MEDIAN, WORST)

Level = Literal["domain", "overall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Counts the criteria or domains with some property.

    Attributes:
        count: What is counted.
        critical: Whether only critical criteria count.
        role: Only domains of that role count; empty for all.
        at_or_below: Counts what has this grade or a worse one; empty where
            ``answer`` is given.
        answer: Counts what has this answer instead of a grade
            (``"not_evidenced"``).
        at_least: The condition holds from this number on; at least 1.
        more_than: With it, the condition holds when a larger share than this
            of what has a grade counts, from 0 to 1; ``None`` for a number.
    """

    count: Literal["criteria", "domains"]
    critical: bool = False
    role: str = ""
    at_or_below: str = ""
    answer: str = ""
    at_least: int = 1
    more_than: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limiting rule: where the condition holds, the grade is lowered to the cap.

    Attributes:
        id: For example ``"LIM1"``.
        caps: Whether a domain's grade or the whole case's is limited. The
            condition of a domain's limit sees that domain's criteria alone.
        at: The best grade still possible.
        when: The condition.
        because: The reason in words, to complete "because ...".
    """

    id: str
    caps: Level
    at: str
    when: Condition
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A roll-up with its limits.

    Attributes:
        id: For example ``"case-file"``.
        version: A changed rule is a new version.
        domain_rollup: One of :data:`ROLLUPS`, from criteria to a domain.
        overall_rollup: One of :data:`ROLLUPS`, from domains to the case.
        limits: Applied together; the worst cap wins, and of equal caps the
            first in this order is named.
    """

    id: str
    version: str
    domain_rollup: str
    overall_rollup: str
    limits: tuple[Limit, ...]
