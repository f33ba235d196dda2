"""The census is read in whatever form it comes, and nothing in it is lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns import (
    ASSESSMENT,
    CIN_PLAN,
    ENQUIRY,
    HEADER,
    PLAN,
    census,
    child,
    details,
    message,
    read,
    told,
    written,
)

from case_audit.errors import UnusableReturnError
from case_audit.exchange.returns.cin_census import (
    CensusSource,
    described,
    looks_like,
    open_source,
)

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.reading import Progress


def test_order_prefixes_case_and_absent_modules_make_no_difference(
    tmp_path: Path,
) -> None:
    """Systems export in their own ways; the same child is read from each."""
    plain = message(child("SYN-1", details(ASSESSMENT)))
    turned = (
        '<n:Message xmlns:n="urn:cin"><n:Children><n:Child><n:CINdetails>'
        "<n:ReferralNFA>false</n:ReferralNFA><n:PrimaryNeedCode>N1</n:PrimaryNeedCode>"
        f"{ASSESSMENT.replace('</', '</n:').replace('<A', '<n:A').replace('<F', '<n:F')}"
        "<n:ReferralSource>1a</n:ReferralSource>"
        "<n:CINReferralDate>15/01/2026</n:CINReferralDate></n:CINdetails>"
        "<n:ChildCharacteristics><n:Ethnicity>WBRI</n:Ethnicity>"
        "</n:ChildCharacteristics><n:ChildIdentifiers><n:Sex>F</n:Sex>"
        "<n:PersonBirthDate>2018-05-04</n:PersonBirthDate>"
        "<n:LAChildID> SYN-1 </n:LAChildID></n:ChildIdentifiers></n:Child></n:Children>"
        "</n:Message>"
    )

    one, _ = census(tmp_path, plain)
    other, _ = census(tmp_path, turned, as_at=date(2026, 3, 31))

    assert [[r.values for r in one[n]] for n in one] == [
        [r.values for r in other[n]] for n in other
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_of_exports_are_understood(tmp_path: Path, encoding: str) -> None:
    """Byte order marks and Windows exports are ordinary."""
    text = message(child("SYN-É1", details())).replace(
        "UTF-8", encoding.removesuffix("-sig")
    )

    records, _ = census(tmp_path, text.encode(encoding))

    assert records[3][0].unit == "SYN-É1"
    assert looks_like(tmp_path / "cin.xml")


def test_problems_name_element_line_and_value(tmp_path: Path) -> None:
    """Whoever mends the export must find the place."""
    text = message(child("SYN-1", details(PLAN.replace("EMO", "QQQ")))).replace(
        "><", ">\n<"
    )
    line = text.splitlines().index("<LatestCategoryOfAbuse>QQQ</LatestCategoryOfAbuse>")

    _, reading = census(tmp_path, text)

    [problem] = [p for p in reading.problems if p.value == "QQQ"]
    assert (problem.sheet, problem.column) == (
        "ChildProtectionPlans",
        "LatestCategoryOfAbuse",
    )
    assert problem.row == line + 1
    assert problem.serious


def test_a_child_without_an_identifier_is_counted_not_lost(tmp_path: Path) -> None:
    """Rows read are records and rows left out, in every list."""
    records, reading = census(
        tmp_path,
        message(
            child("", details(ASSESSMENT, ENQUIRY, PLAN)),
            child("SYN-2", details(ASSESSMENT), details(ENQUIRY)),
            child("SYN-3"),
        ),
    )

    reason = "no identifier in a row with other entries"
    assert [(f.list_no, f.records, dict(f.left_out)) for f in reading.lists] == [
        (3, 2, {reason: 1}),
        (4, 1, {reason: 1}),
        (5, 1, {reason: 1}),
        (6, 2, {reason: 1}),
        (7, 0, {reason: 1}),
    ]
    assert len(records[3]) == 2
    assert told(reading)["Child", "", "a child without an episode"] == 1


def test_twice_is_told(tmp_path: Path) -> None:
    """Of two same elements the first is used; a child may come a second time."""
    twice = details("<PrimaryNeedCode>N2</PrimaryNeedCode>")

    records, reading = census(
        tmp_path, message(child("SYN-1", twice), child("SYN-1", details()))
    )

    assert [r.values["need"] for r in records[6]] == ["N1", "N1"]
    found = told(reading)
    assert found["CINdetails", "PrimaryNeedCode", "an element that is there twice"] == 1
    assert (
        found["ChildIdentifiers", "LAchildID", "a child who is there a second time"]
        == 1
    )


def test_unknown_elements_are_told_once_each(tmp_path: Path) -> None:
    """A later layout may add modules; nobody should think they were used."""
    new = details("<FamilyHub>yes</FamilyHub>")

    _, reading = census(tmp_path, message(child("SYN-1", new, new)))

    assert told(reading) == {
        ("CINdetails", "FamilyHub", "an element that is not known"): 1,
        ("CINdetails", "", "an open case with no plan and no open assessment"): 2,
    }


def test_a_comment_marks_invented_data(tmp_path: Path) -> None:
    """Only a comment that begins with the mark, outside of the children."""
    text = message(child("SYN-1", details()))
    mark = "<!-- SYNTHETIC DATA - every child here is invented -->"

    assert not census(tmp_path, text)[1].synthetic
    assert not census(tmp_path, text.replace("<Sex>", "<!--SYNTHETIC DATA--><Sex>"))[
        1
    ].synthetic
    assert census(tmp_path, text.replace("<Message>", f"{mark}<Message>"))[1].synthetic
    assert census(tmp_path, text.replace("<Header>", f"{mark}<Header>"))[1].synthetic


def test_a_return_is_known_by_its_contents(tmp_path: Path) -> None:
    """Other collections have the same outermost element."""
    other = HEADER.replace(">CIN<", ">SC<")
    cin = message(child("SYN-1", details()))

    assert looks_like(written(tmp_path / "a.txt", cin))
    assert looks_like(
        written(tmp_path / "b.xml", message(child("1", details()), header=""))
    )
    assert not looks_like(written(tmp_path / "c.xml", message(header=other)))
    assert not looks_like(written(tmp_path / "d.xml", "<html><Message/></html>x"))
    assert not looks_like(tmp_path / "nothing.xml")
    assert not looks_like(tmp_path)
    with pytest.raises(UnusableReturnError, match="another collection"):
        census(tmp_path, message(child("SYN-1", details()), header=other))


@pytest.mark.parametrize(
    ("header", "day"),
    [
        (HEADER, date(2026, 3, 31)),
        (
            HEADER.replace("<ReferenceDate>2026-03-31</ReferenceDate>", ""),
            date(2026, 3, 31),
        ),
        ("", None),
        ("<Header><Year>soon</Year></Header>", None),
    ],
)
def test_the_return_says_which_day_it_describes(
    tmp_path: Path, header: str, day: date | None
) -> None:
    """The reference date; else 31 March of its year; else nobody knows, and is told."""
    text = message(child("SYN-1", details(CIN_PLAN)), header=header)
    path = written(tmp_path / "cin.xml", text)

    _, reading = read(open_source(path))

    assert described(path) == day
    unknown = ("Header", "", "no reference date in the header") in told(reading)
    assert unknown == (day is None)
    assert described(written(tmp_path / "broken.xml", "<Message")) is None


def test_years_that_were_not_tried_are_told(tmp_path: Path) -> None:
    """They are read all the same."""
    header = HEADER.replace("2026-03-31", "2031-03-31")

    _, reading = census(tmp_path, message(child("SYN-1", details()), header=header))

    assert any("layout was not tried" in c.what for c in reading.problem_counts)


def test_a_return_without_children_is_refused(tmp_path: Path) -> None:
    """An empty export is a mistake, not a frame of nobody."""
    with pytest.raises(UnusableReturnError, match="no child"):
        census(tmp_path, message())


def test_rows_are_unique_in_each_list_even_on_one_line(tmp_path: Path) -> None:
    """Some systems write the whole return as one line."""
    text = message(*(child(f"SYN-{n}", details(PLAN, PLAN)) for n in range(9)))

    records, _ = census(tmp_path, text)

    for found in records.values():
        rows = [one.row for one in found]
        assert rows == sorted(set(rows))


def test_progress_is_told_and_the_reading_waits(tmp_path: Path) -> None:
    """A bar moves; and nobody can take half a reading for a whole one."""
    path = written(tmp_path / "cin.xml", message(child("SYN-1", details())))
    heard: list[Progress] = []

    source = CensusSource(path, on_progress=heard.append)

    with source, pytest.raises(ValueError, match="not been read"):
        source.reading()
    read(source := CensusSource(path, on_progress=heard.append))
    assert [one.rows for one in heard] == [1]


@given(
    modules=st.lists(
        st.tuples(*(st.integers(0, 2) for _ in range(3)), st.booleans()), max_size=5
    )
)
def test_every_module_is_a_record_or_left_out(
    modules: list[tuple[int, int, int, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the return holds, nothing is lost on the way."""
    children = [
        child(
            f"SYN-{n}" if named else "", details(ASSESSMENT * a, ENQUIRY * b, PLAN * c)
        )
        for n, (a, b, c, named) in enumerate(modules)
    ]
    path = written(
        tmp_path_factory.mktemp("cin") / "cin.xml",
        message(child("SYN-X", details()), *children),
    )

    _, reading = read(open_source(path))

    assert [found.rows for found in reading.lists] == [
        1 + len(modules),
        sum(a for a, _, _, _ in modules),
        sum(b for _, b, _, _ in modules),
        1 + len(modules),
        sum(c for _, _, c, _ in modules),
    ]
