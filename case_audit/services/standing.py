"""Whether a case may be audited: it stands, and its round is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors import ClosedRoundError, ReplacedCaseError

if TYPE_CHECKING:
    from case_audit.core.sample.round import RoundHead
    from case_audit.store.readings import Standing
    from case_audit.store.unit_of_work import UnitOfWork


def refuse_idle(uow: UnitOfWork, case_id: int) -> None:
    """Refuse a case that is not audited any more.

    Raises:
        ReplacedCaseError: If a reserve took its place.
        ClosedRoundError: If its round is closed.
    """
    refuse_fallen(uow.readings.standing(case_id))


def refuse_fallen(case: Standing) -> None:
    """Refuse a case that is not audited any more; as :func:`refuse_idle` does."""
    if case.closed_utc:
        raise ClosedRoundError(case.round_name, since=case.closed_utc)
    if not case.stands:
        raise ReplacedCaseError(number=case.number)


def refuse_closed(one: RoundHead) -> None:
    """Refuse a round that is closed.

    Raises:
        ClosedRoundError: If it is.
    """
    if one.closed_utc:
        raise ClosedRoundError(one.name, since=one.closed_utc)
