"""Two versions of the small rubric, rounds of both, and the way between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders import G, R, a_criterion, a_rubric
from stored import a_round, audit_case, case_ids

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.services.database import Database

WALK = """\
kind: crosswalk
id: small-1.1
from: small@1.0
to: small@1.1
map:
  - {from: [v1], to: [v1], how: same}
  - {from: [v2], to: [w2], how: reworded}
  - {from: [s1], to: [s1], how: narrower}
  - {from: [s2], to: [s2], how: same}
"""


def two_versions(
    database: Database, *, first: str, second: str, auditor: str = "Ann"
) -> None:
    """A round of each version, with a case submitted in both."""
    safety = (a_criterion("s1", critical=True), a_criterion("s2"))
    voice = (a_criterion("v1"), a_criterion("w2"))
    changed = replace(a_rubric({"voice": voice, "safety": safety}), version="1.1")
    for name, rubric, grade in ((first, a_rubric(), R), (second, changed, G)):
        a_round(database, name=name, rubric=rubric)
        for case in case_ids(database, name)[:2]:
            audit_case(database, case, {"v1": grade}, rest=G, auditor=auditor)


def put_walk(folder: Path, text: str = WALK, *, name: str = "small-1.1") -> Path:
    """Write a crosswalk where the app looks for it; returns the file."""
    path = folder / "crosswalks" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
