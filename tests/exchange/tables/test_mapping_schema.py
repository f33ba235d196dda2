"""The schema and the reader agree on what a mapping file is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tables import MAPPING, a_mapping

from case_audit.errors import MappingError
from case_audit.exchange.annex_a.spec import LISTS, columns
from case_audit.exchange.tables.mapping import KEYS, read_mapping
from case_audit.exchange.tables.mapping_schema import mapping_schema

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = mapping_schema()
TYPES: dict[str, type] = {"object": dict, "string": str, "number": int}


def sound(value: Any, schema: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether a value keeps to a schema, by the keywords that it uses."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if "oneOf" in schema and sum(sound(value, s) for s in schema["oneOf"]) != 1:
        return False
    return not isinstance(value, dict) or sound_table(value, schema)


def sound_table(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    others = {k: v for k, v in value.items() if k not in known}
    return (
        set(schema.get("required", ())) <= set(value)
        and (more is not False or not others)
        and all(sound(key, schema.get("propertyNames", {})) for key in value)
        and all(sound(value[key], known[key]) for key in known if key in value)
        and (not isinstance(more, dict) or all(sound(v, more) for v in others.values()))
    )


@pytest.mark.parametrize(
    "change",
    [
        ("kind: table", "kind: rubric"),
        ("cohort: cp", "cohort: cpp"),
        ("cohort: cp", "list: 12"),
        ("cohort: cp", "cohort: cp\nlist: 7"),
        ("cohort: cp\n", ""),
        ("unit: Person ID\n", ""),
        ("  team: Team", "  taem: Team"),
        ("  team: Team", "  team: [Team, Pod]"),
        ("  team: Team", "  team: {codes: {a: b}}"),
        ("further:", "further:\n  Home Ward: Ward"),
        ('"1": male', '"1": mail'),
        ('codes: {"1": male, "2": female, x: ""}', "codes: 1"),
        ("DOB\n", "{from: DOB, dates: us}\n"),
        ("cohort: cp", "cohort: cp\ninvented: maybe"),
    ],
)
def test_what_the_reader_refuses_does_not_keep_to_it(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    """An editor marks the slip before anybody imports."""
    mapping = a_mapping(tmp_path, change)

    with pytest.raises(MappingError):
        read_mapping(mapping)

    assert not sound(_plain(mapping.read_text("utf-8")), SCHEMA)


@pytest.mark.parametrize("number", LISTS)
def test_what_the_reader_takes_keeps_to_it(tmp_path: Path, number: int) -> None:
    """With every column of every list, by text and by numbers and truth values."""
    keys = [c.key for c in columns(number) if c.key != LISTS[number].id_key]
    lines = "".join(f"  {key}: {{from: Column {n}}}\n" for n, key in enumerate(keys))
    text = (
        f"kind: table\nlist: {number}\nunit: Case\nsheet: One\ninvented: yes\n"
        f"dates: month first\ncolumns:\n{lines}further: {{ward: Ward}}\n"
    )

    assert read_mapping(a_mapping(tmp_path, text=text)).list_no == number
    assert sound(yaml.safe_load(text), SCHEMA)
    assert sound(_plain(text), SCHEMA)
    assert sound(_plain(MAPPING), SCHEMA)


def test_it_knows_the_keys_that_the_reader_knows() -> None:
    """No more and no fewer."""
    assert all(set(one["properties"]) == set(KEYS) for one in SCHEMA["oneOf"])


def _plain(text: str) -> Any:  # noqa: ANN401
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
