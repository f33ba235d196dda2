"""The statements on the page of large frames draw what the program draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bigframes import page_statements

from builders import SEED
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    (unit, str(801 + n % 3))
    for n, unit in enumerate([*(f"SYN-{n:04}" for n in range(150)), "Zo\u00eb", "a b"])
]
DESIGN = Design(
    kind="stratified", size=75, strata=("authority",), allocation="equal", reserves=0
)


def by_stratum() -> dict[str, tuple[int, list[str]]]:
    """Strata of the program's draw: size and units in order."""
    sample = draw_sample(ROWS, design=DESIGN, seed=SEED)
    return {
        s.name: (s.population, [d.unit for d in sample.drawn if d.stratum == s.name])
        for s in sample.strata
    }


def test_duckdb_draws_as_the_page_says(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415

    statement = page_statements()["DuckDB"].replace("frame/", f"{tmp_path}/")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (child VARCHAR, authority INT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", ROWS)
        connection.execute(f"COPY t TO '{tmp_path}/1.parquet' (FORMAT parquet)")
        found = connection.execute(statement.replace("SEED", SEED)).fetchall()

    assert {name: (size, units) for name, size, units in found} == by_stratum()


def test_postgresql_draws_as_the_page_says(postgres: str) -> None:
    import psycopg  # noqa: PLC0415

    statement = page_statements()["PostgreSQL"].replace("SEED", SEED)
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TEMPORARY TABLE frame (child text, authority int)")
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO frame VALUES (%s, %s)", ROWS)
        found = connection.execute(statement.encode()).fetchall()

    strata: dict[str, tuple[int, list[str]]] = {}
    for name, size, unit in found:
        strata.setdefault(name, (size, []))[1].append(unit)
    assert strata == by_stratum()
