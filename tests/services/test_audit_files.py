"""Audits go out and come in whole, once, and each role by itself."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from builders import NOW, G, I, R, a_criterion, a_rubric
from case_audit.core.audit.model import OPEN, SUBMITTED
from case_audit.core.rubric.applies import Comparison
from case_audit.errors import (
    AuditLinesError,
    ClosedRoundError,
    MappingExistsError,
    NoRoundsError,
    ShareableTextError,
    UnknownRoundError,
)
from case_audit.services.audit_drafts import round_rubric, write_audit_draft
from case_audit.services.audit_export import Wanted, export_audits
from case_audit.services.audit_files import import_audits
from case_audit.services.log import check_log, newest_events
from case_audit.services.rounds import close_round
from case_audit.services.selfassessment import summarise
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.services.audit_export import AuditExport
    from case_audit.services.audit_files import AuditImport
    from case_audit.services.database import Database

ALL = ("v1", "v2", "s1", "s2")


def drawn(database: Database, *, size: int = 3, rubric: Rubric | None = None) -> None:
    with_frame(database)
    a_round(database, size=size, rubric=rubric)


def lines(
    numbers: Iterable[int],
    grade: str = G,
    *,
    criteria: Iterable[str] = ALL,
    role: str = "first",
    auditor: str = "Ann",
) -> str:
    wanted = list(criteria)
    return "".join(
        f"case {n},{auditor},{role},{c},{grade},2026-03-30\n"
        for n in numbers
        for c in wanted
    )


def file_of(folder: Path, *parts: str, name: str = "a.csv") -> Path:
    path = folder / name
    head = "unit,auditor,role,criterion,grade,submitted_at\n"
    path.write_text(head + "".join(parts), "utf-8")
    return path


def taken(
    database: Database, path: Path, *, name: str | None = None, keep: bool = True
) -> AuditImport:
    return import_audits(database, path, name=name, by="Lee", now=NOW, keep=keep)


def given_out(
    database: Database, path: Path, *, wanted: Wanted | None = None
) -> AuditExport:
    return export_audits(
        database, path, name=None, wanted=wanted or Wanted(), by="Lee", now=NOW
    )


def counts(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sql(database, f"SELECT count(*) FROM {table}")  # noqa: S608 - our names
        for table in ("audit", "answer", "event")
    }


def test_whole_audits_are_submitted_and_others_stay_open(
    database: Database, tmp_path: Path
) -> None:
    """Each role by itself: what is estimated is of first audits alone."""
    drawn(database)
    path = file_of(
        tmp_path,
        lines([1]),
        lines([2], R, criteria=("v1", "v2")),
        lines([1], I, role="second", auditor="Bo"),
        lines([1], R, role="agreed", auditor="Ann and Bo"),
    )

    done = taken(database, path)

    assert (done.audits, done.answers, done.submitted, done.there) == (4, 14, 3, 0)
    with database.read() as uow:
        (one,) = uow.rounds.rounds()
        found = {
            role: [(a.auditor, a.state) for a in uow.audits.of_round(one.id, role=role)]
            for role in ("first", "second", "agreed")
        }
        (second,) = uow.audits.of_round(one.id, role="second")
        assert uow.audits.answers(second.id).criterion("v1").value == I
    assert found == {
        "first": [("Ann", SUBMITTED), ("Ann", OPEN)],
        "second": [("Bo", SUBMITTED)],
        "agreed": [("Ann and Bo", SUBMITTED)],
    }
    summary = summarise(database)
    assert (summary.submitted, summary.facts.auditors) == (1, 1)
    assert summary.areas[1].line is not None
    assert summary.areas[1].line.counts[G] == 1
    assert [e["action"] for e in newest_events(database, 1)] == ["import audits"]
    assert check_log(database).broken is None


def test_twice_in_a_row_says_it_is_there(database: Database, tmp_path: Path) -> None:
    """And changes nothing, not even the log; also from a closed round."""
    drawn(database)
    path = file_of(tmp_path, lines([1, 2]))
    taken(database, path)
    close_round(database, "Spring 2026", by="Lee", now=NOW)
    before = counts(database)

    again = taken(database, path)

    assert (again.audits, again.there, again.kept) == (0, 2, False)
    assert counts(database) == before
    with pytest.raises(ClosedRoundError):
        taken(database, file_of(tmp_path, lines([3])))


def test_nothing_is_half_imported(database: Database, tmp_path: Path) -> None:
    """Everything wrong is named at once, with its line, and nothing is changed."""
    drawn(database)
    taken(database, file_of(tmp_path, lines([1])))
    before = counts(database)
    wrong = file_of(
        tmp_path, lines([2]), lines([9]), lines([3], "goood"), lines([3], role="x")
    )

    with pytest.raises(AuditLinesError) as caught:
        taken(database, wrong)
    for other in (lines([1], I), lines([1], auditor="Bo")):
        with pytest.raises(AuditLinesError, match="1 thing is wrong"):
            taken(database, file_of(tmp_path, lines([2]), other))

    assert [line for line, _, _ in caught.value.problems] == list(range(6, 18))
    assert caught.value.lines[1].startswith("  a.csv:6: unit: no case of this round")
    assert counts(database) == before


def test_a_trial_keeps_nothing(database: Database, tmp_path: Path) -> None:
    drawn(database)
    before = counts(database)

    done = taken(database, file_of(tmp_path, lines([1])), keep=False)

    assert (done.audits, done.submitted, done.kept) == (1, 1, False)
    assert counts(database) == before


def test_rounds_are_named_or_the_newest(embedded: Database, tmp_path: Path) -> None:
    path = file_of(tmp_path, lines([1]))
    with pytest.raises(NoRoundsError):
        taken(embedded, path)
    drawn(embedded)
    a_round(embedded, name="Later", size=2)
    with pytest.raises(UnknownRoundError):
        taken(embedded, path, name="Nowhere")

    assert taken(embedded, path).round == "Later"
    assert taken(embedded, path, name="Spring 2026").round == "Spring 2026"


def test_only_the_first_problems_are_told_one_by_one(
    embedded: Database, tmp_path: Path
) -> None:
    drawn(embedded)
    with pytest.raises(AuditLinesError) as caught:
        taken(embedded, file_of(tmp_path, lines(range(10, 30))))

    assert len(caught.value.problems) == 80
    assert caught.value.details[-1] == "and 30 more"


def test_what_is_asked_of_some_cases_only(embedded: Database, tmp_path: Path) -> None:
    """A question that a case is not asked needs no answer, and takes no grade."""
    nobody = Comparison(field="team", operator="==", value="Nowhere")
    rubric = a_rubric(
        {"voice": (a_criterion("v1"), a_criterion("v2", applies=nobody))}, limits=()
    )
    drawn(embedded, rubric=rubric)

    done = taken(embedded, file_of(tmp_path, lines([1], criteria=("v1",))))
    with pytest.raises(AuditLinesError, match="1 thing") as caught:
        taken(embedded, file_of(tmp_path, lines([2], criteria=("v1", "v2"))))

    assert done.submitted == 1
    assert caught.value.problems == ((3, "criterion", "it is not asked of this case"),)


def test_an_export_comes_in_again_as_it_went_out(
    database: Database, tmp_path: Path
) -> None:
    """With text and identifiers or without, as CSV or as JSON Lines."""
    drawn(database)
    ids = case_ids(database)
    audit_case(database, ids[0], {"v1": I}, rest=G)
    audit_case(database, ids[1], {}, rest=R, auditor="=Bo")
    audit_case(database, ids[2], {"v1": G}, then_submit=False)

    plain = given_out(database, tmp_path / "plain.csv")
    full = Wanted(form="jsonl", with_text=True, with_units=True)
    whole = given_out(database, tmp_path / "whole.jsonl", wanted=full)

    assert (plain.audits, plain.answers, plain.left_open) == (2, 8, 1)
    assert whole.answers == 8 + 8
    text = (tmp_path / "plain.csv").read_text("utf-8")
    assert "Seen in the file" not in text
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["unit"] for row in rows] == ["case 1"] * 4 + ["case 2"] * 4
    assert rows[0] == {
        "unit": "case 1",
        "auditor": "Ann",
        "role": "first",
        "criterion": "v1",
        "grade": I,
        "submitted_at": "2026-04-01T12:00:00Z",
    }
    assert rows[4]["auditor"] == "'=Bo"
    assert [e["action"] for e in newest_events(database, 2)] == ["export audits"] * 2
    for name in ("plain.csv", "whole.jsonl"):
        assert taken(database, tmp_path / name).there == 2

    for table in ("answer", "audit"):
        sql(database, f"DELETE FROM {table}")  # noqa: S608 - our own names
    before = summarise(database)
    taken(database, tmp_path / "whole.jsonl")
    after = summarise(database)
    assert (before.submitted, after.submitted) == (0, 2)
    given_out(database, tmp_path / "again.jsonl", wanted=full)
    again = (tmp_path / "again.jsonl").read_bytes()
    assert again == (tmp_path / "whole.jsonl").read_bytes()


def test_a_shareable_export_names_nobody(embedded: Database, tmp_path: Path) -> None:
    """No text, no identifier, no name and no time."""
    drawn(embedded)
    for case, auditor in zip(case_ids(embedded), ("Bo", "Ann", "Bo"), strict=True):
        audit_case(embedded, case, {}, rest=G, auditor=auditor)

    given_out(embedded, tmp_path / "s.csv", wanted=Wanted(audience="shareable"))

    rows = list(csv.reader((tmp_path / "s.csv").read_text("utf-8").splitlines()))
    assert rows[0] == ["unit", "auditor", "role", "criterion", "grade"]
    assert [row[:2] for row in rows[1::4]] == [
        ["case 1", "auditor 1"],
        ["case 2", "auditor 2"],
        ["case 3", "auditor 1"],
    ]
    with pytest.raises(ShareableTextError):
        Wanted(audience="shareable", with_text=True)
    with pytest.raises(ShareableTextError):
        Wanted(audience="shareable", with_units=True)


def test_a_first_mapping_is_written_once(embedded: Database, tmp_path: Path) -> None:
    drawn(embedded)
    cohort, rubric = round_rubric(embedded, None)
    table = tmp_path / "old.csv"
    table.write_text("Case ref,Auditor,Question,Rating\nA,Ann,v1,Good\n", "utf-8")

    draft, path = write_audit_draft(table, rubric, cohort)

    assert path.name == "old.map.yaml"
    assert path.read_text("utf-8") == draft.text
    with pytest.raises(MappingExistsError, match="there already"):
        write_audit_draft(table, rubric, cohort)
    trial, _ = write_audit_draft(table, rubric, cohort, keep=False)
    assert trial == draft
