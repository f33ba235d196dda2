"""The calculators: every page shows what went in, how, and what may be quoted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., Any]

PAGES = [
    ("interval", "--population", "300", "--sample", "30", "--hits", "18"),
    ("interval", "--population", "30", "--sample", "30", "--hits", "18"),
    ("interval", "--strata", "A:120:20:3", "--strata", "B:80:10:4"),
    ("interval", "--strata", "A:120:20:0", "--strata", "B:80:10:0"),
    ("size", "--population", "240", "--half-width", "0.1"),
    ("discovery", "--population", "240", "--sample", "30", "--cases", "5"),
    ("discovery", "--population", "45", "--rate", "5%", "--probability", "0.95"),
]


@pytest.mark.parametrize("arguments", PAGES)
def test_a_page_has_formula_source_and_sentence(
    cli: Cli, arguments: tuple[str, ...]
) -> None:
    """A lead may quote it, a statistician may check it, on 80 columns."""
    ran = cli("stats", *arguments)

    assert ran.code == 0
    for part in ("  Formula: ", "  Source: ", "To quote:\n", "N"):
        assert part in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_strata_are_weighted(cli: Cli) -> None:
    """120 at 3/20 and 80 at 4/10 make 18 + 32 of 200; names may have colons."""
    ran = cli(
        *("stats", "interval", "--json"),
        *("--strata", "Team: A:120:20:3", "--strata", "B:80:10:4"),
    )

    assert json.loads(ran.out)["estimate"] == 0.25
    assert json.loads(ran.out)["method"] == "korn_graubard_capped"


def test_sizes_as_data(cli: Cli) -> None:
    """Both numbers, and which is which."""
    ran = cli("stats", "size", "--population", "500", "--half-width", "10%", "--json")

    plain = json.loads(ran.out)
    assert (plain["n"], plain["method"]) == (81, "cochran_finite")
    assert (plain["n_exact"], plain["method_exact"]) == (84, "hypergeometric")


def test_discovery_as_data(cli: Cli) -> None:
    """The chance of a sample, and the sample for a chance."""
    given = ("stats", "discovery", "--population", "240", "--rate", "0.05", "--json")

    chance = json.loads(cli(*given, "--sample", "30").out)
    size = json.loads(cli(*given, "--probability", "0.95").out)

    assert chance["probability"] == pytest.approx(0.8066128227066313, rel=1e-12)
    assert size["n"] == 52


def test_a_rate_that_is_no_whole_number_says_what_was_counted(cli: Cli) -> None:
    ran = cli(
        *("stats", "discovery", "--population", "45", "--rate", "0.05"),
        *("--sample", "20"),
    )

    assert "5% of 45 is 2.25" in ran.out
    assert "cases that are so, M:          2" in ran.out


@pytest.mark.parametrize(
    ("part", "shown"), [("1", ">99.9%"), ("3000000", "<0.1%")], ids=["all", "none"]
)
def test_no_chance_is_printed_as_certain_that_is_not(
    cli: Cli, part: str, shown: str
) -> None:
    sample = "2999999" if part == "1" else "1"
    ran = cli(
        *("stats", "discovery", "--population", "3000000"),
        *("--cases", "1", "--sample", sample),
    )

    assert f"at least one: {shown}" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("interval", "--population", "9"), "needs --population, --sample and --hits"),
        (
            (*("interval", "--population", "9"), *("--sample", "3", "--hits", "4")),
            "needs hits <= sample <= population",
        ),
        (("interval", "--strata", "A:9:3"), "is not NAME:CASES:AUDITED:HITS"),
        (("interval", "--strata", "A:9:3:4"), "hits <= audited <= cases"),
        (("interval", "--strata", "A:9:0:0"), "is not NAME:CASES:AUDITED:HITS"),
        (("interval", "--strata", ":9:3:1"), "is not NAME:CASES:AUDITED:HITS"),
        (
            ("interval", "--strata", "A:9:3:1", "--strata", "A:9:3:1"),
            "names a stratum twice",
        ),
        (
            ("interval", "--population", "9", "--strata", "A:9:3:1"),
            "give either --population",
        ),
        (("size", "--population", "9", "--half-width", "0.5"), "between 0 and 0.5"),
        (
            (*("size", "--population", "9", "--half-width", "0.1"), "--expected", "x"),
            "between 0 and 1",
        ),
        (("discovery", "--population", "9", "--sample", "3"), "--rate or --cases"),
        (
            ("discovery", "--population", "9", "--cases", "3"),
            "--sample or --probability",
        ),
        (
            ("discovery", "--population", "9", "--cases", "10", "--sample", "3"),
            "at most --population",
        ),
    ],
)
def test_a_slip_is_answered_with_what_to_write(
    cli: Cli, arguments: tuple[str, ...], said: str
) -> None:
    ran = cli("stats", *arguments)

    assert ran.code == 2
    assert said in " ".join(ran.err.replace("\u2502", " ").split())
