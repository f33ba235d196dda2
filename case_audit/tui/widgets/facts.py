"""What the import says of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.frame.model import ALL
from case_audit.reports.wording import fact_value
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from case_audit.services.opened import OpenCase


def facts(case: OpenCase) -> Content:
    """Return the facts as lines of label and value."""
    pairs = [("Case", case.unit.unit)]
    if case.case.stratum != ALL:
        pairs.append(("Stratum", case.case.stratum))
    pairs += case.facts
    return Content("\n").join(
        Content.assemble(
            (f"{literal_line(label).plain}: ", "$text-muted"),
            literal_line(fact_value(value)),
        )
        for label, value in pairs
    )
