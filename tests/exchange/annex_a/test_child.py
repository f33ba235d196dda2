"""The separate process and the pipes to it, without the lists."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from case_audit.errors import NotAWorkbookError, WorkbookReaderError
from case_audit.exchange.annex_a import child
from case_audit.exchange.annex_a.pipe import CellReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("cell", "crosses"),
    [
        ("text", "text"),
        (7.0, 7),
        (7.5, 7.5),
        (3, 3),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 3, 31), "2026-03-31"),
        (datetime(2026, 3, 31), "2026-03-31"),  # noqa: DTZ001 - cells have no zone
        (datetime(2026, 3, 31, 14, 5), "2026-03-31T14:05:00"),  # noqa: DTZ001
        (time(12, 30), "12:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_cells_cross_in_a_form_of_their_own(cell: object, crosses: str | float) -> None:
    """1, 1.0 and TRUE are equal to Python and not to us."""
    assert child.plain(cell) == crosses
    assert type(child.plain(cell)) is type(crosses)


def test_the_process_answers_over_its_pipes(
    make_workbook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The protocol, line by line, without the limits that cannot be undone."""
    content = make_workbook(
        {"A": [["h"], [1]], "B": [["x"]]}, hidden=["B"]
    ).read_bytes()
    asked = len(content).to_bytes(8, "big") + content + b'[["A", 1], ["B", 9]]\n'
    out = io.BytesIO()
    monkeypatch.setattr(child, "_limit", lambda: None)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(asked)))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))

    assert child.main() == 0

    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"sheets": [["A", True], ["B", False]]},
        {"sheet": "A", "rows": 1},
        [["h"]],
        None,
        {"sheet": "B", "rows": 1},
        [["x"]],
        None,
    ]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "memory"),
        (ValueError("Unsupported cell error value '#SECRET!'"), "error value"),
        (ValueError("cell says Jane Doe"), "ValueError"),
        (type("PasswordError", (Exception,), {})("x"), "password"),
    ],
)
def test_failures_are_one_word(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    """A library's message may quote a cell; it must not leave the process."""

    def fail(*_: object) -> None:
        raise error

    out = io.BytesIO()
    monkeypatch.setattr(child, "_limit", lambda: None)
    monkeypatch.setattr(child, "_messages", fail)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))

    assert child.main() == 0

    assert json.loads(out.getvalue()) == {"error": kind}


def test_a_closed_pipe_ends_the_process_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reader was broken off; there is nobody left to tell."""

    class Closed(io.RawIOBase):
        def write(self, _: object) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(child, "_limit", lambda: None)
    monkeypatch.setattr(child, "_messages", lambda *_: iter([{"sheets": []}]))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=Closed()))

    assert child.main() == 1


def test_limits_that_a_system_refuses_are_no_reason_to_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """macOS refuses to limit address space."""
    resource = pytest.importorskip("resource", reason="no limits on this system")
    asked: list[int] = []

    def refuse(which: int, _: tuple[int, int]) -> None:
        asked.append(which)
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, resource.RLIM_INFINITY))

    child._limit()  # noqa: SLF001 - it cannot be seen from outside

    assert asked == [resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE]


def test_a_tighter_limit_of_the_system_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may raise a limit that was set from outside."""
    resource = pytest.importorskip("resource", reason="no limits on this system")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1, 1))
    raised: list[int] = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, _: raised.append(which))

    child._limit()  # noqa: SLF001 - it cannot be seen from outside

    assert raised == [resource.RLIMIT_CORE]


def test_sheets_are_read_in_batches(make_workbook: Make) -> None:
    """Large sheets must not be in memory as a whole."""
    path = make_workbook({"A": [[n] for n in range(600)], "B": [["x"]]})

    with path.open("rb") as file, CellReader(file) as reader:
        assert reader.sheets() == [("A", True), ("B", True)]
        read = [
            (name, rows, [len(batch) for batch in batches])
            for name, rows, batches in reader.rows([("A", 1_000), ("B", 5)])
        ]

    assert read == [("A", 600, [250, 250, 100]), ("B", 1, [1])]


def test_what_is_no_workbook_is_told_apart() -> None:
    """The process says so; the pre-check usually said it before."""
    with CellReader(io.BytesIO(b"no zip")) as reader, pytest.raises(NotAWorkbookError):
        reader.sheets()


def test_a_process_that_has_ended_is_an_error_of_ours() -> None:
    """Whatever ended it, and whenever: not a broken pipe."""
    reader = CellReader(io.BytesIO(b"x" * 5_000_000))
    with reader:
        reader._process.kill()  # noqa: SLF001 - as the system would
        reader._process.wait()  # noqa: SLF001
        with pytest.raises(WorkbookReaderError, match="more memory or time"):
            reader.sheets()
        with pytest.raises(WorkbookReaderError):
            list(reader.rows([("A", 1)]))
