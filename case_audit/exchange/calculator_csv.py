"""Tables of numbers and grades for the calculators."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.frame.model import canonical_unit
from case_audit.core.moderation.ratings import Rating
from case_audit.errors import CalculatorFileError
from case_audit.errors.base import shown
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.files import read_plain
from case_audit.exchange.grades_csv import grade_words, read_grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from case_audit.core.rubric.scale import Scale

LARGEST: Final = 20_000_000
"""Bytes of the largest file that is read."""
LONGEST: Final = 60
"""Characters of the longest name of a stratum, round or person."""
MOST: Final = 10**9
"""The largest number that is read."""

STRATA: Final = ("stratum", "population", "sampled", "hits")
FRAME: Final = STRATA[:2]
DRAWN: Final = STRATA[:3]
ROUNDS: Final = ("round", *STRATA)
RATINGS: Final = ("unit", "rater", "grade")
CRITERION: Final = "criterion"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: where it stands and what its cells say."""

    line: int
    cells: Mapping[str, str]

    def name(self, column: str) -> str:
        """Return a name, or raise ``ValueError``."""
        text = tidy(self.cells[column])
        if not text or len(text) > LONGEST:
            msg = f"it has no {column}, or one longer than {LONGEST} characters"
            raise ValueError(msg)
        return shown(text)

    def number(self, column: str) -> int:
        """Return a whole number, or raise ``ValueError``."""
        text = tidy(self.cells[column]).removesuffix(".0")
        if not (text.isascii() and text.isdecimal() and int(text[:11]) <= MOST):
            msg = f"{column} is no whole number from 0 to {MOST}"
            raise ValueError(msg)
        return int(text[:11])

    def counts(self) -> StratumCount:
        """Return what was found in a stratum, or raise ``ValueError``."""
        population, sampled, hits = map(self.number, STRATA[1:])
        if not 0 <= hits <= sampled <= population or not sampled:
            msg = "it needs hits <= sampled <= population, and something sampled"
            raise ValueError(msg)
        return StratumCount(
            stratum=self.name("stratum"),
            population=population,
            sampled=sampled,
            hits=hits,
        )


def read_strata(path: Path) -> tuple[StratumCount, ...]:
    """Read what was found in each stratum of one round.

    Args:
        path: A CSV file with a header, UTF-8: ``stratum``, ``population``,
            ``sampled``, ``hits``. Other columns are not read.

    Raises:
        FileError: If it cannot be read.
        CalculatorFileError: If it is no such table; names the line.
    """
    found: dict[str, StratumCount] = {}
    for row in _rows(path, STRATA):
        with _Told(path, row.line, STRATA):
            counts = row.counts()
            _refuse(counts.stratum in found, "an earlier line has the same stratum")
            found[counts.stratum] = counts
    return tuple(found.values())


def read_frame(path: Path, *, drawn: bool) -> tuple[StratumCount, ...]:
    """Read how large each stratum is and, if wanted, how many are drawn of it.

    Args:
        path: As for :func:`read_strata`; without ``hits``.
        drawn: Whether there is a column ``sampled``; taken as 0 if not.

    Raises:
        FileError: If it cannot be read.
        CalculatorFileError: If it is no such table; names the line.
    """
    columns = DRAWN if drawn else FRAME
    found: dict[str, StratumCount] = {}
    for row in _rows(path, columns):
        with _Told(path, row.line, columns):
            population = row.number("population")
            sampled = row.number("sampled") if drawn else 0
            _refuse(not sampled <= population != 0, "it needs sampled <= population")
            name = row.name("stratum")
            _refuse(name in found, "an earlier line has the same stratum")
            found[name] = StratumCount(
                stratum=name, population=population, sampled=sampled, hits=0
            )
    return tuple(found.values())


def read_rounds(path: Path) -> dict[str, tuple[StratumCount, ...]]:
    """Read what was found in each stratum of several rounds, in their order.

    Args:
        path: As for :func:`read_strata`, with a column ``round`` besides.

    Raises:
        FileError: If it cannot be read.
        CalculatorFileError: If it is no such table; names the line.
    """
    found: dict[str, dict[str, StratumCount]] = {}
    for row in _rows(path, ROUNDS):
        with _Told(path, row.line, ROUNDS):
            counts, strata = row.counts(), found.setdefault(row.name("round"), {})
            _refuse(
                counts.stratum in strata,
                "an earlier line has the same stratum of the round",
            )
            strata[counts.stratum] = counts
    return {name: tuple(strata.values()) for name, strata in found.items()}


def read_ratings(
    path: Path, scale: Scale, *, raters: Sequence[str] = ()
) -> list[Rating]:
    """Read who graded what.

    Args:
        path: A CSV file with a header, UTF-8: ``unit``, ``rater``, ``grade`` and, if
            wanted, ``criterion``. Other columns are not read. A grade is written as
            its identifier, label or letter on the scale.
        scale: The grades there are.
        raters: People who have to be in it.

    Raises:
        FileError: If it cannot be read.
        CalculatorFileError: If it is no such table, a grade is not on the scale, a
            person graded the same thing twice, or one of ``raters`` graded nothing;
            names the line.
    """
    columns = (*RATINGS, CRITERION)
    words = grade_words(scale)
    found: dict[tuple[str, str, str], Rating] = {}
    for row in _rows(path, RATINGS, (CRITERION,)):
        with _Told(path, row.line, columns):
            grade = read_grade(row.cells["grade"], words)
            _refuse(
                not grade,
                f"the grade is none of {scale.id}: {', '.join(scale.ids)}",
            )
            rating = Rating(
                unit=canonical_unit(row.cells["unit"]),
                rater=row.name("rater"),
                grade=scale.place(grade or ""),
                criterion=shown(tidy(row.cells.get(CRITERION, ""))),
            )
            key = (rating.unit, rating.criterion, rating.rater)
            _refuse(
                key in found, "an earlier line has the same person on the same thing"
            )
            found[key] = rating
    people = dict.fromkeys(rating.rater for rating in found.values())
    for name in raters:
        if name not in people:
            problem = f'nobody is called "{shown(name)}" there'
            raise CalculatorFileError(
                path.name, line=1, problem=problem, columns=columns
            )
    return list(found.values())


class _Told:
    """Says of what goes wrong in a row where that was."""

    def __init__(self, path: Path, line: int, columns: Sequence[str]) -> None:
        self._file, self._line, self._columns = path.name, line, columns

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, ValueError):
            raise CalculatorFileError(
                self._file, line=self._line, problem=str(error), columns=self._columns
            ) from None


def _rows(
    path: Path, needed: Sequence[str], more: Sequence[str] = ()
) -> Iterator[_Row]:
    """Yield the rows that are not blank, with their line as an editor counts."""
    columns = (*needed, *more)

    def wrong(line: int, problem: str) -> CalculatorFileError:
        return CalculatorFileError(
            path.name, line=line, problem=problem, columns=columns
        )

    try:
        text = read_plain(path, largest=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise wrong(1, "it is not UTF-8") from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    places: dict[str, int] | None = None
    line = rows = 0
    try:
        for cells in table:
            line = table.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if places is None:
                heads = [squash(cell) for cell in cells]
                places = {c: heads.index(c) for c in columns if c in heads}
                if missing := [c for c in needed if c not in places]:
                    raise wrong(line, f"the header lacks {', '.join(missing)}")
                continue
            rows += 1
            found = {c: cells[at] for c, at in places.items() if at < len(cells)}
            yield _Row(line, dict.fromkeys(places, "") | found)
    except csv.Error:
        raise wrong(line + 1, "it is not sound CSV from here on") from None
    if not rows:
        raise wrong(1, "it has no rows")


def _refuse(wrong: bool, problem: str) -> None:  # noqa: FBT001
    if wrong:
        raise ValueError(problem)
