"""The planner: a draw being planned, line by line. It knows no widget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from case_audit.core.frame.cohorts import cohort
from case_audit.core.sample.model import Kind
from case_audit.tui.plan_setting import SHARED, TEXTS, Setting, offered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.model import StoredFrame
    from case_audit.services.frame_facts import FrameFacts, Grouping
    from case_audit.tui.plan_setting import Field

USUAL_SIZE: Final = 30
"""Cases that a plan begins with, where there are as many."""

MOST_STRATA: Final = 40
"""Values up to which a single key press offers an attribute as strata."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
CHOSEN: Final[tuple[Field, ...]] = ("order", "measure", "by", "cap")
"""Lines that hold one attribute."""
NO_NUMBERS: Final = {"design", "cohort", "strata", "shared", *CHOSEN, *TEXTS}

_HALF_HOURS: Final = 2
_HUNDRED: Final = 100
_LIMITS: Final = {
    "minimum": (0, 50),
    "hours": (1, 80),
    "auditors": (0, 200),
    "per_cluster": (0, 200),
    "most": (1, 50),
    "reserves": (0, 50),
    "expected": (0, _HUNDRED),
}


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

    @property
    def typing(self) -> bool:
        """Whether a number is being typed."""
        return bool(self._typed)

    def can_move(self, by: int) -> bool:
        """Whether moving the line by a number of steps would change the plan."""
        now, typed = self.setting, self._typed
        self.move(by)
        changed = self.setting != now
        self.setting, self._typed = now, typed
        return changed

    def choose(self, step: int) -> None:
        """Go to another line of the plan."""
        fields = self.setting.fields
        place = fields.index(self.field) + step
        self.field = fields[max(0, min(place, len(fields) - 1))]
        self._typed = ""

    def move(self, by: int) -> None:
        """Change the line by a number of steps."""
        self._typed = ""
        now, step = self.setting, 1 if by > 0 else -1
        match self.field:
            case "design":
                self._take_next_kind(step)
            case "cohort":
                self._take_next_frame(step)
            case "strata":
                self._take_next_strata(step)
            case "shared":
                place = SHARED.index(now.allocation) + step
                shared = SHARED[place % len(SHARED)]
                self.setting = replace(now, allocation=shared)
            case "order" | "measure" | "by" | "cap":
                self._take_next_attribute(step)
            case "targeted" | "only" | "certain":
                pass
            case _:
                self._set(self._number() + by)

    def type_digit(self, digit: str) -> None:
        """Take one more digit of a number that is being typed."""
        if self.field in NO_NUMBERS:
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

    def write(self, text: str) -> None:
        """Take a condition that was typed, or an attribute that was chosen."""
        self.setting = replace(self.setting, **{self.field: text})  # type: ignore[arg-type]

    @property
    def choices(self) -> dict[str, str]:
        """What the chosen line can be, with its name in words, if it is an attribute."""
        if self.field not in CHOSEN:
            return {}
        return offered(self.field, self.setting.frame, self.groupings)

    def command(self) -> str:
        """Return the command that draws this plan."""
        return self.setting.command

    def _number(self) -> int:
        now = self.setting
        match self.field:
            case "inadequate":
                return now.number or now.percent
            case "hours":
                return now.half_hours
            case field:
                return int(getattr(now, field))

    def _set(self, value: int) -> None:
        now, field = self.setting, str(self.field)
        least, most = _LIMITS.get(field, (1, self.units))
        if field == "inadequate":
            field = "number" if now.number else "percent"
            most = self.units if now.number else _HUNDRED
        elif field == "hours":
            field = "half_hours"
        self.setting = replace(now, **{field: _within(value, least, most)})  # type: ignore[arg-type]

    def _take_next_kind(self, step: int) -> None:
        kind = KINDS[(KINDS.index(self.setting.kind) + step) % len(KINDS)]
        now = self.setting
        if kind == "simple":
            self.setting = replace(now, other="", strata=())
        elif kind != "stratified":
            self.setting = self._begun(replace(now, other=kind, strata=()))
        elif strata := now.strata or self._usual_strata():
            self.setting = replace(now, other="", strata=strata)
        else:
            # Nothing to stratify by is known, or the frame is still being read.
            passed: Kind | Literal[""] = "systematic" if step > 0 else ""
            self.setting = replace(now, strata=(), other=passed)

    def _usual_strata(self) -> tuple[str, ...]:
        """Return what is most worth stratifying by, as far as the frame has it."""
        useful = cohort(self.setting.frame.cohort).useful_strata
        few = self._strata_offered()[1:]
        return next((one for one in few if one[0] in useful), next(iter(few), ()))

    def _begun(self, setting: Setting) -> Setting:
        """Fill in what a kind cannot do without."""
        frame, found = setting.frame, self.groupings
        measures = offered("measure", frame, found)
        groups = offered("by", frame, found)
        usual = "worker" if "worker" in groups else next(iter(groups))
        first = "risks+1" if "risks+1" in measures else next(iter(measures), "")
        flags = cohort(frame.cohort).flags
        return replace(
            setting,
            measure=setting.measure or first,
            by=setting.by or usual,
            targeted=setting.targeted or ("risks >= 1" if flags else ""),
        )

    def _take_next_attribute(self, step: int) -> None:
        keys = list(self.choices)
        now = getattr(self.setting, self.field)
        if keys:
            place = keys.index(now) + step if now in keys else 0
            self.write(keys[place % len(keys)])

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
            order="",
            measure="",
            by="",
            cap="",
            targeted="",
            only="",
            certain="",
        )
        if now.other:
            self.setting = self._begun(self.setting)

    def _strata_offered(self) -> list[tuple[str, ...]]:
        few = [g.key for g in self.groupings if 1 < len(g.counts) <= MOST_STRATA]
        return [(), *((key,) for key in few)]

    def _take_next_strata(self, step: int) -> None:
        offered = self._strata_offered()
        now = self.setting.strata
        place = offered.index(now) + step if now in offered else 0
        self.setting = replace(self.setting, strata=offered[place % len(offered)])


def works(planner: Planner, action: str, *parameters: object) -> bool:
    """Whether what a key of the plan does would change something now."""
    fields, field = planner.setting.fields, planner.field
    strata = "strata" in fields and bool(planner.groupings)
    match action:
        case "strata":
            return strata
        case "write":
            text = field in TEXTS or bool(planner.choices)
            return text or (field == "strata" and strata)
        case "move":
            return planner.can_move(int(str(parameters[0])))
        case "erase":
            return planner.typing
        case _:
            return action != "switch" or "inadequate" in fields


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, max(most, least)))
