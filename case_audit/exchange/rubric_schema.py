"""A JSON Schema of rubric files, from which editors complete and check keys.

It knows the keys, lengths and lists that reading knows. It cannot know whether
an identifier stands twice or a module is there: `case-audit rubric check` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.model import GRADED, IN_WORDS, YES_NO
from case_audit.core.timescales.find import TIMESCALES
from case_audit.exchange.rubric_keys import (
    AGENCY,
    CRITERION,
    DOMAIN,
    INCLUDE,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MODULE,
    OPTIONAL,
    ROLES,
    RUBRIC,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.rubric.scale import Scale

    Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

TEXT: Schema = {"type": "string", "pattern": r"\S"}
LABEL: Schema = TEXT | {"maxLength": LONGEST_LABEL}
LIMITED: Schema = TEXT | {"maxLength": LONGEST_TEXT}
TEXTS: Schema = {"type": "array", "items": TEXT}
SOME_TEXTS: Schema = TEXTS | {"minItems": 1}

# An editor may take 1.0 for a number and no for false; the program takes both
# for what is written.
VERSION: Schema = {"type": ["string", "number"], "pattern": r"\S"}
ANSWER: Schema = {"enum": ["yes", "no", True, False]}


def rubric_schema(scale: Scale, yes_no: Scale) -> Schema:
    """Return a JSON Schema (draft 2020-12) of rubrics and modules.

    Args:
        scale: The scale whose grades each graded criterion describes.
        yes_no: The scale of a yes-or-no question.
    """
    cohorts = {"type": "array", "items": {"enum": [cohort.id for cohort in COHORTS]}}
    criteria = {
        "type": "array",
        "items": {"oneOf": [_ref("criterion"), _ref("question"), _ref("in_words")]},
        "minItems": 1,
    }
    domain = {"label": LABEL, "role": {"enum": list(ROLES)}, "criteria": criteria}
    return {
        "$schema": DRAFT,
        "title": f"A rubric or a module, graded on the scale {scale.id}",
        "oneOf": [_ref("rubric"), _ref("module")],
        "$defs": {
            "rubric": _rubric(scale, cohorts),
            "module": _object(
                MODULE,
                {"kind": {"enum": ["module"]}, "version": VERSION, **domain},
                optional=OPTIONAL["domain"],
            ),
            "include": _object(
                INCLUDE, {"add": criteria}, optional=OPTIONAL["include"]
            ),
            "domain": _object(DOMAIN, domain, optional=OPTIONAL["domain"]),
            "criterion": _criterion(scale, cohorts, kinds=(GRADED,)),
            "question": _criterion(yes_no, cohorts, kinds=(YES_NO,)),
            "in_words": _criterion(None, cohorts, kinds=IN_WORDS),
        },
    }


def _rubric(scale: Scale, cohorts: Schema) -> Schema:
    return _object(
        RUBRIC,
        {
            "kind": {"enum": ["rubric"]},
            "version": VERSION,
            "cohorts": cohorts | {"minItems": 1},
            "scale": {"enum": [scale.id]},
            "agencies": {
                "type": "array",
                "items": _object(AGENCY, {"label": {"maxLength": 24} | TEXT}),
                "minItems": 2,
            },
            "domains": {
                "type": "array",
                "items": {"oneOf": [_ref("include"), _ref("domain")]},
                "minItems": 1,
            },
        },
        optional=OPTIONAL["rubric"],
    )


def _criterion(scale: Scale | None, cohorts: Schema, *, kinds: Sequence[str]) -> Schema:
    """Return the schema of one sort of criterion; without a scale it is not graded."""
    described = () if scale is None else scale.grades
    left_out = set(OPTIONAL["criterion"])
    if described:
        left_out.remove("descriptors")
    if GRADED not in kinds:
        left_out.remove("kind")
    keys = {k: v for k, v in CRITERION.items() if described or k != "descriptors"}
    return _object(
        keys,
        {
            "kind": {"enum": list(kinds)},
            "label": LABEL,
            "asks": LIMITED,
            "benchmark": LIMITED,
            "critical": ANSWER if described else {"enum": ["no", False]},
            "look_in": SOME_TEXTS,
            "trap": LIMITED,
            "prompts": TEXTS,
            "cohorts": cohorts,
            "each_agency": ANSWER,
            "tags": TEXTS,
            "source": SOME_TEXTS,
            "timescales": {"type": "array", "items": {"enum": list(TIMESCALES)}},
            "descriptors": _object(
                {grade.id: f"{grade.label}." for grade in described},
                dict.fromkeys((grade.id for grade in described), LIMITED),
            ),
        },
        optional=tuple(left_out),
    )


def _object(
    keys: Mapping[str, str],
    values: Mapping[str, Schema],
    *,
    optional: tuple[str, ...] = (),
) -> Schema:
    """Return the schema of keys with values; a key without its own is a text."""
    return {
        "type": "object",
        "properties": {
            key: {"description": words, **values.get(key, TEXT)}
            for key, words in keys.items()
        },
        "required": [key for key in keys if key not in optional],
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
