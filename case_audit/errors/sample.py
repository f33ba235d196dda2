"""What can go wrong when a sample is drawn or checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors.base import CaseAuditError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LISTED = 12
"""Names that a message lists."""


class SampleTooLargeError(CaseAuditError):
    """More cases were asked for than the frame holds."""

    def __init__(
        self,
        *,
        asked: int,
        available: int,
        excluded: Sequence[str] = (),
        cap: str = "",
    ) -> None:
        why = f"at most {cap} leaves" if cap else "the frame holds"
        other = (
            "let each group give more: --at-most"
            if cap
            else "see who was left out: case-audit frame show COHORT"
        )
        super().__init__(
            f"Cannot draw {asked} cases: {why} {available}.",
            details=excluded,
            hint=f"Ask for {available} or fewer, or {other}",
        )
        self.asked = asked
        self.available = available


class SampleTooSmallError(CaseAuditError):
    """The strata's minimums need a larger sample."""

    def __init__(self, *, asked: int, needed: int, strata: int, minimum: int) -> None:
        super().__init__(
            f"Cannot draw {asked} cases from {strata} strata with at least "
            f"{minimum} from each.",
            details=[f"The smallest such sample has {needed} cases."],
            hint=f"Ask for {needed} or more, stratify by fewer attributes, or lower "
            "--minimum (below 2 a stratum gives no measure of its own spread).",
        )
        self.needed = needed


class DesignError(CaseAuditError):
    """Parts of a design do not go together, or one of them is not possible."""

    exit_code = ExitCode.USAGE

    def __init__(self, problem: str, *, hint: str, details: Sequence[str] = ()) -> None:
        super().__init__(problem, details=[*details, "Nothing was drawn."], hint=hint)


class TooManyCertainError(CaseAuditError):
    """The cases that must be included leave nothing for the others."""

    def __init__(self, *, asked: int, certain: int) -> None:
        super().__init__(
            f"{certain} cases must be included, so {asked} cases in all leave no "
            "chance for the others.",
            details=["The size counts the cases that must be included."],
            hint=f"Ask for more than {certain}, or narrow the condition of --certain.",
        )
        self.certain = certain


class QuotaError(CaseAuditError):
    """Quotas do not fit the strata or the size."""

    exit_code = ExitCode.USAGE

    def __init__(
        self, stratum: str, *, quota: int, population: int, fewest: int
    ) -> None:
        super().__init__(
            f"A quota of {quota} is not possible for the stratum {stratum!r}.",
            details=[
                (
                    f"It has {population} cases; at least {fewest} and at most "
                    f"{population} can be drawn from it."
                )
            ],
            hint="Change the quota, or lower --minimum.",
        )


class QuotaTotalError(CaseAuditError):
    """Every stratum has a quota, and together they are not the size."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, asked: int, quotas: int) -> None:
        super().__init__(
            f"The quotas are {quotas} cases in all, not {asked}.",
            details=["Every stratum has a quota, so none is left to take the rest."],
            hint="Leave --size out, or leave a stratum without a quota.",
        )


class QuotaRestError(CaseAuditError):
    """The strata without a quota have fewer cases than are left to draw."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, asked: int, most: int) -> None:
        super().__init__(
            f"With these quotas {most} cases can be drawn, not {asked}.",
            details=["The strata without a quota have too few cases for the rest."],
            hint="Raise a quota, or ask for fewer cases.",
        )


class UnknownStrataError(CaseAuditError):
    """A stratum was named that the frame does not have."""

    exit_code = ExitCode.USAGE

    def __init__(self, names: Sequence[str], *, known: Sequence[str]) -> None:
        shown = ", ".join(known[:MOST_LISTED])
        more = f" and {len(known) - MOST_LISTED} more" if known[MOST_LISTED:] else ""
        super().__init__(
            f"There is no stratum {', '.join(map(repr, names))}.",
            details=[f"Strata here: {shown}{more}. Nothing was drawn."],
            hint="Write the name as it stands in the frame, in quotation marks: "
            '--quota "Team A=5".',
        )


class UnknownAttributeError(CaseAuditError):
    """A design speaks of an attribute that no unit of the frame has."""

    exit_code = ExitCode.USAGE

    def __init__(self, name: str, *, option: str, known: Sequence[str]) -> None:
        super().__init__(
            f"No case of the frame has {name!r} ({option}).",
            details=[f"Known: {', '.join(known)}.", "Nothing was drawn."],
            hint="`case-audit frame show COHORT` shows what is known of the cases.",
        )


class ReservedStratumError(CaseAuditError):
    """A stratum of the frame has the name that certain cases get."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a stratum called {name!r} already.",
            details=["The cases of --certain get that name. Nothing was drawn."],
            hint="Stratify by something else, or leave --certain out.",
        )


class MeasureError(CaseAuditError):
    """Units have no size, so their chance could not be proportional to it."""

    def __init__(self, measure: str, *, faults: Mapping[str, int]) -> None:
        counts = ", ".join(f"{n} {what}" for what, n in faults.items() if n)
        attribute = measure.partition("+")[0]
        super().__init__(
            f"The measure {measure!r} is no number above 0 for every case: {counts}.",
            details=["A case of size 0 could never be drawn. Nothing was drawn."],
            hint=f'Leave them out, counted: --only "{attribute} >= 1"; or give every '
            f"case one more: --measure {attribute}+1.",
        )


class TooManyClustersError(CaseAuditError):
    """More clusters were asked for than the frame has."""

    def __init__(self, *, asked: int, available: int) -> None:
        super().__init__(
            f"Cannot draw {asked} clusters: the frame has {available}.",
            hint=f"Ask for {available} or fewer: --clusters {available}.",
        )


class ManifestError(CaseAuditError):
    """A file is not the manifest of a draw."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"This is not a manifest that can be checked: {problem}.",
            hint="Use the file that `case-audit draw --out` wrote, unchanged.",
        )


class SeedError(CaseAuditError):
    """Randomness is too short to be a seed."""

    exit_code = ExitCode.USAGE

    def __init__(self, *, characters: int, needed: int) -> None:
        super().__init__(
            f"The seed has {characters} characters; at least {needed} are needed."
            if characters
            else "The seed is empty.",
            hint="Throw ten-sided dice before two witnesses until there are twenty "
            "digits, or leave --seed out and use the computer's own randomness.",
        )


class ExclusionsError(CaseAuditError):
    """The list of cases to leave out is not as it should be."""

    def __init__(self, file: str, *, line: int, problem: str) -> None:
        super().__init__(
            f"{file}, line {line}: {problem}.",
            details=["Nothing was drawn."],
            hint="The file needs a header `unit,reason` and one case a line.",
        )


class UnknownUnitsError(CaseAuditError):
    """Units named in a file are not in the frame."""

    def __init__(self, file: str, *, lines: Sequence[int], frame: str) -> None:
        shown = ", ".join(str(line) for line in lines[:10])
        more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""  # noqa: PLR2004
        super().__init__(
            f"{file} names cases that are not in the frame {frame!r}.",
            details=[f"Lines {shown}{more}. Nothing was drawn."],
            hint="Correct the identifiers, or take the lines out.",
        )


class UnknownUnitError(CaseAuditError):
    """A unit is not in the frame that was drawn from."""

    def __init__(self) -> None:
        super().__init__(
            "That unit is not in the frame this sample was drawn from.",
            details=["It could not have been drawn."],
            hint="Check the identifier, leading zeros included; "
            "`case-audit frame show COHORT` says which cases are left out and why.",
        )


class RoundExistsError(CaseAuditError):
    """A round of that name was drawn before."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a round called {name!r} already.",
            details=["A sample that was drawn is never drawn over."],
            hint="Give this one another name: --name NAME.",
        )


class UnknownRoundError(CaseAuditError):
    """There is no round of that name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no round called {name!r}." if name else "There is no round yet.",
            details=[f"Rounds here: {', '.join(known) or 'none yet'}."],
            hint="`case-audit round list` shows them; `case-audit draw` makes one.",
        )


class NumbersDamagedError(CaseAuditError):
    """Stored random numbers are not those of their units."""

    def __init__(self) -> None:
        super().__init__(
            "The stored random numbers of this frame are not those that its units "
            "give.",
            hint="Somebody or something changed the database past the program. "
            "Delete them with `case-audit frame number COHORT --forget`, check the "
            "log with `case-audit log verify`, and draw again.",
        )
