"""What one page about a draw has to hold, from its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.claim import claim
from case_audit.core.sample.replacement import REASONS, account, standing

if TYPE_CHECKING:
    from case_audit.core.sample.claim import Claim
    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.replacement import Account

EVEN = frozenset({"simple", "stratified", "systematic"})
"""Designs in which every unit of a stratum has the same chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedStratum:
    """One line of the table of strata.

    Attributes:
        name: Its name.
        population: Units in it, N_h.
        drawn: Units drawn, n_h.
        probability: The chance of each unit; ``None`` where they differ.
    """

    name: str
    population: int
    drawn: int
    probability: Fraction | None

    @property
    def weight(self) -> Fraction | None:
        """How many units each drawn one stands for."""
        return 1 / self.probability if self.probability else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A draw, certified.

    Attributes:
        manifest: The record it is made from.
        manifest_sha256: SHA-256 of the record as `round show --manifest` prints it.
        purpose: ``"random"`` or ``"targeted"``.
        kind: ``"live"`` or ``"practice"``.
        rubric: Title and version of what the cases are graded with.
        rubric_digest: Fixes its text.
        draws: How often the same list was drawn from.
        not_drawn: Draws that were fixed on the same list and not made.
        closed_utc: When the round was closed; empty while it is open.
    """

    manifest: Manifest
    manifest_sha256: str
    purpose: str
    kind: str
    rubric: str
    rubric_digest: str
    draws: int
    not_drawn: int
    closed_utc: str

    @property
    def plain(self) -> dict[str, Any]:
        """The manifest's values."""
        return self.manifest.plain

    @property
    def name(self) -> str:
        """The round."""
        return str(self.plain["round_label"])

    @property
    def claim(self) -> Claim:
        """What the record supports."""
        return claim(self.plain)

    @property
    def account(self) -> Account:
        """What became of the cases."""
        return account(self.plain)

    @property
    def strata(self) -> tuple[CertifiedStratum, ...]:
        """The table of strata."""
        even = self.plain["design"]["kind"] in EVEN
        return tuple(
            CertifiedStratum(
                name=s["name"],
                population=s["population"],
                drawn=s["drawn"],
                probability=Fraction(s["drawn"], s["population"])
                if even and s["drawn"]
                else None,
            )
            for s in self.plain["strata"]
        )

    @property
    def excluded(self) -> dict[str, int]:
        """Units left out before the draw, by rule."""
        return {e["rule"]: e["count"] for e in self.plain["exclusions"]}

    @property
    def replaced(self) -> dict[str, int]:
        """Cases replaced, by reason in words."""
        counts = self.account.replaced
        return {f"because {r.label}": counts[r.key] for r in REASONS if r.key in counts}

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """The units to be audited, each with its stratum."""
        return tuple(standing(self.plain).items())
