"""The lists, columns and codes as data."""

from __future__ import annotations

import pytest

from case_audit.exchange.annex_a.coding import coded_reader
from case_audit.exchange.annex_a.folding import squash
from case_audit.exchange.annex_a.matching import column_of
from case_audit.exchange.annex_a.spec import (
    LISTS,
    code_list,
    columns,
    label,
    written,
)

CODELISTS = sorted({c.codes for n in LISTS for c in columns(n) if c.codes})


def test_every_list_has_its_columns_in_order() -> None:
    """Annex A's widths, with list 9 as in the 2024 build."""
    widths = [len(columns(number)) for number in LISTS]

    assert widths == [7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19]
    for number, spec in LISTS.items():
        assert spec.sheet == f"List {number}"
        assert [c.order for c in columns(number)] == list(
            range(1, widths[number - 1] + 1)
        )
        assert sum(c.key == spec.id_key for c in columns(number)) == 1


@pytest.mark.parametrize("number", LISTS)
def test_no_header_or_alias_means_two_columns(number: int) -> None:
    """Otherwise a header would be read as the wrong column without a word."""
    for column in columns(number):
        for spelling in (column.header, *column.aliases):
            assert column_of(number, spelling) is column


@pytest.mark.parametrize("codelist", CODELISTS)
def test_no_spelling_means_two_codes(codelist: str) -> None:
    """Otherwise a cell would be read as the wrong code without a word."""
    meaning: dict[str, str] = {}
    for code in code_list(codelist).values():
        for spelling in (code.code, code.label, code.written, code.id, *code.aliases):
            folded = squash(spelling)
            if folded:
                assert meaning.setdefault(folded, code.id) == code.id, spelling


@pytest.mark.parametrize("codelist", CODELISTS)
def test_what_is_written_is_read_back(codelist: str) -> None:
    """A workbook that we write is one that we read."""
    read = coded_reader(codelist)
    for code in code_list(codelist).values():
        for spelling in (written(codelist, code.id), label(codelist, code.id), code.id):
            assert read(spelling).value == code.id


def test_labels_and_written_forms() -> None:
    """Spot checks against Annex A's own way of writing."""
    assert written("gender", "female") == "b) Female"
    assert written("need", "N1") == "N1 - Abuse or neglect"
    assert written("legal_status", "C2") == "C2: FCO"
    assert label("ethnicity", "WBRI") == "White British"


def test_text_without_a_code_is_its_own_label() -> None:
    """Screens show free text and local values as they are."""
    assert label("", "Team North") == "Team North"
    assert written("la_code", "Borrowmere") == "Borrowmere"
