"""The settings of the person at the keyboard, in a TOML file of their own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.errors import SettingsError
from case_audit.exchange.files import read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE = "settings.toml"
LARGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the app remembers of a person.

    Attributes:
        auditor: The name that stands beside every answer; empty before the
            first start.
    """

    auditor: str = ""


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
    return Settings(auditor=auditor)


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
