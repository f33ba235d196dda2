"""The lead's own words about rounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from sqlmodel import col, select

from case_audit.core.selfassessment.narrative import KEYS, Passage
from case_audit.store.tables.selfassessment import NarrativeRow

if TYPE_CHECKING:
    from sqlmodel import Session

    from case_audit.core.selfassessment.narrative import Section


class Narratives:
    """What was written in each section of a round's self-assessment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def latest(self, round_id: int) -> dict[Section, Passage]:
        """Return the newest revision of each section that has one, cleared or not."""
        rows = self._session.exec(
            select(NarrativeRow)
            .where(col(NarrativeRow.round_id) == round_id)
            .order_by(col(NarrativeRow.revision))
        )
        newest = {row.section: _passage(row) for row in rows}
        return {key: newest[key] for key in KEYS if key in newest}

    def add(self, round_id: int, new: Passage) -> None:
        """Keep a revision; earlier ones stay."""
        self._session.add(
            NarrativeRow(
                round_id=round_id,
                section=new.section,
                revision=new.revision,
                text=new.text,
                sources=json.dumps(dict(new.sources), ensure_ascii=False),
                at_utc=new.at_utc,
                written_by=new.by,
            )
        )
        self._session.flush()


def _passage(row: NarrativeRow) -> Passage:
    return Passage(
        section=cast("Section", row.section),
        text=row.text,
        sources={key: tuple(names) for key, names in json.loads(row.sources).items()},
        by=row.written_by,
        at_utc=row.at_utc,
        revision=row.revision,
    )
