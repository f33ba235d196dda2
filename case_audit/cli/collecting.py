"""When the app looks for objects that only refer to each other.

Python looks every few hundred objects, which while a program loads finds nothing and
takes a twentieth of the time, and now and then goes through all there are, which stops
an app for as long as four keys take.
"""

from __future__ import annotations

import gc

_THRESHOLD = (20_000, 10, 10)
"""A few MB may wait to be found. Python's own is 700, 10, 10."""


def wait() -> None:
    """Look for nothing until :func:`settle`, while libraries load."""
    gc.disable()


def settle() -> None:
    """Leave alone what has been loaded, and look from now on, but seldom."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLD)
    gc.enable()
