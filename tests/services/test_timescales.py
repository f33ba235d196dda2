"""What the dates of an imported case say when an auditor opens it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from timescale_cases import BANK_HOLIDAYS, result
from workbooks import a_workbook, on_plans

from builders import AS_AT, NOW, G, I, a_criterion, a_rubric
from case_audit.core.timescales.find import TIMESCALES
from case_audit.core.timescales.limits import Limits
from case_audit.resources import shipped
from case_audit.services.audit import open_case
from case_audit.services.import_files import Files, import_files
from case_audit.services.working_days import bank_holidays
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.core.timescales.model import Finding
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase

FIXTURE = Path(str(shipped("fixtures"))) / "borrowmere-12"
ALL = a_rubric({"dates": (a_criterion("d1", timescales=tuple(TIMESCALES)),)})


def opened(
    database: Database,
    tmp_path: Path,
    *,
    extras: str = "",
    limits: Limits | None = None,
    **columns: str,
) -> OpenCase:
    """A child on a plan since 1 December 2025, with what else its row says."""
    book = a_workbook(tmp_path / "a.xlsx", on_plans("001", **columns))
    further = tmp_path / "extras.csv"
    further.write_text(extras)
    import_files(
        database,
        Files(lists=book, extras=further if extras else None),
        as_at=AS_AT,
        imported_by="Lee",
        now=NOW,
    )
    a_round(database, size=1, rubric=ALL)
    case = case_ids(database)[0]
    return open_case(database, case, auditor="Ann", now=NOW, limits=limits)


def by_name(desk: OpenCase) -> dict[str, Finding]:
    return {finding.timescale: finding for finding in desk.findings}


def test_the_import_says_how_a_case_stands(database: Database, tmp_path: Path) -> None:
    """The list's own columns, whether or not frames are made of them."""
    desk = opened(
        database,
        tmp_path,
        last_visit="17/03/2026",
        seen_alone="b) No",
        previous_plans="1",
    )

    found = by_name(desk)
    assert list(found) == list(TIMESCALES)
    assert result(found["T09"]) == "flag"
    assert result(found["T10"]) == "flag 3 months"
    assert desk.as_at == "2026-03-31"


def test_a_column_that_is_empty_for_all_is_missing(
    database: Database, tmp_path: Path
) -> None:
    """An empty column says nothing; it does not say that nothing was done."""
    found = by_name(opened(database, tmp_path))

    assert result(found["T09"]) == "not_computable"
    assert found["T09"].missing == ("Date of the Last Statutory Visit",)
    assert found["T13"].missing == ("list 8 (Children in care)",)


def test_the_extra_file_gives_what_annex_a_has_not(
    database: Database, tmp_path: Path
) -> None:
    """However its headers are spelt; a plan of 1 December has until the 15th."""
    extras = (
        "Child Unique ID,First core group date,Last Supervision Date\n"
        "001,16/12/2025,27/02/2026\n"
    )

    found = by_name(opened(database, tmp_path, extras=extras))

    assert result(found["T07"]) == "late 1 working days"
    assert result(found["T31"]) == "overdue 1 days"
    assert found["T01"].missing == ("list 3 (Referrals)",)


def test_a_council_has_its_own_limits(database: Database, tmp_path: Path) -> None:
    desk = opened(
        database,
        tmp_path,
        last_visit="10/03/2026",
        seen_alone="a) Yes",
        limits=Limits({"protection_visit": 15}),
    )

    assert result(by_name(desk)["T09"]) == "met"


def test_lists_are_joined_by_child(embedded: Database) -> None:
    """Referral, assessment, conference and plan are on four lists."""
    import_files(
        embedded,
        Files(lists=FIXTURE / "annex_a.xlsx"),
        as_at=AS_AT,
        imported_by="Lee",
        now=NOW,
    )
    a_round(embedded, size=4, rubric=ALL)

    desks = [
        open_case(embedded, case, auditor="Ann", now=NOW) for case in case_ids(embedded)
    ]

    (desk,) = [desk for desk in desks if desk.unit.unit == "SYN-00005"]
    found = by_name(desk)
    assert result(found["T02"]) == "met"
    assert [dated.day for dated in found["T02"].dates] == [
        date(2025, 10, 15),
        date(2025, 10, 15),
        date(2025, 11, 21),
    ]
    assert result(found["T04"]) == "late 12 working days"
    assert found["T08"].status == "met"
    assert found["T13"].sentence == "Not on list 8 (Children in care)."


def test_a_frame_without_rows_has_no_findings(embedded: Database) -> None:
    """Nothing is made up where an import kept no rows."""
    with_frame(embedded)
    a_round(embedded)

    desk = open_case(embedded, case_ids(embedded)[0], auditor="Ann", now=NOW)

    assert desk.findings == ()


def test_a_criterion_has_its_own_findings_in_its_own_order(
    embedded: Database, tmp_path: Path
) -> None:
    """A name that no timescale has, in a rubric kept long ago, is passed over."""
    desk = opened(embedded, tmp_path)
    criterion = a_criterion("c1", timescales=("T10", "T04", "T99"))

    assert [f.timescale for f in desk.findings_for(criterion)] == ["T10", "T04"]
    assert desk.findings_for(a_criterion("c2")) == ()


@pytest.mark.parametrize(("safety", "case_grade"), [(G, G), (I, I)])
def test_no_grade_depends_on_a_date(
    tmp_path: Path, safety: str, case_grade: str
) -> None:
    """The same answers give the same grades, visited yesterday or never."""
    from case_audit.services.database import Database  # noqa: PLC0415

    rubric = a_rubric(
        {
            "voice": (a_criterion("v1", timescales=tuple(TIMESCALES)),),
            "safety": (a_criterion("s1", critical=True, timescales=("T09", "T33")),),
        }
    )
    kept = []
    for name, visit in (("yesterday", "30/03/2026"), ("long ago", "02/12/2025")):
        database = Database(str(tmp_path / f"{name}.db"))
        book = a_workbook(tmp_path / f"{name}.xlsx", on_plans("1", last_visit=visit))
        import_files(database, Files(lists=book), as_at=AS_AT, imported_by="L", now=NOW)
        a_round(database, size=1, rubric=rubric)
        case = case_ids(database)[0]
        audit_case(database, case, {"v1": G, "s1": safety})
        kept.append(open_case(database, case, auditor="Ann", now=NOW))
        database.close()

    one, other = kept
    assert [by_name(desk)["T09"].status for desk in kept] == ["met", "overdue"]
    assert one.audit.computed == other.audit.computed
    assert one.judgement(one.answers) == other.judgement(other.answers)
    bare = replace(other, findings=())
    assert bare.judgement(bare.answers) == other.judgement(other.answers)
    assert other.judgement(other.answers).overall.standing == case_grade


def test_the_bank_holidays_are_those_of_england_and_wales() -> None:
    """As GOV.UK lists them; Scotland's second of January is not among them."""
    weekdays = {
        day
        for year in (2025, 2026)
        for day in bank_holidays(year)
        if day.isoweekday() < 6
    }

    assert weekdays == BANK_HOLIDAYS
    assert date(2022, 9, 19) in bank_holidays(2022)
