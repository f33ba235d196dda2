"""The floor of goal G7: fastexcel reads every sheet into columns.

Run: ``python -m benchmarks.parts.read_fastexcel WORKBOOK``. Prints the rows and the
most memory taken.
"""

from __future__ import annotations

import sys

import fastexcel

from benchmarks.parts.peak import peak


def main() -> None:
    """Read the workbook."""
    workbook = fastexcel.read_excel(sys.argv[1])
    rows = sum(workbook.load_sheet(name).height for name in workbook.sheet_names)
    print(rows, peak())


if __name__ == "__main__":
    main()
