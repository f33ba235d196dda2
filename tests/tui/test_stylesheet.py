"""Styles are read once, and are what Textual's own reading makes of them."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet, StylesheetParseError

from case_audit.tui.stylesheet import KeptStylesheet

DARK, LIGHT = {"edge": "#111111"}, {"edge": "#eeeeee"}
TEXT = "Label { color: $edge; } Label:focus { background: $edge; height: 3; }"


def filled(sheet: Stylesheet) -> Stylesheet:
    sheet.add_source(TEXT, read_from=("here", "one"))
    sheet.add_source(
        "Label { width: 4; }", read_from=("here", "two"), is_default_css=True
    )
    sheet.parse()
    return sheet


@pytest.mark.parametrize("variables", [DARK, LIGHT])
def test_the_rules_are_those_of_textual(variables: dict[str, str]) -> None:
    ours = filled(KeptStylesheet(variables=variables))
    theirs = filled(Stylesheet(variables=variables))

    assert ours.css == theirs.css
    assert variables["edge"].upper() in ours.css


def test_more_styles_and_other_colours_leave_what_was_read() -> None:
    """The very same rules, not equal ones, so that nothing was read again."""
    sheet = filled(KeptStylesheet(variables=DARK))
    before = list(sheet.rules)

    sheet.add_source("Input { height: 1; }", read_from=("here", "three"))
    sheet.reparse()
    assert all(old is new for old, new in zip(before, sheet.rules, strict=False))
    assert len(sheet.rules) == len(before) + 1

    sheet.set_variables(LIGHT)
    sheet.reparse()
    assert LIGHT["edge"].upper() in sheet.css
    assert DARK["edge"] not in sheet.css

    sheet.set_variables(dict(DARK))
    sheet.reparse()
    assert all(old is new for old, new in zip(before, sheet.rules, strict=False))


def test_a_wrong_style_is_told_and_the_rules_stay() -> None:
    sheet = filled(KeptStylesheet(variables=DARK))
    before = sheet.css

    sheet.add_source("Label { colour: red; }", read_from=("here", "wrong"))
    with pytest.raises(StylesheetParseError):
        sheet.reparse()
    assert sheet._rules  # noqa: SLF001 - asking for `rules` would read again
    assert "\n\n".join(rule.css for rule in sheet._rules) == before  # noqa: SLF001
