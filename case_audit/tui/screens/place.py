"""Ask for the place of a file; nothing is overwritten unasked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from case_audit.tui.literal import literal
from case_audit.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class PlaceScreen(ModalScreen[Path | None]):
    """Closes with a path that may be written, or with ``None``.

    Args:
        title: What is to be written.
        about: What is in it, and what to mind.
        name: A name to begin with.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Write nothing", id="back"),
    ]

    def __init__(self, title: str, about: str, *, name: str) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._proposed = name

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(literal(self._title), classes="title")
            yield Static(literal(self._about))
            field = Input(self._proposed, max_length=400)
            field.cursor_blink = False
            yield field
            yield Static(id="wrong", markup=False)
            yield Static("Enter writes it, Esc does not.", classes="foot")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        path = Path(typed).expanduser()
        wrong = _wrong(typed, path)
        self.query_one("#wrong", Static).update(literal(wrong))
        if wrong:
            return
        if not path.exists():
            self.dismiss(path)
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self.dismiss(path)

        self.app.push_screen(
            ConfirmScreen("There is a file of that name. Overwrite it?", str(path)),
            answered,
        )


def _wrong(typed: str, path: Path) -> str:
    """Return what keeps a path from being written; empty if nothing does."""
    if not typed:
        return "Type where to write it."
    if path.is_dir():
        return "That is a folder: add a name for the file."
    if path.exists() and not path.is_file():
        return "That is no plain file."
    if not path.parent.is_dir():
        return f"The folder {path.parent} is not there."
    return ""
