"""All criteria with what was answered: filtered, searched, gone to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.strip import mark, remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.rubric.model import Criterion
    from case_audit.tui.desk import Desk


def _no_evidence(desk: Desk, criterion: Criterion) -> bool:
    answer = desk.answers.criterion(criterion.id)
    return answer.graded and not answer.evidence.strip()


FILTERS: tuple[tuple[str, Callable[[Desk, Criterion], bool]], ...] = (
    ("all", lambda _desk, _criterion: True),
    ("unanswered", lambda desk, criterion: not desk.is_answered(criterion)),
    ("flagged", lambda desk, criterion: desk.answers.criterion(criterion.id).flagged),
    ("no evidence", _no_evidence),
)
"""Each filter's name, and whether it shows a criterion."""


class JumpList(Vertical):
    """Lies over the workspace; a criterion is chosen by keys or by words."""

    DEFAULT_CSS = """
    JumpList { background: $surface; padding: 0 1; }
    JumpList #filters { height: 1; margin-bottom: 1; }
    JumpList Input { background: $panel; margin-bottom: 1; }
    JumpList OptionList { height: 1fr; border: none; background: $surface; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "filter(1)", "Next filter", id="goto.filter"),
        Binding("shift+tab", "filter(-1)", "Previous filter", id="goto.filter_back"),
        Binding("down", "cursor(1)", "Down", id="goto.down"),
        Binding("up", "cursor(-1)", "Up", id="goto.up"),
    ]
    HINTS = (
        ("↑ ↓", "choose"),
        ("enter", "go there"),
        ("tab", "filter"),
        ("letters", "search"),
        ("esc", "stay"),
    )

    @dataclass
    class Chosen(Message):
        """A criterion was chosen."""

        criterion_id: str

    def __init__(self) -> None:
        super().__init__(id="jump")
        self._desk: Desk | None = None
        self._filter = 0

    def compose(self) -> ComposeResult:
        yield Static(id="filters")
        words = Input(id="words", compact=True)
        words.cursor_blink = False
        yield words
        yield OptionList(markup=False)

    def open(self, desk: Desk) -> None:
        """Show every criterion of a case, the one on the desk chosen."""
        self._desk, self._filter = desk, 0
        words = self.query_one(Input)
        words.value = ""
        self.display = True
        self.screen.set_focus(words)
        self._list(here=desk.criterion.id)

    def action_filter(self, step: int) -> None:
        """Show fewer criteria, or all again."""
        self._filter = (self._filter + step) % len(FILTERS)
        self._list(here=self._highlighted())

    def action_cursor(self, step: int) -> None:
        """Choose the criterion above or below."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(here=self._highlighted())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if chosen := self._highlighted():
            self.post_message(self.Chosen(chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option_id or ""))

    def _highlighted(self) -> str:
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return ""
        return options.get_option_at_index(options.highlighted).id or ""

    def _list(self, *, here: str) -> None:
        if self._desk is None:
            return
        self._count(self._desk)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(list(self._options(self._desk)))
        ids = [one.id for one in options.options]
        able = [i for i, one in enumerate(options.options) if not one.disabled]
        options.highlighted = ids.index(here) if here in ids else next(iter(able), None)

    def _count(self, desk: Desk) -> None:
        parts = []
        for place, (name, shows) in enumerate(FILTERS):
            found = sum(
                shows(desk, criterion) and self._named(domain.label, criterion)
                for domain, criterion in desk.asked
            )
            chosen = place == self._filter
            text = f"[{name} {found}]" if chosen else f" {name} {found} "
            parts.append(Content.styled(text, "reverse bold" if chosen else ""))
        self.query_one("#filters", Static).update(Content(" ").join(parts))

    def _named(self, domain: str, criterion: Criterion) -> bool:
        """Whether every word that was typed is in a criterion's name."""
        name = f"{criterion.id} {criterion.label} {domain}".casefold()
        return all(
            word in name for word in self.query_one(Input).value.casefold().split()
        )

    def _options(self, desk: Desk) -> Iterator[Option]:
        shows = FILTERS[self._filter][1]
        heading = ""
        for domain, criterion in desk.asked:
            if not (shows(desk, criterion) and self._named(domain.label, criterion)):
                continue
            if domain.id != heading:
                heading = domain.id
                yield Option(literal_line(domain.label), disabled=True)
            yield Option(literal_line(_line(desk, criterion)), id=criterion.id)
        if not heading:
            yield Option(
                Content("Nothing here. Tab changes the filter."), disabled=True
            )


def _line(desk: Desk, criterion: Criterion) -> str:
    said = remarks(desk.answers.criterion(criterion.id))
    if _no_evidence(desk, criterion):
        said.append("no evidence")
    critical = " !" if criterion.critical else ""
    more = f"  ({', '.join(said)})" if said else ""
    return f" {mark(desk, criterion)}  {criterion.id} {criterion.label}{critical}{more}"
