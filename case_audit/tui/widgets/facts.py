"""What the import says of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.reports.wording import fact_value
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Mapping


def facts(unit: str, stratum: str, attributes: Mapping[str, str]) -> Content:
    """Return the facts as lines of label and value."""
    lines = [Content.assemble(("Case ", "$text-muted"), literal_line(unit))]
    if stratum != "all":
        lines.append(
            Content.assemble(("Stratum ", "$text-muted"), literal_line(stratum))
        )
    for key, value in attributes.items():
        label = key.removeprefix("x_").replace("_", " ")
        lines.append(
            Content.assemble(
                (literal_line(f"{label} ").plain, "$text-muted"),
                literal_line(fact_value(value)),
            )
        )
    return Content("\n").join(lines)
