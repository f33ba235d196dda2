"""Conditions on a case: whether a criterion is asked, as a tree of plain values.

A condition is written by a rubric's author (``age >= 16 and placement_type ==
"U1"``), read by `applies_text.parse`, and answered here for one case. What the
lists do not tell stays open: the answer is true, false or not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Kind = Literal["text", "number", "date", "any"]
Literally = str | int | date
"""What a field is compared with: a text, a whole number from 0, or a day."""

EXTRA: Final = "extra."
"""Begins the names of fields from the further columns of an authority."""
NOT_TOLD: Final = "unknown"
"""A value that says as much as an empty cell, in capitals or not."""

_COMPARE: Final = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseField:
    """Something known of cases that a condition may speak of.

    Attributes:
        kind: What its values are; ``"any"`` leaves it to what a condition
            compares it with.
        values: The only texts it can have; empty where it can have others.
    """

    kind: Kind = "any"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``age >= 16``. Only numbers and days have an order.

    Attributes:
        field: Name of the field.
        operator: How it is compared.
        value: With what. Texts are compared without regard to capitals.
    """

    field: str
    operator: Operator
    value: Literally

    def __post_init__(self) -> None:
        if isinstance(self.value, str) and self.operator not in {"==", "!="}:
            msg = f"texts have no order: {self}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """``placement_type in ("U1", "U4")``.

    Attributes:
        field: Name of the field.
        values: At least one, all of one kind.
    """

    field: str
    values: tuple[Literally, ...]

    def __post_init__(self) -> None:
        if len({type(value) for value in self.values}) != 1:
            msg = f"not at least one value, all of one kind: {self}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``legal_status is known``, or ``is unknown``.

    Attributes:
        field: Name of the field.
        known: Whether it holds when the field is known.
    """

    field: str
    known: bool


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """Holds when all of its parts do: at least two, none of them an ``And``."""

    parts: tuple[Expression, ...]

    def __post_init__(self) -> None:
        _refuse_same(self, self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Holds when any of its parts does: at least two, none of them an ``Or``."""

    parts: tuple[Expression, ...]

    def __post_init__(self) -> None:
        _refuse_same(self, self.parts)


Expression = Comparison | Membership | Told | Not | And | Or
"""A condition on a case."""


def _refuse_same(whole: And | Or, parts: tuple[Expression, ...]) -> None:
    if len(parts) < 2 or any(isinstance(part, type(whole)) for part in parts):  # noqa: PLR2004 - two are the fewest to join
        msg = f"not at least two parts of other kinds: {whole}"
        raise ValueError(msg)


def evaluate(expression: Expression, values: Mapping[str, str]) -> bool | None:
    """Say whether a condition holds for a case.

    Three-valued, after Kleene: ``and`` is false as soon as one part is, ``or``
    true as soon as one part is, whatever is not known of the others.

    Args:
        expression: The condition.
        values: The case's values by field name; what is missing, blank or says
            "unknown" is not known.

    Returns:
        ``None`` if it hangs on something that is not known, or on a value that
        is no number or date where one is compared.
    """
    match expression:
        case Told():
            return (_told(expression.field, values) is not None) == expression.known
        case Comparison() | Membership():
            return _leaf(expression, values)
        case Not():
            inner = evaluate(expression.part, values)
            return None if inner is None else not inner
        case _:  # and, or
            deciding = isinstance(expression, Or)
            found = {evaluate(part, values) for part in expression.parts}
            if deciding in found:
                return deciding
            return None if None in found else not deciding


def _leaf(leaf: Comparison | Membership, values: Mapping[str, str]) -> bool | None:
    one = leaf.value if isinstance(leaf, Comparison) else leaf.values[0]
    found = _read(_told(leaf.field, values), like=one)
    if found is None:
        return None
    if isinstance(leaf, Comparison):
        holds: bool = _COMPARE[leaf.operator](found, _folded(leaf.value))
        return holds
    return found in {_folded(value) for value in leaf.values}


def _told(field: str, values: Mapping[str, str]) -> str | None:
    """Return a field's value, ``None`` if it says nothing."""
    text = " ".join(values.get(field, "").split())
    return None if not text or text.casefold() == NOT_TOLD else text


def _read(text: str | None, *, like: Literally) -> Literally | None:
    """Return a value as what it is compared with, ``None`` if it is no such thing."""
    if text is None or isinstance(like, str):
        return None if text is None else _folded(text)
    if isinstance(like, int):
        return int(text) if _NUMBER.fullmatch(text) else None
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _folded(value: Literally) -> Literally:
    return normalize("NFC", value).casefold() if isinstance(value, str) else value


def unknown_fields(
    expression: Expression, values: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the fields that keep a condition from being answered.

    Args:
        expression: The condition.
        values: The case's values by field name.

    Returns:
        Names in the condition's order, each once; empty if it can be answered.
    """
    return tuple(dict.fromkeys(_hanging_on(expression, values)))


def _hanging_on(expression: Expression, values: Mapping[str, str]) -> Iterable[str]:
    if evaluate(expression, values) is not None:
        return
    match expression:
        case Comparison() | Membership() | Told():
            yield expression.field
        case Not():
            yield from _hanging_on(expression.part, values)
        case _:  # and, or
            for part in expression.parts:
                yield from _hanging_on(part, values)
