"""Text from outside is shown literally on every screen, and never obeyed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.widgets import Static

from builders import AS_AT, NOW, a_criterion, a_rubric
from case_audit.core.audit.model import Answer
from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.model import Frame, FrameUnit, Source
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case
from case_audit.services.database import Database, decide_kind
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.literal import Guard, literal
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.criterion import CriterionScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.summary import SummaryScreen
from case_audit.tui.tour import TourScreen
from screens import shown
from stored import a_round, case_ids
from waiting import until

HOSTILE = (
    "[b]Mum[/b] [/nope] [@click=app.quit]x[/] [12/03/2015] \x1b]52;c;eA==\x07 \u202eend"
)
VISIBLE = "[b]Mum[/b] [/nope] [@click=app.quit]x[/] [12/03/2015]"


def hostile_round(database: Database, hostile: str = HOSTILE) -> None:
    """Everything that can come from outside is hostile."""
    unit = FrameUnit(
        unit="X[b]1[/b]",
        attributes={"team": hostile, "worker": hostile, "x_y": hostile},
    )
    file = CaseFile(
        unit=unit.unit,
        cohort="cp",
        documents=(
            Document(
                ref="[b]R[/b]",
                kind="visit",
                date=dt.date(2026, 2, 2),
                recorded_on=dt.date(2026, 2, 2),
                author=hostile,
                role=hostile,
                title=hostile,
                paragraphs=(hostile,),
            ),
        ),
    )
    with database.write() as uow:
        decide_kind(uow, synthetic=True)
        import_id = uow.frames.add_import(
            Source(
                kind="annex_a",
                name=hostile,
                sha256="0" * 64,
                as_at=AS_AT.isoformat(),
                imported_utc="2026-04-01T12:00:00Z",
                imported_by=hostile,
                synthetic=True,
            )
        )
        uow.frames.add_frame(import_id, Frame(cohort="cp", as_at=AS_AT, units=(unit,)))
        uow.frames.add_documents(import_id, [file])
        uow.commit()
    rubric = a_rubric(
        {
            "voice": (
                a_criterion(
                    "v1",
                    label=hostile,
                    asks=hostile,
                    trap=hostile,
                    look_in=(hostile,),
                    descriptors=dict.fromkeys(
                        ("outstanding", "good", "requires_improvement", "inadequate"),
                        hostile,
                    ),
                ),
            )
        }
    )
    domain = replace(rubric.domains[0], label=hostile)
    a_round(
        database,
        name="[b]Round[/b]",
        size=1,
        rubric=replace(rubric, title=hostile, domains=(domain,)),
    )
    (case_id,) = case_ids(database, "[b]Round[/b]")
    desk = open_case(database, case_id, auditor="Ann [b]A[/b]", now=NOW)
    for part, subject in (("criterion", "v1"), ("closing", "strengths")):
        give_answer(
            database,
            desk.audit.id,
            Answer(part=part, subject=subject, rationale=hostile, evidence=hostile),  # type: ignore[arg-type]
            auditor="Ann [b]A[/b]",
            now=NOW,
        )


async def test_every_screen_shows_it_and_nothing_happens(
    embedded: Database, tmp_path: Path
) -> None:
    """No crash, no markup, no lost word, no control character."""
    hostile_round(embedded)
    remember_auditor(tmp_path, "Ann [b]A[/b]")
    app = CaseAuditApp(Start(url=embedded.url, settings=tmp_path))
    seen: list[str] = []
    async with app.run_test(size=(200, 60), notifications=True) as pilot:

        async def at(screen: type) -> None:
            await until(
                pilot,
                lambda: isinstance(app.screen, screen) and bool(shown(app).strip()),
            )
            seen.append(shown(app))

        await at(HomeScreen)
        await pilot.press("end", "enter")
        await at(CasesScreen)
        await pilot.press("s")
        await at(SummaryScreen)
        await pilot.press("escape")
        await at(CasesScreen)
        await pilot.press("enter")
        await at(AuditScreen)
        for key, screen in (
            ("d", CriterionScreen),
            ("c", ClosingScreen),
        ):
            await pilot.press(key)
            await at(screen)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, AuditScreen))
        assert app.is_running

    text = "".join(seen)
    assert text.count(VISIBLE) >= 8
    assert "X[b]1[/b]" in text
    assert all(c.isprintable() or c == "\n" for c in text)


PIECES = st.sampled_from(
    [
        *("[b]", "[/b]", "[/nope]", "[@click=app.quit]", "[12/03/2015]", "$t", "{x}"),
        *("\x1b]0;t\x07", "\x1b[2J", "\x9b31m", "\x00", "\u202e", "\u2066", "\r", "\t"),
        *(
            "Mum",
            "said",
            "nothing",
            "élan",
            "王小明",
            "👩‍👧",
            "e\u0301",
            "%s",
            "\\",
            "`x`",
        ),
    ]
)


@pytest.mark.slow
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each takes seconds
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(pieces=st.lists(PIECES, min_size=3, max_size=9))
async def test_whatever_is_in_the_data_no_screen_ends_or_loses_a_word(
    pieces: list[str],
) -> None:
    """Home, tour, cases, board, workspace and what opens from it, settings, frames."""
    hostile = " ".join(pieces)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = Database(str(Path(folder) / "hostile.db"))
        hostile_round(database, hostile)
        remember_auditor(Path(folder), "Ann [b]A[/b]")
        seen = await walked(Start(url=database.url, settings=Path(folder)))
        database.close()

    together = "".join(seen)
    # What joins the parts of one sign is text; the gate lets it through on purpose.
    assert all(c.isprintable() or c in "\n\u200d" for c in together)
    for word in ("Mum", "said", "nothing", "[b]", "[/nope]", "[@click=app.quit]"):
        assert word in together or word not in pieces


FROM_HOME = (("s", "tab", "tab"), ("f", "enter"), ("p",), ("comma",), ("ctrl+p",))
FROM_CASE = (("d",), ("g",), ("t",), ("f", "down"), ("ctrl+p",), ("c", "down", "w"))
FROM_TOUR = (("f", "down"), ("escape", "c"))
FROM_CASES = (("b", "right", "down"), ("s",), ("ctrl+p",))
EVERYWHERE = (("question_mark",),)


async def walked(start: Start) -> list[str]:
    """The tour, and every screen that opens from home, from the cases, from a case."""
    app = CaseAuditApp(start)
    seen: list[str] = []
    async with app.run_test(size=(160, 50), notifications=True) as pilot:

        async def look(base: type, ways: tuple[tuple[str, ...], ...]) -> None:
            await until(pilot, lambda: isinstance(app.screen, base))
            seen.append(shown(app))
            for keys in ways:
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                    seen.append(shown(app))
                while not isinstance(app.screen, base):
                    await pilot.press("escape")
                    await pilot.pause()

        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("t")
        await look(TourScreen, FROM_TOUR)
        while not isinstance(app.screen, HomeScreen):
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("end")
        await look(HomeScreen, (*FROM_HOME, *EVERYWHERE))
        await pilot.press("enter")
        await look(CasesScreen, (*FROM_CASES, *EVERYWHERE))
        await pilot.press("enter")
        await look(AuditScreen, (*FROM_CASE, *EVERYWHERE))
        assert app.is_running
    return seen


class Shows(App[None]):
    """An app that shows one text, with and without our helper."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._guard = Guard()

    def compose(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        yield Static(literal(self._text))
        yield Static(self._text, markup=False)

    def get_line_filters(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return [self._guard, *super().get_line_filters()]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=60))
async def test_any_text_is_drawn_without_a_control_character(text: str) -> None:
    """Through the helper, and through the last gate alone."""
    app = Shows(text)
    async with app.run_test() as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()  # noqa: SLF001
        from textual.color import Color  # noqa: PLC0415

        lines = [
            "".join(s.text for s in Guard().apply(list(strip), Color(0, 0, 0)))
            for strip in strips
        ]

    drawn = "".join(lines)
    assert not [c for c in drawn if unicodedata.category(c) in ("Cc", "Cs", "Zl")]
    assert not set(drawn) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@pytest.mark.parametrize("payload", ["\x1b[2J", "\x9b31m", "\x00", "\u202e"])
def test_the_last_gate_makes_visible_what_got_past_everything(payload: str) -> None:
    from rich.segment import Segment  # noqa: PLC0415
    from textual.color import Color  # noqa: PLC0415

    (segment,) = Guard().apply([Segment(f"a{payload}b")], Color(0, 0, 0))

    assert payload[0] not in segment.text
    assert segment.text.startswith("a")
