"""Whatever stands where something else should, the error names file and line.

Every key of every kind of file is spoilt in turn, in a small shelf that has them all.
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_audit.errors import RubricError, UnknownRubricError
from case_audit.exchange.rubric_keys import (
    AGENCY,
    CRITERION,
    DOMAIN,
    INCLUDE,
    MODULE,
    RUBRIC,
)
from case_audit.exchange.rubric_library import Library
from case_audit.exchange.yaml_strict import Listing, Table, Text, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from case_audit.exchange.yaml_strict import Node

    Path_ = tuple[str | int, ...]

CRITERION_TEXT = """\
- id: {id}
  kind: graded
  label: Seen
  asks: Was the child seen?
  benchmark: The child was seen.
  critical: no
  look_in: [visits]
  trap: A visit without the child.
  not_applicable_when: never
  inadequate_if: The child was never seen.
  prompts: [Who saw the child?]
  cohorts: [cin]
  applies_if: age >= 5
  each_agency: {each}
  tags: [NF-O1]
  source: [WT23 ch3]
  timescales: [T01]
  descriptors: {{fine: It is fine., poor: It is poor.}}
"""
SCALE_TEXT = """\
kind: scale
id: {id}
title: Two
benchmark: {best}
grades:
- {{id: {best}, label: Best, short: best, letter: B, glyph: b, key: 1}}
- {{id: {worst}, label: Worst, short: worst, letter: W, glyph: w, key: 2}}
rationale_required_at: [{worst}]
"""
RUBRIC_TEXT = """\
kind: rubric
id: small
version: 1
title: Small
framework: short@1
area: help
scale: two
rules: plain
cohorts: [cin]
agencies: [{id: police, label: Police}, {id: health, label: Health}]
domains:
"""
RULES_TEXT = """\
kind: rules
id: plain
version: 1
title: Plain
domain_rollup: lower_median
overall_rollup:
  kind: threshold
  of: two
  scale: two
  steps:
  - {grade: poor, when: {at_or_below: poor, more_than: 1/2}}
  otherwise: fine
across_cases:
  {kind: percentage_bands, of: two, scale: two, counts: fine, bands: {fine: 80},
   otherwise: poor, domain: worst}
limits:
- {id: L1, caps: overall, at: poor, when: {flag: risk}, raises: E1, because: of it}
- id: L2
  caps: domain
  at: poor
  when: {count: criteria, critical: yes, at_or_below: poor, more_than: 1/2, scale: two}
  because: of it
- id: L3
  caps: overall
  at: poor
  when: {count: domains, role: safety, at_or_below: poor, at_least: 1}
  because: of it
flags:
- {id: risk, label: Risk, asks: Is it?, record: Who}
"""
FRAMEWORK_TEXT = """\
kind: framework
id: short
version: 1
title: Short
valid_from: 2026-04-01
valid_to: 2027-03-31
publishes_overall: yes
source: Ofsted
areas:
- {id: help, label: Help, short: Help, graded_from_files: yes}
"""


def plain(node: Node) -> Any:  # noqa: ANN401 - any YAML
    """Nodes as dicts, lists and strings."""
    match node:
        case Table():
            return {key: plain(inner) for key, inner in node.entries.items()}
        case Listing():
            return [plain(item) for item in node.items]
        case Text():
            return node.value


def from_text(text: str, **lists: list[Any]) -> dict[str, Any]:
    return {**plain(read_yaml(text.encode(), file="a test")), **lists}


def a_criterion(criterion_id: str, *, each: str) -> Any:  # noqa: ANN401 - any YAML
    text = CRITERION_TEXT.format(id=criterion_id, each=each)
    return plain(read_yaml(text.encode(), file="a test"))[0]


SHARED = {"kind": "module", "id": "shared", "version": "1", "label": "Shared"}
OWN = {"id": "own", "label": "Our own", "role": "oversight"}
SHELF: dict[str, dict[str, Any]] = {
    "small.yaml": from_text(
        RUBRIC_TEXT,
        domains=[
            {"include": "shared", "add": [a_criterion("s2", each="yes")]},
            {**OWN, "criteria": [a_criterion("o1", each="no")]},
        ],
    ),
    "modules/shared.yaml": {
        **SHARED,
        "role": "safety",
        "criteria": [a_criterion("s1", each="no")],
    },
    "scales/two.yaml": from_text(
        SCALE_TEXT.format(id="two", best="fine", worst="poor")
    ),
    "scales/yes-no.yaml": from_text(
        SCALE_TEXT.format(id="yes-no", best="yes", worst="no")
    ),
    "rules/plain.yaml": from_text(RULES_TEXT),
    "frameworks/short-1.yaml": from_text(FRAMEWORK_TEXT),
}


def places(node: object, at: Path_ = ()) -> Iterator[Path_]:
    """Every key and entry, outer ones first."""
    if at:
        yield at
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from places(inner, (*at, key))
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from places(inner, (*at, number))


PLACES = {file: list(places(tree)) for file, tree in SHELF.items()}


def at_place(tree: Any, at: Path_) -> Any:  # noqa: ANN401 - any YAML
    for step in at:
        tree = tree[step]
    return tree


# The C emitter is some ten times quicker; wheels without it exist.
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def written(tree: object, *, width: int | None = None) -> bytes:
    """A tree as the YAML that somebody could have typed."""
    text: str = yaml.dump(tree, Dumper=_DUMPER, sort_keys=False, width=width)
    return text.encode()


def spoilt(file: str, at: Path_, instead: object) -> bytes:
    tree = deepcopy(SHELF[file])
    at_place(tree, at[:-1])[at[-1]] = instead
    return written(tree, width=10_000)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    for file, tree in SHELF.items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written(tree))
    return folder


def test_the_shelf_is_sound_and_has_every_key(shelf: Path) -> None:
    """So that the tests below spoil something, and all there is."""
    rubric = Library((shelf,)).rubric("small")
    keys = {at[-1] for of_file in PLACES.values() for at in of_file}

    assert [c.id for c in rubric.criteria()] == ["s1", "s2-police", "s2-health", "o1"]
    for known in (RUBRIC, INCLUDE, DOMAIN, MODULE, AGENCY, CRITERION):
        assert set(known) <= keys


def outcome(shelf: Path, file: str, content: bytes) -> RubricError | None:
    """What reading the rubric says with one file spoilt; nothing if it is sound."""
    path = shelf / file
    sound = path.read_bytes()
    path.write_bytes(content)
    try:
        Library((shelf,)).rubric("small")
    except RubricError as error:
        return error
    finally:
        path.write_bytes(sound)
    return None


UNREAD = {("frameworks/short-1.yaml", key) for key in ("valid_from", "valid_to")}
UNREAD |= {("frameworks/short-1.yaml", "source"), ("rules/plain.yaml", "title")}
"""Keys that are for people who read the file, and mean nothing to the program."""

WRONG: list[Any] = [{"x": "y"}, [["x"]], [], [""], ""]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("file", SHELF)
def test_something_of_another_kind_is_refused_at_its_line(
    shelf: Path, file: str, wrong: object
) -> None:
    for at in PLACES[file]:
        empty_list = wrong == [] and isinstance(at_place(SHELF[file], at), list)
        if (file, at[0]) in UNREAD or empty_list:
            continue
        content = spoilt(file, at, wrong)

        error = outcome(shelf, file, content)

        assert error is not None, at
        assert error.file == file.rpartition("/")[2]
        lines = content.decode().splitlines()
        key = next(str(step) for step in reversed(at) if isinstance(step, str))
        around = "\n".join(lines[error.line - 1 : error.line + 1])
        assert key in around or key in str(error), at


@pytest.mark.parametrize("wrong", ["5", "no", "~", "-1", "x" * 3000, "1e999999999"])
@pytest.mark.parametrize("file", SHELF)
def test_another_word_is_read_as_a_text_or_refused(
    shelf: Path, file: str, wrong: str
) -> None:
    """A word can be right by chance; where it is not, the error says so shortly."""
    refused = 0
    for at in PLACES[file]:
        error: RubricError | UnknownRubricError | None
        try:
            error = outcome(shelf, file, spoilt(file, at, wrong))
        except UnknownRubricError as unknown:
            error = unknown
        if error is not None:
            refused += 1
            assert str(error).isprintable()
            assert len(str(error)) < 700
    assert refused > len(PLACES[file]) / 4


@pytest.mark.parametrize("file", SHELF)
def test_a_missing_key_is_named_or_may_be_missing(shelf: Path, file: str) -> None:
    for at in PLACES[file]:
        tree = deepcopy(SHELF[file])
        del at_place(tree, at[:-1])[at[-1]]
        content = written(tree)

        error = None
        with suppress(UnknownRubricError):
            error = outcome(shelf, file, content)

        if error is not None:
            assert 1 <= error.line <= content.count(b"\n"), at


TREES = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(["fine", "two", "own", "cin", "yes", "1/2", "age >= 5"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*CRITERION, *RUBRIC, "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from([(f, at) for f in PLACES for at in PLACES[f]]), tree=TREES)
def test_whatever_is_put_anywhere_no_other_error_comes_out(
    shelf: Path, place: tuple[str, Path_], tree: object
) -> None:
    said: RubricError | UnknownRubricError | None
    try:
        said = outcome(shelf, place[0], spoilt(*place, tree))
    except UnknownRubricError as error:
        said = error

    assert said is None or str(said).isprintable()
