"""Reads a workbook as the import does, and forgets every record.

Run: ``python -m benchmarks.parts.read_ours WORKBOOK``. Prints the records and
the most memory taken.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.parts.peak import peak
from case_audit.exchange.annex_a.read import WorkbookStream


def main() -> None:
    """Read the workbook."""
    with WorkbookStream(Path(sys.argv[1])) as stream:
        records = sum(1 for _ in stream)
    print(records, peak(), peak(of_children=True))


if __name__ == "__main__":
    main()
