"""The page on keys is as the screens are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docs.pages import ROOT

from case_audit.tui.bindings import places
from case_audit.tui.key_table import PRESETS, keys_page
from case_audit.tui.keymap import preset_keys, problems

if TYPE_CHECKING:
    import pytest

PAGE = ROOT / "docs" / "keys.md"


def test_the_page_on_keys_is_today_s(request: pytest.FixtureRequest) -> None:
    """`pytest tests/docs/test_keys_page.py --golden-update` writes it anew."""
    if request.config.getoption("--golden-update"):
        PAGE.write_text(keys_page(), "utf-8")

    assert PAGE.read_text("utf-8") == keys_page()


def test_no_preset_gives_a_key_two_meanings() -> None:
    """A new key may clash with one of a preset: give it another in ``keymap.py``."""
    found = {name: list(problems(preset_keys(name))) for name in PRESETS}

    assert found == {name: [] for name in PRESETS}


def test_every_key_of_every_screen_has_a_name() -> None:
    """What has none cannot be given another key: set ``id`` on the ``Binding``."""
    bound = [one for place in places() for one in place.bound]

    assert [(one.place, one.keys) for one in bound if not one.id] == []
    assert len(bound) > 100
    assert [one.id for one in bound if not re.fullmatch(r"[a-z_.0-9]+", one.id)] == []
