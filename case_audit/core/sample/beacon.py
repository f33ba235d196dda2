"""Public beacons: randomness that is published at a time known beforehand.

Source:
    The chains of the League of Entropy (drand): chain hash, genesis time and
    period as the chains' own ``/info`` give them. Round 1 is published at the
    genesis time, each further one a period later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from case_audit.errors import BeaconError

_VALUE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beacon:
    """A chain of published random numbers.

    Attributes:
        id: Its name here.
        chain: Its own identifier, 64 hexadecimal digits.
        genesis: When its first round was published, Unix seconds.
        period: Seconds between rounds.
    """

    id: str
    chain: str
    genesis: int
    period: int


BEACONS = (
    Beacon(
        id="drand",
        chain="8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
        genesis=1_595_431_050,
        period=30,
    ),
    Beacon(
        id="drand-quicknet",
        chain="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
        genesis=1_692_803_367,
        period=3,
    ),
)
"""The beacons whose times can be worked out without a network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """One published number.

    Attributes:
        beacon: Which chain.
        round: Its number in the chain, from 1.
    """

    beacon: Beacon
    round: int

    @property
    def name(self) -> str:
        """What it is called: ``drand:6000000``."""
        return f"{self.beacon.id}:{self.round}"

    @property
    def at(self) -> datetime:
        """When it is published."""
        first = datetime.fromtimestamp(self.beacon.genesis, UTC)
        return first + timedelta(seconds=self.beacon.period * (self.round - 1))


def read_pulse(text: str) -> Pulse:
    """Return the pulse that a text names, for example ``drand:6000000``.

    Raises:
        BeaconError: If there is no such beacon, or the number is none.
    """
    name, _, number = text.strip().partition(":")
    for beacon in BEACONS:
        if beacon.id == name and re.fullmatch(r"[1-9][0-9]{0,11}", number):
            return Pulse(beacon=beacon, round=int(number))
    known = " or ".join(f"{beacon.id}:ROUND" for beacon in BEACONS)
    reason = f"{text!r} is not of the form {known}"
    raise BeaconError(reason)


def first_after(beacon: Beacon, moment: datetime) -> Pulse:
    """Return the first pulse of a beacon after a moment."""
    seconds = int(moment.timestamp()) - beacon.genesis
    return Pulse(beacon=beacon, round=max(seconds // beacon.period + 2, 1))


def pulse_value(text: str) -> str:
    """Return a published value in its one form: 64 lower-case hexadecimal digits.

    Raises:
        BeaconError: If it is not of that form.
    """
    value = "".join(text.split()).lower()
    if not _VALUE.fullmatch(value):
        reason = "the value is not 64 hexadecimal digits"
        raise BeaconError(reason)
    return value
