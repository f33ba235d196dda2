"""Manifests of every design: written, read strictly, and checked line by line."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from design_manifests import AIDED, DESIGNS, TEAMS, a_manifest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.explain import explain
from case_audit.core.sample.manifest import Origin, read_manifest, write_manifest
from case_audit.core.sample.verify import differences, filter_differences
from case_audit.errors import CaseAuditError, ManifestError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from design_manifests import Case

    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row


def where(plain: dict[str, Any], rows: Sequence[Row]) -> list[str]:
    found = differences(read_manifest(json.dumps(plain)), rows)
    return [difference.where for difference in found]


@pytest.fixture(params=DESIGNS)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Sequence[Row]]:
    rows, design = DESIGNS[request.param]
    return a_manifest(rows, design), rows


@pytest.mark.parametrize(("rows", "design"), DESIGNS.values(), ids=DESIGNS)
def test_a_design_comes_back_as_it_was_written(
    rows: Sequence[Row], design: Design
) -> None:
    plain = a_manifest(rows, design)

    assert read_manifest(json.dumps(plain)).design == design
    assert plain["algorithm"] == design.algorithm


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda plain: plain["frame"].pop("digest"), '"frame" has no "digest"'),
        (lambda plain: plain.update(seed="7"), '"seed" is not 64 lower-case'),
        (lambda plain: plain.update(mood="good"), "a key that this version does not"),
        (lambda plain: plain.pop("drawn"), '"drawn" is missing'),
    ],
    ids=["no digest", "a short seed", "an unknown key", "nothing drawn"],
)
def test_a_manifest_of_another_form_is_refused_by_name(
    spoil: Callable[[dict[str, Any]], object], said: str
) -> None:
    """Whoever has to mend it is told which part."""
    plain = a_manifest(*DESIGNS["simple"])
    spoil(plain)

    with pytest.raises(ManifestError, match=said):
        read_manifest(json.dumps(plain))


def test_simple_and_stratified_manifests_have_no_new_keys() -> None:
    """They are what the first version wrote, to the byte."""
    plain = a_manifest(*DESIGNS["simple"])

    assert set(plain["design"]) == {
        *("allocation", "kind", "minimum", "reserves", "size", "start", "strata"),
    }
    assert set(plain["drawn"][0]) == {"unit", "stratum", "prn", "rank"}
    assert "clusters" not in plain


def test_a_true_manifest_has_no_differences(case: Case) -> None:
    assert where(*case) == []


def test_another_unit_is_found_in_every_design(case: Case) -> None:
    plain, rows = case
    plain["drawn"][1]["unit"] = "C98"

    assert where(plain, rows) == ["drawn, line 2"]


def test_a_stratum_of_another_size_is_found_in_every_design(case: Case) -> None:
    plain, rows = case
    plain["strata"][0]["population"] += 1

    assert where(plain, rows) == ["strata, line 1"]


@pytest.mark.parametrize("name", ["pps", "cluster", "capped", "systematic"])
@pytest.mark.parametrize(("key", "value"), [("probability", "1/2"), ("aid", "9")])
def test_another_probability_or_aid_is_found(name: str, key: str, value: str) -> None:
    """A weight changed by hand would change what is said of all cases."""
    rows, design = DESIGNS[name]
    plain = a_manifest(rows, design)
    plain["reserves"][0][key] = value

    assert where(plain, rows) == ["reserves, line 1"]


@pytest.mark.parametrize(
    "other",
    [
        # Read as "name, population, kept, drawn", it is the true line once more.
        {"kept": True, "name": "true unit", "population": "true stratum"},
        {"weight": "3"},
        {"stratum": "all 1", "prn": ""},
    ],
)
def test_an_entry_that_reads_like_the_true_one_is_found(other: dict[str, Any]) -> None:
    """What counts is the value of each key, not the text that is shown of them."""
    rows, design = DESIGNS["simple"]
    plain = a_manifest(rows, design)
    true = plain["drawn"][0]
    disguise = {"true unit": true["unit"], "true stratum": true["stratum"]}
    plain["drawn"][0] = true | {k: disguise.get(v, v) for k, v in other.items()}
    if "kept" in other:
        plain["drawn"][0] |= {"kept": true["prn"], "drawn": 1, "unit": "C98"}

    assert where(plain, rows) == ["drawn, line 1"]


def test_a_unit_cannot_borrow_a_word_of_its_stratum() -> None:
    """Both entries are shown as the same text, so the whole entries are shown."""
    rows, design = DESIGNS["equal"]
    plain = a_manifest(rows, design)
    true = plain["drawn"][0]
    assert true["stratum"] == "Team 0"
    plain["drawn"][0] = true | {"unit": f"{true['unit']} Team", "stratum": "0"}

    (found,) = differences(read_manifest(json.dumps(plain)), rows)

    assert '"stratum": "0"' in found.manifest
    assert '"stratum": "Team 0"' in found.derived


def test_an_unknown_key_is_refused() -> None:
    """It could be read as saying something that nobody checked."""
    plain = a_manifest(*DESIGNS["simple"])
    plain["weights"] = {"C01": 3}

    with pytest.raises(ManifestError, match="a key that this version does not know"):
        read_manifest(json.dumps(plain))


def test_another_cluster_is_found() -> None:
    rows, design = DESIGNS["cluster"]
    plain = a_manifest(rows, design)
    plain["clusters"][1]["population"] += 1
    plain["clusters_in_all"] = 9

    assert where(plain, rows) == ["clusters_in_all, line 1", "clusters, line 2"]


def test_a_frame_without_the_third_column_is_said_to_lack_it() -> None:
    _, design = DESIGNS["pps"]

    assert where(a_manifest(AIDED, design), TEAMS) == ["frame, third column"]


def test_a_design_that_contradicts_itself_is_a_difference(case: Case) -> None:
    plain, rows = case
    if plain["design"]["kind"] == "cluster":
        plain["design"]["size"] = 5
    else:
        plain["design"]["by"] = "worker"

    assert where(plain, rows) == ["design"]


def test_exclusions_that_are_miscounted_are_found(case: Case) -> None:
    plain, rows = case
    plain["exclusions"][-1]["count"] = 3

    assert where(plain, rows) == [f"exclusions, line {len(plain['exclusions'])}, count"]


def test_what_conditions_leave_out_is_counted_again() -> None:
    rows, design = DESIGNS["certain"]
    manifest = read_manifest(json.dumps(a_manifest(rows, design)))
    rule = "does not meet: age >= 3"

    assert list(filter_differences(manifest, {rule: 5})) == []
    (found,) = filter_differences(manifest, {rule: 4})
    assert (found.manifest, found.derived) == ("5", "4")
    (found,) = filter_differences(manifest, {"another": 4})
    assert found.manifest == "nothing"


MALFORMED: list[tuple[str, tuple[str | int, ...], object, str]] = [
    ("simple", ("design", "kind"), "sample", 'unknown "kind"'),
    ("simple", ("design", "kind"), ["simple"], 'no "kind"'),
    ("simple", ("design", "size"), True, 'no "size"'),
    ("simple", ("design", "size"), 4.0, 'no "size"'),
    ("simple", ("design", "strata"), [1], 'no "strata"'),
    ("simple", ("design", "new"), 1, "does not know"),
    ("equal", ("design", "allocation"), "best", 'unknown "allocation"'),
    ("equal", ("design", "allocation"), 7, '"allocation" in another form'),
    ("quota", ("design", "quotas"), [["Team 0", 4]], '"quotas" in another form'),
    ("quota", ("design", "quotas"), {"Team 0": "4"}, '"quotas" in another form'),
    ("neyman", ("design", "expected"), {"Team 1": 0.1}, '"expected"'),
    ("neyman", ("design", "expected"), {"Team 1": "1/0"}, '"expected"'),
    ("neyman", ("design", "expected"), {"Team 1": "1e999999999"}, '"expected"'),
    ("neyman", ("design", "expected"), {"Team 1": "9" * 99}, '"expected"'),
    ("systematic", ("design", "order"), "age", '"order"'),
    ("capped", ("design", "at_most"), ["worker", 1], '"at_most"'),
    ("capped", ("design", "at_most"), {"attribute": "w"}, '"at_most"'),
    ("capped", ("algorithm",), "sha256-bottom-k/1", "bottom-k-capped/1"),
    ("pps", ("algorithm",), "sha256-sequential-poisson/2", '"algorithm" is not'),
    ("pps", ("drawn", 0, "probability"), 0.5, '"drawn" has an entry'),
    ("pps", ("reserves", 0, "aid"), None, '"reserves" has an entry'),
    ("simple", ("strata", 0, "drawn"), "4", '"strata" has an entry'),
    ("simple", ("exclusions",), [5], '"exclusions"'),
    ("cluster", ("clusters",), None, '"clusters" is missing'),
    ("cluster", ("clusters", 0, "reserve"), 1, '"clusters" has an entry'),
    ("cluster", ("clusters_in_all",), "4", '"clusters_in_all" is missing'),
    ("simple", ("replacements",), None, '"replacements" is missing'),
    ("simple", ("replacements",), [{"out": "C01"}], '"replacements" has an entry'),
    ("simple", ("extensions",), [{"added": 0}], '"extensions" has another form'),
    ("simple", ("extensions",), 3, '"extensions" has another form'),
    (
        "simple",
        ("extensions",),
        [{"at": "", "added": 1, "drawn": None, "reserves": []}],
        '"extensions" has another form',
    ),
    (
        "simple",
        ("extensions",),
        [{"at": "", "added": 0, "drawn": [], "reserves": []}],
        '"extensions" has another form',
    ),
    ("simple", ("fixed",), {"at": 4}, '"fixed" has another form'),
    ("simple", ("seed_made",), [], '"seed_made" has another form'),
    ("simple", ("seed_made",), {"parties": 2}, '"seed_made" has another form'),
    ("simple", ("seed_made",), {"parties": ["a"]}, '"seed_made" has another form'),
    ("simple", ("coordination",), "", '"coordination" has another form'),
    ("simple", ("coordination",), {"kind": "rotation"}, '"coordination" has another'),
    ("simple", ("seed_source",), "\ud800", "half a character"),
]


@pytest.mark.parametrize(("name", "path", "value", "words"), MALFORMED)
def test_a_manifest_of_another_form_is_refused(
    name: str, path: tuple[str | int, ...], value: object, words: str
) -> None:
    plain: Any = a_manifest(*DESIGNS[name])
    place = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with pytest.raises(ManifestError, match=words):
        read_manifest(json.dumps(plain))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1, "a": 2}', "a key twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": ' + "9" * 5_000 + "}", "not JSON"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_tricks_of_json_are_refused(text: str, words: str) -> None:
    """Two programs could read such a text in two ways."""
    with pytest.raises(ManifestError, match=words):
        read_manifest(text)


hostile = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 10**40)
    | st.floats()
    | st.sampled_from(["", "1/2", "simple", "pps", "cluster", "\ud800", "all"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["unit", "Team 0", "most"]), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=300)
@given(name=st.sampled_from(list(DESIGNS)), value=hostile, data=st.data())
def test_no_manifest_of_any_design_ends_the_program(
    name: str, value: object, data: st.DataObject
) -> None:
    """It comes from anywhere; a difference or a clear refusal is the answer."""
    rows, design = DESIGNS[name]
    plain = a_manifest(rows, design)
    part = data.draw(st.sampled_from(["design", "top", "drawn", "clusters", "strata"]))
    place: Any = plain if part == "top" else deepcopy(plain.get(part) or plain)
    if part != "top" and plain.get(part):
        plain[part] = place
    place = place[0] if isinstance(place, list) else place
    place[data.draw(st.sampled_from(sorted(place)))] = value

    with suppress(CaseAuditError):
        manifest = read_manifest(json.dumps(plain))
        assert isinstance(differences(manifest, rows), tuple)
        with suppress(KeyError):
            explain(manifest, rows[3][0], rows)


GOLDEN = Path(__file__).parents[3] / "docs" / "verify.md"


def test_the_manifest_on_the_page_is_read_and_written_back_to_the_byte() -> None:
    """It was written by the first version."""
    page = GOLDEN.read_text("utf-8")
    text = page.partition("<!-- file: spring.json -->\n```json\n")[2]
    text = text.partition("```")[0]
    rows = [
        tuple(line.split("\t"))
        for line in page.partition("<!-- file: frame.tsv -->\n```text\n")[2]
        .partition("```")[0]
        .splitlines()
    ]
    manifest = read_manifest(text)
    plain = manifest.plain
    origin = Origin(
        seed=manifest.seed,
        seed_mode=plain["seed_mode"],
        seed_source=plain["seed_source"],
        seed_randomness=plain["seed_randomness"],
        round_label=plain["round_label"],
        draw_number=plain["draw_number"],
        cohort=plain["cohort"],
        as_at=plain["frame"]["as_at"],
        sources=tuple((s["name"], s["sha256"]) for s in plain["frame"]["sources"]),
        exclusions=(),
        created_utc=plain["created_utc"],
        version=plain["version"],
    )

    sample = draw_sample(
        [(unit, stratum) for unit, stratum in rows],
        design=manifest.design,
        seed=manifest.seed,
    )

    assert write_manifest(sample, design=manifest.design, origin=origin) == text
