"""Rules files: roll-ups, limits and flags from YAML, each checked for its sense.

What is accepted can only lower a grade when an answer gets worse: steps and bands
are in order, and points never rise as grades fall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import NOT_EVIDENCED
from case_audit.core.rubric.rules import (
    ESCALATIONS,
    LOWER_MEDIAN,
    NONE,
    PERCENTAGE_BANDS,
    POINTS,
    ROLLUPS,
    THRESHOLD,
    UNCOMPUTED,
    WORST,
    AcrossCases,
    Condition,
    Flag,
    Limit,
    RollUp,
    Rules,
    Step,
)
from case_audit.exchange.rubric_keys import LONGEST_LABEL, LONGEST_TEXT, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from case_audit.core.rubric.rules import Level
    from case_audit.core.rubric.scale import Scale
    from case_audit.exchange.rubric_nodes import Reader

    Scales = Callable[[str], Scale]

WHOLE: Final = 100
"""Percent."""

_OWN_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    LOWER_MEDIAN: (),
    WORST: (),
    THRESHOLD: ("steps", "otherwise"),
    PERCENTAGE_BANDS: ("counts", "bands", "otherwise"),
    POINTS: ("points", "bands", "otherwise"),
    "manual": (),
    NONE: (),
}


def read_rules(reader: Reader, own: Scale, scales: Scales) -> Rules:
    """Read roll-ups and limits.

    Args:
        reader: The file.
        own: The scale of the rubric that uses the rules.
        scales: Returns a scale by its identifier.

    Raises:
        RubricError: If the rules contradict themselves or the scales.
    """
    reader.only(
        *("kind", "id", "version", "title", "domain_rollup", "overall_rollup"),
        *("limits", "flags", "across_cases"),
    )
    reading = _Reading(own, scales)
    domain = reading.level(reader, "domain_rollup")
    overall = reading.level(reader, "overall_rollup")
    goes_in, comes_out = overall.of or overall.scale, domain.scale
    computed = overall.kind not in UNCOMPUTED and domain.kind != NONE
    if computed and (goes_in or own.id) != (comes_out or own.id):
        key = "overall_rollup"
        raise reader.error(
            key, f"of: {comes_out or own.id}, the scale of the domains' grades"
        )
    if domain.kind == NONE and overall.kind not in UNCOMPUTED:
        key = "overall_rollup"
        raise reader.error(key, "none or manual: domains have no grade to go by")
    flags = _flags(reader)
    rules = Rules(
        id=reader.text("id"),
        version=reader.text("version"),
        domain_rollup=domain,
        overall_rollup=overall,
        limits=(),
        flags=flags,
        across_cases=reading.across(reader),
    )
    limits = tuple(
        reading.limit(entry, rules) for entry in reader.tables("limits", required=False)
    )
    return Rules(
        **{name: getattr(rules, name) for name in rules.__slots__} | {"limits": limits}
    )


def scales_of(rules: Rules) -> set[str]:
    """Return the identifiers of the scales that rules name."""
    across = [rules.across_cases.rollup] if rules.across_cases else []
    rollups = (rules.domain_rollup, rules.overall_rollup, *across)
    named = {name for rollup in rollups for name in (rollup.of, rollup.scale)}
    return (named | {limit.when.scale for limit in rules.limits}) - {""}


def _flags(reader: Reader) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    for entry in reader.tables("flags", required=False):
        flag = _flag(entry)
        if flag.id in (before.id for before in flags):
            key = "id"
            raise entry.error(key, "each flag once", found=flag.id)
        flags.append(flag)
    return tuple(flags)


def _flag(entry: Reader) -> Flag:
    entry.only("id", "label", "asks", "record", "raises")
    return Flag(
        id=entry.text("id"),
        label=entry.text("label", longest=LONGEST_LABEL),
        asks=entry.text("asks", longest=LONGEST_TEXT),
        record=entry.text("record", longest=LONGEST_LABEL),
        raises=entry.one_of("raises", ESCALATIONS) if entry.has("raises") else "",
    )


class _Reading:
    """Reads rules for one rubric's scale."""

    def __init__(self, own: Scale, scales: Scales) -> None:
        self._own = own
        self._scales = scales

    def _scale(self, reader: Reader, key: str, default: str = "") -> tuple[str, Scale]:
        """Return a scale's identifier, empty for the rubric's own, and the scale."""
        name = reader.text(key, default=default) if default else ""
        if reader.has(key):
            name = reader.text(key)
        if name in ("", self._own.id):
            return "", self._own
        return name, self._scales(name)

    def level(self, reader: Reader, key: str) -> RollUp:
        """Read the roll-up of one level, a word or several keys."""
        if reader.is_text(key):
            kind = reader.one_of(key, ROLLUPS)
            if _OWN_KEYS[kind]:
                raise reader.error(
                    key, f"kind: {kind}, with {', '.join(_OWN_KEYS[kind])}"
                )
            return RollUp(kind=kind)
        return self.rollup(reader.table(key))

    def rollup(self, entry: Reader, *also: str) -> RollUp:
        """Read a roll-up written with several keys."""
        kind = entry.one_of("kind", ROLLUPS)
        entry.only("kind", "of", "scale", *_OWN_KEYS[kind], *also)
        out_id, out = self._scale(entry, "scale")
        into_id, into = self._scale(entry, "of", out_id)
        if kind in (LOWER_MEDIAN, WORST) and into_id != out_id:
            key = "of"
            raise entry.error(key, f"the same scale as the result, {out.id}")
        steps = _steps(entry, into, out) if kind == THRESHOLD else ()
        bands = _bands(entry, out) if "bands" in _OWN_KEYS[kind] else ()
        return RollUp(
            kind=kind,
            of="" if into_id == out_id else into.id,
            scale=out_id,
            steps=steps,
            bands=bands,
            counts=entry.one_of("counts", into.ids) if kind == PERCENTAGE_BANDS else "",
            points=_points(entry, into) if kind == POINTS else (),
            otherwise=_otherwise(entry, out, steps, bands) if _OWN_KEYS[kind] else "",
        )

    def across(self, reader: Reader) -> AcrossCases | None:
        """Read how a round is rated, if it is."""
        if not reader.has("across_cases"):
            return None
        entry = reader.table("across_cases")
        entry.one_of("kind", (PERCENTAGE_BANDS,))
        domain = entry.one_of("domain", (WORST, LOWER_MEDIAN), default=WORST)
        return AcrossCases(rollup=self.rollup(entry, "domain"), domain=domain)

    def limit(self, entry: Reader, rules: Rules) -> Limit:
        """Read a limiting rule."""
        entry.only("id", "caps", "at", "when", "because", "raises")
        domain = entry.one_of("caps", ("domain", "overall")) == "domain"
        caps: Level = "domain" if domain else "overall"
        rollup = rules.domain_rollup if domain else rules.overall_rollup
        if rollup.kind == NONE:
            key = "caps"
            raise entry.error(key, f"a level that is graded; the {caps} level is not")
        out = self._named(rollup.scale)
        return Limit(
            id=entry.text("id"),
            caps=caps,
            at=entry.one_of("at", out.ids),
            because=entry.text("because"),
            raises=entry.one_of("raises", ESCALATIONS) if entry.has("raises") else "",
            when=self._condition(entry.table("when"), rules),
        )

    def _named(self, name: str) -> Scale:
        return self._scales(name) if name else self._own

    def _condition(self, when: Reader, rules: Rules) -> Condition:
        if when.has("flag"):
            when.only("flag")
            flags = [flag.id for flag in rules.flags]
            return Condition(flag=when.one_of("flag", flags))
        when.only(
            *("count", "critical", "role", "at_or_below", "answer", "at_least"),
            *("more_than", "scale"),
        )
        if when.has("at_or_below") == when.has("answer"):
            key = "at_or_below"
            raise when.error(key, "either at_or_below or answer")
        criteria = when.one_of("count", ("criteria", "domains")) == "criteria"
        _refuse_never(when, rules, criteria=criteria)
        scale_id, scale = self._scale(when, "scale")
        if not criteria and not when.has("scale"):
            scale = self._named(rules.domain_rollup.scale)
        low = when.one_of("at_or_below", scale.ids) if when.has("at_or_below") else ""
        answer = when.one_of("answer", (NOT_EVIDENCED,)) if when.has("answer") else ""
        return Condition(
            count="criteria" if criteria else "domains",
            critical=when.yes_no("critical", default=False),
            role=when.one_of("role", ROLES) if when.has("role") else "",
            at_or_below=low,
            answer=answer,
            at_least=when.whole("at_least", default=1, least=1),
            more_than=when.share("more_than"),
            scale=scale_id,
        )


def _refuse_both(when: Reader) -> None:
    if when.has("at_least") and when.has("more_than"):
        key = "more_than"
        raise when.error(key, "either at_least or more_than")


def _refuse_never(when: Reader, rules: Rules, *, criteria: bool) -> None:
    """Refuse what would quietly never hold, or be passed over."""
    _refuse_both(when)
    if criteria and when.has("role"):
        key = "role"
        raise when.error(key, "count: domains, as criteria have no role")
    if criteria:
        return
    if rules.domain_rollup.kind == NONE:
        key = "count"
        raise when.error(key, "criteria, as domains have no grade")
    for key, word in (("critical", "critical"), ("answer", "answered")):
        if when.has(key):
            raise when.error(key, f"count: criteria, as only those are {word}")


def _steps(entry: Reader, into: Scale, out: Scale) -> tuple[Step, ...]:
    steps: list[Step] = []
    for step in entry.tables("steps"):
        step.only("grade", "when")
        when = step.table("when")
        when.only("at_or_below", "at_least", "more_than")
        _refuse_both(when)
        grade = step.one_of("grade", out.ids)
        if steps and out.place(grade) >= out.place(steps[-1].grade):
            key = "grade"
            raise step.error(key, f"a better grade than {steps[-1].grade}, worst first")
        steps.append(
            Step(
                grade=grade,
                at_or_below=when.one_of("at_or_below", into.ids),
                at_least=when.whole("at_least", default=1, least=1),
                more_than=when.share("more_than"),
            )
        )
    return tuple(steps)


def _bands(entry: Reader, out: Scale) -> tuple[tuple[str, int], ...]:
    table = entry.table("bands")
    table.only(*out.ids)
    bands: list[tuple[str, int]] = []
    for grade in (grade for grade in out.ids if table.has(grade)):
        lowest = table.whole(grade, default=0, least=0)
        if lowest > WHOLE or (bands and lowest >= bands[-1][1]):
            raise table.error(
                grade, "a percentage up to 100, lower than the better grade's"
            )
        bands.append((grade, lowest))
    if not bands:
        key = "bands"
        raise entry.error(key, "at least one grade with its lowest percentage")
    return tuple(bands)


def _points(entry: Reader, into: Scale) -> tuple[tuple[str, int], ...]:
    table = entry.table("points")
    table.only(*into.ids)
    points: list[tuple[str, int]] = []
    for grade in into.ids:
        table.text(grade)
        worth = table.whole(grade, default=0, least=0)
        if points and worth > points[-1][1]:
            raise table.error(grade, "no more points than the better grade has")
        points.append((grade, worth))
    if not points[0][1]:
        raise table.error(into.ids[0], "at least one point for the best grade")
    return tuple(points)


def _otherwise(
    entry: Reader,
    out: Scale,
    steps: Sequence[Step],
    bands: Sequence[tuple[str, int]],
) -> str:
    """Return the grade where nothing else holds: the best, or below all bands."""
    grade = entry.one_of("otherwise", out.ids)
    if steps and out.place(grade) >= out.place(steps[-1].grade):
        key = "otherwise"
        raise entry.error(key, f"a better grade than {steps[-1].grade}", found=grade)
    if bands and out.place(grade) <= out.place(bands[-1][0]):
        key = "otherwise"
        raise entry.error(key, f"a worse grade than {bands[-1][0]}", found=grade)
    return grade
