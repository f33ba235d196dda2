"""The numbers of a summary, counted by hand and estimated by the method alone."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from builders import NOW, G, I, O, R, a_criterion, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.estimates.hypergeometric import exact_interval
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.errors import CaseAuditError, UnknownRoundError
from case_audit.services.audit import open_case, reopen
from case_audit.services.home import named_round
from case_audit.services.selfassessment import summarise
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Line, Summary
    from case_audit.services.database import Database

ONE = a_rubric({"voice": (a_criterion("v1"),)}, limits=())


def line_of(summary: Summary, key: str) -> Line:
    """The area's, a domain's or a criterion's line."""
    (area,) = (a for a in summary.areas if a.line)
    lines = [area.line, *(d.line for d in area.domains)]
    lines += [c for d in area.domains for c in d.criteria]
    (found,) = (line for line in lines if line and line.id == key)
    return found


def test_counts_are_those_of_the_answers(database: Database) -> None:
    """Five cases, by hand; the last one is open and counts for nothing."""
    with_frame(database)
    a_round(database, size=5)
    given = [
        {"v1": O, "v2": G, "s1": G, "s2": G},
        {"v1": G, "v2": NOT_APPLICABLE, "s1": R, "s2": G},
        {"v1": R, "v2": NOT_EVIDENCED, "s1": I, "s2": G},
        {"v1": NOT_APPLICABLE, "v2": NOT_APPLICABLE, "s1": G, "s2": NOT_EVIDENCED},
        {"v1": I, "v2": I, "s1": I, "s2": I},
    ]
    for number, (case, values) in enumerate(
        zip(case_ids(database), given, strict=True)
    ):
        audit_case(
            database, case, values, auditor="AB"[number % 2], then_submit=number < 4
        )

    found = summarise(database)

    v1, v2, voice = (line_of(found, key) for key in ("v1", "v2", "voice"))
    assert dict(v1.counts) == {O: 1, G: 1, R: 1, I: 0}
    assert (v1.n, v1.not_applicable, v1.not_evidenced) == (3, 1, 0)
    assert (v2.n, v2.not_applicable, v2.not_evidenced) == (1, 2, 1)
    # The lower middle of two: good, good, r.i.; the fourth has nothing to grade.
    assert dict(voice.counts) == {O: 0, G: 2, R: 1, I: 0}
    assert voice.not_applicable == 1
    # Safety: good, r.i., inadequate by LIM1, good.
    assert dict(line_of(found, "safety").counts) == {O: 0, G: 2, R: 1, I: 1}
    # Cases: the worse of two domains, or the only one.
    assert dict(line_of(found, "help_and_protection").counts) == {
        O: 0,
        G: 2,
        R: 1,
        I: 1,
    }
    assert (found.submitted, found.drawn, found.population) == (4, 5, 30)
    assert (found.facts.begun, found.facts.auditors) == (1, 2)


def test_a_simple_draw_is_estimated_exactly(database: Database) -> None:
    """The same interval as from the numbers alone."""
    with_frame(database, size=40)
    a_round(database, size=8, rubric=ONE)
    for number, case in enumerate(case_ids(database)):
        audit_case(database, case, {"v1": G if number < 6 else R})

    share = line_of(summarise(database), "v1").good_or_better

    exact = exact_interval(population=40, sample=8, hits=6)
    assert share is not None
    assert (share.lower, share.upper) == (exact.lower, exact.upper)
    assert (share.lower_count, share.upper_count) == (
        exact.lower_count,
        exact.upper_count,
    )


def test_a_stratified_draw_is_weighted_by_stratum(database: Database) -> None:
    """Exactly what the method gives for the counts of each stratum."""
    with_frame(database, size=31)
    a_round(database, size=9, rubric=ONE, strata=("team",), minimum=2)
    _, lines = named_round(database, "Spring 2026")
    hits: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for line in lines:
        good = line.case.number % 3 == 0 or line.case.stratum == "Team 1"
        audit_case(database, line.case.id, {"v1": G if good else R})
        done[line.case.stratum] += 1
        hits[line.case.stratum] += good

    found = summarise(database)

    wanted = estimate(
        [
            StratumCount(
                stratum=name, population=size, sampled=done[name], hits=hits[name]
            )
            for name, size in {"Team 0": 10, "Team 1": 11, "Team 2": 10}.items()
        ]
    )
    assert line_of(found, "v1").good_or_better == wanted
    assert dict(found.facts.populations) == {"Team 0": 10, "Team 1": 11, "Team 2": 10}


def test_not_evidenced_leaves_the_estimate_and_is_counted(database: Database) -> None:
    """It is no grade: neither good nor bad, and never silently dropped."""
    with_frame(database, size=40)
    a_round(database, size=6, rubric=ONE)
    values = [G, G, R, NOT_EVIDENCED, NOT_EVIDENCED, NOT_EVIDENCED]
    for case, value in zip(case_ids(database), values, strict=True):
        audit_case(database, case, {"v1": value})

    found = summarise(database)

    line = line_of(found, "v1")
    assert line.good_or_better is not None
    assert (line.good_or_better.n, line.good_or_better.hits) == (3, 2)
    assert line.not_evidenced == 3
    assert any("3 judgements were left open" in limit for limit in found.limits)


def test_reopening_takes_a_case_out_until_it_is_submitted_again(
    database: Database,
) -> None:
    with_frame(database)
    a_round(database, size=2, rubric=ONE)
    audits = [audit_case(database, case, {"v1": G}) for case in case_ids(database)]

    reopen(database, audits[0], auditor="Ann", now=NOW)

    found = summarise(database)
    assert (found.submitted, found.facts.begun) == (1, 1)


def test_nothing_submitted_gives_no_estimate_and_says_why(database: Database) -> None:
    """An empty table, not an error: the lead looks in on the first day."""
    with_frame(database)
    a_round(database, size=2, rubric=ONE)
    open_case(database, case_ids(database)[0], auditor="Ann", now=NOW)

    line = line_of(summarise(database), "v1")

    assert line.good_or_better is None
    assert (line.n, line.why_not) == (0, "no graded case")


def test_the_newest_round_is_summed_up_unless_one_is_named(database: Database) -> None:
    with_frame(database)
    a_round(database, name="Old", size=2)
    a_round(database, name="New", size=2)

    assert summarise(database).facts.name == "New"
    assert summarise(database, "Old").facts.name == "Old"
    assert summarise(database, "New").facts.draw_number == 2
    with pytest.raises(UnknownRoundError, match="'Older'"):
        summarise(database, "Older")


def test_without_a_round_that_is_what_is_said(database: Database) -> None:
    """Not that one with an empty name is missing."""
    with pytest.raises(CaseAuditError, match=r"(?i)there is no round") as caught:
        summarise(database)

    assert "case-audit draw" in caught.value.hint


def test_the_facts_are_those_of_the_manifest(database: Database) -> None:
    """The page can be checked against the record of the draw."""
    with_frame(database)
    drawn = a_round(database, size=6, strata=("team",), minimum=2)
    plain = json.loads(drawn.manifest)

    facts = summarise(database).facts

    assert (facts.seed, facts.seed_mode) == (plain["seed"], "machine")
    assert facts.frame_digest == plain["frame"]["digest"]
    assert facts.algorithm == "sha256-bottom-k/1"
    assert (facts.design, facts.strata_by) == ("stratified", ("team",))
    assert dict(facts.drawn) == {"Team 0": 2, "Team 1": 2, "Team 2": 2}
    assert (facts.kind, facts.cohort, facts.as_at) == ("practice", "cp", "2026-03-31")
