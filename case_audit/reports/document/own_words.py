"""The lead's own words in a document, with what has changed since they were written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.reports.document.evidence import OWN_WORDS
from case_audit.reports.document.model import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from case_audit.core.selfassessment.narrative import Piece
    from case_audit.core.selfassessment.narrative import Section as Key
    from case_audit.reports.document.model import Section


def with_own_words(
    sections: Iterable[Section], narrative: Mapping[Key, Sequence[Piece]]
) -> Iterator[Section]:
    """Yield sections with the lead's own words first, where there are some."""
    by_key = {str(key): pieces for key, pieces in narrative.items()}
    for section in sections:
        own = tuple(paragraphs(by_key.get(section.key, ())))
        yield replace(section, blocks=(*own, *section.blocks)) if own else section


def paragraphs(pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    """Yield a passage paragraph by paragraph.

    A number that has changed stands with what it is now, and marks its paragraph.
    """
    text, changed = "", False
    for piece in pieces:
        first, *more = piece.text.split("\n\n")
        text += _with_mark(piece, first)
        changed = changed or piece.kind in ("changed", "unsure")
        for part in more:
            if text.strip():
                yield _said(text.strip(), changed=changed)
            text, changed = part, False
    if text.strip():
        yield _said(text.strip(), changed=changed)


def _said(text: str, *, changed: bool) -> Paragraph:
    return Paragraph(text=text, changed=changed, basis=OWN_WORDS)


def _with_mark(piece: Piece, text: str) -> str:
    if piece.kind == "changed":
        return f"{text} [now {piece.now}]" if piece.now else f"{text} [changed]"
    if piece.kind == "unsure":
        return f"{text} [check]"
    return text
