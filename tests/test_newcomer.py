"""A first rubric of one's own, the way README tells it, from an empty file to a summary."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import OptionList

from case_audit.core.audit.model import CLOSING
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.cases import CasesScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.home import HomeScreen
from case_audit.tui.screens.name import NameScreen
from screens import shown
from waiting import until

README = Path(__file__).parents[1] / "README.md"
COMMANDS = re.search(
    r"### Write your own\n\n```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL
)

LOOK = {
    "Was the child seen at home this month?": (
        "The child showed the worker their own room each month and chose what to talk of.",
        "A dated note of this month describes the child in their own home.",
        "A visit took place, but only the hallway was seen. No harm followed.",
        "Nobody went. The child was left with an adult who hurt them.",
    ),
    "Does the school know the plan?": (
        "Teachers added two steps of their own, and lessons became safe for the child.",
        "Teachers have a copy and can say which part is theirs.",
        "Someone rang the office once. Staff in the classroom know little.",
        "School was never told and sent the child home into danger.",
    ),
    "Who else in the family was asked to help?": (
        "Grandparents took over weekends, and the child now sleeps through.",
        "An aunt, a neighbour or a friend is named with what they offered.",
        "Relatives are listed, but nobody rang them.",
        "A relative who wanted to help was turned away, and the child went to strangers.",
    ),
    "What did the last review change?": (
        "It ended what did not work that same week; bedtime is calm now.",
        "One decision differs from before, with who does it by when.",
        "The meeting was held and its list copied from the one before.",
        "None was held while the risk to the child grew.",
    ),
    "Is the child's day better than at the start?": (
        "Breakfast, friends, football: the child tells of each, and it has lasted.",
        "Two things of daily life are named that improved since help began.",
        "It is quieter, but nobody asked the child.",
        "Each month was worse than the one before, and the child was hurt.",
    ),
}


STANDARDS = (
    "A worker comes every month and writes down how the room, the child and the talk were.",
    "Whoever teaches this child can tell a colleague what they do towards it.",
    "Relatives are asked first, by name, before strangers are.",
    "Meetings end with something that is otherwise than before.",
    "Sleep, meals and friends are described at the beginning and now.",
)


def told(folder: Path, *args: str) -> str:
    """Run a command in a folder; returns what it prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "case_audit", *args, "--db", str(folder / "p.db")],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def fill_in(file: Path) -> None:
    """What an author does in a text editor: other words after the colons."""
    text = file.read_text("utf-8")
    head, *criteria = re.split(r"(?=      - id: x)", text)
    filled = [head]
    for number, (criterion, (asks, seen)) in enumerate(
        zip(criteria, LOOK.items(), strict=True), start=1
    ):
        grades = ("outstanding", "good", "requires_improvement", "inadequate")
        described = "".join(
            f"          {grade}: >-\n            {words}\n"
            for grade, words in zip(grades, seen, strict=True)
        )
        own = re.sub(
            r"asks: >-\n.*?\n(?=        [#b])",
            f"asks: {asks}\n",
            criterion,
            flags=re.DOTALL,
        )
        own = re.sub(r"asks: What is .*", f"asks: {asks}", own)
        own = re.sub(r"label: .*", f"label: Look {number}", own)
        own = re.sub(
            r"benchmark: >-\n.*?\n(?=        [#c])",
            f"benchmark: {STANDARDS[number - 1]}\n",
            own,
            flags=re.DOTALL,
        )
        filled.append(
            f"{own.partition('        descriptors:')[0]}        descriptors:\n{described}\n"
        )
    file.write_text("".join(filled), "utf-8")


@pytest.mark.slow
async def test_a_newcomers_rubric_is_written_drawn_with_and_audited(
    tmp_path: Path,
) -> None:
    """The three commands as printed, an editor in between, the app, the numbers."""
    assert COMMANDS
    new, check, draw = (
        line.removeprefix("case-audit ").replace('"Short look"', "Short_look").split()
        for line in COMMANDS[1].strip().splitlines()
    )
    told(tmp_path, "synth", "make", "county", "--as-at", "2026-03-31")
    told(tmp_path, "import", "county", "--as-at", "2026-03-31")
    told(tmp_path, *new)
    assert "4 findings" in told(tmp_path, *check), "the empty ones are named"
    fill_in(tmp_path / "short-look.yaml")
    assert told(tmp_path, *check).count("\n") == 1, "sound, and nothing to think over"
    told(tmp_path, *draw)

    start = Start(url=str(tmp_path / "p.db"), settings=tmp_path / "settings")
    app = CaseAuditApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, NameScreen))
        await pilot.press(*"Nell Newcomer", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, AuditScreen))
        for asks in LOOK:
            assert asks in shown(app)
            await pilot.press("2", "n")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ClosingScreen))
        for key in CLOSING:
            options = app.screen.query_one(OptionList)
            options.highlighted = options.get_option_index(f"closing:{key}")
            await pilot.press("enter", *"so", "escape")
        await pilot.press("s", "y")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))

    found = json.loads(told(tmp_path, "summary", "Short_look", "--format", "json"))
    (area,) = (a for a in found["areas"] if "counts" in a)
    (domain,) = area["domains"]
    assert [c["counts"]["good"] for c in domain["criteria"]] == [1, 1, 1, 1, 1]
    assert area["counts"]["good"] == 1
