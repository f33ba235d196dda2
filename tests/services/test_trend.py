"""Which earlier rounds a round is set beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from walks import WALK, put_walk, two_versions

from builders import G, a_rubric
from case_audit.errors import UnknownRoundError
from case_audit.services.selfassessment import summarise
from case_audit.services.trend import MOST_ROUNDS, read_trends, trends_to
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database


def audited(database: Database, name: str, cohort: str = "cp") -> None:
    rubric = replace(a_rubric(), cohorts=("cp", "cin"))
    a_round(database, name=name, size=2, cohort=cohort, rubric=rubric)
    audit_case(database, case_ids(database, name)[0], {}, rest=G)


def test_earlier_rounds_of_the_cohort_with_something_to_compare(
    embedded: Database,
) -> None:
    """The earliest first; not later ones, not another cohort's, not empty ones."""
    with_frame(embedded)
    with_frame(embedded, cohort="cin")
    audited(embedded, "First")
    audited(embedded, "Another", cohort="cin")
    a_round(embedded, name="Empty", size=2)
    audited(embedded, "Second")
    audited(embedded, "Third")
    audited(embedded, "Later")

    found = trends_to(embedded, "Third")

    assert [one.old.facts.name for one in found] == ["First", "Second"]
    assert found[0].new == summarise(embedded, "Third")
    assert trends_to(embedded, "First") == ()
    with pytest.raises(UnknownRoundError):
        trends_to(embedded, "Nowhere")


def test_not_more_rounds_than_fit_beside_each_other(embedded: Database) -> None:
    with_frame(embedded)
    names = [f"Round {number}" for number in range(MOST_ROUNDS + 2)]
    for name in names:
        audited(embedded, name)

    found = trends_to(embedded, names[-1])

    assert [one.old.facts.name for one in found] == names[1:-1]


def test_crosswalks_that_lead_from_one_rubric_to_the_other_are_found(
    embedded: Database, tmp_path: Path
) -> None:
    """What is broken is named; what leads elsewhere is no business of the round."""
    with_frame(embedded)
    two_versions(embedded, first="Spring", second="Summer")
    path = put_walk(tmp_path)
    put_walk(tmp_path, WALK.replace("small@1.1", "small@1.2"), name="elsewhere")
    put_walk(tmp_path, WALK.replace("[w2]", "[x9]"), name="fits-not")
    put_walk(tmp_path, "kind: rubric\n", name="no-crosswalk")

    found = read_trends(embedded, "Summer", folders=(tmp_path, tmp_path / "none"))

    (fits,) = found.fitting
    assert (fits.path, fits.id, fits.rounds) == (path, "small-1.1", ("Spring",))
    assert found.changes == ((fits.old, fits.new),) == (("small@1.0", "small@1.1"),)
    said = [" ".join(error.lines) for error in found.errors]
    assert len(said) == 2
    assert "fits-not.yaml" in said[0]
    assert "no-crosswalk.yaml" in said[1]
    assert found.folders[0] == tmp_path / "crosswalks"


def test_a_round_is_carried_across_where_the_rubric_changed(
    embedded: Database, tmp_path: Path
) -> None:
    """Without the crosswalk, what has a new name is not compared."""
    with_frame(embedded)
    two_versions(embedded, first="Spring", second="Summer")
    path = put_walk(tmp_path)

    (alone,) = trends_to(embedded, "Summer")
    (across,) = trends_to(embedded, "Summer", crosswalks=(path,))

    assert [line.new[0].id for line in alone.with_ease("yes")] == ["v1", "s1", "s2"]
    assert across.crosswalk == "small-1.1"
    assert [line.new[0].id for line in across.with_ease("yes")] == ["v1", "w2", "s2"]
    assert [line.new[0].id for line in across.with_ease("caution")] == ["s1"]


def test_the_same_rubric_needs_no_crosswalk(embedded: Database, tmp_path: Path) -> None:
    """One that names its version twice is not asked."""
    with_frame(embedded)
    audited(embedded, "First")
    audited(embedded, "Second")
    path = put_walk(tmp_path, WALK.replace("small@1.1", "small@1.0"))

    found = read_trends(embedded, "Second", crosswalks=(path,), folders=(tmp_path,))

    assert (found.trends[0].crosswalk, found.fitting, found.errors) == ("", (), ())
    assert found.changes == ()
