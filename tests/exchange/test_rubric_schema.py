"""The schema and the reader agree on what a rubric file is."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from case_audit.core.frame.cohorts import COHORTS
from case_audit.errors import RubricError
from case_audit.exchange.rubric_file import Setting, open_file, read_domain
from case_audit.exchange.rubric_library import Library
from case_audit.exchange.rubric_schema import DRAFT, rubric_schema
from case_audit.exchange.rubric_start import rubric_start
from case_audit.resources import shipped
from case_audit.services.rubric import library

RUBRICS = Path(str(shipped("rubrics")))
FILES = sorted(
    path
    for path in [
        *RUBRICS.glob("*.yaml"),
        *RUBRICS.glob("dip/*.yaml"),
        *RUBRICS.glob("modules/*.yaml"),
    ]
    if path.name != "usual.yaml"
)
SCHEMA = rubric_schema(library().scale("ofsted4"), library().scale("yes-no"))

TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "number": float}
CHECKED = {
    *("type", "enum", "pattern", "maxLength", "minItems", "items", "oneOf", "$ref"),
    *("properties", "required", "additionalProperties"),
}
SAYING = {"$schema", "$defs", "title", "description"}


def sound(value: Any, schema: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether a value keeps to a schema, by the keywords that the schema uses."""
    assert set(schema) <= CHECKED | SAYING
    known = schema.get("type", [])
    if known and not any(
        isinstance(value, TYPES[name])
        for name in ([known] if isinstance(known, str) else known)
    ):
        return False
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        if not sound(value, SCHEMA["$defs"][name]):
            return False
    return (
        ("enum" not in schema or (type(value), value) in typed(schema["enum"]))
        and (
            "oneOf" not in schema or sum(sound(value, s) for s in schema["oneOf"]) == 1
        )
        and (not isinstance(value, str) or sound_text(value, schema))
        and (not isinstance(value, list) or sound_list(value, schema))
        and (not isinstance(value, dict) or sound_object(value, schema))
    )


def typed(values: list[object]) -> list[tuple[type, object]]:
    """Values with their types, since 1 and true are equal here but not in JSON."""
    return [(type(value), value) for value in values]


def sound_text(value: str, schema: dict[str, Any]) -> bool:
    return bool(re.search(schema.get("pattern", ""), value)) and len(
        value
    ) <= schema.get("maxLength", len(value))


def sound_list(value: list[Any], schema: dict[str, Any]) -> bool:
    return len(value) >= schema.get("minItems", 0) and all(
        sound(item, schema.get("items", {})) for item in value
    )


def sound_object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    return (
        set(schema.get("required", ())) <= set(value)
        and (schema.get("additionalProperties", True) or set(value) <= set(known))
        and all(sound(value[key], known[key]) for key in known if key in value)
    )


def resolved(schema: dict[str, Any]) -> Any:  # noqa: ANN401
    """A schema with its definitions where they are referred to."""

    def inside(part: Any) -> Any:  # noqa: ANN401
        if isinstance(part, list):
            return [inside(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return inside(schema["$defs"][part["$ref"].removeprefix("#/$defs/")])
        return {key: inside(one) for key, one in part.items()}

    return {key: inside(part) for key, part in schema.items() if key != "$defs"}


class TextKeys(yaml.SafeLoader):
    """YAML 1.1, with keys as written: in JSON every key is a text."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002
        """Return a table by the texts of its keys."""
        return {k.value: self.construct_object(v, deep=True) for k, v in node.value}


def plain(path: Path) -> Any:  # noqa: ANN401
    """A file as an editor of YAML 1.1 reads it, where ``no`` is false."""
    return yaml.load(path.read_text("utf-8"), Loader=TextKeys)  # noqa: S506


def as_text(path: Path) -> Any:  # noqa: ANN401
    """A file as the program reads it, where every value is text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_shipped_file_keeps_to_it(path: Path) -> None:
    """However the editor takes numbers and yes or no."""
    scale = library().scale(as_text(path).get("scale", "ofsted4"))
    schema = resolved(rubric_schema(scale, library().scale("yes-no")))

    assert sound(plain(path), schema)
    assert sound(as_text(path), schema)


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda c: c.id)
def test_the_starting_file_keeps_to_it_too(cohort: Any) -> None:  # noqa: ANN401
    assert sound(yaml.safe_load(rubric_start("our-look", cohort=cohort)), SCHEMA)


def test_scales_and_lists_do_not_keep_to_it() -> None:
    """It describes rubrics and modules only."""
    others = [*RUBRICS.glob("scales/*"), *RUBRICS.glob("rules/*")]

    assert others
    assert not any(sound(plain(path), SCHEMA) for path in others)
    assert not sound([], SCHEMA)
    assert not sound("rubric", SCHEMA)


def start() -> dict[str, Any]:
    """A whole rubric to spoil."""
    (cin,) = [cohort for cohort in COHORTS if cohort.id == "cin"]
    found: dict[str, Any] = yaml.safe_load(rubric_start("our-look", cohort=cin))
    return found


def put(whole: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with something else in one place; a last ``!`` takes the key out."""
    copy: Any = deepcopy(whole)
    here = copy
    *steps, last = path.split(".")
    for step in steps:
        here = here[int(step)] if step.isdigit() else here[step]
    if last.startswith("!"):
        del here[last[1:]]
    else:
        here[int(last) if last.isdigit() else last] = value
    spoiled: dict[str, Any] = copy
    return spoiled


FIRST = "domains.3.criteria.0"
LONG = "x" * 221

SPOILED = [
    ("kind", "scale"),
    ("titel", "A slip of the pen"),
    ("id", " "),
    ("version", True),
    ("cohorts", ["pets"]),
    ("cohorts", []),
    ("cohorts", "cin"),
    ("scale", "ofsted5"),
    ("domains", []),
    ("domains.0.includ", "voice"),
    ("domains.0.label", "both shared and its own"),
    ("domains.0.add", []),
    ("domains.3.role", "boss"),
    ("domains.3.label", "x" * 61),
    ("domains.3.criteria", []),
    (f"{FIRST}.critical", "maybe"),
    (f"{FIRST}.critical", 1),
    (f"{FIRST}.asked", "A slip of the pen"),
    (f"{FIRST}.label", "x" * 61),
    (f"{FIRST}.asks", LONG),
    (f"{FIRST}.benchmark", LONG),
    (f"{FIRST}.trap", LONG),
    (f"{FIRST}.look_in", []),
    (f"{FIRST}.look_in", "the notes"),
    (f"{FIRST}.source", []),
    (f"{FIRST}.tags", [""]),
    (f"{FIRST}.timescales", ["T34"]),
    (f"{FIRST}.descriptors.good", LONG),
    (f"{FIRST}.descriptors.gut", "A slip of the pen"),
    (f"{FIRST}.descriptors.!good", None),
]


def refused(folder: Path, whole: dict[str, Any]) -> bool:
    """Whether the reader refuses a rubric."""
    path = folder / "our-look.yaml"
    path.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    shelf = Library((folder, RUBRICS))
    try:
        shelf.rubric("our-look")
    except RubricError:
        return True
    return False


@pytest.mark.parametrize(("where", "value"), SPOILED)
def test_a_spoiled_file_fails_in_both(
    tmp_path: Path, where: str, value: object
) -> None:
    """An editor underlines what `rubric check` would refuse."""
    spoiled = put(start(), where, value)

    assert sound(start(), SCHEMA)
    assert not sound(spoiled, SCHEMA)
    if where not in {"version", "scale"}:
        assert refused(tmp_path, spoiled)


def test_cohorts_of_a_criterion_are_known_ones() -> None:
    """The reader lets a slip through here, and the criterion is never asked."""
    assert sound(put(start(), f"{FIRST}.cohorts", ["cin"]), SCHEMA)
    assert not sound(put(start(), f"{FIRST}.cohorts", ["cim"]), SCHEMA)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("rubric", ""),
        ("include", "domains.0."),
        ("domain", "domains.3."),
        ("criterion", f"{FIRST}."),
    ],
)
def test_a_key_is_required_where_the_reader_requires_it(
    tmp_path: Path, name: str, place: str
) -> None:
    """Neither nags about a key the other does not want."""
    required = SCHEMA["$defs"][name]["required"]

    assert required
    for key in required:
        assert refused(tmp_path, put(start(), f"{place}!{key}", None)), key


def test_a_key_that_may_be_left_out_may() -> None:
    """The smallest criterion is read, and keeps to the schema."""
    described = SCHEMA["$defs"]["criterion"]
    whole = start()["domains"][3]["criteria"][0]
    least = {key: whole[key] for key in described["required"]}
    module = {
        "kind": "module",
        "id": "m",
        "version": "1",
        "label": "M",
        "criteria": [least],
    }
    data = yaml.safe_dump(module).encode()

    domain = read_domain(
        open_file(data, file="m.yaml", kind="module"),
        Setting(
            scale=library().scale("ofsted4"),
            yes_no=library().scale("yes-no"),
            cohorts=("cin",),
        ),
        module=True,
    )

    assert domain.criteria[0].id == "x1"
    assert sound(module, SCHEMA)
    assert set(described["properties"]) > set(described["required"])


@pytest.mark.parametrize("word", ["yes", "no", True, False])
def test_yes_and_no_are_read_as_the_schema_has_them(
    tmp_path: Path, word: object
) -> None:
    whole = put(start(), f"{FIRST}.critical", word)

    assert sound(whole, SCHEMA)
    assert not refused(tmp_path, whole)


def test_it_says_which_draft_and_what_each_key_is_for() -> None:
    """Editors show the words beside the key."""
    described = [
        value["description"]
        for part in SCHEMA["$defs"].values()
        for value in part["properties"].values()
    ]

    assert SCHEMA["$schema"] == DRAFT
    assert all(words.endswith(".") for words in described)
    assert SCHEMA["$defs"]["criterion"]["properties"]["cohorts"]["items"] == {
        "enum": [cohort.id for cohort in COHORTS]
    }
