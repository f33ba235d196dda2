"""Painting a part of a screen gives what painting all of it would give there."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from textual._context import active_app
from textual.app import App
from textual.color import Color
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.compositor import SparingCompositor, SparingScreen, bands
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.sent import WholeUpdate
from case_audit.tui.widgets.window_list import WindowList
from screens import at, workspace
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual._compositor import Compositor
    from textual.app import ComposeResult
    from textual.strip import Strip

WIDTH, HEIGHT = 120, 40
PARTS = [
    Region(0, 0, WIDTH, HEIGHT),
    *(Region(0, y, WIDTH, 1) for y in range(HEIGHT)),
    *(Region(x, y, 7, 3) for x, y in product(range(0, WIDTH, 13), range(0, HEIGHT, 5))),
]


def painted(compositor: Compositor, part: Region) -> dict[tuple[int, int], Strip]:
    """Return what is painted of a part, by line and column."""
    lines = part.line_range
    chops = compositor._render_chops(part, lambda y: y in lines)  # noqa: SLF001
    found: dict[tuple[int, int], Strip] = {}
    for y in lines:
        cuts = [*chops[y], WIDTH]
        for start, end in pairwise(cuts):
            if start < part.right and end > part.x:
                found[y, start] = chops[y][start]
    return found


async def test_a_part_is_painted_as_the_whole_is(
    ready: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell by cell and colour by colour, wherever panes begin, end and scroll."""
    async with workspace(ready, (WIDTH, HEIGHT)) as pilot:
        await pilot.press("2", "n")
        compositor = pilot.app.screen._compositor  # noqa: SLF001 - under test
        assert isinstance(compositor, SparingCompositor)

        ours = [painted(compositor, part) for part in PARTS]
        monkeypatch.delattr(SparingCompositor, "_get_renders")  # back to Textual's
        for part, strips in zip(PARTS, ours, strict=True):
            assert strips == painted(compositor, part), part


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Widget, int]]:
    """Which widgets are asked for lines, each time with how many."""
    found: list[tuple[Widget, int]] = []

    def noted(kind: type[Widget]) -> Callable[[Widget, Region], list[Strip]]:
        lines = kind.render_lines

        def note(self: Widget, crop: Region) -> list[Strip]:
            found.append((self, crop.height))
            return lines(self, crop)

        return note

    for kind in (Widget, WindowList):
        monkeypatch.setattr(kind, "render_lines", noted(kind))
    return found


async def test_a_new_screen_is_first_painted_when_it_can_be_shown_and_as_a_whole(
    ready: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is painted before that is painted for nobody."""
    updates: list[tuple[type, bool]] = []
    paint = SparingCompositor.render_update

    def note(self: SparingCompositor, **how: Any) -> object:  # noqa: ANN401
        update = paint(self, **how)
        held_back = bool(active_app.get()._batch_count)  # noqa: SLF001
        updates.append((type(update), held_back))
        return update

    monkeypatch.setattr(SparingCompositor, "render_update", note)
    async with workspace(ready, (WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        opened = list(updates)

    assert opened[0] == (WholeUpdate, False)
    # What lies beneath it has no part of it painted again.
    assert [kind for kind, _ in opened].count(WholeUpdate) == 1


async def test_only_what_is_painted_is_asked_for(
    ready: Start, asked: list[tuple[Widget, int]]
) -> None:
    """So a cursor that moves costs the same on a full screen as on an empty one."""
    async with workspace(ready, (WIDTH, HEIGHT)) as pilot:
        asked.clear()
        painted(pilot.app.screen._compositor, Region(0, 20, WIDTH, 1))  # noqa: SLF001

    assert asked
    assert {height for _, height in asked} == {1}


def test_neighbouring_lines_are_painted_together_and_others_apart() -> None:
    """Each with all columns that change in them."""
    spans = [(9, 0, 5), (2, 3, 7), (3, 40, 50), (2, 10, 12), (9, 80, 90)]

    assert bands(spans) == [Region(3, 2, 47, 2), Region(0, 9, 90, 1)]


async def test_a_grade_asks_nothing_of_what_lies_between_its_lines(
    ready: Start, asked: list[tuple[Widget, int]]
) -> None:
    """The first line of the screen changes, and the last but one."""
    async with workspace(ready, (WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        asked.clear()
        await pilot.press("2")
        await until(pilot, lambda: bool(asked))

        ids = {widget.id for widget, _ in asked}
        assert ids >= {"where", "grades", "status"}
        assert ids.isdisjoint({"file", "time"})


async def test_a_key_in_a_list_asks_nothing_but_the_list(
    ready: Start, asked: list[tuple[Widget, int]]
) -> None:
    """Neither the screen beneath it nor the bar beside it, for its two lines."""
    app = CaseAuditApp(Start(url=ready.url, settings=ready.settings))
    async with app.run_test(size=(WIDTH, 8)) as pilot:
        await until(pilot, at(pilot, HomeScreen))
        await pilot.press("end", "enter")
        await until(pilot, at(pilot, CasesScreen))
        asked.clear()
        await pilot.press("down")
        await until(pilot, lambda: bool(asked))

        assert asked == [(app.screen.query_one(WindowList), 2)]


class Sized(SparingScreen[None]):
    """Looks different where there is room."""

    CSS = "Counted { color: red; } Sized.-wide Counted { color: blue; }"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Counted("word")


class Counted(Static):
    """Counts how often it is styled."""

    styled = 0

    def notify_style_update(self) -> None:
        self.styled += 1
        super().notify_style_update()


async def test_a_new_screen_is_styled_once_and_for_its_size() -> None:
    """Styling everything three times was a tenth of the time that a case takes."""
    app: App[None] = App()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await app.push_screen(Sized())
        await pilot.pause()
        counted = app.screen.query_one(Counted)
        assert counted.styled == 1
        assert counted.styles.color == Color.parse("blue")

        await pilot.resize_terminal(80, HEIGHT)
        await pilot.pause()
        assert counted.styles.color == Color.parse("red")
