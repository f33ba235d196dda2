"""The record of a draw without its units: what a summary needs of it.

A manifest has a line for each unit that was drawn. A summary needs only how many
there are, so that is kept beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.sample.manifest import Manifest
from case_audit.core.sample.replacement import account

if TYPE_CHECKING:
    from collections.abc import Mapping

_STANDING: Final = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The record of a draw without its units.

    Attributes:
        manifest: With empty lists of units. What is counted in ``standing`` cannot be
            counted from it.
        standing: Cases to be audited, by stratum.
    """

    manifest: Manifest
    standing: Mapping[str, int]


def head_of(manifest: Manifest) -> Head:
    """Return the record of a draw without its units."""
    plain = manifest.plain
    short = plain | {
        "drawn": [],
        "reserves": [],
        "exclusions": [one | {"units": []} for one in plain["exclusions"]],
    }
    if "extensions" in plain:
        short["extensions"] = [
            one | {"drawn": [], "reserves": []} for one in plain["extensions"]
        ]
    return Head(manifest=Manifest(short), standing=account(plain).standing)


def head_text(head: Head) -> str:
    """Return it as JSON with sorted keys."""
    plain = {**head.manifest.plain, _STANDING: dict(head.standing)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def head_from_text(text: str) -> Head:
    """Read what :func:`head_text` wrote."""
    plain = json.loads(text)
    standing = plain.pop(_STANDING)
    return Head(manifest=Manifest(plain), standing=standing)
