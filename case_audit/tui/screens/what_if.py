"""What other roll-ups would make of the same answers: a table to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from case_audit.tui.literal import literal_line
from case_audit.tui.screens.closing_rows import grade_text

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.what_if import WhatIf
    from case_audit.tui.desk import Desk


class WhatIfScreen(ModalScreen[None]):
    """Closes at any of the keys that open or leave it."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("What other rules would say", classes="title")
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines()))
            yield Static(
                "Only to look at: nothing here is kept. Esc goes back.", classes="foot"
            )

    def _lines(self) -> list[Content]:
        ways = self._desk.what_if()
        own = ways[0]
        lines: list[Content] = []
        for way in ways:
            grade = grade_text(self._desk, "overall", way.judgement.overall.grade)
            same = way.judgement.overall.grade == own.judgement.overall.grade
            mark = "  " if same else "≠ "
            lines += [
                Content.assemble((f"{mark}{way.name}: ", "bold"), grade),
                literal_line(self._why(way, own)).stylize("$text-muted"),
            ]
        return lines

    def _why(self, way: WhatIf, own: WhatIf) -> str:
        """Return the reason, and the domains: all of the first, then what differs."""
        overall = way.judgement.overall
        _, _, reason = overall.because.partition(": ")
        letters = [
            f"{domain.label} {self._letter(way, domain.id)}"
            for domain in self._desk.case.domains
            if way is own
            or self._letter(way, domain.id) != self._letter(own, domain.id)
        ]
        also = "Domains" if way is own else "Domains that differ"
        tail = f" {also}: {', '.join(letters)}." if letters else ""
        return f"{reason or overall.because}{tail}"

    def _letter(self, way: WhatIf, domain_id: str) -> str:
        grade_id = way.judgement.domains[domain_id].grade
        if not grade_id:
            return "–"
        return self._desk.case.rubric.domain_scale.grade(grade_id).letter
