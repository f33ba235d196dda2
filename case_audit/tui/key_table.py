"""``docs/keys.md``: every key of every screen, read off the screens themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.tui.bindings import places
from case_audit.tui.key_names import shown_key
from case_audit.tui.keymap import TYPED, preset_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.tui.bindings import Bound, Place
    from case_audit.tui.keymap import Keys

HEAD = """\
# Keys

Made from the program itself; a test fails where it is not as it is.

The names in the first column are for `[keys]` in `settings.toml`. A name that stands on
several screens is changed on all of them together. In the app, `?` shows the keys of the
screen you are on, and `,` changes them. *none* means that the preset has no key for it: `Ctrl+P` finds it by its
words.

```toml
preset = "vim"          # or "default", "modifier-only"

[keys]
"audit.next" = "F6"     # one key
"audit.undo" = ["u", "Ctrl+Z"]
"audit.open" = []       # none
```

Digits, letters and signs; `F1` to `F12`; `Ctrl` with a letter other than `H`, `I` and `M`;
arrows, `Home` and `End`, alone or with `Ctrl` or `Shift`; `Tab`, `Enter`, `Space`,
`Backspace`, `Delete`, `Insert`, `PgUp` and `PgDn` reach a program in every usual terminal. No
other key may be given. `Ctrl+Q` leaves the app and `Ctrl+C` copies, everywhere. `Esc` always
goes back. In a list, arrows, `Home`, `End`, `PgUp`, `PgDn` and `Enter` move and choose; in a
field, letters are text.

The preset `modifier-only` has no single letters, digits or signs, so that nothing happens by a
slip or by speech that is taken for keys. Digits that are typed into a line, as in the plan of a
draw, are no shortcuts and stay.
"""
PRESETS = ("vim", "modifier-only")


def keys_page() -> str:
    """Return the page as Markdown."""
    presets = [preset_keys(name) for name in PRESETS]
    parts = [HEAD]
    for place in places():
        rows = [_row(bound, presets) for bound in _told(place)]
        if rows:
            head = f"## {place.name}\n\n| name | default | vim | modifier-only | does |"
            parts.append("\n".join([head, "|---|---|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _told(place: Place) -> list[Bound]:
    """Return what is listed of a place; digits that are typed are not."""
    return [bound for bound in place.bound if TYPED not in bound.id]


def _row(bound: Bound, presets: Sequence[Keys]) -> str:
    does = bound.does or _unnamed(bound)
    cells = [
        f"`{bound.id}`",
        _keys(bound.keys),
        *(_keys(preset.get(bound.id, bound.keys)) for preset in presets),
        does,
    ]
    return f"| {' | '.join(cells)} |"


def _unnamed(bound: Bound) -> str:
    """Return words for keys whose meaning the data give."""
    if "grade_" in bound.id:
        return f"Grade {bound.id.rpartition('_')[2]}, the best is 1"
    return "The same as on the list of frames"


def _keys(keys: tuple[str, ...]) -> str:
    shown = (shown_key(key).replace("|", "\\|") for key in keys)
    return ", ".join(f"`{key}`" for key in shown) or "none"
