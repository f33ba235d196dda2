"""Whose turn it is follows from the manifest alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manifests import DESIGN, ROWS, a_manifest

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.extension import extended, wrong_extensions
from case_audit.core.sample.manifest import Manifest, plain_drawn, read_manifest
from case_audit.core.sample.manifest_head import head_from_text, head_of, head_text
from case_audit.core.sample.replacement import (
    REASONS,
    account,
    in_order,
    next_reserve,
    out_of_order,
    reason,
    standing,
)
from case_audit.core.sample.verify import differences
from case_audit.errors import NotExtendableError, UnknownReasonError

WHEN = "2026-04-02T12:00:00Z"


def with_one(plain: dict[str, Any], *, why: str = "locked", **more: str) -> None:
    """Replace the first drawn case of a manifest by what comes next."""
    out = plain["drawn"][0]
    spare = next_reserve(plain, out["stratum"])
    assert spare is not None
    entry = {
        "out": out["unit"],
        "in": spare["unit"],
        "stratum": out["stratum"],
        "reason": why,
        "at": WHEN,
        "by": "Lee",
    }
    plain["replacements"].append(entry | more)


def grown(plain: dict[str, Any], *, added: int) -> None:
    """Extend a manifest as a service would."""
    new, spare = extended(read_manifest(json.dumps(plain)), ROWS, added=added)
    entry = {
        "at": f"2026-04-{3 + len(plain.get('extensions', ())):02}T12:00:00Z",
        "by": "Lee",
        "added": added,
        "after_results": 0,
        "drawn": [plain_drawn(d, DESIGN) for d in new],
        "reserves": [plain_drawn(d, DESIGN) for d in spare],
    }
    plain["extensions"] = [*plain.get("extensions", ()), entry]


def test_every_reason_says_what_it_is_to_the_numbers() -> None:
    """And what is no reason is refused with the list."""
    assert {r.means for r in REASONS} == {"out of scope", "not answered"}
    assert reason("locked").means == "not answered"
    with pytest.raises(UnknownReasonError, match="tired"):
        reason("tired")


def test_a_true_replacement_is_in_order() -> None:
    plain = a_manifest()
    with_one(plain)

    assert list(out_of_order(plain)) == []
    out, spare = plain["drawn"][0]["unit"], plain["replacements"][0]["in"]
    assert out not in standing(plain)
    assert standing(plain)[spare] == plain["drawn"][0]["stratum"]
    assert len(standing(plain)) == 9


@pytest.mark.parametrize(
    ("change", "claimed"),
    [
        ({"in": "C0001"}, "in: C0001"),
        ({"out": "C9999"}, "out: C9999"),
        ({"reason": "tired"}, "reason: tired"),
    ],
)
def test_a_replacement_of_choice_is_found_out(
    change: dict[str, str], claimed: str
) -> None:
    """Another unit than the next, another case than one of the round, no reason."""
    plain = a_manifest()
    with_one(plain, **change)

    found = list(out_of_order(plain))

    assert [(place, said) for place, said, _ in found] == [(1, claimed)]


def test_a_replacement_from_nowhere_is_found_out() -> None:
    """When all reserves are used, nothing can come in."""
    plain = a_manifest()
    stratum = plain["drawn"][0]["stratum"]
    spare = [e["unit"] for e in plain["reserves"] if e["stratum"] == stratum]
    out = plain["drawn"][0]["unit"]
    for unit in (*spare, "C9999"):
        entry = {"out": out, "in": unit, "stratum": stratum, "reason": "locked"}
        plain["replacements"].append(entry | {"at": WHEN})
        out = unit

    ((place, said, wanted),) = out_of_order(plain)

    assert (place, said) == (len(spare) + 1, "in: C9999")
    assert "no reserve is left" in wanted
    assert next_reserve(plain, stratum) is None


def test_the_account_adds_up() -> None:
    """Drawn and added are standing, out of scope or not answered; none is lost."""
    plain = a_manifest()
    with_one(plain, why="duplicate")
    grown(plain, added=3)

    found = account(plain)

    assert (found.drawn, found.reserves_used) == (12, 1)
    assert found.replaced == {"duplicate": 1}
    assert sum(found.standing.values()) == 12
    assert (sum(found.out_of_scope.values()), found.not_answered) == (1, {})


@given(steps=st.lists(st.integers(0, 3), max_size=6))
def test_whatever_happens_the_first_in_order_are_used(steps: list[int]) -> None:
    """Replacements and extensions in any sequence keep the record true."""
    plain = a_manifest()
    for step in steps:
        if step:
            grown(plain, added=step)
        elif plain["replacements"]:
            continue
        else:
            at = f"2026-04-{2 + len(plain.get('extensions', ())):02}T13:00:00Z"
            with_one(plain, at=at)

    manifest = read_manifest(json.dumps(plain))
    whole = draw_sample(ROWS, design=DESIGN, seed=manifest.seed)
    assert list(wrong_extensions(manifest, ROWS)) == []
    assert list(out_of_order(plain)) == []
    added = sum(x["added"] for x in plain.get("extensions", ()))
    assert len(standing(plain)) == len(whole.drawn) + added
    for stratum, line in in_order(plain).items():
        taken_up = [e["unit"] for e in line]
        ranks = [e["rank"] for e in line]
        assert ranks == list(range(ranks[0], ranks[0] + len(ranks))), stratum
        assert len(set(taken_up)) == len(taken_up)


def test_an_extension_of_choice_is_found_out() -> None:
    """A swapped case, and a number that the list cannot give."""
    plain = a_manifest()
    grown(plain, added=3)
    first = plain["extensions"][0]["drawn"][0]
    first["unit"] = plain["extensions"][0]["reserves"][-1]["unit"]

    ((place, said, wanted),) = wrong_extensions(read_manifest(json.dumps(plain)), ROWS)

    assert (place, said[:6]) == (1, "drawn:")
    assert first["unit"] not in wanted
    plain["design"]["kind"] = "systematic"
    plain["algorithm"] = "sha256-systematic/1"
    ((_, _, why),) = wrong_extensions(Manifest(plain), ROWS)
    assert "only simple and stratified" in why


def test_an_extension_that_is_retold_is_found_out() -> None:
    """Another stratum at the same unit would move its weight elsewhere."""
    plain = a_manifest()
    grown(plain, added=1)
    plain["extensions"][0]["drawn"][0]["stratum"] = "elsewhere"

    ((_, said, right),) = wrong_extensions(read_manifest(json.dumps(plain)), ROWS)

    assert '"stratum": "elsewhere"' in said
    assert "elsewhere" not in right


def test_an_extension_larger_than_the_list_is_found_out() -> None:
    plain = a_manifest()
    grown(plain, added=1)
    plain["extensions"][0]["added"] = 10**30

    ((_, said, why),) = wrong_extensions(read_manifest(json.dumps(plain)), ROWS)

    assert said == f"{10**30} added"
    assert "the frame holds" in why


def test_the_stratum_of_a_replacement_is_checked() -> None:
    """Cases out of scope are counted by it."""
    plain = a_manifest()
    with_one(plain, why="duplicate")
    true = plain["replacements"][0]["stratum"]
    plain["replacements"][0]["stratum"] = "elsewhere"

    assert list(out_of_order(plain)) == [(1, "stratum: elsewhere", f"stratum: {true}")]


def test_a_stratum_whose_cases_are_all_used_does_not_grow() -> None:
    """Ten a team, nine drawn from each, and one reserve in the place of another."""
    rows = ROWS
    plain = a_manifest(rows)
    plain["design"]["size"] = 27
    big = draw_sample(
        rows, design=read_manifest(json.dumps(plain)).design, seed=plain["seed"]
    )
    plain["drawn"] = [plain_drawn(d, DESIGN) for d in big.drawn]
    plain["reserves"] = [plain_drawn(d, DESIGN) for d in big.reserves]
    with_one(plain)

    with pytest.raises(NotExtendableError, match="in the place of others"):
        extended(read_manifest(json.dumps(plain)), rows, added=3)


def test_drawing_again_checks_what_came_after_the_draw() -> None:
    """Replacements, extensions and the seed's own record are part of the manifest."""
    plain = a_manifest()
    with_one(plain, reason="tired")
    grown(plain, added=1)
    plain["extensions"][0]["drawn"][0]["stratum"] = "elsewhere"
    plain["fixed"] = {"at": "2026-04-02T12:00:00Z"}
    plain["seed_made"] = {"at": "2026-04-01T12:00:00Z"}

    found = differences(Manifest(plain), ROWS)

    assert [d.where for d in found] == [
        *("seed_made, at", "replacements, line 1", "extensions, line 1"),
    ]


@pytest.mark.parametrize("is_grown", [False, True])
def test_the_record_without_its_units_says_how_many_stand(*, is_grown: bool) -> None:
    """A summary needs no unit, only what became of them, by stratum."""
    plain = a_manifest()
    plain["exclusions"] = [{"rule": "mine", "count": 2, "units": ["X1", "X2"]}]
    if is_grown:
        grown(plain, added=3)
    with_one(plain, why="left")
    whole = read_manifest(json.dumps(plain))

    head = head_of(whole)

    assert head_from_text(head_text(head)) == head
    assert head.standing == account(plain).standing
    short = head.manifest.plain
    assert (short["drawn"], short["reserves"]) == ([], [])
    assert short["exclusions"] == [{"rule": "mine", "count": 2, "units": []}]
    assert all(x["drawn"] == [] for x in short.get("extensions", ()))
    assert [x["added"] for x in short.get("extensions", ())] == [3] * is_grown
    assert account(short).out_of_scope == account(plain).out_of_scope
    assert plain["drawn"]
