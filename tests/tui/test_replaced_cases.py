"""Replaced cases in the list of a round: still there, and not to be audited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders import NOW
from case_audit.services.home import named_round
from case_audit.services.replacement import replace_case
from case_audit.tui.screens.cases import _options
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

NAME = "Spring 2026"


def test_a_replaced_case_says_so_and_stands_apart(embedded: Database) -> None:
    """Also where its audit was submitted before, and where cases are given out."""
    with_frame(embedded)
    a_round(embedded)
    audit_case(embedded, case_ids(embedded)[0], {}, rest="good")
    unit = named_round(embedded, NAME)[1][0].case.unit
    replace_case(embedded, NAME, unit, reason="left", by="Lee", now=NOW)
    lines = named_round(embedded, NAME)[1]

    plain = [str(option.prompt) for option in _options(lines, "Ann")]
    given = [replace(line, given_to="Ann") for line in lines]
    headed = [str(option.prompt) for option in _options(given, "Ann")]

    assert "replaced by a reserve" in plain[0]
    assert sum("replaced" in line for line in plain) == 1
    assert headed.index("Replaced by reserves") == len(headed) - 2
    assert unit in headed[-1]
