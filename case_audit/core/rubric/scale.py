"""Ordered scales of any length."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One place on a scale.

    Attributes:
        id: Stable identifier, for example ``"requires_improvement"``.
        label: The words on screen, for example Ofsted's own.
        short: A heading of at most 8 characters.
        letter: One letter, unique on the scale.
        glyph: One character for charts, unique on the scale.
        key: The key that gives this grade.
    """

    id: str
    label: str
    short: str
    letter: str
    glyph: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Grades in order. They are ordered, never numbers: there is no mean grade.

    Attributes:
        id: Stable identifier, for example ``"ofsted4"``.
        title: What people call it.
        grades: Best first, at least two.
        benchmark: The grade that describes what is expected.
        rationale_required_at: Grades that must be explained in writing.
    """

    id: str
    title: str
    grades: tuple[Grade, ...]
    benchmark: str
    rationale_required_at: frozenset[str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The grades' identifiers, best first."""
        return tuple(grade.id for grade in self.grades)

    def grade(self, grade_id: str) -> Grade:
        """Return the grade with that identifier.

        Raises:
            KeyError: If the scale has none.
        """
        for grade in self.grades:
            if grade.id == grade_id:
                return grade
        raise KeyError(grade_id)

    def place(self, grade_id: str) -> int:
        """Return how many grades are better than this one: 0 for the best.

        Raises:
            KeyError: If the scale has no such grade.
        """
        return self.grades.index(self.grade(grade_id))

    def at_or_below(self, grade_id: str, bound: str) -> bool:
        """Whether a grade is the bound or worse."""
        return self.place(grade_id) >= self.place(bound)

    def at_benchmark_or_better(self, grade_id: str) -> bool:
        """Whether a grade is the benchmark or better."""
        return self.place(grade_id) <= self.place(self.benchmark)

    def worst(self, *grade_ids: str) -> str:
        """Return the worst of the grades, at least one."""
        return max(grade_ids, key=self.place)

    def lower_median(self, grade_ids: tuple[str, ...]) -> str:
        """Return the middle grade; of two middle ones, the worse.

        Args:
            grade_ids: At least one.
        """
        worst_first = sorted(grade_ids, key=self.place, reverse=True)
        return worst_first[(len(worst_first) - 1) // 2]
