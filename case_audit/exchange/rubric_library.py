"""Where rubrics are found by name: the shipped ones, and a folder of the user's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.model import Rubric
from case_audit.errors import UnknownRubricError
from case_audit.exchange.rubric_file import (
    open_file,
    read_criterion,
    read_domain,
    read_framework,
    read_rules,
    read_scale,
)
from case_audit.exchange.rubric_keys import INCLUDE, RUBRIC

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from case_audit.core.rubric.model import Domain, Framework
    from case_audit.core.rubric.scale import Scale
    from case_audit.exchange.rubric_nodes import Reader

FOLDERS = {
    "rubric": "",
    "module": "modules",
    "scale": "scales",
    "framework": "frameworks",
    "rules": "rules",
}


@dataclass(frozen=True, slots=True)
class Library:
    """Rubrics and what they refer to, by file name.

    A file is named by its identifier (a framework's by identifier and version,
    ``ilacs-2026-04.yaml``), so finding one never reads the others.

    Attributes:
        shelves: Folders, searched in order; an earlier one shadows a later.
    """

    shelves: Sequence[Traversable]

    def names(self) -> tuple[str, ...]:
        """The identifiers of all rubrics, sorted."""
        return self._known("rubric")

    def shadowed(self) -> tuple[str, ...]:
        """Files of a later shelf that an earlier one hides, for a notice."""
        seen: set[str] = set()
        hidden: set[str] = set()
        for shelf in self.shelves:
            here = {
                f"{folder}/{name}" if folder else name
                for folder in FOLDERS.values()
                for name in _yaml_files(shelf, folder)
            }
            hidden |= seen & here
            seen |= here
        return tuple(sorted(hidden))

    def rubric(self, name: str) -> Rubric:
        """Read a rubric with everything it refers to.

        Args:
            name: Its identifier.

        Raises:
            UnknownRubricError: If it, or something it refers to, is not there.
            RubricError: If a file is not as it should be.
        """
        return self.read_rubric(self._open("rubric", name))

    def scale(self, name: str) -> Scale:
        """Read a scale by its identifier.

        Raises:
            UnknownRubricError: If it is not there.
            RubricError: If its file is not as it should be.
        """
        return read_scale(self._open("scale", name))

    def read_rubric(self, reader: Reader) -> Rubric:
        """Read a rubric from an opened file, which may lie outside the library.

        Raises:
            UnknownRubricError: If something it refers to is not there.
            RubricError: If a file is not as it should be.
        """
        reader.only(*RUBRIC)
        framework = self._framework(reader)
        scale = self.scale(reader.text("scale"))
        domains = tuple(self._domain(d, scale) for d in reader.tables("domains"))
        _refuse_doubles(reader, domains)
        stem = reader.file.removesuffix(".yaml")
        if reader.text("id") != stem:
            key = "id"
            raise reader.error(key, f"{stem}, as the file is called")
        cohorts = reader.texts("cohorts", required=True)
        known = [cohort.id for cohort in COHORTS]
        if strange := [cohort for cohort in cohorts if cohort not in known]:
            key = "cohorts"
            raise reader.error(
                key, f"some of {', '.join(known)}", found=repr(strange[0])
            )
        return Rubric(
            id=stem,
            version=reader.text("version"),
            title=reader.text("title"),
            framework=framework,
            area=reader.one_of("area", [area.id for area in framework.areas]),
            cohorts=cohorts,
            scale=scale,
            rules=read_rules(self._open("rules", reader.text("rules")), scale),
            domains=domains,
        )

    def _framework(self, reader: Reader) -> Framework:
        name, at, version = reader.text("framework").partition("@")
        if not at:
            msg = "framework"
            raise reader.error(msg, "a name and version such as ilacs@2026-04")
        return read_framework(self._open("framework", f"{name}-{version}"))

    def _domain(self, entry: Reader, scale: Scale) -> Domain:
        if not entry.has("include"):
            return read_domain(entry, scale, module=False)
        entry.only(*INCLUDE)
        domain = read_domain(
            self._open("module", entry.text("include")), scale, module=True
        )
        added = tuple(
            read_criterion(c, scale) for c in entry.tables("add", required=False)
        )
        return replace(domain, criteria=(*domain.criteria, *added))

    def _open(self, kind: str, name: str) -> Reader:
        file = f"{name}.yaml"
        for shelf in self.shelves:
            if file in _yaml_files(shelf, FOLDERS[kind]):
                path = _folder(shelf, FOLDERS[kind]) / file
                return open_file(path.read_bytes(), file=file, kind=kind)
        raise UnknownRubricError(kind, name, known=self._known(kind))

    def _known(self, kind: str) -> tuple[str, ...]:
        names = {
            file.removesuffix(".yaml")
            for shelf in self.shelves
            for file in _yaml_files(shelf, FOLDERS[kind])
        }
        return tuple(sorted(names))


def _folder(shelf: Traversable, folder: str) -> Traversable:
    return shelf / folder if folder else shelf


def _yaml_files(shelf: Traversable, folder: str) -> set[str]:
    where = _folder(shelf, folder)
    if not where.is_dir():
        return set()
    return {f.name for f in where.iterdir() if f.name.endswith(".yaml")}


def _refuse_doubles(reader: Reader, domains: Sequence[Domain]) -> None:
    seen: set[str] = set()
    for domain in domains:
        for thing in (domain.id, *(c.id for c in domain.criteria)):
            if thing in seen:
                msg = "domains"
                raise reader.error(msg, "each identifier once", found=thing)
            seen.add(thing)
