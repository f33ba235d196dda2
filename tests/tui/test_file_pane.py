"""The child's file: gone through line by line, selected, quoted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from desks import kept_answer
from textual.app import App
from textual.geometry import Size

from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.tui.widgets.file_pane import FilePane
from screens import shown, workspace
from waiting import until

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.pilot import Pilot

    from case_audit.services.database import Database
    from case_audit.tui.app import Start

SIZES = [(80, 24), (120, 40)]
BEGUN = dt.date(2026, 1, 5)
LONG = "A long line of what was said and done that day. " * 12


def a_document(number: int, *paragraphs: str) -> Document:
    day = BEGUN + dt.timedelta(days=number)
    return Document(
        ref=f"DOC-{number}",
        kind="visit",
        date=day,
        recorded_on=day,
        author="A. Worker",
        role="social worker",
        title="Visit",
        paragraphs=paragraphs,
    )


class Reads(App[None]):
    """A file alone on the screen."""

    def __init__(self, *documents: Document) -> None:
        super().__init__()
        self._file = CaseFile(unit="K-1", cohort="cp", documents=documents)
        self.quoted: list[tuple[str, int, int]] = []

    def compose(self) -> ComposeResult:
        yield FilePane(self._file, id="file")

    def on_mount(self) -> None:
        self.query_one(FilePane).focus()

    def on_file_pane_quoted(self, event: FilePane.Quoted) -> None:
        self.quoted.append((event.document.ref, event.first, event.last))


async def under_cursor(pilot: Pilot[None]) -> str:
    """The line beside which the cursor stands."""
    await pilot.pause()
    return "".join(
        line.strip(" ›") for line in shown(pilot.app).splitlines() if "›" in line
    )


async def test_lines_are_gone_through_and_headings_passed_over() -> None:
    """Down, up, pages, ends; brackets go from document to document."""
    documents = [a_document(n, f"one {n}", f"two {n}", f"three {n}") for n in range(9)]
    app = Reads(*documents)
    async with app.run_test(size=(40, 12)) as pilot:
        for keys, line in (
            ([], "1  one 0"),
            (["up"], "1  one 0"),
            (["down", "j"], "3  three 0"),
            (["down"], "1  one 1"),
            (["k"], "3  three 0"),
            (["left_square_bracket"], "1  one 0"),
            (["left_square_bracket"], "1  one 0"),
            (["right_square_bracket", "right_square_bracket"], "1  one 2"),
            (["left_square_bracket"], "1  one 1"),
            (["end"], "3  three 8"),
            (["down", "right_square_bracket"], "3  three 8"),
            (["home"], "1  one 0"),
            # 3 rows of heading, 3 lines, 4 rows of gap and heading: a page of 10.
            (["pagedown"], "1  one 1"),
            (["pageup"], "1  one 0"),
        ):
            await pilot.press(*keys)
            assert await under_cursor(pilot) == line, keys
        assert "DOC-0 · 1 of 9" in shown(app)
        assert "DOC-0 Visit" in shown(app)


async def test_a_line_longer_than_the_pane_is_read_to_its_end() -> None:
    """Before the cursor leaves it; and it is whole again on the way back."""
    app = Reads(a_document(1, "first", LONG + "END", "last"))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert "2  A long line" in shown(app)
        assert "END" not in shown(app)
        for _ in range(40):
            if "END" in shown(app):
                break
            await pilot.press("down")
            await pilot.pause()
        assert "last" not in shown(app)
        await pilot.press("down")
        assert await under_cursor(pilot) == "3  last"
        await pilot.resize_terminal(60, 20)
        assert await under_cursor(pilot) == "3  last"


async def test_lines_are_selected_within_one_document() -> None:
    """With shift and arrows, or between two spaces; arrows alone let them go."""
    app = Reads(a_document(1, "a", "b", "c"), a_document(2, "d"))
    async with app.run_test(size=(60, 20)) as pilot:
        for keys, said in (
            (["shift+down"], "2 lines selected"),
            (["shift+down", "shift+down"], "3 lines selected"),
            (["shift+up"], "2 lines selected"),
            (["down"], ""),
            (["up", "up", "space", "down", "down", "down"], "3 lines selected"),
            (["up", "space"], "2 lines selected"),
            (["down"], ""),
            (["space"], "1 line selected"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            assert (said or "selected") in shown(app) or not said, keys
            assert ("selected" in shown(app)) == bool(said), keys
            assert ("▌" in shown(app)) == bool(said), keys
        await pilot.press("home", "space", "space", "q", "q")
        assert app.quoted[:1] == [("DOC-1", 1, 1)]


async def test_what_is_selected_is_quoted_and_let_go() -> None:
    app = Reads(a_document(1, "a", "b", "c"))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "shift+down", "q", "up", "q")
        await pilot.press("space", "up", "q")

        assert app.quoted == [("DOC-1", 2, 3), ("DOC-1", 2, 2), ("DOC-1", 1, 2)]


async def test_a_click_and_the_wheel_move_too() -> None:
    app = Reads(*(a_document(n, f"line {n}") for n in range(30)))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.click(FilePane, offset=(6, 9))
        assert await under_cursor(pilot) == "1  line 1"
        await pilot.click(FilePane, offset=(6, 0))
        assert await under_cursor(pilot) == "1  line 1"
        pane = app.query_one(FilePane)
        for _ in range(2):
            pane.on_mouse_scroll_down(_Turned())  # type: ignore[arg-type]
        await pilot.pause()
        assert "line 0" not in shown(app)
        for _ in range(2):
            pane.on_mouse_scroll_up(_Turned())  # type: ignore[arg-type]
        await pilot.pause()
        assert "line 0" in shown(app)


class _Turned:
    """The wheel; pilots have none."""

    def stop(self) -> None:
        """Go no further."""


async def test_without_documents_it_says_what_to_do() -> None:
    """And no key does anything."""
    app = Reads()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*("down", "up", "space", "shift+down", "q", "end", "home"))
        await pilot.press("right_square_bracket", "pagedown", "pageup")
        await pilot.pause()

        assert "No documents came with the import." in shown(app)
        assert app.quoted == []


async def test_nothing_is_laid_out_that_is_not_shown() -> None:
    """Of two thousand documents, those on the screen and their neighbours."""

    class Counts(FilePane):
        laid = 0

        def lay(self, index: int, width: int) -> list:  # type: ignore[type-arg]
            type(self).laid += 1
            return super().lay(index, width)

    class ReadsMany(Reads):
        def compose(self) -> ComposeResult:
            yield Counts(self._file, id="file")

    many = [a_document(n, *(f"{n} {m} " + LONG for m in range(5))) for n in range(2000)]
    app = ReadsMany(*many)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.size == Size(80, 24)
        await pilot.press("end", "home", "pagedown")
        await pilot.pause()
        assert "DOC-0 · 1 of 2000" in shown(app)

    assert 0 < Counts.laid < 80


@pytest.mark.parametrize("size", SIZES)
async def test_a_quotation_goes_into_the_notes(
    ready: Start, embedded: Database, size: tuple[int, int]
) -> None:
    """With document, date and line; behind what was written; undone in one step."""
    async with workspace(ready, size) as pilot:
        await pilot.press("2", "e", *"So:", "escape", "f", "q")
        await until(pilot, lambda: "quoted under v1" in shown(pilot.app))
        first = kept_answer(embedded, "v1")
        ref = "VIS-2026-02-02"
        assert first.rationale.startswith("So:\n“")
        assert first.rationale.endswith(f"” ({ref}, 2 February 2026, line 1)")
        assert first.evidence == f"{ref} · 2 February 2026 · line 1"
        await pilot.press("q")
        again = kept_answer(embedded, "v1")
        assert again.evidence == first.evidence, "a place is named once"

        await pilot.press("u", "u")
        assert kept_answer(embedded, "v1").rationale == "So:"
        assert kept_answer(embedded, "v1").evidence == ""
        await pilot.press("U", "escape")
        await pilot.pause()
        assert kept_answer(embedded, "v1").rationale == first.rationale
        assert f"{ref} · 2 Feb" in shown(pilot.app)


async def test_esc_lets_a_selection_go_before_it_leaves_the_file(ready: Start) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("f", "space", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.focused, FilePane)
        assert "selected" not in shown(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "v1 Label of v1" in shown(pilot.app)
