"""Which sheet is which list, and which header is which column."""

from __future__ import annotations

import pytest

from case_audit.exchange.annex_a.matching import (
    choose_sheets,
    column_of,
    find_header,
    is_personal,
    list_of,
)


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        ("List 1", 1),
        ("list_01", 1),
        ("LIST-11 adopters", 11),
        ("AnnexA_List_7_2026", 7),
        ("L6 CIN", 6),
        ("7", 7),
        ("1. Contacts", 1),
        ("3) Referrals", 3),
        ("10 Adoption", 10),
    ],
)
def test_sheets_are_known_by_number(sheet: str, number: int) -> None:
    """The number is surer than any word beside it."""
    assert list_of(sheet) == (number, "number")


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        ("Contacts", 1),
        ("Early Help Assessments", 2),
        ("Referrals", 3),
        ("Assessments", 4),
        ("S47 & ICPC", 5),
        ("Section 47 enquiries", 5),
        ("Children in Need", 6),
        ("ChildrenInNeed", 6),
        ("CIN", 6),
        ("Child protection", 7),
        ("CP plans", 7),
        ("Children in care", 8),
        ("Looked after children", 8),
        ("LAC", 8),
        ("Care leavers", 9),
        ("Leaving care", 9),
        ("Adoption", 10),
        ("Prospective adopters", 11),
    ],
)
def test_sheets_are_known_by_word(sheet: str, number: int) -> None:
    """A name may hold words of two lists; the closer one counts."""
    assert list_of(sheet) == (number, "keyword")


@pytest.mark.parametrize(
    "sheet",
    [
        "READ ME",
        "Sheet1",
        "Sheet 3",
        "Pivot",
        "List 12",
        "Medicine",
        "placements",
        "3 months of data",
        "Level 3",
        "",
    ],
)
def test_other_sheets_are_no_list(sheet: str) -> None:
    """A pivot table read as a list would be worse than no list."""
    assert list_of(sheet) is None


def test_number_then_visible_then_first() -> None:
    """Where two sheets could be a list, the surer one is read, and only it."""
    chosen, others = choose_sheets(
        [
            ("Child protection old", True),
            ("List 7 backup", False),
            ("List 7", True),
            ("CIN", True),
            ("CIN 2", True),
            ("Notes", True),
        ]
    )

    assert [(c.list_no, c.sheet, c.how) for c in chosen] == [
        (6, "CIN", "keyword"),
        (7, "List 7", "number"),
    ]
    assert [c.sheet for c in others] == [
        "CIN 2",
        "List 7 backup",
        "Child protection old",
    ]


@pytest.mark.parametrize(
    ("list_no", "header", "key"),
    [
        (1, "Age", "age"),
        (1, "age of child (years)", "age"),
        (1, "CHILD UNIQUE ID", "child_id"),
        (1, "ChildUniqueID", "child_id"),
        (1, "Date of Birth ", "date_of_birth"),
        (3, "Date of Referral", "referral_date"),
        (3, "Date of referral", "referral_date"),
        (3, "Referral NFA", "referral_nfa"),
        (
            8,
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
            "uasc",
        ),
        (
            8,
            (
                "Number of Episodes the Child has been "
                "\N{LEFT SINGLE QUOTATION MARK}Missing\N{RIGHT SINGLE QUOTATION MARK}"
                " from their Placement in the last 12 months"
            ),
            "missing_12m",
        ),
        (8, "Child\N{RIGHT SINGLE QUOTATION MARK}s Legal Status", "legal_status"),
        (
            8,
            "Was the child offered a Return Interview after their last missing episode",
            "return_interview_offered",
        ),
        (9, "Allocated Personal Adviser", "personal_adviser"),
        (9, "UASC", "uasc"),
        (10, "Date of Adoption Order ", "adoption_order"),
        (11, "Individual adopter identifier", "adopter_id"),
    ],
)
def test_headers_are_known_in_their_variants(
    list_no: int, header: str, key: str
) -> None:
    """Spaces, case, quotes, brackets and question marks vary between systems."""
    column = column_of(list_no, header)

    assert column is not None
    assert column.key == key


def test_other_headers_are_no_column() -> None:
    """A column of another list is not one of this list."""
    assert column_of(1, "Child Protection Plan Start Date") is None
    assert column_of(1, "") is None


def test_the_header_row_is_the_best_one() -> None:
    """Titles above it and a repeated column make no difference."""
    header = find_header(
        1,
        [
            ["Ofsted Annex A", "", ""],
            ["Gender", "", "Age"],
            ["Child Unique ID", "Gender", "Gender", "Notes", "Age"],
            ["Child Unique ID", "Gender", "", "", "Age"],
        ],
    )

    assert header is not None
    assert header.row == 3
    assert header.repeated == ("Gender",)
    assert [c.key if c else None for c in header.columns] == [
        "child_id",
        "gender",
        None,
        None,
        "age",
    ]


def test_one_known_word_is_no_header_row() -> None:
    """A sheet of notes may well hold the word "age"."""
    assert find_header(1, [["Age", "of the building"]]) is None


@pytest.mark.parametrize(
    "header",
    [
        "Name",
        "Child's Name",
        "Surname",
        "First Name",
        "NHS Number",
        "UPN",
        "Home address",
        "Postcode",
        "Mobile",
        "DOB",
    ],
)
def test_columns_that_name_people_are_known(header: str) -> None:
    """They are of no use here, so they are not kept."""
    assert is_personal(header)


@pytest.mark.parametrize("header", ["Group name", "Team name", "Ward", "SEN status"])
def test_other_columns_do_not_name_people(header: str) -> None:
    """A column too many dropped would be missed."""
    assert not is_personal(header)
