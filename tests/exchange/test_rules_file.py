"""What rules files may say, and what is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from case_audit.errors import RubricError
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.rules_file import read_rules, scales_of
from case_audit.services.rubric import library

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.rubric.rules import Rules

HEAD = 'kind: rules\nid: r\nversion: "1"\ntitle: R\n'
PLAIN = "domain_rollup: worst\noverall_rollup: worst\n"
STEPS = """domain_rollup:
  kind: threshold
  of: {of}
  scale: {scale}
  steps:
    - {{grade: {first}, when: {{at_or_below: no, more_than: 1/2}}}}
    - {{grade: {second}, when: {{at_or_below: no}}}}
  otherwise: {best}
overall_rollup: worst
"""


def rules(text: str, own: str = "ofsted4") -> Rules:
    """Read rules for a rubric of that scale."""
    shelf = library()
    reader = open_file((HEAD + text).encode(), file="r.yaml", kind="rules")
    return read_rules(reader, shelf.scale(own), shelf.scale)


def refused(text: str) -> RubricError:
    """Return why rules are refused."""
    with pytest.raises(RubricError) as caught:
        rules(text)
    return caught.value


def test_a_word_is_a_whole_roll_up() -> None:
    found = rules("domain_rollup: lower_median\noverall_rollup: none\n")

    assert (found.domain_rollup.kind, found.overall_rollup.kind) == (
        "lower_median",
        "none",
    )
    assert scales_of(found) == set()


def test_grades_go_in_on_one_scale_and_come_out_on_another() -> None:
    text = STEPS.format(
        of="yes-no",
        scale="ofsted4",
        first="inadequate",
        second="requires_improvement",
        best="good",
    )
    found = rules(text).domain_rollup

    assert (found.of, found.scale, found.otherwise) == ("yes-no", "", "good")
    assert [step.grade for step in found.steps] == [
        "inadequate",
        "requires_improvement",
    ]
    assert scales_of(rules(text)) == {"yes-no"}


def test_the_rubrics_own_scale_may_go_in_where_another_comes_out() -> None:
    """Named or not, it is told apart from the scale of the result."""
    text = """domain_rollup: worst
overall_rollup:
  kind: percentage_bands
  of: ofsted4
  counts: good
  scale: yes-no
  bands: {yes: 60}
  otherwise: no
"""
    found = rules(text).overall_rollup

    assert (found.of, found.scale) == ("ofsted4", "yes-no")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("domain_rollup: mean\noverall_rollup: worst\n", 5, "one of lower_median"),
        ("domain_rollup: points\noverall_rollup: worst\n", 5, "kind: points, with"),
        (
            STEPS.format(
                of="yes-no",
                scale="ofsted4",
                first="good",
                second="inadequate",
                best="outstanding",
            ),
            11,
            "a better grade than good, worst first",
        ),
        (
            STEPS.format(
                of="yes-no",
                scale="ofsted4",
                first="inadequate",
                second="good",
                best="inadequate",
            ),
            12,
            "a better grade than good",
        ),
        (
            (
                "domain_rollup:\n  kind: percentage_bands\n  counts: good\n"
                "  bands: {outstanding: 60, good: 80}\n  otherwise: inadequate\n"
                "overall_rollup: worst\n"
            ),
            8,
            "lower than the better grade's",
        ),
        (
            (
                "domain_rollup:\n  kind: percentage_bands\n  counts: good\n"
                "  bands: {outstanding: 60, good: 50}\n  otherwise: good\n"
                "overall_rollup: worst\n"
            ),
            9,
            "a worse grade than good",
        ),
        (
            (
                "domain_rollup:\n  kind: points\n  points: {outstanding: 1, good: 2, "
                "requires_improvement: 1, inadequate: 0}\n  bands: {good: 50}\n"
                "  otherwise: inadequate\noverall_rollup: worst\n"
            ),
            7,
            "no more points than the better grade has",
        ),
        (
            (
                "domain_rollup:\n  kind: points\n  points: {outstanding: 0, good: 0, "
                "requires_improvement: 0, inadequate: 0}\n  bands: {good: 50}\n"
                "  otherwise: inadequate\noverall_rollup: worst\n"
            ),
            7,
            "at least one point for the best grade",
        ),
        (
            "domain_rollup:\n  kind: worst\n  of: yes-no\noverall_rollup: worst\n",
            7,
            "the same scale as the result",
        ),
        (
            "domain_rollup:\n  kind: worst\n  scale: yes-no\noverall_rollup: worst\n",
            8,
            "of: yes-no, the scale of the domains' grades",
        ),
        (
            (
                "domain_rollup: none\noverall_rollup: none\nlimits:\n"
                "  - {id: L, caps: overall, at: good, because: so, "
                "when: {count: criteria, at_or_below: good}}\n"
            ),
            8,
            "the overall level is not",
        ),
        (
            PLAIN + "limits:\n  - {id: L, caps: overall, at: good, because: so, "
            "when: {flag: risk}}\n",
            8,
            "one of",
        ),
        (
            PLAIN + "limits:\n  - {id: L, caps: overall, at: good, because: so, "
            "raises: E9, when: {count: criteria, at_or_below: good}}\n",
            8,
            "one of E1, E2, E3",
        ),
        (
            PLAIN + "limits:\n  - {id: L, caps: overall, at: good, because: so, "
            "when: {count: criteria, scale: yes-no, at_or_below: good}}\n",
            8,
            "one of yes, no",
        ),
        (
            PLAIN + "across_cases:\n  kind: worst\n",
            8,
            "one of percentage_bands",
        ),
    ],
)
def test_rules_that_contradict_themselves_are_refused(
    text: str, line: int, said: str
) -> None:
    """A worse answer must never be able to help."""
    error = refused(text)

    assert said in str(error)
    assert f"r.yaml:{line}:" in str(error)


LIMIT = (
    PLAIN + "limits:\n  - {{id: L, caps: overall, at: good, because: so, when: {}}}\n"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            LIMIT.format("{count: criteria, role: safety, at_or_below: inadequate}"),
            "when.role: expected count: domains",
        ),
        (
            LIMIT.format("{count: domains, critical: yes, at_or_below: inadequate}"),
            "when.critical: expected count: criteria",
        ),
        (
            LIMIT.format("{count: domains, answer: not_evidenced}"),
            "when.answer: expected count: criteria",
        ),
        (
            LIMIT.format(
                "{count: criteria, at_or_below: good, at_least: 2, more_than: 1/2}"
            ),
            "when.more_than: expected either at_least or more_than",
        ),
        (
            LIMIT.format("{count: domains, at_or_below: good}").replace(
                PLAIN, "domain_rollup: none\noverall_rollup: manual\n"
            ),
            "when.count: expected criteria, as domains have no grade",
        ),
        (
            "domain_rollup: none\noverall_rollup: worst\n",
            "overall_rollup: expected none or manual",
        ),
        (
            STEPS.format(
                of="yes-no",
                scale="ofsted4",
                first="inadequate",
                second="good",
                best="outstanding",
            ).replace("more_than", "at_least: 2, more_than"),
            "when.more_than: expected either at_least or more_than",
        ),
        (
            PLAIN + "flags:\n" + "  - {id: f, label: F, asks: F, record: f}\n" * 2,
            "flags[1].id: expected each flag once, found f",
        ),
    ],
)
def test_rules_that_would_quietly_do_nothing_are_refused(text: str, said: str) -> None:
    """An author who caps a case must not find later that it never held."""
    assert said in str(refused(text))


def test_every_shipped_rules_file_is_used_by_a_rubric() -> None:
    """What nobody grades with is not kept."""
    shelf = library()
    used = {shelf.rubric(name).rules.id for name in shelf.names()}

    assert used == set(shelf.known("rules"))


def test_the_usual_rubric_of_a_cohort(tmp_path: Path) -> None:
    """A council's own choice goes first; what it does not name stays."""
    (tmp_path / "usual.yaml").write_text("kind: usual\ncohorts: {cp: our-look}\n")

    assert library().usual("cp") == "child-protection"
    assert library().usual("cp_ended") == "dip-closure-stepdown"
    assert library().usual("adoption") == "dip-permanence"
    assert library().usual("cic_ceased") == "left-care"
    assert library().usual("adopters") == "adopters"
    assert library(tmp_path).usual("cp") == "our-look"
    assert library(tmp_path).usual("cic") == "children-in-care"
    assert library(tmp_path).usual("s47") == ""
    assert "usual" not in library(tmp_path).names()


def test_a_usual_rubric_for_a_cohort_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "usual.yaml").write_text("kind: usual\ncohorts: {cpp: our-look}\n")

    with pytest.raises(RubricError, match=r"usual\.yaml:2: cohorts\.cpp"):
        library(tmp_path).usual("cp")
