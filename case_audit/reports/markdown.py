"""Text in Markdown, shown as it is."""

from __future__ import annotations

import re

from case_audit.security.text_gate import one_line

_SPECIAL = re.compile(
    r"([\\`*_{}\[\]<>#|!~&@]|:(?=\S)|(?<=www)\.)",  # a colon before a space is prose
    re.IGNORECASE,
)
_LIST = re.compile(r"^([-+]|\d{1,9}(?=[.)]))")


def literal(text: str) -> str:
    """Return text that Markdown shows as it is, visibly and on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(text).split()))


def literal_block(text: str) -> str:
    """Return the same for the beginning of a line, where a dash would make a list."""
    return _LIST.sub(_escaped_mark, literal(text))


def _escaped_mark(found: re.Match[str]) -> str:
    mark = found[1]
    return f"\\{mark}" if mark in "-+" else f"{mark}\\"


def cells(texts: list[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(texts)} |"
