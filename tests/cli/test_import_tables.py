"""Importing a table: a draft, a trial, the import, and what is said of it."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from tables import a_mapping, a_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., "Ran"]

    from typing import Protocol

    class Ran(Protocol):
        """What a command did."""

        code: int
        out: str
        err: str


def test_from_a_table_to_a_frame(cli: Cli, tmp_path: Path) -> None:
    """Each step says the next one."""
    table, db = a_table(tmp_path), tmp_path / "l.db"

    drafted = cli("import", table, "--map", "--db", db)
    again = cli("import", table, "--map")
    mapping = a_mapping(tmp_path)
    trial = cli("import", table, "--map", mapping, "--dry-run", "--db", db)
    kept = cli("import", table, "--map", mapping, "--as-at", "2026-03-31", "--db", db)

    assert drafted.code == 0
    assert "plans.map.yaml, a draft to look over." in drafted.out
    assert f"--map {mapping} --dry-run --db {db}" in drafted.err
    assert again.code == 1
    assert "is there already" in again.err
    assert "plans.csv was read as a table with a mapping, because" in trial.out
    assert "Not named by the mapping, and not read: Full name." in trial.out
    assert "Nothing was kept" in trial.err
    assert re.search(
        r"^child protection \(cp\) +2  plan ended: 1$", kept.out, re.MULTILINE
    )
    assert f"Next: case-audit draw --cohort cp --size N --db {db}" in kept.err
    shown = cli("frame", "show", "cp", "--db", db)
    assert "x_ward" in shown.out


def test_json_says_the_same(cli: Cli, tmp_path: Path) -> None:
    """For programs; rows read are records and rows left out."""
    table = a_table(tmp_path)

    draft = json.loads(cli("import", table, "--map", "--dry-run", "--json").out)
    mapping = a_mapping(tmp_path)
    found = json.loads(
        cli("import", table, "--map", mapping, "--dry-run", "--json").out
    )

    assert not draft["written"]
    assert draft["personal"] == ["Full name"]
    assert found["kind"] == "table"
    (listed,) = found["lists"]
    assert listed["rows_read"] == listed["rows"] + listed["left_out"] == 3


def test_a_draft_can_be_looked_at_first(cli: Cli, tmp_path: Path) -> None:
    """A dry run prints it and writes nothing."""
    ran = cli("import", a_table(tmp_path), "--map", "--dry-run")

    assert ran.out.startswith("# How case-audit reads plans.csv.")
    assert "Nothing was written" in ran.err
    assert not (tmp_path / "plans.map.yaml").exists()


def test_a_table_without_a_mapping_is_told_how_to_get_one(
    cli: Cli, tmp_path: Path
) -> None:
    """Both where it was called a table and where it was seen to be one."""
    table = a_table(tmp_path)

    seen = cli("import", table, "--as-at", "2026-03-31")
    said = cli("import", table, "--kind", "table", "--as-at", "2026-03-31", "--dry-run")

    assert (seen.code, said.code) == (1, 2)
    assert "a table of 9 columns, and there is no mapping file" in seen.err
    assert "case-audit import plans.csv --map" in said.err


def test_further_columns_join_a_table_as_they_join_a_workbook(
    cli: Cli, tmp_path: Path
) -> None:
    """What is missing on one table comes from another."""
    extras = tmp_path / "extras.csv"
    extras.write_text("Child Unique ID;manager\n0001;Lead A\n", "utf-8")
    table, db = a_table(tmp_path), tmp_path / "l.db"
    more = ("--extras", extras, "--as-at", "2026-03-31", "--db", db)

    ran = cli("import", table, "--map", a_mapping(tmp_path), *more)

    assert ran.code == 0
    shown = cli("frame", "show", "cp", "--db", db).out
    assert "manager" in shown
    assert "x_ward" in shown


def test_a_failed_import_leaves_no_database_where_there_was_none(
    cli: Cli, tmp_path: Path
) -> None:
    """Refused at its first row or its last: an empty one would look like lost data."""
    place = tmp_path / "kept"
    place.mkdir()
    db, table, mapping = place / "l.db", a_table(tmp_path), a_mapping(tmp_path)
    torn = tmp_path / "torn.csv"
    torn.write_text(table.read_text("utf-8") * 50 + '0009,"', "utf-8")
    slip = tmp_path / "slip.yaml"
    slip.write_text(mapping.read_text("utf-8").replace("Team", "Taem"), "utf-8")
    late = ("--as-at", "2999-01-01")

    ran = [
        cli("import", torn, "--map", mapping, "--db", db),
        cli("import", table, "--map", slip, "--db", db),
        cli("import", table, "--map", mapping, *late, "--db", db),
        cli("import", tmp_path, "--db", db),
    ]

    assert all(one.code for one in ran)
    assert list(place.iterdir()) == []
    assert cli("import", table, "--map", mapping, "--db", db).code == 0
    assert cli("import", torn, "--map", mapping, "--db", db).code
    assert "cp" in cli("frame", "list", "--db", db).out


def test_the_mapping_is_on_record_with_frame_and_draw(cli: Cli, tmp_path: Path) -> None:
    """An inspector re-makes the frame from the two files with these digests."""
    table, mapping, db = a_table(tmp_path), a_mapping(tmp_path), tmp_path / "l.db"
    wanted = [
        {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
        for path in (table, mapping)
    ]
    manifest = tmp_path / "m.json"

    ran = cli("import", table, "--map", mapping, "--as-at", "2026-03-31", "--db", db)
    shown = cli("frame", "show", "cp", "--db", db).out
    plain = json.loads(cli("frame", "show", "cp", "--json", "--db", db).out)
    out = ("--out", manifest, "--db", db)
    drawn = cli("draw", "--cohort", "cp", "--size", "1", *out)

    assert (ran.code, drawn.code) == (0, 0), drawn.err
    assert "read by the mapping plans.map.yaml" in shown
    assert all(len(line) <= 80 for line in shown.splitlines()[2:6])
    assert wanted[1]["sha256"] in shown
    assert plain["source"]["sha256"] == wanted[0]["sha256"]
    assert plain["source"]["beside"] == [{"role": "mapping", **wanted[1]}]
    frame = json.loads(manifest.read_text("utf-8"))["frame"]
    assert frame["sources"] == wanted
    assert cli("verify", manifest, "--db", db).code == 0


def test_the_schema_of_mappings_needs_no_table(cli: Cli) -> None:
    """An editor's settings are made before there is anything to import."""
    ran = cli("import", "--map-schema")

    assert ran.code == 0
    assert len(json.loads(ran.out)["oneOf"]) == 11
