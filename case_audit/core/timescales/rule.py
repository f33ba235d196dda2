"""A timescale together with the function that computes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.timescales.case import Reading
    from case_audit.core.timescales.model import Part, Timescale


@dataclass(frozen=True, slots=True)
class Rule:
    """A timescale that can be computed.

    Attributes:
        timescale: What it says.
        find: Returns what it says of one case. May raise
            `case.CannotTellError` or `case.DoesNotApplyError`.
    """

    timescale: Timescale
    find: Callable[[Reading], Part]
