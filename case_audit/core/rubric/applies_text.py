"""Reads conditions on a case as rubric authors write them.

::

    condition  a test, or tests joined by and, or, not and round brackets;
               not binds closest, then and, then or
    test       FIELD == VALUE      also != < <= > >=
               FIELD in (VALUE, VALUE)      FIELD not in (VALUE)
               FIELD is known      FIELD is unknown
    VALUE      "text" or 'text', a whole number, or a day such as 2026-03-31

Nothing is ever executed: a condition becomes a tree of plain values or an
error, within limits of length, number of words and depth of nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NoReturn
from unicodedata import name as unicode_name

from case_audit.core.rubric.applies import (
    EXTRA,
    NOT_TOLD,
    And,
    CaseField,
    Comparison,
    Membership,
    Not,
    Or,
    Told,
)
from case_audit.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.applies import Expression, Literally, Operator

LONGEST: Final = 300
"""Characters of the longest condition, without the blanks between its words."""
MOST_TOKENS: Final = 60
"""Words, values and signs of the longest condition."""
DEEPEST: Final = 8
"""Brackets and nots that may stand within one another."""
_WITH_BLANKS: Final = 1000
_SHOWN: Final = 40
_LISTED: Final = 12

_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
    |(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w./-]))
    |(?P<number>[0-9]{1,9}(?![\w./-]))
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<sign>==|!=|<=|>=|[<>](?!=)|[(),])""",
    re.VERBOSE,
)
_EXTRA_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,49}")
_KEYWORDS: Final = frozenset({"and", "or", "not", "in", "is", "known", NOT_TOLD})
_OPERATORS: Final[Mapping[str, Operator]] = {
    "==": "==",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
}
_INSTEAD: Final = {
    "=": "Two equals signs compare: ==",
    **dict.fromkeys(
        "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb",
        'Use straight quotation marks: "U1"',
    ),
    **dict.fromkeys("\"'", "A text ends with the quotation mark it begins with."),
    **dict.fromkeys("&", "Write: and"),
    **dict.fromkeys("|", "Write: or"),
    **dict.fromkeys("!", "Write: not"),
    **dict.fromkeys("[]{}", "Use round brackets: ( )"),
    "\u2264": "Write: <=",
    "\u2265": "Write: >=",
    "\u2260": "Write: !=",
}
_FORMS: Final = (
    'Such as: age >= 16, placement_type in ("U1", "U4"), legal_status is known.'
)
_AS_VALUES: Final = {
    "text": 'a text in quotation marks, such as "U1"',
    "number": "a whole number without quotation marks, such as 16",
    "date": "a day without quotation marks, such as 2026-03-31",
    "any": 'a value: "a text", 16 or 2026-03-31',
}
_PLURAL: Final = {"text": "texts", "number": "whole numbers", "date": "days"}
_VALUE_KINDS: Final = {str: "text", int: "number", date: "date"}
_END: Final = "the end"


def parse(text: str, fields: Mapping[str, CaseField] | None) -> Expression:
    """Read a condition.

    Args:
        text: As the author wrote it. Keywords may be written in capitals.
        fields: What it may speak of, by name. ``extra.NAME`` is always allowed:
            which further columns there are, the authority decides. ``None``
            takes any name, for a condition that was checked when it was stored.

    Raises:
        ExpressionError: If it cannot be understood, speaks of a field or value
            that does not exist, compares what has no order, or is too long or
            too deep; says where, from column 1.
    """
    return _Parser(_tokens(text), fields).whole()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word, value or sign; the end has the kind ``"end"``."""

    kind: str
    text: str
    column: int

    @property
    def keyword(self) -> str:
        """The keyword or sign in small letters, empty for anything else."""
        if self.kind == "sign":
            return self.text
        word = self.text.lower() if self.kind == "word" else ""
        return word if word in _KEYWORDS else ""

    @property
    def shown(self) -> str:
        """The token for a message."""
        return _END if self.kind == "end" else _shown(self.text)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _tokens(text: str) -> list[_Token]:
    if len(text) > _WITH_BLANKS:
        _too_much(_WITH_BLANKS + 1, f"at most {LONGEST} characters", f"{len(text)}")
    tokens: list[_Token] = []
    at = length = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _strange(text, at)
        kind, found = str(match.lastgroup), match.group()
        if kind != "blank":
            tokens.append(_Token(kind=kind, text=found, column=at + 1))
            length += len(found)
        if length > LONGEST:
            _too_much(at + 1, f"at most {LONGEST} characters", "more")
        if len(tokens) > MOST_TOKENS:
            _too_much(at + 1, f"at most {MOST_TOKENS} words, values and signs", "more")
        at = match.end()
    return [*tokens, _Token(kind="end", text="", column=len(text) + 1)]


def _too_much(column: int, expected: str, found: str) -> NoReturn:
    raise ExpressionError(
        column=column,
        expected=expected,
        found=found,
        hint="Say it in fewer words, or make two criteria of it.",
    )


def _strange(text: str, at: int) -> ExpressionError:
    """Return the error about a character that begins nothing."""
    sign = text[at]
    found, hint = _shown(sign), _INSTEAD.get(sign, _FORMS)
    expected = "a field, a value or a sign"
    if sign in "0123456789":
        found = _shown(re.split(r"[\s(),]", text[at : at + _SHOWN], maxsplit=1)[0])
        expected = "a whole number of at most nine digits, or a day"
        hint = "Write numbers as 16 and days as 2026-03-31."
    elif sign in "\"'":
        expected = "a closing quotation mark"
        found = _END
    elif sign == "-":
        expected, hint = "a whole number from 0", "Numbers have no sign."
    elif not sign.isascii():
        name = unicode_name(sign, "").lower()
        found = f"{sign!a} ({name})" if name else ascii(sign)
    return ExpressionError(column=at + 1, expected=expected, found=found, hint=hint)


class _Parser:
    """Goes through the tokens once, from left to right."""

    def __init__(
        self, tokens: list[_Token], fields: Mapping[str, CaseField] | None
    ) -> None:
        self._rest: Iterator[_Token] = iter(tokens)
        self._next = next(self._rest)
        self._fields = {} if fields is None else fields
        self._any_name = fields is None
        self._depth = 0

    def whole(self) -> Expression:
        found = self._any()
        if self._next.kind != "end":
            raise self._error(self._next, "and, or, or the end")
        return found

    def _any(self) -> Expression:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        if len(parts) == 1:
            return parts[0]
        each = [p.parts if isinstance(p, Or) else (p,) for p in parts]
        return Or(tuple(part for some in each for part in some))

    def _all(self) -> Expression:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        if len(parts) == 1:
            return parts[0]
        each = [p.parts if isinstance(p, And) else (p,) for p in parts]
        return And(tuple(part for some in each for part in some))

    def _one(self) -> Expression:
        opening = self._next
        if opening.keyword not in {"not", "("}:
            return self._test()
        self._depth += 1
        if self._depth > DEEPEST:
            _too_much(
                opening.column, f"at most {DEEPEST} brackets and nots deep", "more"
            )
        found: Expression
        if self._take("not"):
            found = Not(self._one())
        else:
            self._step()
            found = self._any()
            self._need(")", "and, or, or a closing bracket")
        self._depth -= 1
        return found

    def _test(self) -> Expression:
        name = self._field()
        token = self._next
        if token.keyword in _OPERATORS:
            return self._compared(name)
        if self._take("is"):
            return self._told(name)
        if self._take("not"):
            self._need("in", "in, as in: not in (1, 2)")
            return Not(self._member(name))
        if self._take("in"):
            return self._member(name)
        raise self._error(token, "== != < <= > >= in, or is")

    def _field(self) -> str:
        token = self._next
        if token.kind != "word" or token.keyword:
            raise self._error(token, "the name of a field")
        known = self._any_name or token.text in self._fields
        if not known and token.text.startswith(EXTRA):
            known = bool(_EXTRA_NAME.fullmatch(token.text.removeprefix(EXTRA)))
            if not known:
                raise self._error(
                    token,
                    "extra. and a name",
                    "Small letters, digits and _: a column Sibling Group is "
                    "extra.sibling_group.",
                )
        if not known:
            near = _nearest(token.text, self._fields)
            listed = f"Known: {', '.join(sorted(self._fields))}, {EXTRA}NAME."
            raise self._error(
                token,
                "the name of a field",
                f"Did you mean {near}?" if near else listed,
            )
        self._step()
        return token.text

    def _told(self, name: str) -> Told:
        turned = self._take("not")
        known = self._take("known")
        if not known and not self._take(NOT_TOLD):
            raise self._error(
                self._next,
                "known or unknown",
                f'To compare, write: {name} == "..."',
            )
        return Told(field=name, known=known != turned)

    def _compared(self, name: str) -> Comparison:
        sign, kind = self._next, self._fields.get(name, CaseField()).kind
        operator = _OPERATORS[sign.keyword]
        ordered = operator not in {"==", "!="}
        if ordered and kind == "text":
            hint = f"{name} holds texts, and texts have no order."
            raise self._error(sign, "==, != or in", hint)
        self._step()
        if ordered and self._next.kind == "text":
            hint = "Only numbers and days have an order; write them without quotes."
            raise self._error(self._next, "a whole number or a day", hint)
        return Comparison(field=name, operator=operator, value=self._value(name))

    def _member(self, name: str) -> Membership:
        self._need("(", "an opening bracket")
        values = [self._value(name)]
        while self._take(","):
            first = self._next
            values.append(self._value(name))
            if type(values[-1]) is not type(values[0]):
                raise self._error(first, "a value like those before it")
        self._need(")", "a comma or a closing bracket")
        return Membership(field=name, values=tuple(values))

    def _value(self, name: str) -> Literally:
        token = self._next
        field = self._fields.get(name, CaseField())
        value = self._literal(token, _AS_VALUES[field.kind])
        if field.kind not in {"any", _VALUE_KINDS[type(value)]}:
            raise self._error(
                token, _AS_VALUES[field.kind], f"{name} holds {_PLURAL[field.kind]}."
            )
        if field.values and isinstance(value, str):
            value = self._one_of(token, value, field.values)
        self._step()
        return value

    def _literal(self, token: _Token, expected: str) -> Literally:
        if token.kind == "number":
            return int(token.text)
        if token.kind == "date":
            try:
                return date.fromisoformat(token.text)
            except ValueError:
                raise self._error(token, "a day of the calendar") from None
        if token.keyword in {"known", NOT_TOLD}:
            raise self._error(token, expected, f"Write: is {token.keyword}")
        if token.kind != "text":
            hint = f'Put texts in quotation marks: "{token.text[:_SHOWN]}"'
            raise self._error(token, expected, hint if token.kind == "word" else "")
        value = " ".join(token.text[1:-1].split())
        if not value or value.casefold() == NOT_TOLD:
            hint = "Where nothing is known, write: is unknown"
            raise self._error(token, "a text that says something", hint)
        if not value.isprintable():
            raise self._error(token, "a text without hidden characters")
        return value

    def _one_of(self, token: _Token, value: str, values: tuple[str, ...]) -> str:
        for known in values:
            if known.casefold() == value.casefold():
                return known
        near = _nearest(value, values)
        listed = ", ".join(values[:_LISTED]) + (", …" if values[_LISTED:] else "")
        hint = f'Did you mean "{near}"? ' if near else ""
        raise self._error(token, "a value of this field", f"{hint}It has: {listed}.")

    def _step(self) -> None:
        self._next = next(self._rest, self._next)

    def _take(self, keyword: str) -> bool:
        """Step over a keyword or sign, if it is the next."""
        taken = self._next.keyword == keyword
        if taken:
            self._step()
        return taken

    def _need(self, keyword: str, expected: str) -> None:
        if not self._take(keyword):
            raise self._error(self._next, expected)

    def _error(self, token: _Token, expected: str, hint: str = "") -> ExpressionError:
        return ExpressionError(
            column=token.column,
            expected=expected,
            found=token.shown,
            hint=hint or _FORMS,
        )


def _nearest(word: str, known: Mapping[str, CaseField] | tuple[str, ...]) -> str:
    found = get_close_matches(word.lower(), {k.lower(): k for k in known}, n=1)
    return next((k for k in known if found and k.lower() == found[0]), "")
