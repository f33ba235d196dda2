"""Compute the random numbers of a frame once, and draw from a few of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from case_audit.core.frame.model import ALL, FrameUnit
from case_audit.core.sample.draw import stratum_of
from case_audit.core.sample.numbers import is_seed, prn
from case_audit.core.sample.rows import line_text
from case_audit.core.sample.smallest import (
    Counted,
    needs_smallest_only,
    numbers,
    sample_from,
    smallest,
    wanted,
)
from case_audit.errors import NumbersDamagedError, SeedError
from case_audit.security.sealed_log import content_digest
from case_audit.services.frame import refuse_unknown, strata_keys
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.model import Design, Sample
    from case_audit.services.database import Database
    from case_audit.store.numbers import Numbering
    from case_audit.store.unit_of_work import UnitOfWork

BATCH = 250_000
"""Numbers sorted and kept at once. Others can write between two batches, and the
memory for one is all that is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """What :func:`number_frame` did.

    Attributes:
        frame: The frame.
        numbering: Its numbers.
        fresh: Whether they were computed now; else they were there.
    """

    frame: StoredFrame
    numbering: Numbering
    fresh: bool


def number_frame(
    database: Database,
    cohort: str,
    *,
    strata: tuple[str, ...],
    seed: str,
    by: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Numbered:
    """Compute the numbers of the newest frame of a cohort and keep them.

    Afterwards a draw with that seed and these strata reads a few rows, however
    large the frame is. Nothing is computed if they are there.

    Args:
        database: Where the frame is.
        cohort: Whose newest frame.
        strata: The attributes that make the strata.
        seed: 64 lower-case hexadecimal digits.
        by: Who asks for them, for the log.
        now: The time, for the record.
        progress: Told how many units are done, and of how many.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        UnknownStratumError: If the frame has no such attribute.
        SeedError: If the seed is not in its final form.
    """
    if not is_seed(seed):
        raise SeedError(characters=len(seed), needed=64)
    with database.read() as uow:
        frame = uow.frames.newest(cohort)
        there = _exact(uow, frame, strata, seed)
        if there:
            return Numbered(frame=frame, numbering=there, fresh=False)
        _refuse_unknown(uow, frame, strata)
    with database.write() as uow:
        number = uow.numbers.begin(frame.id, strata, seed, at_utc=utc(now))
        uow.commit()
    counted = _fill(database, frame, number, strata=strata, seed=seed, tell=progress)
    with database.write() as uow:
        uow.numbers.complete(number, counted)
        uow.registry.log(
            at_utc=utc(now),
            actor=by,
            action="number",
            subject=f"frame {frame.id}",
            content=content_digest(f"{seed} {' / '.join(strata)} {counted.digest}"),
        )
        uow.commit()
    with database.read() as uow:
        kept = _exact(uow, frame, strata, seed)
    if kept is None:
        raise NumbersDamagedError
    return Numbered(frame=frame, numbering=kept, fresh=True)


def _refuse_unknown(
    uow: UnitOfWork, frame: StoredFrame, strata: tuple[str, ...]
) -> None:
    first = dict.fromkeys(uow.frames.attribute_keys(frame.id), "")
    likely = strata_keys(frame.cohort, [FrameUnit(unit="", attributes=first)])
    if not set(strata) <= set(likely):
        # An attribute may be that of a few units alone.
        refuse_unknown(frame.cohort, list(uow.frames.units(frame.id)), strata)


def _fill(
    database: Database,
    frame: StoredFrame,
    number: int,
    *,
    strata: tuple[str, ...],
    seed: str,
    tell: Callable[[int, int], None],
) -> Counted:
    """Hash every unit of a frame and keep its number; returns what was counted."""
    hashed, lines, done = numbers(seed), sha256(), 0
    places: dict[str, int] = {}
    counts = Counter[str]()
    with database.read() as reading:
        rows = reading.numbers.frame_rows(frame.id)
        while batch := list(islice(rows, BATCH)):
            kept = []
            for unit, attributes in batch:
                stratum = stratum_of(attributes, strata)
                counts[stratum] += 1
                place = places.setdefault(stratum, len(places))
                kept.append((place, int.from_bytes(hashed(unit)[:8], "big"), unit))
                lines.update(f"{unit}\t{stratum}\n".encode())
            # In order they are written to each page of the index once.
            kept.sort()
            with database.write() as uow:
                uow.numbers.add(number, kept)
                uow.commit()
            done += len(batch)
            tell(done, frame.units)
    return Counted(digest=lines.hexdigest(), populations=dict(counts))


def forget_numbers(database: Database, cohort: str) -> int:
    """Delete the numbers of the newest frame of a cohort; returns how many sets.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    with database.write() as uow:
        kept = uow.numbers.kept(uow.frames.newest(cohort).id)
        for one in kept:
            uow.numbers.forget(one.id)
        uow.commit()
    return len(kept)


def draw_stored(
    uow: UnitOfWork,
    frame: StoredFrame,
    *,
    design: Design,
    seed: str,
    without: Collection[str] = (),
) -> Sample | None:
    """Draw from a stored frame without holding it, if that can be done.

    The same sample as from the whole frame. With the numbers of this seed and
    these strata, a few rows are read; with those of another seed, or without
    strata, every unit is hashed once and let go. Exclusions change the digest of
    the frame, so that the frame is then read once too.

    Args:
        uow: An open unit of work.
        frame: What to draw from.
        design: How.
        seed: 64 lower-case hexadecimal digits.
        without: Units left out before the draw; all in the frame.

    Returns:
        Nothing if the design needs more than numbers, or the strata of the frame
        were never counted.

    Raises:
        CaseAuditError: As in :func:`~case_audit.core.sample.smallest.wanted`.
        NumbersDamagedError: If a number is not what the unit's identifier gives.
    """
    if not needs_smallest_only(design):
        return None
    same = [n for n in uow.numbers.kept(frame.id) if n.strata == design.strata]
    exact = next((n for n in same if n.seed == seed), None)
    whole = _counted(frame, design.strata, same)
    if whole is None:
        return None
    counted, left_out = whole, Counter[str]()
    if without:
        counted = _count_without(uow, frame, design.strata, frozenset(without))
        left_out = Counter(whole.populations)
        left_out.subtract(counted.populations)
    takes = wanted(counted, design)
    candidates = {}
    for stratum, count in takes.items():
        if exact:
            read = count + left_out[stratum]
            place = exact.places[stratum]
            found = uow.numbers.smallest(exact.id, place, read, start=design.start)
            candidates[stratum] = _true(found, seed, without)
        else:
            pieces = _pieces(uow, frame, same, stratum)
            candidates[stratum] = smallest(
                _left(pieces, without), count, seed=seed, start=design.start
            )
    return sample_from(counted, candidates, design=design, seed=seed)


def _exact(
    uow: UnitOfWork, frame: StoredFrame, strata: tuple[str, ...], seed: str
) -> Numbering | None:
    for one in uow.numbers.kept(frame.id):
        if (one.strata, one.seed) == (strata, seed):
            return one
    return None


def _counted(
    frame: StoredFrame, strata: tuple[str, ...], same: list[Numbering]
) -> Counted | None:
    if same:
        return same[0].counted
    if strata:
        return None
    return Counted(digest=frame.digest, populations={ALL: frame.units})


def _count_without(
    uow: UnitOfWork,
    frame: StoredFrame,
    strata: tuple[str, ...],
    without: frozenset[str],
) -> Counted:
    """Count a frame that some units were left out of, and take its digest."""
    counts, lines = Counter[str](), sha256()
    for unit, attributes in uow.numbers.frame_rows(frame.id):
        if unit not in without:
            stratum = stratum_of(attributes, strata)
            counts[stratum] += 1
            lines.update(line_text((unit, stratum), with_aid=False).encode())
    return Counted(digest=lines.hexdigest(), populations=dict(counts))


def _pieces(
    uow: UnitOfWork, frame: StoredFrame, same: list[Numbering], stratum: str
) -> Iterator[Iterable[str]]:
    if not same:
        yield from uow.numbers.frame_pieces(frame.id)
        return
    units, counted = 0, same[0].counted.populations[stratum]
    for piece in uow.numbers.pieces(same[0].id, same[0].places[stratum], units=counted):
        units += len(piece)
        yield piece
    if units != counted:
        raise NumbersDamagedError


def _left(
    pieces: Iterable[Iterable[str]], without: Collection[str]
) -> Iterator[Iterable[str]]:
    if not without:
        yield from pieces
        return
    left_out = frozenset(without)
    for piece in pieces:
        yield [unit for unit in piece if unit not in left_out]


def _true(
    found: list[tuple[int, str]], seed: str, without: Collection[str]
) -> list[str]:
    left_out = frozenset(without)
    if any(prn(seed, unit) != number for number, unit in found):
        raise NumbersDamagedError
    return [unit for _, unit in found if unit not in left_out]
