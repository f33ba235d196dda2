"""Numbers kept once give the draw that the whole frame gives."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from builders import AS_AT, NOW, SEED
from case_audit.core.frame.model import Frame, FrameUnit, Source
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS, prn
from case_audit.errors import (
    NumbersDamagedError,
    SampleTooLargeError,
    SeedError,
    UnknownFrameError,
    UnknownStratumError,
)
from case_audit.services.numbers import draw_stored, forget_numbers, number_frame
from case_audit.services.sample_lines import stratified_rows
from stored import plain_engine, sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.sample.model import Sample
    from case_audit.services.database import Database
    from case_audit.services.numbers import Numbered

OTHER = "ab" * 32
BY_TEAM = Design(kind="stratified", size=21, strata=("team",), minimum=2, reserves=3)
SIMPLE = Design(kind="simple", size=12, minimum=0, reserves=4)
TEAMS = ("East", "Wëst / 'of' it", '"; DROP', "  two \t words ", "", "ålesund")
UNITS = tuple(
    FrameUnit(unit=unit, attributes={"team": TEAMS[n % 5], "band": str(n % 17)})
    for n, unit in enumerate(
        sorted(
            [f"CH{n:04}" for n in range(150)]
            + [
                "Zoë-1",
                "ÅÄÖ",
                "a b",
                "a",
                "ab",
                "O'Hara",
                "100%",
                "😀",
                "\\N",
                "ß",
                "‽",
            ]
        )
    )
)
DESIGNS = (
    SIMPLE,
    replace(SIMPLE, start=MODULUS - 1),
    replace(SIMPLE, size=len(UNITS), start=MODULUS // 2),
    BY_TEAM,
    replace(BY_TEAM, start=MODULUS // 3),
    replace(BY_TEAM, start=MODULUS - 2**58),
    replace(BY_TEAM, allocation="equal", size=30),
    replace(BY_TEAM, strata=("team", "band"), minimum=0),
    replace(BY_TEAM, reserves=0),
)


@pytest.fixture
def framed(database: Database) -> Database:
    """A database with one frame, of odd identifiers and strata."""
    return keep(database, UNITS)


def keep(database: Database, units: tuple[FrameUnit, ...]) -> Database:
    source = Source(
        kind="annex_a",
        name="a.xlsx",
        sha256="0" * 64,
        as_at=AS_AT.isoformat(),
        imported_utc="2026-04-01T00:00:00Z",
        imported_by="A",
        synthetic=True,
    )
    with database.write() as uow:
        frame = Frame(cohort="cp", as_at=AS_AT, units=units)
        uow.frames.add_frame(uow.frames.add_import(source), frame)
        uow.commit()
    return database


def numbered(
    database: Database, strata: tuple[str, ...] = (), seed: str = SEED
) -> Numbered:
    return number_frame(database, "cp", strata=strata, seed=seed, by="A", now=NOW)


def stored(
    database: Database, design: Design, without: frozenset[str] = frozenset()
) -> Sample | None:
    with database.read() as uow:
        frame = uow.frames.newest("cp")
        return draw_stored(uow, frame, design=design, seed=SEED, without=without)


def whole(design: Design, without: frozenset[str] = frozenset()) -> Sample:
    rows = stratified_rows(UNITS, design.strata, without=without)
    return draw_sample(rows, design=design, seed=SEED)


def test_stored_numbers_give_the_sample_of_the_whole_frame(framed: Database) -> None:
    """Unit for unit, with digest, strata, order and reserves."""
    for strata in {design.strata for design in DESIGNS}:
        numbered(framed, strata)

    for design in DESIGNS:
        assert stored(framed, design) == whole(design)


def test_numbers_of_another_seed_save_the_strata(framed: Database) -> None:
    """A new seed needs one hash of every unit and nothing else."""
    for strata in {design.strata for design in DESIGNS}:
        numbered(framed, strata, OTHER)

    for design in DESIGNS:
        assert stored(framed, design) == whole(design)


@pytest.mark.parametrize("seed", [SEED, OTHER])
def test_cases_left_out_are_not_in_the_frame(framed: Database, seed: str) -> None:
    """The digest, the strata and the numbers are those of the others."""
    numbered(framed, ("team",), seed)
    numbered(framed, (), seed)

    for design in (SIMPLE, BY_TEAM, replace(BY_TEAM, start=MODULUS // 3)):
        without = frozenset(d.unit for d in whole(design).drawn[::2])
        assert stored(framed, design, without) == whole(design, without)


def test_a_simple_draw_needs_no_numbers(framed: Database) -> None:
    """The digest of an unstratified frame is kept with it."""
    assert stored(framed, SIMPLE) == whole(SIMPLE)
    without = frozenset({"Zoë-1"})
    assert stored(framed, SIMPLE, without) == whole(SIMPLE, without)


def test_what_numbers_cannot_give_is_left_to_the_whole_frame(framed: Database) -> None:
    """Strata that were never counted, and designs that need more of a unit."""
    numbered(framed)

    assert stored(framed, BY_TEAM) is None
    assert stored(framed, replace(SIMPLE, kind="systematic")) is None


def test_refusals_are_those_of_any_draw(framed: Database) -> None:
    numbered(framed)

    with pytest.raises(SampleTooLargeError, match="the frame holds 161"):
        stored(framed, replace(SIMPLE, size=162))


def test_numbers_are_computed_once(framed: Database) -> None:
    """The second time they are there, and the log has one line of them."""
    told: list[tuple[int, int]] = []

    first = number_frame(
        framed,
        "cp",
        strata=(),
        seed=SEED,
        by="A",
        now=NOW,
        progress=lambda done, units: told.append((done, units)),
    )
    again = numbered(framed)

    assert (first.fresh, again.fresh) == (True, False)
    assert first.numbering == again.numbering
    assert told == [(161, 161)]
    assert sql(framed, "SELECT count(*) FROM event WHERE action = 'number'") == [(1,)]
    assert sql(framed, "SELECT count(*) FROM frame_number") == [(161,)]


def test_numbers_stay_in_order_at_the_ends_of_their_range(framed: Database) -> None:
    """64 bits without a sign fit a signed column only if the order stays."""
    numbered(framed)

    kept = sql(framed, "SELECT prn, unit FROM frame_number ORDER BY prn")

    by_number = sorted((prn(SEED, u.unit) - 2**63, u.unit) for u in UNITS)
    assert kept == by_number
    assert kept[0][0] < 0 < kept[-1][0]  # type: ignore[operator]


def test_units_of_one_number_all_come_to_be_settled(framed: Database) -> None:
    """Cut off by a limit, the sample would hang on the order of rows on disk."""
    found = numbered(framed).numbering
    fifth = sorted(prn(SEED, u.unit) for u in UNITS)[4] - 2**63
    sql(framed, "UPDATE frame_number SET prn = -5 WHERE prn <= :p", p=fifth)

    with framed.read() as uow:
        none, two, six = (
            uow.numbers.smallest(found.id, 0, count, start=2**63 - 5)
            for count in (0, 2, 6)
        )

    assert none == []
    assert [number for number, _ in two] == [2**63 - 5] * 5
    assert len(six) == 6
    assert set(two) <= set(six)


def test_missing_numbers_are_noticed(framed: Database) -> None:
    """A new seed reads the identifiers from there."""
    numbered(framed, seed=OTHER)
    sql(framed, "DELETE FROM frame_number WHERE unit = 'CH0001'")

    with pytest.raises(NumbersDamagedError):
        stored(framed, SIMPLE)


def test_changed_numbers_are_noticed(framed: Database) -> None:
    """Who slips a unit in front must not have it drawn."""
    numbered(framed)
    chosen = max(UNITS, key=lambda u: prn(SEED, u.unit)).unit
    sql(
        framed, "UPDATE frame_number SET prn = :p WHERE unit = :u", p=-(2**63), u=chosen
    )

    with pytest.raises(NumbersDamagedError):
        stored(framed, SIMPLE)


def test_an_interrupted_numbering_is_not_drawn_from(framed: Database) -> None:
    """Half the units would give half the frame's sample; it starts anew."""
    with framed.write() as uow:
        frame = uow.frames.newest("cp")
        half = uow.numbers.begin(frame.id, (), SEED, at_utc="2026-04-01T00:00:00Z")
        uow.numbers.add(half, [(0, prn(SEED, u.unit), u.unit) for u in UNITS[:9]])
        uow.commit()

    before = stored(framed, SIMPLE)
    numbered(framed)

    assert before == stored(framed, SIMPLE) == whole(SIMPLE)
    assert sql(framed, "SELECT count(*) FROM frame_number") == [(161,)]


def test_forgotten_numbers_are_gone(framed: Database) -> None:
    numbered(framed)
    numbered(framed, ("team",))

    assert forget_numbers(framed, "cp") == 2
    assert forget_numbers(framed, "cp") == 0
    assert sql(framed, "SELECT count(*) FROM frame_number") == [(0,)]


def test_slips_are_refused_before_anything_is_kept(framed: Database) -> None:
    with pytest.raises(SeedError):
        numbered(framed, seed="42")
    with pytest.raises(UnknownStratumError):
        numbered(framed, ("tema",))
    with pytest.raises(UnknownFrameError):
        number_frame(framed, "cin", strata=(), seed=SEED, by="A", now=NOW)

    assert sql(framed, "SELECT count(*) FROM numbering") == [(0,)]


def test_a_draw_never_reads_the_whole_table(database: Database) -> None:
    """Its time must not grow with the frame: an index is searched, nothing sorted."""
    keep(
        database,
        tuple(
            FrameUnit(unit=f"CH{n:06}", attributes={"team": "ABCDE"[n % 5]})
            for n in range(6_000)
        ),
    )
    numbered(database, ("team",))
    server = "://" in database.url
    if server:
        sql(database, "ANALYZE frame_number")
    with statements() as said:
        stored(database, BY_TEAM)
        stored(database, replace(BY_TEAM, start=MODULUS // 2))

    about = [s for s in said if "frame_number" in s[0] or "frame_unit" in s[0]]
    plan = "\n".join(explained(database, *statement) for statement in about)
    assert len(about) >= 5
    assert ("Index" if server else "USING PRIMARY KEY") in plan
    for slow in ("SCAN", "TEMP B-TREE", "Seq Scan", "Sort", "frame_unit"):
        assert slow not in plan


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is said to the database, with its values."""
    said: list[tuple[str, Any]] = []

    def hear(*heard: Any) -> None:  # noqa: ANN401
        said.append((heard[2], heard[3]))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def explained(database: Database, statement: str, values: Any) -> str:  # noqa: ANN401
    """How the database goes about a statement."""
    word = "EXPLAIN" if "://" in database.url else "EXPLAIN QUERY PLAN"
    with plain_engine(database.url) as engine, engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{word} {statement}", values)
        return "\n".join(str(row[-1]) for row in rows)
