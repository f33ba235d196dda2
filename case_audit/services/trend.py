"""Two rounds side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.cohort_words import in_words
from case_audit.core.rubric.crosswalk import version_of
from case_audit.core.sample.round import HISTORY
from case_audit.core.selfassessment.trend import trend
from case_audit.errors import (
    CrosswalkError,
    FileError,
    NotComparableError,
    RubricError,
)
from case_audit.services.crosswalk import open_crosswalk
from case_audit.services.selfassessment import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from case_audit.core.rubric.crosswalk import Crosswalk
    from case_audit.core.sample.round import Round
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.trend import Trend
    from case_audit.errors import CaseAuditError
    from case_audit.exchange.crosswalk_file import CrosswalkFile
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

MOST_ROUNDS = 5
"""Earlier rounds that a round is set beside at once, at most: the latest ones."""
CROSSWALKS = "crosswalks"
"""The folder, within a folder of rubrics, in which crosswalks are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A crosswalk that leads from the rubric of an earlier round to that of a later.

    Attributes:
        path: Its file.
        id: What it calls itself.
        old: The earlier rubric with its version, ``our-look@0.2``.
        new: The later one.
        rounds: The earlier rounds that it carries across.
    """

    path: Path
    id: str
    old: str
    new: str
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """A round beside its earlier ones, and what would carry them further.

    Attributes:
        trends: One for each earlier round, the earliest first.
        fitting: Crosswalks that fit.
        errors: What is wrong with others that were found.
        folders: Where crosswalks were looked for.
    """

    trends: tuple[Trend, ...]
    fitting: tuple[Fitting, ...] = ()
    errors: tuple[CaseAuditError, ...] = ()
    folders: tuple[Path, ...] = ()

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """The earlier rubrics that are not today's, each with the later one."""
        ways = (
            (version_of(one.old.rubric), version_of(one.new.rubric))
            for one in self.trends
            if one.old.rubric_digest != one.new.rubric_digest
        )
        return tuple(dict.fromkeys(ways))


def read_trends(
    database: Database,
    name: str,
    *,
    crosswalks: Sequence[Path] = (),
    folders: Sequence[Path] = (),
) -> Trends:
    """Set a round beside its earlier ones, and find crosswalks that fit.

    Args:
        database: Where the rounds are.
        name: The later round.
        crosswalks: Files to carry earlier rounds across, as for :func:`trends_to`.
        folders: Folders of rubrics, as for :func:`fitting_crosswalks`.

    Raises:
        CaseAuditError: As :func:`trends_to`.
    """
    found = trends_to(database, name, crosswalks=crosswalks)
    fitting, errors = fitting_crosswalks(found, folders)
    return Trends(
        trends=found,
        fitting=fitting,
        errors=errors,
        folders=tuple(folder / CROSSWALKS for folder in folders),
    )


def trends_to(
    database: Database, name: str, *, crosswalks: Sequence[Path] = ()
) -> tuple[Trend, ...]:
    """Set a round beside each of its earlier ones.

    Those count that are of its cohort, drawn at random, and have an audit submitted.
    Imported ones are of before the program came, so they are earlier than any that
    was drawn; among themselves, their dates decide.

    Args:
        database: Where the rounds are.
        name: The later round.
        crosswalks: Files; the first that leads from an earlier round's rubric to
            that of the later one carries it across. Without one, only what reads
            the same is compared.

    Returns:
        One trend for each earlier round, the earliest first; none for a round of
        cases that were picked for their risks.

    Raises:
        UnknownRoundError: If there is no such round.
        FileError: If a crosswalk cannot be read.
        RubricError: If one is not as it should be.
        CrosswalkError: If one does not fit the rubrics that it names.
    """
    files = [open_crosswalk(path) for path in crosswalks]
    with database.read() as uow:
        one = uow.rounds.named(name)
        if one.purpose == "targeted":
            return ()
        mine = _place(uow, one)
        places = {
            other.name: _place(uow, other)
            for other in uow.rounds.rounds()
            if other.cohort == one.cohort and other.purpose != "targeted"
        }
    earlier = sorted(
        (name for name, place in places.items() if place < mine),
        key=places.__getitem__,
        reverse=True,
    )
    if not earlier:
        return ()
    new = summarise(database, name)
    olds = (summarise(database, old) for old in reversed(earlier[:MOST_ROUNDS]))
    return tuple(
        trend(old, new, _walk(files, old, new)) for old in olds if old.submitted
    )


def _walk(
    files: Sequence[CrosswalkFile], old: Summary, new: Summary
) -> Crosswalk | None:
    if old.rubric_digest == new.rubric_digest:
        return None
    for file in files:
        if _leads(file, old, new):
            return file.hold_against(old.rubric, new.rubric)
    return None


def _leads(file: CrosswalkFile, old: Summary, new: Summary) -> bool:
    ends = (version_of(old.rubric), version_of(new.rubric))
    return (file.walk.old, file.walk.new) == ends


def fitting_crosswalks(
    trends: Sequence[Trend], folders: Sequence[Path]
) -> tuple[tuple[Fitting, ...], tuple[CaseAuditError, ...]]:
    """Find the crosswalks that carry earlier rounds across.

    Args:
        trends: A round beside its earlier ones.
        folders: Folders of rubrics; crosswalks are looked for in ``crosswalks``
            within each, in files that end in ``.yaml``.

    Returns:
        Those that fit, by folder and file name, and what is wrong with others.
    """
    found: list[Fitting] = []
    errors: list[CaseAuditError] = []
    changed = [t for t in trends if t.old.rubric_digest != t.new.rubric_digest]
    for path in _files(folders) if changed else ():
        try:
            file = open_crosswalk(path)
            rounds = [t for t in changed if _leads(file, t.old, t.new)]
            for one in rounds:
                file.hold_against(one.old.rubric, one.new.rubric)
        except (FileError, RubricError, CrosswalkError) as error:
            errors.append(error)
            continue
        if rounds:
            names = tuple(one.old.facts.name for one in rounds)
            walk = file.walk
            found.append(
                Fitting(path=path, id=walk.id, old=walk.old, new=walk.new, rounds=names)
            )
    return tuple(found), tuple(errors)


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((folder / CROSSWALKS).glob("*.yaml"))


def _place(uow: UnitOfWork, one: Round) -> tuple[bool, str, int]:
    """Return what rounds are put in order by."""
    imported = one.purpose == HISTORY
    as_at = uow.frames.frame(one.frame_id).as_at if imported else ""
    return not imported, as_at, one.id


def trend_of(
    database: Database,
    name: str | None,
    *,
    against: str,
    crosswalk: Path | None = None,
) -> Trend:
    """Set a round beside an earlier one.

    Each is summed up with the rubric it was graded with, whose text the round
    holds, whatever the rubric's file says now.

    Args:
        database: Where the rounds are.
        name: The later round; the newest without one.
        against: The earlier round.
        crosswalk: The file that leads from the earlier rubric to the later one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
        NotComparableError: If the two are one round, or of different cohorts.
        FileError: If the crosswalk cannot be read.
        RubricError: If it is not as it should be.
        CrosswalkError: If it does not fit the rubrics of the rounds.
    """
    old, new = summarise(database, against), summarise(database, name)
    if old.facts.name == new.facts.name:
        reason = f"both are {new.facts.name!r}"
        raise NotComparableError(reason)
    if old.facts.cohort != new.facts.cohort:
        was, is_now = in_words(old.facts.cohort), in_words(new.facts.cohort)
        reason = f"one is of {was}, the other of {is_now}"
        raise NotComparableError(reason)
    for one in (old, new):
        if one.facts.purpose == "targeted":
            reason = (
                f"the cases of {one.facts.name!r} were picked for their risks, and say "
                "nothing of others"
            )
            raise NotComparableError(reason)
    walk = None
    if crosswalk is not None:
        walk = open_crosswalk(crosswalk).hold_against(old.rubric, new.rubric)
    return trend(old, new, walk)
