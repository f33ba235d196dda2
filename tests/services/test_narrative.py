"""The lead's own words are kept, and told when their numbers go stale."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from builders import NOW, G, I, a_criterion, a_rubric
from case_audit.errors import PassageError, UnknownRoundError, UnknownSectionError
from case_audit.services.log import check_log, newest_events
from case_audit.services.narrative import (
    LONGEST,
    clear_passage,
    passages,
    write_passage,
)
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

SPRING = "Spring 2026"
ONE = a_rubric({"voice": (a_criterion("v1"),)}, limits=())


def test_a_text_is_kept_marked_changed_and_cleared(database: Database) -> None:
    """The whole life of a passage, on both kinds of database."""
    with_frame(database)
    a_round(database, size=3, rubric=ONE)
    one, other, third = case_ids(database)
    audit_case(database, one, {"v1": G})
    audit_case(database, other, {"v1": G})
    assert passages(database) == ()

    tried = write_passage(
        database, None, "plan", "2 of 3.", by="Lee", now=NOW, keep=False
    )
    assert (tried.passage.revision, tried.linked) == (1, ("2 of 3",))
    assert passages(database, SPRING) == ()

    text = "  Caf\u00e9: 2 of 2 are good,\nwe want 45%.\x1b  "
    first = write_passage(database, SPRING, "know", text, by="Lee", now=NOW)
    assert (first.linked, first.foreign) == (("2 of 2",), ("45%",))
    assert "criterion v1 good or better" in first.passage.sources["2 of 2"]
    (kept,) = passages(database)
    assert kept.passage == first.passage
    assert kept.passage.text == "Caf\u00e9: 2 of 2 are good,\nwe want 45%.\u2426"
    assert [p.kind for p in kept.pieces] == [
        *("text", "unchanged", "text", "foreign", "text")
    ]

    audit_case(database, third, {"v1": I})
    (stale,) = passages(database, SPRING)
    assert (stale.pieces[1].kind, stale.pieces[1].text) == ("changed", "2 of 2")
    later = NOW + timedelta(days=1)
    second = write_passage(
        database, SPRING, "know", "2 of 2, now 2 of 3.", by="Ann", now=later
    )
    assert (second.passage.revision, second.foreign) == (2, ())
    write_passage(database, SPRING, "strengths", "None.", by="Ann", now=later)
    assert [m.passage.section for m in passages(database)] == ["know", "strengths"]

    clear_passage(database, SPRING, "know", by="Ann", now=later)
    assert [m.passage.section for m in passages(database)] == ["strengths"]
    with pytest.raises(PassageError, match="nothing is written in know"):
        clear_passage(database, None, "know", by="Ann", now=later)
    with pytest.raises(PassageError, match="nothing is written in plan"):
        clear_passage(database, None, "plan", by="Ann", now=later)
    kept_texts = sql(
        database, "SELECT text FROM narrative WHERE section = 'know' ORDER BY revision"
    )
    assert kept_texts == [
        (first.passage.text,),
        ("2 of 2, now 2 of 3.",),
        ("",),
    ]
    again = write_passage(database, None, "know", "2 of 3", by="Ann", now=later)
    assert again.passage.revision == 4


def test_the_log_has_a_line_of_it_and_no_word(database: Database) -> None:
    """Who wrote which section when can be proven; what, only by who has it."""
    with_frame(database)
    a_round(database)
    before = len(newest_events(database, 100))

    write_passage(database, None, "how", "Quite secret.", by="Lee", now=NOW)
    clear_passage(database, None, "how", by="Ann", now=NOW)

    lines = newest_events(database, 100)[before:]
    assert [(e["actor"], e["action"]) for e in lines] == [
        ("Lee", "write"),
        ("Ann", "clear"),
    ]
    assert lines[0]["subject"] == "round 1 narrative how revision 1"
    assert "secret" not in repr(lines)
    assert check_log(database).broken is None


def test_what_cannot_be_kept_is_refused(database: Database) -> None:
    """Each says what is wrong; the text is not repeated."""
    with_frame(database)
    a_round(database)

    def write(section: str, text: str, name: str = SPRING) -> None:
        write_passage(database, name, section, text, by="Lee", now=NOW)

    with pytest.raises(UnknownSectionError, match="'intro'"):
        write("intro", "Text.")
    with pytest.raises(PassageError, match="empty"):
        write("know", " \n\t")
    with pytest.raises(PassageError, match="20,001 characters"):
        write("know", "x" * (LONGEST + 1))
    with pytest.raises(UnknownRoundError):
        write("know", "Text.", name="No such")
    assert sql(database, "SELECT count(*) FROM narrative") == [(0,)]
