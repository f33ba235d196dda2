"""The kept counts are the truth, whatever happens to audits and cases."""

# ruff: noqa: S608 - statements are put together from our own words

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    LIM1,
    LIM2,
    NOW,
    SEED,
    UNMANAGED,
    G,
    I,
    O,
    R,
    a_criterion,
    a_narrative,
    a_question,
    a_rubric,
    yes_no,
)
from case_audit.core.audit.model import (
    CLOSING,
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    TICKED,
)
from case_audit.core.sample.model import Design
from case_audit.core.sample.seed import machine_seed
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.tally import tally_of
from case_audit.errors import CaseAuditError
from case_audit.services.answers import give_answer
from case_audit.services.audit import open_case, put_back, reopen, submit
from case_audit.services.beside import Beside
from case_audit.services.database import Database
from case_audit.services.replacement import replace_case, undo_replacement
from case_audit.services.sample import Request, draw_round
from case_audit.services.selfassessment import chosen, summarise
from case_audit.services.submitted import read_submitted
from stored import a_round, sql, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from case_audit.core.selfassessment.model import SubmittedAudit, Summary

    Act = Callable[["Office", int, int], None]
    Step = tuple[Act, int, int]

SPRING = "Spring 2026"
MIXED = replace(
    a_rubric(
        {
            "voice": (a_criterion("v1"), a_question("q1", critical=True)),
            "safety": (a_criterion("s1", critical=True), a_narrative("n1")),
        },
        limits=(LIM1, LIM2),
    ),
    scales=(yes_no(),),
)
RUBRIC = replace(MIXED, rules=replace(MIXED.rules, flags=(UNMANAGED,)))
VALUES = {
    "v1": (O, G, R, I, NOT_APPLICABLE, NOT_EVIDENCED),
    "q1": ("yes", "no", NOT_APPLICABLE),
    "s1": (G, I, NOT_EVIDENCED),
    "n1": ("", NOT_EVIDENCED),
}


def truth_of(database: Database) -> list[SubmittedAudit]:
    """Every submitted first audit of a standing case, from its answers."""
    one = chosen(database, SPRING)
    with database.read() as uow:
        ids = uow.outcomes.submitted(one.id)
        found = list(read_submitted(uow, one, RUBRIC, ids))
    return [audit for _, case, audit in found if case.stands]


def kept_is_true(database: Database) -> None:
    """Compare the kept counts, whole and without help, with the answers."""
    one = chosen(database, SPRING)
    truth = truth_of(database)
    with database.read() as uow:
        kept = uow.counts.of_round(one.id)
        assert uow.counts.whole(one.id)
        rows = uow.counts.rows(one.id)
        by_state = uow.outcomes.by_state(one.id)
    assert kept.found == tally_of(RUBRIC, "cp", truth)
    states = {key: n for key, n in rows.items() if key[0] in ("open", "submitted")}
    assert states == by_state


def recomputed(database: Database, found: Summary) -> Summary:
    """The same summary from the audits themselves."""
    return compose(
        RUBRIC,
        digest=found.rubric_digest,
        facts=found.facts,
        audits=truth_of(database),
    )


class Office:
    """People who audit one round, one thing at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database
        one = chosen(database, SPRING)
        with database.read() as uow:
            self.cases = uow.rounds.cases(one.id)
            self.round = one

    def _audit(self, place: int) -> int:
        case = self._case(place)
        return open_case(self.database, case, auditor="Ann", now=NOW).audit.id

    def _case(self, place: int) -> int:
        with self.database.read() as uow:
            cases = uow.rounds.cases(self.round.id)
        return cases[place % len(cases)].id

    def _unit(self, place: int) -> str:
        with self.database.read() as uow:
            cases = uow.rounds.cases(self.round.id)
        return cases[place % len(cases)].unit

    def begin(self, place: int, _: int) -> None:
        self._audit(place)

    def put_back(self, place: int, _: int) -> None:
        put_back(self.database, self._audit(place), auditor="Ann", now=NOW)

    def answer(self, place: int, choice: int) -> None:
        audit = self._audit(place)
        subject = list(VALUES)[choice % len(VALUES)]
        value = VALUES[subject][choice % len(VALUES[subject])]
        self._give(audit, "criterion", subject, value)

    def overrule(self, place: int, choice: int) -> None:
        self._give(self._audit(place), "overall", "overall", (O, "")[choice % 2])

    def tick(self, place: int, choice: int) -> None:
        value = (TICKED, "")[choice % 2]
        self._give(self._audit(place), "closing", FLAG + UNMANAGED.id, value)

    def submit(self, place: int, choice: int) -> None:
        audit = self._audit(place)
        for subject, values in VALUES.items():
            value = values[choice % len(values)]
            self._give(audit, "criterion", subject, value)
        for key in CLOSING:
            self._give(audit, "closing", key, "")
        submit(self.database, audit, auditor="Ann", now=NOW)

    def reopen(self, place: int, _: int) -> None:
        reopen(self.database, self._audit(place), auditor="Ann", now=NOW)

    def replace(self, place: int, choice: int) -> None:
        reason = ("locked", "left")[choice % 2]
        unit = self._unit(place)
        replace_case(self.database, SPRING, unit, reason=reason, by="Lee", now=NOW)

    def undo_replacement(self, place: int, _: int) -> None:
        unit = self._unit(place)
        undo_replacement(self.database, SPRING, unit, by="Lee", now=NOW)

    def second(self, place: int, choice: int) -> None:
        """Another reads the case too; that never counts."""
        sql(
            self.database,
            "INSERT INTO audit (case_id, role, state, auditor, started_utc, place) "
            f"SELECT {self._case(place)}, 'second', 'open', 'Bo', 'now', '' "
            "WHERE NOT EXISTS (SELECT 1 FROM audit WHERE role = 'second' "
            f"AND case_id = {self._case(place)})",
        )
        state = ("open", "submitted")[choice % 2]
        sql(self.database, f"UPDATE audit SET state = '{state}' WHERE role = 'second'")

    def hand_over(self, place: int, choice: int) -> None:
        """No command does that; whatever does, is counted."""
        name = ("Ann", "Bo")[choice % 2]
        sql(
            self.database,
            f"UPDATE audit SET auditor = '{name}' WHERE role = 'first' "
            f"AND state = 'open' AND case_id = {self._case(place)}",
        )

    def _give(self, audit: int, part: str, subject: str, value: str) -> None:
        with self.database.read() as uow:
            before = uow.audits.answers(audit).get(part, subject)  # type: ignore[arg-type]
        after = replace(before, value=value, rationale="Seen in the file.")
        if after != before:
            give_answer(self.database, audit, after, auditor="Ann", now=NOW)


ACTS: tuple[Act, ...] = (
    Office.begin,
    Office.put_back,
    Office.answer,
    Office.overrule,
    Office.tick,
    Office.submit,
    Office.submit,
    Office.submit,
    Office.reopen,
    Office.replace,
    Office.undo_replacement,
    Office.second,
    Office.hand_over,
)
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 5))


def work(database: Database, steps: Sequence[Step]) -> None:
    """Do what can be done of it; what is refused changes nothing."""
    office = Office(database)
    for act, place, choice in steps:
        with suppress(CaseAuditError):
            act(office, place, choice)
        kept_is_true(database)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a round of three cases and reserves, made once."""
    path = tmp_path_factory.mktemp("drawn") / "audit.db"
    database = Database(str(path))
    with_frame(database, size=8)
    a_round(database, size=3, rubric=RUBRIC)
    database.close()
    return path


@settings(max_examples=10)
@given(steps=st.lists(STEP, min_size=4, max_size=12))
def test_the_counts_kept_are_those_of_the_answers(
    drawn: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[Step],
) -> None:
    """After every step of any sequence, and the summary with them."""
    path = tmp_path_factory.mktemp("walk") / "audit.db"
    database = Database(str(shutil.copy(drawn, path)))

    work(database, steps)

    found = summarise(database)
    assert found == recomputed(database, found)
    database.close()


def test_both_kinds_of_database_keep_the_same_counts(database: Database) -> None:
    """One long walk that visits every act, on the file and on the server."""
    with_frame(database, size=8)
    a_round(database, size=3, rubric=RUBRIC)
    chance = random.Random(4)
    steps: list[Step] = [
        (act, chance.randrange(5), chance.randrange(6))
        for act in (*ACTS, *reversed(ACTS))
    ]

    begun: list[Step] = [(Office.submit, n, n) for n in range(3)]
    work(database, [*begun, *steps])

    found = summarise(database)
    assert found.submitted
    assert found == recomputed(database, found)


def test_cases_with_different_chances_are_taken_one_by_one(embedded: Database) -> None:
    """A cap on each worker's cases makes chances differ; a replaced case is out."""
    with_frame(embedded, size=20)
    draw_round(
        embedded,
        Request(
            name=SPRING,
            cohort="cp",
            rubric=RUBRIC,
            design=Design(kind="simple", size=5, at_most=("worker", 1)),
            seed=machine_seed(SEED),
            beside=Beside(),
        ),
        version="0.1.0",
        drawn_by="Lee",
        now=NOW,
    )
    work(embedded, [(Office.submit, n, n) for n in range(4)])

    found = summarise(embedded)

    assert found.facts.weighting is not None
    assert found.submitted == 4
    assert found == recomputed(embedded, found)
