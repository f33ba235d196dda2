"""Two questions in one: where "and" or a slash joins what can be told apart.

A question is raised for one of six reasons, each of which the remark names with
the words it was found in. In every case the test for the author is the same: could
one half be true and the other not? Then they are two criteria, or one half is only
the way to the other and need not be asked.

What is let be: pairs of people ("child and family"), what only belongs together
("what and why", "who decided, and when"), two sides of one choice ("was it matched,
or was it the bed that was free?"), several things that one answer tells ("could a
stranger say who decided and on what evidence?"), and a second half that asks what
came of the first ("and what is different because of it?").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.wording import Remark, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERB: Final = (
    "(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)"
)
_ASK: Final = "(?:what|who|whom|whose|when|where|why|how|which)"
_SUBJECT: Final = (
    "(?:the|this|that|these|those|an?|its?|they|their|he|she|his|her|we|our|you|any"
    "|anyone|someone|somebody|everyone|each|every|all|there|no)"
)
_SECOND_VERB = re.compile(rf"\b(?:and|but) {_VERB} {_SUBJECT}\b", re.IGNORECASE)
_SECOND_ASK = re.compile(rf"\b(?:and|but) {_ASK} (?:\w+ )?{_VERB}\b", re.IGNORECASE)
_BEGINS_WITH_ASK = re.compile(rf"\W*(?:\w+ )?{_ASK}\b", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\b(?:because|as a result|on account) of (?:it|this|that|them)\b", re.IGNORECASE
)

_DEED: Final = (
    r"(?:\w{3,30}ed|seen|heard|known|told|held|made|met|kept|given|shown|written|found"
    "|taken|understood|sought|brought|done|sent|read|chosen|built)"
)
_TWO_DEEDS = re.compile(
    rf"\b({_DEED})(?: (?:on|up|out|down|over|through))? and (?:\w{{1,30}}ly )?({_DEED})\b",
    re.IGNORECASE,
)
_FELT = (
    "agreed aged beloved breed frightened gifted hundred indeed loved naked need sacred "
    "scared seed speed talented tired trusted wanted worried"
)
NO_DEEDS: Final = frozenset(_FELT.split())
"""Words in -ed that say what somebody is or feels, not what was done."""

_THING: Final = (
    "(?:assessments?|plans?|reviews?|visits?|chronolog(?:y|ies)|supervision|decisions?"
    "|referrals?|reports?|minutes|records?|recordings?|summar(?:y|ies)|analys[ie]s"
    "|meetings?|conferences?|enquir(?:y|ies)|checks?|timescales?|outcomes?|risks?|needs"
    "|actions?)"
)
_TWO_THINGS = re.compile(
    rf"\b({_THING}) and (?:(?:the|its|their|any|an?) )?({_THING})\b", re.IGNORECASE
)

_QUALITY: Final = (
    "(?:accurate|clear|complete|concise|consistent|correct|current|detailed|focused"
    "|full|honest|lawful|measurable|prompt|realistic|regular|relevant|right|safe|secure"
    "|specific|stable|suitable|timely|up[- ]to[- ]date|well[- ]written)"
)
_TWO_QUALITIES = re.compile(
    rf"\b({_QUALITY}),? and (?:\w{{1,30}}ly )?({_QUALITY})\b", re.IGNORECASE
)
_SLASH = re.compile(r"[^\W\d_]{2,30}/[^\W\d_]{2,30}")


def double_question(text: str) -> Iterator[Remark]:
    """Yield a remark on each way in which a question seems to ask two things."""
    plain = " ".join(unquoted(text).split())
    if plain.count("?") > 1:
        yield _remark("has more than one question mark")
    if second := _second_question(plain):
        yield _remark(f'begins a second question at "{second}"')
    yield from double_label(plain)


def double_label(text: str) -> Iterator[Remark]:
    """Yield a remark on each way in which a name joins two things to be asked."""
    plain = " ".join(unquoted(text).split())
    for pattern, said in (
        (_TWO_DEEDS, "either can be done without the other"),
        (_TWO_THINGS, "either can be there without the other"),
        (_TWO_QUALITIES, "either can be so without the other"),
    ):
        if pair := _pair(pattern, plain):
            yield _remark(f'joins two things in "{pair}": {said}')
    if slash := _SLASH.search(plain):
        yield _remark(f'hides an "and" or an "or" in "{slash[0]}"')


def _second_question(plain: str) -> str:
    """Return where a second question begins that could stand by itself."""
    found = _SECOND_VERB.search(plain)
    if found is None and _BEGINS_WITH_ASK.match(plain):
        found = _SECOND_ASK.search(plain)
    if found is None or _FOLLOWS.search(plain, found.end()):
        return ""
    return found[0]


def _pair(pattern: re.Pattern[str], plain: str) -> str:
    for found in pattern.finditer(plain):
        if not {found[1].lower(), found[2].lower()} & NO_DEEDS:
            return found[0]
    return ""


def _remark(what: str) -> Remark:
    return Remark(
        kind="double",
        what=what,
        suggestion="If one half could be true and the other not, ask the one that "
        "matters, or make two criteria.",
    )
