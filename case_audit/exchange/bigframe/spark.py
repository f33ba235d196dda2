"""Large frames read by Spark: the engine of councils' and national platforms."""

from __future__ import annotations

import contextlib
import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from case_audit.core.sample.smallest import Counted
from case_audit.errors import (
    EngineMissingError,
    FrameAddressError,
    FrameColumnError,
    FrameColumnKindError,
    FrameFilesError,
    FrameIdentifiersError,
    JavaMissingError,
)
from case_audit.exchange.bigframe.digest import digest_lines
from case_audit.exchange.bigframe.source import BigReading
from case_audit.exchange.bigframe.statements import (
    SPARK,
    left,
    lines,
    order_key,
    unusable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from case_audit.exchange.bigframe.source import BigFrame

KINDS = ("string", "date", "boolean", "tinyint", "smallint", "int", "bigint")
AT_ONCE = 10_000
"""Lines joined before they are hashed."""


class SparkEngine:
    """Reads frames by Spark, on this machine or on the cluster it is set up for.

    Args:
        settings: Spark's own settings, over ours; for example ``spark.master`` of
            a cluster. This machine, all its cores, without.

    Raises:
        EngineMissingError: If PySpark is not installed.
        JavaMissingError: If Spark does not start.
    """

    name = "spark"

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        try:
            from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
            from pyspark.errors import PySparkException  # noqa: PLC0415
        except ImportError:
            raise EngineMissingError(engine="Spark", extra="spark") from None
        self._errors = (PySparkException, Py4JError)
        self._spark = _started(settings or {}, self._errors)
        self._spark.udf.register("nfc", _nfc)

    def stop(self) -> None:
        """End the session."""
        self._spark.stop()

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
        with self._told(frame):
            self._lines(frame, without)
            populations = self._counted()
            smallest = self._picked(order_key(SPARK, seed=seed, start=start), most)
            digest, repeated = digest_lines(self._sorted_lines(), progress=progress)
            if repeated:
                raise FrameIdentifiersError(unusable=0, repeated=repeated)
            return BigReading(
                counted=Counted(digest=digest, populations=populations),
                smallest=smallest,
                left_out=self._left_out(without),
            )

    @contextlib.contextmanager
    def _told(self, frame: BigFrame) -> Iterator[None]:
        # What Spark says of a broken line may hold the line: only its kind is told.
        try:
            yield
        except self._errors as error:
            if frame.remote:
                raise FrameAddressError(frame.place, engine=self.name) from None
            reason = f"Spark reports {type(error).__name__}"
            raise FrameFilesError(frame.place, reason=reason) from None

    def _lines(self, frame: BigFrame, without: frozenset[str]) -> None:
        """Name the frame's rows ``every_line``, and those to draw from ``line``."""
        reader = self._spark.read
        if frame.in_folders:
            reader = reader.option("basePath", frame.base)
        if frame.kind == "csv":
            reader = reader.option("header", "true").option("escape", '"')
            read = reader.csv(list(frame.files))
        else:
            read = reader.parquet(*frame.files)
        kinds = dict(read.dtypes)
        for column in (frame.unit, *frame.strata):
            if column not in kinds:
                raise FrameColumnError(column, known=sorted(kinds))
            if kinds[column] not in KINDS:
                raise FrameColumnKindError(column, kind=kinds[column])
        read.createOrReplaceTempView("frame")
        self._view("every_line", self._both(frame))
        out = self._spark.createDataFrame([(u,) for u in without], "unit STRING")
        out.createOrReplaceTempView("left_out")
        found = "SELECT * FROM every_line"
        self._view("line", left(found) if without else found)

    def _both(self, frame: BigFrame) -> str:
        # Only identifiers with letters beyond ASCII go through Python for their
        # normal form: Spark has no function for it.
        raw = SPARK.as_text(frame.unit)
        beyond = SPARK.has(raw, r"[^\x{0}-\x{7f}]")
        inside = f"(SELECT * FROM frame WHERE NOT coalesce({beyond}, FALSE)) AS f"  # noqa: S608
        outside = f"(SELECT * FROM frame WHERE {beyond}) AS f"  # noqa: S608
        ascii_alone = lines(SPARK, inside, frame.unit, frame.strata, plain=False)
        ascii_alone = ascii_alone.replace("nfc(raw)", "raw")
        others = lines(SPARK, outside, frame.unit, frame.strata, plain=False)
        return f"{ascii_alone} UNION ALL {others}"

    def _view(self, name: str, statement: str) -> None:
        self._spark.sql(statement).createOrReplaceTempView(name)

    def _counted(self) -> dict[str, int]:
        rows = self._spark.sql(
            f"SELECT stratum, count(*), count_if({unusable(SPARK)}) "  # noqa: S608
            "FROM line GROUP BY stratum"
        ).collect()
        bad = sum(row[2] for row in rows)
        if bad:
            raise FrameIdentifiersError(unusable=bad, repeated=0)
        return {row[0]: row[1] for row in rows}

    def _picked(self, key: str, most: int) -> dict[str, list[str]]:
        ranked = (
            "SELECT stratum, unit, row_number() OVER (PARTITION BY stratum "  # noqa: S608
            f"ORDER BY key, unit) AS place FROM (SELECT *, {key} AS key FROM line) AS l"
        )
        found: dict[str, list[str]] = {}
        picked = f"SELECT stratum, unit FROM ({ranked}) AS r WHERE place <= {most}"  # noqa: S608
        for stratum, unit in self._spark.sql(picked).collect():
            found.setdefault(stratum, []).append(unit)
        return found

    def _left_out(self, without: frozenset[str]) -> frozenset[str]:
        if not without:
            return frozenset()
        found = self._spark.sql(
            "SELECT DISTINCT unit FROM every_line WHERE unit IN "
            "(SELECT unit FROM left_out)"
        )
        return frozenset(row[0] for row in found.collect())

    def _sorted_lines(self) -> Iterator[bytes]:
        rows = self._spark.sql("SELECT unit, stratum FROM line ORDER BY unit")
        stream = rows.toLocalIterator(prefetchPartitions=True)
        while some := list(islice(stream, AT_ONCE)):
            yield "".join(f"{unit}\t{stratum}\n" for unit, stratum in some).encode()


def _nfc(text: str | None) -> str | None:
    return None if text is None else normalize("NFC", text)


def _started(chosen: Mapping[str, str], errors: tuple[Any, ...]) -> Any:  # noqa: ANN401
    from pyspark.sql import SparkSession  # noqa: PLC0415

    # Workers run this Python, not whichever is first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.master": "local[*]",
        "spark.app.name": "case-audit",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        **chosen,
    }
    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (*errors, OSError):
        raise JavaMissingError from None
    # What it logs of a broken file holds lines of the file.
    session.sparkContext.setLogLevel("OFF")
    return session
