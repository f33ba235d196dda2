"""The application in the terminal."""

from __future__ import annotations

import os

# Textual reads these when it is loaded. Set for the work on some other program, they
# would write keys and screens of cases to files or to another program.
for _name in (
    "TEXTUAL",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DEVTOOLS_HOST",
    "TEXTUAL_DEVTOOLS_PORT",
    "TEXTUAL_DRIVER",
    "TEXTUAL_LOG",
    "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SHOW_RETURN",
):
    os.environ.pop(_name, None)
