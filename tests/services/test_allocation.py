"""Cases of a round are given out, kept, moved, taken back and given back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from desks import desk

from builders import NOW, G
from case_audit.core.allocation.model import Auditor
from case_audit.errors import (
    ClosedRoundError,
    GivenToAnotherError,
    NoAllocationError,
    NothingAllocatedError,
    UnknownRoundError,
)
from case_audit.services.allocation import (
    assign,
    clear_allocation,
    show_allocation,
    undo_allocation,
)
from case_audit.services.audit import open_case, submit
from case_audit.services.home import home, next_case, round_cases
from case_audit.services.log import check_log, newest_events
from case_audit.services.rounds import close_round, reopen_round
from stored import a_round, audit_case, case_ids, sql

if TYPE_CHECKING:
    from case_audit.services.allocation_page import AllocationPage
    from case_audit.services.database import Database

ROUND = "Spring 2026"
ANN, BO = Auditor(name="Ann"), Auditor(name="Bo")


@pytest.fixture
def _drawn(database: Database, case: int) -> None:
    """A round of five, and one of eight."""
    del case
    a_round(database, name="Larger", size=8)


def give(
    database: Database,
    *auditors: Auditor,
    name: str = ROUND,
    keep: bool = True,
    allow_own_team: bool = False,
) -> AllocationPage:
    return assign(
        database,
        name,
        auditors,
        allow_own_team=allow_own_team,
        by="Lee",
        now=NOW,
        keep=keep,
    )


def readers(page: AllocationPage) -> dict[int, str]:
    return {one.case.number: one.auditor for one in page.cases}


def counts(page: AllocationPage) -> Counter[str]:
    return Counter(one.auditor for one in page.cases)


@pytest.mark.usefixtures("_drawn")
def test_cases_are_given_out_and_shown(database: Database) -> None:
    before = show_allocation(database, ROUND)

    given = give(database, ANN, Auditor(name="Bo", capacity=4, teams=("Team 2",)))
    shown = show_allocation(database, ROUND)

    assert (before.revision.number, before.nobody, before.readers) == (0, 5, ())
    assert readers(shown) == readers(given)
    assert shown.revision == given.revision
    assert (shown.revision.by, shown.revision.number, shown.nobody) == ("Lee", 1, 0)
    assert sorted(counts(shown).values()) == [2, 3]
    assert [(r.auditor, r.capacity, r.teams) for r in shown.readers] == [
        ("Ann", None, ()),
        ("Bo", 4, ("Team 2",)),
    ]
    assert all(one.team != "Team 2" for one in shown.cases if one.auditor == "Bo")
    assert show_allocation(database, "Larger").nobody == 8


@pytest.mark.usefixtures("_drawn")
def test_a_trial_keeps_nothing(database: Database) -> None:
    events = check_log(database).lines

    page = give(database, ANN, BO, keep=False)

    assert (page.kept, page.nobody) == (False, 0)
    assert show_allocation(database, ROUND).nobody == 5
    assert check_log(database).lines == events


@pytest.mark.usefixtures("_drawn")
def test_every_change_is_in_the_sealed_log_and_nothing_else_is(
    database: Database,
) -> None:
    """The line fixes the whole allocation; a name in it would be a leak."""
    give(database, ANN, BO)
    give(database, BO, ANN)
    undo_allocation(database, ROUND, by="Lee", now=NOW)
    give(database, ANN, BO)
    clear_allocation(database, ROUND, by="Lee", now=NOW)

    lines = newest_events(database, 4)

    assert [(e["action"], e["subject"], e["actor"]) for e in lines] == [
        ("assign", "round 1 allocation 1", "Lee"),
        ("undo assign", "round 1 allocation 2", "Lee"),
        ("assign", "round 1 allocation 3", "Lee"),
        ("clear assign", "round 1 allocation 4", "Lee"),
    ]
    assert lines[0]["content"] == lines[2]["content"] != lines[1]["content"]
    assert check_log(database).broken is None


@pytest.mark.usefixtures("_drawn")
def test_what_is_begun_stays_and_the_rest_moves_only_where_it_must(
    database: Database,
) -> None:
    """Cy leaves: Cy's case that is begun stays, the other one moves, no more."""
    cy = Auditor(name="Cy")
    first = give(database, ANN, BO, cy, name="Larger")
    begun, *others = [one.case for one in first.cases if one.auditor == "Cy"]
    audit_case(database, begun.id, {"v1": G}, auditor="Cy", then_submit=False)

    second = give(database, ANN, BO, name="Larger")

    hows = {one.case.number: one.placed.how for one in second.cases if one.placed}
    assert hows[begun.number] == "begun"
    assert {n for n, how in hows.items() if how == "moved"} == {
        c.number for c in others
    }
    assert readers(second)[begun.number] == "Cy"
    assert [(r.auditor, r.begun) for r in second.readers] == [
        ("Ann", 0),
        ("Bo", 0),
        ("Cy", 1),
    ]
    assert max(counts(second)["Ann"], counts(second)["Bo"]) == 4
    assert not give(database, ANN, BO, name="Larger").changed


@pytest.mark.usefixtures("_drawn")
def test_replaced_cases_are_left_out_and_new_ones_given_out(
    database: Database,
) -> None:
    """As a replacement does: one case does not stand any more, another came."""
    first = give(database, ANN, BO)
    gone = first.cases[0]
    sql(
        database,
        "UPDATE round_case SET state = 'replaced' WHERE id = :i",
        i=gone.case.id,
    )
    sql(
        database,
        "INSERT INTO round_case (id, round_id, number, unit, stratum, state)"
        " SELECT 99, 1, 6, MIN(unit), 'all', 'reserve used' FROM frame_unit"
        " WHERE unit NOT IN (SELECT unit FROM round_case WHERE round_id = 1)",
    )

    shown = show_allocation(database, ROUND)
    second = give(database, ANN, BO)

    assert (shown.nobody, readers(shown)[6]) == (1, "")
    assert 1 not in readers(second)
    assert [one.placed.how for one in second.cases if one.placed] == [
        *["kept"] * 4,
        "new",
    ]
    assert sorted(counts(second).values()) == [2, 3]


@pytest.mark.usefixtures("_drawn")
def test_undo_goes_back_step_by_step(database: Database) -> None:
    """Every state is kept; undoing twice goes back twice, and then it ends."""
    one = readers(give(database, ANN))
    two = readers(give(database, ANN, BO))
    clear_allocation(database, ROUND, by="Lee", now=NOW)

    back = [
        readers(undo_allocation(database, ROUND, by="Lee", now=NOW)) for _ in range(3)
    ]

    assert back[:2] == [two, one]
    assert set(back[2].values()) == {""}
    with pytest.raises(NothingAllocatedError):
        undo_allocation(database, ROUND, by="Lee", now=NOW)
    with pytest.raises(NothingAllocatedError):
        clear_allocation(database, ROUND, by="Lee", now=NOW)
    assert show_allocation(database, ROUND).revision.number == 6


@pytest.mark.usefixtures("_drawn")
def test_undoing_and_clearing_can_be_tried(database: Database) -> None:
    given = readers(give(database, ANN, BO))

    cleared = clear_allocation(database, ROUND, by="Lee", now=NOW, keep=False)
    undone = undo_allocation(database, ROUND, by="Lee", now=NOW, keep=False)

    assert cleared.nobody == undone.nobody == 5
    assert not cleared.kept
    assert readers(show_allocation(database, ROUND)) == given


@pytest.mark.usefixtures("_drawn")
def test_what_cannot_be_given_out_says_why_without_naming_a_child(
    database: Database,
) -> None:
    """Ann works with everybody's team; only case numbers are told."""
    teams = ("team 0", "TEAM 1", " Team 2")

    with pytest.raises(NoAllocationError) as caught:
        give(database, Auditor(name="Ann", teams=teams))
    said = " ".join(caught.value.lines)
    allowed = give(database, Auditor(name="Ann", teams=teams), allow_own_team=True)

    assert "5 cases of 5" in said
    assert "Cases 1, 2, 3, 4, 5: nobody on the list may read them." in said
    assert "--allow-own-team" in said
    assert "C0" not in said
    assert [one.placed.barred for one in allowed.cases if one.placed] == [
        "own team"
    ] * 5
    with pytest.raises(UnknownRoundError):
        give(database, ANN, name="Winter")


@pytest.mark.usefixtures("_drawn")
def test_a_worker_never_reads_an_own_case_however_the_name_is_spelt(
    database: Database,
) -> None:
    """Seven workers of the frame, each of whom audits too."""
    workers = [Auditor(name=f"WORKER  {i}") for i in range(7)]

    page = give(database, *workers, name="Larger")

    with database.read() as uow:
        for one in page.cases:
            unit = uow.frames.unit(page.round.frame_id, one.case.unit)
            assert unit.attributes["worker"].upper() != " ".join(one.auditor.split())


@pytest.mark.usefixtures("_drawn")
def test_teams_and_own_cases_that_are_not_there_are_told(database: Database) -> None:
    odd = Auditor(name="Bo", teams=("Teem 1", "team2"), units=frozenset({"C9999"}))

    page = give(database, ANN, odd)

    assert page.unknown_teams == (("Bo", "Teem 1"),)
    assert page.frame_teams == ("Team 0", "Team 1", "Team 2")
    assert page.strangers == 1


@pytest.mark.usefixtures("_drawn")
def test_next_is_ones_own_then_what_is_nobodys(database: Database) -> None:
    """A case of somebody else is never next."""
    ids = {one.case.number: one.case.id for one in give(database, ANN, BO).cases}
    given = readers(show_allocation(database, ROUND))
    mine = [ids[number] for number, who in given.items() if who == "Ann"]

    found = []
    while (case := next_case(database, 1, auditor="ANN")) is not None:
        found.append(case.id)
        audit_case(database, case.id, {}, rest=G, auditor="ANN")

    assert found == mine
    assert next_case(database, 1, auditor="Cy") is None
    clear_allocation(database, ROUND, by="Lee", now=NOW)
    assert next_case(database, 1, auditor="Cy") is not None


@pytest.mark.usefixtures("_drawn")
def test_the_first_screen_shows_what_is_yours_to_audit(database: Database) -> None:
    page = give(database, ANN, BO)
    mine = [one.case.number for one in page.cases if one.auditor == "Ann"]
    audit_case(
        database,
        next(one.case.id for one in page.cases if one.case.number == mine[0]),
        {"v1": G},
        then_submit=False,
    )

    found = home(database, auditor="ann ")

    assert [line.case.number for line in found.given] == mine[1:]
    assert home(database, auditor="Cy").given == ()
    _, lines = round_cases(database, 1)
    assert [line.given_to for line in lines] == [one.auditor for one in page.cases]


@pytest.mark.usefixtures("_drawn")
def test_a_case_of_somebody_else_is_opened_only_on_purpose(
    database: Database,
) -> None:
    """And then it is on record; what is begun is read as before."""
    page = give(database, ANN, BO)
    of_bo = next(one.case for one in page.cases if one.auditor == "Bo")

    with pytest.raises(GivenToAnotherError, match="is given to Bo"):
        desk(database, of_bo.id, "Ann")
    opened = open_case(database, of_bo.id, auditor="Ann", now=NOW, anyway=True)

    assert opened.yours
    assert [e["action"] for e in newest_events(database, 2)] == ["take over", "begin"]
    assert not desk(database, of_bo.id, "Bo").yours
    again = give(database, ANN, BO)
    assert readers(again)[of_bo.number] == "Ann"


@pytest.mark.usefixtures("_drawn")
def test_ones_own_case_and_nobodys_are_opened_without_asking(
    database: Database,
) -> None:
    page = give(database, ANN, BO)
    of_ann = next(one.case for one in page.cases if one.auditor == "Ann")

    assert desk(database, of_ann.id, "ann").yours
    clear_allocation(database, ROUND, by="Lee", now=NOW)
    assert desk(database, case_ids(database, "Larger")[0], "Cy").yours


@pytest.mark.usefixtures("_drawn")
def test_a_closed_round_is_given_out_no_more_until_it_is_reopened(
    database: Database,
) -> None:
    """Nothing of it changes, and the message says how to reopen this very round."""
    give(database, ANN)
    close_round(database, ROUND, by="Lee", now=NOW)

    with pytest.raises(ClosedRoundError) as refused:
        give(database, BO)
    with pytest.raises(ClosedRoundError):
        clear_allocation(database, ROUND, by="Lee", now=NOW)
    with pytest.raises(ClosedRoundError):
        undo_allocation(database, ROUND, by="Lee", now=NOW)
    with pytest.raises(ClosedRoundError):
        open_case(database, case_ids(database)[0], auditor="Ann", now=NOW)

    assert "round reopen 'Spring 2026' --reason" in refused.value.hint
    assert set(readers(show_allocation(database, ROUND)).values()) == {"Ann"}
    reopen_round(database, ROUND, reason="late case", by="Lee", now=NOW)
    assert set(readers(give(database, BO)).values()) == {"Bo"}


@pytest.mark.usefixtures("_drawn")
def test_a_submission_into_a_closed_round_is_refused(database: Database) -> None:
    """What was begun before stays begun."""
    number = case_ids(database)[0]
    audit = open_case(database, number, auditor="Ann", now=NOW).audit
    close_round(database, ROUND, by="Lee", now=NOW)

    with pytest.raises(ClosedRoundError):
        submit(database, audit.id, auditor="Ann", now=NOW)

    assert not open_case(database, number, auditor="Ann", now=NOW).yours
