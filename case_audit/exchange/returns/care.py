"""Joins episodes of care to periods, and says what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Flaw
from case_audit.exchange.returns.windows import year_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from case_audit.exchange.returns.notes import Cells

STARTED: Final = "S"
"""Reason for a new episode: the child started to be looked after."""
NEXT_FOLLOWS: Final = "X1"
"""Reason why an episode ended: the next one began on the same day."""

_LEGAL_ONLY: Final = "L"
_NEW_LEGAL: Final = frozenset("SLBU")
_NEW_CARER: Final = frozenset("SPB")


STARTS_BEFORE: Final = Flaw(
    "a period of care whose first episode is not in the file",
    "the date it started is left empty",
    serious=False,
)
BREAKS_OFF: Final = Flaw(
    "an episode that ended because another began, and there is none",
    "the child is taken as still in care, unless a later period began",
    serious=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One episode of care.

    Attributes:
        row: Its row in the file.
        start: When it began, ISO.
        end: When it ended, ISO; empty if it has not.
        why: The code of the reason why it began; empty if unknown.
        why_ended: The code of the reason why it ended; empty if unknown.
        cells: What is known of it: legal status, placement and so on.
    """

    row: int
    start: str
    end: str
    why: str
    why_ended: str
    cells: Cells

    @property
    def legal(self) -> str:
        """The legal status during it; empty if unknown."""
        return str(self.cells.values.get("legal_status") or "")


class Period:
    """One period of care: episodes that follow on each other.

    Args:
        episodes: At least one, in order.
        day: The day from which it is looked at, ISO; empty for the last one.
        followed: Whether the child had a later period.
    """

    def __init__(
        self, episodes: Sequence[Episode], *, day: str, followed: bool
    ) -> None:
        self._followed = followed
        self.episodes = tuple(episodes)
        begun = [e for e in episodes if not day or e.start <= day]
        self._upto = tuple(begun or episodes[:1])
        self._day = day

    @property
    def current(self) -> Episode:
        """The episode on the day, or the last one before it."""
        return self._upto[-1]

    @property
    def start(self) -> str | None:
        """When the period began; ``None`` if its first episode is not there."""
        first = self.episodes[0]
        return first.start if first.why == STARTED else None

    @property
    def ended(self) -> Episode | None:
        """The episode with which the period ended, or ``None``.

        Where the last one says that another follows, and none does, the period
        has ended only if a later one began.
        """
        last = self.episodes[-1]
        going_on = last.why_ended == NEXT_FOLLOWS and not self._followed
        return last if last.end and not going_on else None

    @property
    def breaks_off(self) -> bool:
        """Whether the last episode says that another follows, and none does."""
        last = self.episodes[-1]
        return bool(last.end) and last.why_ended == NEXT_FOLLOWS

    @property
    def legal_start(self) -> str | None:
        """When the legal status on the day began; ``None`` if that is unknown."""
        run = [self._upto[-1]]
        for episode in reversed(self._upto[:-1]):
            if episode.legal != run[-1].legal:
                break
            run.append(episode)
        oldest = run[-1]
        known = oldest is not self.episodes[0] or oldest.why in _NEW_LEGAL
        return oldest.start if known else None

    @property
    def placement_start(self) -> str | None:
        """When the placement on the day began; ``None`` if that is unknown."""
        for episode in reversed(self._upto):
            if episode.why != _LEGAL_ONLY:
                return episode.start
        return None

    @property
    def placements(self) -> int | None:
        """With how many carers the child was in the year up to the day."""
        if not self._day:
            return None
        since = year_before(self._day)
        ends: list[str] = []
        for episode in self._upto:
            end = episode.end or "9999-12-31"
            if not ends or episode.why in _NEW_CARER:
                ends.append(end)
            else:
                ends[-1] = end
        return sum(end > since for end in ends)


def periods(episodes: Iterable[Episode], *, day: str) -> list[Period]:
    """Join a child's episodes to periods of care, earliest first.

    A new period begins where an episode says so, where the one before ended for
    good, and after a gap.

    Args:
        episodes: In any order.
        day: The day from which they are looked at, ISO; empty for the last one.
    """
    found: list[list[Episode]] = []
    order = sorted(episodes, key=lambda e: (e.start, e.end or "9999-12-31", e.row))
    for episode in order:
        before = found[-1][-1] if found else None
        if (
            before is None
            or episode.why == STARTED
            or (before.end and before.why_ended not in {NEXT_FOLLOWS, ""})
            or (before.end and episode.start > before.end)
        ):
            found.append([])
        found[-1].append(episode)
    return [
        Period(each, day=day, followed=number < len(found))
        for number, each in enumerate(found, start=1)
    ]


def of_the_day(found: Sequence[Period], *, day: str) -> Period:
    """Return the period that a child is in on a day, or was in last before it.

    Args:
        found: At least one, earliest first.
        day: The day, ISO; empty for the last one.
    """
    begun = [one for one in found if not day or one.episodes[0].start <= day]
    return (begun or found[:1])[-1]
