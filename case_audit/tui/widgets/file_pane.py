"""A child's file: documents in order of date, each paragraph a numbered line."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from case_audit.reports.wording import long_date, plural
from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.lines_pane import LinesPane

if TYPE_CHECKING:
    from textual.binding import BindingType

    from case_audit.core.frame.case_file import CaseFile, Document

EMPTY = (
    "No documents came with the import. Read the child's file in your own system; "
    "write document, date and place into the evidence line."
)
NUMBER = 3
"""Columns of a line's number and the blank behind it."""


class FilePane(LinesPane):
    """The whole file: to read, to go through, to quote from."""

    DEFAULT_CSS = """
    FilePane { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "document(1)", "Next document", id="file.next"),
        Binding(
            "left_square_bracket", "document(-1)", "Previous document", id="file.back"
        ),
        Binding("shift+down", "select(1)", "Select downwards", id="file.select_down"),
        Binding("shift+up", "select(-1)", "Select upwards", id="file.select_up"),
        Binding("space", "mark", "Begin or end a selection", id="file.select"),
        Binding("q", "quote", "Quote the line, or what is selected", id="file.quote"),
    ]

    @dataclass
    class Quoted(Message):
        """Lines of a document are to be quoted, the first and the last from 1."""

        document: Document
        first: int
        last: int

    def __init__(self, file: CaseFile, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._documents = file.documents
        # A document is its heading and its lines.
        sizes = [1 + len(document.paragraphs) for document in self._documents]
        self._starts = list(accumulate(sizes, initial=0))
        self._anchor: int | None = None
        self._selecting = False
        self._cursor = min(1, self.items - 1)

    # What it shows

    @property
    def items(self) -> int:
        """Headings and lines; one where there is no document."""
        return self._starts[-1] or 1

    def stops(self, index: int) -> bool:
        """Whether an item is a line that can be quoted."""
        return bool(self._documents) and self._line(index) > 0

    def lay(self, index: int, width: int) -> list[Content]:
        """Return a heading, or a line with its number."""
        if not self._documents:
            return Content(EMPTY).wrap(width)
        document, line = self._documents[self._place(index)], self._line(index)
        if not line:
            return _heading(document, width, first=index == 0)
        wrapped = literal_line(document.paragraphs[line - 1]).wrap(
            max(width - NUMBER, 1)
        )
        number = Content.styled(f"{line:<{NUMBER}}", "$text-muted")
        return [
            number + wrapped[0],
            *(Content(" " * NUMBER) + row for row in wrapped[1:]),
        ]

    def head(self) -> list[Content]:
        """Return where the cursor is."""
        if not self._documents:
            return []
        place = self._place(self.cursor)
        ref = literal_line(self._documents[place].ref)
        where = f" · {place + 1} of {len(self._documents)}"
        first, last = self._selected()
        chosen = (
            f" · {plural(last - first + 1, 'line')} selected" if self._chosen else ""
        )
        width = max(self.content_size.width, 1)
        row = Content.assemble((ref.plain, "bold"), where, (chosen, "bold"))
        return row.wrap(width)

    def mark(self, index: int, row: int) -> str:
        """Return the cursor, or a bar beside what is selected."""
        first, last = self._selected()
        if self._chosen and first <= index <= last:
            return "▌ "
        return super().mark(index, row)

    def _place(self, index: int) -> int:
        """Return which document an item belongs to, from 0."""
        return bisect_right(self._starts, index) - 1

    def _line(self, index: int) -> int:
        """Return the number of a line in its document; 0 for a heading."""
        return index - self._starts[self._place(index)]

    # Moving

    def action_document(self, step: int) -> None:
        """Go to the first line of another document; back first to that of this one."""
        if not self._documents:
            return
        place = self._place(self.cursor)
        if step > 0 or self._line(self.cursor) <= 1:
            place += step
        if 0 <= place < len(self._documents):
            self.show_document(place)

    def show_document(self, place: int) -> None:
        """Show a document from its heading, the cursor on its first line."""
        self.drop_selection()
        self.go(self._starts[place], top=True)
        self._cursor += 1

    def show_ref(self, ref: str) -> None:
        """Show the document that has a reference."""
        for place, document in enumerate(self._documents):
            if document.ref == ref:
                self.show_document(place)

    def moved(self) -> None:
        """Let a selection go that is not being made."""
        if not self._selecting:
            self._anchor = None

    # Selecting and quoting

    @property
    def _chosen(self) -> bool:
        return self._anchor is not None

    def _selected(self) -> tuple[int, int]:
        """Return the first and the last item that is selected, in one document."""
        anchor = self.cursor if self._anchor is None else self._anchor
        return min(anchor, self.cursor), max(anchor, self.cursor)

    def drop_selection(self) -> bool:
        """Select nothing; return whether anything was."""
        was, self._anchor, self._selecting = self._chosen, None, False
        if was:
            self.refresh()
        return was

    def action_cursor(self, step: int) -> None:
        """Go to the next line; while selecting, not out of the document."""
        if self._selecting:
            self.action_select(step)
        else:
            super().action_cursor(step)

    def action_select(self, step: int) -> None:
        """Select one line more, or one less, of the same document."""
        if not self._documents:
            return
        if self._anchor is None:
            self._anchor = self.cursor
        anchor, index = self._anchor, self.cursor + step
        if self._line(index) > 0 and self._place(index) == self._place(self.cursor):
            self.go(index)
        self._anchor = anchor
        self.refresh()

    def action_mark(self) -> None:
        """Begin to select at the cursor, or stop."""
        if not self._documents:
            return
        if self._selecting:
            self._selecting = False
            return
        self._anchor, self._selecting = self.cursor, True
        self.refresh()

    def action_quote(self) -> None:
        """Ask for what is selected to be quoted; without a selection, this line."""
        if not self.stops(self.cursor):
            return
        first, last = self._selected()
        document = self._documents[self._place(self.cursor)]
        self.post_message(self.Quoted(document, self._line(first), self._line(last)))
        self.drop_selection()


def _heading(document: Document, width: int, *, first: bool) -> list[Content]:
    late = (document.recorded_on - document.date).days
    written = f", written up {plural(late, 'day')} later" if late else ""
    head = Content.assemble(
        (literal_line(document.ref).plain, "bold $accent"),
        " ",
        (literal_line(document.title).plain, "bold"),
    )
    who = literal_line(
        f"{long_date(document.date.isoformat())}, {document.author}, "
        f"{document.role}{written}"
    ).stylize("$text-muted")
    gap = [] if first else [Content("")]
    return [*gap, *head.wrap(width), *who.wrap(width)]
