"""The picture in the README is made by the app itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from builders import NOW
from case_audit.services.demo import Practice, prepare_demo
from case_audit.services.settings import remember_auditor
from case_audit.tui.app import CaseAuditApp, Start
from case_audit.tui.screens.audit import AuditScreen
from waiting import until

if TYPE_CHECKING:
    import pytest

PICTURE = Path(__file__).parents[2] / "docs" / "workspace.svg"


async def test_the_picture_in_the_readme_is_today_s_workspace(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest --golden-update` draws it anew."""
    url = str(tmp_path / "practice.db")
    practice = Practice(children=60, size=8, version="0.1.0")
    name = prepare_demo(url, practice, now=NOW, tell=lambda _: None)
    remember_auditor(tmp_path, "Ann Auditor")
    app = CaseAuditApp(Start(url=url, settings=tmp_path, round_name=name))
    async with app.run_test(size=(112, 33)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, AuditScreen))
        await pilot.press("2", "n", "3", "n", "2", "e")
        await pilot.press(*"Her words are in the plan of March.", "escape")
        app.screen.query_one("#status").update("Saved 14:02:11")  # type: ignore[attr-defined]
        await pilot.pause()
        drawn = app.export_screenshot(title="case-audit")
    # No font is fetched from anywhere: the reader's own fixed-width font will do.
    unwanted = r"@font-face \{.*?\}\s*|<!--.*?-->\s*"
    drawn = re.sub(unwanted, "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code", "DejaVu Sans Mono")

    if request.config.getoption("--golden-update"):
        PICTURE.write_text(drawn, "utf-8")

    assert words(PICTURE.read_text("utf-8")) == words(drawn)
    assert "http" not in drawn.replace("http://www.w3.org", "")


def words(svg: str) -> list[str]:
    """What a picture says, without where and how."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
