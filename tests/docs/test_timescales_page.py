"""The page on timescales has all of them, as they are."""

from __future__ import annotations

import tomllib

import pytest
from docs.pages import ROOT

from case_audit.core.timescales.find import TIMESCALES
from case_audit.core.timescales.limits import LIMITS, Limits
from case_audit.core.timescales.model import EXTRAS

PAGE = (ROOT / "docs" / "timescales.md").read_text("utf-8")
SOURCES = (ROOT / "docs" / "sources.md").read_text("utf-8")


@pytest.mark.parametrize("name", TIMESCALES)
def test_each_rule_and_source_is_told_as_it_is(name: str) -> None:
    """Word by word what the app shows."""
    timescale = TIMESCALES[name]

    rule = Limits().words(timescale.rule)

    assert f"| {name} | **{timescale.title}.** {rule} |" in PAGE
    assert (
        f"| {name} | {timescale.source} | {timescale.unconfirmed or '-'} |" in SOURCES
    )


def test_each_limit_and_extra_column_is_named() -> None:
    columns = {key for t in TIMESCALES.values() for key in t.needs.get(EXTRAS, ())}

    assert {key for key in (*LIMITS, *columns) if f"`{key}`" not in PAGE} == set()


def test_the_example_of_settings_is_one() -> None:
    table = PAGE.split("```toml\n")[1].split("```")[0]

    limits = Limits(tomllib.loads(table)["timescales"])

    assert limits["supervision"] == 42
