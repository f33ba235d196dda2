"""Small Annex A workbooks, real or invented, made on the spot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import xlsxwriter

from builders import AS_AT, a_case_file
from case_audit.exchange.annex_a.spec import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PLANS = 7
"""List 7: children on protection plans, the cohort ``cp``."""

A_PLAN = {
    "gender": "b) Female",
    "ethnicity": "a) WBRI",
    "date_of_birth": "04/05/2018",
    "plan_start": "01/12/2025",
    "initial_category": "a) Neglect",
    "latest_category": "a) Neglect",
    "team": "Ash Team",
    "worker": "Ada Quillmere",
}


def a_workbook(
    path: Path,
    children: Sequence[Mapping[str, str]],
    *,
    list_no: int = PLANS,
    synthetic: bool = False,
) -> Path:
    """Write one list; every cell is text, as the mapping by column key says."""
    book = xlsxwriter.Workbook(path)
    if synthetic:
        book.set_properties({"title": "FICTIONAL - SYNTHETIC DATA"})
    sheet = book.add_worksheet(f"List {list_no}")
    for place, column in enumerate(columns(list_no)):
        sheet.write_string(0, place, column.header)
        for row, child in enumerate(children, start=1):
            if child.get(column.key):
                sheet.write_string(row, place, child[column.key])
    book.close()
    return path


def on_plans(*units: str, **more: str) -> list[dict[str, str]]:
    """Children on protection plans, all alike but for their identifiers."""
    return [{"child_id": unit, **A_PLAN, **more} for unit in units]


def a_documents_file(path: Path, *units: str, synthetic: bool = False) -> Path:
    """Write children's documents, two for each."""
    lines: list[dict[str, object]] = [
        {
            "synthetic": synthetic,
            "generator": "1",
            "seed": "7",
            "as_at": AS_AT.isoformat(),
            "n": len(units),
        }
    ]
    for unit in units:
        documents = [
            {
                "ref": d.ref,
                "kind": d.kind,
                "date": d.date.isoformat(),
                "recorded_on": d.recorded_on.isoformat(),
                "author": d.author,
                "role": d.role,
                "title": d.title,
                "paragraphs": list(d.paragraphs),
            }
            for d in a_case_file(unit).documents
        ]
        lines.append(
            {
                "unit": unit,
                "cohort": "cp",
                "synthetic": synthetic,
                "documents": documents,
            }
        )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path
