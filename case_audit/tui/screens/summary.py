"""The summary as charts: the round, its domains, criteria, trend, and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.errors import CaseAuditError
from case_audit.reports.summary_charts import (
    Look,
    axis_line,
    criterion_page,
    domain_page,
    legend,
    limits_page,
    trend_page,
    whole_page,
)
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.selfassessment.model import Summary
    from case_audit.reports.summary_charts import Entry
    from case_audit.services.trend import Trends

ALL, DOMAINS, CRITERIA, TREND, LIMITS = range(5)
VIEWS: Final = ("All", "Domains", "Criteria", "Trend", "What it cannot say")
EDGE: Final = 5
"""Columns to the left and the right of the charts, with the scroll bar."""
NARROWEST: Final = 40
READING: Final = "Reading the earlier rounds …"


class SummaryScreen(SparingScreen[None]):
    """Shows what a round found, one view at a time.

    Args:
        title: The round.
        summary: What was found.
        kind: ``"live"`` or ``"practice"``.
        trends: Reads the round beside its earlier ones, carried across these
            crosswalks, and finds the crosswalks that fit; called in a thread, when
            the trend is asked for.
    """

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the lists, which would scroll sideways.
        Binding("right,tab", "turn(1)", "Next view", id="summary.next", priority=True),
        Binding(
            "left,shift+tab",
            "turn(-1)",
            "Previous view",
            id="summary.before",
            priority=True,
        ),
        Binding("x", "crosswalk", "Carry across a crosswalk", id="summary.crosswalk"),
        Binding("w", "words", "Sentences in place of charts", id="summary.words"),
        Binding("j", "app.simulate_key('down')", "Down", id="summary.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="summary.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q,s", "leave", "Back", id="back"),
    ]

    def __init__(
        self,
        title: str,
        summary: Summary,
        *,
        kind: str,
        trends: Callable[[Sequence[Path]], Trends],
    ) -> None:
        super().__init__()
        self._title = title
        self._summary = summary
        self._kind = kind
        self._read_trends = trends
        self._trends: Trends | None = None
        self._walks: dict[str, Path] = {}
        self._view = ALL
        self._part = -1
        self._words = False
        self._entries: tuple[Entry, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Static(id="views")
        yield Static(id="legend")
        yield Static(id="axis")
        with VerticalScroll():
            yield Static(id="page")
        yield OptionList(markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = self._title, self._kind
        bar.figure = f"{self._summary.submitted}/{self._summary.drawn} audited"
        self._show()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show(keep=True)

    # What is shown

    @property
    def _look(self) -> Look:
        width = max(NARROWEST, self.app.size.width - EDGE)
        return Look(width=width, words=self._words)

    def _show(self, *, keep: bool = False) -> None:
        """Show the view; ``keep`` leaves the cursor and the page where they are."""
        look = self._look
        self.query_one("#views", Static).update(self._heads())
        charts = bool(self._summary.submitted) and self._view in (
            *(DOMAINS, CRITERIA, TREND),
        )
        above = {
            "#legend": _text(
                legend(self._summary, look) if self._view != TREND else ()
            ),
            "#axis": literal_line("" if self._words else axis_line(look)),
        }
        for name, text in above.items():
            part = self.query_one(name, Static)
            part.update(text)
            part.display = charts and bool(text.plain.strip())
        if self._view in (ALL, LIMITS):
            page = whole_page if self._view == ALL else limits_page
            self._show_page(page(self._summary, look), keep=keep)
        else:
            self._show_list(self._listed(look), keep=keep)
        self.query_one(HintBar).hints = self._hints()

    def _listed(self, look: Look) -> tuple[Entry, ...]:
        if self._view == DOMAINS:
            return domain_page(self._summary, look)
        if self._view == CRITERIA:
            return criterion_page(self._summary, look, part=self._part)
        if self._trends is None:
            self._begin_reading()
            return ()
        return trend_page(self._trends.trends, look)

    def _show_page(self, lines: Sequence[str], *, keep: bool) -> None:
        pane = self.query_one(VerticalScroll)
        self.query_one("#page", Static).update(_text(lines, headed=True))
        self.query_one(OptionList).display, pane.display = False, True
        pane.focus()
        if not keep:
            pane.scroll_home(animate=False)

    def _show_list(self, entries: tuple[Entry, ...], *, keep: bool) -> None:
        if not entries:
            waiting = self._view == TREND and self._summary.submitted
            nothing = (READING,) if waiting else whole_page(self._summary, self._look)
            self._show_page(nothing, keep=keep)
            return
        self._entries = entries
        options = self.query_one(OptionList)
        here = (options.highlighted or 0) if keep else 0
        options.clear_options()
        options.add_options(map(_option, entries))
        self.query_one(VerticalScroll).display, options.display = False, True
        options.focus()
        enabled = [n for n, entry in enumerate(entries) if not entry.heading]
        if enabled:
            options.highlighted = here if here in enabled else enabled[0]
        if not keep:
            options.scroll_home(animate=False)

    def _heads(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for number, name in enumerate(VIEWS):
            here = number == self._view
            parts.append((f"[{name}]", "bold reverse") if here else f" {name} ")
            parts.append(" ")
        return Content.assemble(*parts)

    def _hints(self) -> tuple[tuple[str, str], ...]:
        enter = (("enter", "criteria"),) if self._view == DOMAINS else ()
        other = "charts" if self._words else "words"
        words = () if self._view == LIMITS else (("w", other),)
        walks = (("x", "crosswalk"),) if self.can_now("crosswalk") else ()
        moves = (("tab", "next view"), ("j k", "move"))
        return (*moves, *enter, *walks, *words, ("esc", "back"))

    # Trends

    @work(thread=True, exit_on_error=False, exclusive=True)
    def _begin_reading(self) -> None:
        try:
            found = self._read_trends(tuple(self._walks.values()))
        except CaseAuditError as error:
            self.app.call_from_thread(self._not_read, error)
            return
        self.app.call_from_thread(self._read, found)

    def _read(self, found: Trends) -> None:
        self._trends = found
        if self.is_attached and self._view == TREND:
            self._show()

    def _not_read(self, error: CaseAuditError) -> None:
        if self.is_attached:
            self._show_page(error.lines, keep=False)

    # What is done

    def action_turn(self, step: int) -> None:
        """Show the next view, or the one before, going round."""
        self._view = (self._view + step) % len(VIEWS)
        self._part = -1
        self._show()

    def action_words(self) -> None:
        """Show sentences in place of charts, or charts again."""
        self._words = not self._words
        self._show(keep=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._view == DOMAINS:
            part = self._entries[event.option_index].part
            if criterion_page(self._summary, self._look, part=part):
                self._view, self._part = CRITERIA, part
                self._show()

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether there is a trend that a crosswalk could carry further."""
        del parameters
        if action != "crosswalk":
            return True
        return self._view == TREND and bool(self._trends and self._trends.changes)

    def action_crosswalk(self) -> None:
        """Choose a crosswalk where the rubric changed, or do without again."""
        if self._trends is None or not self.can_now("crosswalk"):
            return
        fits = self._trends.fitting
        for error in self._trends.errors:
            self.notify("\n".join(error.lines), severity="warning", markup=False)
        if not fits:
            self.notify(_nowhere(self._trends), timeout=20, markup=False)
            return

        def chosen(which: str | None) -> None:
            if which is None:
                return
            if which:
                one = fits[int(which)]
                self._walks[one.old] = one.path
            else:
                self._walks.clear()
            self._trends = None
            self._show()

        choices = [
            (str(number), f"{one.id}: {', '.join(one.rounds)}, {one.old} to {one.new}")
            for number, one in enumerate(fits)
        ]
        without = ("", "None: only what reads the same in both")
        title = "Carry earlier rounds across"
        self.app.push_screen(ChooseScreen(title, [*choices, without]), chosen)

    def action_leave(self) -> None:
        """Go back: from the criteria of one domain to the domains, else away."""
        if self._part < 0:
            self.dismiss(None)
            return
        here, self._part, self._view = self._part, -1, DOMAINS
        self._show()
        self.query_one(OptionList).highlighted = here

    def action_help(self) -> None:
        """Show what the keys do."""
        more = (("Enter", "The criteria of a domain"),)
        self.app.push_screen(HelpScreen(self, more=more))


def _nowhere(trends: Trends) -> str:
    """Return what to do where the rubric changed and no crosswalk fits."""
    ways = ", ".join(f"{old} to {new}" for old, new in trends.changes)
    places = " or ".join(map(str, trends.folders))
    return (
        f"No crosswalk leads from {ways}. Put one into {places}; "
        "docs/rubric-author.md shows how to write it."
    )


def _option(entry: Entry) -> Option:
    lines = [literal_line(line) for line in entry.lines]
    if entry.heading:
        return Option(Content("\n").join(lines).stylize("bold"), disabled=True)
    # A blank line keeps charts apart; the last line of an option is its own.
    first = lines[0].stylize("bold")
    return Option(Content("\n").join([first, *lines[1:], Content("")]))


def _text(lines: Sequence[str], *, headed: bool = False) -> Content:
    """Return lines; a line at the margin after an empty one is a heading."""
    before, shown = "x", []
    for line in lines:
        words = literal_line(line)
        heads = headed and line[:1].strip() and not before
        shown.append(words.stylize("bold") if heads else words)
        before = line
    return Content("\n").join(shown)
