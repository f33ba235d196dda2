"""Actions and escalations are kept, followed to their end, and in the sealed log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from builders import LIM1, LIM2, NOW, G, I, a_rubric
from case_audit.core.followup.model import Counts
from case_audit.errors import (
    ActionError,
    ActionStateError,
    NoEscalationError,
    UnknownActionError,
    UnknownRoundError,
)
from case_audit.services.audit import reopen, submit
from case_audit.services.followup import (
    Wanted,
    add_action,
    close_escalation,
    escalations,
    finish_action,
    followed,
    open_actions,
    verify_action,
)
from case_audit.services.log import check_log, newest_events
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.followup.model import Action
    from case_audit.services.database import Database

ROUND = "Spring 2026"
RAISING = a_rubric(limits=(replace(LIM1, raises="E2"), LIM2))
TODAY = date(2026, 10, 1)
ASKED = Wanted(
    about="case:1",
    text="See the child\x1b",
    owner="Head of  service",
    due="2026-09-30",
    measure="A visit on file",
)


def audited(database: Database) -> list[int]:
    """Three cases: two inadequate, as the critical criterion is; one good."""
    with_frame(database, size=3)
    a_round(database, size=3, rubric=RAISING)
    ids = case_ids(database)
    found = [
        audit_case(database, case, {"s1": grade}, rest=G)
        for case, grade in zip(ids, (I, I, G), strict=True)
    ]
    audit_case_second(database, ids[2])
    return found


def audit_case_second(database: Database, case: int) -> None:
    """A second audit finds the third case inadequate, which counts for nothing."""
    with database.write() as uow:
        kept = uow.audits.begin(case, auditor="Bo", at_utc="now", role="second")
        (first, *_) = uow.audits.of_round(1)
        uow.audits.submit(kept.id, at_utc="now", computed=first.computed)
        uow.commit()


def added(database: Database, wanted: Wanted = ASKED) -> Action:
    return add_action(database, None, wanted, by="Lee", now=NOW)


def test_an_action_goes_from_open_to_verified(database: Database) -> None:
    """Each step once, in order, with what shows it, and a line in the log."""
    audited(database)
    first = added(database)
    added(database, replace(ASKED, about="criterion: s1", due="2026-12-31"))
    before = followed(database, None, today=TODAY)

    def step(act: Callable[..., Action], number: int, evidence: str) -> Action:
        day = date(2026, 10, 2)
        return act(
            database, None, number, evidence=evidence, day=day, by="Lee", now=NOW
        )

    with pytest.raises(ActionStateError, match="open"):
        step(verify_action, 1, "x")
    done = step(finish_action, 1, "Visited")
    with pytest.raises(ActionStateError, match="done"):
        step(finish_action, 1, "x")
    seen = step(verify_action, 1, "Read it")
    with pytest.raises(UnknownActionError):
        step(finish_action, 3, "x")

    assert (first.text, first.owner) == (
        "See the child\N{SYMBOL FOR SUBSTITUTE FORM TWO}",
        "Head of service",
    )
    assert before.counts == Counts(open=2, overdue=1, done=0, verified=0)
    assert (done.status, done.done_on, done.evidence) == (
        "done",
        "2026-10-02",
        "Visited",
    )
    after = followed(database, ROUND, today=TODAY)
    assert after.actions[0] == seen
    assert seen.evidence == "Visited\nRead it"
    assert [a.number for a in open_actions(database, ROUND)] == [2]
    assert [e["action"] for e in newest_events(database, 4)] == [
        "add action",
        "add action",
        "action done",
        "action verified",
    ]
    assert check_log(database).broken is None


def test_cases_that_nothing_follows_from_are_told(database: Database) -> None:
    """Until an action is about them, or a later round has them again."""
    audited(database)
    bare = followed(database, None, today=TODAY).without
    added(database, replace(ASKED, about="domain:safety"))
    area = added(database, replace(ASKED, about="area"))
    case = followed(database, None, today=TODAY).without
    added(database)
    one = followed(database, None, today=TODAY).without
    a_round(database, name="Later", size=3)
    sql(database, "UPDATE round SET purpose = 'history' WHERE name = 'Later'")
    imported = followed(database, ROUND, today=TODAY).without
    sql(database, "UPDATE round SET purpose = 'random', cohort = 'x' WHERE id = 2")
    elsewhere = followed(database, ROUND, today=TODAY).without
    sql(database, "UPDATE round SET cohort = 'cp' WHERE id = 2")

    assert (bare, case, one) == ((1, 2), (1, 2), (2,))
    assert (imported, elsewhere) == ((2,), (2,))
    assert area.subject == "help_and_protection"
    assert followed(database, ROUND, today=TODAY).without == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"about": "case:9"}, "is not in this round"),
        ({"about": "whim"}, "is not in this round"),
        ({"about": "criterion:"}, "is not in this round"),
        ({"text": " "}, "The text is missing"),
        ({"text": "x" * 2001}, "longer than 2000"),
        ({"owner": "ann"}, "is a person who audited"),
        ({"due": "soon"}, "is no date"),
        ({"reaudit": "2026-02-30"}, "is no date"),
        ({"measure": ""}, "The measure is missing"),
    ],
)
def test_what_is_no_action_is_refused(
    embedded: Database, change: dict[str, str], said: str
) -> None:
    audited(embedded)

    with pytest.raises(ActionError, match=said):
        added(embedded, replace(ASKED, **change))

    assert followed(embedded, None, today=TODAY).actions == ()


def test_escalations_are_open_until_closed(database: Database) -> None:
    """And again if the case is audited anew and the rules ask for it again."""
    first, *_ = audited(database)
    raised = escalations(database, ROUND)
    close_escalation(database, None, 1, note="Told the head", by="Lee", now=NOW)
    closed = escalations(database, ROUND)
    for number in (1, 3, 9):
        with pytest.raises(NoEscalationError):
            close_escalation(database, None, number, note="x", by="Lee", now=NOW)
    with pytest.raises(ActionError, match="note is missing"):
        close_escalation(database, None, 2, note=" ", by="Lee", now=NOW)
    reopen(database, first, auditor="Ann", now=NOW)
    begun = escalations(database, ROUND)
    submit(database, first, auditor="Ann", now=NOW + timedelta(hours=1))
    again = escalations(database, ROUND)

    assert [(e.number, e.level, e.open) for e in raised] == [
        (1, "E2", True),
        (2, "E2", True),
    ]
    assert raised[0].since == "2026-04-01T12:00:00Z"
    # The limit asks for it; the grade there was the lowest without it.
    assert raised[0].rule == "lower_median"
    assert (closed[0].open, closed[0].note) == (False, "Told the head")
    assert [e.number for e in begun] == [2]
    assert [(e.number, e.open) for e in again] == [(1, True), (2, True)]
    actions = [e["action"] for e in newest_events(database, 4)]
    assert "close escalation" in actions
    assert sql(database, "SELECT count(*) FROM escalation_closed") == [(1,)]


def test_rounds_must_be_there(embedded: Database) -> None:
    with pytest.raises(UnknownRoundError):
        open_actions(embedded, "Nowhere")
    with pytest.raises(UnknownRoundError):
        escalations(embedded, "Nowhere")
