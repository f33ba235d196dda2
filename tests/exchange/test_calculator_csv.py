"""Tables of numbers and grades for the calculators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.moderation.ratings import Rating
from case_audit.errors import CalculatorFileError, ExitCode
from case_audit.exchange.calculator_csv import (
    read_frame,
    read_ratings,
    read_rounds,
    read_strata,
)
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OFSTED = library().scale("ofsted4")


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "numbers.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_strata(tmp_path: Path) -> None:
    """Spreadsheets write headers in any case, semicolons, a mark and 20.0."""
    path = write(
        tmp_path,
        "\ufeffHits;Stratum;Population;Sampled;Note\r\n\r\n3;Team A;120;20.0;x\r\n"
        "4;Team B;80;10\r\n",
    )

    assert read_strata(path) == (
        StratumCount(stratum="Team A", population=120, sampled=20, hits=3),
        StratumCount(stratum="Team B", population=80, sampled=10, hits=4),
    )


def test_rounds_keep_their_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "round,stratum,population,sampled,hits\nspring,A,120,20,3\nautumn,A,110,20,5\n"
        "spring,B,80,10,4\n",
    )

    found = read_rounds(path)

    assert list(found) == ["spring", "autumn"]
    assert [s.stratum for s in found["spring"]] == ["A", "B"]


def test_ratings(tmp_path: Path) -> None:
    """Identifier, label or letter; places on the scale, best first."""
    path = write(
        tmp_path,
        "unit,rater,grade,criterion\n17,A,outstanding,v1\n"
        '17,B,"Requires improvement to be good",v1\n17,A,i,\n',
    )

    assert read_ratings(path, OFSTED, raters=["A", "B"]) == [
        Rating(unit="17", rater="A", grade=0, criterion="v1"),
        Rating(unit="17", rater="B", grade=2, criterion="v1"),
        Rating(unit="17", rater="A", grade=3),
    ]


STRATA = "stratum,population,sampled,hits\n"
ROUNDS = "round,stratum,population,sampled,hits\n"
RATINGS = "unit,rater,grade\n"


def ratings(path: Path) -> object:
    return read_ratings(path, OFSTED, raters=["A"])


def frame(path: Path) -> object:
    return read_frame(path, drawn=True)


@pytest.mark.parametrize(
    ("read", "text", "line", "said"),
    [
        (read_strata, "", 1, "it has no rows"),
        (read_strata, STRATA, 1, "it has no rows"),
        (read_strata, "stratum,population\nA,1\n", 1, "the header lacks sampled, hits"),
        (read_strata, STRATA + "A,9,3,x\n", 2, "hits is no whole number"),
        (read_strata, STRATA + "A,9,3\n", 2, "hits is no whole number"),
        (read_strata, STRATA + "A,9999999999,3,1\n", 2, "population is no whole"),
        (read_strata, STRATA + "A,9,3,4\n", 2, "hits <= sampled <= population"),
        (read_strata, STRATA + "A,9,0,0\n", 2, "something sampled"),
        (read_strata, STRATA + ",9,3,1\n", 2, "it has no stratum"),
        (read_strata, STRATA + "A,9,3,1\n\nA,9,3,1\n", 4, "the same stratum"),
        (read_strata, STRATA + '"A,9,3,1\n', 2, "not sound CSV"),
        (frame, "stratum,population,sampled\nA,9,10\n", 2, "sampled <= population"),
        (frame, "stratum,population,sampled\nA,9,1\nA,9,1\n", 3, "the same stratum"),
        (read_rounds, ROUNDS + "1,A,9,3,1\n1,A,9,3,1\n", 3, "stratum of the round"),
        (read_rounds, ROUNDS + ",A,9,3,1\n", 2, "it has no round"),
        (ratings, RATINGS + "1,A,splendid\n", 2, "none of ofsted4: outstanding, good"),
        (ratings, RATINGS + "1,A,\n", 2, "none of ofsted4"),
        (ratings, RATINGS + "1,,good\n", 2, "it has no rater"),
        (ratings, RATINGS + ",A,good\n", 2, "identifier is empty"),
        (ratings, RATINGS + "1,A,good\n1,A,good\n", 3, "the same person"),
        (ratings, RATINGS + "1,B,good\n", 1, 'nobody is called "A"'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, read: Callable[[Path], object], text: str, line: int, said: str
) -> None:
    """File and line as an editor jumps to; nothing a cell says is repeated."""
    with pytest.raises(
        CalculatorFileError, match=rf"^numbers\.csv:{line}: .*{said}"
    ) as e:
        read(write(tmp_path, text))

    assert e.value.line == line
    assert e.value.exit_code == ExitCode.USAGE
    assert "splendid" not in str(e.value)
    assert "with the header `" in e.value.hint


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CalculatorFileError, match="not UTF-8"):
        read_strata(path)
