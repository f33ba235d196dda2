"""A beacon's time is worked out without a network."""

from __future__ import annotations

import datetime as dt

import pytest

from case_audit.core.sample.beacon import (
    BEACONS,
    first_after,
    pulse_value,
    read_pulse,
)
from case_audit.errors import BeaconError


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("drand:1", "2020-07-22T15:17:30+00:00"),
        ("drand:6000000", "2026-04-05T23:17:00+00:00"),
        ("drand-quicknet:27946612", "2026-04-20T00:00:00+00:00"),
    ],
)
def test_a_round_has_one_time(name: str, at: str) -> None:
    """The second and third are as others have published them."""
    pulse = read_pulse(name)

    assert (pulse.name, pulse.at) == (name, dt.datetime.fromisoformat(at))


@pytest.mark.parametrize("text", ["", "drand", "drand:0", "drand:-1", "moon:3", "3"])
def test_what_names_no_round_is_refused(text: str) -> None:
    with pytest.raises(BeaconError, match="drand:ROUND"):
        read_pulse(text)


def test_the_next_round_lies_ahead() -> None:
    """Also at the very moment of one."""
    for beacon in BEACONS:
        for second in range(4):
            now = dt.datetime(2026, 4, 5, 23, 17, second, tzinfo=dt.UTC)
            pulse = first_after(beacon, now)
            late = (pulse.at - now).total_seconds()

            assert 0 < late <= beacon.period


def test_a_value_is_sixty_four_digits() -> None:
    assert pulse_value(" AB" * 32) == "ab" * 32
    with pytest.raises(BeaconError, match="64"):
        pulse_value("ab" * 31)
