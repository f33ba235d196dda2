"""Answers are kept as revisions; nobody overwrites anybody."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import NOW
from case_audit.core.audit.model import Answer
from case_audit.errors import ChangedMeanwhileError, DatabaseError, NotYoursError
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case
from case_audit.services.log import check_log
from case_audit.store.keys import made
from case_audit.store.readings import Draft
from stored import a_round, audit_case, case_ids, sql, with_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

V1 = Answer(part="criterion", subject="v1", value="good")

WRITER = """
import sys
from dataclasses import replace
from builders import NOW
from case_audit.core.audit.model import Answer
from case_audit.errors import ChangedMeanwhileError
from case_audit.services.answers import give_answer
from case_audit.services.database import Database

url, audit, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
database = Database(url)
for _ in range(times):
    while True:
        with database.read() as uow:
            answer = uow.audits.answers(audit).criterion("v1")
        count = int(answer.rationale or 0)
        changed = replace(answer, value="good", rationale=str(count + 1))
        try:
            give_answer(database, audit, changed, auditor="Ann", now=NOW)
        except ChangedMeanwhileError:
            continue
        break
"""


@pytest.fixture
def audit(database: Database) -> int:
    """Ann's open audit."""
    with_frame(database)
    a_round(database)
    case = case_ids(database)[0]
    return open_case(database, case, auditor="Ann", now=NOW).audit.id


def test_every_change_is_a_new_revision_and_the_old_one_stays(
    database: Database, audit: int
) -> None:
    """What was thought before, by whom and when, can always be read."""
    first = give_answer(database, audit, V1, auditor="Ann", now=NOW)
    second = give_answer(
        database, audit, replace(first, value="inadequate"), auditor="Ann", now=NOW
    )
    third = give_answer(
        database, audit, replace(second, rationale="Why."), auditor="Ann", now=NOW
    )

    with database.read() as uow:
        assert uow.audits.history(audit, "criterion", "v1") == [first, second, third]
        assert uow.audits.answers(audit).criterion("v1") == third
    assert [a.revision for a in (first, second, third)] == [1, 2, 3]
    assert len({row[0] for row in sql(database, "SELECT id FROM answer")}) == 3


def test_an_answer_based_on_an_old_revision_is_refused(
    database: Database, audit: int
) -> None:
    """Two windows on one case: the second is told, and nothing is overwritten."""
    first = give_answer(database, audit, V1, auditor="Ann", now=NOW)
    give_answer(database, audit, replace(first, value="good"), auditor="Ann", now=NOW)

    for stale in (V1, first, replace(first, revision=7)):
        with pytest.raises(ChangedMeanwhileError):
            give_answer(database, audit, stale, auditor="Ann", now=NOW)

    assert len(sql(database, "SELECT id FROM answer")) == 2


def test_of_many_writers_at_once_each_change_counts_once(
    database: Database, audit: int
) -> None:
    """No lost update, and nobody is told that the database is locked."""

    def count_up(_: int) -> int:
        refused = 0
        while True:
            with database.read() as uow:
                answer = uow.audits.answers(audit).criterion("v1")
            more = replace(answer, value="good", evidence=answer.evidence + "x")
            try:
                give_answer(database, audit, more, auditor="Ann", now=NOW)
            except ChangedMeanwhileError:
                refused += 1
                continue
            return refused

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count_up, range(24)))

    with database.read() as uow:
        last = uow.audits.answers(audit).criterion("v1")
    assert (last.revision, last.evidence) == (24, "x" * 24)
    assert check_log(database).broken is None


@pytest.mark.slow
def test_writers_in_several_programs_lose_nothing(
    database: Database, audit: int
) -> None:
    """Each auditor has a program of her own; the file or the server is shared."""
    here = str(Path(__file__).parents[1])
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, database.url, str(audit), "15"],
            env={"PYTHONPATH": here, "PATH": ""},
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    said = [writer.communicate(timeout=120)[1] for writer in writers]

    assert said == [b"", b"", b""]
    with database.read() as uow:
        last = uow.audits.answers(audit).criterion("v1")
    assert (last.revision, last.rationale) == (45, "45")
    assert check_log(database).broken is None


def test_writers_of_different_cases_do_not_disturb_each_other(
    database: Database,
) -> None:
    """They share the sealed log, and its lines have no gap and no number twice."""
    with_frame(database)
    a_round(database)
    cases = case_ids(database)

    with ThreadPoolExecutor(5) as pool:
        list(
            pool.map(
                lambda case: audit_case(
                    database, case, {}, rest="good", auditor=f"Auditor {case}"
                ),
                cases,
            )
        )

    log = check_log(database)
    # The draw; then begin, 4 criteria, 4 closing statements and submit a case.
    assert (log.lines, log.broken) == (1 + 5 * 10, None)


def test_one_of_two_who_open_a_case_at_once_gets_it(database: Database) -> None:
    """The other may read it; neither sees an error."""
    with_frame(database)
    a_round(database)
    case = case_ids(database)[0]

    with ThreadPoolExecutor(4) as pool:
        desks = list(
            pool.map(
                lambda name: open_case(database, case, auditor=name, now=NOW),
                ["Ann", "Bo", "Cy", "Di"],
            )
        )

    assert sum(desk.yours for desk in desks) == 1
    assert len({desk.audit.auditor for desk in desks}) == 1


def test_an_error_holds_nothing_of_what_was_written(
    database: Database, audit: int
) -> None:
    """The rationale is about a child; errors end up in logs and screenshots."""
    sql(database, "ALTER TABLE answer RENAME TO gone")
    canary = replace(V1, rationale="CANARY Rosa", evidence="CANARY visit")

    with pytest.raises(DatabaseError) as caught:
        give_answer(database, audit, canary, auditor="Ann", now=NOW)

    seen: BaseException | None = caught.value
    while seen is not None and not seen.__suppress_context__:
        assert "CANARY" not in repr(seen)
        seen = seen.__cause__ or seen.__context__
    assert "CANARY" not in "".join(caught.value.lines)


def test_an_error_of_a_draft_holds_nothing_of_it_and_keeps_nothing(
    database: Database, audit: int
) -> None:
    """Drafts go to the driver itself; its errors are told like all others."""
    sql(database, "ALTER TABLE draft RENAME TO gone")
    draft = Draft(part="criterion", subject="v1", field="rationale", text="CANARY")

    with pytest.raises(DatabaseError) as caught, database.write() as uow:
        uow.audits.keep_draft(audit, draft, auditor="Ann", at_utc="now")

    assert caught.value.__suppress_context__
    assert "CANARY" not in "".join(caught.value.lines)
    assert "draft" in "".join(caught.value.lines)
    lines = check_log(database).lines
    sql(database, "ALTER TABLE gone RENAME TO draft")
    give_answer(database, audit, V1, auditor="Ann", now=NOW)
    assert check_log(database).lines == lines + 1


def test_after_a_commit_another_may_follow_and_what_follows_none_is_undone(
    database: Database, audit: int
) -> None:
    """What is kept is what was there at a commit, in one unit of work too."""
    with database.write() as uow:
        for text in ("S", "Se", "See"):
            if text != "S":
                uow.commit()
            draft = Draft(part="criterion", subject="v1", field="rationale", text=text)
            uow.audits.keep_draft(audit, draft, auditor="Ann", at_utc="now")

    with database.read() as uow:
        assert [d.text for d in uow.audits.drafts(audit)] == ["Se"]


def test_a_draft_is_kept_replaced_and_dropped(database: Database, audit: int) -> None:
    """Text being typed is on disk at every key, once, until it is an answer."""
    with database.write() as uow:
        for text in ("S", "Se", "Seen"):
            draft = Draft(part="criterion", subject="v1", field="rationale", text=text)
            uow.audits.keep_draft(audit, draft, auditor="Ann", at_utc="now")
        uow.commit()

    with database.read() as uow:
        assert [d.text for d in uow.audits.drafts(audit)] == ["Seen"]
    give_answer(database, audit, V1, auditor="Ann", now=NOW)
    with database.read() as uow:
        assert uow.audits.drafts(audit) == []


def test_answers_of_no_audit_are_none(database: Database) -> None:
    """A round nobody has begun yet."""
    with database.read() as uow:
        assert uow.audits.answers_of([]) == {}


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ud800b", "\x1b]52;c;eA==\x07", "\u202ex"]
)
def test_any_text_can_be_kept(database: Database, audit: int, text: str) -> None:
    """Pasted text may hold what no database takes; the words around it are kept."""
    kept = give_answer(
        database,
        audit,
        replace(V1, rationale=text, evidence=text),
        auditor="Ann",
        now=NOW,
    )

    with database.read() as uow:
        assert uow.audits.answers(audit).criterion("v1") == kept
    assert kept.rationale.isprintable()
    assert len(kept.evidence) == len(text)


def test_another_persons_audit_takes_no_answer(database: Database, audit: int) -> None:
    with pytest.raises(NotYoursError, match="Ann is auditing"):
        give_answer(database, audit, V1, auditor="Bo", now=NOW)

    assert sql(database, "SELECT id FROM answer") == []


def test_the_database_itself_allows_one_beginning_and_one_revision(
    database: Database, audit: int
) -> None:
    """Whatever a caller overlooked, the second is refused as changed meanwhile."""
    again = replace(V1, revision=1, auditor="Ann", at_utc="now")

    def begin_twice() -> None:
        with database.write() as uow:
            case = uow.audits.get(audit).case_id
            uow.audits.begin(case, auditor="Bo", at_utc="now")

    def answer_twice() -> None:
        with database.write() as uow:
            uow.audits.add_answer(audit, again)
            uow.audits.add_answer(audit, again)

    for act in (begin_twice, answer_twice):
        with pytest.raises(ChangedMeanwhileError):
            act()

    assert sql(database, "SELECT count(*) FROM audit") == [(1,)]
    assert sql(database, "SELECT count(*) FROM answer") == [(0,)]


def test_a_row_without_a_key_is_our_mistake() -> None:
    with pytest.raises(AssertionError, match="no key"):
        made(None)
    assert made(3) == 3
