"""Frames in files, messy on purpose, and what they hold when cleaned."""

from __future__ import annotations

import os
import random
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.draw import stratum_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, str | None, int]
"""Identifier, team and authority as a file has them."""

TEAMS = (
    "East",
    " Wëst / 'of'  it ",
    '"; DROP',
    "two \t words",
    "",
    None,
    "ålesund\u3000",
)
MESSY: tuple[Row, ...] = tuple(
    (unit, TEAMS[n % len(TEAMS)], 800 + n % 3)
    for n, unit in enumerate(
        [
            *(f"CH{n:04}" for n in range(180)),
            *("Zoë-1", normalize("NFD", "Åse-é"), "ÅÄÖ", "a b", "a", "ab", "O'Hara"),
            *("100%", "😀", "\\N", "ß", "  padded ", "\u00a0hard\u2003", "\ttab\n"),
            *("ﬁ", "Ω", "가", "\u1100\u1161x", "e\u0323\u0302", '"quoted"', "a,b"),
            *("NULL", "0001", "1", "\uff11", "x\u200by", "İ", "א", "\ufeffb"),
        ]
    )
)
NAMES = ("unit", "team", "authority")


def rows_of(
    messy: Sequence[Row],
    strata: tuple[str, ...],
    *,
    without: frozenset[str] = frozenset(),
) -> list[tuple[str, str]]:
    """What the reference draws from: unit and stratum of each row."""
    found = []
    for row in messy:
        attributes = {
            name: str(value or "") for name, value in zip(NAMES, row, strict=True)
        }
        unit = canonical_unit(row[0])
        if unit not in without:
            found.append((unit, stratum_of(attributes, strata)))
    return found


def write_parquet(
    folder: Path, messy: Sequence[Row], *, parts: int = 3, seed: int = 1
) -> Path:
    """Write rows in some order to some files; returns their folder."""
    import duckdb  # noqa: PLC0415

    folder.mkdir()
    shuffled = list(messy)
    random.Random(seed).shuffle(shuffled)
    with duckdb.connect() as connection:
        for part in range(parts):
            connection.execute(
                "CREATE OR REPLACE TABLE t (unit VARCHAR, team VARCHAR, authority INT)"
            )
            share = [list(row) for row in shuffled[part::parts]]
            if share:
                connection.executemany("INSERT INTO t VALUES (?, ?, ?)", share)
            file = folder / f"part {part}'s.parquet"
            target = str(file).replace("'", "''")
            connection.execute(f"COPY t TO '{target}' (FORMAT parquet)")
    return folder


def write_folders(folder: Path, kind: str, rows: Sequence[tuple[str, int]]) -> Path:
    """Write rows to a folder for each authority, as platforms do."""
    import duckdb  # noqa: PLC0415

    for authority in sorted({a for _, a in rows}):
        inner = folder / kind / f"authority={authority}"
        inner.mkdir(parents=True)
        mine = [unit for unit, a in rows if a == authority]
        if kind == "csv":
            text = "unit,note\n" + "".join(f'{u},"a ""b"", c"\n' for u in mine)
            (inner / "1.csv").write_text(text, "utf-8")
            continue
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t (unit VARCHAR)")
            connection.executemany("INSERT INTO t VALUES (?)", [[u] for u in mine])
            connection.execute(f"COPY t TO '{inner / '1.parquet'}' (FORMAT parquet)")
    return folder / kind


def spark_missing() -> str:
    """Why Spark cannot be run here; empty if it can."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed: pip install -r requirements/spark.txt"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "no Java runtime here, which Spark needs: openjdk-17-jre-headless"
    return ""


def page_statements() -> dict[str, str]:
    """The statements of the page of large frames, by the engine they are for."""
    page = Path(__file__).parent.parent / "docs" / "big-frames.md"
    found = re.findall(
        r"^(DuckDB|Spark|PostgreSQL), [^`]*(?:`frame`:)?\n+```sql\n(.*?)^```",
        page.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return {engine: text.rstrip().rstrip(";") for engine, text in found}
