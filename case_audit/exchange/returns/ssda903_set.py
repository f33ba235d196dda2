"""Finds out which CSV files make up one children looked after return (SSDA903).

A file is known by its columns, whatever it is called. Its name says which return
it belongs to: what is left of it without the words for the kind of file, and
the year in it, if there is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.returns.tables import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CHILD: Final = "CHILD"
"""The column with the child's identifier, in every file."""

SIGNS: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "episodes": (frozenset({"decom"}),),
    "reviews": (frozenset({"review"}), frozenset({"reviewcode"})),
    "uasc": (frozenset({"duc"}),),
    "oc2": (frozenset({"sdqscore"}), frozenset({"healthassessment"})),
    "oc3": (frozenset({"intouch"}), frozenset({"activ", "accom"})),
    "ad1": (frozenset({"datematch"}), frozenset({"dateint"})),
    "placed_adoption": (frozenset({"dateplaced"}),),
    "previous_permanence": (frozenset({"prevperm"}),),
    "missing": (frozenset({"misstart"}),),
    "social_worker": (frozenset({"swid"}), frozenset({"swdecom"})),
    "header": (frozenset({"ethnic"}),),
}
"""Columns by which each kind of file is known, letters and digits alone."""

_WORDS: Final[Mapping[str, str]] = {
    "episodes": "episodes?",
    "header": "headers?",
    "reviews": "reviews?",
    "uasc": "uasc",
    "oc2": "oc2",
    "oc3": "oc3",
    "ad1": "ad1|adoption",
    "placed_adoption": r"placed\W*_?(?:for\W*_?)?adoption|sbpfa|should.*adoption",
    "previous_permanence": r"prev(?:ious)?\W*_?perm(?:anence)?",
    "missing": "missing",
    "social_worker": r"social\W*_?workers?|sw\W*_?episodes?|sw",
}
_YEARS: Final = re.compile(r"(?<!\d)(20\d\d)(?:\W*_?(?:20)?(\d\d))?(?!\d)")
_MOST_FILES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSet:
    """The files of one return.

    Attributes:
        name: What it is called in messages: the folder or the file.
        files: By kind of file.
        unread: Names of other files in the folder.
        year: The year in which the return ends, if the names tell.
    """

    name: str
    files: Mapping[str, Path]
    unread: tuple[str, ...]
    year: int | None

    @property
    def day(self) -> date | None:
        """The day that the return describes: 31 March of its year."""
        return date(self.year, 3, 31) if self.year else None


def kind_of(path: Path) -> str:
    """Return which kind of file of the return a path is, or an empty text."""
    columns = columns_of(path)
    for kind, signs in SIGNS.items():
        named = squash(CHILD) in columns or re.search(
            _WORDS[kind], path.stem, re.IGNORECASE
        )
        if named and len(columns) > 1 and any(sign <= columns for sign in signs):
            return kind
    return ""


def year_of(name: str) -> int | None:
    """Return the year in which a return ends: 2024 of 2024, 2023-24, 2023_2024."""
    for found in _YEARS.finditer(name):
        first, second = int(found[1]), int(found[2] or 0)
        return first + 1 if second == (first + 1) % 100 else first
    return None


def _rest(path: Path, kind: str) -> str:
    """Return what a file's name says beside the kind of file."""
    return squash(re.sub(_WORDS[kind], "", path.stem, count=1, flags=re.IGNORECASE))


def return_set(path: Path) -> ReturnSet:
    """Find the files of a return: of a folder, or those that go with a file.

    Raises:
        UnusableReturnError: If there are none, or of several returns.
    """
    folder = path if path.is_dir() else path.parent
    name = tidy(path.name)
    own = "" if path.is_dir() else kind_of(path)
    if not path.is_dir() and not own:
        raise UnusableReturnError(name, "its columns are those of no file of SSDA903")
    kinds = {file: kind_of(file) for file in _files(folder)}
    found = {file: kind for file, kind in kinds.items() if kind}
    unread: tuple[str, ...] = ()
    if own:
        rest = _rest(path, own)
        found = {
            file: kind
            for file, kind in found.items()
            if file == path or (_rest(file, kind) == rest and kind != own)
        }
    else:
        unread = tuple(tidy(f.name) for f, kind in kinds.items() if not kind)
    if not found:
        raise UnusableReturnError(name, "none of its files is one of SSDA903")
    year = _year(name, found)
    files = _one_of_each(name, found)
    return ReturnSet(name=name, files=files, unread=unread, year=year)


def _files(folder: Path) -> list[Path]:
    try:
        there = sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as error:
        raise UnusableReturnError(tidy(folder.name), "it cannot be read") from error
    return there[:_MOST_FILES]


def _year(name: str, files: Iterable[Path]) -> int | None:
    years = sorted({year for file in files if (year := year_of(file.stem))})
    if len(years) > 1:
        there = " and ".join(map(str, years))
        raise UnusableReturnError(
            name,
            f"it holds returns of {there}",
            hint="Name one file of the return you want; the others of the same "
            "year are found beside it.",
        )
    return years[0] if years else None


def _one_of_each(name: str, files: Mapping[Path, str]) -> dict[str, Path]:
    by_kind: dict[str, Path] = {}
    for file, kind in files.items():
        if kind in by_kind:
            one, other = tidy(by_kind[kind].name), tidy(file.name)
            raise UnusableReturnError(
                name,
                f"{one} and {other} are the same kind of file",
                hint="Name one of them; the files that go with it are found beside "
                "it. Or move the other away.",
            )
        by_kind[kind] = file
    return by_kind
