"""What happened to a round after a copy of its manifest was made."""

from __future__ import annotations

from typing import Any

import pytest

from case_audit.core.sample.later import later_changes
from case_audit.core.sample.manifest import Manifest

FIRST = {"at": "2026-05-01T10:00:00Z"}
SECOND = {"at": "2026-05-02T10:00:00Z", "added": 4}
THIRD = {"at": "2026-05-03T10:00:00Z"}
KEPT = {"replacements": [FIRST, THIRD], "extensions": [SECOND]}


@pytest.mark.parametrize(
    ("copy", "since"),
    [
        ({}, [("replacements", 0), ("extensions", 4), ("replacements", 0)]),
        ({"replacements": [FIRST]}, [("extensions", 4), ("replacements", 0)]),
        ({"replacements": [FIRST], "extensions": [SECOND]}, [("replacements", 0)]),
        (KEPT, []),
        ({"replacements": [FIRST, THIRD]}, []),
        ({"replacements": [THIRD]}, []),
        ({**KEPT, "reopened": [FIRST]}, []),
        ({**KEPT, "reopened": 3}, []),
        ({"extensions": [{**SECOND, "added": 3}]}, []),
    ],
)
def test_only_the_beginning_of_a_record_is_an_earlier_copy(
    copy: dict[str, Any], since: list[tuple[str, int]]
) -> None:
    """In the order of time; nothing where the copy has what the round has not."""
    found = later_changes(Manifest(copy), Manifest(KEPT))

    assert [(one.key, one.added) for one in found] == since
