"""Painting that touches only what has changed.

Where one line of a screen changes, Textual asks every widget of the screen for all its
lines and then uses the one. A list of which the cursor moves, or a letter in a note,
costs as much as the whole screen that way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

# Textual has no public name for what puts a screen together.
from textual._compositor import Compositor
from textual._context import NoActiveAppError
from textual.geometry import Region
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import App
    from textual.strip import Strip

Result = TypeVar("Result")


class SparingCompositor(Compositor):
    """Asks widgets for the lines that are painted, and none that lie beneath others."""

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterator[tuple[Region, Region, list[Strip]]]:
        painted = self.size.region if crop is None else crop
        lines = Region(0, painted.y, self.size.width, painted.height)
        for widget, (region, clip) in list(self.visible_widgets.items()):
            seen = clip.intersection(lines)
            part = region.intersection(seen)
            if part and part.overlaps(painted):
                yield (
                    region,
                    seen,
                    widget.render_lines(
                        Region(
                            part.x - region.x,
                            part.y - region.y,
                            part.width,
                            part.height,
                        )
                    ),
                )
                if part.contains_region(painted):
                    return  # the front ones are first, and win


class SparingScreen(Screen[Result]):
    """A screen of which only what has changed is painted, and styled once.

    As Textual ships, all widgets of a new screen are styled when they are put there,
    again for the size of the terminal, and again as the screen is shown. It is painted
    while nothing can be shown yet, then in part, and then as a whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self._shown_before = False
        self._painted = False
        with suppress(NoActiveAppError):
            self._fit(self.app)

    def _fit(self, app: App[object]) -> None:
        """Have the classes for the terminal's size from the start."""
        for length, breakpoints in (
            (app.size.width, self.HORIZONTAL_BREAKPOINTS),
            (app.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in breakpoints or () if length >= least]
            self.set_class(bool(fitting), *fitting[-1:], update=False)

    def _compositor_refresh(self) -> None:
        if not self._painted:
            if self.app._batch_count:  # noqa: SLF001 - Textual has no public name for it
                self._repaint_required = True
            if self._repaint_required or self._layout_required:
                self.check_idle()  # which paints all of it, in a moment
                return
            self._painted = True
        super()._compositor_refresh()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Textual's own comes after it.
        event.refresh_styles = event.refresh_styles and self._shown_before
        self._shown_before = True
