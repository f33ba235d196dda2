"""Large frames read by DuckDB: one process, bounded memory."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.smallest import Counted
from case_audit.errors import (
    EngineMissingError,
    FrameAddressError,
    FrameColumnError,
    FrameColumnKindError,
    FrameFilesError,
    FrameIdentifiersError,
)
from case_audit.exchange.bigframe.digest import digest_lines
from case_audit.exchange.bigframe.source import BLOCK, BigReading
from case_audit.exchange.bigframe.statements import (
    DUCKDB,
    left,
    lines,
    order_key,
    unusable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from case_audit.exchange.bigframe.source import BigFrame

MEMORY = "1GB"
"""What DuckDB may use before it goes to the disk."""

KINDS = ("VARCHAR", "DATE", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT")
UNSIGNED = ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT")


class DuckEngine:
    """Reads frames by DuckDB.

    Args:
        memory: What it may use, for example ``"500MB"``.
        temp: Folder of the disk to sort on; the system's own if left out.

    Raises:
        EngineMissingError: If DuckDB is not installed.
    """

    name = "duckdb"

    def __init__(self, *, memory: str = MEMORY, temp: Path | None = None) -> None:
        try:
            import duckdb  # noqa: PLC0415 - a third of a second, and an extra
        except ImportError:
            raise EngineMissingError(engine="DuckDB", extra="bigframe") from None
        self._duckdb, self._memory, self._temp = duckdb, memory, temp

    def read(
        self,
        frame: BigFrame,
        *,
        seed: str,
        start: int,
        most: int,
        without: frozenset[str],
        progress: Callable[[int], None],
    ) -> BigReading:
        """Read a frame, as :class:`~case_audit.exchange.bigframe.source.Engine` says."""
        with (
            TemporaryDirectory(prefix="case-audit-", dir=self._temp) as scratch,
            self._connected(Path(scratch)) as connection,
            self._told(frame),
        ):
            reading = _Reading(connection, frame, without)
            populations, smallest, plain = reading.pick(
                order_key(DUCKDB, seed=seed, start=start), most
            )
            digest, repeated = digest_lines(
                reading.sorted_lines(Path(scratch), plain=plain), progress=progress
            )
            if repeated:
                raise FrameIdentifiersError(unusable=0, repeated=repeated)
            return BigReading(
                counted=Counted(digest=digest, populations=populations),
                smallest=smallest,
                left_out=reading.left_out(),
            )

    @contextlib.contextmanager
    def _connected(self, scratch: Path) -> Iterator[Any]:
        connection = self._duckdb.connect(
            ":memory:",
            config={
                "memory_limit": self._memory,
                "temp_directory": str(scratch / "sort"),
                # Nothing is ever fetched unasked.
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "false",
            },
        )
        try:
            yield connection
        finally:
            connection.close()

    @contextlib.contextmanager
    def _told(self, frame: BigFrame) -> Iterator[None]:
        # What DuckDB says of a broken line holds the line: only its kind is told.
        try:
            yield
        except self._duckdb.Error as error:
            if frame.remote:
                raise FrameAddressError(frame.place, engine=self.name) from None
            reason = f"DuckDB reports {type(error).__name__}"
            raise FrameFilesError(frame.place, reason=reason) from None


class _Reading:
    """One frame on one connection."""

    def __init__(
        self,
        connection: Any,  # noqa: ANN401
        frame: BigFrame,
        without: frozenset[str],
    ) -> None:
        self._connection, self._frame, self._without = connection, frame, without
        if frame.remote:
            connection.execute("LOAD httpfs")
        files = ", ".join(_quoted(file) for file in frame.files)
        self._table = (
            f"read_parquet([{files}], hive_partitioning = {frame.in_folders}, "
            "hive_types_autocast = false)"
            if frame.kind == "parquet"
            else f"read_csv([{files}], header = true, all_varchar = true, "
            f"delim = ',', quote = '\"', hive_partitioning = {frame.in_folders}, "
            "hive_types_autocast = false)"
        )
        self._refuse_columns()
        connection.execute("CREATE TABLE left_out (unit VARCHAR)")
        if without:
            connection.executemany(
                "INSERT INTO left_out VALUES (?)", [(u,) for u in sorted(without)]
            )

    def _refuse_columns(self) -> None:
        described = self._connection.execute(f"DESCRIBE SELECT * FROM {self._table}")  # noqa: S608
        kinds = {name: kind for name, kind, *_ in described.fetchall()}
        for column in (self._frame.unit, *self._frame.strata):
            if column not in kinds:
                raise FrameColumnError(column, known=sorted(kinds))
            if kinds[column] not in KINDS + UNSIGNED:
                raise FrameColumnKindError(column, kind=kinds[column])

    def _lines(self, *, plain: bool) -> str:
        frame = self._frame
        found = lines(DUCKDB, self._table, frame.unit, frame.strata, plain=plain)
        return f"({left(found) if self._without else found})"

    def pick(
        self, key: str, most: int
    ) -> tuple[dict[str, int], dict[str, list[str]], bool]:
        """Count the strata and pick the smallest numbers of each, in one pass."""
        rows = self._connection.execute(
            f"SELECT stratum, count(*), count(*) FILTER (WHERE {unusable(DUCKDB)}), "  # noqa: S608
            f"bool_or(odd IS NOT FALSE), min_by(unit, {key}, {most}) "
            f"FROM {self._lines(plain=False)} GROUP BY stratum"
        ).fetchall()
        bad = sum(row[2] for row in rows)
        if bad:
            raise FrameIdentifiersError(unusable=bad, repeated=0)
        populations = {name: count for name, count, *_ in rows}
        return populations, {r[0]: r[4] for r in rows}, not any(r[3] for r in rows)

    def left_out(self) -> frozenset[str]:
        """Return which of the units to be left out are in the frame."""
        if not self._without:
            return frozenset()
        frame = self._frame
        found = lines(DUCKDB, self._table, frame.unit, frame.strata, plain=False)
        rows = self._connection.execute(
            f"SELECT DISTINCT unit FROM ({found}) "  # noqa: S608
            "WHERE unit IN (SELECT unit FROM left_out)"
        )
        return frozenset(unit for (unit,) in rows.fetchall())

    def sorted_lines(self, scratch: Path, *, plain: bool) -> Iterator[bytes]:
        """Yield the lines of the frame sorted as bytes: sorted on disk, not held."""
        target = scratch / "lines"
        statement = (
            f"COPY (SELECT unit, stratum FROM {self._lines(plain=plain)} "  # noqa: S608
            f"ORDER BY unit) TO {_quoted(str(target))} (FORMAT csv, DELIMITER '\t', "
            "HEADER false, QUOTE '', ESCAPE '', USE_TMP_FILE false)"
        )
        if not hasattr(os, "mkfifo"):
            self._connection.execute(statement)
            yield from _blocks(target)
            return
        # Through a pipe the lines never lie on the disk as a whole.
        os.mkfifo(target, 0o600)
        failed: list[BaseException] = []
        writer = Thread(target=self._write, args=(statement, target, failed))
        writer.start()
        try:
            yield from _blocks(target)
        finally:
            writer.join()
        if failed:
            raise failed[0]

    def _write(self, statement: str, target: Path, failed: list[BaseException]) -> None:
        try:
            self._connection.execute(statement)
        except Exception as error:  # noqa: BLE001 - told by the reader
            failed.append(error)
        finally:
            # A reader that still waits for a writer is let go.
            with contextlib.suppress(OSError):
                os.close(os.open(target, os.O_WRONLY | os.O_NONBLOCK))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(BLOCK):
            yield block


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
