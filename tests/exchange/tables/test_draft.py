"""A draft of a mapping says what was found and what is left to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from tables import TABLE, a_table, read_table

from case_audit.errors import MappingError, MappingExistsError, TableError
from case_audit.exchange.annex_a.spec import columns
from case_audit.exchange.tables.draft import draft_mapping
from case_audit.services.tables import write_draft

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_with_the_usual_headers_can_be_read_by_its_draft(
    tmp_path: Path,
) -> None:
    """Nothing is left to do but to look it over."""
    heads = [column.header for column in columns(7)]
    row = ["0001", "b) Female", "a) WBRI", "04/05/2018", "7"]
    table = a_table(tmp_path, ",".join(f'"{h}"' for h in heads) + "\n" + ",".join(row))

    drafted = write_draft(table)
    (record,), reading = read_table(table, drafted.path)

    assert drafted.path == tmp_path / "plans.map.yaml"
    assert (drafted.draft.list_no, drafted.draft.guessed) == (7, len(heads) - 1)
    assert drafted.draft.missing == drafted.draft.left == ()
    assert record.values["age"] == 7
    assert reading.lists[0].absent == ()


def test_a_draft_holds_headers_and_no_childs_data(tmp_path: Path) -> None:
    """It may be sent to a colleague."""
    draft = draft_mapping(a_table(tmp_path, name="child protection.csv"))

    cells = {cell for line in TABLE.splitlines()[1:] for cell in line.split(",")}
    assert not [cell for cell in cells if len(cell) > 3 and cell in draft.text]
    assert (draft.list_no, draft.unit) == (7, "Person ID")
    assert draft.personal == ("Full name",)
    assert draft.left == ("Started", "Ended", "Ward", "Supervised")
    assert "Child Protection Plan Start Date" in draft.missing
    assert '  gender: "Sex"  # male, female, not_stated, neither.' in draft.text
    assert "#  plan_end: HEADER  # Child Protection Plan End Date" in draft.text
    assert '#   ward: "Ward"' in draft.text


def test_the_list_is_the_one_that_knows_most_unless_it_is_named(tmp_path: Path) -> None:
    """A name is a person's word; headers are a guess."""
    text = "ID,Allocated Worker,Allocated Team,Contact Source,Date of Contact\n"

    assert draft_mapping(a_table(tmp_path, text, name="t.csv")).list_no == 1
    assert draft_mapping(a_table(tmp_path, text, name="List 6.csv")).list_no == 6


def test_further_columns_get_names_of_their_own(tmp_path: Path) -> None:
    """Known ones their known name, others letters and digits."""
    heads = "Case ref,Team,Worker,Last supervision date,Öko,1st,W a,W-a,NHS no"
    draft = draft_mapping(a_table(tmp_path, heads + "\n", name="list 7.csv"))

    assert draft.unit == "Case ref"
    for line in (
        'last_supervision_date: "Last supervision date"',
        'ko: "Öko"',
        'column_1st: "1st"',
        'w_a: "W a"',
        'w_a_2: "W-a"',
    ):
        assert f"#   {line}\n" in draft.text


def test_what_is_to_be_decided_is_asked_for_when_it_is_used(tmp_path: Path) -> None:
    """A draft without a unit is refused at that line."""
    table = a_table(tmp_path, "Team,Worker,Gender\nA,B,C\n")
    drafted = write_draft(table)

    assert drafted.draft.unit == ""
    with pytest.raises(MappingError, match="unit: a text is missing here"):
        read_table(table, drafted.path)


def test_a_table_without_headers_gets_no_draft(tmp_path: Path) -> None:
    """Its first row is a child."""
    with pytest.raises(TableError, match="looks like headers") as caught:
        draft_mapping(a_table(tmp_path, "Rosa,Quillmere,North\nAda,Ash,South\n"))

    assert "Rosa" not in " ".join(caught.value.lines)


def test_a_mapping_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """Somebody has worked on it. A trial writes nothing at all."""
    table = a_table(tmp_path)

    trial = write_draft(table, keep=False)
    assert not trial.path.exists()
    write_draft(table).path.write_text("mine")
    with pytest.raises(MappingExistsError):
        write_draft(table)
    assert trial.path.read_text() == "mine"


def test_the_sheet_of_a_workbook_is_named(tmp_path: Path) -> None:
    """And the others are, so that another one can be chosen."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("Child protection").write_row(0, 0, ["ID", "Gender", "Team"])
    book.add_worksheet("Notes")
    book.close()

    draft = draft_mapping(tmp_path / "a.xlsx")

    assert draft.list_no == 7
    assert 'sheet: "Child protection"\n# Other sheets: Notes.' in draft.text
