"""Further columns from a CSV file."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.errors import UnusableExtrasError
from case_audit.exchange import extras
from case_audit.exchange.extras import read_extras

if TYPE_CHECKING:
    from pathlib import Path


def save(folder: Path, content: str | bytes) -> Path:
    path = folder / "extras.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_are_understood(tmp_path: Path) -> None:
    """Known ones by their kind, others as text under a key of their own."""
    path = save(
        tmp_path,
        "Child Unique ID,Last Supervision Date,worker_is_asye,Manager,SEN status\n"
        "007,31/03/2026,a) Yes, A.  Lead ,EHCP\n"
        "008,,n/a,,\n",
    )

    reading = read_extras(path)

    assert reading.rows == {
        "007": {
            "last_supervision_date": "2026-03-31",
            "worker_is_asye": "yes",
            "manager": "A. Lead",
            "x_sen_status": "EHCP",
        },
        "008": {},
    }
    assert reading.columns["x_sen_status"] == "SEN status"
    assert reading.problems == ()
    assert reading.sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_of_all_programs_are_read(
    tmp_path: Path, sign: str, end: str, mark: bytes
) -> None:
    """Delimiters, line ends and byte order marks differ; the table does not."""
    lines = ["Child Unique ID|Note", '1|"a|b"', "", "2|c"]
    content = end.join(lines).replace("|", sign).encode()

    reading = read_extras(save(tmp_path, mark + content))

    assert reading.rows == {
        "1": {"x_note": f"a{sign}b".replace("\t", " ")},
        "2": {"x_note": "c"},
    }


def test_the_delimiter_may_be_named(tmp_path: Path) -> None:
    """Excel writes such a first line."""
    reading = read_extras(save(tmp_path, "sep=;\nChild ID;a,b\n1;x,y\n"))

    assert reading.rows == {"1": {"x_a_b": "x,y"}}


def test_windows_text_is_read_with_a_word(tmp_path: Path) -> None:
    """The encoding was a guess, so it is said."""
    reading = read_extras(
        save(tmp_path, "Child ID,note\n1,caf\u00e9\n".encode("cp1252"))
    )

    assert reading.rows["1"]["x_note"] == "caf\u00e9"
    assert [p.row for p in reading.problems] == [0]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("name,team\nx,y\n", "Child Unique ID"),
        ('Child ID,a\n1,"open\n2,b\n', "quotation mark"),
        ("Child ID,a\n".encode("utf-16"), "UTF-8"),
        (b"Child ID,a\n1,\x00\n", "UTF-8"),
        (b"Child ID,a\n1,\x81\n", "encoding"),
        ("Child ID" + ",a" * 300 + "\n", "columns"),
    ],
)
def test_what_is_no_such_table_is_refused(
    tmp_path: Path, content: str | bytes, word: str
) -> None:
    """Half a table is worse than none: an open quote swallows rows."""
    with pytest.raises(UnusableExtrasError, match=word):
        read_extras(save(tmp_path, content))


def test_files_that_cannot_be_opened_are_refused(tmp_path: Path) -> None:
    """With our words, not the system's."""
    with pytest.raises(UnusableExtrasError, match="opened"):
        read_extras(tmp_path / "none.csv")


def test_huge_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is limited, also where nobody means harm."""
    monkeypatch.setattr(extras, "MAX_BYTES", 10)

    with pytest.raises(UnusableExtrasError, match="larger"):
        read_extras(save(tmp_path, "Child ID,a\n1,b\n"))


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    """With their line, and the others stay."""
    reading = read_extras(
        save(
            tmp_path,
            "Child ID,team,plo_start\n"
            "1,a,soon\n"
            ",b,\n"
            "1,c,\n"
            "2,d,,extra\n"
            "3,e,,\n"
            "1.5E+10,f,\n"
            "4\n",
        )
    )

    assert reading.rows == {"1": {"x_team": "a"}, "3": {"x_team": "e"}, "4": {}}
    assert [(p.row, p.serious) for p in reading.problems] == [
        (2, True),
        (3, True),
        (4, True),
        (5, True),
        (7, True),
    ]


def test_columns_that_name_people_are_not_read(tmp_path: Path) -> None:
    """Nothing that is not needed is kept."""
    reading = read_extras(save(tmp_path, "Child ID,Surname,note\n1,Doe,x\n"))

    assert reading.rows == {"1": {"x_note": "x"}}
    assert "Doe" not in str(reading)
    assert [p.column for p in reading.problems] == ["Surname"]


def test_keys_never_clash(tmp_path: Path) -> None:
    """Two headers that clean to the same key are two columns."""
    reading = read_extras(
        save(
            tmp_path,
            "Child ID,A b,a-B,\u4e2d,manager,Manager,,child id\n1,x,y,z,m,n,q,w\n",
        )
    )

    assert reading.rows["1"] == {
        "x_a_b": "x",
        "x_a_b_2": "y",
        "x_column": "z",
        "manager": "m",
        "x_manager": "n",
        "x_child_id": "w",
    }


@given(note=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
def test_any_text_in_a_cell_is_one_cell(
    tmp_path_factory: pytest.TempPathFactory, note: str
) -> None:
    """Line separators that only Unicode knows must not add rows."""
    quoted = note.replace('"', '""')
    path = save(tmp_path_factory.mktemp("x"), f'Child ID,note\n1,"{quoted}"\n2,b\n')

    assert list(read_extras(path).rows) == ["1", "2"]
