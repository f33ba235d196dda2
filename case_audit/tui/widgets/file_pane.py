"""A child's file: documents in order of date, each paragraph numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from case_audit.reports.wording import long_date, plural
from case_audit.tui.literal import literal, literal_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.frame.case_file import CaseFile, Document

EMPTY = (
    "No documents came with the import. Read the child's file in your own system; "
    "write document, date and place into the evidence line."
)


class FilePane(VerticalScroll, can_focus=True):
    """The whole file, to scroll through."""

    DEFAULT_CSS = """
    FilePane { padding: 0 1; }
    FilePane .document { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "document(1)", "Next document", id="file.next"),
        Binding(
            "left_square_bracket", "document(-1)", "Previous document", id="file.back"
        ),
        Binding("j", "scroll_down", "Down", id="file.down", show=False),
        Binding("k", "scroll_up", "Up", id="file.up", show=False),
    ]

    def __init__(self, file: CaseFile, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._file = file

    def compose(self) -> ComposeResult:
        if not self._file.documents:
            yield Static(EMPTY, markup=False)
        for document in self._file.documents:
            yield Static(_document(document), classes="document")

    def action_document(self, step: int) -> None:
        """Scroll to the start of another document."""
        tops = [child.virtual_region.y for child in self.query(".document")]
        here = round(self.scroll_y)
        after = [top for top in tops if top > here]
        before = [top for top in tops if top < here]
        target = (after[:1] or tops[-1:]) if step > 0 else (before[-1:] or tops[:1])
        if target:
            self.scroll_to(y=target[0], animate=False)


def _document(document: Document) -> Content:
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
    lines = [
        Content.assemble((f"{number} ", "$text-muted"), literal(text))
        for number, text in enumerate(document.paragraphs, start=1)
    ]
    return Content("\n").join([head, who, *lines])
