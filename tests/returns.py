"""Small invented returns, made on the spot, and what comes of reading one."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from case_audit.exchange.returns import cin_census, ssda903

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from case_audit.core.frame.model import Record
    from case_audit.exchange.reading import Reading, RecordSource

    Rows = Sequence[Mapping[str, object]]

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>"
)
MARK = "<!-- SYNTHETIC DATA - every child here is invented -->"
IDENTIFIERS = "<UPN>A123456789123</UPN><PersonBirthDate>2018-05-04</PersonBirthDate>"
ASSESSMENT = (
    "<Assessments><AssessmentActualStartDate>2026-01-16</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2026-02-20</AssessmentAuthorisationDate>"
    "<FactorsIdentifiedAtAssessment><AssessmentFactors>3A</AssessmentFactors>"
    "<AssessmentFactors>15A</AssessmentFactors></FactorsIdentifiedAtAssessment>"
    "</Assessments>"
)
ENQUIRY = (
    "<Section47><S47ActualStartDate>2026-02-02</S47ActualStartDate>"
    "<InitialCPCtarget>2026-02-20</InitialCPCtarget>"
    "<DateOfInitialCPC>2026-02-18</DateOfInitialCPC>"
    "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
)
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>2026-02-18</CPPstartDate>"
    "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
    "<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
    "<NumberOfPreviousCPP>1</NumberOfPreviousCPP>"
    "<Reviews><CPPreviewDate>2026-03-10</CPPreviewDate></Reviews>"
    "<Reviews><CPPreviewDate>2026-04-10</CPPreviewDate></Reviews>"
    "</ChildProtectionPlans>"
)
CIN_PLAN = (
    "<CINPlanDates><CINPlanStartDate>2026-01-20</CINPlanStartDate></CINPlanDates>"
)


HEAD = {
    "CHILD": "SYN-1",
    "SEX": "2",
    "DOB": "04/05/2012",
    "ETHNIC": "MWBC",
    "UPN": "A1",
}
FIRST = {
    "CHILD": "SYN-1",
    "DECOM": "10/06/2025",
    "RNE": "S",
    "LS": "V2",
    "CIN": "N1",
    "PLACE": "U6",
    "PLACE_PROVIDER": "PR1",
    "DEC": "01/10/2025",
    "REC": "X1",
    "HOME_POST": "ZZ1 1ZZ",
    "PL_POST": "ZZ2 2ZZ",
    "URN": "SC040001",
}
SECOND = FIRST | {
    "DECOM": "01/10/2025",
    "RNE": "L",
    "LS": "C1",
    "DEC": "20/01/2026",
}
THIRD = SECOND | {
    "DECOM": "20/01/2026",
    "RNE": "P",
    "PLACE": "K2",
    "PLACE_PROVIDER": "PR4",
    "DEC": "",
    "REC": "",
}


def child(
    unit: str = "SYN-1",
    *details: str,
    identifiers: str = IDENTIFIERS + "<Sex>F</Sex>",
    characteristics: str = "<Ethnicity>WBRI</Ethnicity>",
) -> str:
    """Return the XML of one child with these episodes."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{unit}</LAchildID>{identifiers}"
        f"</ChildIdentifiers><ChildCharacteristics>{characteristics}"
        f"</ChildCharacteristics>{''.join(details)}</Child>"
    )


def details(*parts: str, date: str = "2026-01-15", nfa: str = "0") -> str:
    """Return the XML of one episode that began with a referral."""
    return (
        f"<CINdetails><CINreferralDate>{date}</CINreferralDate>"
        "<ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>"
        f"{''.join(parts)}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>"
    )


def message(*children: str, header: str = HEADER) -> str:
    """Return the XML of a whole return."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Message>{header}<Children>{''.join(children)}</Children></Message>\n"
    )


def written(path: Path, text: str | bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tables(folder: Path, files: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """Write CSV files into a folder, each from its rows, and return the folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def read(source: RecordSource) -> tuple[dict[int, list[Record]], Reading]:
    """Read a source to its end; return its records by list, and how it went."""
    records: dict[int, list[Record]] = {}
    with source:
        for record in source:
            records.setdefault(record.list_no, []).append(record)
        return records, source.reading()


def told(reading: Reading) -> dict[tuple[str, str, str], int]:
    """Return the counts of problems by place, column and what is wrong."""
    return {(c.sheet, c.column, c.what): c.count for c in reading.problem_counts}


def census(
    tmp_path: Path, text: str | bytes, *, as_at: date | None = None
) -> tuple[dict[int, list[Record]], Reading]:
    """Write a census return and read it."""
    return read(
        cin_census.open_source(written(tmp_path / "cin.xml", text), as_at=as_at)
    )


def returned(
    tmp_path: Path, files: Mapping[str, Rows], *, as_at: date | None = date(2026, 3, 31)
) -> tuple[dict[int, list[Record]], Reading]:
    """Write files of SSDA903 into a folder and read them."""
    folder = tables(tmp_path / "set", {f"{k}.csv": v for k, v in files.items()})
    return read(ssda903.open_source(folder, as_at=as_at))


def one(records: dict[int, list[Record]], list_no: int) -> Mapping[str, object]:
    """Return the values of the one record of a list."""
    [found] = records[list_no]
    return found.values
