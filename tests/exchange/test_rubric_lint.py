"""Findings: each rule sees what it should, at the line where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.exchange.rubric_lint import lint
from case_audit.exchange.rubric_places import reach
from case_audit.exchange.yaml_strict import Listing, Table, Text, read_yaml
from case_audit.resources import shipped

REACH = reach((shipped("rubrics"),))

RUBRIC = """\
kind: rubric
id: mine
version: "1.0"
cohorts: [cp, cin]
domains:
  - include: recording
  - id: help
    label: Help
    criteria:
      - id: x1
        label: Help came in time
        asks: Did help reach this family while it could still make a difference?
        benchmark: Someone the family knows began within days of being asked.
        critical: yes
        inadequate_if: A child at risk was left to wait.
        look_in: [the plan, visit notes]
        trap: A letter sent is not help begun.
        not_applicable_when: never
        tags: [NF-O1]
        source: [our own standards]
        descriptors:
          outstanding: >-
            Help began the day it was asked for and changed as the family did. The child
            sleeps through the night again.
          good: >-
            A worker rang within two days and came within five, as the parents had wished.
          requires_improvement: >-
            The offer took weeks, or was one that nobody had asked for; no harm followed.
          inadequate: >-
            The request lay there while things grew worse for the child at home.
"""


def findings(text: str, *, old: str = "", new: str = "") -> list[tuple[int, str, str]]:
    """Line, rule and key of what is found in a file with a text replaced."""
    assert old in text
    node = read_yaml(text.replace(old, new, 1).encode(), file="mine.yaml")
    found = lint(node, file="mine.yaml", reach=REACH)
    assert {f.file for f in found} <= {"mine.yaml"}
    return [(f.line, f.remark.kind, f.key) for f in found]


def test_a_careful_rubric_has_none() -> None:
    assert findings(RUBRIC) == []


GOOD = "A worker rang within two days and came within five, as the parents had wished."
RECORDING = (
    "Are the facts we need to find, reach and recognise this child or young person "
    "right today?"
)
ASKS = "Did help reach this family while it could still make a difference?"
AT = "domains[1].criteria[0]"


@pytest.mark.parametrize(
    ("old", "new", "line", "kind", "key"),
    [
        (GOOD, "Effective help came.", 25, "judging", "descriptors.good"),
        (GOOD, "Various people came.", 25, "vague", "descriptors.good"),
        (GOOD, "They came at once!", 25, "exclamation", "descriptors.good"),
        (GOOD, "The IRO rang.", 25, "abbreviation", "descriptors.good"),
        (
            GOOD,
            "Help mostly began the day it was asked for and changed as the family did.",
            25,
            "alike",
            "descriptors.good",
        ),
        (
            "while things grew worse for the child at home",
            "for weeks",
            29,
            "consequence",
            "",
        ),
        (ASKS, "Did help come, and was it of use?", 12, "double", "asks"),
        ("Help came in time", "Help is offered and taken", 11, "double", "label"),
        ("[the plan, visit notes]", "[a, b, c, d, e, f, g]", 16, "list", "look_in[0]"),
        ("[the plan, visit notes]", "[notes etc.]", 16, "et-cetera", "look_in[0]"),
        ("A letter sent is not help begun.", "''", 17, "trap", "trap"),
        (
            "Someone the family knows began within days of being asked.",
            GOOD,
            13,
            "benchmark",
            "benchmark",
        ),
        ("A child at risk was left to wait.", "''", 14, "critical", "critical"),
        ("[NF-O1]", "[NF-O1, nf-o2]", 19, "tag", "tags[1]"),
        ("[NF-O1]", "[NF-X1]", 19, "tag", "tags[0]"),
        ("[NF-O1]", "[NF-O5]", 19, "tag", "tags[0]"),
        ("[NF-O1]", "[NF-E3, NF-E4]", 19, "tag", "tags[1]"),
        ("[NF-O1]", "[NF-P0]", 19, "tag", "tags[0]"),
        ("tags:", "cohorts: [cic]\n        tags:", 19, "cohort", "cohorts[0]"),
        ("tags:", "cohorts: [cp, cic]\n        tags:", 19, "cohort", "cohorts[1]"),
        ("tags:", "cohorts: [cin, cp, s47]\n        tags:", 19, "cohort", "cohorts[2]"),
        ("id: x1", "id: r1", 10, "identifier", "id"),
        (
            ASKS,
            RECORDING,
            12,
            "duplicate",
            "asks",
        ),
    ],
)
def test_each_rule_names_its_place(
    old: str, new: str, line: int, kind: str, key: str
) -> None:
    """One thing changed, one finding, at its line."""
    (found,) = findings(RUBRIC, old=old, new=new)

    assert found[:2] == (line, kind)
    assert found[2].startswith(f"{AT}.{key}")


def test_known_tags_and_explained_abbreviations_are_let_be() -> None:
    text = RUBRIC.replace("[NF-O1]", "[NF-O1, NF-E3, NF-P6, JTAI-2]")
    text = text.replace("A worker rang", "The GP or the LADO (designated officer) rang")

    assert findings(text) == []


def test_a_rubric_in_which_nothing_is_critical() -> None:
    """The criteria of modules count; a short look at one theme may have none."""
    short = RUBRIC.replace("critical: yes", "critical: no")
    others = "  - include: voice\n  - include: partners\n"
    long = short.replace("domains:\n", f"domains:\n{others}")

    assert findings(short) == []
    assert findings(long) == [(5, "critical", "domains")]
    assert findings(long.replace("partners", "plan")) == []


def test_what_is_answered_in_words_need_not_be_critical() -> None:
    """No rule could go by it."""
    own = RUBRIC.replace("  - include: recording\n", "").replace("yes", "no")
    head, one = own.split("    criteria:\n")
    told, _ = one.replace("id: x1", "id: x1\n        kind: narrative").split(
        "        descriptors:"
    )

    def kinds(criterion: str) -> set[str]:
        many = [criterion.replace("x1", f"x{i}") for i in range(14)]
        found = findings(f"{head}    criteria:\n{''.join(many)}")
        return {kind for _, kind, _ in found}

    assert kinds(one) - kinds(told) == {"critical"}


def test_a_domain_of_too_many_criteria() -> None:
    """What a module brings is counted too."""
    head, one = RUBRIC.split("    criteria:\n")
    first = [f"{one.replace('x1', f'x{i}')}" for i in range(14)]
    text = f"{head}    criteria:\n{''.join(first)}"
    many = f"{text}{one.replace('x1', 'x14')}"

    assert "domain" not in {kind for _, kind, _ in findings(text)}
    assert (8, "domain", "domains[1].label") in findings(many)


def test_the_same_question_twice_in_one_file() -> None:
    one = RUBRIC.split("    criteria:\n")[1]
    text = RUBRIC + one.replace("x1", "x2")

    assert findings(text) == [(33, "duplicate", "domains[1].criteria[1].asks")]


def test_a_criterion_of_a_module_may_be_copied_word_for_word() -> None:
    """By a rubric that wants it without the module's others."""
    module = read_yaml(RUBRIC.encode(), file="mine.yaml")
    whole = replace(REACH, modules={**REACH.modules, "mine": module})

    def kinds(text: str) -> set[str]:
        node = read_yaml(text.encode(), file="copy.yaml")
        return {f.remark.kind for f in lint(node, file="copy.yaml", reach=whole)}

    assert kinds(RUBRIC) == set()
    assert kinds(RUBRIC.replace("id: x1", "id: x2")) == {"duplicate"}
    assert kinds(RUBRIC.replace("A letter sent", "A letter")) == {"duplicate"}


def test_identifiers_that_stand_twice_are_named() -> None:
    """In a module too, which is read alone."""
    module = "kind: module\nid: m\nlabel: M\ncriteria:\n"
    module += "".join(f"  - {{id: m{i}, trap: Think.}}\n" for i in (1, 2, 1))

    assert findings(module) == [(7, "identifier", "criteria[2].id")]


KINDS = """\
kind: module
id: dip
version: "1.0"
label: Dip sample
criteria:
  - id: d1
    kind: yes_no
    label: Seen in time
    asks: Was the child seen within five working days?
    benchmark: The visit is on file with its date.
    critical: yes
    trap: An open door is not a child seen.
    descriptors:
      yes: A note of that week tells how the child was and what they said.
      no: "{no}"
  - id: d2
    kind: fact
    label: Date of the visit
    asks: On which day was the child seen?
    benchmark: The first date on which someone saw them.
    critical: no
  - id: d3
    kind: narrative
    label: What stays with you
    asks: "{asks}"
    benchmark: Two or three sentences.
    critical: no
"""


def test_new_kinds_are_read_as_they_are() -> None:
    """A fact has no descriptors and no trap to miss; a no has a consequence."""
    asks = "What would the child tell us?"
    sound = KINDS.format(no="Nobody went, and the child waited.", asks=asks)
    silent = KINDS.format(no="The form was filled in elsewhere.", asks=asks)
    double = KINDS.format(
        no="Nobody went, and the child waited.",
        asks="What would the child say, and what would the mother say?",
    )

    assert findings(sound) == []
    assert findings(silent) == [(15, "consequence", "criteria[0].descriptors.no")]
    assert findings(double) == [(25, "double", "criteria[2].asks")]


def test_a_file_that_is_hard_to_read_throughout() -> None:
    """One finding for the whole, whatever the single texts are."""
    long = "Multiprofessional safeguarding responsibilities necessitate documentation"
    text = "kind: module\nid: m\ncriteria:\n" + "".join(
        f"  - {{id: m{i}, asks: {long}, trap: Think.}}\n" for i in range(5)
    )

    assert (1, "reading", "") in findings(text)


nodes = st.recursive(
    st.builds(Text, st.integers(1, 99), st.text()),
    lambda inner: st.one_of(
        st.builds(Listing, st.integers(1, 99), st.lists(inner).map(tuple)),
        st.dictionaries(
            st.sampled_from(
                [
                    "kind",
                    "id",
                    "domains",
                    "criteria",
                    "add",
                    "include",
                    "asks",
                    "descriptors",
                    "yes",
                    "no",
                    "tags",
                    "cohorts",
                    "look_in",
                    "critical",
                    "label",
                    "benchmark",
                    "inadequate",
                ]
            ),
            inner,
        ).map(lambda entries: Table(1, entries, dict.fromkeys(entries, 2))),
    ),
    max_leaves=20,
)


@given(nodes)
def test_no_file_is_too_strange(node: Text | Listing | Table) -> None:
    """Not only sound files are read: an author checks while writing."""
    for finding in lint(node, file="any.yaml", reach=REACH):
        assert finding.line >= 1
        assert finding.remark.suggestion
