"""Large frames in files: every engine gives what the reference gives."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bigframes import MESSY, rows_of, write_folders, write_parquet
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, SEED
from case_audit.core.frame.model import frame_digest
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS
from case_audit.core.sample.seed import machine_seed
from case_audit.errors import (
    FrameAddressError,
    FrameColumnError,
    FrameColumnKindError,
    FrameFilesError,
    FrameIdentifiersError,
    FrameNeedsDatabaseError,
    MixedFrameFilesError,
    NoFrameFilesError,
    SampleTooLargeError,
    UnknownUnitsError,
)
from case_audit.exchange.bigframe.digest import digest_lines
from case_audit.exchange.bigframe.duck import DuckEngine
from case_audit.exchange.bigframe.source import big_frame
from case_audit.services.bigframe import BigRequest, draw_big

if TYPE_CHECKING:
    from case_audit.services.bigframe import BigDraw

SIMPLE = Design(kind="simple", size=12, minimum=0, reserves=4)
BY_TEAM = Design(kind="stratified", size=30, strata=("team",), minimum=2, reserves=3)
DESIGNS = (
    SIMPLE,
    replace(SIMPLE, start=MODULUS - 2**60),
    BY_TEAM,
    replace(BY_TEAM, start=MODULUS // 3, reserves=0),
    replace(BY_TEAM, strata=("authority", "team"), minimum=0, size=25),
    replace(BY_TEAM, size=len(MESSY)),
)


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> DuckEngine:
    """DuckDB with little memory; Spark has a module of its own."""
    return DuckEngine(memory="200MB", temp=tmp_path_factory.mktemp("sort"))


def draw(
    engine: DuckEngine,
    place: Path | str,
    design: Design = SIMPLE,
    *,
    unit: str = "unit",
    without: tuple[str, ...] = (),
) -> BigDraw:
    request = BigRequest(
        place=str(place),
        unit=unit,
        design=design,
        seed=machine_seed(SEED),
        label="National",
        cohort="files",
        exclusions=[
            Exclusion(line=n, unit=u, reason="moved")
            for n, u in enumerate(without, start=2)
        ],
        exclusions_file="out.csv",
    )
    return draw_big(request, engine, version="0.1.0", now=NOW)


def test_the_sample_is_that_of_the_reference(
    engine: DuckEngine, tmp_path: Path
) -> None:
    """Whatever the identifiers, strata, start, order of rows and of files."""
    place = write_parquet(tmp_path / "it's", MESSY)

    for design in DESIGNS:
        reference = draw_sample(rows_of(MESSY, design.strata), design=design, seed=SEED)
        assert draw(engine, place, design).sample == reference


def test_other_files_in_another_order_give_the_same_manifest(
    engine: DuckEngine, tmp_path: Path
) -> None:
    """A platform writes as many parts as it likes."""
    one = write_parquet(tmp_path / "a", MESSY, parts=1, seed=5)
    many = write_parquet(tmp_path / "b", MESSY, parts=4, seed=6)

    first, second = (draw(engine, place, BY_TEAM) for place in (one, many))

    assert first.sample == second.sample
    assert '"sha256": ""' not in first.manifest


def test_cases_left_out_are_not_in_the_frame(
    engine: DuckEngine, tmp_path: Path
) -> None:
    place = write_parquet(tmp_path / "a", MESSY)
    without = ("CH0007", "Åse-é", "padded")

    found = draw(engine, place, BY_TEAM, without=without)

    rows = rows_of(MESSY, ("team",), without=frozenset(without))
    assert found.sample == draw_sample(rows, design=BY_TEAM, seed=SEED)
    with pytest.raises(UnknownUnitsError, match=r"out\.csv"):
        draw(engine, place, BY_TEAM, without=("CH0007", "CH-NOBODY"))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_folders_may_hold_values(engine: DuckEngine, tmp_path: Path, kind: str) -> None:
    """Platforms part their tables by authority, and write its code into the path."""
    rows = [(f"CH{n:03}", 801 + n % 2) for n in range(60)]
    design = replace(BY_TEAM, strata=("authority",), size=9)

    found = draw(engine, write_folders(tmp_path, kind, rows), design)

    plain = [(unit, str(authority)) for unit, authority in rows]
    assert found.sample == draw_sample(plain, design=design, seed=SEED)


@pytest.mark.parametrize(
    ("extra", "unusable", "repeated"),
    [
        ([("", "East", 1), (" \u2003", "East", 1)], 2, 0),
        ([("CH\x07", "East", 1), ("é\x85x", "East", 1), ("a\tb", "East", 1)], 3, 0),
        ([("CH0001", "East", 1), (" CH0001", "North", 1)], 0, 2),
        ([("Åse-é", "East", 1)], 0, 1),
    ],
    ids=["empty", "control", "repeated", "accents"],
)
def test_identifiers_that_are_not_one_for_each_case_are_refused(
    engine: DuckEngine,
    tmp_path: Path,
    extra: list[Any],
    unusable: int,
    repeated: int,
) -> None:
    """Counted, never shown: a number twice would double a child's chance."""
    place = write_parquet(tmp_path / "a", [*MESSY, *extra])

    with pytest.raises(FrameIdentifiersError) as raised:
        draw(engine, place, BY_TEAM)

    assert (raised.value.unusable, raised.value.repeated) == (unusable, repeated)
    assert "CH" not in "".join(raised.value.lines)


def test_columns_are_checked_before_anything_is_read(
    engine: DuckEngine, tmp_path: Path
) -> None:
    place = write_parquet(tmp_path / "a", MESSY)

    with pytest.raises(FrameColumnError, match="no column uint"):
        draw(engine, place, unit="uint")
    with pytest.raises(FrameColumnError, match="no column taem"):
        draw(engine, place, replace(BY_TEAM, strata=("taem",)))
    with pytest.raises(SampleTooLargeError):
        draw(engine, place, replace(SIMPLE, size=9_999))


def test_numbers_with_a_point_are_no_identifiers(
    engine: DuckEngine, tmp_path: Path
) -> None:
    """1.0 and 1 are one number and two texts: two engines, two samples."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect() as connection:
        file = tmp_path / "f.parquet"
        connection.execute(
            f"COPY (SELECT i::DOUBLE AS unit FROM range(9) t(i)) TO '{file}'"  # noqa: S608
        )

    with pytest.raises(FrameColumnKindError, match="unit"):
        draw(engine, file)


def test_a_broken_file_is_named_and_its_lines_are_not(
    engine: DuckEngine, tmp_path: Path
) -> None:
    (tmp_path / "f.parquet").write_bytes(b"CH-SECRET is no Parquet")

    with pytest.raises(FrameFilesError, match=r"f\.parquet") as raised:
        draw(engine, tmp_path / "f.parquet")

    assert "SECRET" not in "".join(raised.value.lines)


def test_the_network_is_never_asked_unasked(engine: DuckEngine) -> None:
    """Where the extension for it is not installed, that is said, and how to go on."""
    with pytest.raises(FrameAddressError, match="cannot be read from the network"):
        draw(engine, "https://127.0.0.1:9/f.parquet")


def test_files_that_are_not_there_are_said(engine: DuckEngine, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no frame")

    with pytest.raises(NoFrameFilesError):
        draw(engine, tmp_path / "*.parquet")
    with pytest.raises(NoFrameFilesError):
        draw(engine, tmp_path)
    (tmp_path / "a.csv").write_text("unit\nA\n")
    (tmp_path / "b.parquet").write_text("")
    with pytest.raises(MixedFrameFilesError, match="csv, parquet"):
        draw(engine, tmp_path)


def test_other_designs_need_the_database(engine: DuckEngine) -> None:
    with pytest.raises(FrameNeedsDatabaseError, match="systematic"):
        draw(engine, "x", replace(SIMPLE, kind="systematic"))


def test_files_are_found_as_a_shell_finds_them(tmp_path: Path) -> None:
    for name in ("b.parquet", "a.PQ", "deep/c.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")

    every = big_frame(str(tmp_path), unit="u", strata=())
    some = big_frame(str(tmp_path / "*.parquet"), unit="u", strata=())
    one = big_frame(str(tmp_path / "a.PQ"), unit="u", strata=())

    assert [Path(f).name for f in every.files] == ["a.PQ", "b.parquet", "c.parquet"]
    assert [Path(f).name for f in some.files] == ["b.parquet"]
    assert len(one.files) == 1


@given(
    rows=st.dictionaries(
        st.text(st.characters(exclude_categories=["C"]), min_size=1),
        st.sampled_from(["a", "b c", "é"]),
        min_size=1,
    ),
    size=st.integers(1, 9),
)
def test_the_digest_of_a_stream_is_that_of_the_frame(
    rows: dict[str, str], size: int
) -> None:
    """Wherever the stream is cut."""
    text = b"".join(sorted(f"{u}\t{s}\n".encode() for u, s in rows.items()))
    told: list[int] = []

    found = digest_lines(
        (text[n : n + size] for n in range(0, len(text), size)), progress=told.append
    )

    assert found == (frame_digest(rows.items()), 0)
    assert told[-1] == len(rows)


def test_repeated_units_are_counted_across_blocks() -> None:
    lines = b"a\tx\na\ty\nb\tx\nb\tx\nb\ty\nc\tx\n"

    for size in range(1, len(lines) + 1):
        blocks = [lines[n : n + size] for n in range(0, len(lines), size)]
        assert digest_lines(blocks, progress=lambda _done: None) == (
            sha256(lines).hexdigest(),
            3,
        )
