"""Wait for the app to get somewhere."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

PATIENCE = 30.0
"""Seconds; a loaded machine is slow, a broken app never arrives."""


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Let the app work until something is true."""
    deadline = time.monotonic() + PATIENCE
    await pilot.pause()
    while not true():
        if time.monotonic() > deadline:
            message = f"never got there; at {pilot.app.screen!r}"
            raise AssertionError(message)
        await asyncio.sleep(0.01)
        await pilot.pause()
