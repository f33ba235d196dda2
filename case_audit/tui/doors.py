"""The ways between screens, as the first screens need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from case_audit.core.audit.model import Audit
    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.rubric.model import Criterion
    from case_audit.core.sample.round import RoundHead
    from case_audit.services.board import BoardRow
    from case_audit.services.case_lines import CaseLine
    from case_audit.services.case_list import CaseList
    from case_audit.services.home import Home

    Made = Callable[[Sequence[StoredFrame], int], None]
    """Takes all frames and the number of the one that was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What a screen may read and open, without knowing the application.

    Attributes:
        auditor: Who is at the keyboard.
        kind: ``"live"``, ``"practice"``, or empty before the first import.
        home: Reads what the first screen shows.
        cases: Reads the cases of a round that hold some words; all for none.
        search: Looks for them step by step: each list has more, the last one all.
        page: Reads some of them, by number.
        criteria: Reads what may be asked in a round.
        board: Reads the marks of some of its cases, by number.
        open_round: Shows the cases of a round.
        open_next: Opens the auditor's next case of a round.
        open_case: Puts a case on the desk.
        open_at: Puts a case on the desk, at a criterion.
        open_summary: Shows the summary of a round.
        reopen: Takes a submitted audit back.
        open_plan: Plans a draw.
        open_frames: Shows the frames that can be drawn from.
        open_tour: Shows the way of a case with an invented one.
    """

    auditor: str
    kind: str
    home: Callable[[], Home]
    cases: Callable[[int, str], CaseList]
    search: Callable[[int, str], Iterator[CaseList]]
    page: Callable[[RoundHead, Sequence[int]], list[CaseLine]]
    criteria: Callable[[RoundHead], tuple[Criterion, ...]]
    board: Callable[[RoundHead, Sequence[int], tuple[Criterion, ...]], list[BoardRow]]
    open_round: Callable[[int], None]
    open_next: Callable[[int], None]
    open_case: Callable[[int], None]
    open_at: Callable[[int, str], None]
    open_summary: Callable[[int], None]
    reopen: Callable[[Audit], None]
    open_plan: Callable[[], None]
    open_frames: Callable[[], None]
    open_tour: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameDoors:
    """What leads on from a frame.

    Attributes:
        open_frame: Shows one frame.
        open_check: Shows how good it is.
        open_diff: Shows two frames beside each other, the older one first.
        open_export: Asks where to write it, and writes it.
        open_plan: Plans a draw from a cohort.
        open_make: Asks what a frame is to hold, beginning with a cohort, and makes it.
    """

    open_frame: Callable[[StoredFrame], None]
    open_check: Callable[[StoredFrame], None]
    open_diff: Callable[[StoredFrame, StoredFrame], None]
    open_export: Callable[[StoredFrame], None]
    open_plan: Callable[[str], None]
    open_make: Callable[[str, Made], None]
