"""A rubric as one canonical text: what is pinned, kept with the answers, read back.

Everything the rubric refers to (scale, framework, modules, rules) is inside, so
the text alone says what was graded against.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from case_audit.core.rubric.applies import Expression
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.applies_words import text_of
from case_audit.core.rubric.model import (
    Criterion,
    Domain,
    Framework,
    JudgementArea,
    Rubric,
)
from case_audit.core.rubric.rules import (
    AcrossCases,
    Condition,
    Flag,
    Limit,
    RollUp,
    Rules,
    Step,
)
from case_audit.core.rubric.scale import Grade, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

FORMAT: Final = "case-audit-rubric/1"

SINCE: Final[Mapping[str, frozenset[str]]] = {
    "Criterion": frozenset({"kind", "prompts", "applies", "agency", "question"}),
    "Rubric": frozenset({"scales"}),
    "Rules": frozenset({"flags", "across_cases"}),
    "Limit": frozenset({"raises"}),
    "Flag": frozenset({"raises"}),
    "Condition": frozenset({"scale", "flag"}),
}
"""What the format has learnt since it was first used, by type. It is written only
where it says something, so that a rubric without it keeps its digest."""


def rubric_text(rubric: Rubric) -> str:
    """Return the canonical text: JSON with sorted keys, no spaces, UTF-8 as is."""
    return json.dumps(
        {"format": FORMAT, "rubric": _plain(rubric)},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def rubric_digest(rubric: Rubric) -> str:
    """Return SHA-256 of the canonical text, 64 lower-case hexadecimal digits."""
    from hashlib import sha256  # noqa: PLC0415 - most rubrics are only read

    return sha256(rubric_text(rubric).encode()).hexdigest()


def rubric_from_text(text: str) -> Rubric:
    """Read a canonical text back.

    Args:
        text: As :func:`rubric_text` wrote it.

    Raises:
        ValueError: If it has another format.
    """
    outer = json.loads(text)
    if outer.get("format") != FORMAT:
        msg = f"not a {FORMAT} text"
        raise ValueError(msg)
    plain = outer["rubric"]
    framework = plain["framework"]
    return Rubric(
        **(
            plain
            | {
                "framework": Framework(
                    **(framework | {"areas": _each(JudgementArea, framework["areas"])})
                ),
                "cohorts": tuple(plain["cohorts"]),
                "scale": _scale(plain["scale"]),
                "scales": tuple(_scale(s) for s in plain.get("scales", ())),
                "rules": _rules(plain["rules"]),
                "domains": tuple(_domain(d) for d in plain["domains"]),
            }
        )
    )


def _plain(value: object) -> object:
    if isinstance(value, Expression):
        return text_of(value)
    if isinstance(value, RollUp) and value == RollUp(kind=value.kind):
        return value.kind
    if isinstance(value, Fraction):
        return str(value)
    return _structure(value)


def _structure(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _of_dataclass(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _of_dataclass(value: DataclassInstance) -> dict[str, object]:
    since = SINCE.get(type(value).__name__, frozenset())
    return {
        f.name: _plain(found)
        for f in fields(value)
        if (found := getattr(value, f.name)) != f.default or f.name not in since
    }


def _each(kind: type[Any], plain: list[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**entry) for entry in plain)


def _scale(plain: dict[str, Any]) -> Scale:
    return Scale(
        **(
            plain
            | {
                "grades": _each(Grade, plain["grades"]),
                "rationale_required_at": frozenset(plain["rationale_required_at"]),
            }
        )
    )


def _rules(plain: dict[str, Any]) -> Rules:
    limits = []
    for limit in plain["limits"]:
        when = dict(limit["when"])
        if when["more_than"] is not None:
            when["more_than"] = Fraction(when["more_than"])
        limits.append(Limit(**(limit | {"when": Condition(**when)})))
    across = plain.get("across_cases")
    return Rules(
        **(
            plain
            | {
                "domain_rollup": _rollup(plain["domain_rollup"]),
                "overall_rollup": _rollup(plain["overall_rollup"]),
                "limits": tuple(limits),
                "flags": _each(Flag, plain.get("flags", [])),
                "across_cases": across
                and AcrossCases(**(across | {"rollup": _rollup(across["rollup"])})),
            }
        )
    )


def _rollup(plain: str | dict[str, Any]) -> RollUp:
    if isinstance(plain, str):
        return RollUp(kind=plain)
    pairs = {key: tuple(map(tuple, plain[key])) for key in ("points", "bands")}
    steps = []
    for entry in plain["steps"]:
        share = entry["more_than"]
        more_than = None if share is None else Fraction(share)
        steps.append(Step(**(entry | {"more_than": more_than})))
    return RollUp(**(plain | pairs | {"steps": tuple(steps)}))


def _domain(plain: dict[str, Any]) -> Domain:
    criteria = tuple(_criterion(entry) for entry in plain["criteria"])
    return Domain(**(plain | {"criteria": criteria}))


def _criterion(plain: dict[str, Any]) -> Criterion:
    listed = ("look_in", "cohorts", "tags", "source", "timescales", "prompts")
    lists = {key: tuple(plain[key]) for key in listed if key in plain}
    applies = plain.get("applies")
    return Criterion(
        **(plain | lists | {"applies": parse(applies, None) if applies else None})
    )
