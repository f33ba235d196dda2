"""What the database is, its sealed log, and the rubric texts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlmodel import col, select

from case_audit.security.sealed_log import FIRST, Event, seal
from case_audit.store.tables.registry import EventRow, MetaRow, RubricTextRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from case_audit.core.rubric.model import Rubric
    from case_audit.store.hands import Run

KIND = "kind"

_LAST = "SELECT seq, seal FROM event ORDER BY seq DESC LIMIT 1"
_APPEND = (
    "INSERT INTO event (seq, at_utc, actor, action, subject, content, previous, seal) "
    "VALUES (:seq, :at_utc, :actor, :action, :subject, :content, :previous, :seal)"
)


class Registry:
    """Facts about the database as a whole."""

    def __init__(self, session: Session, run: Run) -> None:
        self._session = session
        self._run = run

    def kind(self) -> str:
        """Return ``"live"``, ``"practice"``, or nothing before the first import."""
        row = self._session.get(MetaRow, KIND)
        return row.value if row else ""

    def set_kind(self, kind: str) -> None:
        """Decide what the database is; done once, by the first import."""
        self._session.add(MetaRow(key=KIND, value=kind))

    def log(
        self, *, at_utc: str, actor: str, action: str, subject: str, content: str
    ) -> str:
        """Append a line to the sealed log, in this transaction; returns its seal."""
        self._session.flush()  # what is logged is there before its line
        # At every answer: in statements that both databases know.
        last = next(iter(self._run(_LAST, {})), (0, FIRST))
        event = Event(
            seq=last[0] + 1,
            at_utc=at_utc,
            actor=actor,
            action=action,
            subject=subject,
            content=content,
            previous=last[1],
        )
        self._run(_APPEND, {**asdict(event), "seal": (sealed := seal(event))})
        return sealed

    def events(self) -> Iterator[tuple[Event, str]]:
        """Yield the log's lines with the seals they were stored with."""
        rows = self._session.exec(
            select(EventRow)
            .order_by(col(EventRow.seq))
            .execution_options(yield_per=1000)
        )
        # Whoever stops half way leaves no cursor open on the server.
        with closing(rows):
            for row in rows:
                event = Event(
                    seq=row.seq,
                    at_utc=row.at_utc,
                    actor=row.actor,
                    action=row.action,
                    subject=row.subject,
                    content=row.content,
                    previous=row.previous,
                )
                yield event, row.seal

    def keep_rubric(self, rubric: Rubric, *, digest: str, text: str) -> None:
        """Keep a rubric's whole text, once."""
        if self._session.get(RubricTextRow, digest) is None:
            self._session.add(
                RubricTextRow(
                    digest=digest,
                    rubric=rubric.id,
                    version=rubric.version,
                    title=rubric.title,
                    text=text,
                )
            )
            self._session.flush()

    def rubric_text(self, digest: str) -> str:
        """Return the text of a rubric that a round is pinned to."""
        return self._session.exec(
            select(RubricTextRow.text).where(col(RubricTextRow.digest) == digest)
        ).one()

    def rubric_texts(self, rubric: str, version: str) -> list[str]:
        """Return every text of a rubric's version that a round is pinned to."""
        rows = self._session.exec(
            select(RubricTextRow.text)
            .where(col(RubricTextRow.rubric) == rubric)
            .where(col(RubricTextRow.version) == version)
            .order_by(col(RubricTextRow.digest))
        )
        return list(rows)

    def rubric_title(self, digest: str) -> str:
        """Return the title of a rubric that a round is pinned to."""
        return self._session.exec(
            select(RubricTextRow.title).where(col(RubricTextRow.digest) == digest)
        ).one()
