"""Where rubrics are found by name: the shipped ones, and a folder of the user's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import YES_NO, YES_NO_SCALE, Rubric
from case_audit.errors import CaseAuditError, UnknownRubricError
from case_audit.exchange.files import read_plain
from case_audit.exchange.rubric_file import (
    KNOWN_COHORTS,
    Setting,
    open_file,
    read_agencies,
    read_criteria,
    read_domain,
    read_framework,
    read_scale,
)
from case_audit.exchange.rubric_keys import INCLUDE, RUBRIC
from case_audit.exchange.rules_file import read_rules, scales_of
from case_audit.exchange.yaml_strict import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from case_audit.core.rubric.model import Domain, Framework
    from case_audit.core.rubric.scale import Scale
    from case_audit.exchange.rubric_nodes import Reader

FOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "rubric": ("", "dip"),
    "module": ("modules",),
    "scale": ("scales",),
    "framework": ("frameworks",),
    "rules": ("rules",),
    "overall": ("overall",),
}
"""The folders of each kind of file, within a shelf."""

ENDING: Final = ".yaml"

SLIPS: Final = (".yml", ".yaml.txt", ".yml.txt", ".YAML", ".YML")
"""Endings that editors give to what should end in ``.yaml``."""

USUAL: Final = "usual"
"""The file that names the usual rubric of each cohort."""


@dataclass(frozen=True, slots=True)
class Library:
    """Rubrics and what they refer to, by file name.

    A file is named by its identifier (a framework's by identifier and version,
    ``ilacs-2026-04.yaml``), so finding one never reads the others.

    What rubrics share is read once, as it was then, and so is what is wrong with
    it: a file that takes long to refuse is not waited for again for each rubric.

    Attributes:
        shelves: Folders, searched in order; an earlier one shadows a later.
    """

    shelves: Sequence[Traversable]
    _opened: dict[tuple[str, str], Reader | CaseAuditError] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def names(self) -> tuple[str, ...]:
        """The identifiers of all rubrics, sorted."""
        return tuple(name for name in self.known("rubric") if name != USUAL)

    def usual(self, cohort: str) -> str:
        """Return the rubric a cohort is graded with unless another is named.

        Returns:
            Its identifier; empty where no shelf says.

        Raises:
            RubricError: If the file that says so is not as it should be.
        """
        for shelf in self.shelves:
            file = f"{USUAL}.yaml"
            if file in _yaml_files(shelf, ""):
                data = read_plain(shelf / file, largest=LARGEST)
                reader = open_file(data, file=file, kind=USUAL)
                reader.only("kind", "cohorts")
                chosen = reader.table("cohorts")
                chosen.only(*KNOWN_COHORTS)
                if chosen.has(cohort):
                    return chosen.text(cohort)
        return ""

    def shadowed(self) -> tuple[str, ...]:
        """Files of an earlier shelf that hide one of a later shelf, for a notice.

        A rubric hides another of its name in whatever folder the two lie.
        """
        used: dict[tuple[str, str], str] = {}
        hiding: set[str] = set()
        for shelf in self.shelves:
            here = {
                (kind, name): f"{folder}/{name}" if folder else name
                for kind, folders in FOLDERS.items()
                for folder in reversed(folders)
                for name in _yaml_files(shelf, folder)
            }
            hiding |= {used[key] for key in here.keys() & used.keys()}
            used = here | used
        return tuple(sorted(hiding))

    def rubric(self, name: str) -> Rubric:
        """Read a rubric with everything it refers to.

        Args:
            name: Its identifier.

        Raises:
            UnknownRubricError: If it, or something it refers to, is not there.
            RubricError: If a file is not as it should be.
            FileError: If a file cannot be read, or is no plain file.
        """
        return self.read_rubric(self.open_named("rubric", name))

    def scale(self, name: str) -> Scale:
        """Read a scale by its identifier.

        Raises:
            UnknownRubricError: If it is not there.
            RubricError: If its file is not as it should be.
        """
        reader = self.open_named("scale", name)
        scale = read_scale(reader)
        if scale.id != name:
            key = "id"
            raise reader.error(key, f"{name}, as the file is called", found=scale.id)
        return scale

    def read_rubric(self, reader: Reader) -> Rubric:
        """Read a rubric from an opened file, which may lie outside the library.

        Raises:
            UnknownRubricError: If something it refers to is not there.
            RubricError: If a file is not as it should be.
        """
        reader.only(*RUBRIC)
        framework = self._framework(reader)
        setting = self._setting(reader)
        domains = self._domains(reader, setting)
        stem = reader.text("id")
        refuse_other_name(reader)
        file = self.open_named("rules", reader.text("rules"))
        rules = read_rules(file, setting.scale, self.scale)
        asked_yes = any(c.kind == YES_NO for d in domains for c in d.criteria)
        used = scales_of(rules) | ({YES_NO_SCALE} if asked_yes else set())
        return Rubric(
            id=stem,
            version=reader.text("version"),
            title=reader.text("title"),
            framework=framework,
            area=reader.one_of("area", [area.id for area in framework.areas]),
            cohorts=setting.cohorts,
            scale=setting.scale,
            rules=rules,
            domains=domains,
            scales=tuple(map(self.scale, sorted(used - {setting.scale.id}))),
        )

    def _setting(self, reader: Reader) -> Setting:
        cohorts = reader.texts("cohorts", required=True)
        if strange := [c for c in cohorts if c not in KNOWN_COHORTS]:
            key = "cohorts"
            raise reader.error(
                key, f"some of {', '.join(KNOWN_COHORTS)}", found=repr(strange[0])
            )
        return Setting(
            scale=self.scale(reader.text("scale")),
            yes_no=self.scale(YES_NO_SCALE),
            cohorts=cohorts,
            agencies=read_agencies(reader),
        )

    def _framework(self, reader: Reader) -> Framework:
        name, at, version = reader.text("framework").partition("@")
        if not at:
            msg = "framework"
            raise reader.error(msg, "a name and version such as ilacs@2026-04")
        return read_framework(self.open_named("framework", f"{name}-{version}"))

    def _domains(self, reader: Reader, setting: Setting) -> tuple[Domain, ...]:
        domains: list[Domain] = []
        seen: set[str] = set()
        for entry in reader.tables("domains"):
            domain = self._domain(entry, setting)
            _refuse_doubles(reader, domain, seen)
            domains.append(domain)
        return tuple(domains)

    def _domain(self, entry: Reader, setting: Setting) -> Domain:
        if not entry.has("include"):
            return read_domain(entry, setting, module=False)
        entry.only(*INCLUDE)
        module = self.open_named("module", entry.text("include"))
        domain = read_domain(module, setting, module=True)
        added = read_criteria(entry.tables("add", required=False), setting)
        return replace(domain, criteria=(*domain.criteria, *added))

    def open_named(self, kind: str, name: str) -> Reader:
        """Open a file by its kind, a key of :data:`FOLDERS`, and its name.

        Raises:
            UnknownRubricError: If it is not there.
            FileError: If it cannot be read.
            RubricError: If it is not YAML, or of another kind.
        """
        if (kind, name) not in self._opened:
            try:
                self._opened[kind, name] = self._find(kind, name)
            except CaseAuditError as error:
                self._opened[kind, name] = error
        found = self._opened[kind, name]
        if isinstance(found, CaseAuditError):
            raise found.with_traceback(None)
        return found

    def _find(self, kind: str, name: str) -> Reader:
        file = f"{name}.yaml"
        for shelf in self.shelves:
            for folder in FOLDERS[kind]:
                if file in _yaml_files(shelf, folder):
                    path = _folder(shelf, folder) / file
                    data = read_plain(path, largest=LARGEST)
                    return open_file(data, file=file, kind=kind)
        known = self.names() if kind == "rubric" else self.known(kind)
        raise UnknownRubricError(
            kind, name, known=known, astray=self._astray(kind, name)
        )

    def _astray(self, kind: str, name: str) -> str:
        """Return a file of that name with another ending, such as ``.yml``."""
        for shelf in self.shelves:
            for where in (_folder(shelf, folder) for folder in FOLDERS[kind]):
                for file in where.iterdir() if where.is_dir() else ():
                    if file.name in {f"{name}{ending}" for ending in SLIPS}:
                        return file.name
        return ""

    def known(self, kind: str) -> tuple[str, ...]:
        """The identifiers of all files of a kind, sorted."""
        names = {
            file.removesuffix(".yaml")
            for shelf in self.shelves
            for folder in FOLDERS[kind]
            for file in _yaml_files(shelf, folder)
        }
        return tuple(sorted(names))


def _folder(shelf: Traversable, folder: str) -> Traversable:
    return shelf / folder if folder else shelf


def _yaml_files(shelf: Traversable, folder: str) -> set[str]:
    where = _folder(shelf, folder)
    if not where.is_dir():
        return set()
    names = (f.name for f in where.iterdir())
    return {n for n in names if n.endswith(ENDING) and not n.startswith(".")}


def refuse_other_name(reader: Reader) -> None:
    """Refuse a file that is not called as its ``id`` says.

    Raises:
        RubricError: Says how to rename it.
    """
    name, key = reader.text("id"), "id"
    if reader.file == f"{name}{ENDING}":
        return
    ended = reader.file.endswith(ENDING)
    raise reader.error(
        key,
        f"a file called {name}{ENDING}, as its id",
        found=reader.file,
        hint="Rename the file"
        + (", or write the file's name without its ending here." if ended else "."),
    )


def _refuse_doubles(reader: Reader, domain: Domain, seen: set[str]) -> None:
    """Refuse what was seen before; at once, before the next module is read."""
    for thing in (domain.id, *(c.id for c in domain.criteria)):
        if thing in seen:
            msg = "domains"
            raise reader.error(msg, "each identifier once", found=thing)
        seen.add(thing)
