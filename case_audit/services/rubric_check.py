"""Check rubrics and modules: what is wrong with them, and what to think over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.core.rubric.model import GRADED, YES_NO_SCALE
from case_audit.errors import FileError, RubricError, UnknownRubricError
from case_audit.exchange.files import read_plain
from case_audit.exchange.rubric_file import (
    KNOWN_COHORTS,
    Setting,
    open_file,
    read_domain,
)
from case_audit.exchange.rubric_library import FOLDERS, Library
from case_audit.exchange.rubric_lint import lint
from case_audit.exchange.rubric_places import ENDING, kind_of, reach, shelved
from case_audit.exchange.rubric_walk import groups
from case_audit.exchange.yaml_strict import read_yaml
from case_audit.resources import shipped
from case_audit.services.rubric import LARGEST, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.errors import CaseAuditError
    from case_audit.exchange.rubric_findings import Finding, Reach
    from case_audit.exchange.rubric_places import Shelved
    from case_audit.exchange.yaml_strict import Node

KINDS = ("rubric", "module")
"""What can be checked."""
SOME_AGENCIES = (("one", "One"), ("other", "Other"))
"""Who a module asks about is known only to the rubric that includes it."""
USUAL_SCALE = "ofsted4"
"""What a module is read with where its descriptors fit no scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is to be said of one file.

    Attributes:
        file: The file, as it was named or as it lies on the shelf.
        kind: ``"rubric"`` or ``"module"``; empty where that cannot be read.
        id: Its identifier, and
        version: its version; empty where it is not sound.
        criteria: How many it asks, modules included.
        critical: How many of them are critical.
        digest: Fixes a rubric's text; empty for a module.
        error: What is wrong with it; ``None`` where it is sound.
        findings: What to think over, by line.
    """

    file: str
    kind: str = ""
    id: str = ""
    version: str = ""
    criteria: int = 0
    critical: int = 0
    digest: str = ""
    error: CaseAuditError | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A file to check: how to call it, its own name, its bytes, its folder."""

    label: str
    file: str
    data: bytes
    beside: Path | None = None


def check_all(shelf: Library) -> Iterator[Checked]:
    """Check every rubric and module in reach, one after the other.

    Files of other kinds are passed over; one that cannot be opened is not.
    """
    known = reach(shelf.shelves)
    for file in shelved(shelf.shelves):
        try:
            named = _shelved(shelf, file)
            kind = kind_of(read_yaml(named.data, file=named.file))
        except (FileError, RubricError) as error:
            yield Checked(file=_label(shelf, file), error=error)
            continue
        if kind in KINDS:
            yield _check(shelf, named, known)


def check_named(shelf: Library, names: Sequence[str]) -> Iterator[Checked]:
    """Check rubrics and modules, each by its name or the path of its file.

    Args:
        shelf: Where names are looked up, and what files refer to. What lies
            beside a file given by path goes before it.
        names: A path is what ends in ``.yaml`` or is there as a file.

    Returns:
        One entry per name. A name or file that is not there is an entry too.
    """
    for name in names:
        try:
            named = _find(shelf, name)
        except (FileError, RubricError, UnknownRubricError) as error:
            yield Checked(file=name, error=error)
            continue
        near = shelf
        if named.beside is not None:
            near = Library((named.beside, *shelf.shelves))
        yield _check(near, named, reach(near.shelves))


def is_path(name: str) -> bool:
    """Whether an argument names a file rather than a rubric."""
    return name.endswith(ENDING) or Path(name).is_file()


def _find(shelf: Library, name: str) -> _Named:
    if is_path(name):
        path = Path(name)
        data = read_plain(path, largest=LARGEST)
        return _Named(label=name, file=path.name, data=data, beside=path.parent)
    files = [file for file in shelved(shelf.shelves) if file.name == name]
    for kind in KINDS:
        # What a draw would read comes before a copy in some other folder.
        for file in sorted(files, key=lambda f: f.folder not in FOLDERS[kind]):
            named = _shelved(shelf, file)
            if kind_of(read_yaml(named.data, file=named.file)) == kind:
                return named
    wanted = "rubric"
    raise UnknownRubricError(wanted, name, known=shelf.names())


def _label(shelf: Library, file: Shelved) -> str:
    ours = shelf.shelves[file.shelf] == shipped("rubrics")
    return file.where if ours else str(file.path)


def _shelved(shelf: Library, file: Shelved) -> _Named:
    data = read_plain(file.path, largest=LARGEST)
    return _Named(label=_label(shelf, file), file=file.path.name, data=data)


def _check(shelf: Library, named: _Named, known: Reach) -> Checked:
    try:
        node = read_yaml(named.data, file=named.file)
    except RubricError as error:
        return Checked(file=named.label, error=error)
    findings = lint(node, file=named.label, reach=known)
    kind = kind_of(node)
    try:
        if kind == "module":
            found = _module(shelf, named, node, known)
        else:
            found = _rubric(shelf, named)
    except (RubricError, UnknownRubricError) as error:
        return Checked(file=named.label, kind=kind, error=error, findings=findings)
    return replace(found, findings=findings)


def _rubric(shelf: Library, named: _Named) -> Checked:
    reader = open_file(named.data, file=named.file, kind="rubric")
    line = describe(shelf.read_rubric(reader))
    return Checked(
        file=named.label,
        kind="rubric",
        id=line.rubric.id,
        version=line.rubric.version,
        criteria=line.criteria,
        critical=line.critical,
        digest=line.digest,
    )


def _module(shelf: Library, named: _Named, node: Node, known: Reach) -> Checked:
    """Read a module with the scale whose grades its criteria describe."""
    reader = open_file(named.data, file=named.file, kind="module")
    entries = [entry for group in groups(node) for entry in group.criteria]
    graded = (entry for entry in entries if entry.kind == GRADED)
    orders = (known.scale_of(entry.descriptors()) for entry in graded)
    scale = next((order.id for order in orders if order), USUAL_SCALE)
    setting = Setting(
        scale=shelf.scale(scale),
        yes_no=shelf.scale(YES_NO_SCALE),
        cohorts=KNOWN_COHORTS,
        agencies=SOME_AGENCIES,
    )
    domain = read_domain(reader, setting, module=True)
    return Checked(
        file=named.label,
        kind="module",
        id=domain.id,
        version=reader.text("version"),
        criteria=len(entries),
        critical=sum(entry.critical for entry in entries),
    )
