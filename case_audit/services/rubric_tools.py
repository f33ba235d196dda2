"""What rubric authors need besides checking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.exchange.case_fields import case_labels
from case_audit.exchange.files import read_plain
from case_audit.exchange.rubric_file import open_file
from case_audit.exchange.rubric_library import Library
from case_audit.services.rubric import LARGEST

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Rubric

ENDING = ".yaml"


def named_or_file(shelf: Library, name: str) -> Rubric:
    """Read a rubric by its identifier, or from a file.

    What a file refers to is looked for beside it first, so two folders of one
    rubric can be compared with the modules that each of them has.

    Args:
        shelf: Where identifiers are looked up.
        name: An identifier, or a path that ends in ``.yaml``.

    Raises:
        FileError: If the file cannot be read.
        RubricError: If a file is not as it should be.
        UnknownRubricError: If it, or what it refers to, is not there.
    """
    if not name.endswith(ENDING):
        return shelf.rubric(name)
    path = Path(name)
    data = read_plain(path, largest=LARGEST)
    beside = Library((path.parent, *shelf.shelves))
    return beside.read_rubric(open_file(data, file=path.name, kind="rubric"))


def field_labels(rubric: Rubric) -> dict[str, str]:
    """Return words for the fields that a rubric's conditions speak of, by name."""
    return case_labels(rubric.cohorts)
