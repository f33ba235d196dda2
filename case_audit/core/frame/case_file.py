"""Case files: the dated documents an auditor reads for one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One dated record in a case file.

    Attributes:
        ref: What evidence points to, unique within the file: a short name of
            the kind and the date, for example ``VIS-2026-03-12``.
        kind: What sort of record, for example ``visit`` or ``supervision``;
            lower-case words joined by underscores.
        date: When it happened.
        recorded_on: When it was written up; never before ``date``.
        author: Who wrote it, as the file names them.
        role: The author's role in plain words.
        title: The heading, without the date.
        paragraphs: The text, one paragraph an entry, without line breaks; at
            least one. Evidence counts them as lines from 1.
    """

    ref: str
    kind: str
    date: dt.date
    recorded_on: dt.date
    author: str
    role: str
    title: str
    paragraphs: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.ref or not self.paragraphs or self.recorded_on < self.date:
            msg = "a document needs a ref, text, and recorded_on >= date"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The documents of one unit.

    Attributes:
        unit: The identifier, as in the frame.
        cohort: The cohort the file was put together for, for example ``cp``.
        documents: In order of date; no ref twice.
    """

    unit: str
    cohort: str
    documents: tuple[Document, ...]

    def __post_init__(self) -> None:
        if len({d.ref for d in self.documents}) != len(self.documents):
            msg = "two documents of a case file have the same ref"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A strength or weakness that an invented case file shows on purpose.

    Kept apart from the file itself, so that whoever reads the file cannot see
    it. Only what was really written down is ever recorded.

    Attributes:
        unit: The identifier of the file.
        feature: Code of the strength or weakness, for example ``A-HISTORY``.
        ref: Reference of the document that shows it.
        line: Paragraph that shows it, counted from 1.
    """

    unit: str
    feature: str
    ref: str
    line: int
