"""Findings about a rubric file, and what the file can refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from case_audit.core.rubric.wording import Remark
    from case_audit.exchange.yaml_strict import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to think over at a place in a file.

    Attributes:
        file: The file as the reader named it.
        line: Line in it, from 1.
        key: Path of keys, for example ``domains[2].criteria[0].asks``.
        about: The same for people, for example ``"v1 asks"``.
        remark: What was seen, by which rule, and what to do.
    """

    file: str
    line: int
    key: str
    about: str
    remark: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A scale as far as wording goes.

    Attributes:
        id: Its identifier.
        grades: Identifiers, best first, at least one.
        benchmark: The grade that is the benchmark.
    """

    id: str
    grades: tuple[str, ...]
    benchmark: str

    @property
    def lowest(self) -> str:
        """The lowest grade."""
        return self.grades[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a rubric can refer to.

    Attributes:
        scales: The scales that are at hand.
        modules: The opened modules, by identifier.
    """

    scales: Sequence[Order]
    modules: Mapping[str, Node]

    def scale_of(self, grades: Collection[str]) -> Order | None:
        """Return the scale that has exactly these grades, if there is one."""
        wanted = set(grades)
        for scale in self.scales:
            if set(scale.grades) == wanted:
                return scale
        return None
