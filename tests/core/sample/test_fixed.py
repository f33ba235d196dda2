"""What is fixed is a draw without its seed; what is claimed is what is on record."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from manifests import a_manifest

from case_audit.core.sample.certificate import CertifiedStratum
from case_audit.core.sample.claim import UNCHOSEN, claim, seed_problems
from case_audit.core.sample.fixed import (
    Plan,
    amended,
    departures,
    plan_digest,
    plan_text,
)

FIXED = {"at": "2026-04-01T09:00:00Z", "by": "Lee", "digest": "d" * 64}


def test_a_plan_is_the_same_for_every_seed() -> None:
    """Else the seed would have to be known when it is fixed."""
    one, other = a_manifest(), a_manifest()
    other |= {"seed": "1" * 64, "drawn": [], "reserves": [], "created_utc": "later"}

    assert plan_text(one) == plan_text(other)
    assert plan_digest(plan_text(one)) == sha256(plan_text(one).encode()).hexdigest()
    assert plan_text(one).isascii()


def test_what_is_fixed_besides_is_in_it() -> None:
    plan = Plan(
        id=1,
        name="Spring",
        frame_id=1,
        rubric_digest="r",
        text=plan_text(a_manifest(), beacon="drand:9", rubric="r", empty=""),
        digest="",
        fixed_utc="",
        fixed_by="",
    )

    assert plan.beacon == "drand:9"
    assert plan.plain["rubric"] == "r"
    assert "empty" not in plan.plain
    assert list(departures(a_manifest(), plan.plain)) == []


def test_every_departure_is_named() -> None:
    """What was added, changed or taken away."""
    plan = json.loads(plan_text(a_manifest() | {"coordination": {"kind": "x"}}))
    drawn = a_manifest() | {"cohort": "cin"}

    found = {key: (said, fixed) for key, said, fixed in departures(drawn, plan)}

    assert found == {
        "cohort": ('"cin"', '"cp"'),
        "coordination": ("null", '{"kind": "x"}'),
    }


def test_where_the_seed_decides_the_strata_they_are_not_fixed() -> None:
    """A cluster sample's numbers are known only when it is drawn."""
    plain = a_manifest()
    plain["design"]["kind"] = "cluster"

    assert "strata" not in json.loads(plan_text(plain))
    assert "strata" in json.loads(plan_text(a_manifest()))


def test_a_manifest_keeps_its_form_when_something_is_added() -> None:
    text = json.dumps(a_manifest(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    assert amended(text) == text
    assert amended(amended(text, more=1), more=None) == text


@pytest.mark.parametrize(
    ("more", "unchosen", "words"),
    [
        ({"seed_mode": "public", "fixed": FIXED}, True, UNCHOSEN),
        (
            {"seed_mode": "two_party", "fixed": FIXED},
            True,
            "unless both acted together",
        ),
        ({"seed_mode": "public"}, False, "the minutes have to show it"),
        ({"seed_mode": "two_party"}, False, "by two people"),
        ({"seed_mode": "given", "fixed": FIXED}, False, "not on record"),
        ({"seed_mode": "machine", "fixed": FIXED}, False, "until it pleased"),
        (
            {"coordination": {"kind": "rotation", "round": "Spring"}},
            False,
            "that of 'Spring'",
        ),
        ({"design": {"kind": "targeted"}}, False, "picked for a reason"),
    ],
)
def test_a_record_supports_one_sentence(
    more: dict[str, Any],
    unchosen: bool,  # noqa: FBT001
    words: str,
) -> None:
    """The strong one only for a seed made openly after everything was fixed."""
    found = claim(a_manifest() | more)

    assert found.unchosen is unchosen
    assert words in found.sentence
    assert (UNCHOSEN in found.sentence) is unchosen


def two_party(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    parties = [
        {"party": p, "secret": s, "digest": sha256(s.encode()).hexdigest()}
        for p, s in (("A", "one"), ("B", "two"))
    ]
    made = {"at": "2026-04-01T10:00:00Z", "parties": parties}
    plain = {"seed_mode": "two_party", "seed_randomness": "one|two"}
    return a_manifest() | plain | {"seed_made": made, "fixed": FIXED} | more


def test_a_record_that_contradicts_itself_is_found_out() -> None:
    """A time before the plan, a secret that was not promised, other randomness."""
    assert list(seed_problems(a_manifest())) == []
    assert list(seed_problems(two_party())) == []

    wrong = two_party(seed_randomness="one|three")
    wrong["seed_made"]["at"] = "2026-04-01T08:00:00Z"
    wrong["seed_made"]["parties"][1] |= {"secret": "other"}

    places = [where for where, _, _ in seed_problems(wrong)]
    assert places == [
        "seed_made, at",
        "seed_made, parties, line 2, digest",
        "seed_randomness",
    ]


def test_a_stratum_without_equal_chances_has_no_weight() -> None:
    one = CertifiedStratum(name="a", population=4, drawn=1, probability=None)

    assert one.weight is None
