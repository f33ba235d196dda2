"""The rubrics that come with the program, read once for all tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.services.rubric import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.rubric.model import Rubric

LIBRARY: Final = library()
RUBRICS: Final[Mapping[str, Rubric]] = {
    name: LIBRARY.rubric(name) for name in LIBRARY.names()
}
