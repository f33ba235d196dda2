"""Certify a draw."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.sample.certificate import Certificate
from case_audit.core.sample.manifest import read_manifest
from case_audit.security.text_gate import escaped

if TYPE_CHECKING:
    from case_audit.services.database import Database


def certify(database: Database, name: str) -> Certificate:
    """Return the certificate of a round's draw.

    Args:
        database: Where the round is.
        name: Its name.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        frame = uow.frames.frame(one.frame_id)
        same = {
            f.id
            for f in uow.frames.frames()
            if (f.cohort, f.digest) == (frame.cohort, frame.digest)
        }
        draws = sum(r.frame_id in same for r in uow.rounds.rounds())
        plans = uow.plans.plans()
        kind = uow.registry.kind()
    return Certificate(
        manifest=read_manifest(one.manifest),
        manifest_sha256=printed_digest(one.manifest),
        purpose=one.purpose,
        kind=kind,
        rubric=f"{rubric.title}, version {rubric.version}",
        rubric_digest=one.rubric_digest,
        draws=draws,
        not_drawn=sum(p.frame_id in same and not p.round_id for p in plans),
        closed_utc=one.closed_utc,
    )


def printed_digest(manifest: str) -> str:
    """Return SHA-256 of a manifest as `round show --manifest` prints it."""
    printed = escaped(manifest.removesuffix("\n")) + "\n"
    return sha256(printed.encode()).hexdigest()
