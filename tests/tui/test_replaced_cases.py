"""What the first screens count and name: replaced, added and waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import NOW, SEED, a_rubric
from case_audit.core.allocation.model import Auditor
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.services.allocation import assign
from case_audit.services.case_list import list_cases, page_of
from case_audit.services.fixed_draw import fix_round
from case_audit.services.home import home, named_round
from case_audit.services.replacement import replace_case
from case_audit.services.rounds import extend_round
from case_audit.services.sample import Request
from case_audit.tui.screens.cases import case_text
from case_audit.tui.screens.home import _options as home_options
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

NAME = "Spring 2026"


def listed(database: Database) -> list[str]:
    """The lines of the list of cases, as the screen shows them."""
    found = list_cases(database, 1, auditor="Ann")
    rows = []
    for section in found.sections:
        rows += [section.heading] if section.heading else []
        lines = page_of(database, found.round, section.numbers)
        rows += [case_text(line, yours=section.yours) for line in lines]
    return rows


def test_a_replaced_case_says_so_and_stands_apart(embedded: Database) -> None:
    """Also where its audit was submitted before, and where cases are given out."""
    with_frame(embedded)
    a_round(embedded)
    audit_case(embedded, case_ids(embedded)[0], {}, rest="good")
    unit = named_round(embedded, NAME)[1][0].case.unit
    replace_case(embedded, NAME, unit, reason="left", by="Lee", now=NOW)
    plain = listed(embedded)
    assign(embedded, NAME, [Auditor(name="Ann")], by="Lee", now=NOW)
    headed = listed(embedded)

    assert "replaced by a reserve" in plain[0]
    assert sum("replaced" in line for line in plain) == 1
    assert headed.index("Replaced by reserves") == len(headed) - 2
    assert unit in headed[-1]


def test_home_counts_what_is_to_be_audited(embedded: Database) -> None:
    """A reserve takes a place; an extension adds places."""
    with_frame(embedded)
    a_round(embedded)
    unit = named_round(embedded, NAME)[1][0].case.unit
    audit_case(embedded, case_ids(embedded)[0], {}, rest="good")
    replace_case(embedded, NAME, unit, reason="left", by="Lee", now=NOW)
    replaced = home(embedded, auditor="Ann").rounds[0]
    extend_round(embedded, NAME, added=2, by="Lee", now=NOW)
    extended = home(embedded, auditor="Ann").rounds[0]
    lines = named_round(embedded, NAME)[1]

    assert (replaced.cases, replaced.submitted) == (5, 0)
    assert (extended.cases, extended.submitted) == (7, 0)
    assert sum(line.case.stands for line in lines) == 7
    assert len({line.case.unit for line in lines}) == len(lines) == 8


def test_home_names_a_draw_that_waits_for_its_seed(embedded: Database) -> None:
    """With the command that draws it, until it is drawn."""
    with_frame(embedded)
    request = Request(
        name="Summer 2026",
        cohort="cp",
        rubric=a_rubric(),
        design=Design(kind="simple", size=3),
        seed=machine_seed(SEED),
    )
    fix_round(embedded, request, version="0.1.0", fixed_by="Lee", now=NOW)
    first = home(embedded, auditor="Ann")

    rows = [str(option.prompt) for option in home_options(first)]

    assert rows[0] == "Fixed, waiting for the seed"
    assert "case-audit draw --fixed 'Summer 2026' --seed DIGITS" in rows[1]
