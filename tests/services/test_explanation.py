"""A frame shown and a number explained, so that anyone can compute it again."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from manifests import ROWS, a_manifest

from builders import AS_AT, units
from case_audit.core.frame.model import Frame
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.rows import lines_digest
from case_audit.errors import (
    UnknownFrameError,
    UnknownUnitError,
)
from case_audit.services.frame import export_frame
from case_audit.services.verify import (
    explain_unit,
    frame_rows,
    round_rows,
    verify_against_rows,
)
from stored import a_round, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database


def test_the_exported_frame_verifies_without_the_database(database: Database) -> None:
    """A scrutiny officer needs the list and the manifest, no more."""
    with_frame(database)
    drawn = a_round(database, strata=("team",), size=9, minimum=2)

    rows = export_frame(database, "cp", strata=("team",))

    found = verify_against_rows(read_manifest(drawn.manifest), rows, against="x")
    assert found.differences == ()


@pytest.mark.parametrize("unit", ["C0001", "O'Neill; touch gone", "a b", "$(x)", "-n"])
def test_the_explanation_can_be_run_by_hand(tmp_path: Path, unit: str) -> None:
    """It is pasted into a shell: it must give the number, whatever the unit is."""
    manifest = read_manifest(json.dumps(a_manifest()))
    rows = [*ROWS, (unit, "Team 9")] if unit != "C0001" else ROWS

    command, full, first, number, _ = explain_unit(manifest, f" {unit} ", rows)

    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    digest = full.split()[0]
    assert ran.stdout.split()[0] == digest
    assert first.split()[0] == digest[:16]
    assert int(number.split()[0]) == int(digest[:16], 16)
    assert list(tmp_path.iterdir()) == []


def test_every_unit_of_the_frame_can_be_explained() -> None:
    """Drawn, a reserve or neither: each has its place, and all places are taken."""
    plain = a_manifest()
    manifest = read_manifest(json.dumps(plain))
    places: dict[str, list[int]] = {}

    for unit, stratum in ROWS:
        where = explain_unit(manifest, unit, ROWS)[-1]
        rank = int(where.split()[3])
        places.setdefault(stratum, []).append(rank)
        fate = where.rpartition(": ")[2].rstrip(".")
        assert f"smallest of 10 in stratum {stratum}" in where
        assert fate == (
            "drawn" if rank <= 3 else "a reserve" if rank <= 8 else "not drawn"
        )

    assert {s: sorted(found) for s, found in places.items()} == {
        s: list(range(1, 11)) for s in ("Team 0", "Team 1", "Team 2")
    }


@pytest.mark.parametrize("unit", ["SECRET-1", "", " ", "a\x00b"])
def test_a_unit_that_is_not_in_the_frame_is_not_repeated_in_the_error(
    unit: str,
) -> None:
    """The message may be sent to somebody who must not know the child."""
    with pytest.raises(UnknownUnitError) as caught:
        explain_unit(read_manifest(json.dumps(a_manifest())), unit, ROWS)

    assert "SECRET" not in "".join(caught.value.lines)


def test_the_frame_of_a_round_can_be_shown_after_newer_imports(
    database: Database,
) -> None:
    """Without the cases left out, so that its digest is the manifest's."""
    with_frame(database)
    drawn = a_round(database, strata=("team",), size=9, minimum=2)
    manifest = read_manifest(drawn.manifest)
    with database.write() as uow:
        uow.frames.add_frame(1, Frame(cohort="cp", as_at=AS_AT, units=units(28)))
        uow.commit()

    rows = round_rows(database, "Spring 2026", cohort="cp")

    assert lines_digest(rows, with_aid=False) == manifest.frame_digest
    assert frame_rows(database, manifest) == rows
    with pytest.raises(UnknownFrameError, match="'cin'"):
        round_rows(database, "Spring 2026", cohort="cin")
    with pytest.raises(UnknownFrameError, match="'cp'"):
        frame_rows(database, read_manifest(json.dumps(a_manifest(ROWS[:20]))))
