"""A log whose every line seals the one before it."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from case_audit.security.sealed_log import (
    FIRST,
    Event,
    content_digest,
    first_broken,
    seal,
)


def a_log(size: int) -> list[tuple[Event, str]]:
    lines: list[tuple[Event, str]] = []
    for seq in range(1, size + 1):
        event = Event(
            seq=seq,
            at_utc="2026-04-01T12:00:00Z",
            actor="Ann",
            action="answer",
            subject=f"audit {seq}",
            content=content_digest(["good", "because", ""]),
            previous=lines[-1][1] if lines else FIRST,
        )
        lines.append((event, seal(event)))
    return lines


def test_an_untouched_log_is_whole() -> None:
    assert first_broken(a_log(5)) is None
    assert first_broken([]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "Bob"),
        ("at_utc", "2026-04-02T12:00:00Z"),
        ("action", "submit"),
        ("subject", "audit 9"),
        ("content", "0" * 64),
    ],
)
def test_a_changed_line_is_found(field: str, value: str) -> None:
    lines = a_log(5)
    event, stored = lines[2]
    lines[2] = (Event(**(asdict(event) | {field: value})), stored)

    assert first_broken(lines) == 3


def test_a_changed_and_newly_sealed_line_breaks_the_next() -> None:
    lines = a_log(5)
    changed = replace(lines[2][0], actor="Bob")
    lines[2] = (changed, seal(changed))

    assert first_broken(lines) == 4


def test_a_removed_line_is_found() -> None:
    lines = a_log(5)
    del lines[1]

    assert first_broken(lines) == 2


def test_lines_in_another_order_are_found() -> None:
    lines = a_log(5)
    lines[1], lines[2] = lines[2], lines[1]

    assert first_broken(lines) == 2


def test_the_end_cut_off_is_not_seen_but_the_last_seal_differs() -> None:
    """What the help says: note the last seal elsewhere."""
    whole = a_log(5)

    assert first_broken(whole[:3]) is None
    assert whole[2][1] != whole[4][1]
