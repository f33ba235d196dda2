"""One frame, one draw, whatever reads it.

Spark's part is in ``exchange/test_bigframe_spark.py``, for it starts slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bigframes import MESSY, NAMES, rows_of, write_parquet

from builders import AS_AT, NOW, SEED
from case_audit.core.frame.model import Frame, FrameUnit, Source, canonical_unit
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.manifest import Origin, write_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import prn
from case_audit.core.sample.seed import machine_seed
from case_audit.exchange.bigframe.duck import DuckEngine
from case_audit.services.bigframe import BigRequest, draw_big
from case_audit.services.numbers import draw_stored, number_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.sample.model import Sample
    from case_audit.exchange.bigframe.source import Engine
    from case_audit.services.database import Database

DESIGN = Design(
    kind="stratified",
    size=60,
    strata=("authority", "team"),
    minimum=1,
    reserves=3,
    # Within the numbers of the frame, so that the circle is gone round.
    start=sorted(prn(SEED, canonical_unit(row[0])) for row in MESSY)[len(MESSY) // 2],
)
WITHOUT = ("CH0007", "Åse-é", "padded")


def plain_python() -> Sample:
    rows = rows_of(MESSY, DESIGN.strata, without=frozenset(WITHOUT))
    return draw_sample(rows, design=DESIGN, seed=SEED)


def manifest_of(sample: Sample) -> str:
    """The record of a sample, of an origin that is the same for all."""
    origin = Origin(
        seed=SEED,
        seed_mode="machine",
        seed_source="",
        seed_randomness="",
        round_label="One",
        draw_number=1,
        cohort="cp",
        as_at=AS_AT.isoformat(),
        sources=(),
        exclusions=(("moved", WITHOUT),),
        created_utc="2026-04-01T00:00:00Z",
        version="1",
    )
    return write_manifest(sample, design=DESIGN, origin=origin)


def from_files(engine: Engine, folder: Path) -> Sample:
    request = BigRequest(
        place=str(write_parquet(folder, MESSY)),
        unit="unit",
        design=DESIGN,
        seed=machine_seed(SEED),
        label="One",
        cohort="cp",
        exclusions=[
            Exclusion(line=n, unit=unit, reason="moved")
            for n, unit in enumerate(WITHOUT, start=2)
        ],
    )
    return draw_big(request, engine, version="1", now=NOW).sample


@pytest.mark.parametrize("numbered", [SEED, "ab" * 32], ids=["this", "another"])
def test_stored_numbers_draw_as_plain_python_does(
    database: Database, numbered: str
) -> None:
    """In the embedded file and on a server; numbers of this seed and of another."""
    keep(database)
    number_frame(database, "cp", strata=DESIGN.strata, seed=numbered, by="A", now=NOW)

    with database.read() as uow:
        frame = uow.frames.newest("cp")
        sample = draw_stored(uow, frame, design=DESIGN, seed=SEED, without=WITHOUT)

    assert sample is not None
    assert manifest_of(sample) == manifest_of(plain_python())


def test_duckdb_draws_as_plain_python_does(tmp_path: Path) -> None:
    sample = from_files(DuckEngine(memory="200MB", temp=tmp_path), tmp_path / "f")

    assert manifest_of(sample) == manifest_of(plain_python())


def keep(database: Database) -> None:
    units = tuple(
        FrameUnit(
            unit=canonical_unit(row[0]),
            attributes=dict(zip(NAMES[1:], (row[1] or "", str(row[2])), strict=True)),
        )
        for row in sorted(MESSY, key=lambda row: canonical_unit(row[0]))
    )
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
