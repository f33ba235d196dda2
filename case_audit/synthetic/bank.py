"""The phrases that files are written with, and when each may be used.

A bank file holds blocks. A block begins with ``[key] conditions`` and goes on
with one form a line; a line may begin with ``<conditions>`` of its own.
Conditions are facts about the case: ``talks`` must hold, ``!cic`` must not, of
``teen|older`` one must. ``^A-HISTORY`` says which strength or weakness a form
shows. A key's ending ``.bad``, ``.mixed`` or ``.good`` is a condition too. Every
form in ``issue_<name>.txt`` has the condition ``<name>``, and where it is about home
also ``!cic``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from case_audit.synthetic.days import at_work, in_words
from case_audit.synthetic.streams import stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

PHASES: Final = ("bad", "mixed", "good")
"""How things are at home on a day."""

_HEADER = re.compile(r"\[([a-z_.]+)\]\s*(.*)")
_OWN = re.compile(r"<([^>]*)>\s*(.*)")
_SLOT = re.compile(r"\{([A-Za-z_.]+|[+-]\d+)\}")
_DEEPEST = 6
_STOPS = (". ", "? ", "! ")
_ALIASES: Final = {"schoolsays": "school"}
_IN_CARE: Final = {"wish": "wish_care"}
_AT_HOME: Final = frozenset({"school", "wish", "home", "carer", "action", "outcome"})
"""Keys whose forms in an issue's file are about a child who lives at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of saying something.

    Attributes:
        text: The text with its ``{slots}``.
        needs: Sets of facts; of each one at least must hold.
        bars: Facts that must not hold.
        feature: Code of the strength or weakness it shows, or empty.
    """

    text: str
    needs: tuple[frozenset[str], ...]
    bars: frozenset[str]
    feature: str

    def fits(self, facts: AbstractSet[str]) -> bool:
        """Return whether the form may be used."""
        return not self.bars & facts and all(need & facts for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A finished piece of text and what it shows on purpose."""

    text: str
    feature: str = ""


def _form(text: str, conditions: list[str]) -> Form:
    words = [word for word in conditions if word]
    return Form(
        text=text,
        needs=tuple(frozenset(w.split("|")) for w in words if w[0] not in "!^"),
        bars=frozenset(w[1:] for w in words if w[0] == "!"),
        feature=next((w[1:] for w in words if w[0] == "^"), ""),
    )


@cache
def bank() -> Mapping[str, tuple[Form, ...]]:
    """Return every form by key, in the order of the files."""
    found: dict[str, list[Form]] = {}
    folder = resources.files("case_audit.synthetic") / "data" / "bank"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        stem = file.name.removesuffix(".txt")
        issue = [stem.removeprefix("issue_")] if stem.startswith("issue_") else []
        key, shared = "", issue
        for line in file.read_text(encoding="utf-8").splitlines():
            if header := _HEADER.fullmatch(line.strip()):
                key, _, phase = header[1].rpartition(".")
                if phase not in PHASES:
                    key, phase = header[1], ""
                at_home = ["!cic"] if issue and key in _AT_HOME else []
                shared = [*issue, *at_home, phase, *header[2].split()]
            elif line.strip() and not line.startswith("#"):
                own = _OWN.fullmatch(line.strip())
                text, extra = (own[2], own[1].split()) if own else (line.strip(), [])
                found.setdefault(key, []).append(_form(text, [*shared, *extra]))
    return {key: tuple(forms) for key, forms in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes the phrases of one file.

    Which form is used depends on the child, the key and the place in the file
    alone: what one document says never moves the words of another.

    Attributes:
        seed: The county's seed.
        unit: The child's identifier.
        slots: Text by slot.
        facts: What holds for the whole file.
        referral: No date that a form counts back to lies before the referral.
        since: Nor, in a document of a later day, before the help began.
    """

    seed: str
    unit: str
    slots: Mapping[str, str]
    facts: AbstractSet[str]
    referral: int
    since: int
    _orders: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def has(self, key: str, *, facts: AbstractSet[str] = frozenset()) -> bool:
        """Return whether there is a form for the key and these facts."""
        return any(form.fits(self.facts | facts) for form in bank().get(key, ()))

    def say(
        self,
        key: str,
        *,
        day: int,
        nth: int = 0,
        facts: AbstractSet[str] = frozenset(),
        slots: Mapping[str, str] | None = None,
    ) -> Said:
        """Return a finished piece of text.

        Args:
            key: Key in the bank.
            day: Date of the document, from which dates are counted.
            nth: How often the same kind of document has come before; successive
                ones get different forms while there are enough.
            facts: What holds for this document besides.
            slots: Further text by slot.

        Raises:
            LookupError: If no form may be used.
        """
        form = self._choose(key, nth, facts)
        known = {**self.slots, **(slots or {})}
        return Said(
            text=self._fill(form.text, day, nth, facts, known), feature=form.feature
        )

    def _choose(self, key: str, nth: int, facts: AbstractSet[str]) -> Form:
        forms = bank().get(key, ())
        if key not in self._orders:
            rng = stream(self.seed, f"forms/{key}", self.unit)
            self._orders[key] = tuple(rng.random() for _ in forms)
        every = self.facts | facts
        for held in (
            every,
            (every - {"mixed"}) | {"bad"},
            (every - {"mixed"}) | {"good"},
        ):
            fitting = [
                (order, form)
                for order, form in zip(self._orders[key], forms, strict=True)
                if form.fits(held)
            ]
            if fitting:
                fitting.sort(key=lambda pair: pair[0])
                return fitting[nth % len(fitting)][1]
            if "mixed" not in every:
                break
        msg = f"nothing to say for {key!r}"
        raise LookupError(msg)

    def _count(self, day: int, days: int) -> int:
        """Return a working day some days before or after a document's."""
        earliest = self.referral if day <= self.since else self.since
        counted = at_work(day + days)
        return counted if days > 0 else max(counted, min(earliest, day))

    def _fill(
        self,
        text: str,
        day: int,
        nth: int,
        facts: AbstractSet[str],
        slots: Mapping[str, str],
        depth: int = 0,
    ) -> str:
        if depth > _DEEPEST:
            msg = "a phrase leads back to itself"
            raise LookupError(msg)

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name[0] in "+-":
                return in_words(self._count(day, int(name)), seen_from=day)
            small = name[0].lower() + name[1:]
            if small in slots:
                filled = slots[small]
            else:
                key = _ALIASES.get(small, small)
                if "cic" in self.facts:
                    key = _IN_CARE.get(small, key)
                form = self._choose(key, nth, facts)
                filled = self._fill(form.text, day, nth, facts, slots, depth + 1)
            before = text[: match.start()]
            begins = before.endswith(_STOPS) or not (before or depth)
            if name == small and not begins:
                return filled
            return filled[0].upper() + filled[1:]

        return _SLOT.sub(value, text)
