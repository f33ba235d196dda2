"""One gate for text from outside: shown as it is, never obeyed.

Control and format characters can move the cursor, set the clipboard or turn
the reading order round in a terminal. Each is shown as one visible character.
"""

from __future__ import annotations

import re

SHOWN_AS = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}"

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # separators, byte order mark, annotation
    "\ud800-\udfff"  # lone surrogates, which no file or terminal can take
    "\U000e0000-\U000e007f"  # tags
    "]"
)
_BREAKS = re.compile("[\t\n\r]+")


def visible(text: str) -> str:
    """Return the text with every hidden character made visible.

    Tabs and line feeds stay, carriage returns before a line feed go.
    """
    return _HIDDEN.sub(SHOWN_AS, text.replace("\r\n", "\n"))


def escaped(json_text: str) -> str:
    """Return JSON with every hidden character as an escape, meaning the same."""
    return _HIDDEN.sub(_escape, json_text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def one_line(text: str) -> str:
    """Return the text as one visible line: breaks and tabs become spaces."""
    return visible(_BREAKS.sub(" ", text))
