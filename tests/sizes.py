"""What a screen shows at the four sizes that windows have, in one run of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens import shown
from waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = ((60, 20), (80, 24), (100, 30), (120, 40))


async def at_every_size(pilot: Pilot[Any], name: str) -> str:
    """Return the screen at each size, one under the other, each under a line."""
    parts = []
    for width, height in SIZES:
        await pilot.resize_terminal(width, height)
        head = f"── {name}, {width} by {height} "
        parts.append(f"{head:─<{width}}\n{await settled(pilot)}")
    return "".join(parts)


async def settled(pilot: Pilot[Any]) -> str:
    """Return what is shown once it is the same three times."""
    seen = ["", " "]

    def still() -> bool:
        seen.append(shown(pilot.app))
        return seen[-1] == seen[-2] == seen[-3]

    await until(pilot, still)
    return seen[-1]
