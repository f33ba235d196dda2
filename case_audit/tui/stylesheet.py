"""Styles that are read once, however many screens bring some more.

As Textual ships, a screen with styles of its own makes the styles of all widgets be
read again from their text, and so does the first choice of a theme. That was a sixth
of the time that opening a case takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.css.model import RuleSet
    from textual.css.types import CSSLocation

_KEPT = 512
"""Pieces of style, a few dozen to a theme."""
_read: LRUCache[tuple[object, ...], list[RuleSet]] = LRUCache(_KEPT)


class KeptStylesheet(Stylesheet):
    """A stylesheet that keeps what it read, for every app of the process.

    Args:
        variables: Colours and the like, by name.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._theme = _theme(variables or {})

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables; what was read with them before is still known."""
        super().set_variables(variables)
        self._theme = _theme(variables)

    def reparse(self) -> None:
        """Read what is new, and put all rules together.

        Raises:
            StylesheetParseError: If a style is wrong; the rules stay as they were.
        """
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002 - Textual's own
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (self._theme, css, read_from, is_default_rules, tie_breaker, scope)
        rules = _read.get(key)
        if rules is None:
            rules = super()._parse_rules(
                css, read_from, is_default_rules, tie_breaker, scope
            )
            _read[key] = rules
        return rules


def _theme(variables: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(variables.items())
