"""Finds the frame that someone means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import COHORTS, cohort
from case_audit.errors import NoSuchFrameError, UnknownCohortError

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.model import StoredFrame
    from case_audit.store.unit_of_work import UnitOfWork

NEWEST = "newest"
PREVIOUS = "previous"


def known_cohort(cohort_id: str) -> Cohort:
    """Return a cohort by its id.

    Raises:
        UnknownCohortError: If there is none.
    """
    try:
        return cohort(cohort_id)
    except KeyError:
        known = [one.id for one in COHORTS]
        raise UnknownCohortError(cohort_id, known=known) from None


def find_frame(uow: UnitOfWork, asked: str, *, cohort_id: str = "") -> StoredFrame:
    """Return the frame that someone means.

    Args:
        uow: Open unit of work; only read from.
        asked: A frame's number, a cohort (its newest frame), or ``COHORT@WHICH``,
            where WHICH is ``newest``, ``previous`` or the date the lists describe.
        cohort_id: Cohort of a WHICH that stands alone; empty for none.

    Raises:
        NoSuchFrameError: If there is none.
        UnknownFrameError: If the cohort has none.
        UnknownCohortError: If there is no such cohort.
    """
    frames = uow.frames.frames()
    known = [f"{frame.id} ({frame.cohort}@{frame.as_at})" for frame in frames]
    if asked.isascii() and asked.isdigit():
        for frame in frames:
            if str(frame.id) == asked.lstrip("0"):
                return frame
        raise NoSuchFrameError(asked, known=known)
    named, at, which = asked.partition("@")
    if not at and cohort_id:
        named, which = cohort_id, asked
    one = known_cohort(named)
    newest = uow.frames.newest(one.id)
    if not which or which == NEWEST:
        return newest
    of_cohort = sorted(
        (frame for frame in frames if frame.cohort == one.id),
        key=lambda frame: -frame.id,
    )
    fitting = (
        of_cohort[1:2]
        if which == PREVIOUS
        else [frame for frame in of_cohort if frame.as_at == which]
    )
    if not fitting:
        raise NoSuchFrameError(asked, known=known)
    return fitting[0]
