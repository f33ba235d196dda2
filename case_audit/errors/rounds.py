"""What can go wrong around a draw: seeds, plans, replacements, rounds."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


class DiceError(CaseAuditError):
    """What witnesses are said to have seen is not dice."""

    exit_code = ExitCode.USAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"These are not dice: {reason}.",
            hint="Throw ten-sided dice until there are twenty digits. For a public "
            "beacon, name its round when you fix the draw: --fix --beacon "
            "drand:ROUND.",
        )


class WitnessesError(CaseAuditError):
    """Too few people saw the randomness being made."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, named: int, needed: int) -> None:
        super().__init__(
            f"{named} witness is named; {needed} are needed.",
            hint='Name both, for example --witnesses "A Head, B Clerk", or leave '
            "--witnesses out: then the seed is not called public.",
        )


class BeaconError(CaseAuditError):
    """A beacon or its value cannot be used."""

    exit_code = ExitCode.USAGE

    def __init__(self, reason: str, *, hint: str = "") -> None:
        super().__init__(
            f"Beacon: {reason}.",
            hint=hint
            or "Look the round and its randomness up where the beacon is "
            "published, and copy them.",
        )


class PartyError(CaseAuditError):
    """A half of a two-party seed is missing or not what was promised."""

    def __init__(self, reason: str, *, hint: str) -> None:
        super().__init__(f"{reason[0].upper()}{reason[1:]}.", hint=hint)


class SeedTimeError(CaseAuditError):
    """Randomness was made at the wrong time."""

    def __init__(self, *, made: str, fixed: str, after: bool) -> None:
        super().__init__(
            f"The randomness was made {made}, "
            + (f"before the draw was fixed {fixed}." if after else "which is not yet."),
            hint="Only randomness made after everything else was fixed shows that "
            "nobody chose the cases. Make it now, and give its time with --made-at "
            "if it was made earlier today.",
        )


class UnknownPlanError(CaseAuditError):
    """No draw of that name is fixed and waiting."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"No draw called {shown(name)!r} is fixed and waiting for its seed.",
            details=[f"Waiting: {', '.join(known) or 'none'}."],
            hint="Fix one first: case-audit draw --cohort C --size N --name NAME --fix",
        )


class PlanBrokenError(CaseAuditError):
    """What would be drawn is not what was fixed."""

    def __init__(self, name: str, *, keys: Sequence[str]) -> None:
        super().__init__(
            f"{shown(name)!r} cannot be drawn as it was fixed.",
            details=[
                f"No longer as fixed: {', '.join(keys)}.",
                "The frame, the plan or the rubric in the database was changed.",
            ],
            hint="Nothing was drawn. Find out who changed it (case-audit log show), "
            "then fix the draw anew under another name.",
        )


class RedrawError(CaseAuditError):
    """A list was drawn from before, and no reason is given for doing so again."""

    def __init__(self, *, number: int, earlier: Sequence[str]) -> None:
        super().__init__(
            f"This would be draw {number} from the same list.",
            details=[f"Drawn before: {', '.join(earlier)}."],
            hint="Say why, for the record: --reason TEXT. It is printed with the "
            "number on the certificate.",
        )


class UnknownReasonError(CaseAuditError):
    """A case may not be replaced for that reason."""

    exit_code = ExitCode.USAGE

    def __init__(self, key: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{shown(key)!r} is no reason to replace a case.",
            details=known,
            hint="That a case is long, hard or awkward is none. Leave it in: a case "
            "that is not audited is counted as such.",
        )


class NotReplaceableError(CaseAuditError):
    """A case cannot be replaced, or a replacement not be undone."""

    def __init__(self, reason: str, *, hint: str) -> None:
        super().__init__(f"Nothing was changed: {reason}.", hint=hint)


class ClosedRoundError(CaseAuditError):
    """A round is closed."""

    def __init__(self, name: str, *, since: str) -> None:
        super().__init__(
            f"The round {shown(name)!r} is closed since {since}.",
            hint="Reopen it, with a reason: case-audit round reopen "
            f"{quote(shown(name))} --reason TEXT",
        )


class RoundStateError(CaseAuditError):
    """A round is already in the state that was asked for."""

    def __init__(self, name: str, *, state: str) -> None:
        super().__init__(
            f"The round {shown(name)!r} is {state}.", hint="Nothing was changed."
        )


class ReplacedCaseError(CaseAuditError):
    """A case was replaced and is not audited any more."""

    def __init__(self, *, number: int) -> None:
        super().__init__(
            f"Case {number} was replaced by a reserve and is not audited.",
            hint="Choose the reserve: case-audit round show ROUND lists it.",
        )


class RotationError(CaseAuditError):
    """The numbers of a seed have come round."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The numbers that {shown(name)!r} was drawn with have come round: cases "
            "of the first round would be met again.",
            hint="Begin a new series with a new seed, and leave audited cases out: "
            "--not-audited-within MONTHS.",
        )


class NotExtendableError(CaseAuditError):
    """A round cannot be extended."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The round cannot be extended: {reason}.",
            hint="Draw a round of its own instead.",
        )


class WrongRoundError(CaseAuditError):
    """An earlier round cannot be used for what was asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"That round cannot be used here: {reason}.",
            hint="`case-audit round list` shows the rounds with their cohorts.",
        )
