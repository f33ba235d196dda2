"""Spark gives the sample that the reference gives."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bigframes import (
    MESSY,
    page_statements,
    rows_of,
    spark_missing,
    write_folders,
    write_parquet,
)

from builders import SEED
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS
from case_audit.core.sample.smallest import sample_from
from case_audit.errors import (
    FrameColumnError,
    FrameColumnKindError,
    FrameFilesError,
    FrameIdentifiersError,
)
from case_audit.exchange.bigframe.source import big_frame
from case_audit.exchange.bigframe.spark import SparkEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from case_audit.core.sample.model import Sample

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(spark_missing()), reason=spark_missing()),
    # Spark leaves the sockets to its own process to the collector.
    pytest.mark.filterwarnings("ignore"),
]
SMALL = {
    "spark.master": "local[1]",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    # Compiling a query takes longer than running it on a few rows.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # So does compiling Spark itself, and its many threads have few cores here.
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
DESIGN = Design(
    kind="stratified",
    size=30,
    strata=("authority", "team"),
    minimum=1,
    reserves=3,
    start=MODULUS // 3,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[SparkEngine]:
    """One small Spark for the module: its start is most of the time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = SparkEngine(settings=SMALL)
        yield made
        made.stop()


def drawn(
    engine: SparkEngine,
    place: Path,
    design: Design,
    *,
    unit: str = "unit",
    without: frozenset[str] = frozenset(),
) -> Sample:
    reading = engine.read(
        big_frame(str(place), unit=unit, strata=design.strata),
        seed=SEED,
        start=design.start,
        most=design.size + design.reserves,
        without=without,
        progress=lambda _lines: None,
    )
    assert reading.left_out == without
    return sample_from(reading.counted, reading.smallest, design=design, seed=SEED)


def test_the_sample_is_that_of_the_reference(
    engine: SparkEngine, tmp_path: Path
) -> None:
    """Odd identifiers and strata, a start of its own, cases left out."""
    place = write_parquet(tmp_path / "it's", MESSY)
    without = frozenset({"CH0007", "Åse-é", "padded"})

    rows = rows_of(MESSY, DESIGN.strata, without=without)
    assert drawn(engine, place, DESIGN, without=without) == draw_sample(
        rows, design=DESIGN, seed=SEED
    )


def test_folders_may_hold_values(engine: SparkEngine, tmp_path: Path) -> None:
    """Platforms part their tables by authority, and write its code into the path."""
    rows = [(f"CH{n:03}", 801 + n % 2) for n in range(60)]
    design = replace(DESIGN, strata=("authority",), size=9)

    found = drawn(engine, write_folders(tmp_path, "csv", rows), design)

    plain = [(unit, str(authority)) for unit, authority in rows]
    assert found == draw_sample(plain, design=design, seed=SEED)


@pytest.mark.parametrize(
    ("extra", "unusable", "repeated"),
    [
        ([(" \u2003", "East", 1), ("é\x85x", "East", 1)], 2, 0),
        ([("Åse-é", "East", 1)], 0, 1),
    ],
    ids=["unusable", "repeated"],
)
def test_identifiers_that_are_not_one_for_each_case_are_refused(
    engine: SparkEngine,
    tmp_path: Path,
    extra: list[tuple[str, str | None, int]],
    unusable: int,
    repeated: int,
) -> None:
    place = write_parquet(tmp_path / "a", [*MESSY, *extra], parts=1)

    with pytest.raises(FrameIdentifiersError) as raised:
        drawn(engine, place, replace(DESIGN, strata=()))

    assert (raised.value.unusable, raised.value.repeated) == (unusable, repeated)


def test_files_and_columns_are_refused_as_by_duckdb(
    engine: SparkEngine, tmp_path: Path
) -> None:
    """And what a broken file holds is not shown."""
    place = write_parquet(tmp_path / "a", MESSY, parts=1)
    (tmp_path / "f.parquet").write_bytes(b"CH-SECRET is no Parquet")

    with pytest.raises(FrameColumnError, match="no column uint"):
        drawn(engine, place, DESIGN, unit="uint")
    with pytest.raises(FrameFilesError, match=r"f\.parquet") as raised:
        drawn(engine, tmp_path / "f.parquet", DESIGN)
    assert "SECRET" not in "".join(raised.value.lines)


@pytest.mark.usefixtures("engine")
def test_spark_draws_as_the_page_says() -> None:
    """A platform's own session, with the statement as it is printed."""
    rows = [(f"CH{n:03}", str(801 + n % 2)) for n in range(60)]
    from pyspark.sql import SparkSession  # noqa: PLC0415

    session = SparkSession.getActiveSession()
    assert session is not None
    session.createDataFrame(
        rows, "child STRING, authority STRING"
    ).createOrReplaceTempView("frame")

    found = session.sql(page_statements()["Spark"].replace("SEED", SEED)).collect()

    design = replace(
        DESIGN, strata=("authority",), allocation="equal", size=50, reserves=0, start=0
    )
    sample = draw_sample(rows, design=design, seed=SEED)
    drawn_rows = [(d.stratum, 30, d.unit) for d in sample.drawn]
    assert [tuple(row) for row in found] == drawn_rows


def test_numbers_with_a_point_are_no_identifiers(
    engine: SparkEngine, tmp_path: Path
) -> None:
    import duckdb  # noqa: PLC0415

    file = tmp_path / "f.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1.5::DOUBLE AS unit) TO '{file}'")

    with pytest.raises(FrameColumnKindError, match="unit"):
        drawn(engine, file, replace(DESIGN, strata=()))
