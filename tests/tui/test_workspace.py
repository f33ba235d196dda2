"""The audit workspace, key by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desks import kept_answer
from textual.widgets import Input, OptionList, TextArea

from builders import NOW, G, I, O, R, a_criterion, a_lettered_scale, a_rubric
from case_audit.core.audit.model import CLOSING, NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.services.answers import give_answer, typed
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.overrule import OverruleScreen
from case_audit.tui.screens.write import WriteScreen
from case_audit.tui.widgets.grade_list import GradeList
from screens import at, shown, workspace
from stored import a_round, audit_case, case_ids, with_frame
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from case_audit.services.database import Database

RATIONALE = "Manager's note of 12 February gives who and when."


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["1"], O),
        (["2"], G),
        (["3"], R),
        (["4"], I),
        (["0"], NOT_APPLICABLE),
        (["x"], NOT_EVIDENCED),
        (["4", "2"], G),
        (["2", "backspace"], ""),
        (["down", "enter"], R),
        (["up", "up", "enter"], O),
        (["k", "j", "j", "j", "enter"], I),
    ],
)
async def test_a_key_gives_an_answer_and_it_is_saved_at_once(
    ready: Start, embedded: Database, keys: list[str], value: str
) -> None:
    """Read back through a connection of its own while the app still runs."""
    async with workspace(ready) as pilot:
        await pilot.press(*keys)

        assert kept_answer(embedded, "v1").value == value
        assert kept_answer(embedded, "v1").auditor == "Ann Auditor"
        assert "Saved" in shown(pilot.app)


async def test_the_rationale_is_kept_with_every_letter(
    ready: Start, embedded: Database
) -> None:
    """As a draft while it is typed, as an answer when the field is left."""
    async with workspace(ready) as pilot:
        await pilot.press("2", "e", *"seen")
        await until(pilot, lambda: "every letter is kept" in shown(pilot.app))
        assert kept_answer(embedded, "v1").rationale == ""
        with embedded.read() as uow:
            assert [d.text for d in uow.audits.drafts(1)] == ["seen"]

        await pilot.press("tab", *"VIS 3", "enter")
        await until(pilot, lambda: kept_answer(embedded, "v1").rationale == "seen")

        assert kept_answer(embedded, "v1").evidence == "VIS 3"
        assert isinstance(pilot.app.focused, GradeList)
        with embedded.read() as uow:
            assert uow.audits.drafts(1) == []


async def test_what_was_being_typed_when_it_ended_is_told_on_opening(
    ready: Start, embedded: Database
) -> None:
    """The draft becomes part of the answer again, and the auditor knows."""
    async with workspace(ready) as pilot:
        await pilot.press("2")
    with embedded.write() as uow:
        draft = typed("criterion", "v1", field="evidence", text="VIS 2")
        uow.audits.keep_draft(1, draft, auditor="Ann Auditor", at_utc="")
        uow.commit()

    async with workspace(ready) as pilot:
        assert "Recovered 1 unfinished note" in shown(pilot.app)
        assert pilot.app.screen.query_one(Input).value == "VIS 2"
    assert kept_answer(embedded, "v1").evidence == "VIS 2"
    assert kept_answer(embedded, "v1").value == G


async def test_digits_in_a_text_are_text(ready: Start, embedded: Database) -> None:
    """Nobody grades by writing a date."""
    async with workspace(ready) as pilot:
        await pilot.press("e", *"n4 x0", "escape")
        await until(pilot, lambda: kept_answer(embedded, "v1").rationale == "n4 x0")

        assert kept_answer(embedded, "v1").value == ""


async def test_a_text_belongs_to_the_criterion_it_was_typed_under(
    ready: Start, embedded: Database
) -> None:
    """Even if the next criterion is asked for in the same breath."""
    async with workspace(ready) as pilot:
        await pilot.press("e", *"first", "escape", "n", "e", *"second", "escape", "p")
        await until(pilot, lambda: kept_answer(embedded, "v2").rationale == "second")

        assert kept_answer(embedded, "v1").rationale == "first"
        assert pilot.app.screen.query_one(TextArea).text == "first"


async def test_moving(ready: Start) -> None:
    """Next, back, next open; never beyond either end."""
    async with workspace(ready) as pilot:

        def place() -> str:
            return str(pilot.app.screen._desk.criterion.id)  # type: ignore[attr-defined]  # noqa: SLF001

        await pilot.press("p")
        assert place() == "v1"
        await pilot.press("n", "n", "n", "n", "n")
        assert place() == "s2"
        await pilot.press("2", "N")
        assert place() == "v1"
        await pilot.press("2", "N")
        assert place() == "v2"


async def test_undo_and_redo_are_changes_of_their_own(
    ready: Start, embedded: Database
) -> None:
    """Nothing that was ever answered is lost from the history."""
    async with workspace(ready) as pilot:
        await pilot.press("u")
        assert "Nothing to undo" in shown(pilot.app)
        await pilot.press("2", "n", "4", "u")
        assert kept_answer(embedded, "v2").value == ""
        await pilot.press("u")
        assert kept_answer(embedded, "v1").value == ""
        await pilot.press("U", "U")
        assert (
            kept_answer(embedded, "v1").value,
            kept_answer(embedded, "v2").value,
        ) == (G, I)
        await pilot.press("U")
        assert "Nothing to redo" in shown(pilot.app)

    with embedded.read() as uow:
        values = [a.value for a in uow.audits.history(1, "criterion", "v1")]
    assert values == [G, "", G]


async def test_a_case_is_resumed_at_the_same_criterion(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("2", "n", "n")

    async with workspace(ready) as pilot:
        assert "s1 Label of s1" in shown(pilot.app)
        assert "Resumed where you were" in shown(pilot.app)
        assert kept_answer(embedded, "v1").value == G


async def test_looking_at_a_case_does_not_take_it(
    ready: Start, embedded: Database
) -> None:
    """Opened and left without an answer, it is anybody's again."""
    async with workspace(ready) as pilot:
        await pilot.press("n", "f", "escape", "escape")
        await until(pilot, at(pilot, HomeScreen))
        assert "Continue where you were" not in shown(pilot.app)
        with embedded.read() as uow:
            assert uow.audits.of_case(case_ids(embedded)[0]) is None
        await pilot.press("c")
        await until(pilot, at(pilot, AuditScreen))
        await pilot.press("2", "escape")
        await until(pilot, at(pilot, HomeScreen))
        assert "case 1 · 1 of 4 criteria answered" in shown(pilot.app)


async def test_what_is_missing_is_said_beside_saved(ready: Start) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("4")

        assert "inadequate, but no rationale is given" in shown(pilot.app)


async def write_closing(pilot: Pilot[None]) -> None:
    """Write every closing statement."""
    for key in CLOSING:
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index(f"closing:{key}")
        await pilot.press("enter")
        await until(pilot, at(pilot, WriteScreen))
        await pilot.press(*"true", "escape")
        await until(pilot, at(pilot, ClosingScreen))


async def test_a_whole_case_is_submitted(ready: Start, embedded: Database) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("2", "n", "2", "n", "2", "n", "2", "c")
        await until(pilot, at(pilot, ClosingScreen))
        assert "4 things are missing" in shown(pilot.app)
        await pilot.press("question_mark")
        await until(pilot, at(pilot, HelpScreen))
        assert "Enter       Write, tick, go there" in shown(pilot.app)
        await pilot.press("escape")
        await until(pilot, at(pilot, ClosingScreen))
        await write_closing(pilot)
        assert "Nothing is missing" in shown(pilot.app)
        await pilot.press("s")
        await until(pilot, at(pilot, ConfirmScreen))
        assert "Submit this audit as G Good?" in shown(pilot.app)
        await pilot.press("n")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.press("s", "y")
        await until(pilot, at(pilot, HomeScreen))
        await until(pilot, lambda: "Case 1 is submitted: G Good." in shown(pilot.app))

    with embedded.read() as uow:
        audit = uow.audits.get(1)
    assert audit.state == "submitted"
    assert '"standing": "good"' in audit.computed


async def test_submitting_too_early_goes_to_what_is_missing(
    ready: Start, embedded: Database
) -> None:
    async with workspace(ready) as pilot:
        await pilot.press("4", "n", "2", "n", "2", "n", "2", "c")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.press("s")
        await pilot.pause()
        assert "inadequate, but no rationale is given" in shown(pilot.app)
        await pilot.press("enter")
        await until(pilot, at(pilot, AuditScreen))

        assert "v1 Label of v1" in shown(pilot.app)
    with embedded.read() as uow:
        assert uow.audits.get(1).state == "open"


async def test_overruling_keeps_both_grades(ready: Start, embedded: Database) -> None:
    """Saved when it is chosen, with the reason as it is typed."""
    async with workspace(ready, (100, 40)) as pilot:
        await pilot.press("2", "n", "2", "n", "2", "n", "2", "c")
        await until(pilot, at(pilot, ClosingScreen))
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("domain:safety")
        await pilot.press("enter")
        await until(pilot, at(pilot, OverruleScreen))
        await pilot.press("3")
        assert kept_answer(embedded, "safety", "domain").value == R
        await pilot.press(*"thin", "escape")
        await until(pilot, at(pilot, ClosingScreen))

        assert kept_answer(embedded, "safety", "domain").rationale == "thin"
        assert "(yours; computed G Good)" in shown(pilot.app)
        await pilot.press("enter")
        await until(pilot, at(pilot, OverruleScreen))
        await pilot.press("tab", "shift+tab", "c")
        await until(pilot, at(pilot, ClosingScreen))
        assert kept_answer(embedded, "safety", "domain").value == ""
        assert kept_answer(embedded, "safety", "domain").rationale == ""


async def test_a_case_of_somebody_else_may_only_be_read(
    ready: Start, embedded: Database
) -> None:
    case_id = case_ids(embedded)[0]
    audit_case(embedded, case_id, {"v1": I}, auditor="Bob", then_submit=False)
    unit = embedded_unit(embedded)
    start = Start(
        url=ready.url, settings=ready.settings, round_name="Spring 2026", unit=unit
    )
    async with workspace(start) as pilot:
        assert "Read only: Bob" in shown(pilot.app)
        await pilot.press("2", "e", "v")
        assert isinstance(pilot.app.focused, GradeList)
        assert pilot.app.screen.query_one(Input).disabled
        await pilot.press("c")
        await until(pilot, at(pilot, ClosingScreen))
        await pilot.press("enter", "s")

    assert kept_answer(embedded, "v1").value == I


def embedded_unit(database: Database) -> str:
    with database.read() as uow:
        return uow.rounds.case(case_ids(database)[0]).unit


async def test_a_change_made_elsewhere_is_not_overwritten(
    ready: Start, embedded: Database
) -> None:
    """Two windows on one case: the second is told, and loses nothing."""
    async with workspace(ready) as pilot:
        audit_case(
            embedded,
            case_ids(embedded)[0],
            {"v1": I},
            auditor="Ann Auditor",
            then_submit=False,
        )
        await pilot.press("2")
        await pilot.pause()

        assert "NOT SAVED" in shown(pilot.app)
        assert kept_answer(embedded, "v1").value == I


async def test_a_longer_scale_brings_its_own_keys(
    embedded: Database, tmp_path: Path
) -> None:
    """Nothing in the workspace knows that there are four grades."""
    names = "abcdef"
    scale = a_lettered_scale("Six", names)
    criterion = a_criterion("v1", descriptors={n: f"It looks {n}." for n in names})
    rubric = replace(
        a_rubric({"voice": (criterion,)}, limits=(), roles={}), scale=scale
    )
    with_frame(embedded)
    a_round(embedded, rubric=rubric)
    remember_auditor(tmp_path, "Ann Auditor")
    start = Start(url=embedded.url, settings=tmp_path, round_name="Spring 2026")
    async with workspace(start) as pilot:
        await pilot.press("6")

        assert kept_answer(embedded, "v1").value == "f"
        assert "6 F Grade f." in shown(pilot.app)


async def test_an_undo_that_cannot_be_kept_is_said_and_can_be_tried_again(
    ready: Start, embedded: Database
) -> None:
    """The step is not forgotten, and the app does not end."""
    async with workspace(ready) as pilot:
        await pilot.press("2")
        elsewhere = replace(kept_answer(embedded, "v1"), value=I)
        give_answer(embedded, 1, elsewhere, auditor="Ann Auditor", now=NOW)
        await pilot.press("u")
        await pilot.pause()

        assert "NOT SAVED" in shown(pilot.app)
        assert kept_answer(embedded, "v1").value == I
        assert pilot.app.is_running
