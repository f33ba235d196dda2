"""What helps with a criterion that is answered in words.

What a full answer holds, what to ask, and what was written of other agencies.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

from case_audit.core.rubric.model import FACT
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.rubric.model import Criterion

NARROWEST = 20


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
    parts = [(what, criterion.benchmark)]
    parts += [("Ask", prompt) for prompt in criterion.prompts]
    parts += [
        ("Look in", "; ".join(criterion.look_in)),
        ("Trap", criterion.trap),
    ]
    lines = [line for label, text in parts for line in _entry(label, text, width)]
    if beside:
        lines.append(Content(""))
    for agency, text in beside:
        lines += _entry(agency, text or "nothing written yet", width)
    return lines


def _entry(label: str, text: str, width: int) -> list[Content]:
    head = f"{one_line(label)}: "
    wrapped = wrap(
        f"{head}{one_line(text)}", max(width - 2, NARROWEST), subsequent_indent="  "
    )
    first = Content.assemble((wrapped[0][: len(head)], "bold"), wrapped[0][len(head) :])
    return [Content("  ") + first, *(Content(f"  {line}") for line in wrapped[1:])]
