"""Rubric files: frameworks, scales, rules, modules and rubrics from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_EVIDENCED
from case_audit.core.rubric.model import Criterion, Domain, Framework, JudgementArea
from case_audit.core.rubric.rules import ROLLUPS, Condition, Limit, Rules
from case_audit.core.rubric.scale import Grade, Scale
from case_audit.core.timescales.find import TIMESCALES
from case_audit.exchange.rubric_keys import (
    CRITERION,
    DOMAIN,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MODULE,
    ROLES,
)
from case_audit.exchange.rubric_nodes import Reader
from case_audit.exchange.yaml_strict import read_yaml

if TYPE_CHECKING:
    from case_audit.core.rubric.rules import Level


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
        msg = "kind"
        raise reader.error(msg, kind, found=repr(reader.text("kind")))
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


def read_rules(reader: Reader, scale: Scale) -> Rules:
    """Read roll-ups and limits, which speak of a scale's grades."""
    reader.only(
        "kind", "id", "version", "title", "domain_rollup", "overall_rollup", "limits"
    )
    return Rules(
        id=reader.text("id"),
        version=reader.text("version"),
        domain_rollup=reader.one_of("domain_rollup", ROLLUPS),
        overall_rollup=reader.one_of("overall_rollup", ROLLUPS),
        limits=tuple(
            _limit(entry, scale) for entry in reader.tables("limits", required=False)
        ),
    )


def _limit(entry: Reader, scale: Scale) -> Limit:
    entry.only("id", "caps", "at", "when", "because")
    caps: Level = (
        "domain"
        if entry.one_of("caps", ("domain", "overall")) == "domain"
        else "overall"
    )
    when = entry.table("when")
    when.only(
        "count", "critical", "role", "at_or_below", "answer", "at_least", "more_than"
    )
    if when.has("at_or_below") == when.has("answer"):
        msg = "at_or_below"
        raise when.error(msg, "either at_or_below or answer")
    counted = when.one_of("count", ("criteria", "domains"))
    return Limit(
        id=entry.text("id"),
        caps=caps,
        at=entry.one_of("at", scale.ids),
        because=entry.text("because"),
        when=Condition(
            count="criteria" if counted == "criteria" else "domains",
            critical=when.yes_no("critical", default=False),
            role=when.one_of("role", ROLES) if when.has("role") else "",
            at_or_below=when.one_of("at_or_below", scale.ids)
            if when.has("at_or_below")
            else "",
            answer=when.one_of("answer", (NOT_EVIDENCED,))
            if when.has("answer")
            else "",
            at_least=when.whole("at_least", default=1, least=1),
            more_than=when.share("more_than"),
        ),
    )


def read_domain(reader: Reader, scale: Scale, *, module: bool) -> Domain:
    """Read a domain: a rubric's own, or a module file as a whole."""
    reader.only(*(MODULE if module else DOMAIN))
    domain_id = reader.text("id")
    return Domain(
        id=domain_id,
        label=reader.text("label", longest=LONGEST_LABEL),
        role=reader.one_of("role", ROLES) if reader.has("role") else "",
        module=f"{domain_id}@{reader.text('version')}" if module else "",
        criteria=tuple(read_criterion(c, scale) for c in reader.tables("criteria")),
    )


def read_criterion(entry: Reader, scale: Scale) -> Criterion:
    """Read a criterion with a descriptor for every grade of the scale."""
    entry.only(*CRITERION)
    described = entry.table("descriptors")
    described.only(*scale.ids)
    return Criterion(
        id=entry.text("id"),
        label=entry.text("label", longest=LONGEST_LABEL),
        asks=entry.text("asks", longest=LONGEST_TEXT),
        benchmark=entry.text("benchmark", longest=LONGEST_TEXT),
        critical=entry.yes_no("critical"),
        look_in=entry.texts("look_in", required=True),
        trap=entry.text("trap", longest=LONGEST_TEXT),
        not_applicable_when=entry.text("not_applicable_when"),
        inadequate_if=entry.text("inadequate_if", default=""),
        cohorts=entry.texts("cohorts"),
        tags=entry.texts("tags"),
        source=entry.texts("source", required=True),
        timescales=entry.some_of("timescales", TIMESCALES),
        descriptors={
            grade: described.text(grade, longest=LONGEST_TEXT) for grade in scale.ids
        },
    )
