"""The whole way, as a person goes it: from invented lists to a self-assessment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from case_audit.core.audit.model import CLOSING
from case_audit.core.estimates.hypergeometric import exact_interval
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.name import NameScreen
from case_audit.tui.screens.write import WriteScreen
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from textual.pilot import Pilot

CASES = 3
# What the auditor types, case by case: mostly good, with the odd ones among them.
PATTERNS = (
    "2" * 35,
    "3222232222" + "2" * 25,
    "3" * 20 + "1" + "0" + "x" + "4" + "3" * 11,
)
# Whether the family was asked, and the practitioner: twice yes, and not in the third.
ASKED = ("11", "11", "0x")
GRADES = {
    "1": "outstanding",
    "2": "good",
    "3": "requires_improvement",
    "4": "inadequate",
}


def case_audit(*arguments: str, code: int = 0) -> str:
    """Run a command as a person would, and return what it printed."""
    ran = subprocess.run(
        [sys.executable, "-m", "case_audit", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    return ran.stdout


async def grade(pilot: Pilot[None], pattern: str) -> None:
    """Grade every criterion of the open case with the app's own keys."""
    for key in pattern:
        await pilot.press(key)
        if key in "140x":
            await pilot.press("e", *"seen", "escape")
        await pilot.press("n")


async def close(pilot: Pilot[None]) -> None:
    """Write the closing statements and submit."""
    app = pilot.app
    await pilot.press("c")
    await until(pilot, lambda: isinstance(app.screen, ClosingScreen))
    for key in CLOSING:
        options = app.screen.query_one("OptionList")
        options.highlighted = options.get_option_index(f"closing:{key}")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press(*"true", "escape")
        await until(pilot, lambda: isinstance(app.screen, ClosingScreen))
    await pilot.press("s")
    await pilot.press("y")
    await until(pilot, lambda: isinstance(app.screen, CasesScreen))


@pytest.mark.slow
async def test_the_whole_way(tmp_path: Path) -> None:
    """Made, imported, drawn, verified, audited key by key, summed up."""
    db, folder = str(tmp_path / "p.db"), str(tmp_path / "county")
    case_audit("synth", "make", folder, "--children", "60", "--as-at", "2026-03-31")
    case_audit("import", folder, "--db", db, "--as-at", "2026-03-31")
    manifest = str(tmp_path / "m.json")
    case_audit(
        *("draw", "--cohort", "cin", "--size", str(CASES), "--name", "Spring"),
        *("--seed", "11 22", "--db", db, "--out", manifest),
    )
    assert "The manifest is true" in case_audit("verify", manifest, "--db", db)

    app = CaseAuditApp(Start(url=db, settings=tmp_path / "settings"))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, NameScreen))
        await pilot.press(*"Ann Auditor", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))
        for pattern, asked in zip(PATTERNS, ASKED, strict=True):
            await pilot.press("n")
            await until(pilot, lambda: isinstance(app.screen, AuditScreen))
            await grade(pilot, pattern + asked)
            await close(pilot)

    found = json.loads(case_audit("summary", "Spring", "--format", "json", "--db", db))
    check_counts(found)
    check_area(found)
    text = case_audit("summary", "--db", db)
    assert "Audited 3 of 3, by 1 person" in text
    assert "Families were asked what they think in 2 of 3 audited cases" in text
    assert "overall effectiveness" not in text.lower()
    assert max(map(len, text.splitlines())) <= 80
    assert case_audit("log", "verify", "--db", db).startswith("The log is whole")


def check_counts(found: dict[str, Any]) -> None:
    """Every criterion's counts are those of the keys that were pressed."""
    (area,) = (a for a in found["areas"] if "counts" in a)
    *criteria, family, worker = [c for d in area["domains"] for c in d["criteria"]]
    assert family["counts"] == worker["counts"] == {"yes": 2, "no": 0}
    assert (family["not_applicable"], worker["not_evidenced"]) == (1, 1)
    assert len(criteria) == len(PATTERNS[0])
    for place, criterion in enumerate(criteria):
        pressed = Counter(pattern[place] for pattern in PATTERNS)
        assert criterion["counts"] == {g: pressed[k] for k, g in GRADES.items()}
        assert criterion["not_applicable"] == pressed["0"]
        assert criterion["not_evidenced"] == pressed["x"]
        assert criterion["n"] == sum(pressed[k] for k in GRADES)


def check_area(found: dict[str, Any]) -> None:
    """The case grades, worked by hand.

    Case 1 is good throughout. Case 2 has v1 and a2 (not critical) at requires
    improvement, and good in the middle of every domain: good. Case 3 is at
    requires improvement, but for safety: s1 is not evidenced, so s2 alone
    speaks, and it is inadequate; LIM2 makes the case inadequate.
    """
    (area,) = (a for a in found["areas"] if "counts" in a)
    assert area["id"] == "help_and_protection"
    assert area["counts"] == {
        "outstanding": 0,
        "good": 2,
        "requires_improvement": 0,
        "inadequate": 1,
    }
    (limited,) = found["limiting_cases"]
    assert (limited["case"], limited["rule"]) == (3, "LIM2")
    exact = exact_interval(population=found["population"], sample=CASES, hits=2)
    share = area["good_or_better"]
    assert share["lower_count"] == exact.lower_count
    assert share["upper_count"] == exact.upper_count
    assert share["estimate"] == pytest.approx(2 / 3, abs=1e-12)
    assert found["coverage"] == 1
