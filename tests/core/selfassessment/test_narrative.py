"""A number in the lead's own words is noticed when it goes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rounds import facts, told

from builders import G, I, O, R, a_criterion, a_rubric, answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_EVIDENCED
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import SubmittedAudit
from case_audit.core.selfassessment.narrative import (
    HEADINGS,
    KEYS,
    Passage,
    Piece,
    figures_of,
    linked,
    marked,
    numbers,
)
from case_audit.reports.wording import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

THEN = {
    "area good or better share": "60%",
    "area good or better lower": "42%",
    "area good or better upper": "76%",
    "area good or better": "18 of 30",
    "voice good or better": "18 of 30",
    "area at inadequate": "3 of 30",
}


def a_passage(text: str, figures: Mapping[str, str] = THEN) -> Passage:
    return Passage(
        section="know",
        text=text,
        sources=linked(text, figures, before={}),
        by="Lee",
        at_utc="2026-04-01T00:00:00Z",
        revision=1,
    )


def kinds(passage: Passage, figures: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (piece.text, piece.kind, piece.now)
        for piece in marked(passage, figures)
        if piece.kind != "text"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("60% (42% to 76%)", ("60%", "42%", "76%")),
        ("60 per cent, 42 percent, 60.0% and 7.50%", ("60%", "42%", "7.5%")),
        ("<1% and >99%", ("<1%", ">99%")),
        ("18 of 30, 18 of the 30", ("18 of 30",)),
        ("1,240 of the 2,000.", ("1240 of 2000",)),
        ("In 18 of 30, 3 of them; 2 of 3 children.", ("18 of 30", "2 of 3")),
        ("1.5 of 30; 18 of 30.5; 18 of 30%; v1.60%", ("30%",)),
        ("31 March 2026, draw 2, E1, 30 cases, 100%ish", ("100%",)),
        ("9" * 12 + "% of 1 of " + "9" * 12, ()),
        ("", ()),
    ],
)
def test_numbers_are_shares_and_counts(text: str, found: tuple[str, ...]) -> None:
    """However they are written, they are compared as the report prints them."""
    assert numbers(text) == found


def test_a_number_is_followed_from_what_it_read_to_what_it_reads() -> None:
    """The whole life of a passage: written, unchanged, changed, unsure."""
    passage = a_passage("So 60% (18 of the 30) are good; 3 of 30 not; we want 45%.")
    assert passage.sources == {
        "60%": ("area good or better share",),
        "18 of 30": ("area good or better", "voice good or better"),
        "3 of 30": ("area at inadequate",),
        "45%": (),
    }

    assert kinds(passage, THEN) == [
        ("60%", "unchanged", ""),
        ("18 of the 30", "unchanged", ""),
        ("3 of 30", "unchanged", ""),
        ("45%", "foreign", ""),
    ]
    now = THEN | {
        "area good or better share": "55%",
        "area good or better": "17 of 31",
        "area at inadequate": "4 of 31",
        "somebody else's": "45%",
    }
    assert kinds(passage, now) == [
        ("60%", "changed", "55%"),
        ("18 of the 30", "unsure", "17 of 31"),
        ("3 of 30", "changed", "4 of 31"),
        ("45%", "foreign", ""),
    ]
    apart = now | {"voice good or better": "16 of 31"}
    assert kinds(passage, apart)[1] == ("18 of the 30", "changed", "")
    gone = {name: reads for name, reads in now.items() if "inadequate" not in name}
    assert kinds(passage, gone)[2] == ("3 of 30", "changed", "")


def test_the_pieces_are_the_passage() -> None:
    """Nothing of what was written is lost or doubled."""
    text = "60% at first.\n\nThen 18 of 30"
    passage = a_passage(text)

    pieces = marked(passage, THEN)

    assert "".join(piece.text for piece in pieces) == text
    assert pieces[0] == Piece(text="60%", kind="unchanged")
    assert [piece.kind for piece in pieces] == ["unchanged", "text", "unchanged"]


def test_another_sentence_does_not_hide_a_number_that_was_stale() -> None:
    """60% was the share once; whoever writes on is still told that it is not now."""
    first = a_passage("60% are good.")
    now = {**THEN, "area good or better share": "55%"}

    sources = linked("60% are good. 55% too. 9%.", now, before=first.sources)

    assert sources == {
        "60%": ("area good or better share",),
        "55%": ("area good or better share",),
        "9%": (),
    }


def test_every_section_has_a_heading() -> None:
    assert set(HEADINGS) == set(KEYS)
    assert KEYS == ("know", "strengths", "improve", "how", "plan")


ONE = a_rubric({"voice": (a_criterion("v1"),)}, limits=())


def figures(*grades: str, targeted: bool = False) -> dict[str, str]:
    """The figures of a round whose cases have these grades, of 40."""
    audits = []
    for number, grade in enumerate(grades, start=1):
        given = answers(v1=grade)
        found = judge(ONE, cohort="cp", answers=given)
        everything = {**found.domains, "overall": found.overall}
        audits.append(
            SubmittedAudit(
                number=number,
                stratum="all",
                answers=given,
                grades={key: c.standing for key, c in everything.items()},
                rules={key: c.rule for key, c in everything.items()},
                because={key: c.because for key, c in everything.items()},
                computed={key: c.grade for key, c in everything.items()},
            )
        )
    purpose = {"purpose": "targeted"} if targeted else {}
    summary = compose(ONE, digest="d" * 64, facts=facts(**purpose), audits=audits)
    return figures_of(summary, percent)


def test_the_figures_of_a_round_read_as_they_are_printed() -> None:
    """Three of four good or better, one not evidenced, none inadequate."""
    found = figures(G, O, R, G, NOT_EVIDENCED)

    of = {
        name.removeprefix("criterion v1 "): reads
        for name, reads in found.items()
        if name.startswith("criterion v1 ")
    }
    assert of | {"good or better lower": "", "good or better upper": ""} == {
        "not applicable": "0 of 5",
        "not evidenced": "1 of 5",
        "good or better": "3 of 4",
        f"at {O}": "1 of 4",
        f"at {G}": "2 of 4",
        f"at {R}": "1 of 4",
        f"at {I}": "0 of 4",
        "good or better share": "75%",
        "good or better lower": "",
        "good or better upper": "",
        "lowest share": "0%",
        "lowest lower": "0%",
        "lowest upper": of["lowest upper"],
        "lowest at most": of["lowest at most"],
    }
    assert found["audited"].startswith("5 of ")
    assert found["drawn"].endswith(" of 40")
    assert {name.split()[0] for name in found} == {
        *("audited", "drawn", "area", "domain", "criterion")
    }


def test_what_has_no_estimate_has_its_counts() -> None:
    """Picked cases are counted; no share of them is a figure."""
    found = figures(G, I, targeted=True)

    assert found["criterion v1 good or better"] == "1 of 2"
    assert not any("share" in name or "at most" in name for name in found)


def test_what_is_answered_in_words_has_only_what_is_missing() -> None:
    """Neither a share nor a count of grades."""
    ungraded = {
        line.id
        for area in told().areas
        for domain in area.domains
        for line in (domain.line, *domain.criteria)
        if line.scale is None
    }

    found = figures_of(told(), percent)

    assert ungraded
    for name in found:
        if name.split()[1:2] and name.split()[1] in ungraded:
            assert name.endswith(("not applicable", "not evidenced"))
