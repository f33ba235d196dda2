"""Makes the summary of the newest round of a database, and says its memory."""

from __future__ import annotations

import sys

from benchmarks.parts.peak import peak


def main() -> None:
    """Print the most memory that was taken, in MiB."""
    from case_audit.reports.summary_text import summary_text
    from case_audit.services.database import Database
    from case_audit.services.selfassessment import summarise

    database = Database(sys.argv[1])
    summary_text(summarise(database))
    database.close()
    print(peak())


if __name__ == "__main__":
    main()
