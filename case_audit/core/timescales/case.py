"""The rows of one child on every list, and reading dates from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from case_audit.core.frame.attributes import age_on
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.timescales.days import in_words
from case_audit.core.timescales.limits import Limits
from case_audit.core.timescales.model import Dated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.frame.model import Record, Value
    from case_audit.core.timescales.days import WorkingDays


class CannotTellError(Exception):
    """A finding cannot be computed.

    Attributes:
        reason: Why, as the end of a sentence.
        missing: Headers of the columns that would be needed.
    """

    def __init__(self, reason: str, *missing: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.missing = missing


class DoesNotApplyError(Exception):
    """A timescale has nothing to say of this case.

    Attributes:
        reason: Why, as a sentence.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def skip(reason: str) -> NoReturn:
    """Say that a timescale has nothing to say of this case.

    Args:
        reason: Why, as a sentence.

    Raises:
        DoesNotApplyError: Always.
    """
    raise DoesNotApplyError(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumns:
    """What a list has, whoever the child is.

    Attributes:
        title: What the list is about.
        headers: Annex A's headers by column key.
        required: Keys of the columns that every row must have.
        dates: Keys of the columns that hold dates.
        filled: Keys of the columns with at least one entry; none if the list
            was not imported.
    """

    title: str
    headers: Mapping[str, str]
    required: frozenset[str]
    dates: frozenset[str]
    filled: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDates:
    """Everything a timescale may look at.

    Attributes:
        as_at: The date the lists describe; nothing after it has happened yet.
        records: The rows of the child on all lists, in the order of the sheets.
        lists: What each list has, by number, for all eleven.
        extras: The child's values from the extra file; dates are ISO.
        extra_columns: Columns of the extra file with at least one entry.
        days: The working days.
        limits: The limits in force.
        about: The row that the case is about, where it is known: of a list with
            several rows of the child, the others are beside it.
    """

    as_at: date
    records: tuple[Record, ...]
    lists: Mapping[int, ListColumns]
    days: WorkingDays
    extras: Mapping[str, str] = field(default_factory=dict)
    extra_columns: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    about: Record | None = None

    def rows(self, list_no: int) -> list[Record]:
        """Return the child's rows on one list."""
        return [record for record in self.records if record.list_no == list_no]


_OPEN: Final = [c for c in COHORTS if c.window is None or not c.window.always]
"""The cohorts of open cases and of events, one a list."""
_LATEST_BY: Final = {cohort.list_no: cohort.latest_by for cohort in _OPEN}
_BEGINS: Final = {cohort.list_no: cohort.begins for cohort in _OPEN}
_ENDS: Final = {
    cohort.list_no: exclusion.key
    for cohort in _OPEN
    for exclusion in cohort.excluded
    if not exclusion.values
}


def chosen(case: CaseDates, list_no: int) -> Record | None:
    """Return the row of a list that a case is about.

    The one a frame would take: of the rows that are open the latest, and if
    none is open the latest of all. Rows that begin after the date of the lists
    do not count.

    Args:
        case: The case.
        list_no: The list.
    """
    if case.about is not None and case.about.list_no == list_no:
        return case.about
    today = case.as_at.isoformat()

    def rank(record: Record) -> tuple[bool, tuple[str, ...]]:
        end = record.values.get(_ENDS.get(list_no, ""))
        is_open = not (isinstance(end, str) and end <= today)
        keys = _LATEST_BY[list_no]
        return is_open, tuple(str(record.values.get(key) or "") for key in keys)

    def begun(record: Record) -> bool:
        return str(record.values.get(_BEGINS.get(list_no, "")) or "") <= today

    rows = [record for record in case.rows(list_no) if begun(record)]
    return max(reversed(rows), key=rank, default=None)


class Reading:
    """Reads one case for one timescale, and remembers which dates it used.

    Args:
        case: The case.
    """

    def __init__(self, case: CaseDates) -> None:
        self.case = case
        self.used: list[Dated] = []

    def row(self, list_no: int) -> Row:
        """Return the row of a list that the case is about.

        Raises:
            CannotTellError: If the list was not imported.
            DoesNotApplyError: If the child is not on it.
        """
        columns = self.case.lists[list_no]
        found = chosen(self.case, list_no)
        if found is not None:
            return Row(self, found)
        name = f"list {list_no} ({columns.title})"
        if not columns.filled:
            reason = f"{name} was not imported"
            raise CannotTellError(reason, name)
        skip(f"Not on {name}.")

    def maybe_row(self, list_no: int) -> Row | None:
        """Return the row of a list that the case is about, if there is one."""
        found = chosen(self.case, list_no)
        return None if found is None else Row(self, found)

    def added(self, key: str) -> str:
        """Return a text of the extra file; empty where it has none for the child.

        Raises:
            CannotTellError: If the extra file has no such column.
        """
        if key in self.case.extras:
            return self.case.extras[key]
        if key not in self.case.extra_columns:
            reason = f"the extra column {key} is missing"
            raise CannotTellError(reason, key)
        return ""

    def added_day(self, key: str) -> date | None:
        """Return a date of the extra file; ``None`` where it has none.

        Raises:
            CannotTellError: If the extra file has no such column, or the date
                is after that of the lists.
        """
        text = self.added(key)
        return self.use(key, date.fromisoformat(text)) if text else None

    def has_added(self, key: str) -> bool:
        """Whether the extra file has such a column with an entry for anyone."""
        return key in self.case.extras or key in self.case.extra_columns

    def use(self, label: str, day: date) -> date:
        """Remember a date as used.

        Raises:
            CannotTellError: If it is after the date of the lists.
        """
        dated = Dated(label=label, day=day)
        if dated not in self.used:
            self.used.append(dated)
        if day > self.case.as_at:
            reason = (
                f'the date in "{label}", {in_words(day)}, is after the date of the '
                f"lists, {in_words(self.case.as_at)}"
            )
            raise CannotTellError(reason)
        return day


class Row:
    """One row of a list, read for one timescale.

    Args:
        reading: Remembers the dates.
        record: The row.
    """

    def __init__(self, reading: Reading, record: Record) -> None:
        self._reading = reading
        self._record = record
        self._columns = reading.case.lists[record.list_no]

    def header(self, key: str) -> str:
        """Return the header of a column."""
        return self._columns.headers[key]

    def value(self, key: str) -> Value:
        """Return a value; ``None`` where the cell is empty.

        Raises:
            CannotTellError: If the list has no such column, or nobody has an
                entry in it, or this child's entry was not understood.
        """
        value = self._record.values.get(key)
        if value is not None:
            return value
        place = f'"{self.header(key)}" of list {self._record.list_no}'
        if key in self._record.raw:
            reason = f"the entry in column {place} was not understood"
            raise CannotTellError(reason)
        if key not in self._columns.filled:
            reason = f"column {place} is missing or empty for every child"
            raise CannotTellError(reason, self.header(key))
        return None

    def text(self, key: str) -> str:
        """Return a value as text; empty where the cell is empty."""
        value = self.value(key)
        return "" if value is None else str(value)

    def known(self, key: str) -> str:
        """Return a value as text if there is one, whether or not it is needed."""
        value = self._record.values.get(key)
        return "" if value is None else str(value)

    def number(self, key: str) -> int:
        """Return a count.

        Raises:
            CannotTellError: If there is none.
        """
        value = self.value(key)
        if not isinstance(value, int):
            reason = f'"{self.header(key)}" is empty for this child'
            raise CannotTellError(reason)
        return value

    def day(self, key: str) -> date | None:
        """Return a date; ``None`` where the cell is empty.

        Raises:
            CannotTellError: If it cannot be known, or is after that of the lists.
        """
        text = self.text(key)
        if not text:
            return None
        return self._reading.use(self.header(key), date.fromisoformat(text))

    def start(self, key: str) -> date:
        """Return a date from which something is counted.

        Raises:
            CannotTellError: If there is none, or as in `day`.
        """
        day = self.day(key)
        if day is None:
            reason = f'"{self.header(key)}" is empty for this child'
            raise CannotTellError(reason)
        return day

    def end(self, key: str) -> date | None:
        """Return the date something ended, ``None`` if it has not ended yet.

        A column without any entry means that nothing has ended.
        """
        value = self._record.values.get(key)
        if not isinstance(value, str):
            return None
        day = date.fromisoformat(value)
        if day > self._reading.case.as_at:
            return None
        return self._reading.use(self.header(key), day)

    def born(self) -> date | None:
        """Return the date of birth, if it is known; it may be expected."""
        value = self._record.values.get("date_of_birth")
        return date.fromisoformat(value) if isinstance(value, str) else None

    def age(self) -> int | None:
        """Return the age in whole years, -1 if not yet born, ``None`` if unknown."""
        return age_on(self._record.values, as_at=self._reading.case.as_at)
