"""Only what differs is sent, and the terminal shows what it would show otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from case_audit.tui.app import CaseAuditApp
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.sent import Sent, SparingUpdate, WholeUpdate
from screens import at, whole
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.screen import Screen

    from case_audit.tui.app import Start

COLUMNS, LINES = 16, 3
LOOKS = [
    Style.parse(words)
    for words in (
        *("", "red", "red on blue", "white on blue", "on blue", "bold"),
        *("reverse", "underline", "strike on blue", "underline2", "link x.org"),
    )
]
CONSOLE = Console(color_system="truecolor", force_terminal=True, width=COLUMNS)

Cell = tuple[Any, ...]


def seen(screen: pyte.Screen) -> list[list[Cell]]:
    """Return what a person sees: of a blank its ground, and what is drawn on it."""
    return [
        [
            (c.data, c.bg, c.reverse, c.underscore, c.strikethrough)
            + (() if c.data == " " and not c.reverse else (c.fg, c.bold))
            for c in (screen.buffer[y][x] for x in range(screen.columns))
        ]
        for y in range(screen.lines)
    ]


@st.composite
def strips(draw: st.DrawFn) -> Strip:
    """A line of the screen's width, in several colours, some of it wide or odd."""
    pieces = draw(
        st.lists(
            st.tuples(st.text("ab ·▸é漢", max_size=9), st.sampled_from(LOOKS)),
            max_size=4,
        )
    )
    line = Strip([Segment(text, style) for text, style in pieces if text])
    return line.adjust_cell_length(COLUMNS, draw(st.sampled_from(LOOKS)))


screens = st.lists(strips(), min_size=LINES, max_size=LINES)
cuts = st.lists(st.sets(st.integers(1, COLUMNS - 1)), min_size=LINES, max_size=LINES)


def in_pieces(lines: list[Strip], cut: list[set[int]]) -> list[dict[int, Strip]]:
    """Return the lines cut into panes, as a compositor has them."""
    return [
        dict(
            zip(
                [0, *sorted(at)],
                line.divide([*sorted(at), COLUMNS]),
                strict=True,
            )
        )
        for line, at in zip(lines, cut, strict=True)
    ]


parts = st.lists(
    st.builds(
        Region,
        *(st.integers(0, COLUMNS - 1), st.integers(0, LINES - 1)),
        *(st.integers(1, COLUMNS), st.integers(1, LINES)),
    ),
    min_size=1,
    max_size=3,
)
"""What of a screen is painted anew."""


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    first=screens,
    cut=cuts,
    changes=st.lists(st.tuples(screens, parts), max_size=5),
)
def test_a_terminal_shows_what_textual_would_have_shown(
    first: list[Strip],
    cut: list[set[int]],
    changes: list[tuple[list[Strip], list[Region]]],
) -> None:
    """Whatever changes where, with wide characters, links and the terminal's colours."""
    ends = [[*sorted(at), COLUMNS] for at in cut]
    sent = Sent()
    ours, theirs = pyte.Screen(COLUMNS, LINES), pyte.Screen(COLUMNS, LINES)
    update = LayoutUpdate([[line] for line in first], Region(0, 0, COLUMNS, LINES))
    pyte.Stream(theirs).feed(update.render_segments(CONSOLE))
    pyte.Stream(ours).feed(WholeUpdate(update, sent=sent).render_segments(CONSOLE))
    for lines, regions in changes:
        inside = {part.intersection(update.region) for part in regions}
        changed = list(Compositor._regions_to_spans(inside))  # noqa: SLF001
        chops = in_pieces(lines, cut)
        pyte.Stream(theirs).feed(
            ChopsUpdate(chops, changed, ends).render_segments(CONSOLE)
        )
        pyte.Stream(ours).feed(
            SparingUpdate(chops, changed, ends, sent=sent).render_segments(CONSOLE)
        )

        assert seen(ours) == seen(theirs)


def test_a_word_that_changes_is_all_that_is_sent() -> None:
    """Neither the line around it nor its colours twice."""
    before, after = (
        Strip([Segment("a line with a ", LOOKS[2]), Segment(word, LOOKS[5])])
        for word in ("x.", "y.")
    )
    sent = Sent()
    whole = LayoutUpdate([[before]], Region(0, 0, COLUMNS, 1))
    WholeUpdate(whole, sent=sent).render_segments(CONSOLE)
    update = SparingUpdate([{0: after}], [(0, 0, COLUMNS)], [[COLUMNS]], sent=sent)

    assert update.render_segments(CONSOLE) == "\x1b[1;15H\x1b[1my\x1b[0m"
    assert update.render_segments(CONSOLE) == ""  # it is there now


def test_what_was_never_sent_is_not_taken_to_be_there() -> None:
    """A part that was painted while the screen was hidden is sent when it is shown."""
    sent = Sent()
    chops, changed, ends = [{0: Strip([Segment("ab")])}], [(0, 0, 2)], [[2]]
    SparingUpdate(chops, changed, ends, sent=sent)  # made, and never sent

    again = SparingUpdate(chops, changed, ends, sent=sent)
    assert again.render_segments(CONSOLE) == "\x1b[1;1Hab"


KEYS = [
    *("2", "n", "4", "1", "p", "u", "n", "n"),
    *("0", *"why", "escape"),
    *("g", "down", "enter", "f", "down", "escape"),
    *("question_mark", "escape", "c", "escape", "t", "escape", "n", "3"),
]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_after_any_key_the_terminal_shows_the_whole_screen(
    ready: Start, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Cell by cell: through grades, other criteria, notes, lists and cards."""
    terminal = pyte.Screen(*size)

    def show(_app: App[None], _screen: Screen[None], what: object) -> None:
        if isinstance(what, CompositorUpdate):
            pyte.Stream(terminal).feed(what.render_segments(CONSOLE))

    monkeypatch.setattr(CaseAuditApp, "_display", show)
    app = CaseAuditApp(ready)

    def fresh() -> pyte.Screen:
        screen = pyte.Screen(*size)
        lines: list[Iterable[Strip]] = [
            [strip]
            for strip in app.screen._compositor.render_strips()  # noqa: SLF001
        ]
        whole_screen = LayoutUpdate(lines, app.size.region)
        pyte.Stream(screen).feed(whole_screen.render_segments(CONSOLE))
        return screen

    async with app.run_test(size=size) as pilot:
        await until(pilot, at(pilot, AuditScreen))
        await until(pilot, lambda: whole(app))
        for key in KEYS:
            await pilot.press(key)
            await until(pilot, lambda: seen(terminal) == seen(fresh()))
