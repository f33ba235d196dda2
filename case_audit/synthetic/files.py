"""Put a case file together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.frame.case_file import CaseFile
from case_audit.synthetic.documents import (
    contacts,
    looked_after,
    origin,
    oversight,
    partners,
    plans,
    visiting,
)
from case_audit.synthetic.story import make_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from case_audit.core.frame.case_file import Planted
    from case_audit.synthetic.model import Case
    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

LOOK_BACK: Final = 1.0
"""The whole of the usual look-back."""

_Writers = tuple["Callable[[Story], Iterator[Page]]", ...]
_BEGINNING: _Writers = (
    contacts.contacts,
    partners.chronology,
    origin.referral,
    origin.strategy,
    origin.assessment,
    origin.conference,
)
_COMMON: _Writers = (
    plans.plan,
    plans.update,
    plans.meetings,
    plans.reviews,
    visiting.visits,
    visiting.direct_work,
    visiting.letter,
    oversight.supervision,
    oversight.decision,
    oversight.escalation,
    partners.school_report,
    partners.health_report,
)
_CARE: _Writers = (
    looked_after.beginning,
    looked_after.care_plan,
    looked_after.reviews,
    looked_after.schooling,
    looked_after.notes,
)
_OPEN = frozenset({"cin", "cp", "cic"})


def make_files(
    seed: str, cases: Iterable[Case], *, as_at: int, look_back: float = LOOK_BACK
) -> tuple[tuple[CaseFile, tuple[Planted, ...]], ...]:
    """Write the files of every born child with a referral.

    Args:
        seed: The county's seed.
        cases: The cases, in the order wanted.
        as_at: The day the county describes.
        look_back: Share of the usual look-back that the files tell.

    Returns:
        Each file with what it shows on purpose; nothing is recorded as shown
        that was not written.
    """
    return tuple(
        _file(make_story(seed, case, as_at=as_at, look_back=look_back))
        for case in cases
        if case.course.referral is not None and case.child.born <= as_at
    )


def _file(story: Story) -> tuple[CaseFile, tuple[Planted, ...]]:
    writers = _BEGINNING
    if story.case.journey in _OPEN:
        writers += _COMMON + (_CARE if story.cohort == "cic" else ())
    elif story.case.course.end is not None:
        writers += (oversight.decision,)
    pages = [page for write in writers for page in write(story)]
    pages.sort(key=lambda page: (page.day, page.ref))
    file = CaseFile(
        unit=story.case.child.unit,
        cohort=story.cohort if story.case.journey in _OPEN else story.case.journey,
        documents=tuple(page.finish() for page in pages),
    )
    return file, tuple(feature for page in pages for feature in page.planted)
