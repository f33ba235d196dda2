"""How a rubric's texts read: likeness, judging words, vague words, reading age.

Nothing here understands a text. Each measure counts something that a person can
count again, and says what it counted. What stands between quotation marks is
somebody else's words and is not held against the author.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ALIKE: Final = Fraction(3, 5)
"""From this share on, two descriptors are called alike."""
SAME: Final = Fraction(9, 10)
"""From this share on, two texts say the same twice."""
FEWEST: Final = 4
"""Texts of fewer words are alike only if they are equal."""
MOST: Final = 150
"""Words of a text that are compared; a descriptor has some forty."""

ENOUGH: Final = 20
"""Fewer words have no reading age: one long name would decide it."""
OLDEST: Final = 20
"""Years: a text above is one for people who have studied."""
OLDEST_ON_AVERAGE: Final = 14
"""Years: what a rubric as a whole should not exceed."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_QUOTED = re.compile(
    r'"[^"]{0,300}"|\u201c[^\u201d]{0,300}\u201d|\u2018[^\u2019]{0,300}\u2019'
)
_STOP = re.compile(r"[.!?:;]+(?=[\s)\"\u2019\u201d]|$)")

_STOP_WORDS = (
    "a about after all also an and any are as at be been before being both but by can "
    "could did do does each even every for from had has have he her here him his how "
    "i if in into is it its just may might more most my no nor not of off on one only "
    "or other our out over own same shall she should so some such than that the their "
    "them then there these they this those to too up us very was we were what when "
    "where which while who whom whose why will with would you your"
)
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
"""Words that say nothing by themselves; the others carry the content."""

_DEGREES = (
    "actively adequately almost always appropriately clearly closely comprehensively "
    "consistently effectively entirely excellently exceptionally fully generally good "
    "highly hardly inconsistently largely mainly mostly not never occasionally often "
    "outstandingly partially partly poorly properly rarely regularly robustly seldom "
    "sometimes somewhat sufficiently thoroughly timely usually very well"
)
DEGREES: Final = frozenset(_DEGREES.split())
"""Words that only say how much or how well; changing one changes nothing to see."""

JUDGING: Final = re.compile(
    r"\b(?:outstanding(?:ly)?|good|inadequate(?:ly)?|adequate(?:ly)?|poor(?:ly)?|"
    r"requires? improvement|excellent(?:ly)?|excellence|exemplary|exceptional(?:ly)?|"
    r"satisfactory|satisfactorily|unsatisfactory|acceptable|unacceptable|"
    r"(?:in)?effective(?:ly)?|robust(?:ly)?|(?:in)?appropriate(?:ly)?|"
    r"(?:in)?sufficient(?:ly)?|(?:un)?suitab(?:le|ly)|thorough(?:ly)?|"
    r"comprehensive(?:ly)?|proportionate(?:ly)?|high[- ]quality|best practice|"
    r"properly)\b",
    re.IGNORECASE,
)
"""Words that give a grade instead of what was seen."""

VAGUE: Final = re.compile(
    r"\b(?:timely|where (?:appropriate|possible|necessary|relevant)|"
    r"as (?:appropriate|necessary|required|needed)|in due course|various|"
    r"a (?:wide )?range of|a number of|issues?|relevant|holistic(?:ally)?|"
    r"meaningful(?:ly)?|regular(?:ly)? (?:basis|intervals?)|regularly|sometimes|"
    r"going forward|wrap-?around|outcomes-focused|child-cent(?:red|ered))\b",
    re.IGNORECASE,
)
"""Words that two readers fill with different things."""

_PERSON = re.compile(
    r"\b(?:child(?:ren)?(?:['\u2019]s)?|bab(?:y|ies)|infants?|young (?:person|people|parent)"
    r"|brothers?|sisters?|siblings?|teenagers?|they|them|their|theirs|themselves"
    r"|famil(?:y|ies)|girls?|boys?|pupils?)\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:harm\w*|hurt\w*|unsafe|danger\w*|endanger\w*|risks?|at risk|unprotected|"
    r"injur\w*|neglect\w*|abus\w*|suffer\w*|exploit\w*|assault\w*|violen\w*|died?|"
    r"death|crisis)\b",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:alone|afraid|frighten\w*|fear\w*|worse\w*|lost|los(?:e|es|ing)"
    r"|left|leav\w*|without|miss(?:ed|es|ing)?|delay\w*|wait\w*|late|stay(?:s|ed|ing)?"
    r"|kept|went on|goes on|unseen|unheard|broke\w*|fell|falls?|fail\w*|stuck|drift\w*"
    r"|cannot|could not|nobody|no one|nowhere|nothing|never|against their|instead"
    r"|blam\w*|judged|moved|separat\w*|homeless|unlawful\w*|hungry|ill|pain|shut out"
    r"|apart|untreated|ended|gave up|away|unready|debts?|strangers?|refus\w*|unfair\w*"
    r"|(?:do|does|did) not know)\b",
    re.IGNORECASE,
)

_ABBREVIATION = re.compile(r"\b[A-Z](?:[A-Z0-9]|&(?=[A-Z]))+(?=s?\b)")
_EXPLAINED = re.compile(
    r"\(([A-Z][A-Z0-9&]{1,20})s?\)|\b([A-Z][A-Z0-9&]{1,20})s? \([^)]{0,200}?[a-z]"
)
KNOWN_ABBREVIATIONS: Final = frozenset({"A&E", "GP", "NHS", "PLO", "UK"})
"""What people who grade files say aloud, so that no one has to look it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to think over in a text.

    Attributes:
        kind: Short name of the rule, for example ``"judging"``.
        what: What was seen, to follow the place it was seen at.
        suggestion: What to do about it, a whole sentence.
    """

    kind: str
    what: str
    suggestion: str


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, hyphened ones as one."""
    return [found.lower() for found in _WORD.findall(text)]


def unquoted(text: str) -> str:
    """Return a text without what it quotes."""
    return _QUOTED.sub(" ", text)


def likeness(one: str, other: str) -> Fraction:
    """Return how alike two texts are, 0 to 1.

    The larger of two shares: the words that stand in both in the same order,
    and the content words that stand in both; each of the shorter text's. The
    first sees one sentence with a word changed, the second one sentence turned
    round. Words of degree ("fully", "partly", "not") count for nothing in either.
    """
    first, second = _compared(one), _compared(other)
    if min(len(first.words), len(second.words)) < FEWEST:
        return Fraction(int(words(one) == words(other)))
    in_order = Fraction(
        _in_order(first.words, second.words), min(len(first.words), len(second.words))
    )
    fewest = min(len(first.content), len(second.content))
    if fewest < FEWEST:
        return in_order
    return max(in_order, Fraction(len(first.content & second.content), fewest))


def as_alike(one: str, other: str, *, share: Fraction) -> bool:
    """Whether the :func:`likeness` of two texts is at least a share.

    The same answer, sooner where few words are common.
    """
    first, second = _compared(one), _compared(other)
    length = min(len(first.words), len(second.words))
    if length >= FEWEST:
        fewest = min(len(first.content), len(second.content))
        least, of = share.as_integer_ratio()
        content = len(first.content & second.content)
        if fewest < FEWEST or content * of < least * fewest:
            times, there = first.times, second.times
            common = sum(min(times[word], there[word]) for word in times.keys() & there)
            if common * of < least * length:
                return False
    return likeness(one, other) >= share


@dataclass(frozen=True, slots=True)
class _Compared:
    """A text as it is compared: words of degree left out, the first ones alone."""

    words: tuple[str, ...]
    content: frozenset[str]
    times: Mapping[str, int]


# Every text of a rubric is compared with those of all modules.
@lru_cache(maxsize=4096)
def _compared(text: str) -> _Compared:
    found = [word for word in words(text) if word not in DEGREES][:MOST]
    return _Compared(tuple(found), frozenset(found) - STOP_WORDS, Counter(found))


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence.

    A row of the usual table is one whole number here: a bit is 0 where the length
    rises by one, and an addition carries through the row at once.

    Source:
        H. Hyyrö, *Bit-parallel LCS-length computation revisited*, AWOCA 2004.
    """
    places: dict[str, int] = {}
    for place, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << place
    whole = (1 << len(other)) - 1
    row = whole
    for word in one:
        met = row & places.get(word, 0)
        row = (row + met | row - met) & whole
    return len(other) - row.bit_count()


def readability(texts: Sequence[str]) -> Fraction | None:
    """Return the Automated Readability Index of texts taken together.

    ``4.71 * letters / words + 0.5 * words / sentences - 21.43``, a year of school
    in the United States. A colon or semicolon ends a sentence here, as a reader
    may rest there; so does the end of a text.

    Returns:
        The index, exact; ``None`` for fewer than :data:`ENOUGH` words.

    Source:
        R. J. Senter, E. A. Smith, *Automated Readability Index*, Aerospace
        Medical Research Laboratories, AMRL-TR-66-220, 1967.
    """
    found = [word for text in texts for word in _WORD.findall(text)]
    if len(found) < ENOUGH:
        return None
    letters = sum(sum(c.isalnum() for c in word) for word in found)
    sentences = sum(_sentences(text) for text in texts)
    return (
        Fraction(471, 100) * Fraction(letters, len(found))
        + Fraction(len(found), 2 * sentences)
        - Fraction(2143, 100)
    )


def _sentences(text: str) -> int:
    parts = (part for part in _STOP.split(text) if _WORD.search(part))
    return sum(1 for _ in parts)


def reading_age(texts: Sequence[str]) -> int | None:
    """Return the age at which most can read texts with ease, in years.

    The :func:`readability` rounded up, and five years more: who is in the first
    year of school in the United States turns six or seven.
    """
    index = readability(texts)
    return None if index is None else max(ceil(index), 0) + 5


def hard_to_read(text: str) -> Iterator[Remark]:
    """Yield a remark on a text that asks too much of its reader."""
    age = reading_age([text])
    if age is not None and age > OLDEST:
        count = len(_WORD.findall(text))
        yield Remark(
            kind="reading",
            what=f"has a reading age of {age} ({count} words, {_sentences(text)} "
            f"{'sentence' if _sentences(text) == 1 else 'sentences'})",
            suggestion="Make two sentences of it, or say it in shorter words.",
        )


def judging_words(text: str) -> Iterator[Remark]:
    """Yield a remark on each word that grades where evidence should stand."""
    for word in _found(JUDGING, text):
        yield Remark(
            kind="judging",
            what=f'"{word}" gives a grade, not what was seen',
            suggestion="Say what the file shows that would make you call it that: "
            "who did what, when, and what it changed for the child.",
        )


def vague_words(text: str) -> Iterator[Remark]:
    """Yield a remark on each word that means something else to each reader."""
    for word in _found(VAGUE, text):
        yield Remark(
            kind="vague",
            what=f'"{word}" means something else to each reader',
            suggestion="Name the thing, the number or the time.",
        )


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    hits = (hit[0].lower() for hit in pattern.finditer(unquoted(text)))
    return tuple(dict.fromkeys(hits))


def loose_ends(text: str) -> Iterator[Remark]:
    """Yield a remark on an exclamation mark and on "etc."."""
    plain = unquoted(text)
    if "!" in plain:
        yield Remark(
            kind="exclamation",
            what="has an exclamation mark",
            suggestion="End the sentence with a full stop; the fact is loud enough.",
        )
    if re.search(
        r"\betc\b|\bet cetera\b|\band so (?:on|forth)\b", plain, re.IGNORECASE
    ):
        yield Remark(
            kind="et-cetera",
            what='ends a list with "etc." or the like',
            suggestion="Name what counts, or say what the things have in common.",
        )


_PASTED: Final = re.compile(
    "[\u201c\u201d\u2018\u2019][^\u201c\u201d]*[\u201c\u201d\u2018\u2019]"
)
"""A whole text between quotation marks that bend."""


def pasted_marks(text: str) -> Iterator[Remark]:
    """Yield a remark if a word processor's quotation marks enclose the whole text."""
    if _PASTED.fullmatch(text):
        yield Remark(
            kind="quotes",
            what=f"stands between {text[0]} and {text[-1]}, which become part of it",
            suggestion='Use straight marks, ", or none.',
        )


def no_consequence(text: str) -> Iterator[Remark]:
    """Yield a remark if a lowest grade does not say what came of it for the child.

    It is content with a word of harm (danger, risk, hurt ...), or with a person
    (child, baby, they ...) beside a word of loss (alone, waited, lost ...).
    """
    if _HARM.search(text) or (_PERSON.search(text) and _LOSS.search(text)):
        return
    yield Remark(
        kind="consequence",
        what="names no harm, danger or loss for the child",
        suggestion="Add what happened to the child because of it, or could have.",
    )


def abbreviations(text: str) -> tuple[str, ...]:
    """Return the abbreviations of a text, each once."""
    return tuple(dict.fromkeys(_ABBREVIATION.findall(text)))


def explained(texts: Iterable[str]) -> frozenset[str]:
    """Return the abbreviations that stand with their words in brackets.

    Either way round: ``independent reviewing officer (IRO)`` or
    ``IRO (independent reviewing officer)``.
    """
    return frozenset(
        found[1] or found[2] for text in texts for found in _EXPLAINED.finditer(text)
    )
