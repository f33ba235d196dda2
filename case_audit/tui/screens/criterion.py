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

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.rubric.model import Criterion, Rubric


class CriterionScreen(ModalScreen[None]):
    """Closes at any of the keys that open or leave it."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, rubric: Rubric, criterion: Criterion) -> None:
        super().__init__()
        self._rubric = rubric
        self._criterion = criterion

    def compose(self) -> ComposeResult:
        criterion = self._criterion
        with Vertical(classes="card"):
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
        for grade in scale.grades if scale else ():
            lines += [
                _entry(
                    f"{grade.letter} {grade.label}", criterion.descriptors[grade.id]
                ),
                Content(""),
            ]
        lines += [
            _entry("Benchmark", criterion.benchmark),
            *(_entry("Ask", prompt) for prompt in criterion.prompts),
            _entry("Look in", "; ".join(criterion.look_in)),
            _entry("Trap", criterion.trap),
            _entry("Not applicable", criterion.not_applicable_when),
        ]
        if criterion.applies is not None:
            labels = case_labels(self._rubric.cohorts)
            lines.append(_entry("Asked only when", describe(criterion.applies, labels)))
        if criterion.inadequate_if and scale:
            worst = scale.grades[-1].label
            lines.append(_entry(f"{worst} if", criterion.inadequate_if))
        lines.append(_entry("Source", "; ".join((*criterion.source, *criterion.tags))))
        return lines


def _entry(label: str, text: str) -> Content:
    return Content.assemble((f"{label}: ", "bold $accent"), literal_line(text))
