"""The program remembers who sits at the keyboard, and nothing else."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from case_audit.errors import SettingsError
from case_audit.services.settings import (
    change_settings,
    read_settings,
    remember_auditor,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann Auditor", "Ann Auditor"),
        ("  Ann \t Auditor \n", "Ann Auditor"),
        ("Zoë O'Neill [bold]", "Zoë O'Neill [bold]"),
        ("Ann\x1b]0;x\x07", "Ann␦]0;x␦"),
        ("x" * 90, "x" * 60),
    ],
)
def test_a_name_is_kept_as_one_visible_line(
    tmp_path: Path, typed: str, kept: str
) -> None:
    """It stands beside every answer and in the log."""
    assert remember_auditor(tmp_path, typed) == kept
    assert read_settings(tmp_path).auditor == kept


@pytest.mark.parametrize("typed", ["", " \n"])
def test_no_name_keeps_nothing(tmp_path: Path, typed: str) -> None:
    assert remember_auditor(tmp_path, typed) == ""
    assert list(tmp_path.iterdir()) == []


def test_other_settings_stay(tmp_path: Path) -> None:
    """A person may have written comments into the file."""
    path = tmp_path / "settings.toml"
    path.write_text('# mine\nauditor = "Bo"\ntheme = "contrast-dark"\n')

    remember_auditor(tmp_path, "Ann")

    assert path.read_text() == '# mine\nauditor = "Ann"\ntheme = "contrast-dark"\n'


@pytest.mark.parametrize("text", ["auditor = ", "auditor = 3", "\x00"])
def test_a_broken_file_is_named_and_not_overwritten(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)

    with pytest.raises(SettingsError, match=r"settings\.toml"):
        read_settings(tmp_path)

    assert path.read_text() == text


def test_limits_are_read_and_kept(tmp_path: Path) -> None:
    """A new name does not cost a council its limits."""
    path = tmp_path / "settings.toml"
    path.write_text("[timescales]\nsupervision = 42\n")

    remember_auditor(tmp_path, "Ann")

    found = read_settings(tmp_path)
    assert (found.auditor, found.timescales) == ("Ann", {"supervision": 42})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("timescales = 3", '"timescales" is not a table'),
        ("[timescales]\nvisit = 3", '"visit" under .* is not one of .*need_visit'),
        ("[timescales]\nsupervision = 0", "not a whole number from 1 to 1000"),
        ("[timescales]\nsupervision = 1001", "not a whole number"),
        ("[timescales]\nsupervision = 2.5", "not a whole number"),
        ("[timescales]\nsupervision = true", "not a whole number"),
        ('[timescales]\nsupervision = "31"', "not a whole number"),
    ],
)
def test_a_limit_that_cannot_be_is_named(tmp_path: Path, table: str, said: str) -> None:
    """A slip must not quietly become the default."""
    (tmp_path / "settings.toml").write_text(table)

    with pytest.raises(SettingsError, match=said):
        read_settings(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        remember_auditor(tmp_path / "config", "Ann")
    finally:
        os.umask(old)

    modes = [tmp_path / "config", tmp_path / "config" / "settings.toml"]
    assert [stat.S_IMODE(p.stat().st_mode) for p in modes] == [0o700, 0o600]


def test_how_the_app_is_liked_is_read(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'theme = "contrast-light"\nmouse = false\ncopying = true\nidle = 0\n'
        'preset = "vim"\n[keys]\n"audit.next" = "z"\n"audit.undo" = []\n'
    )

    found = read_settings(tmp_path)

    assert (found.theme, found.preset) == ("contrast-light", "vim")
    assert (found.mouse, found.copying, found.idle) == (False, True, 0)
    assert found.keys == {"audit.next": ("z",), "audit.undo": ()}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('theme = "dark"', '"theme" is not one of calm, contrast-dark'),
        ("theme = 1", '"theme" is not one of'),
        ('preset = "emacs"', '"preset" is not one of default, vim'),
        ('mouse = "no"', '"mouse" is neither true nor false'),
        ("copying = 1", '"copying" is neither'),
        ("idle = -1", '"idle" is not a whole number of minutes from 0 to 600'),
        ("idle = 601", '"idle"'),
        ("idle = true", '"idle"'),
        ("keys = 3", '"keys" is not a table'),
        ("[keys]\nback = 3", '"back" under .keys. is neither a key nor a list'),
        ('[keys]\nback = ["q", 3]', '"back" under .keys. is neither'),
        ('[keys]\n"\\u001b" = 3', r'"\\x1b" under'),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / "settings.toml").write_text(line)

    with pytest.raises(SettingsError, match=said) as caught:
        read_settings(tmp_path)

    assert caught.value.hint


def test_a_change_keeps_what_else_is_written(tmp_path: Path) -> None:
    """Comments, order, tables; and what would not be right is not written."""
    path = tmp_path / "settings.toml"
    text = '# mine\nauditor = "Bo" # me\n\n[keys] # ours\n"audit.next" = "z" # why\n'
    path.write_text(text)

    change_settings(tmp_path, {("keys", "audit.back"): ["y"], ("idle",): 7})
    found = change_settings(tmp_path, {("keys", "audit.next"): None})

    assert found.keys == {"audit.back": ("y",)}
    assert found.idle == 7
    kept = path.read_text()
    assert kept.startswith('# mine\nauditor = "Bo" # me\n')
    assert "[keys] # ours\n" in kept
    with pytest.raises(SettingsError, match="idle"):
        change_settings(tmp_path, {("idle",): 9999})
    assert path.read_text() == kept


def test_a_table_is_made_where_there_is_none(tmp_path: Path) -> None:
    change_settings(tmp_path, {("keys", "audit.back"): None})
    assert read_settings(tmp_path).keys == {}

    change_settings(tmp_path, {("keys", "audit.back"): ["y", "f6"]})

    assert read_settings(tmp_path).keys == {"audit.back": ("y", "f6")}
