"""Everything that can go wrong in a way the user can act on."""

from case_audit.errors.app import (
    NoTerminalError,
)
from case_audit.errors.audit import (
    ChangedMeanwhileError,
    NoRoundsError,
    NotReadyError,
    NotYoursError,
    UnknownCaseError,
)
from case_audit.errors.base import CaseAuditError, ExitCode
from case_audit.errors.estimates import (
    NothingAppliesError,
    StratumNotAuditedError,
)
from case_audit.errors.exchange import (
    CaseFilesError,
    FileError,
    FolderNotEmptyError,
    GradesFileError,
    MissingIdColumnError,
    MixedFilesError,
    NoListsError,
    NotAWorkbookError,
    SettingsError,
    UnusableExtrasError,
    UnusableWorkbookError,
    WorkbookReaderError,
)
from case_audit.errors.frame import (
    FrameFileError,
    UnknownFrameError,
    UnknownStratumError,
)
from case_audit.errors.rubric import (
    ExpressionError,
    NoOverallError,
    NoRubricError,
    RubricError,
    UnknownExampleError,
    UnknownRubricError,
    WrongCohortError,
)
from case_audit.errors.sample import (
    ExclusionsError,
    ManifestError,
    RoundExistsError,
    SampleTooLargeError,
    SampleTooSmallError,
    SeedError,
    UnknownRoundError,
    UnknownUnitError,
    UnknownUnitsError,
)
from case_audit.errors.store import (
    DatabaseError,
    ForeignDatabaseError,
    MixedDataError,
    NewerDatabaseError,
    NoDatabaseError,
    UnknownDatabaseKindError,
)

__all__ = [
    "CaseAuditError",
    "CaseFilesError",
    "ChangedMeanwhileError",
    "DatabaseError",
    "ExclusionsError",
    "ExitCode",
    "ExpressionError",
    "FileError",
    "FolderNotEmptyError",
    "ForeignDatabaseError",
    "FrameFileError",
    "GradesFileError",
    "ManifestError",
    "MissingIdColumnError",
    "MixedDataError",
    "MixedFilesError",
    "NewerDatabaseError",
    "NoDatabaseError",
    "NoListsError",
    "NoOverallError",
    "NoRoundsError",
    "NoRubricError",
    "NoTerminalError",
    "NotAWorkbookError",
    "NotReadyError",
    "NotYoursError",
    "NothingAppliesError",
    "RoundExistsError",
    "RubricError",
    "SampleTooLargeError",
    "SampleTooSmallError",
    "SeedError",
    "SettingsError",
    "StratumNotAuditedError",
    "UnknownCaseError",
    "UnknownDatabaseKindError",
    "UnknownExampleError",
    "UnknownFrameError",
    "UnknownRoundError",
    "UnknownRubricError",
    "UnknownStratumError",
    "UnknownUnitError",
    "UnknownUnitsError",
    "UnusableExtrasError",
    "UnusableWorkbookError",
    "WorkbookReaderError",
    "WrongCohortError",
]
