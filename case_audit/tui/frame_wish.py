"""The frame that is being asked for in the app, before it is made. It knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohorts import COHORTS, default_definition
from case_audit.core.frame.definition import MOST_MONTHS
from case_audit.exchange.case_fields import case_fields, case_labels
from case_audit.reports.wording import plural
from case_audit.security.text_gate import one_line
from case_audit.services.frame_make import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.cohort import Cohort

UNITS: Final = (
    "child: its latest episode counts",
    "episode: each one counts, so a child can be drawn twice",
)
PRECEDENCE: Final = (
    "on: children in a higher cohort are left out",
    "off: keep children who are in a higher cohort too",
)


@dataclass(slots=True, kw_only=True)
class FrameWish:
    """What was chosen and typed so far.

    Attributes:
        place: Which of the cohorts, from 0.
        episodes: Whether each unit is an episode, not a child.
        months: Months of the window, as typed; empty for the cohort's usual.
        overlap: Whether children of a higher cohort are kept too.
        only: Condition on units, as typed; empty for none.
    """

    place: int = 0
    episodes: bool = False
    months: str = ""
    overlap: bool = False
    only: str = ""

    @property
    def cohort(self) -> Cohort:
        """The cohort."""
        return COHORTS[self.place]

    @property
    def usual_months(self) -> int:
        """Months of the cohort's window unless others are typed; 0 for none."""
        return default_definition(self.cohort).closed_within

    def begin_with(self, cohort_id: str) -> None:
        """Take a cohort."""
        self.place = [one.id for one in COHORTS].index(cohort_id)

    def move(self, field: str, step: int) -> None:
        """Change what is chosen and not typed."""
        match field:
            case "cohort":
                self.place = (self.place + step) % len(COHORTS)
            case "unit":
                self.episodes = not self.episodes
            case _:
                self.overlap = not self.overlap

    def value(self, field: str) -> str:
        """Return what stands in a line that is chosen and not typed."""
        if field == "cohort":
            return f"{self.cohort.plural} ({self.cohort.id})"
        return UNITS[self.episodes] if field == "unit" else PRECEDENCE[self.overlap]

    @property
    def wrong(self) -> str:
        """What keeps the months from being read: where, what, what to do."""
        months = self.months.strip()
        readable = months.isascii() and months.isdecimal() and len(months) < len("9999")
        if not months or (readable and int(months) <= MOST_MONTHS):
            return ""
        return (
            f"Closed within: {one_line(months)} is not a number of months from 0 to "
            f"{MOST_MONTHS}.\nType one, or empty the line for the cohort's usual."
        )

    @property
    def wanted(self) -> Wanted:
        """What the service is asked for; only if nothing is wrong."""
        months = self.months.strip()
        return Wanted(
            cohort=self.cohort.id,
            unit="episode" if self.episodes else "child",
            only=one_line(self.only).strip(),
            closed_within=int(months) if months else None,
            precedence=not self.overlap,
        )

    @property
    def command(self) -> str:
        """The command that makes the same frame."""
        wanted = self.wanted
        parts = [f"case-audit frame make {wanted.cohort}"]
        if wanted.unit == "episode":
            parts.append("--unit episode")
        if wanted.only:
            parts.append(f"--only {quote(wanted.only)}")
        if wanted.closed_within is not None:
            parts.append(f"--closed-within {wanted.closed_within}")
        if not wanted.precedence:
            parts.append("--no-precedence")
        return " ".join(parts)

    def about(self, field: str) -> str:
        """Return one or two sentences on a line of the form."""
        one = self.cohort
        match field:
            case "cohort":
                list_no = f"From list {one.list_no} of the newest import."
                return f"Whose cases can be drawn. {list_no} {_holds(one)}"
            case "unit":
                return (
                    "What is drawn: children, or their episodes."
                    if one.episode
                    else "What is drawn. This list has no episodes: leave it at child."
                )
            case "months":
                return self._about_months()
            case "overlap":
                return (
                    "A child in care is left out of child protection plans, children in "
                    "need and assessments, and so on down, so that nobody is met twice."
                )
            case _:
                return (
                    "A condition on what is known, such as: age >= 16 and gender == 'F'. "
                    "Who does not meet it is left out and counted."
                )

    def _about_months(self) -> str:
        if self.cohort.window is None:
            return "This cohort has no window of months: leave the line empty."
        usual = plural(self.usual_months, "month") if self.usual_months else "all of it"
        return (
            "Months before the date of the list; 0 for all of it. Empty is the usual: "
            f"{usual}."
        )


def _holds(one: Cohort) -> str:
    rules: Sequence[str] = [excluded.rule for excluded in one.excluded]
    if one.window and one.window.earlier:
        rules = [*rules, *filter(None, (one.window.earlier, one.window.without))]
    return f"Left out: {'; '.join(rules)}." if rules else ""


def fields_text(cohort_id: str) -> str:
    """Return what a condition on a cohort's cases can speak of, a line each."""
    labels = case_labels((cohort_id,))
    lines = ["A condition can speak of"]
    for name, field in case_fields((cohort_id,)).items():
        if name == "cohort":
            continue
        values = ", ".join(field.values[:6])
        more = ", …" if len(field.values) > len(field.values[:6]) else ""
        kind = f"{values}{more}" if values else field.kind
        lines.append(f"  {name:<22} {labels.get(name, name)} ({kind})")
    return "\n".join(lines)
