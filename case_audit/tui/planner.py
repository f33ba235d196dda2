"""The planner: a draw being planned, line by line. It knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.estimates.planning import Assumptions
from case_audit.core.sample.model import Design

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.model import StoredFrame
    from case_audit.services.frame_facts import FrameFacts, Grouping

Field = Literal[
    "size",
    "cohort",
    "strata",
    "shared",
    "minimum",
    "inadequate",
    "expected",
    "hours",
    "auditors",
]
FIELDS: Final[tuple[Field, ...]] = (
    *("size", "cohort", "strata", "shared", "minimum"),
    *("inadequate", "expected", "hours", "auditors"),
)
"""The lines of a plan, in the order they stand."""

USUAL_SIZE: Final = 30
"""Cases that a plan begins with, where there are as many."""

MOST_STRATA: Final = 40
"""Values up to which a single key press offers an attribute as strata."""

USUAL_MINIMUM: Final = 2
"""Fewest cases from each stratum unless another number is chosen, as in a draw."""

_HALF_HOURS: Final = 2
_HUNDRED: Final = 100
_LIMITS: Final = {"minimum": 50, "hours": 80, "auditors": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is being planned.

    Attributes:
        frame: The frame that is planned on.
        size: Cases to draw, at least 1.
        strata: Attributes that make the strata; empty for none.
        equal: Whether strata share alike, not in proportion.
        minimum: Fewest cases from each stratum.
        percent: Inadequate cases asked about, per cent of the frame.
        number: Their number instead; 0 to go by the per cent.
        expected: The share expected to be good or better, per cent.
        half_hours: Half hours that an audit takes.
        auditors: People who share the cases; 0 if not said.
    """

    frame: StoredFrame
    size: int
    strata: tuple[str, ...] = ()
    equal: bool = False
    minimum: int = USUAL_MINIMUM
    percent: int = 5
    number: int = 0
    expected: int = 50
    half_hours: int = 6
    auditors: int = 0

    @property
    def design(self) -> Design:
        """How the sample would be drawn."""
        return Design(
            kind="stratified" if self.strata else "simple",
            size=self.size,
            strata=self.strata,
            allocation="equal" if self.equal and self.strata else "proportional",
            minimum=self.minimum if self.strata else 0,
        )

    @property
    def assumptions(self) -> Assumptions:
        """What is taken for granted."""
        return Assumptions(
            expected=Fraction(self.expected, _HUNDRED),
            rate=Fraction(self.percent, _HUNDRED),
            cases=self.number or None,
            hours_per_case=Fraction(self.half_hours, _HALF_HOURS),
            auditors=self.auditors,
        )


class Planner:
    """A plan that keys change.

    Args:
        frames: The newest frame of each cohort, at least one, none of them empty.
        cohort: The cohort to begin with; the first one if there is no such frame.
    """

    def __init__(self, frames: Sequence[StoredFrame], *, cohort: str = "") -> None:
        self.frames = tuple(frames)
        self.field: Field = "size"
        self._typed = ""
        self._groupings: dict[int, tuple[Grouping, ...]] = {}
        first = next((f for f in frames if f.cohort == cohort), self.frames[0])
        self.setting = Setting(frame=first, size=min(USUAL_SIZE, first.units))

    def know(self, facts: FrameFacts) -> None:
        """Take in what a frame can be stratified by, once it has been read."""
        self._groupings[facts.frame.id] = facts.groupings

    @property
    def knows(self) -> bool:
        """Whether it is known what the frame can be stratified by."""
        return self.setting.frame.id in self._groupings

    @property
    def units(self) -> int:
        """Units in the frame."""
        return self.setting.frame.units

    @property
    def groupings(self) -> tuple[Grouping, ...]:
        """What the frame can be stratified by, as far as is known."""
        return self._groupings.get(self.setting.frame.id, ())

    def choose(self, step: int) -> None:
        """Go to another line of the plan."""
        place = FIELDS.index(self.field) + step
        self.field = FIELDS[max(0, min(place, len(FIELDS) - 1))]
        self._typed = ""

    def move(self, by: int) -> None:
        """Change the line by a number of steps."""
        self._typed = ""
        now = self.setting
        match self.field:
            case "cohort":
                self._take_next_frame(1 if by > 0 else -1)
            case "strata":
                self._take_next_strata(1 if by > 0 else -1)
            case "shared":
                self.setting = replace(now, equal=not now.equal)
            case _:
                self._set(self._number() + by)

    def type_digit(self, digit: str) -> None:
        """Take one more digit of a number that is being typed."""
        if self.field in ("cohort", "strata", "shared"):
            return
        self._typed = (self._typed + digit)[-6:]
        value = int(self._typed)
        self._set(value * _HALF_HOURS if self.field == "hours" else value)

    def erase(self) -> None:
        """Take the last digit back."""
        self._typed = self._typed[:-1]
        if self._typed:
            value = int(self._typed)
            self._set(value * _HALF_HOURS if self.field == "hours" else value)

    def stratify(self, keys: Sequence[str]) -> None:
        """Take these attributes as strata."""
        known = {grouping.key for grouping in self.groupings}
        strata = tuple(key for key in keys if key in known)
        self.setting = replace(self.setting, strata=strata)

    def switch_inadequate(self) -> None:
        """Ask about a number of inadequate cases instead of a rate, or back."""
        now = self.setting
        if now.number:
            self.setting = replace(now, number=0)
        else:
            rounded = -(-self.units * now.percent // _HUNDRED)
            self.setting = replace(now, number=max(rounded, 1))
        self._typed = ""

    def _number(self) -> int:
        now = self.setting
        values = {
            "size": now.size,
            "minimum": now.minimum,
            "inadequate": now.number or now.percent,
            "expected": now.expected,
            "hours": now.half_hours,
            "auditors": now.auditors,
        }
        return values[self.field]

    def _set(self, value: int) -> None:
        now = self.setting
        match self.field:
            case "size":
                new = replace(now, size=_within(value, 1, self.units))
            case "inadequate" if now.number:
                new = replace(now, number=_within(value, 1, self.units))
            case "inadequate":
                new = replace(now, percent=_within(value, 1, _HUNDRED))
            case "expected":
                new = replace(now, expected=_within(value, 0, _HUNDRED))
            case "hours":
                new = replace(now, half_hours=_within(value, 1, _LIMITS["hours"]))
            case "minimum":
                new = replace(now, minimum=_within(value, 0, _LIMITS["minimum"]))
            case _:
                new = replace(now, auditors=_within(value, 0, _LIMITS["auditors"]))
        self.setting = new

    def _take_next_frame(self, step: int) -> None:
        place = self.frames.index(self.setting.frame) + step
        frame = self.frames[place % len(self.frames)]
        now = self.setting
        self.setting = replace(
            now,
            frame=frame,
            size=_within(now.size, 1, frame.units),
            number=min(now.number, frame.units),
            strata=(),
        )

    def _take_next_strata(self, step: int) -> None:
        offered = [
            (),
            *((g.key,) for g in self.groupings if 1 < len(g.counts) <= MOST_STRATA),
        ]
        now = self.setting.strata
        place = offered.index(now) + step if now in offered else 0
        self.setting = replace(self.setting, strata=offered[place % len(offered)])

    def command(self) -> str:
        """Return the command that draws this plan."""
        design = self.setting.design
        parts = [f"case-audit draw --cohort {self.setting.frame.cohort}"]
        parts.append(f"--size {design.size}")
        if design.strata:
            parts.append(f"--strata {quote(','.join(design.strata))}")
            if design.allocation != "proportional":
                parts.append(f"--allocation {design.allocation}")
            if design.minimum != USUAL_MINIMUM:
                parts.append(f"--minimum {design.minimum}")
        return " ".join(parts)


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, max(most, least)))
