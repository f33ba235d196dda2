"""The self-assessment of a round in a database, with all that stands beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, LIM7, NOW, UNMANAGED, G, I, R, a_criterion, a_rubric, units
from case_audit.core.audit.model import CLOSING, FLAG, TICKED, Answer
from case_audit.core.frame.model import Frame, FrameUnit
from case_audit.errors import (
    LeftOutError,
    NoRoundsError,
    NotShareableError,
    UnknownSubjectError,
)
from case_audit.reports.document.build import INTERNAL
from case_audit.reports.document.parts import texts
from case_audit.reports.document.shareable import Shareable
from case_audit.services.answers import give_answer
from case_audit.services.audit import submit
from case_audit.services.audit_files import import_audits
from case_audit.services.followup import (
    Wanted,
    add_action,
    close_escalation,
    finish_action,
    verify_action,
)
from case_audit.services.narrative import write_passage
from case_audit.services.report import report, self_assessment, written
from stored import a_round, audit_case, case_ids, keep_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database

TODAY = NOW.date()
RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2")), "plan": (a_criterion("b1"),)},
    limits=(),
)


def keep(database: Database, every: list[FrameUnit]) -> None:
    keep_frame(database, Frame(cohort="cp", as_at=AS_AT, units=tuple(every)))


def with_children(database: Database) -> None:
    """Forty children of three teams; every second one a girl, three not recorded."""
    keep(
        database,
        [
            FrameUnit(
                unit=one.unit,
                attributes={
                    **one.attributes,
                    **({"gender": "female" if n % 2 else "male"} if n > 3 else {}),
                },
            )
            for n, one in enumerate(units(40), start=1)
        ],
    )


def test_the_groups_are_counted_in_the_frame_and_in_the_round(
    database: Database,
) -> None:
    """Codes stand in words, and what is not recorded is a group of its own."""
    with_children(database)
    a_round(database, size=12, rubric=RUBRIC, strata=("team",), minimum=2)
    for case in case_ids(database)[:10]:
        audit_case(database, case, {}, rest=G)

    found = report(database, today=TODAY)

    by_team = found.by_team[0]
    assert by_team.key == "team"
    assert sum(g.size for g in by_team.groups) == 40
    assert sum(g.audited for g in by_team.groups) == 10
    (people,) = (one for one in found.groups if one.key == "gender")
    assert [g.group for g in people.groups] == ["Female", "Male", ""]
    assert [g.size for g in people.groups] == [18, 19, 3]
    assert len(found.by_team) == 6


def test_a_frame_without_attributes_has_no_groups(database: Database) -> None:
    keep(database, [FrameUnit(unit=f"u{n:02}", attributes={}) for n in range(9)])
    a_round(database, size=2, rubric=RUBRIC)

    found = report(database, today=TODAY)

    assert (found.by_team, found.groups) == ((), ())


def test_each_earlier_round_is_set_beside_it(database: Database) -> None:
    with_children(database)
    a_round(database, name="Spring", size=4, rubric=RUBRIC)
    for case in case_ids(database, "Spring"):
        audit_case(database, case, {}, rest=R)
    a_round(database, name="Summer", size=4, rubric=RUBRIC)

    found = report(database, today=TODAY)
    assert [t.old.facts.name for t in found.earlier] == ["Spring"]
    (line,) = (one for one in found.earlier[0].lines if one.old[0].id == "a1")
    assert found.cases(line.old[0], of="Spring").missed == (1, 2, 3, 4)
    assert report(database, "Spring", today=TODAY).earlier == ()


def test_nothing_inadequate_can_be_left_out(database: Database) -> None:
    """The refusal names each of them; what is sound may go."""
    with_children(database)
    a_round(database, size=3, rubric=RUBRIC)
    first, *others = case_ids(database)
    audit_case(database, first, {"a1": I}, rest=G)
    for case in others:
        audit_case(database, case, {}, rest=G)
    found = report(database, today=TODAY)

    with pytest.raises(LeftOutError) as refused:
        written(found, INTERNAL, without=["a1", "b1"])
    assert refused.value.what == ("a1 Label of a1: 1 case is at 'inadequate' there",)
    with pytest.raises(LeftOutError, match="2 things"):
        written(found, INTERNAL, without=["help"])

    made = written(found, INTERNAL, without=["plan"])
    assert made.shown.subjects == {"help", "a1", "a2"}


def test_what_the_rubric_does_not_have_cannot_be_left_out(database: Database) -> None:
    with_children(database)
    a_round(database, size=3, rubric=RUBRIC)

    with pytest.raises(UnknownSubjectError, match="'zz'"):
        written(report(database, today=TODAY), INTERNAL, without=["zz"])


def a_told_round(database: Database) -> None:
    """Twenty audited cases, 14 of them good, one of them inadequate."""
    with_children(database)
    a_round(database, size=20, rubric=RUBRIC)
    for n, case in enumerate(case_ids(database)):
        audit_case(database, case, {}, rest=G if n < 12 else R)


def say(database: Database, text: str, section: str = "know") -> None:
    write_passage(database, None, section, text, by="Lee", now=NOW)


def test_what_the_lead_wrote_is_in_the_document(embedded: Database) -> None:
    a_told_round(embedded)
    say(embedded, "We read 20 of 20 files.")

    made = self_assessment(embedded, None, INTERNAL, today=TODAY)

    assert "We read 20 of 20 files." in set(texts(made))


def test_own_words_that_could_tell_of_a_child_do_not_leave(embedded: Database) -> None:
    """An identifier, an auditor, a postcode, and a number that the report hides."""
    a_told_round(embedded)
    unit = units(40)[0].unit
    with embedded.read() as uow:
        drawn = [
            case.unit for case in uow.rounds.cases(uow.rounds.named("Spring 2026").id)
        ]
    say(embedded, f"Ann read {drawn[0]}, who lives at LS1 4AP.")
    say(embedded, "In 3 of 20 cases this was missed; we want 85%.", section="improve")

    with pytest.raises(NotShareableError) as refused:
        self_assessment(embedded, None, Shareable(), today=TODAY)

    told = " ".join(refused.value.what)
    assert "know, line 1" in told
    assert "improve: 3 of 20 is not shown in this report" in told
    assert drawn[0] not in told
    assert unit not in told
    assert len(refused.value.what) == 4
    assert self_assessment(embedded, None, INTERNAL, today=TODAY).sections


def test_own_words_that_tell_of_nobody_may_leave(embedded: Database) -> None:
    a_told_round(embedded)
    say(embedded, "12 of 20 audited cases are good or better, on 31 March 2026.")

    made = self_assessment(embedded, None, Shareable(), today=TODAY)

    assert any("on 31 March 2026" in text for text in texts(made))


def second_audits(database: Database, folder: Path, **grades: str) -> None:
    """Bring second audits of the first ten cases in, as a file of audits does."""
    with database.read() as uow:
        one = uow.rounds.named("Spring 2026")
        drawn = [case.unit for case in uow.rounds.cases(one.id)][:10]
    lines = [
        f"{unit},Bea,second,{criterion},{grade}"
        for unit in drawn
        for criterion, grade in grades.items()
    ]
    path = folder / "second.csv"
    path.write_text("\n".join(["unit,auditor,role,criterion,grade", *lines]), "utf-8")
    import_audits(database, path, name=None, by="Lee", now=NOW)


def test_second_audits_are_compared_and_disagreement_cannot_be_left_out(
    embedded: Database, tmp_path: Path
) -> None:
    """All ten cases read twice; a1 was graded otherwise in each, the others alike."""
    a_told_round(embedded)
    second_audits(embedded, tmp_path, a1=R, a2=G, b1=G)

    found = report(embedded, today=TODAY)

    assert found.summary.facts.read_twice == 10
    assert found.agreeing is not None
    assert found.agreeing.doubted == {"a1"}
    with pytest.raises(LeftOutError) as refused:
        written(found, INTERNAL, without=["a1"])
    assert refused.value.what == ("a1 Label of a1: graders disagree about it",)


def act(database: Database, about: str, text: str = "Ask for reasons.") -> None:
    wanted = Wanted(
        about=about,
        text=text,
        owner="Head of service",
        due="2026-03-31",
        measure="Ten files read",
        reaudit="2026-09-30",
    )
    add_action(database, None, wanted, by="Lee", now=NOW)


def test_the_plan_is_made_of_the_open_actions(embedded: Database) -> None:
    """One about a case is not for readers outside; a verified one is done."""
    with_children(embedded)
    a_round(embedded, size=12, rubric=RUBRIC)
    for n, case in enumerate(case_ids(embedded)):
        audit_case(embedded, case, {"a1": I} if n < 2 else {}, rest=I if n < 2 else G)
    act(embedded, "criterion:a1")
    act(embedded, "case:1", text="Read case 1 again.")
    act(embedded, "area", text="Train managers.")
    finish_action(*(embedded, None, 3), evidence="Done.", day=TODAY, by="Lee", now=NOW)
    verify_action(*(embedded, None, 3), evidence="Seen.", day=TODAY, by="Ann", now=NOW)

    own = " ".join(texts(self_assessment(embedded, None, INTERNAL, today=TODAY)))
    outside = " ".join(texts(self_assessment(embedded, None, Shareable(), today=TODAY)))

    assert "2 actions are not seen to be done yet, 2 of them overdue." in own
    assert "Ask for reasons. a1 Label of a1 Head of service 31 March 2026" in own
    assert "neither an action nor a re-audit follows yet: case 2." in own
    assert "Train managers." not in own
    assert "1 action is not seen to be done yet" in outside
    assert "Read case 1 again." not in outside
    assert "follows yet: some cases." in outside


def test_an_action_that_names_somebody_does_not_leave(embedded: Database) -> None:
    with_children(embedded)
    a_round(embedded, size=2, rubric=RUBRIC)
    act(embedded, "area", text="Mrs Example sees to it.")

    with pytest.raises(NotShareableError) as refused:
        self_assessment(embedded, None, Shareable(), today=TODAY)

    assert "action 1, line 1" in refused.value.what[0]


def test_open_escalations_are_told_first_and_closed_ones_are_counted(
    embedded: Database,
) -> None:
    risky = replace(
        RUBRIC, rules=replace(RUBRIC.rules, limits=(LIM7,), flags=(UNMANAGED,))
    )
    with_children(embedded)
    a_round(embedded, size=2, rubric=risky)
    for case in case_ids(embedded):
        audit = audit_case(embedded, case, {}, rest=G, then_submit=False)
        ticked = Answer(part="closing", subject=FLAG + UNMANAGED.id, value=TICKED)
        give_answer(
            embedded,
            audit,
            replace(ticked, rationale="Told the manager."),
            auditor="Ann",
            now=NOW,
        )
        for key in CLOSING:
            answer = Answer(part="closing", subject=key, rationale="x")
            give_answer(embedded, audit, answer, auditor="Ann", now=NOW)
        submit(embedded, audit, auditor="Ann", now=NOW)
    close_escalation(embedded, None, 2, note="Seen today.", by="Lee", now=NOW)

    made = self_assessment(embedded, None, INTERNAL, today=TODAY)

    said = " ".join(texts(made))
    assert "1 escalation is open, 1 closed." in said
    assert "E1, immediate danger. Inadequate: limited by LIM7" in said
    assert made.shown.escalated == {1}
    outside = self_assessment(embedded, None, Shareable(), today=TODAY)
    assert "Some are escalated" in " ".join(texts(outside))


def test_faults_of_the_list_are_told(embedded: Database) -> None:
    """Three children have no gender there; outside, only that it happens is said."""
    with_children(embedded)
    a_round(embedded, size=2, rubric=RUBRIC)

    own = " ".join(texts(self_assessment(embedded, None, INTERNAL, today=TODAY)))
    outside = " ".join(texts(self_assessment(embedded, None, Shareable(), today=TODAY)))

    assert "A look at the list found:" in own
    assert "40 of 40" in own
    assert "A look at the list found:" in outside
    assert "40 of 40" not in outside


def test_without_a_round_there_is_nothing_to_report(database: Database) -> None:
    with pytest.raises(NoRoundsError):
        report(database, today=TODAY)
