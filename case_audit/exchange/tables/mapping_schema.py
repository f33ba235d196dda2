"""A JSON Schema of mapping files, from which editors complete and check keys.

It knows keys, columns and codes of each list. It cannot know whether a header
names people or stands in the table: a trial import does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from case_audit.core.frame.cohorts import COHORTS
from case_audit.exchange.annex_a.spec import LISTS, OPEN_CODELISTS, code_list, columns
from case_audit.exchange.rubric_schema import ANSWER, DRAFT
from case_audit.exchange.tables.mapping import KEY, MOST_COLUMNS
from case_audit.exchange.tables.readers import ORDERS

if TYPE_CHECKING:
    from case_audit.exchange.annex_a.spec import Column

    Schema = dict[str, Any]

# A header such as 2026 is a number to an editor and text to the program.
HEADER: Schema = {"type": ["string", "number"], "pattern": r"\S"}
ORDER: Schema = {"enum": list(ORDERS)}


def mapping_schema() -> Schema:
    """Return a JSON Schema (draft 2020-12) of mapping files."""
    return {
        "$schema": DRAFT,
        "title": "A mapping file: which columns of a table are which of a list's",
        "oneOf": [_list(number) for number in LISTS],
    }


def _list(number: int) -> Schema:
    cohorts = [cohort.id for cohort in COHORTS if cohort.list_no == number]
    id_key = LISTS[number].id_key
    known = {c.key: _column(c) for c in columns(number) if c.key != id_key}
    return {
        "title": f"List {number}: {LISTS[number].title}",
        "type": "object",
        "properties": {
            "kind": {"enum": ["table"]},
            "list": {"enum": [number, str(number)]},
            "cohort": {"enum": cohorts},
            "sheet": HEADER | {"description": "The sheet of a workbook."},
            "unit": HEADER | {"description": "Header of the children's identifiers."},
            "dates": ORDER,
            "invented": ANSWER | {"description": "Whether every child is invented."},
            "columns": _group(properties=known, additionalProperties=False),
            "further": _group(
                propertyNames={"pattern": f"^{KEY.pattern}$"},
                additionalProperties=_settings({"type": ["string", "number"]}),
            ),
        },
        "required": ["kind", "unit", "columns"],
        "additionalProperties": False,
        "oneOf": [{"required": ["list"]}, {"required": ["cohort"]}],
    }


def _group(**more: object) -> Schema:
    return {"type": "object", "maxProperties": MOST_COLUMNS, **more}


def _column(column: Column) -> Schema:
    closed = column.codes and column.codes not in OPEN_CODELISTS
    meaning: Schema = (
        {"enum": [*code_list(column.codes), ""]}
        if closed and column.codes
        else {"type": ["string", "number"]}
    )
    return {"description": column.header, **_settings(meaning)}


def _settings(meaning: Schema) -> Schema:
    """Return the schema of a column: a header, or a header and more."""
    more = {
        "type": "object",
        "properties": {
            "from": HEADER,
            "codes": {"type": "object", "additionalProperties": meaning},
            "dates": ORDER,
        },
        "required": ["from"],
        "additionalProperties": False,
    }
    return {"oneOf": [HEADER, more]}
