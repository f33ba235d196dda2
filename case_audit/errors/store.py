"""What can go wrong with a database."""

from __future__ import annotations

from case_audit.errors.base import CaseAuditError


class DatabaseError(CaseAuditError):
    """The database cannot be opened or written."""

    def __init__(self, where: str, *, reason: str) -> None:
        super().__init__(
            f"The database {where} cannot be used: {reason}.",
            hint="Check the path or address, and that you may write there; "
            "--db or CASE_AUDIT_DB chooses another.",
        )


class ForeignDatabaseError(CaseAuditError):
    """The database holds tables of something else."""

    def __init__(self, tables: int) -> None:
        super().__init__(
            "This database belongs to another program.",
            details=[f"It holds {tables} tables, none of them case-audit's."],
            hint="Choose an empty one, or a new file: --db PATH.",
        )


class NewerDatabaseError(CaseAuditError):
    """A newer version of the program wrote the database."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"A newer version of case-audit wrote this database (schema {version}).",
            details=["Nothing was read or changed."],
            hint="Install the newer version here as well.",
        )


class MixedDataError(CaseAuditError):
    """Invented and real data would be mixed."""

    def __init__(self, *, database: str) -> None:
        incoming = "real" if database == "practice" else "invented practice"
        super().__init__(
            f"This is a {database} database; {incoming} data cannot go into it.",
            details=["Nothing was imported. The two kinds are never mixed."],
            hint="Choose another database: --db PATH.",
        )


class NoDatabaseError(CaseAuditError):
    """There is no database where one is to be read.

    Args:
        where: Its path.
        practice: Where practice data is instead; empty if none was looked for.
    """

    def __init__(self, where: str, *, practice: str = "") -> None:
        super().__init__(
            f"There is no database at {where}.",
            details=[f"The practice data is in another: --db {practice}"]
            if practice
            else [],
            hint="Check --db or CASE_AUDIT_DB. A new one begins with "
            "`case-audit import PATH --as-at DATE`, or with `case-audit demo`.",
        )


class UnknownDatabaseKindError(CaseAuditError):
    """The address names a kind of database that is not supported."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} names no database that can be used.",
            details=["Known: a path of a file, or postgresql+psycopg://HOST/NAME."],
            hint="Choose one of them: --db PATH",
        )
