"""The county's own word lists."""

from __future__ import annotations

from functools import cache
from importlib import resources

COUNTY = "Borrowmere"
"""Name of the invented county."""


def data_text(name: str) -> str:
    """Return a text file that comes with the generator.

    Args:
        name: File name in ``case_audit/synthetic/data``.
    """
    folder = resources.files("case_audit.synthetic") / "data"
    return (folder / name).read_text(encoding="utf-8")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    blocks: dict[str, list[str]] = {}
    current: list[str] = []
    for line in data_text("words.txt").splitlines():
        if line.startswith("["):
            current = blocks.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.extend(line.split("|"))
    return {name: tuple(block) for name, block in blocks.items()}


def words(name: str) -> tuple[str, ...]:
    """Return a word list, in the order of the file.

    Args:
        name: ``first_names``, ``surnames``, ``towns`` and so on.
    """
    return _lists()[name]
