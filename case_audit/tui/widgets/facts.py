"""What the import says of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.reports.wording import fact_value
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def facts(unit: str, stratum: str, known: Sequence[tuple[str, str]]) -> Content:
    """Return the facts as lines of label and value."""
    pairs = [("Case", unit)]
    if stratum != "all":
        pairs.append(("Stratum", stratum))
    pairs += known
    return Content("\n").join(
        Content.assemble(
            (f"{literal_line(label).plain}: ", "$text-muted"),
            literal_line(fact_value(value)),
        )
        for label, value in pairs
    )
