"""The settings of the person at the keyboard, in a TOML file of their own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from case_audit.core.timescales.limits import LARGEST as LARGEST_LIMIT
from case_audit.core.timescales.limits import LIMITS
from case_audit.errors import SettingsError
from case_audit.errors.base import shown
from case_audit.exchange.files import read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from pathlib import Path

FILE = "settings.toml"
LARGEST = 100_000
THEMES = ("calm", "contrast-dark", "contrast-light")
"""Names of the app's colours."""
PRESETS = ("default", "vim", "modifier-only")
"""Names of the sets of keys that ship with the app."""
KEYS_HINT = 'Write it as "audit.next" = "f6"; docs/keys.md has the names.'
IDLE = 5
LONGEST_IDLE = 600
"""Minutes after which the screen is emptied, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the app remembers of a person.

    Attributes:
        auditor: The name that stands beside every answer; empty before the
            first start.
        timescales: Limits that are not the default, by key.
        theme: One of :data:`THEMES`.
        mouse: Whether the app listens to the mouse.
        copying: Whether text of a case may reach the system's clipboard.
        idle: Minutes without a key after which the screen is emptied; 0 for
            never.
        preset: One of :data:`PRESETS`.
        keys: Keys of one's own by the identifier of what they do; none to
            switch it off.
    """

    auditor: str = ""
    timescales: Mapping[str, int] = field(default_factory=dict)
    theme: str = THEMES[0]
    mouse: bool = True
    copying: bool = False
    idle: int = IDLE
    preset: str = PRESETS[0]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_settings(folder: Path) -> Settings:
    """Return the settings; the defaults where there are none yet.

    Raises:
        SettingsError: If the file is not TOML, or a value has another form.
    """
    path = folder / FILE
    if not path.exists():
        return Settings()
    return _parsed(read_whole(path, largest=LARGEST), path)


def _parsed(data: bytes, path: Path) -> Settings:
    try:
        plain = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingsError(str(path), problem="it is not TOML") from None
    auditor = plain.get("auditor", "")
    if not isinstance(auditor, str):
        raise SettingsError(str(path), problem='"auditor" is not a text')
    return Settings(
        auditor=auditor,
        timescales=_timescales(plain, path),
        theme=_one_of(plain, "theme", THEMES, path),
        mouse=_yes_or_no(plain, "mouse", path, default=True),
        copying=_yes_or_no(plain, "copying", path, default=False),
        idle=_minutes(plain, path),
        preset=_one_of(plain, "preset", PRESETS, path),
        keys=_keys(plain, path),
    )


def _one_of(
    plain: Mapping[str, object], key: str, known: tuple[str, ...], path: Path
) -> str:
    value = plain.get(key, known[0])
    if isinstance(value, str) and value in known:
        return value
    problem = f'"{key}" is not one of {", ".join(known)}'
    raise SettingsError(str(path), problem=problem, hint="Write one of them.")


def _yes_or_no(
    plain: Mapping[str, object], key: str, path: Path, *, default: bool
) -> bool:
    value = plain.get(key, default)
    if isinstance(value, bool):
        return value
    raise SettingsError(
        str(path), problem=f'"{key}" is neither true nor false', hint="Write one."
    )


def _minutes(plain: Mapping[str, object], path: Path) -> int:
    value = plain.get("idle", IDLE)
    if type(value) is int and 0 <= value <= LONGEST_IDLE:
        return value
    problem = f'"idle" is not a whole number of minutes from 0 to {LONGEST_IDLE}'
    raise SettingsError(str(path), problem=problem, hint="0 means never.")


def _keys(plain: Mapping[str, object], path: Path) -> dict[str, tuple[str, ...]]:
    """Return the table ``[keys]``: what was written, by identifier."""
    table = plain.get("keys", {})
    if not isinstance(table, dict):
        raise SettingsError(str(path), problem='"keys" is not a table', hint=KEYS_HINT)
    found = {}
    for name, value in table.items():
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(k, str) for k in keys):
            problem = (
                f'"{shown(name)}" under [keys] is neither a key nor a list of keys'
            )
            raise SettingsError(str(path), problem=problem, hint=KEYS_HINT)
        found[name] = tuple(keys)
    return found


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


def written(folder: Path, way: tuple[str, ...]) -> object | None:
    """Return what the file itself says at a place; ``None`` if nothing."""
    path = folder / FILE
    if not path.exists():
        return None
    value: object = tomllib.loads(read_whole(path, largest=LARGEST).decode())
    for key in way:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def change_settings(
    folder: Path,
    changes: Mapping[tuple[str, ...], object | None],
    *,
    check: Callable[[Settings], object] | None = None,
) -> Settings:
    """Change part of the file, with whatever else a person wrote into it.

    Args:
        folder: The user's folder for settings.
        changes: By the way to a value (``("keys", "audit.next")``), the new
            value; ``None`` takes it out.
        check: Called with the settings before they are written; raises what
            keeps them from being used.

    Returns:
        The settings as they are now.

    Raises:
        SettingsError: If the file is not TOML, or would not be right afterwards;
            nothing is written then.
        FileError: If it cannot be written.
    """
    import tomlkit  # noqa: PLC0415 - only needed when something is changed
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = read_whole(path, largest=LARGEST) if path.exists() else b""
    try:
        document = tomlkit.parse(before.decode())
    except (TOMLKitError, UnicodeDecodeError):
        raise SettingsError(str(path), problem="it is not TOML") from None
    for way, value in changes.items():
        _change(document, way, value)
    after = tomlkit.dumps(document).encode()
    settings = _parsed(after, path)
    if check is not None:
        check(settings)
    write_whole(path, after)
    return settings


def _change(
    table: MutableMapping[str, Any], way: tuple[str, ...], value: object | None
) -> None:
    import tomlkit  # noqa: PLC0415 - only needed when something is changed

    key, *rest = way
    if rest:
        if not isinstance(table.get(key), dict):
            if value is None:
                return
            table[key] = tomlkit.table()
        _change(table[key], tuple(rest), value)
    elif value is None:
        table.pop(key, None)
    else:
        table[key] = value
