"""The files of SSDA903 are joined by child, and nothing is lost on the way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns import FIRST, HEAD, SECOND, THIRD, one, read, returned, tables, told

from case_audit.exchange.annex_a.spec import code_list, columns
from case_audit.exchange.returns.ssda903 import described, looks_like, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.reading import Progress


def test_orphans_are_told_and_kept(tmp_path: Path) -> None:
    """A child who is not in the header file is a problem, not a loss."""
    records, reading = returned(
        tmp_path,
        {
            "header": [HEAD],
            "episodes": [FIRST | {"CHILD": "SYN-2", "DOB": "01/02/2015"}],
            "oc3": [
                {
                    "CHILD": "SYN-3",
                    "DOB": "01/02/2006",
                    "IN_TOUCH": "YES",
                    "ACCOM": "U1",
                }
            ],
        },
    )

    assert (records[8][0].unit, records[9][0].unit) == ("SYN-2", "SYN-3")
    assert records[8][0].values["date_of_birth"] == "2015-02-01"
    assert records[9][0].values["date_of_birth"] == "2006-02-01"
    what = "a child who is not in the header file"
    assert told(reading)["episodes.csv", "CHILD", what] == 1
    assert told(reading)["oc3.csv", "CHILD", what] == 1


def test_another_date_of_birth_is_told(tmp_path: Path) -> None:
    """Two children under one identifier would be one case."""
    records, reading = returned(
        tmp_path, {"header": [HEAD], "episodes": [FIRST | {"DOB": "05/05/2012"}]}
    )

    assert one(records, 8)["date_of_birth"] == "2012-05-04"
    key = ("episodes.csv", "DOB", "a date of birth that differs from the header's")
    assert told(reading)[key] == 1


def test_care_leavers_come_with_their_accommodation(tmp_path: Path) -> None:
    """One code says where and whether it is suitable; a nought says nothing."""
    leaver = {"CHILD": "SYN-1", "DOB": "04/05/2006", "IN_TOUCH": "YES", "ACTIV": "F4"}

    records, reading = returned(
        tmp_path,
        {
            "oc3": [
                leaver | {"ACCOM": "U1"},
                leaver
                | {"CHILD": "SYN-2", "IN_TOUCH": "REFU", "ACTIV": "0", "ACCOM": "0"},
                leaver | {"CHILD": "SYN-3", "IN_TOUCH": "RHOM", "ACCOM": "s2"},
                leaver | {"CHILD": "SYN-4", "ACCOM": "Q7"},
            ]
        },
    )

    born = {"date_of_birth": "2006-05-04"}
    assert [found.values for found in records[9]] == [
        born
        | {
            "in_touch": "yes",
            "activity": "F4",
            "accommodation": "U",
            "suitability": "suitable",
        },
        born | {"in_touch": "refused"},
        born
        | {
            "in_touch": "returned_home",
            "activity": "F4",
            "accommodation": "S",
            "suitability": "unsuitable",
        },
        born | {"in_touch": "yes", "activity": "F4"},
    ]
    assert [p.value for p in reading.problems] == ["Q7"]


def test_the_way_to_adoption_is_put_together(tmp_path: Path) -> None:
    """From both adoption files and the episodes."""
    ordered = SECOND | {"LS": "E1", "RNE": "L"}
    placed = THIRD | {"PLACE": "A5", "LS": "E1", "DEC": "20/03/2026", "REC": "E12"}

    records, reading = returned(
        tmp_path,
        {
            "header": [HEAD],
            "episodes": [FIRST | {"PLACE": "U5"}, ordered | {"PLACE": "U5"}, placed],
            "placed_adoption": [
                {
                    "CHILD": "SYN-1",
                    "DATE_PLACED": "05/09/2025",
                    "DATE_PLACED_CEASED": "",
                },
                {
                    "CHILD": "SYN-2",
                    "DATE_PLACED": "05/09/2025",
                    "DATE_PLACED_CEASED": "01/02/2026",
                    "REASON_PLACED_CEASED": "RD3",
                },
            ],
            "ad1": [
                {"CHILD": "SYN-1", "DATE_INT": "05/09/2025", "DATE_MATCH": "10/01/2026"}
            ],
        },
    )

    first, second = (found.values for found in records[10])
    assert first == {
        "date_of_birth": "2012-05-04",
        "gender": "female",
        "ethnicity": "MWBC",
        "care_start": "2025-06-10",
        "adoption_decision": "2025-09-05",
        "fostering_for_adoption": "2025-06-10",
        "placement_order": "2025-10-01",
        "placed": "2026-01-20",
        "matching": "2026-01-10",
        "adoption_order": "2026-03-20",
    }
    assert (second["decision_reversed"], second["reversal_reason"]) == (
        "2026-02-01",
        "RD3",
    )
    [listed] = [found for found in reading.lists if found.list_no == 10]
    assert listed.rows == 3
    assert dict(listed.left_out) == {"joined with another row of the same child": 1}


def test_children_seeking_asylum_alone_are_those_of_the_last_year(
    tmp_path: Path,
) -> None:
    """The file lists when they ceased to be; a year later it is no longer said."""
    rows = [
        {"CHILD": f"SYN-{n}", "SEX": "1", "DOB": "04/05/2008", "DUC": day}
        for n, day in enumerate(("", "04/05/2026", "01/03/2025", "01/05/2025"))
    ]

    records, _ = returned(
        tmp_path,
        {"uasc": rows, "episodes": [THIRD | {"CHILD": f"SYN-{n}"} for n in range(5)]},
    )

    found = [record.values["uasc"] for record in records[8]]
    assert found == ["yes", "yes", "no", "yes", "no"]


def test_codes_of_newer_returns_are_understood(tmp_path: Path) -> None:
    """Supported accommodation since 2025; other placements divided since 2026."""
    records, reading = returned(
        tmp_path,
        {
            "episodes": [
                THIRD | {"CHILD": f"SYN-{n}", "PLACE": code}
                for n, code in enumerate(("K3", "Z11", "Z14", "k2", "QQ"))
            ]
        },
    )

    found = [record.values.get("placement_type") for record in records[8]]
    assert found == ["K3", "Z1", "Z1", "K2", None]
    assert (
        told(reading)["episodes.csv", "PLACE", "not one of the values of this column"]
        == 1
    )


def test_every_value_is_one_that_the_list_knows(tmp_path: Path) -> None:
    """Keys are the lists' own and codes are ids, so frames can be made of them."""
    records, _ = returned(
        tmp_path,
        {"header": [HEAD], "episodes": [FIRST, THIRD], "uasc": [HEAD | {"DUC": ""}]},
    )

    known = {column.key: column for column in columns(8)}
    for key, value in records[8][0].values.items():
        assert not known[key].codes or value in code_list(known[key].codes)


def test_rows_that_cannot_be_used_are_counted_by_reason(tmp_path: Path) -> None:
    """Rows read are records, joined rows and rows left out."""
    _, reading = returned(
        tmp_path,
        {
            "episodes": [
                FIRST,
                SECOND,
                SECOND | {"CHILD": ""},
                FIRST | {"DECOM": "soon"},
            ]
        },
    )

    assert dict(reading.lists[0].left_out) == {
        "another episode of the same period of care": 1,
        "no identifier in a row with other entries": 1,
        "no date on which the episode began": 1,
    }
    assert reading.lists[0].rows == 4


def test_a_child_twice_in_the_header_is_told(tmp_path: Path) -> None:
    """The first row is used."""
    records, reading = returned(
        tmp_path, {"header": [HEAD, HEAD | {"SEX": "1"}], "episodes": [THIRD]}
    )

    assert one(records, 8)["gender"] == "female"
    assert told(reading)["header.csv", "CHILD", "the same child a second time"] == 1


def test_progress_and_the_words_of_the_reading(tmp_path: Path) -> None:
    """Digests of every file, and what was not read."""
    folder = tables(
        tmp_path / "2026",
        {
            "header.csv": [HEAD],
            "episodes.csv": [THIRD],
            "previous_permanence.csv": [{"CHILD": "SYN-1", "PREV_PERM": "Z1"}],
            "other.csv": [{"a": 1, "b": 2}],
        },
    )
    heard: list[Progress] = []

    source = open_source(folder, on_progress=heard.append)
    _, reading = read(source)

    assert [name for name, _ in reading.files] == ["episodes.csv", "header.csv"]
    assert reading.unread == ("other.csv", "previous_permanence.csv")
    assert [h.title for h in heard] == ["header.csv", "episodes.csv"]
    assert not reading.synthetic
    with (
        open_source(folder) as unread,
        pytest.raises(ValueError, match="not been read"),
    ):
        unread.reading()


def test_a_readme_marks_invented_data(tmp_path: Path) -> None:
    """The mark stands at the beginning of a README in the folder."""
    folder = tables(tmp_path / "set", {"episodes.csv": [THIRD]})
    (folder / "README.md").write_text("Returns of 2026. SYNTHETIC DATA\n")
    unmarked = read(open_source(folder))[1].synthetic
    (folder / "README.md").write_text("# SYNTHETIC DATA - all of it is invented\n")

    assert not unmarked
    assert read(open_source(folder))[1].synthetic


def test_it_is_known_by_its_columns(tmp_path: Path) -> None:
    """Whatever the files are called."""
    folder = tables(tmp_path / "x", {"a.csv": [THIRD], "b.csv": [{"CHILD": 1, "b": 2}]})

    assert looks_like(folder)
    assert looks_like(folder / "a.csv")
    assert not looks_like(folder / "b.csv")
    assert described(folder) is None
    assert described(tmp_path / "nothing") is None


@given(
    starts=st.lists(
        st.tuples(
            st.dates(date(2024, 1, 1), date(2026, 3, 1)), st.sampled_from("SLPTBU")
        ),
        max_size=8,
    )
)
def test_every_episode_is_part_of_one_period(
    starts: list[tuple[date, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the order and reasons, nothing is lost on the way."""
    rows = [
        THIRD | {"DECOM": f"{day:%d/%m/%Y}", "RNE": why, "CHILD": f"SYN-{n % 3}"}
        for n, (day, why) in enumerate(starts)
    ]
    folder = tables(tmp_path_factory.mktemp("set"), {"episodes.csv": [FIRST, *rows]})

    records, reading = read(open_source(folder, as_at=date(2026, 3, 31)))

    assert reading.lists[0].rows == 1 + len(rows)
    numbers = [record.row for record in records[8]]
    assert len(numbers) == len(set(numbers))


def test_a_child_whom_no_list_has_is_told(tmp_path: Path) -> None:
    """Nobody of the header drops out in silence."""
    records, reading = returned(
        tmp_path,
        {"header": [HEAD, HEAD | {"CHILD": "SYN-2"}], "episodes": [THIRD]},
    )

    what = "a child of the header file of whom no other file tells"
    assert [record.unit for record in records[8]] == ["SYN-1"]
    assert told(reading)["header.csv", "CHILD", what] == 1


def test_a_gap_ends_the_period_before_it(tmp_path: Path) -> None:
    """Only the last period of a child can go on without its next episode."""
    records, _ = returned(
        tmp_path, {"episodes": [FIRST, THIRD | {"DECOM": "01/12/2025", "RNE": "S"}]}
    )

    before, now = (record.values for record in records[8])
    assert (before["care_end"], before["care_end_reason"]) == ("2025-10-01", "X1")
    assert now["second_period"] == "yes"


def test_what_is_known_of_now_is_of_the_period_on_the_day(tmp_path: Path) -> None:
    """A period that begins after the day of the list does not take it away."""
    later = FIRST | {"DECOM": "01/06/2026", "DEC": "", "REC": ""}

    records, _ = returned(
        tmp_path,
        {
            "episodes": [FIRST | {"REC": "E4A", "DEC": "20/05/2026"}, later],
            "uasc": [HEAD | {"DUC": ""}],
        },
    )

    now, after = (record.values for record in records[8])
    assert now["uasc"] == "yes"
    assert "uasc" not in after
