"""What is being planned: one draw of any design, in words and as a command."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from shlex import quote
from typing import TYPE_CHECKING, Final, Literal, get_args

from case_audit.core.estimates.planning import Assumptions
from case_audit.core.frame.cohort import NUMBERS
from case_audit.core.frame.cohorts import cohort
from case_audit.core.sample.model import Design

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.model import Allocation, Kind
    from case_audit.services.frame_facts import Grouping

Field = Literal[
    "design",
    "size",
    "cohort",
    "order",
    "measure",
    "by",
    "clusters",
    "per_cluster",
    "targeted",
    "strata",
    "shared",
    "minimum",
    "inadequate",
    "expected",
    "hours",
    "auditors",
    "only",
    "certain",
    "cap",
    "most",
    "reserves",
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
"""All lines of plans, in the order they stand."""
TEXTS: Final[tuple[Field, ...]] = ("targeted", "only", "certain")
"""Lines that hold a condition, which is typed."""

OF_ONE_KIND: Final[dict[Field, tuple[Kind, ...]]] = {
    "size": ("simple", "stratified", "systematic", "pps", "targeted"),
    "order": ("systematic",),
    "measure": ("pps",),
    "by": ("cluster",),
    "clusters": ("cluster",),
    "per_cluster": ("cluster",),
    "targeted": ("targeted",),
    "strata": ("simple", "stratified", "systematic", "pps"),
    "shared": ("simple", "stratified", "systematic", "pps"),
    "minimum": ("simple", "stratified", "systematic", "pps"),
    "certain": ("simple", "stratified", "systematic", "pps"),
    "cap": ("simple", "stratified"),
    "most": ("simple", "stratified"),
}
"""Lines that only some kinds of design have."""

USUAL_MINIMUM: Final = 2
"""Fewest cases from each stratum unless another number is chosen, as in a draw."""
USUAL_RESERVES: Final = 5
SHARED: Final[tuple[Allocation, ...]] = ("proportional", "equal", "neyman")

_HALF_HOURS: Final = 2
_HUNDRED: Final = 100
_PLUS_ONE: Final = "+1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is being planned.

    Attributes:
        frame: The frame that is planned on.
        size: Cases to draw, at least 1.
        other: A kind that is neither simple nor stratified; empty where it is one
            of the two, which the strata decide.
        strata: Attributes that make the strata; empty for none.
        allocation: How strata share the sample.
        minimum: Fewest cases from each stratum.
        order: Attribute that a systematic sample is sorted by.
        measure: The measure of size for chances by size.
        by: Attribute that makes the clusters.
        clusters: Clusters to draw.
        per_cluster: Cases from each; 0 for all.
        targeted: Condition on the cases that are picked.
        only: Condition on the cases that can be drawn.
        certain: Condition on the cases that are all included.
        cap: Attribute of whose values at most :attr:`most` are drawn; empty for
            no cap.
        most: See there.
        reserves: Spare cases of each stratum.
        percent: Inadequate cases asked about, per cent of the frame.
        number: Their number instead; 0 to go by the per cent.
        expected: The share expected to be good or better, per cent.
        half_hours: Half hours that an audit takes.
        auditors: People who share the cases; 0 if not said.
    """

    frame: StoredFrame
    size: int
    other: Kind | Literal[""] = ""
    strata: tuple[str, ...] = ()
    allocation: Allocation = "proportional"
    minimum: int = USUAL_MINIMUM
    order: str = ""
    measure: str = ""
    by: str = ""
    clusters: int = 6
    per_cluster: int = 3
    targeted: str = ""
    only: str = ""
    certain: str = ""
    cap: str = ""
    most: int = 1
    reserves: int = USUAL_RESERVES
    percent: int = 5
    number: int = 0
    expected: int = 50
    half_hours: int = 6
    auditors: int = 0

    @property
    def kind(self) -> Kind:
        """The kind of the design."""
        return self.other or ("stratified" if self.strata else "simple")

    @property
    def equal(self) -> bool:
        """Whether strata share alike."""
        return self.allocation == "equal"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The lines of the plan, in the order they stand."""
        return tuple(
            f for f in FIELDS if f not in OF_ONE_KIND or self.kind in OF_ONE_KIND[f]
        )

    @property
    def design(self) -> Design:
        """How the sample would be drawn."""
        has = self.fields
        strata = self.strata if "strata" in has else ()
        cluster = self.kind == "cluster"
        return Design(
            kind=self.kind,
            size=0 if cluster else self.size,
            strata=strata,
            allocation=self.allocation if strata else "proportional",
            minimum=self.minimum if strata else 0,
            order=(self.order,) if self.order and "order" in has else (),
            measure=self.measure if "measure" in has else "",
            by=self.by if cluster else "",
            clusters=self.clusters if cluster else 0,
            per_cluster=self.per_cluster if cluster else 0,
            targeted=self.targeted if "targeted" in has else "",
            only=self.only,
            certain=self.certain if "certain" in has else "",
            at_most=(self.cap, self.most) if self.cap and "cap" in has else None,
            reserves=self.reserves,
        )

    @property
    def assumptions(self) -> Assumptions:
        """What is taken for granted."""
        return Assumptions(
            expected=Fraction(self.expected, _HUNDRED),
            rate=Fraction(self.percent, _HUNDRED),
            cases=self.number or None,
            hours_per_case=Fraction(self.half_hours, _HALF_HOURS),
            auditors=self.auditors,
        )

    @property
    def command(self) -> str:
        """The command that draws this."""
        return " ".join(
            [f"case-audit draw --cohort {self.frame.cohort}", *_options(self.design)]
        )


def _options(design: Design) -> Iterator[str]:
    if design.size:
        yield f"--size {design.size}"
    if design.kind == "systematic" and not design.order:
        yield "--design systematic"
    if design.strata:
        yield f"--strata {quote(','.join(design.strata))}"
        if design.allocation != "proportional":
            yield f"--allocation {design.allocation}"
        if design.minimum != USUAL_MINIMUM:
            yield f"--minimum {design.minimum}"
    for option, text in (
        ("--order", ",".join(design.order)),
        ("--measure", design.measure),
        ("--by", design.by),
        ("--clusters", str(design.clusters or "")),
        ("--per-cluster", str(design.per_cluster or "")),
        ("--targeted", design.targeted),
        ("--only", design.only),
        ("--certain", design.certain),
    ):
        if text:
            yield f"{option} {quote(text)}"
    if design.at_most:
        group, most = design.at_most
        yield f"--at-most {quote(f'{group}={most}')}"
    if design.reserves != USUAL_RESERVES:
        yield f"--reserves {design.reserves}"


def offered(
    field: Field, frame: StoredFrame, groupings: Sequence[Grouping]
) -> dict[str, str]:
    """Return what a line can be, with its name in words.

    Args:
        field: ``order``, ``measure``, ``by`` or ``cap``.
        frame: The frame that is planned on.
        groupings: What it can be stratified by: further columns are among it.
    """
    known = cohort(frame.cohort).attributes
    if field == "measure":
        found = {}
        for one in known:
            if one.derived in NUMBERS:
                found[one.key + _PLUS_ONE] = f"{one.label}, plus one"
                found[one.key] = one.label
        return found
    found = {one.key: one.label for one in known}
    found |= {one.key: one.label for one in groupings if one.key not in found}
    if field == "cap":
        return {"": "no cap"} | found
    return {"": "as their identifiers fall"} | found if field == "order" else found
