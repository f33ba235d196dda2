"""Keys can be changed, and a change that cannot work is said, not swallowed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from case_audit.errors import SettingsError
from case_audit.services.settings import PRESETS, Settings
from case_audit.tui.app import CaseAuditApp
from case_audit.tui.bindings import places
from case_audit.tui.key_names import arrives, is_character, key_of, shown_key
from case_audit.tui.keymap import TYPED, keymap, preset_keys, problems
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.help import HelpScreen
from screens import at, shown, workspace
from waiting import until

if TYPE_CHECKING:
    from case_audit.tui.app import Start


def read(**keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    named = {name.replace("__", "."): value for name, value in keys.items()}
    return keymap(Settings(keys=named), path="settings.toml")


@pytest.mark.parametrize(
    ("written", "key", "said"),
    [
        ("?", "question_mark", "?"),
        ("N", "N", "N"),
        (",", "comma", ","),
        ("Esc", "escape", "Esc"),
        ("F5", "f5", "F5"),
        ("Ctrl+P", "ctrl+p", "Ctrl+P"),
        ("shift+left", "shift+left", "Shift+←"),
        ("right_square_bracket", "right_square_bracket", "]"),
        ("ctrl+backslash", "ctrl+backslash", "Ctrl+\\"),
    ],
)
def test_keys_are_read_and_shown_as_people_write_them(
    written: str, key: str, said: str
) -> None:
    assert key_of(written) == key
    assert shown_key(key) == said
    assert arrives(key)


@pytest.mark.parametrize(
    "written",
    [
        *("alt+1", "ctrl+h", "ctrl+i", "ctrl+m", "shift+enter", "ctrl+enter", "f13"),
        *("ctrl+shift+a", "ctrl+1", "super+a", "escap", "", "\x1b", "ctrl+slash"),
    ],
)
def test_keys_that_a_terminal_swallows_are_known(written: str) -> None:
    assert not arrives(key_of(written))
    with pytest.raises(SettingsError, match="does not reach the app") as caught:
        read(audit__next=(written,))
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_works_on_every_screen(name: str) -> None:
    changed = preset_keys(name)

    assert list(problems(changed)) == []
    assert all(arrives(key) for keys in changed.values() for key in keys)
    keymap(Settings(preset=name), path="")


def test_the_preset_without_characters_has_none_and_loses_nothing() -> None:
    """WCAG 2.1.4. What is left without a key is moving, which arrows do."""
    changed = preset_keys("modifier-only")
    bound = [one for place in places() for one in place.bound if TYPED not in one.id]

    in_force = [(one, changed.get(one.id, one.keys)) for one in bound]

    assert not [k for _, keys in in_force for k in keys if is_character(k)]
    done = {(one.place, one.does) for one, keys in in_force if keys}
    lost = {one.does for one, _ in in_force if (one.place, one.does) not in done}
    assert lost == {"Up", "Down"}


@pytest.mark.parametrize(
    ("keys", "said", "hint"),
    [
        ({"audit__nxt": ("z",)}, '"audit.nxt" .* is nothing', 'Did you mean "audit.'),
        ({"zzz": ("z",)}, '"zzz"', "docs/keys.md lists all"),
        ({"audit__next": ("u",)}, 'screen Audit: "audit.next" and "audit.undo"', ""),
        ({"home__plan": ("down",)}, '"down", .* is needed to move', "another key"),
        ({"audit__next": ("ctrl+q",)}, "leaves the app everywhere", ""),
        ({"privacy": ("z",)}, "needs a key that is no character", "another key"),
        ({"privacy": ()}, "needs a key that is no character", "another key"),
        ({"make__go": ("z",)}, '"make.go" has only characters', "another key"),
        ({"file__next": ("n",)}, 'screen Audit: "audit.next" and "file.next"', ""),
    ],
)
def test_what_cannot_work_is_named_with_its_place(
    keys: dict[str, tuple[str, ...]], said: str, hint: str
) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        read(**keys)

    assert "settings.toml" in str(caught.value)
    assert hint in caught.value.hint
    assert caught.value.exit_code == 1


def test_two_keys_may_change_places() -> None:
    assert read(audit__next=("p",), audit__back=("n",)) == {
        "audit.next": ("p",),
        "audit.back": ("n",),
    }


def test_esc_goes_back_whatever_else_does() -> None:
    assert read(back=("F9",))["back"] == ("f9", "escape")


def test_as_it_ships_nothing_is_changed() -> None:
    assert keymap(Settings(), path="") == {}
    assert replace(Settings(), preset="default").keys == {}


async def test_keys_of_ones_own_act_and_are_shown(ready: Start) -> None:
    """In the line of hints, beside the grades, in help; the old ones do nothing."""
    path = ready.settings / "settings.toml"
    path.write_text(
        path.read_text() + 'preset = "modifier-only"\n[keys]\n'
        '"audit.grade_2" = ["G", "F3"]\n"audit.next" = "ctrl+right"\n"audit.undo" = []\n'
    )
    app = CaseAuditApp(ready)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "F1 help" in shown(pilot.app))
        text = shown(pilot.app)
        assert "F2-F10 grade" not in text
        assert "F2-F5 grade" in text
        assert "Ctrl+→ Ctrl+← next, back" in text
        assert "undo" not in text.splitlines()[-1]
        assert "F1 help" in text
        assert "G G Good." in text
        await pilot.press("2", "n")
        assert "v1 Label of v1" in shown(pilot.app)
        assert "▸" not in shown(pilot.app)
        await pilot.press("G")
        await until(pilot, lambda: "▸ G G Good." in shown(pilot.app))
        await pilot.press("ctrl+right")
        await until(pilot, lambda: "v2 Label of v2" in shown(pilot.app))
        await pilot.press("f12")
        await until(pilot, at(pilot, HelpScreen))
        text = shown(pilot.app)
        assert re.search(r"G, F3 +Good", text)
        assert re.search(r"Ctrl\+→ +Next criterion", text)
        assert "Undo" not in text


async def test_a_key_of_ones_own_is_a_letter_in_a_field(ready: Start) -> None:
    path = ready.settings / "settings.toml"
    path.write_text(path.read_text() + '[keys]\n"audit.next" = "z"\n')
    async with workspace(ready) as pilot:
        await pilot.press("e", "z", "z", "escape", "z")
        await until(pilot, lambda: "v2 Label of v2" in shown(pilot.app))
        await pilot.press("p")
        await until(pilot, lambda: "Because   zz" in shown(pilot.app))


async def test_settings_that_cannot_work_end_the_app_with_their_words(
    ready: Start,
) -> None:
    """As other errors of the settings do."""
    path = ready.settings / "settings.toml"
    path.write_text(path.read_text() + '[keys]\n"audit.nxt" = "z"\n')
    app = CaseAuditApp(ready)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.return_code is not None)

    assert app.return_code == 1


def test_a_new_key_is_in_the_list_by_itself() -> None:
    """The list is read off the classes, not kept beside them."""
    mine = [one for one in AuditScreen.BINDINGS if isinstance(one, Binding)]
    audit = next(place for place in places() if place.name == "Audit")

    assert {one.id for one in mine} <= {one.id for one in audit.bound}
