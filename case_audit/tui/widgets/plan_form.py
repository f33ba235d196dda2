"""The lines of a plan, one of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from case_audit.core.estimates.discovery import cases_at
from case_audit.core.frame.cohorts import cohort
from case_audit.reports.wording import long_date
from case_audit.tui.literal import literal_line
from case_audit.tui.planner import FIELDS

if TYPE_CHECKING:
    from textual.app import RenderResult

    from case_audit.tui.planner import Field, Planner

LABELS: dict[Field, str] = {
    "size": "Cases to draw",
    "cohort": "Cohort",
    "strata": "Strata",
    "shared": "Shared among strata",
    "minimum": "Fewest of a stratum",
    "inadequate": "Inadequate cases",
    "expected": "Good or better",
    "hours": "Hours for a case",
    "auditors": "Auditors",
}
_LABEL = 22


class PlanForm(Widget):
    """Shows a plan; the screen moves it.

    Args:
        planner: The plan.
    """

    DEFAULT_CSS = "PlanForm { height: 9; padding: 0 1; }"

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self._planner = planner

    def render(self) -> RenderResult:
        room = max(self.content_size.width, 1)
        return Content("\n").join(self._line(field, room) for field in FIELDS)

    def _line(self, field: Field, room: int) -> Content:
        chosen = field == self._planner.field
        mark = "▸ " if chosen else "  "
        words = literal_line(
            f"{mark}{LABELS[field]:<{_LABEL}}{value(field, self._planner)}"
        )
        if words.cell_length > room:
            words = words.truncate(room, ellipsis=True)
        if not chosen or self.has_class("-away"):
            return words
        return words.pad_right(room - words.cell_length).stylize("reverse")


def value(field: Field, planner: Planner) -> str:
    """Return what stands in a line of the plan."""
    now = planner.setting
    half = ".5" if now.half_hours % 2 else ""
    shared = "alike" if now.equal else "in proportion to their size"
    values: dict[Field, str] = {
        "size": f"{now.size} of {planner.units}",
        "cohort": f"{cohort(now.frame.cohort).plural}, {long_date(now.frame.as_at)}",
        "strata": _strata(planner),
        "shared": shared if now.strata else "-",
        "minimum": str(now.minimum) if now.strata else "-",
        "inadequate": _inadequate(planner),
        "expected": f"if {now.expected}% are",
        "hours": f"{now.half_hours // 2}{half}",
        "auditors": str(now.auditors) if now.auditors else "number not said",
    }
    return values[field]


def _strata(planner: Planner) -> str:
    strata = planner.setting.strata
    if not planner.knows:
        return "none; the frame is being read …"
    labels = {grouping.key: grouping.label for grouping in planner.groupings}
    return " and ".join(labels.get(key, key) for key in strata) or "none"


def _inadequate(planner: Planner) -> str:
    now = planner.setting
    if now.number:
        return f"if {now.number} of {planner.units} are"
    cases = cases_at(now.assumptions.rate, population=planner.units)
    return f"if {now.percent}% are, which is {cases}"
