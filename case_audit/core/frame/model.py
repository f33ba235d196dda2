"""Records, problems and frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from case_audit.core.frame.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from case_audit.core.frame.definition import UnitKind

Value = str | int | None
"""A normalised cell: text, a code's id, an ISO date (``2026-03-31``), a whole
number, or nothing."""

ALL = "all"
"""The stratum of a frame that is not stratified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of one list, as it was read and as it was understood.

    Attributes:
        list_no: Number of the Annex A list, 1 to 11.
        row: Row in the sheet, counted as the spreadsheet shows it (header = 1).
        unit: The child's identifier (the adopter's on list 11), NFC text.
        values: Normalised values by column key.
        raw: The cells as read, by column key, as text; empty cells left out.
    """

    list_no: int
    row: int
    unit: str
    values: Mapping[str, Value]
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file that was not as it should be.

    Shown to the person who imports and to nobody else: ``value`` may hold a
    child's data and must never reach a log.

    Attributes:
        sheet: Name of the sheet, or of the file.
        row: Row in the sheet as the spreadsheet shows it; 0 for the whole sheet.
        column: Header of the column; empty for the whole row.
        value: The cell as it was read.
        what: What is wrong with it, as a phrase.
        done: What was done about it, as a phrase.
        serious: Whether a value or a row was left out because of it.
    """

    sheet: str
    row: int
    column: str
    value: str
    what: str
    done: str
    serious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameUnit:
    """One unit that can be drawn.

    Attributes:
        unit: The identifier, NFC text without tabs or line breaks.
        attributes: What the unit can be stratified by, and what the auditor is
            shown beside the criteria; values as text, by column key.
        child: Whose file and rows belong to the unit: the same identifier where
            the unit is a child, which is also what leaving it out means.
    """

    unit: str
    attributes: Mapping[str, str]
    child: str = ""

    def __post_init__(self) -> None:
        if not self.child:
            object.__setattr__(self, "child", self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Rows or units that an inclusion rule kept out of a frame.

    Attributes:
        rule: The rule in words, for example ``"plan ended"``.
        count: How many, at least 1.
    """

    rule: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A closed list of units, fixed before any sample is drawn.

    Attributes:
        cohort: What kind of unit, for example ``"cp"``.
        as_at: The date the list describes.
        units: Sorted by unit, no unit twice.
        excluded: Which rows of the cohort's list are not in the frame, and why.
        definition: What was asked for: unit, window, filter, precedence.
    """

    cohort: str
    as_at: date
    units: tuple[FrameUnit, ...]
    excluded: tuple[Excluded, ...] = field(default=())
    definition: Definition = field(default=Definition())

    @property
    def digest(self) -> str:
        """The frame's digest when it is not stratified."""
        return frame_digest((u.unit, ALL) for u in self.units)


def canonical_unit(text: str) -> str:
    """Return an identifier in the one form that is stored, hashed and compared.

    Args:
        text: The identifier as read.

    Returns:
        The text in Unicode normal form C, without white space at either end.

    Raises:
        ValueError: If nothing is left, or it holds a control character.
    """
    if text.isascii() and text.isprintable() and (plain := text.strip()):
        return plain
    unit = normalize("NFC", text).strip()
    if not unit or any(ord(c) < 32 or 127 <= ord(c) < 160 for c in unit):  # noqa: PLR2004
        msg = "an identifier is empty or holds a control character"
        raise ValueError(msg)
    return unit


def frame_digest(rows: Iterable[tuple[str, str]]) -> str:
    """Return the digest that fixes a frame.

    SHA-256 of the lines ``unit TAB stratum LF`` in UTF-8, sorted as bytes, so
    the order of the rows never matters. By hand:
    ``LC_ALL=C sort frame.tsv | sha256sum``.

    Args:
        rows: Unit and stratum of each unit.

    Returns:
        64 lower-case hexadecimal digits.
    """
    # Its library waits: no case that is shown needs it.
    from hashlib import sha256  # noqa: PLC0415

    lines = sorted(f"{unit}\t{stratum}\n".encode() for unit, stratum in rows)
    return sha256(b"".join(lines)).hexdigest()


class Beside(NamedTuple):
    """A file that an import read beside its lists.

    ``role`` is ``"mapping"`` or ``"extras"``.
    """

    role: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was imported.

    Attributes:
        kind: What was recognised, for example ``"annex_a"``.
        name: Name of the file, without its folder.
        sha256: Fixes its content, 64 lower-case hexadecimal digits.
        as_at: The date it describes, ISO.
        imported_utc: When it was imported, ISO time in UTC.
        imported_by: Who imported it.
        synthetic: Whether it is marked as invented data.
        beside: What else was read with it, and shaped what came of it.
    """

    kind: str
    name: str
    sha256: str
    as_at: str
    imported_utc: str
    imported_by: str
    synthetic: bool
    beside: tuple[Beside, ...] = ()

    @property
    def mapping(self) -> Beside | None:
        """The mapping file that its columns were read by, if it is a table."""
        return next((b for b in self.beside if b.role == "mapping"), None)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name and digest of the file, and of the mapping it was read by."""
        by = self.mapping
        return ((self.name, self.sha256), *([(by.name, by.sha256)] if by else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFrame:
    """A frame as it is kept, without its units.

    Attributes:
        id: Its number in the database.
        import_id: The import it was made from.
        cohort: What kind of unit.
        as_at: The date it describes, ISO.
        units: How many units.
        digest: Fixes the units (not stratified).
        excluded: Which rows are not in it, and why.
        source: The file it was made from.
        definition: What was asked for; `definition.unit` is the kind of unit.
    """

    id: int
    import_id: int
    cohort: str
    as_at: str
    units: int
    digest: str
    excluded: tuple[Excluded, ...]
    source: Source
    definition: Definition = field(default=Definition())

    @property
    def unit_kind(self) -> UnitKind:
        """Whether a unit is a child or an episode."""
        return self.definition.unit
