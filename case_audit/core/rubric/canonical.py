"""A rubric as one canonical text: what is pinned, kept with the answers, read back.

Everything the rubric refers to (scale, framework, modules, rules) is inside, so
the text alone says what was graded against.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from case_audit.core.rubric.model import (
    Criterion,
    Domain,
    Framework,
    JudgementArea,
    Rubric,
)
from case_audit.core.rubric.rules import Condition, Limit, Rules
from case_audit.core.rubric.scale import Grade, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "case-audit-rubric/1"


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
                "rules": _rules(plain["rules"]),
                "domains": tuple(_domain(d) for d in plain["domains"]),
            }
        )
    )


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, Fraction):
        return str(value)
    return value


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
    return Rules(**(plain | {"limits": tuple(limits)}))


def _domain(plain: dict[str, Any]) -> Domain:
    listed = ("look_in", "cohorts", "tags", "source", "timescales")
    criteria = tuple(
        Criterion(**(c | {key: tuple(c[key]) for key in listed}))
        for c in plain["criteria"]
    )
    return Domain(**(plain | {"criteria": criteria}))
