"""Runs the examples of a page, as a reader would type them one after the other."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from case_audit.cli import common
from case_audit.cli.main import run

PROGRAM = "case-audit"
_DIGITS = re.compile(r"\b[0-9a-f]{12,64}\b|\([0-9a-f]{8}\)|\d+")
_DRAWN = re.compile(r"^ +\d+  SYN-\d+ +", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended.

    Attributes:
        code: Its exit code.
        out: Standard output.
        both: Standard output and error as a terminal shows them.
    """

    code: int
    out: str
    both: str


class _Both(io.TextIOWrapper):
    """A stream whose bytes are also written to a second place."""

    def __init__(self, second: io.BytesIO) -> None:
        self.own = _Copying(second)
        super().__init__(
            self.own,
            encoding="utf-8",
            newline="\n",
            write_through=True,
        )


class _Copying(io.BytesIO):
    def __init__(self, second: io.BytesIO) -> None:
        super().__init__()
        self._second = second

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._second.write(data)
        return super().write(data)


def program(arguments: list[str]) -> Ran:
    """Run the program within this process, with its options as at its start."""
    common.options.db = common.options.rubrics = None
    common.options.quiet, common.options.color = False, True
    terminal = io.BytesIO()
    out, err = _Both(terminal), _Both(terminal)
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    return Ran(
        code=code,
        out=out.own.getvalue().decode(),
        both=terminal.getvalue().decode(),
    )


def shell(line: str, given: str = "") -> Ran:
    """Run a line of standard tools with the shell that a reader has."""
    sh = shutil.which("sh")
    if sh is None or any(
        shutil.which(tool) is None for tool in ("sha256sum", "sort") if tool in line
    ):
        pytest.skip("the standard tools of the example are not here")
    ended = subprocess.run(
        [sh, "-c", line], input=given, capture_output=True, text=True, check=False
    )
    return Ran(
        code=ended.returncode, out=ended.stdout, both=ended.stdout + ended.stderr
    )


def execute(line: str) -> Ran:
    """Run a line: the program, perhaps into a file or a pipe; or standard tools."""
    if not line.startswith(PROGRAM):
        return shell(line)
    words = shlex.shlex(line, posix=True, punctuation_chars="|>")
    words.whitespace_split = True
    words.commenters = ""
    tokens = list(words)
    ends = [i for i, token in enumerate(tokens) if token in ("|", ">")]
    first = tokens[1 : ends[0]] if ends else tokens[1:]
    ran = program(first)
    if not ends:
        return ran
    if tokens[ends[0]] == ">":
        Path(tokens[ends[0] + 1]).write_text(ran.out, "utf-8", newline="\n")
        return Ran(code=ran.code, out="", both="")
    return shell(line.split("|", 1)[1], ran.out)


def masked(text: str) -> str:
    """Return text with every number and digest as ``#``, and blanks made one.

    The widths of columns follow the numbers in them, so they go too.
    """
    text = _DRAWN.sub("# SYN-# ", text)
    return re.sub(r" +", " ", _DIGITS.sub("#", text))


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed; ``...`` stands for any lines.

    Empty lines do not count: a page shows the output without them.
    """
    want = [line.rstrip() for line in shown.splitlines() if line.strip()]
    have = [line.rstrip() for line in printed.splitlines() if line.strip()]
    parts: list[list[str]] = [[]]
    for line in want:
        if line == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return have == want
    first, *middle, last = parts
    if have[: len(first)] != first or len(have) < len(first) + len(last):
        return False
    if last and have[-len(last) :] != last:
        return False
    return _in_order(middle, have[len(first) : len(have) - len(last)])


def _in_order(parts: list[list[str]], lines: list[str]) -> bool:
    place = 0
    for part in parts:
        found = [
            i
            for i in range(place, len(lines) - len(part) + 1)
            if lines[i : i + len(part)] == part
        ]
        if not found:
            return False
        place = found[0] + len(part)
    return True
