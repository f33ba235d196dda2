"""Importing keeps all of a workbook or nothing of it, and counts every row."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tables import a_mapping, a_table
from workbooks import a_documents_file, a_workbook, on_plans

from builders import AS_AT, NOW
from case_audit.errors import (
    CaseFilesError,
    MixedDataError,
    MixedFilesError,
    NotAWorkbookError,
    UnknownFrameError,
    UnknownStratumError,
    UnusableExtrasError,
)
from case_audit.resources import shipped
from case_audit.services.audit import open_case
from case_audit.services.frame import export_frame, list_frames, show_frame
from case_audit.services.import_files import Files, import_files
from case_audit.services.log import check_log
from stored import a_round, case_ids, sql

if TYPE_CHECKING:
    from case_audit.errors import (
        CaseAuditError,
    )
    from case_audit.services.database import Database
    from case_audit.services.import_files import ImportReport

FIXTURE = Path(str(shipped("fixtures"))) / "borrowmere-12"
EVERYTHING = (
    "SELECT count(*) FROM import_file",
    "SELECT count(*) FROM record",
    "SELECT count(*) FROM frame",
    "SELECT count(*) FROM frame_unit",
    "SELECT count(*) FROM document",
    "SELECT count(*) FROM event",
    "SELECT count(*) FROM meta",
)


def take_in(
    database: Database,
    workbook: Path,
    *,
    extras: Path | None = None,
    cases: Path | None = None,
    keep: bool = True,
) -> ImportReport:
    return import_files(
        database,
        Files(lists=workbook, extras=extras, cases=cases),
        as_at=AS_AT,
        imported_by="Lee",
        now=NOW,
        keep=keep,
    )


def counts(database: Database) -> list[object]:
    """How many rows of everything an import can touch."""
    return [sql(database, query)[0][0] for query in EVERYTHING]


def test_identifiers_keep_their_zeros_and_rows_are_kept_twice(
    database: Database, tmp_path: Path
) -> None:
    """As understood, and as they stood in the file: a doubt can be settled."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("000123", "00012", "123"))

    take_in(database, book)

    rows = sql(database, "SELECT unit, row, values_json, raw_json FROM record")
    assert {row[0] for row in rows} == {"000123", "00012", "123"}
    unit, row, values, raw = min(rows, key=lambda found: int(str(found[1])))
    assert (unit, row) == ("000123", 2)
    assert json.loads(str(values))["date_of_birth"] == "2018-05-04"
    assert json.loads(str(raw))["date_of_birth"] == "04/05/2018"
    assert json.loads(str(raw))["child_id"] == "000123"
    assert [u for u, _ in export_frame(database, "cp", strata=())] == [
        "00012",
        "000123",
        "123",
    ]


def test_every_row_is_in_the_frame_or_counted_with_a_reason(
    database: Database, tmp_path: Path
) -> None:
    """A case that silently drops out can never be drawn."""
    rows = [
        *on_plans("A", "B", "C"),
        *on_plans("D", "E", plan_end="01/02/2026"),
        *on_plans("A", plan_start="01/01/2020"),
        *on_plans("F", plan_start="01/07/2026"),
    ]
    report = take_in(database, a_workbook(tmp_path / "a.xlsx", rows))

    (frame,) = (f for f in report.frames if f.cohort == "cp")
    page = show_frame(database, "cp")
    assert [u.unit for u in frame.units] == ["A", "B", "C"]
    assert sum(e.count for e in frame.excluded) + len(frame.units) == len(rows)
    assert {e.rule: e.count for e in frame.excluded}["plan ended"] == 2
    assert page.frame.excluded == frame.excluded
    assert page.values["team"] == {"Ash Team": 3}
    assert sql(database, "SELECT count(*) FROM record") == [(len(rows),)]


def test_a_trial_reports_the_same_and_keeps_nothing(
    database: Database, tmp_path: Path
) -> None:
    """The report can be read before anything is decided, even live or practice."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A", "B"))
    trial = take_in(database, book, keep=False)
    after = counts(database)

    real = take_in(database, book)

    assert after == [0] * len(EVERYTHING)
    assert (trial.kept, real.kept) == (False, True)
    assert (trial.frames, trial.problems) == (real.frames, real.problems)


def test_the_same_file_twice_is_said_to_be_so(
    database: Database, tmp_path: Path
) -> None:
    """Allowed, because a date may have been wrong; the newest frame counts."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A", "B"))

    first, second = take_in(database, book), take_in(database, book)

    assert (first.again, second.again) == (False, True)
    assert len({f.import_id for f in list_frames(database)}) == 2
    assert show_frame(database, "cp").frame.import_id == 2


def test_the_same_table_by_another_mapping_is_another_import(
    database: Database, tmp_path: Path
) -> None:
    """It gives another frame; only the very same pair was there before."""
    table, mapping = a_table(tmp_path), a_mapping(tmp_path)
    text = mapping.read_text("utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text + "  started: Started\n", "utf-8")
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(text, "utf-8")

    again = [
        import_files(
            database,
            Files(lists=table, mapping=by),
            as_at=AS_AT,
            imported_by="Lee",
            now=NOW,
        ).again
        for by in (mapping, other, mapping, renamed)
    ]

    assert again == [False, False, True, True]


def test_a_frame_knows_the_files_that_it_was_made_from(
    database: Database, tmp_path: Path
) -> None:
    """Name and digest of table, mapping and further columns: it can be re-made."""
    table, mapping = a_table(tmp_path), a_mapping(tmp_path)
    extras = tmp_path / "extras.csv"
    extras.write_text("Child Unique ID,manager\n0001,Lead A\n", "utf-8")
    files = Files(lists=table, mapping=mapping, extras=extras)

    import_files(database, files, as_at=AS_AT, imported_by="Lee", now=NOW)

    source = show_frame(database, "cp").frame.source
    digests = [sha256(f.read_bytes()).hexdigest() for f in (table, mapping, extras)]
    assert source.sha256 == digests[0]
    assert source.beside == (
        ("mapping", "plans.map.yaml", digests[1]),
        ("extras", "extras.csv", digests[2]),
    )


def not_a_workbook(tmp_path: Path) -> Files:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"PK\x03\x04 torn")
    return Files(lists=path)


def torn_documents(tmp_path: Path) -> Files:
    book = a_workbook(tmp_path / "b.xlsx", on_plans("A", "B"))
    cases = a_documents_file(tmp_path / "c.jsonl", "A", "B")
    cases.write_text(cases.read_text()[:-40])
    return Files(lists=book, cases=cases)


def unusable_extras(tmp_path: Path) -> Files:
    book = a_workbook(tmp_path / "b.xlsx", on_plans("A", "B"))
    extras = tmp_path / "x.csv"
    extras.write_text("name,ward\nRosa,North\n")
    return Files(lists=book, extras=extras)


def invented_documents(tmp_path: Path) -> Files:
    book = a_workbook(tmp_path / "b.xlsx", on_plans("A", "B"))
    cases = a_documents_file(tmp_path / "c.jsonl", "A", "B", synthetic=True)
    return Files(lists=book, cases=cases)


def invented_lists(tmp_path: Path) -> Files:
    return Files(lists=a_workbook(tmp_path / "b.xlsx", on_plans("A"), synthetic=True))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (not_a_workbook, NotAWorkbookError),
        (torn_documents, CaseFilesError),
        (unusable_extras, UnusableExtrasError),
        (invented_documents, MixedFilesError),
        (invented_lists, MixedDataError),
    ],
)
def test_an_import_that_fails_anywhere_changes_nothing(
    database: Database,
    tmp_path: Path,
    make: object,
    error: type[CaseAuditError],
) -> None:
    """Even at its last step, when rows and frames are written already."""
    take_in(database, a_workbook(tmp_path / "a.xlsx", on_plans("X", "Y")))
    before = counts(database)

    with pytest.raises(error) as caught:
        import_files(
            database,
            make(tmp_path),  # type: ignore[operator]
            as_at=AS_AT,
            imported_by="Lee",
            now=NOW,
        )

    assert counts(database) == before
    assert "Rosa" not in "".join(caught.value.lines)
    assert check_log(database).broken is None


@pytest.mark.parametrize("first", [True, False])
def test_live_and_practice_never_mix(
    database: Database,
    tmp_path: Path,
    first: bool,  # noqa: FBT001
) -> None:
    """The first import decides; the other kind is refused both ways."""
    one = a_workbook(tmp_path / "a.xlsx", on_plans("A"), synthetic=first)
    other = a_workbook(tmp_path / "b.xlsx", on_plans("B"), synthetic=not first)
    take_in(database, one)

    with pytest.raises(MixedDataError):
        take_in(database, other)

    assert database.kind() == ("practice" if first else "live")
    assert [u for u, _ in export_frame(database, "cp", strata=())] == ["A"]


def test_further_columns_join_by_child_and_can_make_strata(
    database: Database, tmp_path: Path
) -> None:
    """Leading zeros join too; a child without a line is "not recorded"."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("001", "002", "1"))
    extras = tmp_path / "x.csv"
    extras.write_text("Child Unique ID,Quadrant\n001,North\n002,South\n")

    report = take_in(database, book, extras=extras)

    (key,) = report.extras
    assert export_frame(database, "cp", strata=(key,)) == [
        ("001", "North"),
        ("002", "South"),
        ("1", "not recorded"),
    ]


def test_documents_come_to_the_auditors_desk(
    database: Database, tmp_path: Path
) -> None:
    """Oldest first, and a child without documents has an empty file."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("A", "B"))
    cases = a_documents_file(tmp_path / "c.jsonl", "A")
    report = take_in(database, book, cases=cases)
    a_round(database, size=2)

    desks = [
        open_case(database, case, auditor="Ann", now=NOW) for case in case_ids(database)
    ]

    found = {desk.case.unit: [d.ref for d in desk.file.documents] for desk in desks}
    assert found == {"A": ["VIS-2026-02-02", "VIS-2026-02-03"], "B": []}
    assert report.documents == 2


def test_the_shipped_practice_data_make_frames(database: Database) -> None:
    """The way every newcomer begins."""
    report = take_in(database, FIXTURE / "annex_a.xlsx", cases=FIXTURE / "cases.jsonl")

    assert database.kind() == "practice"
    assert {f.cohort for f in list_frames(database) if f.units} >= {"cin", "cp", "cic"}
    assert report.documents == sql(database, "SELECT count(*) FROM document")[0][0]


def test_an_import_is_in_the_sealed_log(database: Database, tmp_path: Path) -> None:
    """Who brought in what: the line seals the file and the frames, names no child."""
    take_in(database, a_workbook(tmp_path / "a.xlsx", on_plans("SECRET-1")))

    ((actor, action, subject, content),) = sql(
        database, "SELECT actor, action, subject, content FROM event"
    )
    assert (actor, action, subject) == ("Lee", "import", "import 1")
    assert len(str(content)) == 64
    assert check_log(database).broken is None


def test_what_is_not_there_is_named_with_what_is(
    database: Database, tmp_path: Path
) -> None:
    """The next command can be typed from the message."""
    with pytest.raises(UnknownFrameError, match="'cp'") as nothing:
        show_frame(database, "cp")
    take_in(database, a_workbook(tmp_path / "a.xlsx", on_plans("A")))

    with pytest.raises(UnknownFrameError) as other:
        export_frame(database, "cic", strata=())
    with pytest.raises(UnknownStratumError) as stratum:
        export_frame(database, "cp", strata=("team", "colour"))

    assert "import" in nothing.value.hint
    assert "cp" in other.value.details[0]
    assert "'colour'" in str(stratum.value)
    assert "team" in stratum.value.details[0]
