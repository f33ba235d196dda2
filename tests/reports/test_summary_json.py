"""What other programs read of a round of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from rounds import a_dip, mixed, rated

from builders import G
from case_audit.reports.summary_json import summary_json

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Summary


def plain(summary: Summary) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(summary_json(summary))
    return found


def by_id(summary: Summary) -> dict[str, dict[str, Any]]:
    (area,) = (a for a in plain(summary)["areas"] if "domains" in a)
    lines = [area, *area["domains"]]
    lines += [c for d in area["domains"] for c in d["criteria"]]
    return {line["id"]: line for line in lines}


def test_json_tells_the_kind_and_scale_of_every_line() -> None:
    """Added beside the agreed keys, which stay as they are."""
    lines = by_id(mixed())

    kinds = {key: line["kind"] for key, line in lines.items() if "kind" in line}
    assert kinds == dict.fromkeys(("g1", "g2"), "graded") | dict.fromkeys(
        ("q1", "q2"), "yes_no"
    ) | dict.fromkeys(("n1-a", "n1-b"), "narrative") | {"f1": "fact"}
    assert lines["g1"]["scale"] == lines["asked"]["scale"] == "ofsted4"
    assert (lines["q1"]["scale"], lines["f1"]["scale"]) == ("yes-no", None)
    assert lines["q1"]["counts"] == {"yes": 12, "no": 0}
    assert lines["q1"]["good_or_better"]["estimate"] == 1.0
    assert lines["q2"]["inadequate"]["estimate"] == 1.0
    assert (lines["n1-a"]["written"], lines["f1"]["written"]) == (12, 0)
    assert lines["f1"]["not_graded"] == 12
    assert lines["n1-b"]["question"] == "n1"
    assert lines["n1-b"]["agency"] == "B"
    assert (lines["q1"]["critical"], lines["q2"]["critical"]) == (True, False)
    for line in lines.values():
        assert set(line) >= {
            *("id", "label", "n", "counts", "not_applicable", "not_evidenced"),
            *("good_or_better", "inadequate"),
        }


def test_json_has_the_ratings_with_their_shares() -> None:
    lines = by_id(rated())

    assert lines["p2"]["rating"]["grade"] == G
    assert (lines["p2"]["rating"]["hits"], lines["p2"]["rating"]["n"]) == (6, 9)
    assert lines["p2"]["rating"]["share"]["estimate"] == pytest.approx(2 / 3, abs=1e-12)
    assert lines["plan"]["rating"]["grade"] == G
    assert set(lines["plan"]["rating"]) == {"grade", "because"}
    assert "rating" not in by_id(a_dip())["q1"]
    assert lines["help_and_protection"]["scale"] is None
    assert lines["help_and_protection"]["good_or_better"]["why_not"]


def test_json_has_the_cases_to_open() -> None:
    found = plain(a_dip())

    assert [(one["criterion"], one["cases"]) for one in found["answered_no"]] == [
        ("q2", [4, 7])
    ]
    assert [(one["flag"], one["cases"]) for one in found["ticked"]] == [
        ("unmanaged_risk", [9])
    ]
    raised = {one["case"]: one["raises"] for one in found["limiting_cases"]}
    assert raised == {4: "E2", 7: "E2", 9: "E1"}
