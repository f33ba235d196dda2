"""Identifiers and digests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.definition import Definition
from case_audit.core.frame.model import (
    ALL,
    Beside,
    Frame,
    FrameUnit,
    Source,
    StoredFrame,
    canonical_unit,
    frame_digest,
)


@pytest.mark.parametrize("text", ["", "  ", "a\tb", "a\nb", "a\x7fb", "a\x9bb"])
def test_identifiers_that_would_break_a_list_are_refused(text: str) -> None:
    """A tab or line break in a unit would make two frames of one digest."""
    with pytest.raises(ValueError, match="identifier"):
        canonical_unit(text)


def test_identifiers_have_one_form() -> None:
    """Composed, and without white space around them."""
    assert canonical_unit(" A1 ") == "A1"
    assert (
        canonical_unit(" e\N{COMBINING ACUTE ACCENT}1 ")
        == "\N{LATIN SMALL LETTER E WITH ACUTE}1"
    )


units = st.text("AB019-", min_size=1, max_size=6)


@given(rows=st.lists(st.tuples(units, units), max_size=8), data=st.data())
def test_the_order_of_rows_never_matters(
    rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Two exports of one list are one frame."""
    shuffled = data.draw(st.permutations(rows))

    assert frame_digest(shuffled) == frame_digest(rows)


def test_the_digest_is_that_of_the_shell() -> None:
    """By hand: sorted as bytes, so TAB comes before every digit and letter."""
    frame = Frame(
        cohort="cp",
        as_at=date(2026, 3, 31),
        units=tuple(FrameUnit(unit=u, attributes={}) for u in ("B2", "A10", "A1")),
    )
    lines = f"A1\t{ALL}\nA10\t{ALL}\nB2\t{ALL}\n"

    assert frame.digest == sha256(lines.encode()).hexdigest()


def test_a_source_names_the_files_that_its_rows_are_read_from_and_by() -> None:
    """A table means something else with another mapping; extras add to any."""
    plain = Source(
        kind="annex_a",
        name="a.xlsx",
        sha256="1" * 64,
        as_at="2026-03-31",
        imported_utc="2026-04-01T10:00:00Z",
        imported_by="Lee",
        synthetic=True,
        beside=(Beside("extras", "e.csv", "2" * 64),),
    )
    by = Beside("mapping", "a.map.yaml", "3" * 64)
    table = replace(plain, beside=(*plain.beside, by))

    assert plain.mapping is None
    assert plain.files == (("a.xlsx", "1" * 64),)
    assert table.mapping == by
    assert table.files == (("a.xlsx", "1" * 64), ("a.map.yaml", "3" * 64))


def test_a_stored_frame_says_what_one_unit_is() -> None:
    """As its definition asked for; children unless said otherwise."""
    source = Source(
        kind="annex_a",
        name="a.xlsx",
        sha256="0" * 64,
        as_at="2026-03-31",
        imported_utc="2026-04-01T09:00:00Z",
        imported_by="Lee",
        synthetic=True,
    )
    plain = StoredFrame(
        id=1,
        import_id=1,
        cohort="referral",
        as_at="2026-03-31",
        units=0,
        digest="0" * 64,
        excluded=(),
        source=source,
    )

    assert plain.unit_kind == "child"
    episodes = replace(plain, definition=Definition(unit="episode"))
    assert episodes.unit_kind == "episode"
