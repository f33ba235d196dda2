"""Refuses a workbook that cannot, or must not, be read, before it is read.

An .xlsx file is a zip of XML parts. The library that reads the cells is quick
but trusting: one stray cell in the last column of the last row makes it ask for
512 GiB of memory and takes the process down; two parts of the same name are
read as the last one, a missing part as no rows at all. So the parts are
unpacked once as a stream, never holding more than a few megabytes, and looked
at as bytes. What slips through here still meets the limits of the separate
process that does the reading.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from case_audit.errors import NotAWorkbookError, UnusableWorkbookError
from case_audit.exchange.annex_a.sheet_scan import SheetScan
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO, NoReturn

    from case_audit.exchange.annex_a.sheet_scan import SheetFacts

MIB: Final = 1 << 20
MAX_FILE: Final = 200 * MIB
"""The largest file that is looked at. 220,000 rows take 17 MiB."""
MAX_PARTS: Final = 2_000
MAX_UNPACKED: Final = 1_024 * MIB
"""All parts together, unpacked. 220,000 rows take 150 MiB."""
MAX_RATIO: Final = 250
"""How far one part may unpack; lists of records shrink 10 to 40 times."""
RATIO_FROM: Final = 4 * MIB
"""Smaller parts may unpack further: nothing is gained by it."""
MAX_NAMES: Final = 2 * MIB
"""The largest list of sheets, or document properties, that is parsed."""

_CHUNK: Final = 256 * 1024
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_REQUIRED: Final = ("[Content_Types].xml", "xl/workbook.xml")
_SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PROPERTIES: Final = "docProps/core.xml"
_MARK: Final = re.compile(r"\b(?:FICTIONAL|SYNTHETIC)\b", re.IGNORECASE)
_SAVE_AS: Final = "Open it in a spreadsheet program and save it as an .xlsx workbook."
_EXPORT_AGAIN: Final = "Export or save the workbook again, and import that file."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedWorkbook:
    """What the check learnt on the way.

    Attributes:
        marked_synthetic: Whether the document's title or subject says that the
            data are fictional or synthetic.
        sheets: By name of the sheet, what is in it that a reader of the cells
            cannot see.
    """

    marked_synthetic: bool
    sheets: Mapping[str, SheetFacts]


def check_workbook(file: BinaryIO) -> CheckedWorkbook:
    """Look a workbook over without reading its cells.

    Args:
        file: The file, open for reading and seekable.

    Raises:
        NotAWorkbookError: If it is something else, damaged or encrypted.
        UnusableWorkbookError: If it is a workbook, but unpacks to too much,
            holds cells far outside of any list, a document type, two parts of
            one name, or parts outside of its own folders.
    """
    _check_kind(file)
    try:
        with zipfile.ZipFile(file) as parts:
            _check_directory(parts)
            names = _sheet_names(parts)
            facts = {
                names.get(info.filename.lower(), info.filename): _scan(
                    parts, info, names.get(info.filename.lower(), info.filename)
                )
                for info in parts.infolist()
                if info.filename.lower().endswith((".xml", ".rels"))
            }
            return CheckedWorkbook(
                marked_synthetic=_marked(parts),
                sheets={name: fact for name, fact in facts.items() if fact},
            )
    except _DAMAGE as error:
        reason = "it is damaged or cut short"
        raise NotAWorkbookError(reason, hint=_EXPORT_AGAIN) from error


def _check_kind(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not size:
        reason, hint = "the file is empty", _EXPORT_AGAIN
    elif size > MAX_FILE:
        reason, hint = f"it is larger than {MAX_FILE // MIB} MiB", _EXPORT_AGAIN
    elif start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        reason = "it is protected with a password, or an old .xls file"
        hint = "Open it, take the password off, and save it as an .xlsx workbook."
    elif not start.startswith(b"PK"):
        reason = "its contents are of another kind, perhaps a CSV or web page renamed"
        hint = _SAVE_AS
    else:
        return
    raise NotAWorkbookError(reason, hint=hint)


def _check_directory(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    names = [info.filename for info in infos]
    if "xl/workbook.bin" in names or "mimetype" in names:
        reason = "it is a binary or OpenDocument workbook"
        raise NotAWorkbookError(reason, hint=_SAVE_AS)
    missing = [name for name in _REQUIRED if name not in names]
    if missing or not any(map(_SHEETS.fullmatch, names)):
        reason = f"it lacks the part {(missing or ['xl/worksheets/sheet1.xml'])[0]}"
        raise NotAWorkbookError(reason, hint=_EXPORT_AGAIN)
    _check_entries(infos)


def _check_entries(infos: Sequence[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(infos) > MAX_PARTS:
        _refuse(f"it has more than {MAX_PARTS} parts", "the whole file")
    if len({name.lower().lstrip("/") for name in names}) < len(names):
        _refuse("two of its parts have the same name", "the zip directory")
    if any(".." in name or name.startswith("/") for name in names):
        _refuse("a part lies outside of the workbook", "the zip directory")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        _refuse(f"it unpacks to more than {MAX_UNPACKED // MIB} MiB", "the whole file")
    for info in infos:
        if info.flag_bits & 1 or info.compress_type not in _PACKINGS:
            reason = "its parts are encrypted, or packed in an unusual way"
            raise NotAWorkbookError(reason, hint=_SAVE_AS)
        if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
            where = one_line(info.filename)[:80]
            _refuse(f"a part unpacks to more than {MAX_RATIO} times its size", where)


def _refuse(what: str, where: str) -> NoReturn:
    raise UnusableWorkbookError(what, where=where, hint=_EXPORT_AGAIN)


def _chunks(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(info) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _scan(
    parts: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str
) -> SheetFacts | None:
    """Unpack one part to its end, which also proves its checksum."""
    where = one_line(shown)[:80]
    scan = SheetScan(where) if _SHEETS.fullmatch(info.filename) else None
    for number, chunk in enumerate(_chunks(parts, info)):
        if number == 0 and b"\0" in chunk[:200]:
            _refuse("a part is not written in UTF-8", where)
        # A document type stands before the first element or nowhere.
        if number == 0 and b"<!DOCTYPE" in chunk:
            _refuse("a part has a document type of its own", where)
        if scan is not None:
            scan.feed(chunk)
    return None if scan is None else scan.finish()


def _small(parts: zipfile.ZipFile, name: str) -> ET.Element | None:
    """Parse a small part; ``None`` if it is absent, large or not well formed."""
    try:
        info = parts.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MAX_NAMES:
        return None
    text = parts.read(info)
    if b"<!" in text:
        return None
    try:
        return ET.fromstring(text)  # noqa: S314 - nothing that declares entities
    except ET.ParseError:
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_names(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheets' names by the lower-case names of their parts."""
    targets: dict[str, str] = {}
    relations = _small(parts, "xl/_rels/workbook.xml.rels")
    for relation in () if relations is None else relations:
        target = relation.get("Target", "").lower()
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[relation.get("Id", "")] = path
    names: dict[str, str] = {}
    workbook = _small(parts, "xl/workbook.xml")
    for element in () if workbook is None else workbook.iter():
        if _local(element.tag) == "sheet":
            for key, value in element.attrib.items():
                if _local(key) == "id" and value in targets:
                    names[targets[value]] = element.get("name", "")
    return names


def _marked(parts: zipfile.ZipFile) -> bool:
    properties = _small(parts, _PROPERTIES)
    return properties is not None and any(
        _local(element.tag) in {"title", "subject"} and _MARK.search(element.text or "")
        for element in properties
    )
