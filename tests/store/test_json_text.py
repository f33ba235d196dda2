"""Quick JSON is the same JSON."""

from __future__ import annotations

import json
import json.encoder
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.store.json_text import json_text, writer

plain = st.none() | st.booleans() | st.integers() | st.text()
values = st.recursive(
    plain, lambda some: st.lists(some) | st.dictionaries(st.text(), some)
)


@pytest.mark.slow
@given(value=values)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    expected = json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    assert json_text(value) == expected
    assert json.loads(json_text(value)) == value


def test_any_mapping_is_an_object_and_what_is_no_json_is_refused() -> None:
    assert json_text(MappingProxyType({"é": ("a", None)})) == '{"é":["a",null]}'
    with pytest.raises(TypeError):
        json_text(object())


@pytest.mark.parametrize("there", [None, lambda *_: lambda *_: ("other",)])
def test_where_the_quick_writer_is_not_as_known_the_usual_one_writes(
    there: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Python may have none, or one that does something else."""
    with monkeypatch.context() as patched:
        patched.setattr(json.encoder, "c_make_encoder", there)
        write = writer()

    assert write({"é": [1, None]}) == '{"é":[1,null]}'
