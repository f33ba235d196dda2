"""Runs ``case-audit import`` and says how much memory it took.

Run: ``python -m benchmarks.parts.whole_import WORKBOOK DATABASE``. The last line
printed has a nought, for rows are not counted here, and the most memory taken.
"""

from __future__ import annotations

import sys

from benchmarks.parts.peak import peak
from case_audit.cli.main import run


def main() -> None:
    """Import the workbook."""
    workbook, database = sys.argv[1:]
    code = run(["import", workbook, "--db", database, "--quiet"])
    print(0, peak())
    sys.exit(code)


if __name__ == "__main__":
    main()
