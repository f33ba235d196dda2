"""Frames on the command line: made, checked, compared; nobody named unasked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from imported import imported
from recorded import row

from case_audit.services.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

CHILD = "KID-77"


@pytest.fixture
def lists(tmp_path: Path) -> str:
    """A database with three plans, two referrals of a child, and look-alikes."""
    url = str(tmp_path / "lists.db")
    database = Database(url)
    imported(
        database,
        [
            row(7, CHILD, 2, plan_start="2026-01-01", team="North", age=16),
            row(7, "KID-78", 3, plan_start="2026-05-01", team="North"),
            row(7, "kid-77", 4, plan_start="2026-01-01", team="South", age=3),
            row(3, CHILD, 2, referral_date="2026-01-01"),
            row(3, CHILD, 3, referral_date="2026-02-01"),
        ],
    )
    database.close()
    return url


def test_a_frame_is_made_told_and_listed(cli: Cli, lists: str) -> None:
    """What was asked for stands in the list; what to do next is told."""
    made = cli("frame", "make", "cp", "--only", "age >= 10", "--db", lists)
    shown = cli("frame", "list", "--db", lists)

    assert made.code == 0
    assert "holds: only age >= 10" in made.out
    assert "3 rows on the list = 1 units + 2 left out" in made.out
    assert f"Next: case-audit draw --cohort cp --size N --db {lists}" in made.err
    assert "only age >= 10" in shown.out
    assert CHILD not in made.out + made.err + shown.out


def test_the_same_as_json(cli: Cli, lists: str) -> None:
    """Scripts get the definition and every count."""
    make = ("frame", "make", "referral", "--unit", "episode", "--json", "--db", lists)
    made = json.loads(cli(*make).out)
    listed = json.loads(cli("frame", "list", "--json", "--db", lists).out)
    shown = json.loads(cli("frame", "show", "referral", "--json", "--db", lists).out)

    assert (made["units"], made["rows"], made["unit"]) == (2, 2, "episode")
    assert made["definition"] == {
        "unit": "episode",
        "closed_within": 0,
        "only": "",
        "precedence": True,
    }
    assert listed[-1]["id"] == made["id"] == shown["id"]
    assert shown["signs"]["risk_nfa_again"] == {"not known": 2}


def test_a_trial_says_that_nothing_was_kept(cli: Cli, lists: str) -> None:
    before = cli("frame", "list", "--db", lists).out

    ran = cli(
        "frame", "make", "cp_ended", "--closed-within", 3, "--dry-run", "--db", lists
    )

    assert "Nothing was kept" in ran.err
    assert cli("frame", "list", "--db", lists).out == before


def test_a_frame_of_nobody_says_so(cli: Cli, lists: str) -> None:
    ran = cli("frame", "make", "cp", "--only", "age > 90", "--db", lists)

    assert ran.code == 0
    assert "Nobody is left." in ran.err


def test_the_check_names_nobody_unless_asked(cli: Cli, lists: str) -> None:
    """And ends with 0 whatever it finds."""
    plain = cli("frame", "check", "cp", "--db", lists)
    named = cli("frame", "check", "cp", "--units", "--db", lists)
    data = json.loads(cli("frame", "check", "cp", "--json", "--db", lists).out)

    assert (plain.code, named.code) == (0, 0)
    assert CHILD not in plain.out + plain.err + json.dumps(data)
    assert "letters that look alike" in " ".join(plain.out.split())
    assert CHILD in named.out
    assert "for the lead alone" in named.err
    assert "--units" in plain.err
    assert "--units" not in named.err
    assert max(map(len, plain.out.splitlines())) < 80
    assert all("places" not in finding for finding in data["findings"])


def test_a_difference_names_nobody_unless_asked(cli: Cli, lists: str) -> None:
    cli("frame", "make", "cp", "--only", "age < 10", "--db", lists)
    diff = ("frame", "diff", "cp@previous", "cp", "--db", lists)

    plain, named = cli(*diff), cli(*diff, "--units")
    data = json.loads(cli(*diff, "--json").out)
    more = json.loads(cli(*diff, "--json", "--units").out)

    assert (plain.code, named.code) == (0, 0)
    assert "Left: 1\n" in plain.out
    assert CHILD not in plain.out + plain.err + json.dumps(data)
    assert CHILD in named.out
    assert [c["unit"] for c in more["unit_changes"]] == [CHILD]


def test_a_third_column_can_be_exported(cli: Cli, lists: str) -> None:
    """For those designs that need one."""
    ran = cli(
        "frame", "export", "cp", "--strata", "team", "--aid", "age", "--db", lists
    )

    assert ran.out.splitlines()[-1] == "kid-77\tSouth\t3"


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("make", "cic", "--unit", "episode"), 2, "With episodes:"),
        (("make", "cp", "--closed-within", "3"), 2, "With a window:"),
        (("make", "cp", "--closed-within", "-1"), 2, "closed-within"),
        (("make", "cp", "--only", "aeg > 3"), 1, "Did you mean age?"),
        (("make", "pets"), 1, "There is no cohort 'pets'"),
        (("show", "99"), 1, "There is no frame '99'"),
        (("check", "cp@1999-01-01"), 1, "case-audit frame list"),
        (("diff", "cp", "referral"), 1, "cannot be compared"),
        (("export", "cp", "--round", "x", "--aid", "age"), 2, "leave --aid out"),
        (("export", "cp", "--aid", "colour"), 1, "colour"),
    ],
)
def test_slips_are_answered_with_what_to_do(
    cli: Cli, lists: str, command: tuple[str, ...], code: int, said: str
) -> None:
    ran = cli("frame", *command, "--db", lists)

    assert ran.code == code
    assert said in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_a_page_fits_eighty_columns_and_keeps_counts_with_their_values(
    cli: Cli, tmp_path: Path
) -> None:
    """Long names of teams, and more of them than are listed."""
    url = str(tmp_path / "long.db")
    database = Database(url)
    teams = [f"The long name of team {n} of the county" for n in range(10)]
    imported(
        database,
        [row(7, f"{n}", n + 2, team=team) for n, team in enumerate(teams)],
    )
    database.close()
    cli("frame", "make", "cp", "--only", 'team != "' + "x" * 90 + '"', "--db", url)

    shown = cli("frame", "show", "cp", "--db", url)

    lines = shown.out.splitlines()
    assert max(map(len, lines)) < 80
    assert not [line for line in lines if line.strip().startswith("1,")]
    assert "and 2 more" in shown.out
    assert "\N{NO-BREAK SPACE}" not in shown.out


@pytest.mark.parametrize("cohort", ["cic_ceased", "adopters"])
def test_children_who_left_care_and_adopters_are_drawn_with_their_own_rubric(
    cli: Cli, tmp_path: Path, cohort: str
) -> None:
    """Without naming one: it is the usual rubric of the cohort."""
    url = str(tmp_path / "none.db")
    database = Database(url)
    imported(
        database,
        [
            row(8, "1", care_start="2025-01-01", care_end="2026-03-01"),
            row(11, "2", enquiry="2025-01-01"),
        ],
    )
    database.close()

    ran = cli("draw", "--cohort", cohort, "--size", 1, "--db", url)

    assert ran.code == 0, ran.err
    assert "1 of 1" in ran.err
