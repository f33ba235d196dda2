"""Writes answers as CSV or JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from case_audit.exchange.csv_cells import guarded
from case_audit.security.text_gate import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CSV: Final = "csv"
JSON_LINES: Final = "jsonl"


def answers_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV in UTF-8, cells guarded against being taken for formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(row[column]) for column in columns])
    return text.getvalue().encode()


def answers_json_lines(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> bytes:
    """Return rows as one JSON object a line, in UTF-8."""
    return "".join(
        escaped(json.dumps({c: row[c] for c in columns}, ensure_ascii=False)) + "\n"
        for row in rows
    ).encode()
