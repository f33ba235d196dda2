"""The project's pages: their code blocks, and the comments that steer them.

Comments stand alone on a line, before the block they are about::

    <!-- file: NAME -->             write the block to that file
    <!-- exit: N -->                the commands of the block end with that code
    <!-- mask: numbers -->          numbers and digests may differ
    <!-- app: COMMAND -->           it opens the app: check it, don't run it
    <!-- run: COMMAND -->           run a command that the reader does not see
    <!-- copy: FROM TO -->          copy a file
    <!-- replace: FROM TO OLD NEW --> copy a file with a word replaced
    <!-- audits: ROUND -->          audit every case of a round
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md")))

ABOUT_A_BLOCK = ("file", "exit", "mask", "app")
ACTS = ("run", "copy", "replace", "audits")

_COMMENT = re.compile(r"<!-- (\w+): (.*?) -->")
_FENCE = re.compile(r"```(\w*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A code block.

    Attributes:
        language: What stands after the fence.
        text: Its lines, each with its end.
        about: The comments about it, by their first word.
    """

    language: str
    text: str
    about: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A comment that asks for something to be done between blocks."""

    kind: str
    what: str


def steps(page: Path) -> Iterator[Block | Act]:
    """Yield what a page shows or asks for, in its order."""
    about: dict[str, str] = {}
    lines = iter(page.read_text("utf-8").splitlines(keepends=True))
    for line in lines:
        if comment := _COMMENT.fullmatch(line.strip()):
            kind, what = comment.groups()
            assert kind in (*ABOUT_A_BLOCK, *ACTS), f"{page.name}: {line}"
            if kind in ACTS:
                yield Act(kind=kind, what=what)
            else:
                about[kind] = what
        elif fence := _FENCE.fullmatch(line.rstrip()):
            text = "".join(_until_fence(lines))
            yield Block(language=fence.group(1), text=text, about=about)
            about = {}


def _until_fence(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.rstrip() == "```":
            return
        yield line


def blocks(page: Path) -> list[Block]:
    """Return the code blocks of a page."""
    return [step for step in steps(page) if isinstance(step, Block)]


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return re.sub(
        r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )


def code_spans(page: Path) -> list[str]:
    """Return what stands between single back-ticks, each on one line."""
    found = re.findall(r"`([^`]+)`", prose(page))
    return [" ".join(span.split()) for span in found]


def commands(block: Block) -> list[tuple[str, str]]:
    """Return the commands of a block, each with the output the page shows.

    A block of ``console`` has ``$`` before a command and the output below; a
    block of ``sh`` has commands alone.
    """
    joined = block.text.replace("\\\n", " ")
    if block.language == "sh":
        return [(line, "") for line in joined.splitlines() if line.strip()]
    if block.language != "console":
        return []
    found: list[tuple[str, str]] = []
    for line in joined.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        else:
            command, shown = found[-1]
            found[-1] = (command, shown + line)
    return found


def invocations(page: Path) -> list[str]:
    """Return every mention of the program with what follows, in code of any kind."""
    found = [span for span in code_spans(page) if span.split()[0] == "case-audit"]
    for step in steps(page):
        if isinstance(step, Act):
            found += [step.what] if step.kind == "run" else []
        elif step.language in ("sh", "console"):
            found += [line for line, _ in commands(step)]
        elif step.language == "text":
            found += step.text.splitlines()
    return [line for line in found if line.startswith("case-audit")]
