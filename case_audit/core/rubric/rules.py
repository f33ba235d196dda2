"""How grades roll up, as data: a first grade, then the limits that lower it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from fractions import Fraction

LOWER_MEDIAN: Final = "lower_median"
WORST: Final = "worst"
THRESHOLD: Final = "threshold"
PERCENTAGE_BANDS: Final = "percentage_bands"
POINTS: Final = "points"
MANUAL: Final = "manual"
NONE: Final = "none"
ROLLUPS: Final = (
    *(LOWER_MEDIAN, WORST, THRESHOLD, PERCENTAGE_BANDS, POINTS),
    *(MANUAL, NONE),
)
UNCOMPUTED: Final = (MANUAL, NONE)
"""Roll-ups that compute nothing."""

Level = Literal["domain", "overall"]

ESCALATIONS: Final = ("E1", "E2", "E3")
"""Levels of concern: immediate danger; the service or the view of risk may be
wrong; a concern about practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a threshold: it decides if enough grades are low enough.

    Attributes:
        grade: The grade it gives.
        at_or_below: Counts grades that are this one or worse.
        at_least: It holds from this number on; at least 1.
        more_than: With it, it holds when a larger share than this counts, from
            0 to 1; ``None`` for a number.
    """

    grade: str
    at_or_below: str
    at_least: int = 1
    more_than: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """How several grades become one.

    Every kind is such that a worse grade going in never gives a better one.

    Attributes:
        kind: One of :data:`ROLLUPS`.
        of: The scale of the grades going in; only grades on it take part. Empty
            for the rubric's own.
        scale: The scale of the grade coming out; empty for the rubric's own.
        steps: Of a threshold: from the worst grade to better ones; the first
            that holds decides.
        counts: Of percentage bands: grades at this one or better count.
        points: Of points: how many each grade of ``of`` is worth, best first,
            a better grade never less.
        bands: Of percentage bands and points: the lowest percentage, 0 to 100,
            of each grade, best first and falling.
        otherwise: The grade where no step holds (the best) or no band is
            reached (the worst).
    """

    kind: str
    of: str = ""
    scale: str = ""
    steps: tuple[Step, ...] = ()
    counts: str = ""
    points: tuple[tuple[str, int], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Counts the criteria or domains with some property, or looks at a flag.

    Attributes:
        count: What is counted.
        critical: Whether only critical criteria count.
        role: Only domains of that role count; empty for all.
        at_or_below: Counts what has this grade or a worse one; empty where
            ``answer`` or ``flag`` is given.
        answer: Counts criteria that can have a grade and have this answer
            instead of one (``"not_evidenced"``).
        at_least: The condition holds from this number on; at least 1.
        more_than: With it, the condition holds when a larger share than this
            counts, from 0 to 1: of what has a grade, or with ``answer`` of what
            has a grade or that answer. ``None`` for a number.
        scale: Only what is graded on this scale counts. Empty with ``answer``
            for every scale; otherwise for the rubric's own where criteria are
            counted, for the domains' where domains are.
        flag: Holds when the auditor has ticked this flag; then nothing is
            counted.
    """

    count: Literal["criteria", "domains"] = "criteria"
    critical: bool = False
    role: str = ""
    at_or_below: str = ""
    answer: str = ""
    at_least: int = 1
    more_than: Fraction | None = None
    scale: str = ""
    flag: str = ""


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
        raises: The escalation to raise where it holds, one of
            :data:`ESCALATIONS`; empty for none.
    """

    id: str
    caps: Level
    at: str
    when: Condition
    because: str
    raises: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something an auditor may tick about the whole case.

    Attributes:
        id: For example ``"unmanaged_risk"``.
        label: Its name on screen.
        asks: The question behind it.
        record: What has to be written down if it is ticked.
        raises: The escalation to raise then, one of :data:`ESCALATIONS`, where
            no limit does; empty for none.
    """

    id: str
    label: str
    asks: str
    record: str
    raises: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossCases:
    """How a round rates a criterion over all its cases, and a domain from those.

    Attributes:
        rollup: From the cases' grades to a criterion's rating.
        domain: From the criteria's ratings to a domain's: :data:`WORST`, the
            lowest drives; or :data:`LOWER_MEDIAN`.
    """

    rollup: RollUp
    domain: str = WORST


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A roll-up with its limits.

    Attributes:
        id: For example ``"case-file"``.
        version: A changed rule is a new version.
        domain_rollup: From criteria to a domain.
        overall_rollup: From domains to the case.
        limits: Applied together; the worst cap wins, and of equal caps the
            first in this order is named.
        flags: What an auditor may tick about the whole case.
        across_cases: How a round is rated; ``None`` where cases are only
            counted.
    """

    id: str
    version: str
    domain_rollup: RollUp
    overall_rollup: RollUp
    limits: tuple[Limit, ...]
    flags: tuple[Flag, ...] = ()
    across_cases: AcrossCases | None = None
