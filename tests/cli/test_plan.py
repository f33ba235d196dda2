"""`draw --plan`, and summaries of rounds whose cases had different chances."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from case_audit.services.database import Database
from stored import audit_case, case_ids, sql

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

CP = ("draw", "--cohort", "cp")
PLAN = (*CP, "--plan")


def test_a_plan_keeps_nothing_and_ends_with_the_command_that_draws(
    cli: Cli, db: str
) -> None:
    """Nothing is drawn, no seed is asked for, and the next step can be copied."""
    ran = cli(
        *(*PLAN, "-n", "12", "--strata", "team", "--auditors", "3", "--bad=2"),
        *("--db", db),
    )

    assert ran.code == 0
    assert "interval to expect" in ran.out
    assert "36 hours at 3 a case" in ran.out
    assert "for each of 3" in ran.out
    assert f"case-audit draw --cohort cp -n 12 --strata team --db {db}" in ran.err
    assert sql(Database(db), "select count(*) from round") == [(1,)]


def test_a_plan_as_data(cli: Cli, db: str) -> None:
    """18 of 30 at the share that is expected, as an interval and a chance."""
    ran = cli(
        *(*PLAN, "-n", "18", "--expect", "0.5", "--bad", "10%", "--json"),
        *("--hours-per-case", "2.5", "--db", db),
    )

    plain = json.loads(ran.out)
    assert plain["size"] == 18
    assert plain["hours"] == 45
    assert plain["assumptions"]["cases"] == 3
    assert 0 < plain["lower"] < 0.5 < plain["upper"] < 1
    assert "ten_points" in {shift["kind"] for shift in plain["shifts"]}


def test_a_plan_offers_no_size_that_the_cap_does_not_leave(cli: Cli, db: str) -> None:
    """Three teams, at most two of each: six cases, whatever is drawn."""
    capped = (*CP, "--at-most", "team=2", "--db", db)

    offered = json.loads(cli(*capped, "-n", "4", "--plan", "--json").out)["ladder"]
    refused = cli(*capped, "-n", "7", "--plan")

    assert max(rung["size"] for rung in offered) == 6
    assert cli(*capped, "-n", "6", "--dry-run", "--reason", "again").code == 0
    assert refused.code == 1
    assert "Cannot draw 7 cases: at most team=2 leaves 6." in refused.err


def test_a_plan_expects_what_an_earlier_round_found(cli: Cli, db: str) -> None:
    """One good case of one: 2 of 3, not certainty."""
    ran = cli(
        *(*PLAN, "-n", "12", "--expect-from", "Spring 2026", "--json", "--db", db)
    )

    assert json.loads(ran.out)["assumptions"]["expected"] == pytest.approx(2 / 3)


def test_a_round_without_grades_gives_nothing_to_expect(cli: Cli, db: str) -> None:
    cli(*(*CP, "-n", "3", "--name", "Empty", "--reason", "a second look", "--db", db))

    ran = cli(*(*PLAN, "-n", "12", "--expect-from", "Empty", "--db", db))

    assert ran.code == 1
    assert 'No case of the round "Empty" is graded as a whole' in ran.err


def test_clusters_are_planned_with_how_alike_they_are(cli: Cli, db: str) -> None:
    ran = cli(*(*PLAN, "--by", "team", "--clusters", "2", "--alike", "0.3", "--db", db))

    assert ran.code == 0
    assert "likeness within a cluster: 0.3" in ran.out
    assert "Design effect" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*CP, "-n", "3", "--bad", "2"), "needs --plan"),
        ((*PLAN, "-n", "3", "--hours-per-case", "0"), "hours above 0"),
        ((*PLAN, "-n", "3", "--hours-per-case", "x"), "hours above 0"),
        ((*PLAN, "-n", "3", "--bad", "0"), "--bad must be between 0 and 1"),
    ],
)
def test_a_slip_is_answered(
    cli: Cli, db: str, arguments: tuple[str, ...], said: str
) -> None:
    ran = cli(*arguments, "--db", db)

    assert ran.code == 2
    assert said in " ".join(ran.err.replace("\u2502", " ").split())


def test_an_exclusion_that_is_not_in_the_frame_is_refused(
    cli: Cli,
    db: str,
    tmp_path: Any,  # noqa: ANN401
) -> None:
    """As the draw itself would."""
    left_out = tmp_path / "out.csv"
    left_out.write_text("unit,reason\nNOBODY,abroad\n", encoding="utf-8")

    ran = cli(*(*PLAN, "-n", "3", "--exclude", left_out, "--db", db))

    assert ran.code == 1
    assert "out.csv" in ran.err


@pytest.mark.parametrize(
    ("design", "method", "limit"),
    [
        (("--by", "team", "--clusters", "2"), "cluster_korn_graubard", "clusters"),
        (
            ("-n", "8", "--at-most", "team=6"),
            "two_phase_korn_graubard",
            "different chances",
        ),
        (("-n", "8", "--order", "team"), "hypergeometric", "regular steps"),
    ],
)
def test_a_summary_weighs_by_the_chances_of_the_manifest(
    cli: Cli, db: str, design: tuple[str, ...], method: str, limit: str
) -> None:
    """From draw to summary: the method is named, and what it cannot know."""
    cli(*(*CP, *design, "--name", "New", "--reason", "a second look", "--db", db))
    database = Database(db)
    for place, case in enumerate(case_ids(database, "New")):
        rest = "good" if place % 3 else "requires_improvement"
        audit_case(database, case, {}, rest=rest)
    database.close()

    plain = json.loads(cli("summary", "New", "--json", "--db", db).out)

    share = next(a for a in plain["areas"] if a.get("n"))["good_or_better"]
    assert share["method"] == method
    assert 0 <= share["lower"] <= share["estimate"] <= share["upper"] <= 1
    assert any(limit in said for said in plain["limits"])


def test_one_cluster_has_counts_and_a_reason(cli: Cli, db: str) -> None:
    cli(
        *(
            *CP,
            "--by",
            "team",
            "--clusters",
            "1",
            "--name",
            "One",
            "--reason",
            "a second look",
            "--db",
            db,
        )
    )
    database = Database(db)
    for case in case_ids(database, "One")[:3]:
        audit_case(database, case, {}, rest="good")
    database.close()

    plain = json.loads(cli("summary", "One", "--json", "--db", db).out)

    share = next(a for a in plain["areas"] if a.get("n"))["good_or_better"]
    assert share["estimate"] is None
    assert "one cluster alone" in share["why_not"]
