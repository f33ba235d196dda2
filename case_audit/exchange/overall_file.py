"""Files of overall grades: which one followed from which judgements, from YAML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.rubric.overall import (
    GradeCount,
    Judgement,
    OverallRule,
    OverallRules,
)
from case_audit.errors import NoOverallError, UnknownRubricError
from case_audit.exchange.rubric_file import read_framework

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.rubric.model import Framework
    from case_audit.core.rubric.overall import Comparison
    from case_audit.core.rubric.scale import Scale
    from case_audit.exchange.rubric_library import Library
    from case_audit.exchange.rubric_nodes import Reader

LEFT = "left_to_judgement"
"""What stands for a grade where the counted reports do not decide."""

_COMPARISONS: tuple[Comparison, ...] = ("is", "at_or_below", "at_or_above")


def overall_rules(shelf: Library, name: str) -> OverallRules:
    """Read how overall grades followed under a framework.

    Args:
        shelf: Where rubrics and what belongs to them are found.
        name: A framework and its version, such as ``"ilacs@2018"``.

    Raises:
        NoOverallError: If the framework gives no overall grade.
        RubricError: If a file is not as it should be.
        UnknownRubricError: If there is no such framework, or nothing about its
            overall grades.
    """
    stem = name.strip().replace("@", "-")
    framework = read_framework(_named(shelf, "framework", stem))
    if not framework.publishes_overall:
        raise NoOverallError(framework.name)
    reader = _named(shelf, "overall", stem)
    return read_overall(reader, framework, shelf.scale(reader.text("scale")))


def read_overall(reader: Reader, framework: Framework, scale: Scale) -> OverallRules:
    """Read a file of overall grades.

    Args:
        reader: The opened file.
        framework: The framework it must be about.
        scale: The grades it speaks of.

    Raises:
        RubricError: If the file is not as it should be; names file and line.
    """
    reader.only(
        *("kind", "framework", "title", "indicative", "scale", "valid_from"),
        *("valid_to", "counted", "judgements", "groups", "rules", "source"),
    )
    reader.one_of("framework", [framework.name])
    if not reader.yes_no("indicative"):
        key = "indicative"
        raise reader.error(key, "yes: nothing but a what-if can follow from counts")
    reader.texts("source", required=True)
    judgements = _judgements(reader, framework)
    alone = {judgement.column: (judgement.column,) for judgement in judgements}
    of: dict[str, tuple[str, ...]] = {**alone, **_groups(reader, tuple(alone))}
    reports = reader.table("counted")
    reports.only("reports", "first", "last")
    return OverallRules(
        framework=framework.name,
        title=reader.text("title"),
        scale=scale,
        judgements=judgements,
        rules=_rules(reader, of, scale),
        valid_to=_day(reader, "valid_to"),
        reports=reports.whole("reports", default=0, least=1),
        first=_day(reports, "first"),
        last=_day(reports, "last"),
    )


def _named(shelf: Library, kind: str, stem: str) -> Reader:
    """Open a file that is named as a framework, which people write with an @."""
    try:
        return shelf.open_named(kind, stem)
    except UnknownRubricError:
        names = [name.replace("-", "@", 1) for name in shelf.known(kind)]
        what = kind if kind == "framework" else "roll-up to an overall grade"
        named = stem.replace("-", "@", 1)
        raise UnknownRubricError(what, named, known=names) from None


def _judgements(reader: Reader, framework: Framework) -> tuple[Judgement, ...]:
    areas = {area.id: area for area in framework.areas}
    found: dict[str, Judgement] = {}
    for entry in reader.tables("judgements"):
        entry.only("column", "area", "also", "required", "judged_with", "own_since")
        area = areas[entry.one_of("area", areas)]
        judgement = Judgement(
            column=entry.text("column"),
            label=area.label,
            short=area.short,
            also=entry.texts("also"),
            required=entry.yes_no("required", default=True),
            judged_with=entry.one_of("judged_with", found)
            if entry.has("judged_with")
            else "",
            own_since=_day(entry, "own_since") if entry.has("own_since") else None,
        )
        if judgement.column in found:
            key = "column"
            raise entry.error(key, "each column once", found=judgement.column)
        found[judgement.column] = judgement
    return tuple(found.values())


def _groups(reader: Reader, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    if not reader.has("groups"):
        return {}
    table = reader.table("groups")
    groups = {name: table.texts(name, required=True) for name in table.keys()}  # noqa: SIM118
    for name, members in groups.items():
        strange = [member for member in members if member not in columns]
        if strange or name in columns or len(set(members)) < len(members):
            raise table.error(
                name,
                f"a name of its own for some of {', '.join(columns)}, each once",
                found=repr(strange[0]) if strange else "",
            )
    return groups


def _rules(
    reader: Reader, of: Mapping[str, tuple[str, ...]], scale: Scale
) -> tuple[OverallRule, ...]:
    rules: list[OverallRule] = []
    ids: set[str] = set()
    for entry in reader.tables("rules"):
        entry.only("id", "when", "overall", "because", "support")
        rule = _rule(entry, of, scale)
        if rule.id in ids:
            key = "id"
            raise entry.error(key, "each identifier once", found=rule.id)
        if rules and not rules[-1].when:
            key = "id"
            raise entry.error(key, "no rule after the one without `when`")
        ids.add(rule.id)
        rules.append(rule)
    if rules[-1].when:
        key = "rules"
        raise reader.error(key, "a last rule without `when`, for what is left")
    return tuple(rules)


def _rule(
    entry: Reader, of: Mapping[str, tuple[str, ...]], scale: Scale
) -> OverallRule:
    overall = entry.one_of("overall", (*scale.ids, LEFT))
    support: dict[str, int] = {}
    if entry.has("support"):
        counts = entry.table("support")
        counts.only(*scale.ids)
        support = {
            grade: counts.whole(grade, default=0, least=1)
            for grade in scale.ids
            if counts.has(grade)
        }
    return OverallRule(
        id=entry.text("id"),
        when=tuple(
            _count(one, of, scale) for one in entry.tables("when", required=False)
        ),
        overall="" if overall == LEFT else overall,
        because=entry.text("because"),
        support=support,
    )


def _count(
    entry: Reader, of: Mapping[str, tuple[str, ...]], scale: Scale
) -> GradeCount:
    entry.only("of", *_COMPARISONS, "at_least", "at_most")
    named = [name for name in _COMPARISONS if entry.has(name)]
    if len(named) != 1:
        key = "is"
        raise entry.error(key, f"one of {', '.join(_COMPARISONS)}")
    bounded = entry.has("at_most")
    least = entry.whole("at_least", default=0 if bounded else 1, least=0)
    most = entry.whole("at_most", default=0, least=0) if bounded else None
    if most is not None and least > most:
        key = "at_least"
        raise entry.error(key, "no more than at_most", found=str(least))
    return GradeCount(
        of=of[entry.one_of("of", of)],
        comparison=named[0],
        grade=entry.one_of(named[0], scale.ids),
        at_least=least,
        at_most=most,
    )


def _day(reader: Reader, key: str) -> date:
    text = reader.text(key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise reader.error(key, "a date such as 2018-01-31", found=repr(text)) from None
