"""The options of ``case-audit draw``, and the design that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.sample.model import Allocation, Design, Kind

SHARING = "Sharing among strata"
WHO = "Who can be drawn, who must be"
DESIGNS = "Other designs"
OTHERS = "Other rounds"
SEED = "The order of things"


class DesignKind(StrEnum):
    """How a sample is drawn."""

    SIMPLE = "simple"
    STRATIFIED = "stratified"
    SYSTEMATIC = "systematic"
    PPS = "pps"
    CLUSTER = "cluster"
    TARGETED = "targeted"


class Sharing(StrEnum):
    """How strata share the sample."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    NEYMAN = "neyman"
    QUOTA = "quota"


Strata = Annotated[
    str | None,
    typer.Option(
        help="Stratify by these attributes, separated by commas.",
        rich_help_panel=SHARING,
    ),
]
HowShared = Annotated[
    Sharing | None,
    typer.Option(
        "--allocation",
        help="Proportional (the default), equal, neyman (most exact for the shares "
        "expected) or quota.",
        rich_help_panel=SHARING,
    ),
]
Minimum = Annotated[
    int,
    typer.Option(
        min=0, help="Fewest cases from each stratum.", rich_help_panel=SHARING
    ),
]
Quota = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STRATUM=CASES",
        help='Cases of a stratum: "Team A=5". Repeat it; the others share the rest.',
        rich_help_panel=SHARING,
    ),
]
Expected = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STRATUM=SHARE",
        help='Share you expect in a stratum, for neyman: "Team A=0.3". Repeat it.',
        rich_help_panel=SHARING,
    ),
]
Only = Annotated[
    str | None,
    typer.Option(
        metavar="CONDITION",
        help='Draw from these cases only: "age >= 16".',
        rich_help_panel=WHO,
    ),
]
Certain = Annotated[
    str | None,
    typer.Option(
        metavar="CONDITION",
        help="Include all these cases; --size counts them.",
        rich_help_panel=WHO,
    ),
]
AtMost = Annotated[
    str | None,
    typer.Option(
        metavar="ATTRIBUTE=K",
        help="At most so many of one worker or family: worker=2.",
        rich_help_panel=WHO,
    ),
]
How = Annotated[
    DesignKind | None,
    typer.Option(
        "--design",
        help="Follows from the other options; say it to be sure.",
        rich_help_panel=DESIGNS,
    ),
]
Order = Annotated[
    str | None,
    typer.Option(
        help="systematic: sort by these attributes, separated by commas.",
        rich_help_panel=DESIGNS,
    ),
]
Measure = Annotated[
    str | None,
    typer.Option(
        help="pps: chance in proportion to this attribute; risks+1 adds one.",
        rich_help_panel=DESIGNS,
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        help="cluster: what makes a cluster, such as worker.", rich_help_panel=DESIGNS
    ),
]
Clusters = Annotated[
    int | None,
    typer.Option(min=1, help="cluster: clusters to draw.", rich_help_panel=DESIGNS),
]
PerCluster = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="cluster: cases from each; all if left out.",
        rich_help_panel=DESIGNS,
    ),
]
Targeted = Annotated[
    str | None,
    typer.Option(
        metavar="CONDITION",
        help="targeted: pick among these cases for their risks; no estimates.",
        rich_help_panel=DESIGNS,
    ),
]
NotAuditedWithin = Annotated[
    int | None,
    typer.Option(
        metavar="MONTHS",
        min=1,
        help="Leave out whom any round audited lately.",
        rich_help_panel=OTHERS,
    ),
]
Reaudit = Annotated[
    str | None,
    typer.Option(
        metavar="ROUND",
        help="Draw among the cases of that round.",
        rich_help_panel=OTHERS,
    ),
]
RotateFrom = Annotated[
    str | None,
    typer.Option(
        metavar="ROUND",
        help="Use its seed, and go on behind its last number.",
        rich_help_panel=OTHERS,
    ),
]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix",
        help="Fix all this now; draw later with --fixed.",
        rich_help_panel=SEED,
    ),
]
Beacon = Annotated[
    str | None,
    typer.Option(
        metavar="NAME:ROUND",
        help="With --fix: the public beacon to take the randomness from.",
        rich_help_panel=SEED,
    ),
]
Fixed = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Draw what was fixed under this name.",
        rich_help_panel=SEED,
    ),
]
MadeAt = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="With --fixed: when the randomness was made; now if left out.",
        rich_help_panel=SEED,
    ),
]
Reason = Annotated[
    str | None,
    typer.Option(help="Why the same list is drawn from again.", rich_help_panel=SEED),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed of a design."""

    size: int | None = None
    strata: str | None = None
    allocation: Sharing | None = None
    minimum: int = 2
    reserves: int = 5
    quota: Sequence[str] | None = None
    expected: Sequence[str] | None = None
    only: str | None = None
    certain: str | None = None
    at_most: str | None = None
    design: DesignKind | None = None
    order: str | None = None
    measure: str | None = None
    by: str | None = None
    clusters: int | None = None
    per_cluster: int | None = None
    targeted: str | None = None


def design_of(asked: Asked) -> Design:
    """Return the design that was asked for.

    Raises:
        typer.BadParameter: If an option cannot be read, or the size is missing.
        DesignError: If options do not go together.
    """
    from case_audit.core.sample.combinations import refuse_impossible
    from case_audit.core.sample.model import Design

    kind, strata = _kind(asked), _keys(asked.strata)
    quotas = tuple(_quota(text) for text in asked.quota or ())
    size = _size(asked, kind=kind, quotas=sum(n for _, n in quotas))
    design = Design(
        kind=kind,
        size=size,
        strata=strata,
        allocation=_allocation(asked),
        quotas=quotas,
        expected=tuple(_share(text) for text in asked.expected or ()),
        minimum=asked.minimum if strata else 0,
        order=_keys(asked.order),
        measure=_text(asked.measure, "--measure"),
        by=_text(asked.by, "--by"),
        clusters=asked.clusters or 0,
        per_cluster=asked.per_cluster or 0,
        certain=_text(asked.certain, "--certain"),
        at_most=_at_most(asked.at_most),
        only=_text(asked.only, "--only"),
        targeted=_text(asked.targeted, "--targeted"),
        reserves=asked.reserves,
    )
    refuse_impossible(design)
    return design


def _kind(asked: Asked) -> Kind:
    """Return the kind that was named, or that the options speak of."""
    kind = asked.design
    if kind is not None:
        if kind is DesignKind.STRATIFIED and not _keys(asked.strata):
            message = "is missing: name what makes the strata"
            raise typer.BadParameter(message, param_hint="--strata")
        if kind is DesignKind.SIMPLE and asked.strata:
            message = "a simple design has no strata; leave one of the two out"
            raise typer.BadParameter(message, param_hint="--strata")
        return kind.value
    spoken: tuple[tuple[object, Kind], ...] = (
        (asked.by or asked.clusters or asked.per_cluster, "cluster"),
        (asked.measure, "pps"),
        (asked.order, "systematic"),
        (asked.targeted, "targeted"),
        (_keys(asked.strata), "stratified"),
    )
    return next((kind for said, kind in spoken if said), "simple")


def _allocation(asked: Asked) -> Allocation:
    if asked.allocation is not None:
        return asked.allocation.value
    if asked.quota:
        return "quota"
    return "neyman" if asked.expected else "proportional"


def _size(asked: Asked, *, kind: Kind, quotas: int) -> int:
    if kind == "cluster":
        if asked.size is not None:
            message = (
                "in a cluster design the clusters decide: leave it out and use "
                "--clusters and --per-cluster"
            )
            raise typer.BadParameter(message, param_hint="--size")
        return 0
    if asked.size is not None:
        return asked.size
    if quotas:
        return quotas
    message = "is missing: how many cases to draw"
    raise typer.BadParameter(message, param_hint="--size")


def _keys(text: str | None) -> tuple[str, ...]:
    return tuple(k.strip() for k in (text or "").split(",") if k.strip())


def _text(text: str | None, option: str) -> str:
    if text is None:
        return ""
    found = typed(text)
    if not found:
        message = "is empty"
        raise typer.BadParameter(message, param_hint=option)
    return found


def _pair(text: str, *, option: str, form: str) -> tuple[str, str]:
    """Return what stands before and after the last equals sign."""
    name, equals, value = typed(text).rpartition("=")
    if not equals or not name.strip():
        message = f'write it as "{form}"'
        raise typer.BadParameter(message, param_hint=option)
    return name.strip(), value.strip()


def _count(text: str, *, option: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        message = f"{text!r} is not a number of cases"
        raise typer.BadParameter(message, param_hint=option)
    return int(text)


def _quota(text: str) -> tuple[str, int]:
    name, value = _pair(text, option="--quota", form="Team A=5")
    return name, _count(value, option="--quota")


def _share(text: str) -> tuple[str, Fraction]:
    name, value = _pair(text, option="--expected", form="Team A=0.3")
    if re.fullmatch(r"[0-9]{0,9}\.?[0-9]{1,9}|[0-9]{1,9}/[1-9][0-9]{0,8}", value):
        return name, Fraction(value)
    message = f"{value!r} is not a share such as 0.3"
    raise typer.BadParameter(message, param_hint="--expected")


def _at_most(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    name, value = _pair(text, option="--at-most", form="worker=2")
    return name, _count(value, option="--at-most")
