"""Presses keys by what they do, and remembers which were pressed where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from case_audit.tui.bindings import ANYWHERE, name_of, places
from screens import shown
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    Effect = str | type[Any] | Callable[[], bool]

KEYS: dict[tuple[str, str], tuple[str, ...]] = {}
"""The keys that ship, by screen and identifier."""
for place in places():
    for bound in place.bound:
        KEYS.setdefault((place.name, bound.id), bound.keys)


class Keyboard:
    """A keyboard under a finger that knows every key.

    Attributes:
        pressed: What was pressed, by screen and identifier.
    """

    def __init__(self, pilot: Pilot[Any], pressed: set[tuple[str, str]]) -> None:
        self._pilot = pilot
        self.pressed = pressed

    async def does(
        self,
        binding_id: str,
        *effects: Effect,
        again: tuple[str, ...] = (),
        begin: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Press each key that does something, and wait for each effect.

        Args:
            binding_id: What is done.
            effects: What must be so after each press: a text on the screen, a
                screen, or what returns whether it is so. At least one for each key.
            again: Keys pressed between two presses, to come back to where the first
                one was.
            begin: Does the same where keys alone do not.
        """
        screen = name_of(type(self._pilot.app.screen))
        place = screen if (screen, binding_id) in KEYS else ANYWHERE
        keys = KEYS[place, binding_id]
        assert len(effects) >= len(keys), f"{place}: {keys} of {binding_id}"
        for number, effect in enumerate(effects):
            if number:
                await self._pilot.press(*again)
                if begin:
                    await begin()
                await until(
                    self._pilot,
                    lambda: name_of(type(self._pilot.app.screen)) == screen,
                )
            await self._pilot.press(keys[number % len(keys)])
            await self.reaches(effect, f"{place}: {keys} of {binding_id}")
        self.pressed.add((place, binding_id))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return shown(self._pilot.app)

    async def reaches(self, effect: Effect, about: str = "") -> None:
        """Wait for an effect."""
        try:
            await until(self._pilot, lambda: self._is_so(effect))
        except AssertionError as error:
            message = f"{about} led nowhere near {effect}\n{shown(self._pilot.app)}"
            raise AssertionError(message) from error

    def _is_so(self, effect: Effect) -> bool:
        app = self._pilot.app
        if isinstance(effect, str):
            return effect in shown(app)
        if isinstance(effect, type):
            return isinstance(app.screen, effect) and bool(shown(app).strip())
        return effect()
