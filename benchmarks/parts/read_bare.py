"""The floor of an import: every row of every sheet, read and forgotten.

Run: ``python -m benchmarks.parts.read_bare WORKBOOK``. Prints the rows and the
most memory taken.
"""

from __future__ import annotations

import sys

from python_calamine import CalamineWorkbook

from benchmarks.parts.peak import peak


def main() -> None:
    """Read the workbook."""
    workbook = CalamineWorkbook.from_path(sys.argv[1])
    rows = 0
    for name in workbook.sheet_names:
        for _ in workbook.get_sheet_by_name(name).iter_rows():
            rows += 1
    print(rows, peak())


if __name__ == "__main__":
    main()
