"""A draw is refused when it must be, recorded in full, and pins its rubric."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from builders import AS_AT, NOW, SEED, a_rubric, units
from case_audit.core.frame.model import Frame, Source, frame_digest
from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.seed import machine_seed, typed_seed
from case_audit.errors import (
    NoRubricError,
    RedrawError,
    RoundExistsError,
    SampleTooLargeError,
    SampleTooSmallError,
    SeedError,
    UnknownCohortError,
    UnknownFrameError,
    UnknownRoundError,
    UnknownRubricError,
    UnknownStratumError,
    UnknownUnitsError,
    WrongCohortError,
)
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped
from case_audit.services.audit import open_case
from case_audit.services.beside import Beside
from case_audit.services.home import list_rounds, named_round
from case_audit.services.log import check_log
from case_audit.services.rubric import library
from case_audit.services.sample import Request, draw_round, round_name, rubric_for
from stored import a_round, case_ids, sql, with_frame

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.sample.seed import Seed
    from case_audit.services.database import Database
    from case_audit.services.sample import DrawnRound


def a_request(**more: Any) -> Request:  # noqa: ANN401
    plain: dict[str, Any] = {
        "name": "Spring 2026",
        "cohort": "cp",
        "rubric": a_rubric(),
        "design": Design(kind="simple", size=5, minimum=0),
        "seed": machine_seed(SEED),
    }
    return Request(**(plain | more))


def draw(database: Database, *, keep: bool = True, **more: Any) -> DrawnRound:  # noqa: ANN401
    return draw_round(
        database,
        a_request(**more),
        version="0.1.0",
        drawn_by="Lee",
        now=NOW,
        keep=keep,
    )


def by_team(size: int, *, minimum: int = 2, strata: tuple[str, ...] = ("team",)) -> Any:  # noqa: ANN401
    return Design(kind="stratified", size=size, strata=strata, minimum=minimum)


REFUSED = [
    ({"name": "Taken"}, RoundExistsError),
    ({"cohort": "cin"}, WrongCohortError),
    (
        {"cohort": "cin", "rubric": replace(a_rubric(), cohorts=("cin",))},
        UnknownFrameError,
    ),
    ({"design": by_team(6, strata=("colour",))}, UnknownStratumError),
    (
        {"exclusions": [Exclusion(line=7, unit="SECRET-9", reason="moved")]},
        UnknownUnitsError,
    ),
    ({"design": Design(kind="simple", size=31, minimum=0)}, SampleTooLargeError),
    ({"design": by_team(5)}, SampleTooSmallError),
]


@pytest.mark.parametrize(
    ("asked", "error"), REFUSED, ids=[e.__name__ for _, e in REFUSED]
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_kept(
    database: Database, asked: dict[str, Any], error: type[Exception]
) -> None:
    """No half-made round, no line in the log, no child in the message."""
    with_frame(database)
    draw(database, name="Taken")
    lines = check_log(database).lines

    with pytest.raises(error) as caught:
        draw(database, **asked)

    assert [r.round.name for r in list_rounds(database)] == ["Taken"]
    assert check_log(database).lines == lines
    assert "SECRET" not in repr(caught.value)


def test_cases_left_out_are_not_drawn_and_are_counted_by_reason(
    database: Database,
) -> None:
    """The frame that was drawn from is the one without them."""
    with_frame(database, size=6)
    out = [
        Exclusion(line=2, unit="C0002", reason="conflict of interest"),
        Exclusion(line=3, unit="C0004", reason="conflict of interest"),
        Exclusion(line=4, unit="C0005", reason="audited last month"),
    ]

    drawn = draw(
        database, exclusions=out, design=Design(kind="simple", size=3, minimum=0)
    )

    plain = json.loads(drawn.manifest)
    assert {d.unit for d in drawn.sample.drawn} == {"C0001", "C0003", "C0006"}
    assert [(e["rule"], e["count"], e["units"]) for e in plain["exclusions"]] == [
        ("audited last month", 1, ["C0005"]),
        ("conflict of interest", 2, ["C0002", "C0004"]),
    ]
    assert plain["frame"]["digest"] == frame_digest(
        (unit, "all") for unit in ("C0001", "C0003", "C0006")
    )


@pytest.mark.parametrize(
    ("seed", "mode", "text"),
    [
        (machine_seed(SEED), "machine", SEED),
        (
            typed_seed(SEED, witnesses="", round_label="Spring 2026"),
            "given",
            SEED,
        ),
        (
            typed_seed("31415 926", witnesses="", round_label="Spring 2026"),
            "given",
            seed_from("31415926", round_label="Spring 2026"),
        ),
        (
            typed_seed(
                "31415926535897932384",
                witnesses="A Head, B Clerk",
                round_label="Spring 2026",
            ),
            "public",
            seed_from("31415926535897932384", round_label="Spring 2026"),
        ),
    ],
)
def test_the_manifest_says_where_the_seed_is_from(
    database: Database, seed: Seed, mode: str, text: str
) -> None:
    """Only randomness that others saw being made is called public."""
    with_frame(database)

    plain = json.loads(draw(database, seed=seed).manifest)

    assert (plain["seed_mode"], plain["seed"]) == (mode, text)
    if mode == "public":
        assert plain["seed_randomness"] == "31415926535897932384"
        assert plain["seed_source"] == "A Head, B Clerk"


def test_witnesses_of_too_little_randomness_are_refused() -> None:
    """Three dice can be thrown again until they please."""
    with pytest.raises(SeedError, match="3 characters"):
        typed_seed("6 6 6", witnesses="A Head", round_label="Spring")


def test_redraws_are_counted(database: Database) -> None:
    """Drawing until the sample pleases shows, even after a second import.

    The same cases imported again are the same frame: its digest says so.
    """
    with_frame(database)
    why = Beside(reason="the first was a trial")
    first = draw(database, name="One", beside=why)
    with pytest.raises(RedrawError, match="draw 2 from the same list"):
        draw(database, name="Two")
    second = draw(database, name="Two", beside=why)
    again(database, size=30)
    third = draw(database, name="Three", beside=why)
    again(database, size=29)
    other = draw(database, name="Four", beside=why)

    plain = [json.loads(d.manifest) for d in (first, second, third, other)]
    assert [p["draw_number"] for p in plain] == [1, 2, 3, 1]
    reasons = [p.get("redraw_reason") for p in plain]
    assert reasons == [None, why.reason, why.reason, None]


def again(database: Database, *, size: int) -> None:
    """Import a frame once more."""
    frame = Frame(cohort="cp", as_at=AS_AT, units=units(size))
    source = Source(
        kind="annex_a",
        name="again.xlsx",
        sha256="1" * 64,
        as_at=AS_AT.isoformat(),
        imported_utc="2026-04-02T09:00:00Z",
        imported_by="Lee",
        synthetic=True,
    )
    with database.write() as uow:
        import_id = uow.frames.add_import(source)
        uow.frames.add_frame(import_id, frame)
        uow.commit()


def test_a_trial_draws_the_same_and_keeps_nothing(database: Database) -> None:
    with_frame(database)

    trial = draw(database, keep=False)
    before = list_rounds(database)
    real = draw(database)

    assert before == []
    assert trial.manifest == real.manifest
    assert (trial.kept, real.kept) == (False, True)


def test_a_round_is_graded_with_the_text_it_was_drawn_with(
    database: Database, tmp_path: Path
) -> None:
    """Somebody edits the rubric's file in May: April's round keeps April's words."""
    folder = tmp_path / "rubrics"
    folder.mkdir()
    name = "child-protection.yaml"
    source = shipped("rubrics") / name
    mine = folder / name
    mine.write_text(source.read_text("utf-8"), "utf-8")
    with_frame(database)
    a_round(database, rubric=library(folder).rubric("child-protection"))
    before = open_case(database, case_ids(database)[0], auditor="Ann", now=NOW).rubric

    mine.write_text(
        mine.read_text("utf-8").replace("Child protection", "Something else"), "utf-8"
    )
    changed = library(folder).rubric("child-protection")
    after = open_case(database, case_ids(database)[0], auditor="Ann", now=NOW).rubric

    assert changed != before
    assert after == before
    assert list_rounds(database)[0].rubric == before.title


def test_a_round_is_stored_and_logged(database: Database) -> None:
    """Its cases are numbered by stratum and rank, as the manifest lists them."""
    with_frame(database)
    drawn = draw(database, design=by_team(9))

    one, lines = named_round(database, "Spring 2026")

    manifest = json.loads(one.manifest)
    assert one.manifest == drawn.manifest
    assert [(c.case.number, c.case.unit, c.case.stratum) for c in lines] == [
        (number, d["unit"], d["stratum"])
        for number, d in enumerate(manifest["drawn"], start=1)
    ]
    assert sql(database, "SELECT actor, action, subject FROM event") == [
        ("Lee", "draw", "round 1")
    ]
    assert check_log(database).broken is None


def test_an_unknown_round_is_named_with_the_known_ones(database: Database) -> None:
    with_frame(database)
    draw(database)

    with pytest.raises(UnknownRoundError) as caught:
        named_round(database, "Autumn")

    assert "Autumn" in str(caught.value)
    assert "Spring 2026" in caught.value.details[0]


def test_a_round_without_a_name_is_given_the_next_free_one(database: Database) -> None:
    """Cohort, date and number: never one that is taken."""
    with_frame(database)
    first = round_name(database, "cp")
    draw(database, name=first)

    assert first == "Child protection 2026-03-31 draw 1"
    assert round_name(database, "cp") == "Child protection 2026-03-31 draw 2"
    with pytest.raises(UnknownFrameError):
        round_name(database, "cin")


def test_the_rubric_of_a_cohort_is_found_or_asked_for(tmp_path: Path) -> None:
    """One that fits is taken; none or several are not guessed at."""
    shelf = library()

    assert rubric_for(shelf, "cp", name=None).id == "child-protection"
    assert rubric_for(shelf, "cp", name="child-in-need").id == "child-in-need"
    with pytest.raises(NoRubricError, match="no rubric") as caught:
        rubric_for(Library((tmp_path,)), "cp", name=None)
    assert "case-audit rubric new our-look --cohort cp" in str(caught.value.hint)
    with pytest.raises(UnknownCohortError, match="'pets'"):
        rubric_for(shelf, "pets", name=None)
    with pytest.raises(UnknownRubricError, match="'dragons'"):
        rubric_for(shelf, "cp", name="dragons")
