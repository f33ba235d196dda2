"""The way between the screens of frames; what takes long is done in a thread."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.reports.wording import long_date
from case_audit.services.frame import list_frames
from case_audit.services.frame_check import check_frame
from case_audit.services.frame_diff import diff_frames
from case_audit.services.frame_facts import frame_facts, write_frame
from case_audit.services.frame_make import make_frame
from case_audit.tui.doors import FrameDoors
from case_audit.tui.frame_wish import FrameWish
from case_audit.tui.lead import in_thread
from case_audit.tui.screens.frames import FramesScreen
from case_audit.tui.screens.make_frame import MakeFrameScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.place import PlaceScreen
from case_audit.tui.widgets.frame_text import (
    check_text,
    diff_text,
    frame_text,
    made_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.core.frame.model import StoredFrame
    from case_audit.services.database import Database
    from case_audit.services.frame_make import MadeFrame, Wanted
    from case_audit.tui.app import CaseAuditApp
    from case_audit.tui.doors import Made


class FrameWays:
    """Opens what a lead asks for of frames.

    Args:
        app: The application.
        database: Where the frames are.
        open_plan: Plans a draw from a cohort.
    """

    def __init__(
        self,
        app: CaseAuditApp,
        database: Database,
        *,
        open_plan: Callable[[str], None],
    ) -> None:
        self._app = app
        self._database = database
        self._open_plan = open_plan
        self._wish = FrameWish()

    def open_frames(self) -> None:
        """Show every frame."""
        doors = FrameDoors(
            open_frame=self.open_frame,
            open_check=self.open_check,
            open_diff=self.open_diff,
            open_export=self.open_export,
            open_plan=self._open_plan,
            open_make=self.open_make,
        )
        frames = list_frames(self._database)
        self._app.push_screen(FramesScreen(frames, kind=self._app.kind, doors=doors))

    def open_frame(self, frame: StoredFrame) -> None:
        """Show one frame: who was left out, strata, signs of risk."""
        in_thread(
            self._app,
            lambda: frame_text(frame_facts(self._database, frame.id)),
            lambda text: self._page(
                frame,
                text,
                {
                    "p": ("plan", lambda: self._open_plan(frame.cohort)),
                    "c": ("check", lambda: self.open_check(frame)),
                    "x": ("export", lambda: self.open_export(frame)),
                },
            ),
            reading=True,
        )

    def open_check(self, frame: StoredFrame) -> None:
        """Show how good a frame is."""
        in_thread(
            self._app,
            lambda: check_text(check_frame(self._database, str(frame.id))),
            lambda text: self._page(frame, text, {}),
            reading=True,
        )

    def open_diff(self, old: StoredFrame, new: StoredFrame) -> None:
        """Show two frames beside each other."""
        in_thread(
            self._app,
            lambda: diff_text(diff_frames(self._database, str(old.id), str(new.id))),
            lambda text: self._page(new, text, {}),
            reading=True,
        )

    def open_export(self, frame: StoredFrame) -> None:
        """Ask where to write a frame, and write it."""

        def placed(path: Path | None) -> None:
            if path is not None:
                in_thread(
                    self._app,
                    lambda: write_frame(self._database, frame.id, path),
                    lambda units: self._app.notify(
                        f"{units} lines are in {path}. Keep it where you keep case "
                        "lists.",
                        markup=False,
                    ),
                )

        self._app.push_screen(
            PlaceScreen(
                "Write the frame to a file",
                "A line for each unit: its identifier, a tab, and its stratum. The "
                "file names children; the digest is taken over it.",
                name=f"frame-{frame.cohort}-{frame.as_at}.tsv",
            ),
            placed,
        )

    def open_make(self, cohort_id: str, then: Made) -> None:
        """Ask what a frame is to hold, count, and make it."""
        frames = list_frames(self._database)
        if not frames:
            self._app.notify(
                "There is nothing to make a frame from yet. Leave the app and import "
                "your lists: case-audit import PATH",
                markup=False,
            )
            return
        newest = frames[0]
        if cohort_id:
            self._wish.begin_with(cohort_id)

        def made(found: MadeFrame | None) -> None:
            if found is None:
                return
            self._wish = FrameWish()
            then(list_frames(self._database), found.id)
            after = (
                "p plans a draw from it."
                if found.frame.units
                else "Nobody is left: widen the condition or the window and make it "
                "again with m."
            )
            self._app.notify(
                f"Frame {found.id} is made. {made_words(found)}. {after}",
                markup=False,
                timeout=15,
            )

        self._app.push_screen(
            MakeFrameScreen(
                self._wish,
                dated=f"As at {long_date(newest.as_at)}, the date of the newest import "
                f"({newest.source.name})",
                make=self._make,
            ),
            made,
        )

    def _make(
        self,
        wanted: Wanted,
        *,
        keep: bool,
        told: Callable[[int], None],
    ) -> MadeFrame:
        return make_frame(
            self._database,
            wanted,
            made_by=self._app.auditor,
            now=datetime.now(UTC),
            keep=keep,
            told=told,
        )

    def _page(
        self,
        frame: StoredFrame,
        text: str,
        ways: dict[str, tuple[str, Callable[[], None]]],
    ) -> None:
        title = f"Frame · {cohort(frame.cohort).plural}"
        self._app.push_screen(PageScreen(title, text, kind=self._app.kind, ways=ways))
