"""What a lead does in the app: look at frames, plan a draw, draw."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from case_audit import __version__
from case_audit.core.sample.seed import machine_seed, typed_seed
from case_audit.errors import CaseAuditError
from case_audit.services.beside import Beside
from case_audit.services.fixed_draw import fix_round, list_waiting
from case_audit.services.plan_ahead import Forecaster, frames_to_plan
from case_audit.services.rubric import fitting_rubrics, library
from case_audit.services.sample import Request, draw_round, round_name
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.loading import ReadingScreen
from case_audit.tui.screens.page import PageScreen
from case_audit.tui.screens.plan import PlanScreen
from case_audit.tui.screens.plan_draw import PlanDrawScreen
from case_audit.tui.widgets.fixed_text import fixed_text
from case_audit.tui.widgets.plan_words import plan_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.fixed import Plan
    from case_audit.core.sample.seed import Seed
    from case_audit.services.database import Database
    from case_audit.services.plan_ahead import Ahead
    from case_audit.services.sample import DrawnRound
    from case_audit.tui.app import CaseAuditApp
    from case_audit.tui.plan_setting import Setting
    from case_audit.tui.planner import Planner
    from case_audit.tui.screens.plan_draw import Wish


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draw:
    """A plan that is about to be drawn.

    Attributes:
        request: What is asked for; its seed is still to come.
        words: The same in words.
        command: The command that draws it.
        digest: Fixes the frame as the design sees it.
        again: Whether the list was drawn from before.
    """

    request: Request
    words: str
    command: str
    digest: str
    again: bool


class Lead:
    """The way between a lead's screens.

    Args:
        app: The application.
        database: Where frames and rounds are.
        rubrics: Folders in which rubrics are looked for first, if they are there.
    """

    def __init__(self, app: CaseAuditApp, database: Database, *rubrics: Path) -> None:
        self._app = app
        self._database = database
        self._rubrics = tuple(path for path in rubrics if path.is_dir())

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
        setting, words = planner.setting, plan_words(planner)
        cohort = setting.frame.cohort

        def read() -> tuple[list[Rubric], str]:
            rubrics = fitting_rubrics(library(*self._rubrics), cohort)
            return rubrics, round_name(self._database, cohort)

        def ready(found: tuple[list[Rubric], str]) -> None:
            rubrics, name = found
            if len(rubrics) == 1:
                self._try(setting, words, rubrics[0], name)
                return

            def chosen(rubric_id: str | None) -> None:
                for rubric in rubrics:
                    if rubric.id == rubric_id:
                        self._try(setting, words, rubric, name)

            titles = [(rubric.id, rubric.title) for rubric in rubrics]
            question = "What are the cases to be graded with?"
            self._app.push_screen(ChooseScreen(question, titles), chosen)

        in_thread(self._app, read, ready)

    def _try(self, setting: Setting, words: str, rubric: Rubric, name: str) -> None:
        """Draw once and keep nothing: what it is refused for is said before dice."""
        request = Request(
            name=name,
            cohort=setting.frame.cohort,
            rubric=rubric,
            design=setting.design,
            seed=machine_seed(secrets.token_hex(32)),
        )

        def act() -> _Draw:
            trial = draw_round(
                self._database,
                request,
                version=__version__,
                drawn_by=self._app.auditor,
                now=datetime.now(UTC),
                keep=False,
            )
            return _Draw(
                request=request,
                words=words,
                command=f"{setting.command} --rubric {rubric.id}",
                digest=trial.sample.frame_digest,
                again=json.loads(trial.manifest)["draw_number"] > 1,
            )

        in_thread(self._app, act, self._ask_with, reading=True)

    def _ask_with(self, draw: _Draw) -> None:
        rubric = draw.request.rubric

        def wished(wish: Wish | None) -> None:
            if wish is None:
                return
            request = replace(draw.request, name=wish.name)
            if wish.fix:
                self._fix(request)
            else:
                self._draw(request, wish)

        self._app.push_screen(
            PlanDrawScreen(
                f"{draw.words}\nGraded with: {rubric.title}\nNote the digest of the "
                f"frame before dice are thrown:\n{draw.digest}",
                name=draw.request.name,
                command=draw.command,
                again=draw.again,
                refuse=self._wrong,
                record=lambda wish: _record(draw, wish),
            ),
            wished,
        )

    def _wrong(self, wish: Wish) -> str:
        """Return what keeps a wish from being drawn; nothing is drawn for it."""
        if not wish.name:
            return "The round needs a name."
        taken = {line.round.name for line in self._app.read_home().rounds}
        if wish.name in taken:
            return "There is a round of that name already."
        if wish.name in {plan.name for plan in list_waiting(self._database)}:
            return "A draw is fixed under that name already."
        return "" if wish.fix else _wrong_seed(wish)

    def _draw(self, request: Request, wish: Wish) -> None:
        """Draw in a thread, then show the round."""

        def act() -> DrawnRound:
            beside = Beside(reason=wish.reason)
            return draw_round(
                self._database,
                replace(request, seed=_seed(wish), beside=beside),
                version=__version__,
                drawn_by=self._app.auditor,
                now=datetime.now(UTC),
            )

        in_thread(self._app, act, self._drawn)

    def _fix(self, request: Request) -> None:
        """Fix the draw in a thread, then show what comes next."""

        def act() -> Plan:
            return fix_round(
                self._database,
                request,
                version=__version__,
                fixed_by=self._app.auditor,
                now=datetime.now(UTC),
            )

        def then(plan: Plan) -> None:
            page = PageScreen("Draw fixed", fixed_text(plan), kind=self._app.kind)
            self._app.push_screen(page)

        in_thread(self._app, act, then)

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


def _wrong_seed(wish: Wish) -> str:
    if wish.witnesses and not wish.randomness.strip():
        return "Somebody saw the dice: type what they showed."
    try:
        _seed(wish)
    except CaseAuditError as error:
        return str(error)
    return ""


def _seed(wish: Wish) -> Seed:
    if not wish.randomness.strip():
        return machine_seed(secrets.token_hex(32))
    return typed_seed(wish.randomness, witnesses=wish.witnesses, round_label=wish.name)


def _record(draw: _Draw, wish: Wish) -> str:
    """Return what will be recorded, in words."""
    seed = "the computer's own: the draw can be repeated, not shown to be unchosen"
    if wish.fix:
        seed = "made later, after all this is fixed"
    elif wish.randomness.strip():
        seen = f"seen by {wish.witnesses}" if wish.witnesses else "nobody saw it made"
        seed = f"from what was typed; {seen}"
    reason = f"\nDrawn again from the same list: {wish.reason}" if wish.reason else ""
    return (
        f"Round: {wish.name}\n{draw.words}\nFrame digest {draw.digest[:16]}…; "
        f"rubric {draw.request.rubric.id}\nSeed: {seed}{reason}"
    )
