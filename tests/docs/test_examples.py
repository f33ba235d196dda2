"""The examples on the pages are true."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs.pages import PAGES, ROOT, Act, blocks, commands, steps
from docs.shell import agrees, execute, masked

from case_audit.services.database import Database
from case_audit.services.home import named_round
from stored import audit_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from docs.pages import Block

HERE = "audits.db"


@pytest.fixture(autouse=True)
def _new_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader with an empty folder, a database of their own and a known name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASE_AUDIT_DB", str(tmp_path / HERE))
    monkeypatch.setenv("LOGNAME", "lead")


def audit_all(name: str) -> None:
    """Audit every case of a round: good, but each third one is not safe enough."""
    database = Database(HERE)
    for line in named_round(database, name)[1]:
        third = line.case.number % 3 == 0
        audit_case(
            database,
            line.case.id,
            {"s1": "requires_improvement"} if third else {},
            rest="good",
        )
    database.close()


def copy(what: str) -> None:
    """Copy a file: ``FROM TO``."""
    source, target = what.split()
    shutil.copyfile(source, target)


def replace(what: str) -> None:
    """Copy a file with a word replaced: ``FROM TO OLD NEW``."""
    source, target, old, new = what.split()
    text = Path(source).read_text("utf-8")
    assert old in text
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(text.replace(old, new), "utf-8")


def hidden(command: str) -> None:
    """Run a command that the reader does not see."""
    ran = execute(command)
    assert ran.code == 0, ran.both


ACTS: dict[str, Callable[[str], None]] = {
    "run": hidden,
    "copy": copy,
    "replace": replace,
    "audits": audit_all,
}


def try_block(block: Block) -> int:
    """Do what a block shows; return how many commands were run."""
    same = masked if "mask" in block.about else str
    count = 0
    for line, shown in commands(block):
        if not runs(block, line):
            continue
        ran = execute(line)
        assert ran.code == int(block.about.get("exit", "0")), f"{line}\n{ran.both}"
        if block.language == "console":
            assert agrees(same(shown), same(ran.both)), f"{line}\n{ran.both}"
        count += 1
    return count


def runs(block: Block, line: str) -> bool:
    """Whether a line is run: the program's, or one whose output is shown."""
    if "file" in block.about or line == block.about.get("app"):
        return False
    return line.startswith("case-audit") or block.language == "console"


def has_examples(page: Path) -> bool:
    """Whether a page has anything to run."""
    return any(
        runs(block, line) for block in blocks(page) for line, _ in commands(block)
    )


def write_files(page: Path) -> None:
    """Write the files that a page shows, which a reader has before typing."""
    shown = [block for block in blocks(page) if "file" in block.about]
    assert len({block.about["file"] for block in shown}) == len(shown)
    for block in shown:
        path = Path(block.about["file"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8", newline="\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [p for p in PAGES if has_examples(p)],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_example_does_what_the_page_says(page: Path) -> None:
    """Who types what a page shows gets what it shows, in the page's order."""
    write_files(page)

    tried = 0
    for step in steps(page):
        if isinstance(step, Act):
            ACTS[step.kind](step.what)
        else:
            tried += try_block(step)

    assert tried


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\n\nb\n", True),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nc\n...\n", "a\nb\nc\nd\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\n", False),
        ("a\n...\nd\n...\n", "a\nb\nc\n", False),
        ("...\na\n", "a\n", True),
        ("a\n...\na\n", "a\n", False),
    ],
)
def test_dots_stand_for_lines_and_nothing_else(
    shown: str,
    printed: str,
    same: bool,  # noqa: FBT001 - a table's column
) -> None:
    """A comparison that lets too much through would keep false pages."""
    assert agrees(shown, printed) is same


def test_masks_hide_numbers_and_keep_words() -> None:
    """A masked example still fails if a word of it is wrong."""
    assert masked("cp  16  bb035e35a1ed") == masked("cp   7  0123456789ab")
    assert masked("16 of 20 drawn") != masked("16 of 20 audited")
    assert masked("Check it: added") == "Check it: added"
