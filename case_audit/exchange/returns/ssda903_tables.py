"""Reads the files of a children looked after return, child by child."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from case_audit.exchange.annex_a.cells import Flaw, Outcome
from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.returns.care import Episode
from case_audit.exchange.returns.files import ChildFile
from case_audit.exchange.returns.notes import Cells
from case_audit.exchange.returns.readers import coded, read_return_date, reader_of
from case_audit.exchange.returns.ssda903_set import CHILD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from case_audit.exchange.returns.notes import Notes
    from case_audit.exchange.returns.tables import Row

EPISODE: Final = {
    "LS": "legal_status",
    "CIN": "need",
    "PLACE": "placement_type",
    "PLACE_PROVIDER": "placement_provider",
    "URN": "placement_urn",
    "PL_LOCATION": "placement_location",
    "PL_LA": "placement_la",
}
"""By column, the key that an episode's cell has on list 8. Postcodes are not read."""
LEAVER: Final = {"IN_TOUCH": "in_touch", "ACTIV": "activity"}

MOST_ROWS: Final = 500_000
"""Rows of one file. All of England has 300,000 episodes in a year."""
NO_START: Final = "no date on which the episode began"

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{0,3}")
_ACCOMMODATION: Final = re.compile(r"([A-Z0])([12])?", re.IGNORECASE)
_SUITABLE: Final = {"1": "suitable", "2": "unsuitable"}
_IN_YEAR: Final = {"0": "no", "1": "yes"}

_ORPHAN: Final = Flaw(
    "a child who is not in the header file",
    "kept; what only the header tells is not known",
    serious=False,
)
_AGAIN: Final = Flaw(
    "the same child a second time", "the first row is used", serious=False
)
_OTHER_BIRTH: Final = Flaw(
    "a date of birth that differs from the header's", "the header's is used"
)
_NO_START: Final = Flaw(NO_START, "the row was left out")
NO_ROW: Final = Flaw(
    "a child of the header file of whom no other file tells",
    "the child is on no list",
)
_NOT_A_REASON: Final = Flaw("not a code", "the cell was left out")
_NO_ACCOMMODATION: Final = Flaw(
    "not one of the values of this column", "the cell was left out"
)


class File(ChildFile):
    """One file of the return.

    Args:
        path: The file.
        notes: Where problems go.
        own: What the header file tells of each child; ``None`` without one.
        heads: Whether this is the header file itself.
    """

    def __init__(
        self,
        path: Path,
        notes: Notes,
        own: Mapping[str, Cells] | None,
        *,
        heads: bool = False,
    ) -> None:
        super().__init__(
            path,
            notes,
            child=CHILD,
            known=own,
            orphan=_ORPHAN,
            most_rows=MOST_ROWS,
        )
        self._own = {} if own is None else own
        self._heads = heads
        self.births: dict[str, Cells] = {}
        """Dates of birth of children whom the header does not have."""

    def _meet(self, unit: str, row: Row) -> None:
        super()._meet(unit, row)
        if self._heads:
            return
        known = self._own.get(unit)
        if known is None:
            if unit not in self.births and self.has("DOB"):
                cells = self.births[unit] = Cells()
                cells.put("date_of_birth", self.date(row, "DOB"))
            return
        text = self.text(row, "DOB")
        birth = read_return_date(text).value if text else None
        if birth and birth != known.values.get("date_of_birth", birth):
            header = self.table.header("dob")
            self.place.tell(_OTHER_BIRTH, row=row.number, column=header, value=text)

    def reason(self, row: Row, column: str) -> str:
        """Read a code that is kept nowhere: why an episode began or ended."""
        text = self.text(row, column).upper()
        if text and not _CODE.fullmatch(text):
            header = self.table.header(squash(column))
            self.place.tell(_NOT_A_REASON, row=row.number, column=header, value=text)
            return ""
        return text


def read_header(file: File) -> tuple[dict[str, Cells], dict[str, int]]:
    """Read what the header file tells of each child, and in which row."""
    found: dict[str, Cells] = {}
    rows: dict[str, int] = {}
    for unit, row in file.rows():
        if unit in found:
            file.place.tell(
                _AGAIN, row=row.number, column=file.table.header(squash(CHILD))
            )
            file.left_out[_AGAIN.what] += 1
            continue
        rows[unit] = row.number
        cells = found[unit] = Cells()
        cells.put("date_of_birth", file.date(row, "DOB"))
        cells.put("gender", file.cell(row, "SEX", coded("gender")))
        cells.put("ethnicity", file.cell(row, "ETHNIC", coded("ethnicity")))
    return found, rows


def read_episodes(file: File) -> dict[str, list[Episode]]:
    """Read the episodes of each child."""
    found: dict[str, list[Episode]] = defaultdict(list)
    for unit, row in file.rows():
        began = file.date(row, "DECOM")
        if began is None or not isinstance(began.value, str):
            file.place.tell(_NO_START, row=row.number, column="DECOM")
            file.left_out[NO_START] += 1
            continue
        cells = file.cells(row, EPISODE, 8)
        ended = file.date(row, "DEC")
        cells.put("care_start", began)
        cells.put("care_end", ended)
        cells.put("care_end_reason", file.cell(row, "REC", coded("reason_ceased")))
        code = cells.values.get("care_end_reason")
        found[unit].append(
            Episode(
                row=row.number,
                start=began.value,
                end=ended.value if ended and isinstance(ended.value, str) else "",
                why=file.reason(row, "RNE"),
                why_ended=str(code or file.text(row, "REC").upper()),
                cells=cells,
            )
        )
    return found


def read_days(file: File, column: str) -> dict[str, list[str]]:
    """Read one date of each row, by child; children without one are there too."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit, row in file.rows():
        day = file.day(row, column)
        days = found[unit]
        if day:
            days.append(day)
    return found


def read_missing(file: File) -> dict[str, list[tuple[str, str]]]:
    """Read when each child went missing (``M``) or was away (``A``)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit, row in file.rows():
        day, kind = file.day(row, "MIS_START"), file.reason(row, "MISSING")[:1]
        if day:
            found[unit].append((day, kind))
    return found


def read_workers(file: File) -> dict[str, list[tuple[str, str, Outcome]]]:
    """Read from when to when each child had which social worker."""
    found: dict[str, list[tuple[str, str, Outcome]]] = defaultdict(list)
    for unit, row in file.rows():
        worker = file.cell(row, "SW_ID", reader_of(8, "worker"))
        if worker is not None:
            start, end = file.day(row, "SW_DECOM"), file.day(row, "SW_DEC")
            found[unit].append((start, end, worker))
    return found


def read_health(file: File) -> dict[str, Cells]:
    """Read health assessments and dental checks: the date, or whether there was one."""
    found: dict[str, Cells] = {}
    for unit, row in file.rows():
        cells = found.setdefault(unit, Cells())
        for column, key, in_year in (
            (
                "HEALTH_ASSESSMENT",
                "last_health_assessment",
                "x_health_assessment_in_year",
            ),
            ("TEETH_CHECK", "last_dental_check", "x_dental_check_in_year"),
        ):
            text = file.text(row, column)
            if text in _IN_YEAR:
                cells.put(in_year, Outcome(_IN_YEAR[text], text))
            else:
                cells.put(key, file.date(row, column))
    return found


def read_leaver(file: File, row: Row) -> Cells:
    """Read one row of the care leavers' file (OC3)."""
    cells = file.cells(row, LEAVER, 9)
    text = file.text(row, "ACCOM")
    match = _ACCOMMODATION.fullmatch(text)
    if match is None:
        outcome = file.cell(row, "ACCOM", coded("accommodation"))
        cells.put("accommodation", outcome)
        return cells
    where = coded("accommodation")(match[1]).value
    if where is None and match[1] != "0":
        header = file.table.header("accom")
        file.place.tell(_NO_ACCOMMODATION, row=row.number, column=header, value=text)
    cells.put("accommodation", Outcome(where, text))
    if where is not None and match[2]:
        cells.put("suitability", Outcome(_SUITABLE[match[2]], text))
    return cells
