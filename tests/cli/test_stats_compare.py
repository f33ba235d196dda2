"""``case-audit stats compare`` and ``agreement``: pages, data, and slips."""

from __future__ import annotations

import json
from math import comb
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Any]

ROUNDS = """round,stratum,population,sampled,hits
spring,A,120,20,9
spring,B,80,10,4
autumn,A,110,20,14
autumn,B,90,12,7
"""
TWO = (
    *("stats", "compare", "--first", "14/30", "--first-population", "300"),
    *("--second", "23/30", "--second-population", "310"),
)
AGAIN = ("stats", "compare", "--first", "14/30", "--second", "21/30")


@pytest.fixture
def rounds(tmp_path: Path) -> Path:
    path = tmp_path / "rounds.csv"
    path.write_text(ROUNDS, encoding="utf-8")
    return path


@pytest.fixture
def double(tmp_path: Path) -> Path:
    """Eight cases by two people: five alike, three a step apart."""
    path = tmp_path / "double.csv"
    pairs = ["GG", "GG", "RR", "RI", "II", "OG", "GR", "OO"]
    rows = [
        f"{number},{rater},{letter}"
        for number, pair in enumerate(pairs)
        for rater, letter in zip(("Ann", "Bob"), pair, strict=True)
    ]
    path.write_text("\n".join(["unit,rater,grade", *rows, ""]), encoding="utf-8")
    return path


def test_pages_have_formula_source_and_sentence(
    cli: Cli, rounds: Path, double: Path
) -> None:
    """As every calculator's page, on 80 columns."""
    for arguments in (
        TWO,
        (*AGAIN, "--improved", "9", "--worsened", "2"),
        ("stats", "compare", rounds),
        ("stats", "agreement", double),
    ):
        ran = cli(*arguments)

        assert (ran.code, ran.err) == (0, "")
        for part in ("  Formula: ", "  Source: ", "To quote:\n"):
            assert part in ran.out
        assert max(map(len, ran.out.splitlines())) <= 80


def test_two_rounds(cli: Cli) -> None:
    """The direction is claimed, with interval and test."""
    page = cli(*TWO).out
    plain = json.loads(cli(*TWO, "--json").out)

    assert "Up 30 points (95% interval +7 to +49): more than chance would show" in page
    assert plain["difference"] == pytest.approx(0.3, rel=1e-12)
    assert plain["p_value"] == pytest.approx(0.019934494861513923, rel=1e-9)
    assert (plain["method"], plain["test"]) == ("newcombe", "fisher_mid_p")
    assert plain["clear"] is True
    assert plain["notes"] == ["finite_frame"]


def test_no_direction_is_claimed_that_chance_could_show(cli: Cli) -> None:
    """Interval above 0 and p of 0.065: no clear change."""
    page = cli(*AGAIN, "--improved", "9", "--worsened", "2").out

    assert "Up 23 points (95% interval +2 to +42): no clear change, p = 0.065." in page
    assert "This is not more than chance would show." in page


def test_strata_from_a_file(cli: Cli, rounds: Path) -> None:
    plain = json.loads(cli("stats", "compare", rounds, "--json").out)

    assert plain["method"] == "combined"
    assert plain["p_value"] == pytest.approx(0.07365517471379078, rel=1e-9)


@pytest.mark.parametrize(
    ("second", "size", "said"),
    [
        ("3/4", "300", "are too few to compare shares"),
        ("5/9", "300", "Indicative only"),
        ("14/30", "300", "No difference"),
        ("1/30", "300", "p < 0.001"),
        ("9/30", "300", "Down 17 points (95% interval -37 to +6)"),
    ],
)
def test_what_may_be_said(cli: Cli, second: str, size: str, said: str) -> None:
    ran = cli(
        *("stats", "compare", "--first", "14/30", "--first-population", "300"),
        *("--second", second, "--second-population", size),
    )

    assert said in " ".join(ran.out.split())


def test_two_censuses_and_samples_that_tell_nothing(cli: Cli, tmp_path: Path) -> None:
    census = cli(
        *("stats", "compare", "--first", "14/30", "--first-population", "30"),
        *("--second", "18/24", "--second-population", "24"),
    ).out
    path = tmp_path / "none.csv"
    path.write_text(
        "round,stratum,population,sampled,hits\n1,A,90,20,0\n1,B,90,20,0\n2,A,90,20,0\n",
        encoding="utf-8",
    )
    none = cli("stats", "compare", path).out

    assert "every case was audited both times" in census
    assert "Both frames are known; no sampling error." in census
    assert "No test: the cases show no variance" in none


def test_agreement_as_data(cli: Cli, double: Path) -> None:
    """Just these keys; each with its bounds."""
    plain = json.loads(cli("stats", "agreement", double, "--json").out)

    assert list(plain) == [
        *("n", "exact", "adjacent", "kappa_quadratic", "ac2", "alpha_ordinal", "shift")
    ]
    assert plain["n"] == 8
    assert plain["exact"]["estimate"] == 0.625
    assert plain["adjacent"]["estimate"] == 1
    assert plain["shift"]["estimate"] == 0.375
    for one in (plain[key] for key in plain if key != "n"):
        assert one["lower"] <= one["estimate"] <= one["upper"]
        assert one["level"] == 0.95


def test_agreement_turned_round_and_repeated(cli: Cli, double: Path) -> None:
    """Who stands first decides the sign; the same seed gives the same bounds."""
    named = (
        "stats",
        "agreement",
        double,
        "--first",
        "Bob",
        "--second",
        "Ann",
        "--json",
    )

    once, again = cli(*named).out, cli(*named).out

    assert json.loads(once)["shift"]["estimate"] == -0.375
    assert once == again


def test_what_agreement_cannot_say(cli: Cli, tmp_path: Path) -> None:
    alike = tmp_path / "alike.csv"
    alike.write_text("unit,rater,grade\n1,A,G\n1,B,G\n2,A,G\n2,B,G\n", "utf-8")
    single = tmp_path / "single.csv"
    single.write_text("unit,rater,grade\n1,A,G\n", "utf-8")
    three = tmp_path / "three.csv"
    three.write_text("unit,rater,grade\n1,A,G\n1,B,G\n1,C,R\n2,A,R\n2,B,R\n", "utf-8")

    said = {p.stem: cli("stats", "agreement", p).out for p in (alike, single, three)}

    assert "Agreement beyond chance is not estimable:" in said["alike"]
    assert "Krippendorff's alpha:          not estimable" in said["alike"]
    assert "no interval: cases too much alike" in said["alike"]
    assert "Too few cases were graded twice" in said["single"]
    assert "name them with --first and --second" in " ".join(said["three"].split())
    data = json.loads(cli("stats", "agreement", alike, "--json").out)
    assert data["alpha_ordinal"]["estimate"] is None


def test_intervals_of_strata_from_a_file(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "strata.csv"
    path.write_text("stratum,population,sampled,hits\nA,120,20,3\nB,80,10,4\n", "utf-8")

    plain = json.loads(cli("stats", "interval", "--file", path, "--json").out)

    assert plain["estimate"] == 0.25
    assert plain["method"] == "korn_graubard_capped"


def test_sizes_and_discovery_from_a_file(cli: Cli, tmp_path: Path) -> None:
    """A frame of 240 in two strata; five cases are hardest to meet in one of them.

    All five of the 160: 1 - C(155, 10) / C(160, 10), fewer than of the others.
    """
    path = tmp_path / "strata.csv"
    path.write_text("stratum,population,sampled\nA,160,10\nB,80,20\n", "utf-8")
    asked = ("stats", "discovery", "--file", path, "--cases", "5")

    size = json.loads(
        cli("stats", "size", "--file", path, "--half-width", "0.1", "--json").out
    )
    chance = json.loads(cli(*asked, "--json").out)
    page = cli(*asked).out

    assert (size["n"], size["population"]) == (69, 240)
    assert chance["probability"] == pytest.approx(
        1 - comb(155, 10) / comb(160, 10), rel=1e-12
    )
    assert (chance["n"], chance["method"]) == (30, "hypergeometric_stratified")
    assert "wherever they are: 27.9% or more" in page
    assert "To quote:" in page
    rate = json.loads(
        cli("stats", "discovery", "--file", path, "--rate", "5%", "--json").out
    )
    assert rate["cases"] == 12


def test_slips_are_answered_with_what_to_write(
    cli: Cli, rounds: Path, double: Path, tmp_path: Path
) -> None:
    """Each ends with 2 and says what it needs."""
    one = tmp_path / "one.csv"
    one.write_text(
        "round,stratum,population,sampled,hits\nspring,A,120,20,9\n", encoding="utf-8"
    )
    for arguments, said in (
        (("compare",), "needs --first, --first-population"),
        ((*TWO[1:], rounds), "give either a file"),
        (("compare", rounds, "--improved", "1"), "give either --improved"),
        ((*AGAIN[1:], "--improved", "9"), "needs --first, --second, --improved"),
        ((*AGAIN[1:], "--improved", "9", "--worsened", "3"), "does not add up"),
        (
            (*TWO[1:3], "14:30", *TWO[4:]),
            "--first is hits/audited, such as 18/30",
        ),
        ((*TWO[1:-1], "20"), "has more cases than --second-population"),
        (("compare", one), "one.csv:1: it has 1 round, and two are compared"),
        (("agreement", double, "--first", "Ann"), "needs both --first and --second"),
        (
            ("agreement", double, "--first", "Ann", "--second", "Cy"),
            'double.csv:1: nobody is called "Cy"',
        ),
        (("size", "--half-width", "0.1"), "needs either --population or --file"),
        (
            ("discovery", "--file", one, "--cases", "5", "--sample", "3"),
            "give either --file, or --population and --sample",
        ),
        (
            ("discovery", "--file", one, "--cases", "121"),
            "at most the cases in the file",
        ),
        (
            ("interval", "--file", one, "--population", "9"),
            "give either --file, or numbers",
        ),
    ):
        ran = cli("stats", *arguments)

        assert ran.code == 2, arguments
        assert said in " ".join(ran.err.replace("\u2502", " ").split()), ran.err
