"""What `actions` and `escalations` print, and what they refuse."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builders import LIM1, G, I, a_rubric
from case_audit.services.database import Database
from stored import a_round, audit_case, case_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

ADD = ("actions", "add", "See the child", "--about", "case:3", "--measure", "A visit")


def test_actions_from_the_first_to_the_last(cli: Cli, db: str) -> None:
    """Overdue, and inadequate cases without an action, are on the list."""
    opened = Database(db)
    for case in case_ids(opened)[2:4]:
        audit_case(opened, case, {"s1": I}, rest=G)
    opened.close()
    said = ("--owner", "Head of service", "--due", "2026-01-31")
    late = cli(*ADD, *said, "--re-audit", "2027-01-31", "--db", db)
    cli("actions", "add", "More", *ADD[3:], *said, "--json", "--db", db)
    listed = cli("actions", "list", "--db", db)
    done = cli("actions", "done", "1", "--evidence", "Seen", "--db", db)
    seen = cli("actions", "verify", "1", "--evidence", "Read", "--json", "--db", db)
    short = cli("actions", "list", "--db", db).out
    whole = cli("actions", "list", "--all", "--db", db).out
    plain = json.loads(cli("actions", "list", "--json", "--db", db).out)

    assert late.out == "Action 1: added.\n"
    assert "past already" in late.err
    assert listed.out.startswith(
        "Spring 2026: 2 open, 2 of them overdue; 0 done, 0 verified.\n"
    )
    assert "overdue  2026-01-31  Head of service  case 3  See the child" in listed.out
    assert "with no action and no re-audit: case 4." in listed.out
    assert done.out == "Action 1: done.\n"
    assert json.loads(seen.out)["status"] == "verified"
    assert "See the child" not in short
    assert "See the child" in whole
    assert plain["counts"] == {"open": 1, "overdue": 1, "done": 0, "verified": 1}
    assert plain["lowest_without_action"] == [4]
    assert plain["actions"][1]["overdue"] is True


def test_escalations_are_listed_and_closed(cli: Cli, db: str) -> None:
    opened = Database(db)
    limits = (replace(LIM1, raises="E2"),)
    a_round(opened, name="Summer", size=3, rubric=a_rubric(limits=limits))
    audit_case(opened, case_ids(opened, "Summer")[2], {"s1": I}, rest=G)
    opened.close()
    listed = cli("escalations", "list", "--db", db).out
    closed = cli("escalations", "close", "3", "--note", "Told", "--db", db)
    again = cli("escalations", "close", "3", "--note", "Told", "--json", "--db", db)
    short = cli("escalations", "list", "--db", db).out
    plain = json.loads(cli("escalations", "list", "--json", "--db", db).out)

    assert listed.startswith("Summer: 1 open, 0 closed.\n")
    assert "E2" in listed
    assert closed.out == "Case 3, E2: closed.\n"
    assert (again.code, again.out) == (1, "")
    assert short == "Summer: 0 open, 1 closed.\n"
    assert plain["escalations"][0]["open"] is False


def test_days_are_checked(cli: Cli, db: str) -> None:
    for day, said in (("soon", "must be a date"), ("9999-01-01", "still to come")):
        ran = cli("actions", "done", "1", "--evidence", "x", "--on", day, "--db", db)
        assert ran.code == 2
        assert said in ran.err
