"""A criterion's grades with their descriptors, as many lines as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Self

from textual.content import Content
from textual.geometry import Region, Size
from textual.visual import Visual
from textual.widget import Widget

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.security.text_gate import one_line
from case_audit.tui.columns import in_columns, shortened
from case_audit.tui.in_force import key_for
from case_audit.tui.theme import grade_colour
from case_audit.tui.widgets.words_guide import words_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import RenderResult
    from textual.strip import Strip

    from case_audit.core.rubric.model import Criterion
    from case_audit.core.rubric.scale import Scale
    from case_audit.tui.desk import Desk

INDENT = 6
ONE_PANE = 100
"""Columns of a terminal below which there is one pane, and one open descriptor."""
OTHERS = (
    ("audit.na", "0", NOT_APPLICABLE, "Not applicable"),
    ("audit.ne", "x", NOT_EVIDENCED, "Not evidenced"),
)
"""The answers that are no grade: what its key is called, the key, value, words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One grade as lines."""

    mark: str
    head: str
    lines: list[str]
    chosen: bool
    peeked: bool
    colour: str


class GradeList(Widget, can_focus=True):
    """All grades of one criterion.

    Every descriptor is shown whole where there is room. Where there is not, the
    one looked at is, and the others as far as they fit.
    """

    DEFAULT_CSS = """
    GradeList {
        height: 1fr; padding: 0 1;
        text-wrap: nowrap; text-overflow: clip;  /* its lines are wrapped already */
    }
    """

    def __init__(self, scale: Scale, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(Widget.auto_links, value=False)  # no line holds any
        self._scale = scale
        self._criterion: Criterion | None = None
        self._value = ""
        self._peek = scale.benchmark
        self._beside: Sequence[tuple[str, str]] = ()
        self._painted: list[Content] = []
        self._fits = Size(0, 0)

    @property
    def peek(self) -> str:
        """The grade whose descriptor is open."""
        return self._peek

    def show(self, desk: Desk) -> None:
        """Show another criterion, or another answer to it."""
        criterion, value = desk.criterion, desk.answer.value
        if not criterion.in_words:
            self._scale = desk.case.rubric.scale_of(criterion)
        if criterion is not self._criterion:
            self._peek = self._scale.benchmark
        if value in self._scale.ids:
            self._peek = value
        self._criterion, self._value = criterion, value
        self._beside = desk.beside()
        self._repaint()

    def move_peek(self, step: int) -> None:
        """Open the descriptor above or below."""
        ids = self._scale.ids
        place = max(0, min(len(ids) - 1, ids.index(self._peek) + step))
        self._peek = ids[place]
        self._repaint()

    def _repaint(self) -> None:
        """Paint only the lines that differ: over a slow line every byte is waited for."""
        before, after = self._painted, self._lines()
        self._painted = after
        # What was blank to the right of a line stays blank, and is not sent again.
        changed = [
            Region(0, y, max(old.cell_length, new.cell_length), 1)
            for y, (old, new) in enumerate(
                zip_longest(before, after, fillvalue=Content(""))
            )
            if (old.plain, old.spans) != (new.plain, new.spans)
        ]
        if changed:
            self.refresh(*changed)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        if not regions:
            self._fits = Size(0, 0)  # keys or colours may be others
        return super().refresh(
            *regions, repaint=repaint, layout=layout, recompose=recompose
        )

    def render_line(self, y: int) -> Strip:
        # Textual would put all lines together for any of them.
        if self._fits != self.content_size:
            self._painted, self._fits = self._lines(), self.content_size
        if self.text_selection is not None:
            return super().render_line(y)
        line = self._painted[y] if y < len(self._painted) else Content("")
        width, style = self.content_size.width, self.visual_style
        return Visual.to_strips(self, line, width, 1, style)[0]

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines())

    def _lines(self) -> list[Content]:
        width, height = self.content_size
        if self._criterion is not None and self._criterion.in_words:
            guide = words_lines(self._criterion, self._beside, width=width)
            return [*guide[: height - 1], self._others()]
        blocks = [self._block(grade, width) for grade in self._scale.ids]
        needed = [len(block.lines) for block in blocks]
        if self.app.size.width < ONE_PANE:
            # One column has room for the descriptor looked at; the others keep a line.
            needed = [
                size if block.peeked else 1
                for size, block in zip(needed, blocks, strict=True)
            ]
        room = max(height - 1, len(blocks))
        rooms = _share_out(needed, room=room, first=self._scale.ids.index(self._peek))
        airy = sum(needed) + len(needed) <= room
        lines: list[Content] = []
        for block, given in zip(blocks, rooms, strict=True):
            lines += _shown(block, given, width)
            if airy:
                lines.append(Content(""))
        lines.append(self._others())
        spare = height - len(lines) - 1
        return [*lines, *self._guide(width, spare)]

    def _guide(self, width: int, spare: int) -> list[Content]:
        """Return where to look and the usual trap, as far as they fit whole."""
        if self._criterion is None:
            return []
        lines = [Content("")]
        for label, text in (
            *(("Ask", prompt) for prompt in self._criterion.prompts),
            ("Look in", "; ".join(self._criterion.look_in)),
            ("Trap", self._criterion.trap),
        ):
            wrapped = in_columns(f"{label}: {one_line(text)}", max(width - 2, 20))
            if len(lines) + len(wrapped) > spare + 1:
                break
            lines += [Content(f"  {line}").stylize("$text-muted") for line in wrapped]
        return lines if len(lines) > 1 else []

    def _block(self, grade_id: str, width: int) -> _Block:
        grade = self._scale.grade(grade_id)
        descriptors = self._criterion.descriptors if self._criterion else {}
        text = one_line(descriptors.get(grade_id, ""))
        key = key_for(self.app, f"audit.grade_{grade.key}", grade.key)
        mark = f"{key} {grade.letter} "
        head = f"{grade.label}."
        place = self._scale.place(grade_id)
        return _Block(
            mark=mark,
            head=head,
            lines=in_columns(
                f"{mark}{head} {text}", max(width - 2, 20), hang=INDENT - 2
            ),
            chosen=grade_id == self._value,
            peeked=grade_id == self._peek,
            colour=grade_colour(place, len(self._scale.grades)),
        )

    def _others(self) -> Content:
        parts = []
        for binding_id, ships, value, words in OTHERS:
            key = key_for(self.app, binding_id, ships)
            chosen = value == self._value
            mark = "▸ " if chosen else "  "
            parts.append(
                Content.assemble(
                    (f"{mark}{key} – {words}", "reverse bold" if chosen else "")
                )
            )
        return Content("   ").join(parts)


def _share_out(needed: Sequence[int], *, room: int, first: int) -> list[int]:
    """Return how many lines each block gets; the first one all it needs."""
    if sum(needed) <= room:
        return list(needed)
    given = [1] * len(needed)
    order = [first, *(i for i in range(len(needed)) if i != first)]
    left = room - len(needed)
    for index in order:
        more = max(0, min(needed[index] - 1, left))
        if index != first:
            # What is left is shared, so that no descriptor swallows the others.
            more = min(more, max(0, (room - given[first]) // (len(needed) - 1) - 1))
        given[index] += more
        left -= more
    return given


def _shown(block: _Block, room: int, width: int) -> list[Content]:
    shown = block.lines[:room]
    if room < len(block.lines):
        shown = [*shown[:-1], shortened(shown[-1], width - 2)]
    mark = "▸ " if block.chosen else ("› " if block.peeked else "  ")
    found = []
    for number, line in enumerate(shown):
        margin = mark if number == 0 else "  "
        if number == 0:
            key_and_letter, rest = line[: len(block.mark)], line[len(block.mark) :]
            found.append(
                Content.assemble(
                    (margin + key_and_letter, f"bold {block.colour}"),
                    (rest[: len(block.head)], "bold"),
                    rest[len(block.head) :],
                )
            )
        else:
            found.append(Content(margin + line))
    if block.chosen:
        return [
            line.pad_right(max(width - line.cell_length, 0)).stylize("on $panel")
            for line in found
        ]
    return found
