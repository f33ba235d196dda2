"""The settings of the person at the keyboard, in a TOML file of their own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from case_audit.core.timescales.limits import LARGEST as LARGEST_LIMIT
from case_audit.core.timescales.limits import LIMITS
from case_audit.errors import SettingsError
from case_audit.exchange.files import read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "settings.toml"
LARGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the app remembers of a person.

    Attributes:
        auditor: The name that stands beside every answer; empty before the
            first start.
        timescales: Limits that are not the default, by key.
    """

    auditor: str = ""
    timescales: Mapping[str, int] = field(default_factory=dict)


def read_settings(folder: Path) -> Settings:
    """Return the settings; the defaults where there are none yet.

    Raises:
        SettingsError: If the file is not TOML, or a value has another form.
    """
    path = folder / FILE
    if not path.exists():
        return Settings()
    try:
        plain = tomllib.loads(read_whole(path, largest=LARGEST).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingsError(str(path), problem="it is not TOML") from None
    auditor = plain.get("auditor", "")
    if not isinstance(auditor, str):
        raise SettingsError(str(path), problem='"auditor" is not a text')
    return Settings(auditor=auditor, timescales=_timescales(plain, path))


def _timescales(plain: Mapping[str, object], path: Path) -> dict[str, int]:
    """Return the table ``[timescales]``: limits by key."""
    table = plain.get("timescales", {})
    if not isinstance(table, dict):
        raise SettingsError(str(path), problem='"timescales" is not a table')
    for key, number in table.items():
        if key not in LIMITS:
            known = ", ".join(sorted(LIMITS))
            problem = f'"{key}" under [timescales] is not one of {known}'
            raise SettingsError(str(path), problem=problem)
        if type(number) is not int or not 1 <= number <= LARGEST_LIMIT:
            problem = (
                f'"{key}" under [timescales] is not a whole number from 1 to '
                f"{LARGEST_LIMIT}"
            )
            raise SettingsError(str(path), problem=problem)
    return dict(table)


def write_settings(folder: Path, settings: Settings) -> None:
    """Keep the settings, with whatever else a person wrote into the file.

    Raises:
        FileError: If it cannot be written.
    """
    import tomlkit  # noqa: PLC0415 - only needed when something is changed

    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    document = (
        tomlkit.parse(read_whole(path, largest=LARGEST).decode())
        if path.exists()
        else tomlkit.document()
    )
    document["auditor"] = settings.auditor
    write_whole(path, tomlkit.dumps(document).encode())
