"""Writes an Annex A workbook with the same number of rows on each list.

Run: ``python -m benchmarks.parts.make_workbook WORKBOOK ROWS``. Every row is
different, every cell filled, and dates are dates: no easy case.
"""

from __future__ import annotations

import datetime as dt
import random
import sys

import xlsxwriter

from case_audit.exchange.annex_a.spec import LISTS, code_list, columns, written

FIRST_DAY = dt.date(2008, 1, 1)
DAYS = 6_000
DAY_ZERO = dt.date(1899, 12, 30)
TEAMS = 30


def main() -> None:
    """Write the workbook."""
    chance = random.Random(11)
    rows = int(sys.argv[2])
    book = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for spec in LISTS.values():
        sheet = book.add_worksheet(spec.sheet)
        known = columns(spec.number)
        cells = {
            c.key: [written(c.codes, code) for code in code_list(c.codes)]
            for c in known
            if c.codes
        }
        sheet.write_row(0, 0, [column.header for column in known])
        for row in range(1, rows + 1):
            for place, column in enumerate(known):
                if column.key == spec.id_key:
                    sheet.write_string(row, place, f"SYN-{row:07d}")
                elif column.codes:
                    sheet.write_string(row, place, chance.choice(cells[column.key]))
                elif column.type == "date":
                    day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
                    number = (day - DAY_ZERO).days
                    sheet.write_number(row, place, number, dates)
                elif column.type == "integer":
                    sheet.write_number(row, place, chance.randrange(18))
                else:
                    sheet.write_string(row, place, f"Team {chance.randrange(TEAMS)}")
    book.close()


if __name__ == "__main__":
    main()
