"""Whatever was done to a draw afterwards, verifying finds it."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests import ROWS, a_manifest

from builders import AS_AT, NOW, SEED, a_rubric, units
from case_audit.core.frame.model import Frame
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.errors import (
    CaseAuditError,
    FileError,
    ManifestError,
    UnknownFrameError,
    UnknownUnitError,
)
from case_audit.services.sample import Request, draw_round
from case_audit.services.sample_lines import stratified_rows
from case_audit.services.verify import (
    explain_unit,
    read_manifest_file,
    verify_against_database,
    verify_against_rows,
)
from stored import a_round, sql, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.services.database import Database


def check(plain: object, rows: list[tuple[str, str]] = ROWS) -> list[str]:
    """Where a manifest differs."""
    manifest = read_manifest(json.dumps(plain))
    found = verify_against_rows(manifest, rows, against="test")
    return [difference.where for difference in found.differences]


def one_unit(plain: dict[str, Any]) -> None:
    plain["drawn"][2]["unit"] = "C0099"


def two_swapped(plain: dict[str, Any]) -> None:
    drawn = plain["drawn"]
    drawn[3], drawn[4] = drawn[4], drawn[3]


def a_reserve_moved_up(plain: dict[str, Any]) -> None:
    plain["drawn"][0], plain["reserves"][0] = plain["reserves"][0], plain["drawn"][0]


def one_left_out(plain: dict[str, Any]) -> None:
    del plain["drawn"][-1]


def one_more(plain: dict[str, Any]) -> None:
    plain["drawn"].append(plain["reserves"][0])


def a_stratum_larger(plain: dict[str, Any]) -> None:
    plain["strata"][1]["population"] += 1


def a_number(plain: dict[str, Any]) -> None:
    plain["reserves"][1]["prn"] += 1


def another_seed(plain: dict[str, Any]) -> None:
    plain["seed"] = SEED[::-1]


def another_size(plain: dict[str, Any]) -> None:
    plain["design"]["size"] = 10


def more_units(plain: dict[str, Any]) -> None:
    plain["frame"]["units"] = 31


def another_digest(plain: dict[str, Any]) -> None:
    plain["frame"]["digest"] = "f" * 64


def a_public_seed(plain: dict[str, Any]) -> None:
    plain["seed_mode"] = "public"


def other_randomness(plain: dict[str, Any]) -> None:
    plain["seed_randomness"] = "31415926535897932384"


TAMPERED: list[tuple[Callable[[dict[str, Any]], None], list[str]]] = [
    (one_unit, ["drawn, line 3"]),
    (two_swapped, ["drawn, line 4", "drawn, line 5"]),
    (a_reserve_moved_up, ["drawn, line 1", "reserves, line 1"]),
    (one_left_out, ["drawn, line 9"]),
    (one_more, ["drawn, line 10"]),
    (a_stratum_larger, ["strata, line 2"]),
    (a_number, ["reserves, line 2"]),
    (more_units, ["frame, units, line 1"]),
    (another_digest, ["frame, digest"]),
    (a_public_seed, ["seed_mode"]),
    (other_randomness, ["seed, line 1"]),
]


@pytest.mark.parametrize(
    ("tamper", "where"), TAMPERED, ids=[t.__name__ for t, _ in TAMPERED]
)
def test_tampering_is_found_and_its_line_named(
    tamper: Callable[[dict[str, Any]], None], where: list[str]
) -> None:
    """The reader of the message can put a finger on it."""
    plain = a_manifest()
    tamper(plain)

    assert check(a_manifest()) == []
    assert check(plain) == where


@pytest.mark.parametrize("tamper", [another_seed, another_size])
def test_another_seed_or_size_gives_another_sample(
    tamper: Callable[[dict[str, Any]], None],
) -> None:
    plain = a_manifest()
    tamper(plain)

    found = check(plain)

    assert any(where.startswith("drawn, line ") for where in found)


@pytest.mark.parametrize("change", ["removed", "added", "moved"])
def test_a_changed_frame_is_found_first_and_alone(change: str) -> None:
    """Nothing drawn from another frame can be compared line by line."""
    rows = list(ROWS)
    if change == "removed":
        rows.pop()
    elif change == "added":
        rows.append(("C0031", "Team 0"))
    else:
        rows[4] = (rows[4][0], "Team 2" if rows[4][1] != "Team 2" else "Team 1")

    assert check(a_manifest(), rows) == ["frame, digest"]


def test_the_rows_may_come_in_any_order() -> None:
    assert check(a_manifest(), ROWS[::-1]) == []


paths = st.sampled_from(
    [
        ("algorithm",), ("seed",), ("cohort",), ("frame",), ("frame", "digest"),
        ("frame", "units"), ("design",), ("design", "kind"), ("design", "size"),
        ("design", "strata"), ("design", "minimum"), ("design", "reserves"),
        ("design", "start"), ("strata",), ("strata", 0), ("strata", 0, "name"),
        ("strata", 0, "population"), ("drawn",), ("drawn", 0), ("drawn", 0, "unit"),
        ("drawn", 0, "rank"), ("drawn", 0, "prn"), ("drawn", 0, "stratum"),
        ("reserves",), ("exclusions",), ("round_label",),
        ("seed_randomness",),
        ("seed_mode",), ("version",),
    ]
)  # fmt: skip
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(), max_size=5)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["unit", "name", "units"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=300)
@given(path=paths, value=values)
def test_no_manifest_ends_the_program(
    path: tuple[str | int, ...], value: object
) -> None:
    """It comes from anywhere; a difference or a clear refusal is the answer."""
    plain = deepcopy(a_manifest())
    place: Any = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with suppress(CaseAuditError):
        manifest = read_manifest(json.dumps(plain))
        assert manifest.plain.keys() == a_manifest().keys()
        rows = stratified_rows(
            units(30), manifest.design.strata, without=manifest.excluded
        )
        for tried in (ROWS, rows):
            verify_against_rows(manifest, tried, against="test")
        for known in ("", "C0001", "C0099"):
            with suppress(UnknownUnitError):
                explain_unit(manifest, known, ROWS)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "not json", "[" * 100_000, '{"a": 1}', "\ufeff{}", '"x"'],
)
def test_what_is_no_manifest_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ManifestError):
        read_manifest_file(path)


def test_a_manifest_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ManifestError, match="UTF-8"):
        read_manifest_file(path)
    with pytest.raises(FileError, match="missing"):
        read_manifest_file(tmp_path / "missing.json")


def test_a_piped_manifest_is_read_from_the_pipe(tmp_path: Path) -> None:
    piped = json.dumps(a_manifest()).encode()

    assert read_manifest_file(tmp_path / "-", piped).seed == SEED


def test_a_draw_is_verified_against_the_database_it_is_in(database: Database) -> None:
    """Also when there are newer frames, and when cases were left out."""
    with_frame(database)
    drawn = a_round(database, strata=("team",), size=9, minimum=2)
    with database.write() as uow:
        newer = Frame(cohort="cp", as_at=AS_AT, units=units(28))
        uow.frames.add_frame(1, newer)
        uow.commit()

    found = verify_against_database(database, read_manifest(drawn.manifest))

    assert found.differences == ()
    assert (found.units, found.drawn) == (30, 9)
    assert "frame of 30 imported from annex_a.xlsx" in found.against


def test_randomness_that_is_no_text_is_a_difference() -> None:
    assert check(a_manifest() | {"seed_randomness": " "}) == ["seed, line 1"]


def test_half_a_character_is_refused() -> None:
    """JSON can hold what no text is; no seed can be from it."""
    with pytest.raises(ManifestError, match="half a character"):
        check(a_manifest() | {"seed_randomness": "\ud800" * 20})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("draw_number", 2),
        ("seed_mode", "given"),
        ("seed_source", "A Head, B Clerk"),
        ("created_utc", "2020-01-01T00:00:00Z"),
        ("exclusions", [{"rule": "mine", "count": 0, "units": []}]),
    ],
)
def test_what_cannot_be_drawn_again_is_compared_with_the_kept_record(
    database: Database, key: str, value: object
) -> None:
    """How often it was drawn, and who saw the seed: the round remembers."""
    with_frame(database)
    plain = json.loads(a_round(database).manifest) | {key: value}

    found = verify_against_database(database, read_manifest(json.dumps(plain)))

    assert [d.where for d in found.differences] == [f"record, {key}"]


def test_cases_left_out_are_left_out_again(database: Database) -> None:
    """The manifest names them, and the frame is compared without them."""
    with_frame(database)
    drawn = draw_round(
        database,
        Request(
            name="Spring",
            cohort="cp",
            rubric=a_rubric(),
            design=Design(kind="simple", size=5, minimum=0),
            seed=machine_seed(SEED),
            exclusions=[Exclusion(line=2, unit="C0003", reason="mine")],
        ),
        version="0.1.0",
        drawn_by="Lee",
        now=NOW,
    )

    found = verify_against_database(database, read_manifest(drawn.manifest))

    assert (found.units, found.differences) == (29, ())


def test_a_frame_changed_in_the_database_is_found(database: Database) -> None:
    """With SQL, past the program: the manifest still knows."""
    with_frame(database)
    drawn = a_round(database)
    sql(database, "DELETE FROM frame_unit WHERE unit = 'C0007'")

    found = verify_against_database(database, read_manifest(drawn.manifest))

    assert [d.where for d in found.differences] == ["frame, digest"]


def test_without_a_frame_of_the_cohort_there_is_nothing_to_compare(
    database: Database,
) -> None:
    with_frame(database)
    plain = a_manifest() | {"cohort": "cin"}

    with pytest.raises(UnknownFrameError, match="'cin'"):
        verify_against_database(database, read_manifest(json.dumps(plain)))


def test_a_manifest_without_its_round_says_so(database: Database) -> None:
    """True, but how often it was drawn is not on record here."""
    with_frame(database)
    plain = json.loads(a_round(database).manifest) | {"round_label": "Other"}

    found = verify_against_database(database, read_manifest(json.dumps(plain)))

    assert found.differences == ()
    assert "no round of that name is kept here" in found.against


@pytest.mark.parametrize(
    "design", [{"size": 99}, {"size": 5}, {"size": 0}, {"reserves": -1}]
)
def test_a_design_that_cannot_be_drawn_is_a_difference(design: dict[str, int]) -> None:
    plain = a_manifest()
    plain["design"] |= design

    assert check(plain) == ["design"]
