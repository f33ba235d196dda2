"""Every YAML file on the shelves of a library, and what such files refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.errors import FileError, RubricError
from case_audit.exchange.files import read_plain
from case_audit.exchange.rubric_findings import Order, Reach
from case_audit.exchange.rubric_walk import place
from case_audit.exchange.yaml_strict import LARGEST, Listing, Table, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from case_audit.exchange.yaml_strict import Node

ENDING = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A file on a shelf.

    Attributes:
        shelf: Number of the shelf, from 0.
        folder: The folder on the shelf; empty for the shelf itself.
        name: The file's name without its ending.
        path: Where it is.
    """

    shelf: int
    folder: str
    name: str
    path: Traversable

    @property
    def where(self) -> str:
        """Folder and file, as on the shelf."""
        file = f"{self.name}{ENDING}"
        return f"{self.folder}/{file}" if self.folder else file


def shelved(shelves: Sequence[Traversable]) -> tuple[Shelved, ...]:
    """Return every file on the shelves and in their folders, one level deep.

    A file hides one of the same folder and name on a later shelf.
    """
    found: dict[str, Shelved] = {}
    for number, shelf in enumerate(shelves):
        for folder, path in _files(shelf):
            file = Shelved(
                shelf=number,
                folder=folder,
                name=path.name.removesuffix(ENDING),
                path=path,
            )
            found.setdefault(file.where, file)
    return tuple(found[where] for where in sorted(found))


def _files(shelf: Traversable) -> Iterator[tuple[str, Traversable]]:
    for item in shelf.iterdir():
        if item.is_dir() and not item.name.startswith("."):
            yield from ((item.name, inner) for inner in _yaml(item))
    yield from (("", item) for item in _yaml(shelf))


def _yaml(folder: Traversable) -> Iterator[Traversable]:
    try:
        items = list(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return
    yield from (i for i in items if _is_ours(i))


def _is_ours(item: Traversable) -> bool:
    """Whether it is a YAML file, and not another program's hidden one."""
    named = item.name.endswith(ENDING) and not item.name.startswith(".")
    return named and item.is_file()


def kind_of(node: Node) -> str:
    """Return what an opened file says it is; empty where it says nothing."""
    return place(node, "kind").text if isinstance(node, Table) else ""


def reach(shelves: Sequence[Traversable]) -> Reach:
    """Return what rubrics can refer to; files that cannot be read are left out."""
    modules: dict[str, Node] = {}
    scales: dict[str, Order] = {}
    for shelf in shelves:
        for name, node in _opened(shelf / "modules"):
            modules.setdefault(name, node)
        for name, node in _opened(shelf / "scales"):
            if order := _order(name, node):
                scales.setdefault(name, order)
    return Reach(scales=tuple(scales.values()), modules=modules)


def _opened(folder: Traversable) -> Iterator[tuple[str, Node]]:
    for path in _yaml(folder):
        try:
            data = read_plain(path, largest=LARGEST)
            node = read_yaml(data, file=path.name)
        except (FileError, RubricError):
            continue
        yield path.name.removesuffix(ENDING), node


def _order(name: str, node: Node) -> Order | None:
    grades = node.entries.get("grades") if isinstance(node, Table) else None
    items = grades.items if isinstance(grades, Listing) else ()
    ids = tuple(place(item, "id").text for item in items if isinstance(item, Table))
    if not ids or not isinstance(node, Table):
        return None
    return Order(id=name, grades=ids, benchmark=place(node, "benchmark").text)
