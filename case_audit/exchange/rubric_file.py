"""Rubric files: frameworks, scales, rules, modules and rubrics from YAML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.computed import OVERALL
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.model import (
    GRADED,
    IN_WORDS,
    KINDS,
    YES_NO,
    Criterion,
    Domain,
    Framework,
    JudgementArea,
)
from case_audit.core.rubric.scale import Grade, Scale
from case_audit.core.timescales.find import TIMESCALES
from case_audit.errors import ExpressionError
from case_audit.exchange.case_fields import case_fields
from case_audit.exchange.rubric_keys import (
    AGENCY,
    CRITERION,
    DOMAIN,
    LONGEST_AGENCY,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MODULE,
    MOST_AGENCIES,
    ROLES,
)
from case_audit.exchange.rubric_nodes import Reader
from case_audit.exchange.yaml_strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.rubric.applies import Expression

ALONG: Final = ("scale", "rules", "framework")
"""Kinds of file that are sound or not as part of a rubric."""

KNOWN_COHORTS: Final = tuple(cohort.id for cohort in COHORTS)
FEWEST_GRADES: Final = 2
"""Where there is one grade, nothing is told apart."""


def open_file(data: bytes, *, file: str, kind: str) -> Reader:
    """Return a reader of a rubric file.

    Args:
        data: The file's content.
        file: Its name, for messages.
        kind: What its ``kind`` key must say.

    Raises:
        RubricError: If it is not YAML, or of another kind.
    """
    reader = Reader(read_yaml(data, file=file), file=file)
    if reader.text("kind") != kind:
        msg, found = "kind", reader.text("kind")
        hint = "Check a rubric that names it: this is read along with it."
        raise reader.error(
            msg, kind, found=repr(found), hint=hint if found in ALONG else ""
        )
    return reader


def read_framework(reader: Reader) -> Framework:
    """Read a framework."""
    reader.only(
        "kind",
        "id",
        "version",
        "title",
        "valid_from",
        "valid_to",
        "publishes_overall",
        "areas",
        "source",
    )
    areas = []
    for entry in reader.tables("areas"):
        entry.only("id", "label", "short", "graded_from_files")
        areas.append(
            JudgementArea(
                id=entry.text("id"),
                label=entry.text("label"),
                short=entry.text("short"),
                graded_from_files=entry.yes_no("graded_from_files"),
            )
        )
    return Framework(
        id=reader.text("id"),
        version=reader.text("version"),
        title=reader.text("title"),
        publishes_overall=reader.yes_no("publishes_overall"),
        areas=tuple(areas),
    )


def read_scale(reader: Reader) -> Scale:
    """Read a scale."""
    reader.only("kind", "id", "title", "benchmark", "grades", "rationale_required_at")
    grades = []
    for entry in reader.tables("grades"):
        entry.only("id", "label", "short", "letter", "glyph", "key")
        grades.append(
            Grade(
                id=entry.text("id"),
                label=entry.text("label"),
                short=entry.text("short", longest=8),
                letter=entry.text("letter", longest=1),
                glyph=entry.text("glyph", longest=1),
                key=entry.one_of("key", "123456789"),
            )
        )
    if len(grades) < FEWEST_GRADES:
        msg = "grades"
        raise reader.error(msg, f"at least {FEWEST_GRADES}, best first")
    ids = [grade.id for grade in grades]
    for field in ("id", "letter", "glyph", "key"):
        values = [getattr(grade, field) for grade in grades]
        if len(set(values)) < len(values):
            msg = "grades"
            raise reader.error(msg, f"a different {field} for each grade")
    required = reader.texts("rationale_required_at")
    if unknown := set(required) - set(ids):
        msg = "rationale_required_at"
        raise reader.error(msg, "grades of this scale", found=min(unknown))
    return Scale(
        id=reader.text("id"),
        title=reader.text("title"),
        grades=tuple(grades),
        benchmark=reader.one_of("benchmark", ids),
        rationale_required_at=frozenset(required),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the criteria of one rubric are read against.

    Attributes:
        scale: The rubric's scale.
        yes_no: The scale of its yes-or-no criteria.
        cohorts: The rubric's cohorts.
        agencies: Identifier and label of each agency it asks about.
    """

    scale: Scale
    yes_no: Scale
    cohorts: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...] = ()


def read_agencies(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Read the agencies a rubric asks about, none or at least two."""
    found = []
    for entry in reader.tables("agencies", required=False):
        entry.only(*AGENCY)
        found.append((entry.text("id"), entry.text("label", longest=LONGEST_AGENCY)))
    if len(found) > MOST_AGENCIES:
        msg = "agencies"
        raise reader.error(msg, f"at most {MOST_AGENCIES}", found=f"{len(found)}")
    if len(found) == 1 or len(dict(found)) < len(found):
        msg = "agencies"
        raise reader.error(msg, "at least two agencies, each with its own id")
    return tuple(found)


def read_domain(reader: Reader, setting: Setting, *, module: bool) -> Domain:
    """Read a domain: a rubric's own, or a module file as a whole."""
    reader.only(*(MODULE if module else DOMAIN))
    domain_id = reader.text("id")
    if domain_id == OVERALL:
        key = "id"
        raise reader.error(key, "another id: this one means the whole case")
    return Domain(
        id=domain_id,
        label=reader.text("label", longest=LONGEST_LABEL),
        role=reader.one_of("role", ROLES) if reader.has("role") else "",
        module=f"{domain_id}@{reader.text('version')}" if module else "",
        criteria=read_criteria(reader.tables("criteria"), setting),
    )


def read_criteria(entries: Iterable[Reader], setting: Setting) -> tuple[Criterion, ...]:
    """Read criteria; one that is asked of each agency becomes one for each."""
    found: list[Criterion] = []
    for entry in entries:
        criterion = read_criterion(entry, setting)
        if not entry.yes_no("each_agency", default=False):
            found.append(criterion)
            continue
        if not setting.agencies:
            key = "each_agency"
            raise entry.error(key, "agencies, listed in the rubric")
        found += [
            replace(
                criterion,
                id=f"{criterion.id}-{agency}",
                label=f"{label}: {criterion.label}",
                agency=label,
                question=criterion.id,
            )
            for agency, label in setting.agencies
        ]
    return tuple(found)


def read_criterion(entry: Reader, setting: Setting) -> Criterion:
    """Read a criterion with a descriptor for every grade it can have."""
    entry.only(*CRITERION)
    kind = entry.one_of("kind", KINDS, default=GRADED)
    critical = entry.yes_no("critical")
    if critical and kind in IN_WORDS:
        key = "critical"
        raise entry.error(key, f"no: a {kind} has no grade that could limit anything")
    cohorts = entry.texts("cohorts")
    if strange := [c for c in cohorts if c not in KNOWN_COHORTS]:
        key = "cohorts"
        raise entry.error(
            key, f"some of {', '.join(KNOWN_COHORTS)}", found=repr(strange[0])
        )
    return Criterion(
        id=entry.text("id"),
        label=entry.text("label", longest=LONGEST_LABEL),
        asks=entry.text("asks", longest=LONGEST_TEXT),
        benchmark=entry.text("benchmark", longest=LONGEST_TEXT),
        critical=critical,
        look_in=entry.texts("look_in", required=True),
        trap=entry.text("trap", longest=LONGEST_TEXT),
        not_applicable_when=entry.text("not_applicable_when"),
        inadequate_if=entry.text("inadequate_if", default=""),
        cohorts=cohorts,
        tags=entry.texts("tags"),
        source=entry.texts("source", required=True),
        timescales=entry.some_of("timescales", TIMESCALES),
        descriptors=_descriptors(entry, kind, setting),
        kind=kind,
        prompts=entry.texts("prompts"),
        applies=_applies(entry, setting),
    )


def _descriptors(entry: Reader, kind: str, setting: Setting) -> dict[str, str]:
    if kind in IN_WORDS:
        if entry.has("descriptors"):
            key = "descriptors"
            raise entry.error(key, f"no descriptors: a {kind} is not graded")
        return {}
    scale = setting.yes_no if kind == YES_NO else setting.scale
    described = entry.table("descriptors")
    described.only(*scale.ids)
    return {grade: described.text(grade, longest=LONGEST_TEXT) for grade in scale.ids}


def _applies(entry: Reader, setting: Setting) -> Expression | None:
    if not entry.has("applies_if"):
        return None
    try:
        fields = case_fields(entry.texts("cohorts") or setting.cohorts)
        return parse(entry.text("applies_if"), fields)
    except ExpressionError as error:
        key = "applies_if"
        raise entry.error(
            key,
            f"{error.expected} at column {error.column}",
            found=error.found,
            hint=error.hint,
        ) from error
