"""A mapping file is read strictly: a slip is named by line, with what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tables import a_mapping, a_table, read_table

from case_audit.errors import FileError, MappingError
from case_audit.exchange.tables.mapping import read_mapping

if TYPE_CHECKING:
    from pathlib import Path


def test_a_mapping_says_which_column_is_which(tmp_path: Path) -> None:
    """Values are understood as on a list, raw texts are kept, names never are."""
    records, reading = read_table(a_table(tmp_path), a_mapping(tmp_path))

    first, second, third = records
    assert (first.list_no, first.row, first.unit) == (7, 2, "0001")
    assert first.values == {
        "gender": "male",
        "date_of_birth": "2018-05-04",
        "plan_start": "2025-12-01",
        "team": "Ash",
        "x_ward": "North",
        "extra.last_supervision_date": "2026-03-02",
    }
    assert first.raw["date_of_birth"] == "04/05/2018"
    assert first.raw["gender"] == "1"
    assert second.values["gender"] == "female"
    assert "gender" not in third.values
    assert third.raw["gender"] == "x"
    assert not any("Ann" in text for text in first.raw.values())
    (listed,) = reading.lists
    assert (listed.how, listed.header_row, listed.records) == ("mapping", 1, 3)
    assert listed.unknown == ("Full name",)


def test_months_may_come_first_where_the_mapping_says_so(tmp_path: Path) -> None:
    """Nothing is guessed: the person who knows the table says it."""
    table = a_table(
        tmp_path,
        "Person ID,Sex,DOB,Started,Ended,Team,Ward,Supervised\n"
        "1,1,05/04/2018,12-01-25,,A,N,03/02/2026 10:00\n2,1,2018-05-04,1 Dec 2025,,A,N,\n",
    )
    mapping = a_mapping(tmp_path, ("unit:", "dates: month first\nunit:"))

    (one, two), reading = read_table(table, mapping)

    for record in (one, two):
        assert record.values["date_of_birth"] == "2018-05-04"
        assert record.values["plan_start"] == "2025-12-01"
    assert one.values["extra.last_supervision_date"] == "2026-03-02"
    assert one.raw["date_of_birth"] == "05/04/2018"
    assert not [p for p in reading.problems if p.what == "not a date"]


def test_one_column_may_write_dates_another_way(tmp_path: Path) -> None:
    """Tables are often joined from two systems."""
    mapping = a_mapping(tmp_path, ("DOB\n", "{from: DOB, dates: month first}\n"))

    records, _ = read_table(a_table(tmp_path), mapping)

    assert records[0].values["date_of_birth"] == "2018-04-05"
    assert records[0].values["plan_start"] == "2025-12-01"


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("kind: table", "kind: rubric"), 1, "kind: this is no mapping file"),
        (("kind: table\n", ""), 1, "kind: this is no mapping file"),
        (("cohort: cp", "cohort: cpp"), 2, 'there is no cohort "cpp"'),
        (("cohort: cp", "list: 12"), 2, 'there is no list "12"'),
        (("cohort: cp", "cohort: cp\nlist: 7"), 3, "one of them"),
        (("cohort: cp\n", ""), 1, "name a list or a cohort"),
        (("unit: Person ID\n", ""), 1, "no line names the column"),
        (("unit: Person ID", "unit:"), 3, "a text is missing"),
        (("unit: Person ID", "unit: NHS number"), 3, "names or locates people"),
        (("unit: Person ID", "unit: Case #1"), 3, "is a comment, not part"),
        (("  team: Team", "  taem: Team"), 11, 'there is no key "taem"'),
        (("  team: Team", "  team: [Team, Pod]"), 11, "this is a list"),
        (("  team: Team", "  team: {codes: {a: b}}"), 11, "no header is named"),
        (("  team: Team", "  team: Full name"), 11, "names or locates people"),
        (("further:", "further:\n  Home Ward: Ward"), 13, "is no name for it"),
        (("ward: Ward", "home: Home address"), 13, "names or locates people"),
        (("ward: Ward", "ward: Ward\n  x_ward: Ward"), 14, "x_ward is there twice"),
        (('"1": male', '"1": mail'), 7, '"mail" is no code of gender'),
        (('"1": male', '"1": [male]'), 7, "this is not a code"),
        (('codes: {"1": male, "2": female, x: ""}', "codes: 1"), 7, "not a group"),
        (("DOB\n", "{from: DOB, dates: us}\n"), 8, "no order of day and month"),
        (("cohort: cp", "cohort: cp\ninvented: maybe"), 3, "is neither"),
        (("columns:", "columns: &a"), 4, "expected plain YAML"),
        (("  team: Team", "  team: Tea: m"), 11, "a second colon"),
        (("unit: Person ID", "unit: Person Id\nunit: P"), 4, "each key once"),
        (("unit: Person ID", "unit: Persons"), 3, 'the table has no column "Persons"'),
        (("  team: Team", "  team: Pod"), 11, 'the table has no column "Pod"'),
    ],
)
def test_slips_are_named_by_line_with_what_to_write(
    tmp_path: Path, change: tuple[str, str], line: int, says: str
) -> None:
    """A lead mends the line and goes on; nobody has to read about YAML first."""
    mapping = a_mapping(tmp_path, change)

    with pytest.raises(MappingError) as caught:
        read_table(a_table(tmp_path), mapping)

    assert f"plans.map.yaml:{line}: " in str(caught.value)
    assert says in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("group", ["columns", "further"])
def test_a_group_must_be_one(tmp_path: Path, group: str) -> None:
    """A draft whose lines are all comments still is to be decided."""
    text = "kind: table\nlist: 7\nunit: Person ID\n"
    text += (
        "columns:\n" if group == "columns" else "columns: {team: Team}\nfurther: 1\n"
    )

    with pytest.raises(MappingError, match="not a group of keys"):
        read_mapping(a_mapping(tmp_path, text=text))
    with pytest.raises(MappingError, match="no columns are named"):
        read_mapping(a_mapping(tmp_path, text="kind: table\nlist: 7\nunit: ID\n"))


def test_headers_that_stand_twice_are_refused(tmp_path: Path) -> None:
    """Which of two columns is meant cannot be guessed; others do not matter."""
    table = a_table(tmp_path, "Person ID,Team,team,Ward,Ward\n1,A,B,N,S\n")
    text = "kind: table\nlist: 7\nunit: Person ID\ncolumns:\n  team: Team\n"

    (record,), _ = read_table(table, a_mapping(tmp_path, text=text))
    with pytest.raises(MappingError, match='2 columns "Ward"'):
        read_table(table, a_mapping(tmp_path, text=text + "further:\n  ward: Ward\n"))

    assert record.values == {"team": "A"}


def test_too_many_columns_and_no_file(tmp_path: Path) -> None:
    """A mapping is for people to read."""
    many = "".join(f"  c{n}: H{n}\n" for n in range(201))
    text = f"kind: table\nlist: 7\nunit: ID\ncolumns:\n  team: T\nfurther:\n{many}"

    with pytest.raises(MappingError, match="more than 200"):
        read_mapping(a_mapping(tmp_path, text=text))
    with pytest.raises(FileError):
        read_mapping(tmp_path)


def test_other_texts_can_be_translated_too(tmp_path: Path) -> None:
    """A code of one's own becomes a word that people know."""
    mapping = a_mapping(
        tmp_path,
        ("ward: Ward", "ward: {from: Ward, codes: {NORTH: Northern}}"),
        ("team: Team", 'team: {from: Team, codes: {oak: "Oak team"}}'),
    )

    records, _ = read_table(a_table(tmp_path), mapping)

    assert [r.values["x_ward"] for r in records] == ["Northern", "South", "Northern"]
    assert [r.values["team"] for r in records] == ["Ash", "Ash", "Oak team"]
