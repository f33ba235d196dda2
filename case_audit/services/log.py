"""Read and check the sealed log."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from case_audit.security.sealed_log import FIRST, first_broken

if TYPE_CHECKING:
    from case_audit.services.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What checking the log showed.

    Attributes:
        lines: How many lines it has.
        last: Seal of the last one.
        broken: Number of the first line that does not fit, or ``None``.
    """

    lines: int
    last: str
    broken: int | None


def check_log(database: Database) -> LogCheck:
    """Check every line of the log against its seal."""
    with database.read() as uow:
        lines = list(uow.registry.events())
    return LogCheck(
        lines=len(lines),
        last=lines[-1][1] if lines else FIRST,
        broken=first_broken(lines),
    )


def newest_events(database: Database, number: int) -> list[dict[str, object]]:
    """Return the newest lines, oldest of them first."""
    with database.read() as uow:
        lines = list(uow.registry.events())
    return [asdict(event) | {"seal": seal} for event, seal in lines[-number:]]
