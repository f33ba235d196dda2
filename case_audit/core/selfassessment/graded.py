"""Which audited cases have which grade, so that whoever reads a number can open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import OVERALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import Line
    from case_audit.core.selfassessment.tally import ByCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The cases of a line by what was found in each.

    Attributes:
        scale: The scale of the line; ``None`` for what is answered in words.
        cases: Numbers of cases in the round, rising, by grade or by what stands in
            its place; nothing for what was found in no case.
    """

    scale: Scale | None
    cases: Mapping[str, tuple[int, ...]]

    def at(self, values: Collection[str]) -> tuple[int, ...]:
        """Return the cases that have one of some values, rising."""
        found = (self.cases[value] for value in values if value in self.cases)
        return tuple(sorted(number for cases in found for number in cases))

    @property
    def met(self) -> tuple[int, ...]:
        """The cases at the benchmark or better."""
        return self.at(self._grades(met=True))

    @property
    def missed(self) -> tuple[int, ...]:
        """The cases below the benchmark, those at the lowest grade among them."""
        return self.at(self._grades(met=False))

    @property
    def lowest(self) -> tuple[int, ...]:
        """The cases at the lowest grade."""
        return self.at(self.scale.ids[-1:]) if self.scale else ()

    def _grades(self, *, met: bool) -> tuple[str, ...]:
        if self.scale is None:
            return ()
        return tuple(
            grade
            for grade in self.scale.ids
            if self.scale.at_benchmark_or_better(grade) is met
        )


def graded(scale: Scale | None, found: Iterable[tuple[int, str]]) -> Graded:
    """Sort cases by what was found in them.

    Args:
        scale: The scale of the line; ``None`` for what is answered in words.
        found: The number of each case, rising, and the value found in it.
    """
    cases: dict[str, list[int]] = {}
    for number, value in found:
        cases.setdefault(value, []).append(number)
    return Graded(scale=scale, cases={key: tuple(some) for key, some in cases.items()})


def graded_on(line: Line, found: ByCase) -> Graded:
    """Return the cases of a round by what was found in each on a line.

    Args:
        line: An area's is about the cases as a whole.
        found: What was found in each case of the round.
    """
    if line.level == "area":
        return graded(line.scale, found.get(("overall", OVERALL), ()))
    return graded(line.scale, found.get((line.level, line.id), ()))


def together(some: Iterable[Graded], scale: Scale | None) -> Graded:
    """Return the cases of several groups as one, none of them in two.

    Args:
        some: The cases of each group.
        scale: The scale of all of them.
    """
    return graded(
        scale,
        sorted(
            (number, value)
            for one in some
            for value, cases in one.cases.items()
            for number in cases
        ),
    )
