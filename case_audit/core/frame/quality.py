"""Looks for what is missing, impossible, double or too small in a frame.

Everything is counted while rows stream by. Where a finding is, is kept only when
asked for: it names children.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.frame.attributes import age_on, months_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.model import FrameUnit, Record, Value

Kind = Literal["missing", "impossible", "duplicate", "small", "accounts"]

ADVICE: Final[dict[Kind, str]] = {
    "missing": "Ask who keeps the list to fill it in and import again. Until then "
    "such units stand in the stratum 'not recorded', and signs of risk that need the "
    "entry are not known.",
    "impossible": "Correct these rows where the list comes from, and import again: "
    "whether a case is open, and how old a child is, may hang on them.",
    "duplicate": "Find out whether it is one child. If so, correct the identifier "
    "where the list comes from and import again; else the child can be drawn twice.",
    "small": "Take fewer or wider strata, or group values: from a stratum of one unit "
    "no interval can be given.",
    "accounts": "Nobody may be lost between the list and the frame. Import again, and "
    "tell whoever looks after the program.",
}
"""What to do about each kind of finding."""

STRATA_LOOKED_AT: Final = 200
"""Values of an attribute up to which its strata are looked at."""
FEWEST: Final = 2
"""Units from which an interval can be given for a stratum."""
_PREGNANCY: Final = 10
"""Months before birth from which a child may be known."""
_FIRST_LIST_OF_THE_BORN: Final = 8
_GROWN_UP: Final = 18
_LEAVERS: Final = 9
_LEAVER_AGES: Final = (16, 25)
_SPANS: Final = (
    ("assessment_start", "assessment_end"),
    ("assessment_start", "assessment_authorised"),
    ("strategy_date", "icpc_date"),
    ("cin_start", "cin_end"),
    ("plan_start", "plan_end"),
    ("care_start", "care_end"),
    ("care_start", "placement_start"),
    ("stage1_start", "stage1_end"),
    ("stage2_start", "stage2_end"),
    ("adoption_decision", "placement_order"),
    ("matching", "adoption_order"),
)
"""Dates of which the second is never before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column of the list, as far as it matters here.

    Attributes:
        key: Its key in a row's values.
        header: As the list writes it.
        type: ``"string"``, ``"date"`` or ``"integer"``.
        required: Whether Annex A wants every row to have it.
        coded: Whether its cells are codes of a list.
    """

    key: str
    header: str
    type: str
    required: bool
    coded: bool


@dataclass(slots=True, kw_only=True)
class Finding:
    """Something to look at.

    Attributes:
        kind: What sort of thing.
        what: It in words, without a child's data.
        count: How many.
        of: Out of how many; 0 where that says nothing.
        places: Units, or rows of the list, where they were asked for.
    """

    kind: Kind
    what: str
    count: int = 0
    of: int = 0
    places: list[str] = field(default_factory=list)


class Findings:
    """Counts findings by what they say.

    Args:
        places: Whether to keep where they are.
    """

    def __init__(self, *, places: bool) -> None:
        self._places = places
        self._found: dict[tuple[Kind, str], Finding] = {}

    def add(self, kind: Kind, what: str, place: str, *, of: int = 0) -> None:
        """Count one."""
        finding = self._found.setdefault(
            (kind, what), Finding(kind=kind, what=what, of=of)
        )
        finding.count += 1
        if self._places:
            finding.places.append(place)

    def all(self, *, of: Mapping[Kind, int]) -> list[Finding]:
        """Return what was found: by kind, the most frequent first."""
        order = list(ADVICE)
        for finding in self._found.values():
            finding.of = finding.of or of.get(finding.kind, 0)
        return sorted(
            self._found.values(),
            key=lambda f: (order.index(f.kind), -f.count, f.what),
        )


class ListCheck:
    """Looks at the rows of a cohort's list, one at a time.

    Args:
        cohort: The cohort.
        columns: The columns of its list.
        as_at: The date the list describes.
        found: Where to count.
    """

    def __init__(
        self,
        cohort: Cohort,
        columns: Iterable[ColumnSpec],
        *,
        as_at: date,
        found: Findings,
    ) -> None:
        self._cohort = cohort
        self._columns = list(columns)
        self._headers = {column.key: column.header for column in self._columns}
        self._as_at = as_at
        self._found = found
        self.rows = 0

    def add(self, record: Record) -> None:
        """Look at one row."""
        self.rows += 1
        place = f"list {record.list_no}, row {record.row}"
        for kind, what in (
            *self._cells(record),
            *self._dates(record.values),
            *self._ages(record.values),
        ):
            self._found.add(kind, what, place)

    def _cells(self, record: Record) -> Iterable[tuple[Kind, str]]:
        for column in self._columns:
            if record.values.get(column.key) is not None:
                continue
            if record.raw.get(column.key, "").strip():
                what = "is not a known code" if column.coded else "is not a date"
                if column.type == "integer":
                    what = "is not a whole number"
                if column.coded or column.type != "string":
                    yield "impossible", f"{column.header}: {what}"
            elif column.required:
                yield "missing", f"{column.header}: no entry, though Annex A wants one"

    def _dates(self, values: Mapping[str, Value]) -> Iterable[tuple[Kind, str]]:
        born = _day(values.get("date_of_birth"))
        for column in self._columns:
            if column.type != "date" or column.key == "date_of_birth":
                continue
            day = _day(values.get(column.key))
            if day is None:
                continue
            if day > self._as_at:
                yield "impossible", f"{column.header}: after the date of the list"
            if born is not None and self._before(born, day):
                yield "impossible", f"{column.header}: before the child's birth"
        for start, end in _SPANS:
            one, other = _day(values.get(start)), _day(values.get(end))
            if one is not None and other is not None and other < one:
                first, second = self._headers[start], self._headers[end]
                yield "impossible", f"{second}: before {first}"

    def _before(self, born: date, day: date) -> bool:
        """Whether a day is too early for a child who may be known before birth."""
        if self._cohort.list_no >= _FIRST_LIST_OF_THE_BORN:
            return day < born
        return day < born and months_between(day, born) >= _PREGNANCY

    def _ages(self, values: Mapping[str, Value]) -> Iterable[tuple[Kind, str]]:
        end = _day(values.get(self._cohort.ends)) or _day(
            values.get(self._cohort.episode)
        )
        on = min(end, self._as_at) if end else self._as_at
        age = age_on(values, as_at=on)
        if age is None:
            return
        if self._cohort.list_no == _LEAVERS:
            if not _LEAVER_AGES[0] <= age <= _LEAVER_AGES[1]:
                yield "impossible", "Age: not 16 to 25, as care leavers are"
        elif age >= _GROWN_UP and values.get("date_of_birth") is not None:
            yield "impossible", "Age: 18 or older, though the list is of children"


def _day(value: Value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


class UnitCheck:
    """Looks at the units of a frame, one at a time.

    Args:
        cohort: The cohort.
        columns: The columns of its list.
        found: Where to count.
    """

    def __init__(
        self, cohort: Cohort, columns: Iterable[ColumnSpec], *, found: Findings
    ) -> None:
        dated = {column.key for column in columns if not column.required}
        self._looked_at = [
            a
            for a in cohort.attributes
            if a.fact and a.derived not in {"filled", "entered"} and a.source
            if a.source not in dated or a.stratum
            if a.key not in {"unborn", "age"}
        ]
        strata = dict.fromkeys((*cohort.default_strata, *cohort.useful_strata))
        self._strata: dict[str, Counter[str]] = {key: Counter() for key in strata}
        self._labels = {a.key: a.label for a in cohort.attributes}
        self._flags = cohort.flags
        self._found = found
        self.units = 0
        self.signs: dict[str, Counter[str]] = {
            flag.key: Counter() for flag in cohort.flags
        }

    def add(self, unit: FrameUnit) -> None:
        """Look at one unit."""
        self.units += 1
        for attribute in self._looked_at:
            if attribute.key not in unit.attributes:
                what = f"{attribute.label}: not known of units of the frame"
                self._found.add("missing", what, unit.unit)
        for key, counts in self._strata.items():
            if len(counts) <= STRATA_LOOKED_AT:
                counts[unit.attributes.get(key, "not recorded")] += 1
        for flag in self._flags:
            self.signs[flag.key][unit.attributes.get(flag.key, "not known")] += 1

    def finish(self) -> None:
        """Count the strata that are too small."""
        for key, counts in self._strata.items():
            label = self._labels[key]
            if len(counts) > STRATA_LOOKED_AT:
                what = (
                    f"{label}: more than {STRATA_LOOKED_AT} values, too many to draw by"
                )
                self._found.add("small", what, key)
                continue
            for value, count in sorted(counts.items()):
                if count < FEWEST:
                    what = f"{label}: strata of a single unit"
                    self._found.add("small", what, value, of=len(counts))
