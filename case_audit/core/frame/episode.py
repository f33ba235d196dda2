"""Names episodes: the units of frames that hold referrals, not children."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.model import FrameUnit, Record, Value


class Episode(NamedTuple):
    """What tells the episodes of one child apart, in their order.

    Attributes:
        day: The date that names it, ISO.
        dates: The dates by which rows are ordered.
        content: Digest of what the row says, for two of one day.
    """

    day: str
    dates: tuple[str, ...]
    content: bytes


def dates_of(cohort: Cohort, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the dates that say which of a child's rows is the latest."""
    return tuple(str(values.get(key) or "") for key in cohort.latest_by)


def episode_of(cohort: Cohort, values: Mapping[str, Value]) -> Episode | None:
    """Return what a row is called by, ``None`` if its date is not known."""
    day = values.get(cohort.episode)
    if not isinstance(day, str):
        return None
    said = {key: value for key, value in values.items() if value is not None}
    content = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return Episode(
        day=day,
        dates=dates_of(cohort, values),
        content=sha256(content.encode(errors="surrogatepass")).digest()[:8],
    )


def episode_units(child: str, episodes: Iterable[Episode]) -> dict[Episode, str]:
    """Return the unit of each episode of a child.

    The child's identifier, ``@`` and the date: ``100234@2026-02-03``. The second
    and further ones of a day end in ``#2``, ``#3``, in the order of their other
    dates and then of what they say, so that the order of rows never matters.
    No two episodes have one name, whatever the identifiers are: a name ends in
    the date, and what stands before it is the child.

    Args:
        child: The child's identifier.
        episodes: All of the child's on the list.
    """
    times: Counter[str] = Counter()
    units = {}
    for episode in sorted(set(episodes)):
        times[episode.day] += 1
        number = times[episode.day]
        more = f"#{number}" if number > 1 else ""
        units[episode] = f"{child}@{episode.day}{more}"
    return units


def row_of(cohort: Cohort, unit: FrameUnit, records: Iterable[Record]) -> Record | None:
    """Return the row of the list that a unit stands for.

    Args:
        cohort: The unit's cohort.
        unit: The unit.
        records: The rows of its child, on whichever lists.

    Returns:
        ``None`` if no row is like it, as in a frame made by hand.
    """
    rows = [record for record in records if record.list_no == cohort.list_no]
    if unit.unit != unit.child:
        found = {
            episode: record
            for record in rows
            if (episode := episode_of(cohort, record.values)) is not None
        }
        units = episode_units(unit.child, found)
        return next((found[e] for e, name in units.items() if name == unit.unit), None)
    keys = dict.fromkeys((*cohort.latest_by, cohort.ends))
    like = [
        record
        for record in rows
        if all(
            unit.attributes.get(key, "") == str(record.values.get(key) or "")
            for key in keys
            if key and any(a.key == key for a in cohort.attributes)
        )
    ]
    return max(like, key=lambda record: record.row, default=None)
