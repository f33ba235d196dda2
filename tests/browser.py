"""A real browser, where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MEASURE = """<script>addEventListener("load", () => parent.postMessage({
widest: document.documentElement.scrollWidth,
asked: performance.getEntriesByType("resource").map(e => e.name).join(" ")}, "*"))
</script>"""
FRAME = """<script>addEventListener("message", (e) =>
Object.assign(document.documentElement.dataset, e.data))</script>
<iframe src="{source}" style="border: 0; width: {width}px; height: 1000px"></iframe>"""
"""A window is not made as narrow as a telephone; a frame is."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a browser made of a page.

    Attributes:
        console: Lines that the page wrote to the console.
        requests: Addresses that the page asked for beside itself.
        widest: Pixels of the page's whole width.
    """

    console: list[str]
    requests: list[str]
    widest: int


def browser(folder: Path) -> list[str]:
    """The command that starts a browser; skips where there is none."""
    found = next((found for name in NAMES if (found := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    return [
        found,
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        f"--user-data-dir={folder / 'profile'}",
    ]


def shown_at(page: Path, width: int, folder: Path) -> Seen:
    """Show a page in a window of a width, in pixels; skips without a browser.

    What it asks for and how wide it is, a script tells in a copy that allows one.
    """
    text = page.read_text("utf-8")
    policy = "default-src 'none'; "
    assert policy in text
    copy = folder / f"measured-{page.name}"
    text = text.replace(policy, f"{policy}script-src 'unsafe-inline'; ", 1)
    copy.write_text(text.replace("</body>", f"{MEASURE}</body>"), "utf-8")
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(source=copy.as_uri(), width=width), "utf-8")
    log = ("--enable-logging=stderr", "--window-size=1400,1200")
    ran = subprocess.run(
        [
            *browser(folder),
            *log,
            "--virtual-time-budget=5000",
            "--dump-dom",
            frame.as_uri(),
        ],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    (widest,) = re.findall(r'data-widest="(\d+)"', ran.stdout)
    (asked,) = re.findall(r'data-asked="([^"]*)"', ran.stdout)
    return Seen(
        console=[line for line in ran.stderr.splitlines() if "CONSOLE" in line],
        requests=asked.split(),
        widest=int(widest),
    )


def pages_of(page: Path, folder: Path) -> int:
    """Print a page to PDF and count the sheets; skips without a browser.

    Args:
        page: An HTML file.
        folder: Where the browser may write.
    """
    pdf = folder / "page.pdf"
    subprocess.run(
        [
            *browser(folder),
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))
