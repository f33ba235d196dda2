"""Files of audits are read, or refused with their line; their text is never obeyed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from builders import G, a_rubric
from case_audit.core.audit.imported import AuditLine, subjects_of
from case_audit.errors import CaseAuditError, FileError, MappingError, TableError
from case_audit.exchange.audits.draft import draft_audit_mapping
from case_audit.exchange.audits.mapping import read_audit_mapping
from case_audit.exchange.audits.reading import read_audit_file
from case_audit.exchange.audits.writing import answers_csv, answers_json_lines
from case_audit.exchange.csv_cells import guarded, unguarded

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.exchange.audits.reading import AuditFile

HEAD = "unit,auditor,role,criterion,grade"
ROW = "C1,Ann,first,v1,good"
RUBRIC = a_rubric()


def written(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes, name: str = "a.csv") -> AuditFile:
    return read_audit_file(written(folder, text, name))


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n{ROW}\n".encode(),
        f"\ufeff{HEAD}\r\n{ROW}\r\n".encode(),
        f"{HEAD}\n{ROW}\n".replace(",", ";").encode(),
        f"{HEAD}\n{ROW}\n".replace(",", "\t").encode("utf-16"),
        f"Audits of the spring\n\nUNIT,Auditor,role,Criterion,GRADE,Team\n{ROW}\n".encode(),
        json.dumps(dict(zip(HEAD.split(","), ROW.split(","), strict=True))).encode(),
        b"\xef\xbb\xbf\n"
        + json.dumps(dict(zip(HEAD.split(","), ROW.split(","), strict=True))).encode(),
    ],
)
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, data)

    (line,) = found.lines
    assert found.problems == ()
    assert (line.unit, line.auditor, line.role) == ("C1", "Ann", "first")
    assert (line.criterion, line.grade, line.rationale) == ("v1", G, "")


def test_lines_are_numbered_as_an_editor_counts(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}\n{ROW}\n\n{ROW}\n{ROW},more\n")

    assert [line.line for line in found.lines] == [2, 4]
    assert [(p.line, p.problem) for p in found.problems] == [
        (5, "it has more cells than there are headers")
    ]


def test_text_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    """Formulas stay text, guards of an export go, control characters are shown."""
    found = read(
        tmp_path,
        f'{HEAD},rationale,evidence\n{ROW},=1+1,"\'=A1\x1b]0;x\x07\nline"\n',
    )

    (line,) = found.lines
    assert line.rationale == "=1+1"
    assert "\x1b" not in line.evidence
    assert line.evidence.startswith("=A1")
    assert line.evidence.endswith("\nline")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (HEAD.encode(), "it holds no answers"),
        (b"a,b\n1,2\n", "none of its first rows holds the headers"),
        (b"unit,auditor,role,criterion\nC1,Ann,first,v1\n", 'it has no column "grade"'),
        (f"{HEAD},unit\n{ROW},C2\n".encode(), 'it has 2 columns "unit"'),
        (f'{HEAD}\n{ROW},"open\n'.encode(), "a row is not well formed"),
        (f"{HEAD}\n{ROW}{'x' * 1_100_000}\n".encode(), "a line is longer than 1 MiB"),
        (b'{"unit": "' + b"x" * 1_100_000, "a line is longer than 1 MiB"),
        (b"unit\0", "it holds the character NUL"),
    ],
)
def test_what_is_no_such_file_is_refused(
    tmp_path: Path, data: bytes, said: str
) -> None:
    with pytest.raises(TableError, match=said):
        read(tmp_path, data)


def test_a_wrong_encoding_is_told(tmp_path: Path) -> None:
    """Windows text is read as such; bytes that are no JSON text are a line's problem."""
    found = read(tmp_path, f"{HEAD}\nC1,Zo\xeb,first,v1,good\n".encode("cp1252"))

    assert found.lines[0].auditor == "Zo\xeb"
    assert found.notes == ("not written in UTF-8; read as Windows text (cp1252)",)


def test_bad_lines_of_json_are_all_named(tmp_path: Path) -> None:
    data = b"\n".join(
        (
            b'{"unit": "C1", "grade": 3, "role": null, "team": "x"}',
            b'{"unit": "C\xff"}',
            b"[1]",
            b'{"unit": {}}',
            b"{" * 200_000,
        )
    )
    found = read(tmp_path, data)

    assert [(p.line, p.problem) for p in found.problems] == [
        (2, "it is not UTF-8"),
        (3, "it is no object of texts"),
        (4, "it is no object of texts"),
        (5, "it is not JSON"),
    ]
    (line,) = found.lines
    assert (line.unit, line.grade, line.role) == ("C1", "3", "")
    assert found.unread == ("team",)


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "none"):
        with pytest.raises(CaseAuditError):
            read_audit_file(path)


MAPPING = """
kind: audits
columns: {unit: Ref, auditor: By, criterion: Question, grade: Judgement}
fixed: {role: first}
criteria: {"Child's voice": v1}
grades: {RI: requires_improvement, "3": requires_improvement, "?": ""}
"""
OWN = "Ref,By,Question,Judgement,Ward\n"


def test_a_mapping_translates_columns_grades_and_criteria(tmp_path: Path) -> None:
    mapping = read_audit_mapping(written(tmp_path, MAPPING, "a.map.yaml"))
    mapping.refuse_unknown(subjects_of(RUBRIC, "cp"))
    table = written(
        tmp_path,
        f"{OWN}C1,Ann,child's  VOICE,ri,N\nC1,Ann,v2,3,N\nC1,Ann,s1,?,N\n",
    )

    found = read_audit_file(table, mapping)

    assert [(a.criterion, a.grade, a.role) for a in found.lines] == [
        ("v1", "requires_improvement", "first"),
        ("v2", "requires_improvement", "first"),
    ]
    assert (found.left_out, found.unread) == (1, ("Ward",))
    assert found.mapping == ("a.map.yaml", mapping.sha256)
    objects = json.dumps(
        {"Ref": "C1", "By": "Ann", "Question": "v1", "Judgement": "RI"}
    )
    (line,) = read_audit_file(written(tmp_path, objects, "a.jsonl"), mapping).lines
    assert line.grade == "requires_improvement"


def test_a_case_a_row_and_a_criterion_a_column(tmp_path: Path) -> None:
    """As most councils keep them; an empty cell is no answer."""
    text = MAPPING.replace(", criterion: Question, grade: Judgement", "")
    mapping = read_audit_mapping(
        written(tmp_path, f'{text}invented: yes\nsheet: "Audits"\n', "w.yaml")
    )
    path = tmp_path / "w.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Audits")
        book.add_worksheet("Notes")
        for place, row in enumerate((["Ref", "By", "Child's voice"], ["C1", "Ann", 3])):
            sheet.write_row(place, 0, row)
        sheet.write_row(2, 0, ["C2", "Ann", ""])

    found = read_audit_file(path, mapping)

    (line,) = found.lines
    assert found.invented
    assert (line.unit, line.criterion, line.grade) == (
        "C1",
        "v1",
        "requires_improvement",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: audits", "kind: table", 2, "this maps no audits"),
        ("unit: Ref, ", "", 3, "no column is the unit"),
        ("fixed: {role: first}", "", 3, "no column is the role"),
        ("unit: Ref", "unit: Child name", 3, "names or locates people"),
        ("unit: Ref", "unlt: Ref", 3, 'there is no key "unlt"'),
        ("unit: Ref", "unit: ''", 3, "a text is missing"),
        ("role: first", "role: one", 4, '"one" is no role'),
        ("kind: audits", "kind: audits\nroles: {A: one}", 3, '"one" is no role'),
        ("kind: audits", "kind: audits\ninvented: maybe", 3, "neither yes nor no"),
        ("kind: audits", "kind: audits\nsheet: [a]", 3, "a text is missing"),
        ("fixed: {role: first}", "fixed: role", 4, "this is not a group of keys"),
        ("fixed: {role: first}", "fixed: {role: &a first}", 4, "anchor"),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    path = written(tmp_path, MAPPING.replace(old, new), "a.map.yaml")

    with pytest.raises(MappingError) as caught:
        read_audit_mapping(path)

    assert caught.value.line == line
    assert said in str(caught.value)


def test_a_mapping_without_grades_is_refused(tmp_path: Path) -> None:
    text = "kind: audits\ncolumns: {unit: Ref}\nfixed: {role: first, auditor: Ann}\n"
    with pytest.raises(MappingError, match="no column has the grades"):
        read_audit_mapping(written(tmp_path, text, "a.map.yaml"))
    with pytest.raises(FileError):
        read_audit_mapping(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('voice": v1', 'voice": v11', '"v11" is no criterion of the rubric'),
        ('"3": requires', '"3": require', '"require_improvement" is no grade'),
    ],
)
def test_a_mapping_to_what_the_rubric_lacks_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    mapping = read_audit_mapping(written(tmp_path, MAPPING.replace(old, new), "m.yaml"))

    with pytest.raises(MappingError, match=said):
        mapping.refuse_unknown(subjects_of(RUBRIC, "cp"))


def test_a_table_without_a_mapped_column_is_refused(tmp_path: Path) -> None:
    mapping = read_audit_mapping(written(tmp_path, MAPPING, "m.yaml"))
    with pytest.raises(TableError, match='no column "Judgement"'):
        read_audit_file(written(tmp_path, "Ref,By,Question\nC1,Ann,v1\n"), mapping)


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@A", "'=1", "''+1", " =1", "\t=1", "plain", "it's", "'a", ""],
)
def test_guards_are_put_on_and_taken_off(text: str) -> None:
    """No spreadsheet works a cell out, and what comes back is what went out."""
    cell = guarded(text)

    assert unguarded(cell) == text
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    row = {"unit": "C1", "auditor": "=Ann", "role": "first", "criterion": "v1"}
    row |= {"grade": G, "rationale": '-2\n"quoted", then\u202e', "evidence": "@x"}
    for name, write in (("a.csv", answers_csv), ("a.jsonl", answers_json_lines)):
        data = write(tuple(row), [row])
        (line,) = read(tmp_path, data, name).lines
        assert line == AuditLine(
            line=line.line, **(row | {"rationale": line.rationale})
        )
        assert line.rationale.startswith('-2\n"quoted", then')
    assert b",'=Ann," in answers_csv(tuple(row), [row])


def test_a_draft_knows_headers_and_words(tmp_path: Path) -> None:
    """What it does not know stands in it as a comment, and it can be read at once."""
    table = written(
        tmp_path,
        "Our audits\nCase ref,Auditor name,Stage,Question,Rating,Comments,Ward\n"
        "C1,Ann,Audit 1,v1,Requires Improvement,secret words,N\n"
        "C1,Ann,First audit,voices,4 - poor,secret words,N\n",
    )

    draft = draft_audit_mapping(table, RUBRIC, "cp")

    assert draft.recognised["grade"] == "Rating"
    assert (draft.missing, draft.left) == ((), ("Ward",))
    assert draft.undecided == 3
    assert '  "Requires Improvement": requires_improvement' in draft.text
    assert '#  "4 - poor":  # To decide.' in draft.text
    assert "secret" not in draft.text
    assert "C1" not in draft.text
    mapping = read_audit_mapping(written(tmp_path, draft.text, "a.map.yaml"))
    assert mapping.columns["rationale"] == "Comments"
    assert len(read_audit_file(table, mapping).lines) == 2


def test_a_draft_of_a_case_a_row(tmp_path: Path) -> None:
    """Headers that are criteria are columns of grades; the role is said once."""
    table = written(tmp_path, "Client ID,v1,S1,Notes\nC1,Good,RI,x\n")

    draft = draft_audit_mapping(table, RUBRIC, "cp")

    assert draft.missing == ("auditor", "role")
    assert "  role: first" in draft.text
    assert '  "S1": s1' in draft.text
    filled = draft.text.replace("#  auditor: NAME", "  auditor: Ann")
    mapping = read_audit_mapping(written(tmp_path, filled, "a.map.yaml"))
    found = read_audit_file(table, mapping)
    assert [(one.criterion, one.grade) for one in found.lines] == [
        ("v1", "good"),
        ("s1", "requires_improvement"),
    ]


def test_no_draft_where_nothing_looks_like_headers(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="looks like headers"):
        draft_audit_mapping(written(tmp_path, "a,b\n" * 20), RUBRIC, "cp")
