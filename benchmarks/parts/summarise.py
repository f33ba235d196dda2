"""Makes the summary of the newest round of a database, and says its memory."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.parts.peak import peak

STATUS = Path("/proc/self/status")


def peak_since_start() -> str:
    """Return the most memory that this program took, in MiB.

    On Linux ``getrusage`` counts what the process that started this one took too.
    """
    if not STATUS.is_file():
        return peak()
    lines = dict(
        line.split(":", 1) for line in STATUS.read_text().splitlines() if ":" in line
    )
    return f"{int(lines['VmHWM'].split()[0]) / 1024:.0f}"


def main() -> None:
    """Print the most memory that was taken, in MiB."""
    from case_audit.reports.summary_text import summary_text
    from case_audit.services.database import Database
    from case_audit.services.selfassessment import summarise

    database = Database(sys.argv[1])
    summary_text(summarise(database))
    database.close()
    print(peak_since_start())


if __name__ == "__main__":
    main()
