"""What a lead does in the app: look at frames, plan a draw, draw."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from case_audit import __version__
from case_audit.core.sample.seed import machine_seed, typed_seed
from case_audit.errors import CaseAuditError
from case_audit.services.frame_facts import strata_digest
from case_audit.services.plan_ahead import Forecaster, frames_to_plan
from case_audit.services.rubric import fitting_rubrics, library
from case_audit.services.sample import Request, draw_round, round_name
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.loading import ReadingScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.plan_draw import PlanDrawScreen
from case_audit.tui.widgets import plan_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.seed import Seed
    from case_audit.services.database import Database
    from case_audit.services.plan_ahead import Ahead
    from case_audit.services.sample import DrawnRound
    from case_audit.tui.app import CaseAuditApp
    from case_audit.tui.planner import Planner, Setting
    from case_audit.tui.screens.plan_draw import Wish


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draw:
    """A plan that is about to be drawn.

    Attributes:
        setting: The plan.
        words: The same in words.
        command: The command that draws it.
        name: A name for the round that is free.
        digest: Fixes the frame with its strata.
    """

    setting: Setting
    words: str
    command: str
    name: str
    digest: str


class Lead:
    """The way between a lead's screens.

    Args:
        app: The application.
        database: Where frames and rounds are.
        rubrics: Folders in which rubrics are looked for first, if they are there.
    """

    def __init__(
        self, app: CaseAuditApp, database: Database, *rubrics: Path | None
    ) -> None:
        self._app = app
        self._database = database
        self._rubrics = tuple(path for path in rubrics if path and path.is_dir())

    def open_frames(self) -> None:
        """Show the frames that can be drawn from."""
        from case_audit.tui.frame_ways import FrameWays

        FrameWays(self._app, self._database, open_plan=self.open_plan).open_frames()

    def open_plan(self, cohort: str = "") -> None:
        """Plan a draw from the newest frame of a cohort."""
        frames = frames_to_plan(self._database)
        if not frames:
            self._app.notify(
                "There is no frame to draw from yet. Leave the app and import your "
                "lists: case-audit import PATH",
                markup=False,
            )
            return
        forecaster = Forecaster(self._database)

        def work_out(setting: Setting) -> Ahead:
            return forecaster.ahead(setting.frame, setting.design, setting.assumptions)

        self._app.push_screen(
            PlanScreen(
                frames,
                cohort=cohort,
                kind=self._app.kind,
                work_out=work_out,
                read=lambda frame: forecaster.facts(frame.id),
                draw=self._ask,
            )
        )

    def _ask(self, planner: Planner) -> None:
        """Find the rubric and a free name, then ask how to draw."""
        setting, command = planner.setting, planner.command()
        cohort = setting.frame.cohort
        words = {f: plan_form.value(f, planner) for f in ("size", "cohort", "strata")}

        def read() -> tuple[list[Rubric], _Draw]:
            draw = _Draw(
                setting=setting,
                words=f"{words['size']} cases: {words['cohort']}; "
                f"strata: {words['strata']}",
                command=command,
                name=round_name(self._database, cohort),
                digest=strata_digest(self._database, setting.frame.id, setting.strata),
            )
            return fitting_rubrics(library(*self._rubrics), cohort), draw

        def ready(found: tuple[list[Rubric], _Draw]) -> None:
            rubrics, draw = found
            if len(rubrics) == 1:
                self._ask_with(draw, rubrics[0])
                return

            def chosen(rubric_id: str | None) -> None:
                for rubric in rubrics:
                    if rubric.id == rubric_id:
                        self._ask_with(draw, rubric)

            titles = [(rubric.id, rubric.title) for rubric in rubrics]
            question = "What are the cases to be graded with?"
            self._app.push_screen(ChooseScreen(question, titles), chosen)

        in_thread(self._app, read, ready)

    def _ask_with(self, draw: _Draw, rubric: Rubric) -> None:
        def wished(wish: Wish | None) -> None:
            if wish is not None:
                self._draw(draw.setting, rubric, wish)

        self._app.push_screen(
            PlanDrawScreen(
                f"{draw.words}\nGraded with: {rubric.title}\nNote the digest of the "
                f"frame before dice are thrown:\n{draw.digest}",
                name=draw.name,
                command=f"{draw.command} --rubric {rubric.id}",
                refuse=self._wrong,
                record=lambda wish: _record(draw, rubric, wish),
            ),
            wished,
        )

    def _wrong(self, wish: Wish) -> str:
        """Return what keeps a wish from being drawn; nothing is drawn for it."""
        if not wish.name:
            return "The round needs a name."
        if wish.witnesses and not wish.randomness.strip():
            return "Somebody saw the dice: type what they showed."
        try:
            _seed(wish)
        except CaseAuditError as error:
            return str(error)
        taken = {line.round.name for line in self._app.read_home().rounds}
        return "There is a round of that name already." if wish.name in taken else ""

    def _draw(self, setting: Setting, rubric: Rubric, wish: Wish) -> None:
        """Draw in a thread, then show the round."""

        def act() -> DrawnRound:
            return draw_round(
                self._database,
                Request(
                    name=wish.name,
                    cohort=setting.frame.cohort,
                    rubric=rubric,
                    design=setting.design,
                    seed=_seed(wish),
                ),
                version=__version__,
                drawn_by=self._app.auditor,
                now=datetime.now(UTC),
            )

        in_thread(self._app, act, self._drawn)

    def _drawn(self, drawn: DrawnRound) -> None:
        sample = drawn.sample
        name = quote(drawn.name)
        self._app.notify(
            f"{len(sample.drawn)} of {sample.population} cases drawn. Next:\n"
            f"case-audit assign {name} --auditors FILE\n"
            f"case-audit round certificate {name}\n"
            f"case-audit round show {name} --manifest > manifest.json\n"
            "case-audit verify manifest.json\n"
            "Dice thrown after the draw is fixed (draw --fix) show more: that nobody "
            "chose the cases.",
            markup=False,
            timeout=30,
        )
        rounds = self._app.read_home().rounds
        number = next(line.round.id for line in rounds if line.round.name == drawn.name)
        self._app.open_round(number)


def in_thread(
    app: CaseAuditApp,
    act: Callable[[], Found],
    then: Callable[[Found], None],
    *,
    reading: bool = False,
) -> None:
    """Do something that may take a while; show what it found, or its error.

    Args:
        app: The application.
        act: What to do.
        then: Called with what was found.
        reading: Whether it only reads: then a card says so, and Esc gives it up.
    """
    card = ReadingScreen() if reading else None
    if card:
        app.push_screen(card)

    def over(show: Callable[[], None]) -> None:
        if card and card not in app.screen_stack:
            return
        if card:
            card.dismiss(None)
        show()

    def run() -> None:
        try:
            found = act()
        except CaseAuditError as wrong:
            error = wrong
            app.call_from_thread(over, lambda: app.show_error(error))
        else:
            app.call_from_thread(over, lambda: then(found))

    app.run_worker(run, thread=True, exit_on_error=False)


def _seed(wish: Wish) -> Seed:
    if not wish.randomness.strip():
        return machine_seed(secrets.token_hex(32))
    return typed_seed(wish.randomness, witnesses=wish.witnesses, round_label=wish.name)


def _record(draw: _Draw, rubric: Rubric, wish: Wish) -> str:
    """Return what will be recorded, in words."""
    seed = "the computer's own: the draw can be repeated, not shown to be unchosen"
    if wish.randomness.strip():
        seen = f"seen by {wish.witnesses}" if wish.witnesses else "nobody saw it made"
        seed = f"from what was typed; {seen}"
    return (
        f"Round: {wish.name}\n{draw.words}\nFrame digest {draw.digest[:16]}…; "
        f"rubric {rubric.id}\nSeed: {seed}"
    )
