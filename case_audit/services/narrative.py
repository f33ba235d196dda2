"""The lead's own words: kept between reports, with the numbers that have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.selfassessment.narrative import (
    KEYS,
    Passage,
    figures_of,
    linked,
    marked,
    numbers,
)
from case_audit.errors import PassageError, UnknownSectionError
from case_audit.reports.wording import percent
from case_audit.security.sealed_log import content_digest
from case_audit.security.text_gate import visible
from case_audit.services.selfassessment import summarise
from case_audit.services.times import utc

if TYPE_CHECKING:
    from datetime import datetime

    from case_audit.core.selfassessment.narrative import Piece, Section
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork

LONGEST: Final = 20_000
"""Characters of a passage, at most: some eight pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A passage and what is in it.

    Attributes:
        passage: As it was kept, or would be.
        linked: The numbers that were figures of the round, now or when they were
            first written.
        foreign: Those that never were.
    """

    passage: Passage
    linked: tuple[str, ...]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A passage beside the round's figures of today.

    Attributes:
        passage: As it was written.
        pieces: Its text, with the numbers that have changed.
    """

    passage: Passage
    pieces: tuple[Piece, ...]


def write_passage(
    database: Database,
    name: str | None,
    section: str,
    text: str,
    *,
    by: str,
    now: datetime,
    keep: bool = True,
) -> Written:
    """Keep a text for a section, as a new revision.

    Args:
        database: Where the round is.
        name: The round; the newest without one.
        section: Its key.
        text: What it is to say.
        by: Who writes.
        now: The time, for the record.
        keep: ``False`` says which numbers are linked and changes nothing.

    Raises:
        UnknownSectionError: If there is no such section.
        PassageError: If the text is empty or too long.
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    key, clean = _section(section), visible(text).strip()
    if not clean:
        reason, hint = "the text is empty", "To take a text away: narrative clear."
        raise PassageError(reason, hint=hint)
    if len(clean) > LONGEST:
        reason = f"the text has {len(clean):,} characters, at most {LONGEST:,} fit"
        raise PassageError(reason, hint="Say less, or share it out among the sections.")
    summary = summarise(database, name)
    with database.write() as uow:
        round_id, before = _before(uow, summary.facts.name, key)
        figures = figures_of(summary, percent)
        old = before.sources if before else {}
        new = Passage(
            section=key,
            text=clean,
            sources=linked(clean, figures, before=old),
            by=by,
            at_utc=utc(now),
            revision=before.revision + 1 if before else 1,
        )
        if keep:
            _keep(uow, round_id, new, action="write")
    found = numbers(clean)
    return Written(
        passage=new,
        linked=tuple(number for number in found if new.sources[number]),
        foreign=tuple(number for number in found if not new.sources[number]),
    )


def clear_passage(
    database: Database, name: str | None, section: str, *, by: str, now: datetime
) -> None:
    """Take the text of a section away; its revisions stay on record.

    Raises:
        UnknownSectionError: If there is no such section.
        PassageError: If nothing is written there.
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    key = _section(section)
    round_name = summarise(database, name).facts.name
    with database.write() as uow:
        round_id, before = _before(uow, round_name, key)
        if before is None or not before.text:
            reason, hint = f"nothing is written in {key}", "See: narrative list."
            raise PassageError(reason, hint=hint)
        empty = Passage(
            section=key,
            text="",
            by=by,
            at_utc=utc(now),
            revision=before.revision + 1,
        )
        _keep(uow, round_id, empty, action="clear")


def passages(database: Database, name: str | None = None) -> tuple[Marked, ...]:
    """Return what is written about a round, with the numbers that have changed.

    Args:
        database: Where the round is.
        name: The round; the newest without one.

    Returns:
        The sections with a text, in the order of the document.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    summary = summarise(database, name)
    figures = figures_of(summary, percent)
    with database.read() as uow:
        round_id = uow.rounds.named(summary.facts.name).id
        written = uow.narratives.latest(round_id).values()
    return tuple(
        Marked(passage=passage, pieces=marked(passage, figures))
        for passage in written
        if passage.text
    )


def _section(section: str) -> Section:
    if section not in KEYS:
        raise UnknownSectionError(section, known=KEYS)
    return section


def _before(uow: UnitOfWork, name: str, key: Section) -> tuple[int, Passage | None]:
    round_id = uow.rounds.named(name).id
    return round_id, uow.narratives.latest(round_id).get(key)


def _keep(uow: UnitOfWork, round_id: int, new: Passage, *, action: str) -> None:
    uow.narratives.add(round_id, new)
    uow.registry.log(
        at_utc=new.at_utc,
        actor=new.by,
        action=action,
        subject=f"round {round_id} narrative {new.section} revision {new.revision}",
        content=content_digest({"text": new.text}),
    )
    uow.commit()
