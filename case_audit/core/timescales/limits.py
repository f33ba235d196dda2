"""How long things may take: every limit with its default."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

LimitUnit = Literal["working days", "days", "months", "years", "placements"]

LARGEST: Final = 1_000
"""The largest number that a limit can be set to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that a timescale compares with.

    Attributes:
        key: Its name in settings.
        default: What holds unless set otherwise; from the timescale's source,
            or, where ``local``, a common choice.
        unit: What is counted.
        local: Whether each council sets its own.
    """

    key: str
    default: int
    unit: LimitUnit
    local: bool = False


def _limits(unit: LimitUnit, *, local: bool = False, **defaults: int) -> list[Limit]:
    return [
        Limit(key=key, default=default, unit=unit, local=local)
        for key, default in defaults.items()
    ]


LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        limit.key: limit
        for limit in (
            *_limits(
                "working days",
                referral_decision=1,
                assessment=45,
                initial_conference=15,
                transfer_conference=15,
                core_group=10,
                care_first_review=20,
                initial_health=20,
                pep_emergency=10,
                pep_first=20,
                private_fostering_first_visit=7,
            ),
            *_limits("working days", local=True, protection_visit=10, need_visit=20),
            *_limits(
                "days",
                care_first_visit=7,
                care_visit_weekly=7,
                care_visit_four_weekly=28,
                care_visit=42,
                return_interview=3,
                pathway_first_review_housed=28,
                adviser_after_move=7,
                adviser_first_review=28,
                care_to_placement=426,
                order_to_match=121,
                private_fostering_visit=42,
                private_fostering_later_visit=84,
                proceedings=182,
            ),
            *_limits("days", local=True, supervision=31),
            *_limits(
                "months",
                first_review_conference=3,
                review_conference=6,
                care_visit_settled=3,
                care_second_review=3,
                care_review=6,
                review_health_under_five=6,
                review_health=12,
                dental_check=12,
                permanence_plan=4,
                reviewing_officer=6,
                pathway_assessment=3,
                pathway_review=6,
                pathway_review_housed=3,
                adviser_visit=2,
                adoption_panel=2,
                adopter_stage_one=2,
                adopter_stage_two=4,
            ),
            *_limits(
                "months",
                local=True,
                long_plan=15,
                very_long_plan=24,
                short_plan=4,
                long_need=9,
                very_long_need=12,
                voluntary_care=6,
            ),
            *_limits("years", local=True, pep_from_age=3),
            *_limits("placements", local=True, many_placements=3),
        )
    }
)
"""Every limit by its key."""


class Limits:
    """The limits in force.

    Args:
        changed: Other numbers than the defaults, by key.

    Raises:
        ValueError: If a key is not one of `LIMITS`, or a number is not from 1
            to 1,000.
    """

    def __init__(self, changed: Mapping[str, int] | None = None) -> None:
        self._changed = dict(changed or {})
        for key, number in self._changed.items():
            if key not in LIMITS or not 1 <= number <= LARGEST:
                msg = f"no such limit, or not from 1 to {LARGEST}: {key} = {number}"
                raise ValueError(msg)

    def __getitem__(self, key: str) -> int:
        return self._changed.get(key, LIMITS[key].default)

    def words(self, rule: str) -> str:
        """Return a rule with its limits filled in.

        Args:
            rule: A text in which ``{key}`` stands for a limit.

        Returns:
            For example ``seen within 20 working days (local)``. A limit of the
            source that was changed says so.
        """
        return rule.format_map({key: self._one(limit) for key, limit in LIMITS.items()})

    def _one(self, limit: Limit) -> str:
        number = self[limit.key]
        words = counted(number, limit.unit)
        if limit.local:
            return f"{words} (local)"
        if number != limit.default:
            return f"{words} (changed from {limit.default})"
        return words


def counted(number: int, unit: str) -> str:
    """Return a number with its unit; one of it in the singular."""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"
