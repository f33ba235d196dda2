"""Painting that touches only what has changed.

Where one line of a screen changes, Textual asks every widget of the screen for all its
lines and then uses the one. A list of which the cursor moves, or a letter in a note,
costs as much as the whole screen that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

# Textual has no public name for what puts a screen together.
from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """A screen of which only what has changed is painted."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
