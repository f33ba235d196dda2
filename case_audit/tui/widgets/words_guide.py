"""What helps with a criterion that is answered in words.

What a full answer holds, what to ask, and what was written of other agencies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.rubric.model import FACT
from case_audit.security.text_gate import one_line
from case_audit.tui.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.rubric.model import Criterion

NARROWEST = 20
MOST_BESIDE = 2
"""Lines of what was written about another agency; all of it is in that criterion."""


def words_lines(
    criterion: Criterion, beside: Sequence[tuple[str, str]], *, width: int
) -> list[Content]:
    """Return the guide as lines.

    Args:
        criterion: One that is answered in words.
        beside: The other agencies asked the same, each with what was written.
        width: Columns to use.
    """
    what = "To note" if criterion.kind == FACT else "A full answer"
    lines = _entry(what, criterion.benchmark, width)
    for agency, text in beside:
        if text.strip():
            lines += _entry(agency, text, width, most=MOST_BESIDE)
    silent = [agency for agency, text in beside if not text.strip()]
    if silent:
        lines += _entry("Nothing yet", ", ".join(silent), width)
    parts = [("Ask", prompt) for prompt in criterion.prompts]
    parts += [("Look in", "; ".join(criterion.look_in)), ("Trap", criterion.trap)]
    for label, text in parts:
        lines += _entry(label, text, width)
    return lines


def _entry(label: str, text: str, width: int, *, most: int = 0) -> list[Content]:
    """Return a label and a text as lines; no more than ``most``, if it is given."""
    head = f"{one_line(label)}: "
    wrapped = in_columns(
        f"{head}{one_line(text)}", max(width - 2, NARROWEST), hang=2, most=most
    )
    first = Content.assemble((wrapped[0][: len(head)], "bold"), wrapped[0][len(head) :])
    return [Content("  ") + first, *(Content(f"  {line}") for line in wrapped[1:])]
