"""Earlier audits become a round that can be counted and compared, never a draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, NOW, G, I, R, a_criterion, a_rubric
from case_audit.core.estimates.hypergeometric import exact_interval
from case_audit.core.rubric.applies import Comparison
from case_audit.errors import (
    AuditLinesError,
    MixedDataError,
    NoDrawError,
    RoundExistsError,
    RoundStateError,
    SmallPopulationError,
    UnknownFrameError,
    WrongCohortError,
)
from case_audit.reports.document.audience import Internal
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.summary_charts import Look, whole_page
from case_audit.reports.summary_json import summary_json
from case_audit.reports.summary_text import summary_text
from case_audit.reports.trend_json import trend_json
from case_audit.reports.trend_text import trend_text
from case_audit.services.audit_export import Wanted, export_audits
from case_audit.services.audit_files import import_audits
from case_audit.services.certificate import certify
from case_audit.services.frame import list_frames
from case_audit.services.history import Earlier, import_history
from case_audit.services.home import home, list_rounds
from case_audit.services.log import newest_events
from case_audit.services.report import report, written
from case_audit.services.rounds import reopen_round
from case_audit.services.selfassessment import summarise
from case_audit.services.trend import trend_of, trends_to
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.audit_files import AuditImport
    from case_audit.services.database import Database

SPRING = Earlier(
    name="Spring 2025",
    cohort="cp",
    rubric=a_rubric(),
    as_at=date(2025, 3, 31),
    invented=True,
)
STATED = replace(SPRING, population=240, at_random=True)


def old_audits(folder: Path, *grades: str, name: str = "old.csv") -> Path:
    """One case a grade, asked two of four criteria, with the auditor's own grade."""
    path = folder / name
    path.write_text(
        "unit,auditor,role,criterion,grade\n"
        + "".join(
            f"H{n},Ann,first,{criterion},{grade}\n"
            for n, grade in enumerate(grades, start=1)
            for criterion in ("v1", "v2", "overall")
        ),
        "utf-8",
    )
    return path


def taken(
    database: Database, path: Path, earlier: Earlier, *, keep: bool = True
) -> AuditImport:
    return import_history(
        database, path, earlier, by="Lee", now=NOW, version="0.1.0", keep=keep
    )


def test_with_a_stated_draw_there_are_intervals(
    database: Database, tmp_path: Path
) -> None:
    """The same as from the numbers alone; and it is said whose statement it is."""
    done = taken(database, old_audits(tmp_path, G, G, R, I), STATED)
    again = taken(database, old_audits(tmp_path, G, G, R, I), STATED)

    found = summarise(database)

    assert (done.audits, done.submitted, done.kept) == (4, 4, True)
    assert (again.audits, again.there, again.kept) == (0, 4, False)
    line = found.areas[1].line
    assert line is not None
    assert dict(line.counts) == {"outstanding": 0, G: 2, R: 1, I: 1}
    exact = exact_interval(population=240, sample=4, hits=2)
    assert line.good_or_better is not None
    assert line.good_or_better.lower == exact.lower
    voice, safety = (domain.line for domain in found.areas[1].domains)
    assert dict(voice.counts) == {"outstanding": 0, G: 2, R: 1, I: 1}
    # Nothing of it was asked then, so nothing is computed.
    assert (safety.n, safety.good_or_better) == (0, None)
    assert found.limited == ()
    text = " ".join(summary_text(found).split())
    assert "as the council states" in text
    assert "there is no draw to check" in text
    assert "seed" not in text
    assert newest_events(database, 1)[0]["action"] == "import history"


def test_without_one_there_are_counts_alone(embedded: Database, tmp_path: Path) -> None:
    """However the page is asked for."""
    taken(embedded, old_audits(tmp_path, G, R), replace(SPRING, population=240))

    found = summarise(embedded, "Spring 2025")

    line = found.areas[1].line
    assert line is not None
    assert (line.n, line.good_or_better) == (2, None)
    assert line.why_not == "how these cases were drawn is not known"
    unknown = "how the cases were drawn is not known"
    pages = (
        summary_text(found),
        document_markdown(written(report(embedded, today=NOW.date()), Internal())),
        summary_json(found),
        "\n".join(whole_page(found, Look(width=78))),
    )
    for page in pages:
        assert unknown in " ".join(page.split())
        assert "drawn at random from" not in page
        assert "sampling" not in page
    assert "inferred to other cases" in " ".join(found.limits)
    assert "once in twenty" not in " ".join(found.limits)


def test_it_is_an_earlier_point_of_a_trend(embedded: Database, tmp_path: Path) -> None:
    """In the order of their dates, before every round that was drawn."""
    with_frame(embedded)
    a_round(embedded, size=2)
    for case in case_ids(embedded):
        audit_case(embedded, case, {}, rest=G)
    taken(embedded, old_audits(tmp_path, G, R), STATED)
    older = replace(SPRING, name="Autumn 2024", as_at=date(2024, 9, 30))
    taken(embedded, old_audits(tmp_path, I, I, name="older.csv"), older)

    found = trends_to(embedded, "Spring 2026")
    earliest = trends_to(embedded, "Spring 2025")

    assert [one.old.facts.name for one in found] == ["Autumn 2024", "Spring 2025"]
    assert [one.old.facts.name for one in earliest] == ["Autumn 2024"]
    assert trends_to(embedded, "Autumn 2024") == ()
    beside = trend_of(embedded, None, against="Autumn 2024")
    v1 = next(line for line in beside.lines if line.new[0].id == "v1")
    assert (v1.old[0].n, v1.old[0].good_or_better, beside.seen(v1)) == (2, None, "")
    assert "Autumn 2024, imported, 2 earlier audits" in trend_text(beside)
    assert '"imported": true' in trend_json(beside)
    # It is never the newest round.
    assert summarise(embedded).facts.name == "Spring 2026"
    names = [line.round.name for line in list_rounds(embedded)]
    assert names == ["Spring 2026", "Autumn 2024", "Spring 2025"]


def test_its_cases_cannot_be_drawn_from(embedded: Database, tmp_path: Path) -> None:
    """It is no frame, it has no draw, and it stays closed."""
    taken(embedded, old_audits(tmp_path, G), SPRING)

    assert list_frames(embedded) == []
    assert home(embedded, auditor="Ann").frames == 0
    with pytest.raises(UnknownFrameError):
        a_round(embedded, size=1)
    with pytest.raises(NoDrawError):
        certify(embedded, "Spring 2025")
    with pytest.raises(RoundStateError, match="imported"):
        reopen_round(embedded, "Spring 2025", reason="x", by="Lee", now=NOW)
    out = export_audits(
        embedded, tmp_path / "o.csv", name=None, wanted=Wanted(), by="Lee", now=NOW
    )
    assert (out.audits, out.answers) == (1, 3)
    back = import_audits(
        embedded, tmp_path / "o.csv", name="Spring 2025", by="Lee", now=NOW
    )
    assert back.there == 1


def test_questions_of_some_cases_keep_what_was_answered(
    embedded: Database, tmp_path: Path
) -> None:
    """Nothing is known of these cases, so no condition can be held against them."""
    some = Comparison(field="team", operator="==", value="North")
    rubric = a_rubric(
        {"voice": (a_criterion("v1", applies=some), a_criterion("v2"))}, limits=()
    )
    taken(embedded, old_audits(tmp_path, G), replace(SPRING, rubric=rubric))

    (domain,) = summarise(embedded).areas[1].domains
    assert [(line.id, line.counts[G]) for line in domain.criteria] == [
        ("v1", 1),
        ("v2", 1),
    ]


def test_what_cannot_be_is_refused_and_nothing_kept(
    embedded: Database, tmp_path: Path
) -> None:
    path = old_audits(tmp_path, G, R)
    wrong = old_audits(tmp_path, "goood", name="wrong.csv")
    wrong.write_text(wrong.read_text("utf-8") + ",Ann,first,v1,good\n", "utf-8")

    with pytest.raises(AuditLinesError) as caught:
        taken(embedded, wrong, SPRING)
    with pytest.raises(SmallPopulationError):
        taken(embedded, path, replace(SPRING, population=1))
    with pytest.raises(WrongCohortError):
        taken(embedded, path, replace(SPRING, cohort="cic"))
    done = taken(embedded, path, SPRING, keep=False)

    assert [line for line, _, _ in caught.value.problems] == [2, 3, 4, 5]
    assert (done.audits, done.kept) == (2, False)
    assert sql(embedded, "SELECT count(*) FROM round") == [(0,)]
    assert embedded.kind() == ""


def test_invented_and_real_never_mix(embedded: Database, tmp_path: Path) -> None:
    """Earlier audits decide what a database is like any other import."""
    with_frame(embedded)
    a_round(embedded, size=2)
    path = old_audits(tmp_path, G)

    with pytest.raises(MixedDataError):
        taken(embedded, path, replace(SPRING, invented=False))
    with pytest.raises(RoundExistsError):
        taken(embedded, path, replace(SPRING, name="Spring 2026", as_at=AS_AT))
