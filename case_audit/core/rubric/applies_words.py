"""Conditions on a case in words: as authors write them, and in plain English."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.applies import (
    EXTRA,
    NOT_TOLD,
    And,
    Comparison,
    Membership,
    Not,
    Or,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.rubric.applies import Expression, Literally, Operator

_NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})
_OPPOSITE: Final[Mapping[Operator, Operator]] = MappingProxyType(
    {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
)
_NUMBER_WORDS: Final = {
    "==": "is {}",
    "!=": "is not {}",
    "<": "is less than {}",
    "<=": "is {} or less",
    ">": "is more than {}",
    ">=": "is {} or more",
}
_DAY_WORDS: Final = {
    "==": "is {}",
    "!=": "is not {}",
    "<": "is before {}",
    "<=": "is {} or earlier",
    ">": "is after {}",
    ">=": "is {} or later",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def text_of(expression: Expression) -> str:
    """Return a condition in its one written form; reading it gives it back."""
    match expression:
        case Not():
            return _denied(expression.part)
        case And():
            return " and ".join(
                f"({text_of(part)})" if isinstance(part, Or) else text_of(part)
                for part in expression.parts
            )
        case Or():
            return " or ".join(text_of(part) for part in expression.parts)
        case Comparison():
            value = _written(expression.value)
            return f"{expression.field} {expression.operator} {value}"
        case Membership():
            return _membership(expression, "in")
        case _:  # told or not
            return f"{expression.field} is {'known' if expression.known else NOT_TOLD}"


def _denied(part: Expression) -> str:
    if isinstance(part, Membership):
        return _membership(part, "not in")
    inner = text_of(part)
    return f"not ({inner})" if isinstance(part, And | Or) else f"not {inner}"


def _membership(leaf: Membership, word: str) -> str:
    values = ", ".join(_written(value) for value in leaf.values)
    return f"{leaf.field} {word} ({values})"


def _written(value: Literally) -> str:
    if isinstance(value, str):
        return f"'{value}'" if '"' in value else f'"{value}"'
    return str(value)


def describe(expression: Expression, labels: Mapping[str, str] = _NO_LABELS) -> str:
    """Return a condition in plain English, to complete "asked when ...".

    Args:
        expression: The condition.
        labels: Words for fields by name; a field without any is called by its
            name, with spaces.

    Returns:
        For example ``"age is 16 or more and placement type is U1 or U4"``.
    """
    match expression:
        case Not():
            return _denied_words(expression.part, labels)
        case And() | Or():
            word = " and " if isinstance(expression, And) else " or "
            return word.join(
                f"({describe(part, labels)})"
                if isinstance(part, And | Or)
                else describe(part, labels)
                for part in expression.parts
            )
        case _:
            return _leaf_words(expression, labels)


def _denied_words(part: Expression, labels: Mapping[str, str]) -> str:
    match part:
        case Comparison(field=field, operator=operator, value=value):
            turned = _OPPOSITE[operator]
            return _leaf_words(
                Comparison(field=field, operator=turned, value=value), labels
            )
        case Membership(field=field, values=values):
            neither = "is not" if len(values) == 1 else "is none of"
            return f"{_called(field, labels)} {neither} {_joined(values, 'and')}"
        case Told(field=field, known=known):
            return _leaf_words(Told(field=field, known=not known), labels)
        case Not():
            return describe(part.part, labels)
        case _:
            return f"it is not so that ({describe(part, labels)})"


def _leaf_words(leaf: Comparison | Membership | Told, labels: Mapping[str, str]) -> str:
    known = _called(leaf.field, labels)
    match leaf:
        case Told():
            return f"{known} is {'known' if leaf.known else 'not known'}"
        case Membership():
            return f"{known} is {_joined(leaf.values, 'or')}"
        case _:  # a comparison
            words = _DAY_WORDS if isinstance(leaf.value, date) else _NUMBER_WORDS
            return f"{known} {words[leaf.operator].format(_in_words(leaf.value))}"


def _called(field: str, labels: Mapping[str, str]) -> str:
    return labels.get(field) or field.removeprefix(EXTRA).replace("_", " ")


def _joined(values: tuple[Literally, ...], word: str) -> str:
    *first, last = (_in_words(value) for value in values)
    return f"{', '.join(first)} {word} {last}" if first else last


def _in_words(value: Literally) -> str:
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return str(value)
