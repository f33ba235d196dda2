"""Painting that touches only what has changed.

Where one line of a screen changes, Textual asks every widget of the screen for all its
lines and then uses the one. A list of which the cursor moves, or a letter in a note,
costs as much as the whole screen that way. Where the first line and the last change,
it asks for all between them too.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

# Textual has no public name for what puts a screen together.
from textual._compositor import Compositor
from textual._context import NoActiveAppError
from textual.geometry import Region
from textual.screen import Screen

from case_audit.tui.sent import Sent, SparingUpdate, WholeUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from textual import events
    from textual._compositor import LayoutUpdate
    from textual.app import App
    from textual.strip import Strip

Result = TypeVar("Result")


class SparingCompositor(Compositor):
    """Asks widgets for the lines that are painted, and none that lie beneath others."""

    def __init__(self) -> None:
        super().__init__()
        self._sent = Sent()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterator[tuple[Region, Region, list[Strip]]]:
        painted = self.size.region if crop is None else crop
        lines = Region(0, painted.y, self.size.width, painted.height)
        # A bit for each column: what lies in front has it, and wins.
        covered = dict.fromkeys(painted.line_range, 0)
        for widget, (region, clip) in list(self.visible_widgets.items()):
            seen = clip.intersection(lines)
            part = region.intersection(seen)
            if not part or not part.overlaps(painted):
                continue
            columns = _bits(part.intersection(painted))
            bare = [y for y in part.line_range if columns & ~covered[y]]
            if not bare:
                continue
            band = Region(part.x, bare[0], part.width, bare[-1] + 1 - bare[0])
            yield region, band, widget.render_lines(band.translate(-region.offset))
            for y in bare:
                covered[y] |= columns

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:  # noqa: FBT001, FBT002 - Textual's
        self._sent.forget()
        whole = super().render_full_update(simplify=simplify)
        return whole if simplify else WholeUpdate(whole, sent=self._sent)

    def render_partial_update(self) -> SparingUpdate | None:
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(regions))
        if not spans:
            return None
        chops: list[Mapping[int, Strip]] = [{} for _ in self.cuts]
        for band in bands(spans):
            painted = self._render_chops(band, band.line_range.__contains__)
            chops[band.y : band.bottom] = painted[band.y : band.bottom]
        ends = [cuts[1:] for cuts in self.cuts]
        return SparingUpdate(chops, spans, ends, sent=self._sent)


def _bits(region: Region) -> int:
    return ((1 << region.width) - 1) << region.x


def bands(spans: Iterable[tuple[int, int, int]]) -> list[Region]:
    """Return the fewest regions of whole neighbouring lines that hold all spans.

    Args:
        spans: The line, the first column and the column after the last of each.
    """
    ends: dict[int, tuple[int, int]] = {}
    for y, left, right in spans:
        first, last = ends.get(y, (left, right))
        ends[y] = min(first, left), max(last, right)
    found: list[Region] = []
    for y in sorted(ends):
        line = Region.from_corners(ends[y][0], y, ends[y][1], y + 1)
        if found and found[-1].bottom == y:
            found[-1] = found[-1].union(line)
        else:
            found.append(line)
    return found


class SparingScreen(Screen[Result]):
    """A screen of which only what has changed is painted, and styled once.

    As Textual ships, all widgets of a new screen are styled when they are put there,
    again for the size of the terminal, and again as the screen is shown. It is painted
    while nothing can be shown yet, then in part, and then as a whole.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
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
        above = self.app.screen
        if above is not self and above.styles.background.a == 1:
            # Textual would paint all of the screen above it anew. This one is painted
            # when it comes back.
            self._compositor._dirty_regions.clear()  # noqa: SLF001
            self._dirty_widgets.clear()
            return
        if not self._painted:
            if self.app._batch_count:  # noqa: SLF001 - Textual has no public name for it
                self._repaint_required = True
            if self._repaint_required or self._layout_required:
                self.check_idle()  # which paints all of it, in a moment
                return
            self._painted = True
        super()._compositor_refresh()

    def on_resize(self) -> None:
        # A window may be made smaller and as large as it was again before anybody is
        # told. The terminal has forgotten then what it showed.
        if self._painted:
            self.refresh()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Textual's own comes after it.
        event.refresh_styles = event.refresh_styles and self._shown_before
        self._shown_before = True
