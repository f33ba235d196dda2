"""From a workbook to records."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from readings import BORN, CONTACT, SEEN, told

from case_audit.exchange.annex_a.problems import SHOWN
from case_audit.exchange.annex_a.read import read_workbook
from case_audit.exchange.annex_a.spec import LISTS, columns, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from case_audit.exchange.reading import Progress

    Make = Callable[..., Path]
    Repack = Callable[..., Path]
    Headers = Callable[[int], list[str]]


def test_a_row_becomes_a_record(make_workbook: Make, headers: Headers) -> None:
    """Values as understood, cells as read, the row as the spreadsheet shows it."""
    path = make_workbook({"List 1": [headers(1), CONTACT]})

    reading, records = read_workbook(path)

    (record,) = records[1]
    assert (record.list_no, record.row, record.unit) == (1, 2, "SYN-1")
    assert record.values == {
        "gender": "female",
        "ethnicity": "WBRI",
        "date_of_birth": "2018-05-04",
        "age": 7,
        "contact_date": "2026-03-01",
        "contact_source": "6",
    }
    assert record.raw == {
        "child_id": "SYN-1",
        "gender": "b) Female",
        "ethnicity": "a) WBRI",
        "date_of_birth": "2018-05-04",
        "age": "7",
        "contact_date": "2026-03-01",
        "contact_source": "q) 6: Police",
    }
    assert reading.problems == ()
    assert reading.sha256 == sha256(path.read_bytes()).hexdigest()
    assert reading.missing_lists == tuple(range(2, 12))


def test_all_eleven_lists_are_read(make_workbook: Make) -> None:
    """Every column of every list, written as Annex A writes it."""

    def cell(list_no: int, key: str, kind: str, codes: str) -> object:
        if key == LISTS[list_no].id_key:
            return f"SYN-{list_no}"
        if codes == "yes_no":
            return written(codes, "no")
        return SEEN if kind == "date" else 3 if kind == "integer" else "2"

    path = make_workbook(
        {
            spec.sheet: [
                [column.header for column in columns(number)],
                [cell(number, c.key, c.type, c.codes) for c in columns(number)],
            ]
            for number, spec in LISTS.items()
        }
    )

    reading, records = read_workbook(path)

    assert [(r.list_no, r.records) for r in reading.lists] == [
        (number, 1) for number in LISTS
    ]
    for number in LISTS:
        (record,) = records[number]
        assert record.unit == f"SYN-{number}"
        assert set(record.raw) == {column.key for column in columns(number)}
        for column in columns(number):
            if column.type == "date":
                assert record.values[column.key] == "2026-03-01"
            if column.type == "integer":
                assert record.values[column.key] == 3


def test_titles_blank_rows_and_footers(make_workbook: Make, headers: Headers) -> None:
    """Row numbers stay those of the spreadsheet; a footer is not a child."""
    path = make_workbook(
        {
            "List 1": [
                ["Ofsted Annex A, list 1"],
                [],
                headers(1),
                CONTACT,
                [],
                ["SYN-2", *CONTACT[1:]],
                ["Total: 2"],
                [None, "a) Male"],
            ]
        }
    )

    reading, records = read_workbook(path)

    assert [(r.row, r.unit) for r in records[1]] == [(4, "SYN-1"), (6, "SYN-2")]
    assert reading.lists[0].header_row == 3
    assert reading.lists[0].left_out == {
        "nothing but an identifier in the row": 1,
        "no identifier in a row with other entries": 1,
    }
    assert {(p.row, p.serious) for p in reading.problems} == {(7, True), (8, True)}


def test_empty_columns_and_rows_to_the_left_and_above(
    make_workbook: Make, headers: Headers
) -> None:
    """A table may begin at D5."""
    rows: list[list[object]] = [
        [],
        [],
        [],
        [],
        [None, None, None, *headers(1)],
        [None, None, None, *CONTACT],
    ]

    _, records = read_workbook(make_workbook({"List 1": rows}))

    assert [(r.row, r.unit) for r in records[1]] == [(6, "SYN-1")]


def test_numbers_as_identifiers(make_workbook: Make, headers: Headers) -> None:
    """Digits are kept, rounded ones refused, and text keeps its zeros."""
    units = [1234, 12345678901234567, "00123", 12.5]
    rows = [[unit, *CONTACT[1:]] for unit in units]

    reading, records = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    assert [r.unit for r in records[1]] == ["1234", "00123"]
    assert sum(reading.lists[0].left_out.values()) == 2
    assert reading.lists[0].rows == len(rows)
    by_row = {p.row: p for p in reading.problems}
    assert by_row[3].serious
    assert by_row[5].serious
    assert not by_row[2].serious
    assert "leading zeros" in by_row[2].done
    assert (by_row[2].column, by_row[2].value) == ("Child Unique ID", "1234")


def test_unborn_children(make_workbook: Make, headers: Headers) -> None:
    """However the list says it, there is no age and the child is unborn."""
    births: list[tuple[object, object]] = [
        (None, None),
        ("Unborn", None),
        (None, -1),
        ("expected 1/5/2026", 0),
    ]
    rows = [
        [f"SYN-{n}", *CONTACT[1:3], born, age, *CONTACT[5:]]
        for n, (born, age) in enumerate(births)
    ]

    reading, records = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    assert [r.values.get("unborn") for r in records[1]] == ["yes"] * 4
    assert all("date_of_birth" not in r.values for r in records[1])
    (problem,) = reading.problems
    assert (problem.row, problem.serious) == (2, False)


def test_children_in_care_are_born(make_workbook: Make) -> None:
    """A blank date of birth on list 8 is a gap, not an unborn child."""
    path = make_workbook(
        {
            "List 8": [
                ["Child Unique ID", "Date of Birth", "Age", "Gender"],
                ["SYN-1", None, None, "a) Male"],
            ]
        }
    )

    _, records = read_workbook(path)

    assert "unborn" not in records[8][0].values


def test_formulas(make_workbook: Make, headers: Headers) -> None:
    """The value a formula was last given counts; a column without any is said."""
    rows = [
        [f"SYN-{n}", "=A1|b) Female", "=A1|", BORN, "=1+6|7.4", SEEN, "=A1|"]
        for n in range(3)
    ]

    reading, records = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    assert [r.values["age"] for r in records[1]] == [7, 7, 7]
    assert [r.values["gender"] for r in records[1]] == ["female"] * 3
    empty = "a required column without a single usable entry"
    assert told(reading) == {
        ("List 1", "Ethnicity", empty): 1,
        ("List 1", "Contact Source", empty): 1,
    }


def test_unknown_codes_and_dates_are_left_out(
    make_workbook: Make, headers: Headers
) -> None:
    """The value goes, the row and its raw text stay, and the place is told."""
    row = ["SYN-1", "purple", "a) WBRI", BORN, 7, "31/31/2026", "q) 6: Police"]

    reading, records = read_workbook(make_workbook({"List 1": [headers(1), row]}))

    (record,) = records[1]
    assert "gender" not in record.values
    assert record.raw["gender"] == "purple"
    assert {(p.row, p.column, p.value) for p in reading.problems if p.row} == {
        (2, "Gender", "purple"),
        (2, "Date of Contact", "31/31/2026"),
    }


def test_many_problems_are_counted_not_listed(
    make_workbook: Make, headers: Headers
) -> None:
    """A person reads twenty of a kind, and how many there are."""
    rows = [[f"SYN-{n}", "purple", *CONTACT[2:]] for n in range(75)]

    reading, _ = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    one_by_one = [p for p in reading.problems if p.row]
    assert len(one_by_one) == SHOWN
    assert (
        told(reading)["List 1", "Gender", "not one of the values of this column"] == 75
    )


def test_columns_of_many_different_cells(
    make_workbook: Make, headers: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a column remembers is limited, and forgetting changes nothing."""
    monkeypatch.setattr("case_audit.exchange.annex_a.row_reader._REMEMBERED", 10)
    rows = [[f"SYN-{n}", *CONTACT[1:4], n % 18 + 0.5, *CONTACT[5:]] for n in range(50)]

    _, records = read_workbook(make_workbook({"List 1": [headers(1), *rows]}))

    assert [r.values["age"] for r in records[1]] == [n % 18 for n in range(50)]


def test_columns_that_differ_from_the_list(make_workbook: Make) -> None:
    """Unknown ones are kept raw, personal ones not at all, absent ones told."""
    path = make_workbook(
        {
            "List 1": [
                [
                    "Child Unique ID",
                    "Gender",
                    "Gender",
                    "Surname",
                    "Ward",
                    "Ward",
                    None,
                ],
                ["SYN-1", "F", "M", "Doe", "North", "South", "loose"],
            ]
        }
    )

    reading, records = read_workbook(path)

    (record,) = records[1]
    assert record.values == {"gender": "female"}
    assert record.raw == {
        "child_id": "SYN-1",
        "gender": "F",
        "Gender (3)": "M",
        "Ward (5)": "North",
        "Ward (6)": "South",
    }
    listed = reading.lists[0]
    assert listed.matched == ("child_id", "gender")
    assert listed.absent == (
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Date of Contact",
        "Contact Source",
    )
    whats = {(c.column, c.serious) for c in reading.problem_counts}
    assert ("Gender", True) in whats
    assert ("Surname", False) in whats
    assert ("Ward", False) in whats
    assert ("Date of Contact", True) in whats
    assert "Doe" not in str(reading)


def test_near_copies_of_identifiers_are_told(
    make_workbook: Make, headers: Headers
) -> None:
    """Zeros lost on one list tear a child in two."""
    path = make_workbook(
        {
            "List 1": [headers(1), ["0123", *CONTACT[1:]]],
            "List 2": [headers(2), [123, *CONTACT[1:5], SEEN, None, "School"]],
        }
    )

    reading, _ = read_workbook(path)

    near = [p for p in reading.problems if "differs from another" in p.what]
    assert [(p.sheet, p.row, p.value) for p in near] == [("List 2", 2, "123")]


def test_hidden_and_second_sheets_are_told(
    make_workbook: Make, repack: Repack, headers: Headers
) -> None:
    """Hidden is not left out; left out is said."""
    made = make_workbook(
        {
            "List 1": [headers(1), CONTACT],
            "List 3": [headers(3)],
            "Contacts old": [headers(1), CONTACT],
            "Pivot": [["x"]],
        },
        hidden=["List 3"],
    )
    path = repack(
        made,
        lambda n, c: (
            c.replace(b'<row r="2"', b'<row r="2" hidden="1"')
            if n.endswith("sheet1.xml")
            else c
        ),
    )

    reading, records = read_workbook(path)

    assert len(records[1]) == 1
    assert records[3] == ()
    assert reading.unread == ("Contacts old", "Pivot")
    assert {sheet for sheet, _, _ in told(reading)} == {
        "List 1",
        "List 3",
        "Contacts old",
    }


def test_the_cover_sheet_tells_that_data_are_invented(
    make_workbook: Make, headers: Headers
) -> None:
    """The mark decides whether a database is for practice."""
    rows = [headers(1), CONTACT]
    mark = [["About"], [None, "SYNTHETIC DATA - every child here is invented"]]

    marked, _ = read_workbook(make_workbook({"Read me": mark, "List 1": rows}))
    plain, _ = read_workbook(make_workbook({"Notes": mark, "List 1": rows}))

    assert marked.synthetic
    assert marked.unread == ()
    assert not plain.synthetic


def test_progress_is_told(make_workbook: Make, headers: Headers) -> None:
    """Large workbooks take seconds, and the app shows how far it is."""
    rows = [[f"SYN-{n}", *CONTACT[1:]] for n in range(600)]
    path = make_workbook({"List 1": [headers(1), *rows], "List 3": [headers(3)]})
    seen: list[Progress] = []

    read_workbook(path, on_progress=seen.append)

    assert [(p.list_no, p.rows, p.of_rows, p.lists) for p in seen] == [
        (1, 250, 601, 0),
        (1, 500, 601, 0),
        (1, 601, 601, 0),
        (3, 1, 1, 1),
    ]
    assert {p.of_lists for p in seen} == {2}
    assert seen[0].title == "Contacts"
