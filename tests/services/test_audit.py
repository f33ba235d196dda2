"""An audit is begun once, resumed where it was, and submitted when it is whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desks import answer, desk

from builders import NOW, G, I, O, R, a_criterion, a_rubric
from case_audit.core.audit.computed import computed_from_text
from case_audit.core.audit.model import (
    CLOSING,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    OPEN,
    SUBMITTED,
)
from case_audit.core.rubric.applies import Comparison
from case_audit.errors import (
    ChangedMeanwhileError,
    NothingAskedError,
    NotReadyError,
    NotYoursError,
)
from case_audit.services.answers import give_answer, keep_draft, typed
from case_audit.services.audit import (
    open_case,
    put_back,
    remember_place,
    reopen,
    submit,
)
from case_audit.services.log import check_log, newest_events
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database


def test_opening_a_case_begins_its_audit_once(database: Database, case: int) -> None:
    """The same desk comes back, with the same answers and the same place."""
    first = desk(database, case)
    answer(database, first.audit.id, "v1", G)
    remember_place(database, first.audit.id, "v2")

    again = desk(database, case)

    assert (first.yours, again.yours) == (True, True)
    assert again.audit.id == first.audit.id
    assert again.answers.criterion("v1").value == G
    assert again.audit.place == "v2"
    assert (again.cases, again.case.number) == (5, 1)
    assert again.unit.attributes["team"].startswith("Team")
    assert [d.id for d in again.domains] == ["voice", "safety"]
    assert [e["action"] for e in newest_events(database, 9)].count("begin") == 1


def test_another_auditor_may_read_and_not_write(database: Database, case: int) -> None:
    """Nobody grades over somebody's shoulder."""
    audit = desk(database, case).audit.id
    answer(database, audit, "v1", G)

    other = desk(database, case, "Bo")

    assert not other.yours
    assert other.answers.criterion("v1").value == G
    draft = typed("criterion", "v1", field="rationale", text="x")
    for act in (
        lambda: give_answer(
            database, audit, other.answers.criterion("v1"), auditor="Bo", now=NOW
        ),
        lambda: keep_draft(database, audit, draft, auditor="Bo", now=NOW),
        lambda: submit(database, audit, auditor="Bo", now=NOW),
        lambda: reopen(database, audit, auditor="Bo", now=NOW),
    ):
        with pytest.raises(NotYoursError, match="Ann is auditing"):
            act()


def test_what_was_being_typed_comes_back(database: Database, case: int) -> None:
    """The app ended badly: both texts are answers again, on top of the grade."""
    audit = desk(database, case).audit.id
    answer(database, audit, "v1", G)
    for field, text in (("rationale", "Seen al"), ("evidence", "VIS-1")):
        draft = typed("criterion", "v1", field=field, text=text)
        keep_draft(database, audit, draft, auditor="Ann", now=NOW)
    draft = typed("closing", "improve", field="rationale", text="Write")
    keep_draft(database, audit, draft, auditor="Ann", now=NOW)

    reader, back, later = (
        desk(database, case, "Bo"),
        desk(database, case),
        desk(database, case),
    )

    assert (reader.recovered, back.recovered, later.recovered) == (0, 3, 0)
    found = back.answers.criterion("v1")
    assert (found.value, found.rationale, found.evidence) == (G, "Seen al", "VIS-1")
    assert found.revision == 3
    assert back.answers.get("closing", "improve").rationale == "Write"
    assert later.answers == back.answers
    assert check_log(database).broken is None


def test_a_draft_that_says_nothing_new_recovers_nothing(
    database: Database, case: int
) -> None:
    audit = desk(database, case).audit.id
    draft = typed("criterion", "v1", field="rationale", text="")
    keep_draft(database, audit, draft, auditor="Ann", now=NOW)

    assert desk(database, case).recovered == 0


def test_undoing_and_doing_again_is_a_chain_of_revisions(
    database: Database, case: int
) -> None:
    """Going back is a change like any other; nothing disappears."""
    audit = desk(database, case).audit.id
    for value in (G, I, G, "", R):
        answer(database, audit, "v1", value)

    with database.read() as uow:
        values = [a.value for a in uow.audits.history(audit, "criterion", "v1")]

    assert values == [G, I, G, "", R]
    assert desk(database, case).answers.criterion("v1").value == R


def test_submitting_names_every_gap_and_changes_nothing(
    database: Database, case: int
) -> None:
    """One list of all that is missing, by name, in the order of the rubric."""
    audit = desk(database, case).audit.id
    answer(database, audit, "v1", O)
    answer(database, audit, "v2", NOT_APPLICABLE)
    answer(database, audit, "s1", NOT_EVIDENCED)
    answer(database, audit, "voice", I, part="domain")
    answer(database, audit, "overall", I, part="overall")
    lines = check_log(database).lines

    with pytest.raises(NotReadyError) as caught:
        submit(database, audit, auditor="Ann", now=NOW)

    assert list(caught.value.details) == [
        "v1 Label of v1: outstanding, but no rationale is given",
        "v2 Label of v2: not applicable, but no reason is given",
        "s1 Label of s1: not evidenced, but nothing says what was looked for",
        "s2 Label of s2: not yet assessed",
        "Domain voice: the computed grade is overruled, but no reason is given",
        *(f"{heading}: not written yet" for heading in CLOSING.values()),
    ]
    assert desk(database, case).audit.state == OPEN
    assert check_log(database).lines == lines


@pytest.mark.parametrize("left", ["v1", "v2", "s1", "s2", *CLOSING])
def test_one_thing_missing_is_enough(database: Database, case: int, left: str) -> None:
    """Whatever it is: an audit is whole or it is not submitted."""
    audit = desk(database, case).audit.id
    for subject in {"v1", "v2", "s1", "s2"} - {left}:
        answer(database, audit, subject, G)
    for subject in set(CLOSING) - {left}:
        answer(database, audit, subject, part="closing", rationale="True.")

    with pytest.raises(NotReadyError) as caught:
        submit(database, audit, auditor="Ann", now=NOW)

    assert len(caught.value.details) == 1


def test_a_submitted_audit_is_fixed_with_its_grades_and_reasons(
    database: Database,
) -> None:
    """LIM1 makes the safety domain inadequate, LIM2 the case, as they stood.

    Without them the middle of safety, and of the three domains, would be good.
    """
    rubric = a_rubric(
        {
            "voice": (a_criterion("v1"),),
            "plan": (a_criterion("p1"),),
            "safety": (
                a_criterion("s1", critical=True),
                a_criterion("s2"),
                a_criterion("s3"),
            ),
        }
    )
    with_frame(database)
    a_round(database, rubric=rubric)
    case = case_ids(database)[0]
    audit = audit_case(database, case, {"s1": I}, rest=G)

    found = desk(database, case)

    computed = computed_from_text(found.audit.computed)
    assert (found.audit.state, found.yours) == (SUBMITTED, False)
    assert found.audit.submitted_utc == "2026-04-01T12:00:00Z"
    assert {k: (c.standing, c.rule) for k, c in computed.items()} == {
        "voice": (G, "lower_median"),
        "plan": (G, "lower_median"),
        "safety": (I, "LIM1"),
        "overall": (I, "LIM2"),
    }
    with pytest.raises(NotYoursError, match="Ann has submitted"):
        answer(database, audit, "v1", R)
    with pytest.raises(NotYoursError, match="Ann has submitted"):
        submit(database, audit, auditor="Ann", now=NOW)


def test_a_submitted_audit_can_be_taken_back_by_its_auditor(
    database: Database, case: int
) -> None:
    """Answers and their history stay; the computed grades are made anew."""
    audit = audit_case(database, case, {"s1": I}, rest=G)
    with pytest.raises(NotYoursError, match="Ann has submitted"):
        reopen(database, audit, auditor="Bo", now=NOW)

    reopen(database, audit, auditor="Ann", now=NOW)
    reopen(database, audit, auditor="Ann", now=NOW)
    open_again = desk(database, case)
    answer(database, audit, "s1", G)
    judgement = submit(database, audit, auditor="Ann", now=NOW)

    assert (open_again.audit.state, open_again.audit.computed) == (OPEN, "")
    assert open_again.answers.criterion("s1").value == I
    assert judgement.overall.standing == G
    actions = [e["action"] for e in newest_events(database, 99)]
    assert (actions.count("submit"), actions.count("reopen")) == (2, 1)


def test_the_auditors_own_grade_stands_with_both_on_record(
    database: Database, case: int
) -> None:
    audit = audit_case(database, case, {}, rest=G, then_submit=False)
    answer(database, audit, "voice", R, part="domain", rationale="Felt, not said.")
    for key in CLOSING:
        answer(database, audit, key, part="closing", rationale="True.")

    submit(database, audit, auditor="Ann", now=NOW)

    computed = computed_from_text(desk(database, case).audit.computed)
    assert (computed["voice"].grade, computed["voice"].standing) == (G, R)


def test_criteria_that_are_not_asked_are_not_missed(database: Database) -> None:
    """A rubric for several cohorts asks each child what concerns it."""
    with_frame(database)
    rubric = a_rubric(
        {
            "voice": (a_criterion("v1"), a_criterion("v2", cohorts=("cic",))),
            "care": (a_criterion("k1", cohorts=("cic",)),),
        }
    )
    a_round(database, rubric=rubric)
    case = case_ids(database)[0]

    audit_case(database, case, {"v1": G})

    found = desk(database, case)
    assert [c.id for d in found.domains for c in d.criteria] == ["v1"]
    assert found.audit.state == SUBMITTED


def test_two_windows_of_one_auditor_do_not_overwrite_each_other(
    database: Database, case: int
) -> None:
    first, second = desk(database, case), desk(database, case)
    change = replace(first.answers.criterion("v1"), value=G)
    give_answer(database, first.audit.id, change, auditor="Ann", now=NOW)

    with pytest.raises(ChangedMeanwhileError):
        give_answer(
            database,
            second.audit.id,
            replace(second.answers.criterion("v1"), value=I),
            auditor="Ann",
            now=NOW,
        )

    assert desk(database, case).answers.criterion("v1").value == G


def test_looking_at_a_case_does_not_take_it(database: Database, case: int) -> None:
    """Left without an answer, it is free again; both acts are in the log."""
    audit = desk(database, case).audit.id

    back = put_back(database, audit, auditor="Ann", now=NOW)

    other = desk(database, case, "Bo")
    assert back
    assert (other.yours, other.audit.auditor) == (True, "Bo")
    actions = [e["action"] for e in newest_events(database, 3)]
    assert actions == ["begin", "put back", "begin"]
    assert check_log(database).broken is None


@pytest.mark.parametrize("touched", ["answered", "typed", "submitted", "another's"])
def test_a_case_that_was_worked_on_is_not_put_back(
    database: Database, case: int, touched: str
) -> None:
    """Nothing anybody wrote is ever forgotten this way."""
    audit = desk(database, case).audit.id
    if touched == "answered":
        answer(database, audit, "v1", G)
    elif touched == "typed":
        draft = typed("criterion", "v1", field="rationale", text="S")
        keep_draft(database, audit, draft, auditor="Ann", now=NOW)
    elif touched == "submitted":
        audit_case(database, case, {}, rest=G)
    by = "Bo" if touched == "another's" else "Ann"

    assert not put_back(database, audit, auditor=by, now=NOW)
    assert desk(database, case).audit.id == audit


def test_a_number_is_never_given_to_two_audits(embedded: Database) -> None:
    """A window left open on a case that was put back must not write into another."""
    with_frame(embedded)
    a_round(embedded)
    first, second = case_ids(embedded)[:2]
    looked = open_case(embedded, first, auditor="Ann", now=NOW)

    assert put_back(embedded, looked.audit.id, auditor="Ann", now=NOW)
    other = open_case(embedded, second, auditor="Ann", now=NOW)

    assert other.audit.id != looked.audit.id


def test_a_case_of_which_nothing_is_asked_is_not_opened(database: Database) -> None:
    """There is nothing to put on the desk, and no audit is begun."""
    elsewhere = Comparison(field="team", operator="==", value="Team elsewhere")
    with_frame(database)
    a_round(database, rubric=a_rubric({"d": (a_criterion("c", applies=elsewhere),)}))
    case = case_ids(database)[0]

    with pytest.raises(NothingAskedError, match="asks nothing of case 1"):
        desk(database, case)

    assert "begin" not in [e["action"] for e in newest_events(database, 9)]
