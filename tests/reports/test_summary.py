"""The pages of a self-assessment, kept as text so that a change can be read."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rounds import as_markdown

from builders import AS_AT, NOW, G, I, O, R, a_criterion, a_rubric, units
from case_audit.core.audit.model import CLOSING, NOT_APPLICABLE, NOT_EVIDENCED, Answer
from case_audit.core.frame.model import Frame
from case_audit.core.rubric.model import Domain
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown
from case_audit.reports.markdown import literal
from case_audit.reports.summary_json import summary_json
from case_audit.reports.summary_text import summary_text
from case_audit.security.text_gate import one_line
from case_audit.services.answers import give_answer
from case_audit.services.audit import submit
from case_audit.services.database import Database
from case_audit.services.report import report
from case_audit.services.selfassessment import summarise
from stored import a_round, audit_case, case_ids, keep_frame, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report

ONE = a_rubric({"voice": (a_criterion("v1"),)}, limits=())
HOSTILE = (
    "\x1b]52;c;eA==\x07**x** | [bold] <b> \u202e# `a` &amp; $(x)\nsecond "
    "https://evil.example www.evil.example a@evil.example"
)


@pytest.fixture(scope="module")
def small_report(_blank_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Six of 31 drawn in three teams; four submitted, one of them overruled."""
    embedded = a_copy(_blank_file, tmp_path_factory)
    with_frame(embedded, size=31)
    a_round(embedded, size=6, strata=("team",), minimum=2)
    cases = case_ids(embedded)
    given_values = [
        {"v1": O, "v2": G, "s1": G, "s2": G},
        {"v1": G, "v2": NOT_APPLICABLE, "s1": I, "s2": G},
        {"v1": R, "v2": NOT_EVIDENCED, "s1": G, "s2": G},
        {"v1": G, "v2": G, "s1": G, "s2": R},
        {"v1": G, "v2": G, "s1": G, "s2": G},
    ]
    for number, (case, values) in enumerate(zip(cases[:5], given_values, strict=True)):
        audit = audit_case(
            embedded, case, values, auditor="AB"[number % 2], then_submit=False
        )
        if number == 2:
            continue
        by = "AB"[number % 2]
        own = [Answer(part="closing", subject=key, rationale="x") for key in CLOSING]
        if number == 4:
            own.append(
                Answer(part="domain", subject="voice", value=R, rationale="Felt.")
            )
        for answer in own:
            give_answer(embedded, audit, answer, auditor=by, now=NOW)
        submit(embedded, audit, auditor=by, now=NOW)
    found = report(embedded, today=NOW.date())
    embedded.close()
    return found


@pytest.fixture(scope="module")
def small_round(small_report: Report) -> Summary:
    """The same without what stands beside its numbers."""
    return small_report.summary


@pytest.fixture(scope="module")
def thirty(_blank_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """Thirty of 300 audited; eighteen of them good."""
    database = a_copy(_blank_file, tmp_path_factory)
    found = thirty_of_three_hundred(database)
    database.close()
    return found


def a_copy(blank: Path, folders: pytest.TempPathFactory) -> Database:
    """Open an empty database for what several tests only read."""
    return Database(str(shutil.copy(blank, folders.mktemp("made") / "audit.db")))


def thirty_of_three_hundred(
    database: Database, rubric: Rubric = ONE, name: str = "Spring 2026"
) -> Summary:
    """Thirty of 300 audited; eighteen of them good."""
    with_frame(database, size=300)
    a_round(database, size=30, rubric=rubric, name=name)
    for number, case in enumerate(case_ids(database, name)):
        audit_case(database, case, {"v1": G if number < 18 else R})
    return summarise(database)


def test_the_page_for_a_terminal(
    small_round: Summary, golden: Callable[[str], None]
) -> None:
    """80 columns, no colour, every number with how many it rests on."""
    golden(summary_text(small_round))


def test_the_page_for_a_document(
    small_report: Report, golden: Callable[[str], None]
) -> None:
    """Under the three questions of Ofsted's self-evaluation."""
    golden(document_markdown(document(small_report)))


def test_the_page_of_an_empty_round(
    embedded: Database, golden: Callable[[str], None]
) -> None:
    """On the first day; no number is made up."""
    with_frame(embedded)
    a_round(embedded)

    golden(summary_text(summarise(embedded)))


def test_eighteen_of_thirty_of_three_hundred(thirty: Summary) -> None:
    """60%, with the exact interval from 42% to 76%: 126 to 228 cases."""
    text, markdown = summary_text(thirty), as_markdown(thirty)

    assert "60% (42% to 76%)" in text
    assert "60% (42% to 76%)" in markdown
    assert "18 of 30 audited cases were good or better." in text
    (area,) = (a for a in json.loads(summary_json(thirty))["areas"] if "counts" in a)
    share = area["good_or_better"]
    assert f"between {share['lower_count']} and {share['upper_count']}" in " ".join(
        text.split()
    )


def test_json_is_as_agreed(small_round: Summary) -> None:
    """Other programs read it by these names; shares are not rounded."""
    plain: dict[str, Any] = json.loads(summary_json(small_round))

    assert set(plain) >= {
        *("round", "framework", "rubric", "design", "population", "drawn"),
        *("audited", "coverage", "areas", "limits"),
    }
    assert set(plain["rubric"]) == {"id", "version", "digest"}
    assert (plain["population"], plain["drawn"], plain["audited"]) == (31, 6, 4)
    assert plain["coverage"] == pytest.approx(4 / 6, abs=1e-12)
    assert all(isinstance(sentence, str) for sentence in plain["limits"])
    leaders, ours = plain["areas"]
    assert "counts" not in leaders
    lines = [ours, *ours["domains"]]
    lines += [c for d in ours["domains"] for c in d["criteria"]]
    assert [line["id"] for line in lines] == [
        *("help_and_protection", "voice", "safety"),
        *("v1", "v2", "s1", "s2"),
    ]
    for line in lines:
        assert set(line) >= {
            *("id", "label", "n", "counts", "not_applicable", "not_evidenced"),
            *("good_or_better", "inadequate"),
        }
        assert list(line["counts"]) == [O, G, R, I]
        assert line["n"] == sum(line["counts"].values())
        check_share(line["good_or_better"])
        check_share(line["inadequate"])


def check_share(share: dict[str, Any]) -> None:
    """Either an estimate with its interval and method, or the reason for none."""
    if share["estimate"] is None:
        assert share["why_not"]
        return
    assert 0 <= share["lower"] <= share["estimate"] <= share["upper"] <= 1
    assert share["level"] == 0.95
    assert share["method"]


def test_shares_have_all_their_digits(embedded: Database) -> None:
    """Two thirds is 0.6666666666666666, not 0.67."""
    with_frame(embedded, size=30)
    a_round(embedded, size=3, rubric=ONE)
    for case, value in zip(case_ids(embedded), (G, G, R), strict=True):
        audit_case(embedded, case, {"v1": value})

    plain = json.loads(summary_json(summarise(embedded)))

    (area,) = (a for a in plain["areas"] if "counts" in a)
    assert area["good_or_better"]["estimate"] == 2 / 3


def test_grades_are_never_merged_or_averaged(small_round: Summary) -> None:
    """No page has a mean, a score, or an overall effectiveness grade."""
    for page in (summary_text(small_round), as_markdown(small_round)):
        lowered = page.lower()
        for word in ("overall effectiveness", "average", "mean ", "score"):
            assert word not in lowered


def hostile(rubric: Rubric) -> Rubric:
    """The same rubric with labels that try to act."""
    return replace(
        rubric,
        title=HOSTILE,
        domains=tuple(
            Domain(
                id=d.id,
                label=HOSTILE,
                role=d.role,
                module=d.module,
                criteria=tuple(replace(c, label=HOSTILE) for c in d.criteria),
            )
            for d in rubric.domains
        ),
    )


def hidden(text: str) -> set[str]:
    return {c for c in text if c != "\n" and not c.isprintable()}


def test_hostile_names_are_shown_and_not_obeyed(embedded: Database) -> None:
    """In a terminal, in a document, and as data: what was typed, visibly."""
    found = thirty_of_three_hundred(embedded, hostile(ONE), name=HOSTILE)

    text, markdown = summary_text(found), as_markdown(found)
    html = MarkdownIt("gfm-like").render(markdown)

    assert hidden(text) == set()
    assert hidden(markdown) == set()
    assert "<b>" not in html
    assert "<a " not in html
    assert "<strong>x" not in html
    assert "&amp;amp;" in html
    assert html.count("<h1>") == 1
    assert json.loads(summary_json(found))["round"] == HOSTILE


@given(text=st.text(max_size=40))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    """Rendered, it is the same words: no tag, link, entity or emphasis."""
    tokens = MarkdownIt("commonmark").parseInline(f"x{literal(text)}x")

    shown = "".join(child.content for token in tokens for child in token.children or [])
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}
    assert "".join(shown.split()) == "".join(f"x{one_line(text)}x".split())


def long_labels(rubric: Rubric) -> Rubric:
    domain = rubric.domains[0]
    label = "Averylongwordthatdoesnotfitanywhereatallinsidetheplacethereis " * 3
    return replace(
        rubric,
        domains=(
            replace(
                domain,
                label=label,
                criteria=tuple(replace(c, label=label) for c in domain.criteria),
            ),
        ),
    )


@pytest.mark.parametrize("hits", [0, 30])
def test_the_page_fits_80_columns(embedded: Database, hits: int) -> None:
    """Also with long names, and where a share is all or nothing."""
    name = "A round with a very long name, made to see what happens " * 3
    keep_frame(embedded, Frame(cohort="cp", as_at=AS_AT, units=units(3000)))
    a_round(embedded, size=30, rubric=long_labels(ONE), name=name)
    for number, case in enumerate(case_ids(embedded, name)):
        audit_case(embedded, case, {"v1": G if number < hits else I}, rest=G)

    lines = summary_text(summarise(embedded)).splitlines()

    assert max(map(len, lines)) <= 80


def test_a_full_audit_has_no_interval(embedded: Database) -> None:
    """All cases were audited, so there is no sampling error to state."""
    with_frame(embedded, size=4)
    a_round(embedded, size=4, rubric=ONE)
    for case, value in zip(case_ids(embedded), (G, G, R, R), strict=True):
        audit_case(embedded, case, {"v1": value})

    text = " ".join(summary_text(summarise(embedded)).split())

    assert "50% (all)" in text
    assert "All 4 cases were audited: no sampling error." in text
    assert "No case was inadequate: all 4 were audited." in text


def test_no_inadequate_case_is_said_with_its_bound(thirty: Summary) -> None:
    """None seen is not none there."""
    text = " ".join(summary_text(thirty).split())

    assert "No audited case was inadequate. With 30 of 300 audited we are 95%" in text


def test_inadequate_cases_are_said_to_exist(embedded: Database) -> None:
    with_frame(embedded, size=40)
    a_round(embedded, size=4, rubric=ONE)
    for case, value in zip(case_ids(embedded), (G, G, I, I), strict=True):
        audit_case(embedded, case, {"v1": value})

    text = " ".join(summary_text(summarise(embedded)).split())

    assert "2 inadequate cases were found; this alone shows that such cases" in text


def test_unequal_strata_show_both_shares(small_round: Summary) -> None:
    """Where weighting moves the share by more than three points, both are said."""
    text = " ".join(summary_text(small_round).split())

    assert "Weighted by stratum, an estimated 16% (3% to 90%) of the 31 cases" in text
    assert "Unweighted it would be 25%" in text


def test_large_numbers_stay_apart(embedded: Database) -> None:
    """A census of thousands: no two columns grow together into one number."""
    found = thirty_of_three_hundred(embedded)
    place = next(n for n, area in enumerate(found.areas) if area.line)
    line = found.areas[place].line
    assert line is not None
    assert line.good_or_better is not None
    sure = replace(
        line.good_or_better,
        estimate=Fraction(1),
        lower=Fraction(999, 1000),
        upper=Fraction(1),
    )
    counts = dict.fromkeys(line.counts, 12345)
    large = replace(line, counts=counts, not_applicable=1234, good_or_better=sure)
    areas = list(found.areas)
    areas[place] = replace(areas[place], line=large)
    wide = summary_text(replace(found, areas=tuple(areas)))
    areas[place] = replace(areas[place], line=replace(line, good_or_better=sure))
    usual = summary_text(replace(found, areas=tuple(areas)))

    (row,) = (r for r in wide.splitlines() if r.startswith("All audited cases"))
    assert row.split()[3:10] == ["12345"] * 4 + ["1234", "0", "49380"]
    assert "100% (>99% to 100%)" in usual
    assert max(map(len, usual.splitlines())) <= 80


def test_cases_decided_by_a_rule_are_listed_on_both_pages(embedded: Database) -> None:
    """The safety of one child is inadequate: LIM2 decides the case, and says so."""
    rubric = a_rubric(
        {
            "voice": (a_criterion("v1"),),
            "plan": (a_criterion("p1"),),
            "safety": (a_criterion("s1", critical=True),),
        }
    )
    with_frame(embedded)
    a_round(embedded, size=2, rubric=rubric)
    for case, value in zip(case_ids(embedded), (I, G), strict=True):
        audit_case(embedded, case, {"s1": value}, rest=G)
    found = summarise(embedded)

    text, markdown = " ".join(summary_text(found).split()), as_markdown(found)

    assert "Cases decided by a limiting rule - case 1: Inadequate: limited by" in text
    assert "### Cases decided by a limiting rule" in markdown
    assert "- **Case 1:** Inadequate" in markdown


def test_a_live_page_says_that_it_is_internal(embedded: Database) -> None:
    with_frame(embedded, synthetic=False)
    a_round(embedded, size=2, rubric=ONE)

    text = summary_text(summarise(embedded))

    assert text.splitlines()[0].endswith("live data, internal")
    assert "invented" not in text
