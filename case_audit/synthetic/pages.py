"""One document while it is being written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.frame.case_file import Document, Planted
from case_audit.synthetic.days import iso

if TYPE_CHECKING:
    from case_audit.synthetic.bank import Said
    from case_audit.synthetic.story import Story

LATE = 15
"""Days after which a note counts as written up late."""


@dataclass(slots=True, kw_only=True)
class Page:
    """A document that is being written, and what it shows on purpose.

    Attributes:
        story: What it is written from.
        prefix: Short name of the kind in capitals, for the reference.
        kind: Kind of document.
        day: When it happened.
        author: Who writes it.
        role: The author's role.
        title: The heading.
        delay: Days until it is written up.
    """

    story: Story
    prefix: str
    kind: str
    day: int
    author: str
    role: str
    title: str
    delay: int = 0
    paragraphs: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The reference: what it is and when, whatever else is in the file."""
        return f"{self.prefix}-{iso(self.day)}"

    def say(self, *said: Said | str | None) -> None:
        """Add a paragraph made of pieces; nothing if there are none."""
        pieces = [piece for piece in said if piece]
        if not pieces:
            return
        texts = [piece if isinstance(piece, str) else piece.text for piece in pieces]
        self.paragraphs.append(" ".join(texts))
        for piece in pieces:
            if not isinstance(piece, str) and piece.feature:
                self.plant(piece.feature)

    def plant(self, feature: str) -> None:
        """Record that the last paragraph shows something on purpose."""
        self.planted.append(
            Planted(
                unit=self.story.case.child.unit,
                feature=feature,
                ref=self.ref,
                line=len(self.paragraphs),
            )
        )

    def finish(self) -> Document:
        """Return the document; never written up after the as-at date."""
        recorded = min(self.day + self.delay, self.story.as_at)
        return Document(
            ref=self.ref,
            kind=self.kind,
            date=date.fromordinal(self.day),
            recorded_on=date.fromordinal(recorded),
            author=self.author,
            role=self.role,
            title=self.title,
            paragraphs=tuple(self.paragraphs),
        )


def note(
    story: Story,
    prefix: str,
    kind: str,
    day: int,
    title: str,
    *,
    role: str = "Social worker",
    author: str = "",
    delay: int | None = None,
) -> Page:
    """Begin a document, by default one that the social worker writes.

    Args:
        story: What it is written from.
        prefix: Short name of the kind in capitals.
        kind: Kind of document.
        day: When it happened.
        title: The heading.
        role: The author's role.
        author: Who writes it; empty for the social worker.
        delay: Days until it is written up; a day or three if not given.
    """
    usual = story.rng(f"delay/{prefix}/{day}").choice((0, 0, 1, 1, 2, 3))
    return Page(
        story=story,
        prefix=prefix,
        kind=kind,
        day=day,
        author=author or story.case.worker.name,
        role=role,
        title=title,
        delay=usual if delay is None else delay,
    )
