"""The tables of the Standard Safeguarding Dataset, joined by child."""

from __future__ import annotations

from collections import defaultdict
from sys import intern
from typing import TYPE_CHECKING, Final, NamedTuple

from case_audit.exchange.annex_a.cells import Flaw, Outcome
from case_audit.exchange.returns.files import ChildFile
from case_audit.exchange.returns.notes import Cells, Notes
from case_audit.exchange.returns.readers import coded, read_return_date
from case_audit.exchange.returns.ssd_set import CHILD, KEYED, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from case_audit.exchange.returns.tables import Row

    Spans = dict[str, list[tuple[str, str]]]
    OnTable = Callable[[str, int], None]

FAR: Final = "9999-12-31"
"""A day after all others: for what has not ended."""

_ORPHAN: Final = Flaw(
    "a child who is not in ssd_person",
    "kept; sex, ethnicity and date of birth are not known",
    serious=False,
)
_AGAIN: Final = Flaw(
    "the same child a second time", "the first row is used", serious=False
)


class Involvement(NamedTuple):
    """Who worked with a child, from when to when."""

    start: str
    end: str
    allocated: bool
    worker: str
    team: str


class Tables:
    """The tables that are there, opened one after the other.

    Args:
        files: By name of the table.
        notes: Where problems go.
        day: The day at which children are looked at, ISO; empty if unknown.
        on_table: Called with a table's name and its rows once it was read.
    """

    def __init__(
        self,
        files: Mapping[str, Path],
        notes: Notes,
        *,
        day: str,
        on_table: OnTable | None = None,
    ) -> None:
        self.notes = notes
        self.day = day
        self._digests: dict[str, str] = {}
        self._told: set[str] = set()
        self._files = files
        self._on_table = on_table
        self._people: dict[str, tuple[str, str, str, str]] = {}
        self._disabled: dict[str, bool] = {}
        self.teams: dict[str, str] = {}
        self.workers: dict[str, str] = {}
        self.involved: dict[str, list[Involvement]] = defaultdict(list)

    def has(self, table: str) -> bool:
        """Say whether a table is there."""
        return table in self._files

    def opened(self, table: str, *, silent: bool = False) -> ChildFile | None:
        """Open a table, or return ``None`` if it is not there.

        Args:
            table: Its name.
            silent: Whether its problems are told by another reading of it.
        """
        if table not in self._files:
            return None
        by_child = table in CHILD
        notes = Notes(each=0) if silent else self.notes
        file = ChildFile(
            self._files[table],
            notes,
            child=CHILD[table] if by_child else KEYED[table],
            known=self._people if self._asks(table) else None,
            orphan=_ORPHAN,
            watched=by_child,
        )
        self._digests[file.name] = file.table.sha256
        return file

    def _asks(self, table: str) -> bool:
        """Say whether a table's children are to be found among the people."""
        return self.has("ssd_person") and table in CHILD and table != "ssd_person"

    def rows(
        self, table: str, *, silent: bool = False
    ) -> Iterator[tuple[str, Row, ChildFile]]:
        """Give the rows of a table, each with its child; none if it is not there.

        Problems are told the first time; those of tables whose rows become
        records are told when that happens.
        """
        silent = silent or table in ROWS or table in self._told
        file = self.opened(table, silent=silent)
        if file is None:
            return
        if not silent:
            self._told.add(table)
        for unit, row in file.rows():
            yield unit, row, file
        if not silent:
            self.tell(table, file.read)

    def tell(self, table: str, rows: int) -> None:
        """Say that a table was read."""
        if self._on_table:
            self._on_table(table, rows)

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """Name and digest of every file that was read."""
        return tuple(sorted(self._digests.items()))

    def days(self, table: str, column: str) -> dict[str, list[str]]:
        """Return one date of each row of a table, by child."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit, row, file in self.rows(table):
            if day := file.day(row, column):
                found[unit].append(day)
        return found

    def spans(self, table: str, start: str, *ends: str) -> Spans:
        """Return from when to when each row of a table was, by child.

        Args:
            table: Its name.
            start: The column with the first day.
            ends: Columns with the last day; the first one that is there.
        """
        found: Spans = defaultdict(list)
        for unit, row, file in self.rows(table):
            end = next(filter(file.has, ends), "")
            found[unit].append((file.day(row, start), file.day(row, end)))
        return found

    def read_people(self) -> None:
        """Read who the children are, and who works with them."""
        for unit, row, file in self.rows("ssd_person"):
            if unit in self._people:
                file.place.tell(_AGAIN, row=row.number, column="pers_person_id")
                continue
            self._people[unit] = self._person(row, file)
        for unit, row, file in self.rows("ssd_disability"):
            code = file.text(row, "disa_disability_code").upper()
            known = self._disabled.get(unit, False)
            self._disabled[unit] = known or code not in {"", "NONE"}
        for unit, row, file in self.rows("ssd_department"):
            self.teams[unit] = file.text(row, "dept_team_name") or unit
        for unit, row, file in self.rows("ssd_professionals"):
            self.workers[unit] = file.text(row, "prof_staff_id") or unit
        for unit, row, file in self.rows("ssd_involvements"):
            self.involved[unit].append(self._involvement(row, file))

    def _person(self, row: Row, file: ChildFile) -> tuple[str, str, str, str]:
        sex = "pers_sex" if file.text(row, "pers_sex") else "pers_gender"
        cells = {
            "pers_dob": read_return_date,
            "pers_expected_dob": read_return_date,
            sex: coded("gender"),
            "pers_ethnicity": coded("ethnicity"),
        }
        for column, read in cells.items():
            file.cell(row, column, read)
        born, expected, gender, ethnicity = (
            intern(file.text(row, column)) for column in cells
        )
        return born, expected, gender, ethnicity

    def _involvement(self, row: Row, file: ChildFile) -> Involvement:
        role = file.text(row, "invo_professional_role_id").lower()
        return Involvement(
            start=file.day(row, "invo_involvement_start_date"),
            end=file.day(row, "invo_involvement_end_date") or FAR,
            allocated="allocated" in role or "social worker" in role,
            worker=intern(file.text(row, "invo_professional_id")),
            team=intern(file.text(row, "invo_professional_team")),
        )

    def child(self, unit: str, *, disability: bool = True) -> Cells:
        """Return what is known of a child whatever the list.

        Args:
            unit: The child.
            disability: Whether the list has a column for it.
        """
        cells = Cells()
        if disability and self.has("ssd_disability"):
            some = "yes" if self._disabled.get(unit) else "no"
            cells.derive("disability", some)
        if unit not in self._people:
            return cells
        born, expected, gender, ethnicity = self._people[unit]
        remembering = self.notes.remembering
        for key, text, read in (
            ("gender", gender, coded("gender")),
            ("ethnicity", ethnicity, coded("ethnicity")),
            ("date_of_birth", born or expected, read_return_date),
        ):
            if text:
                cells.put(key, remembering(read)(text))
        if not born and expected:
            due = cells.values.get("date_of_birth")
            cells.derive("unborn", "yes")
            if isinstance(due, str) and self.day and due <= self.day:
                # Due, but no birth is recorded: no age follows from it.
                del cells.values["date_of_birth"]
        return cells

    def staff(self, cells: Cells, *, team: str, worker: str) -> None:
        """Add the team and worker of a row, by their identifiers."""
        if team:
            cells.put("team", Outcome(self.teams.get(team, team), team))
        if worker:
            cells.put("worker", Outcome(self.workers.get(worker, worker), worker))

    def involved_staff(self, cells: Cells, unit: str, *, start: str, end: str) -> None:
        """Add who worked with a child last between two days, allocated ones first."""
        found = [
            one
            for one in self.involved.get(unit, ())
            if one.start <= (end or FAR)
            and one.end > start
            and (not self.day or one.start <= self.day)
        ]
        if found:
            best = max(found, key=lambda one: (one.end, one.allocated, one.start))
            self.staff(cells, team=best.team, worker=best.worker)
