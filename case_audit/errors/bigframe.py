"""What can go wrong with a frame that is drawn from outside the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class EngineMissingError(CaseAuditError):
    """The library that reads large frames is not installed."""

    def __init__(self, *, engine: str, extra: str) -> None:
        super().__init__(
            f"Drawing from files needs {engine}, which is not installed.",
            hint=f"Install it with: pip install 'case-audit[{extra}]'",
        )


class JavaMissingError(CaseAuditError):
    """Spark has no Java to run on."""

    def __init__(self) -> None:
        super().__init__(
            "Spark did not start: it needs a Java runtime, 17 or newer.",
            hint="Install one (Debian: openjdk-17-jre-headless) or set JAVA_HOME; or "
            "leave --engine out to use DuckDB, which needs no Java.",
        )


class NoFrameFilesError(CaseAuditError):
    """No file answers to the name or pattern of a frame."""

    exit_code = ExitCode.USAGE

    def __init__(self, place: str) -> None:
        super().__init__(
            f"There is no Parquet or CSV file at {shown(place)}.",
            hint="Give a file, a folder, or a pattern in quotation marks such as "
            "'frame/*.parquet'.",
        )


class MixedFrameFilesError(CaseAuditError):
    """A frame is to be read from Parquet and CSV at once."""

    def __init__(self, endings: Sequence[str]) -> None:
        super().__init__(
            f"The files of one frame are of several kinds: {', '.join(endings)}.",
            hint="Give a pattern for one kind, such as 'frame/*.parquet'.",
        )


class FrameAddressError(CaseAuditError):
    """A frame is to be read from the network, and cannot be."""

    def __init__(self, place: str, *, engine: str) -> None:
        super().__init__(
            f"The frame at {shown(place)} cannot be read from the network.",
            details=[
                "DuckDB reads addresses by its extension httpfs, which this program "
                "never fetches by itself."
                if engine == "duckdb"
                else "Spark reads the addresses its own file systems are set up for."
            ],
            hint="Fetch the files first and give their folder; or, where the network "
            "may be used, install the extension once: "
            "python -c \"import duckdb; duckdb.sql('INSTALL httpfs')\"",
        )


class FrameColumnError(CaseAuditError):
    """The files of a frame have no such column."""

    exit_code = ExitCode.USAGE

    def __init__(self, column: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"The frame has no column {shown(column)}.",
            details=[f"It has: {', '.join(shown(name) for name in known)}."],
            hint="Name columns as the files do, letter for letter.",
        )


class FrameColumnKindError(CaseAuditError):
    """A column is of a kind that is written in several ways as text."""

    def __init__(self, column: str, *, kind: str) -> None:
        super().__init__(
            f"The column {shown(column)} is of the kind {shown(kind)}, which is not "
            "written the same everywhere.",
            hint="Use columns of text, whole numbers, dates or true and false; turn "
            "others into text in the files.",
        )


class FrameIdentifiersError(CaseAuditError):
    """Identifiers of a frame are empty, broken or not unique."""

    def __init__(self, *, unusable: int, repeated: int) -> None:
        super().__init__(
            "The frame cannot be drawn from: its identifiers are not one for each "
            "case.",
            details=[
                *([f"Empty or with control characters: {unusable}"] * bool(unusable)),
                *([f"Given again to a further row: {repeated}"] * bool(repeated)),
            ],
            hint="Every row needs an identifier of its own. White space at its ends and "
            "the way accents are written make no difference.",
        )
        self.unusable = unusable
        self.repeated = repeated


class FrameFilesError(CaseAuditError):
    """The files of a frame cannot be read."""

    def __init__(self, place: str, *, reason: str) -> None:
        super().__init__(
            f"The frame at {shown(place)} cannot be read: {reason}.",
            hint="Check that every file is whole and of the same form, and that the "
            "disk of --temp has room.",
        )


class FrameNeedsDatabaseError(CaseAuditError):
    """A design needs the whole frame at hand."""

    exit_code = ExitCode.USAGE

    def __init__(self, design: str) -> None:
        super().__init__(
            f"A {shown(design)} draw cannot be made from files: it needs every case "
            "at hand.",
            hint="Import the lists and draw with --cohort; from files draw a simple or "
            "a stratified sample.",
        )
