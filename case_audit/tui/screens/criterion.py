"""All about one criterion: every descriptor whole, where to look, the trap."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from case_audit.core.rubric.applies_words import describe
from case_audit.exchange.case_fields import case_labels
from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.dates import entry, in_full

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.rubric.model import Criterion
    from case_audit.services.opened import OpenCase


class CriterionScreen(ModalScreen[None]):
    """Closes at any of the keys that open or leave it."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, case: OpenCase, criterion: Criterion) -> None:
        super().__init__()
        self._case = case
        self._rubric = case.rubric
        self._criterion = criterion

    def compose(self) -> ComposeResult:
        criterion = self._criterion
        with Vertical(classes="card tall"):
            yield Static(
                literal_line(f"{criterion.id} {criterion.label}"), classes="title"
            )
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines()))
            yield Static("Arrows scroll, Esc goes back.", classes="foot")

    def _lines(self) -> list[Content]:
        criterion = self._criterion
        scale = None if criterion.in_words else self._rubric.scale_of(criterion)
        lines = [literal_line(criterion.asks), Content("")]
        lines += in_full(self._case.findings_for(criterion), as_at=self._case.as_at)
        for grade in scale.grades if scale else ():
            lines += [
                entry(f"{grade.letter} {grade.label}", criterion.descriptors[grade.id]),
                Content(""),
            ]
        lines += [
            entry("Benchmark", criterion.benchmark),
            *(entry("Ask", prompt) for prompt in criterion.prompts),
            entry("Look in", "; ".join(criterion.look_in)),
            entry("Trap", criterion.trap),
            entry("Not applicable", criterion.not_applicable_when),
        ]
        if criterion.applies is not None:
            labels = case_labels(self._rubric.cohorts)
            lines.append(entry("Asked only when", describe(criterion.applies, labels)))
        if criterion.inadequate_if and scale:
            worst = scale.grades[-1].label
            lines.append(entry(f"{worst} if", criterion.inadequate_if))
        lines.append(entry("Source", "; ".join((*criterion.source, *criterion.tags))))
        return lines
