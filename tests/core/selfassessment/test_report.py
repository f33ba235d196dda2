"""Everything a round can say, put together."""

from __future__ import annotations

from dataclasses import replace

from rounds import TICK, audits_of, mixed, round_of, told

from builders import LIM7, UNMANAGED, G, I, R, a_criterion, a_rubric
from case_audit.core.selfassessment.breakdown import Groups
from case_audit.core.selfassessment.report import report_of

PLAIN = a_rubric(
    {"help": (a_criterion("a1", tags=("NF-O3",)), a_criterion("a2", tags=()))},
    limits=(LIM7,),
)
RUBRIC = replace(PLAIN, rules=replace(PLAIN.rules, flags=(UNMANAGED,)))
CASES = [{"a1": G, "a2": G}, {"a1": I, "a2": I}, {"a1": R, "a2": R, TICK: "yes"}]


def test_the_lowest_cases_are_all_there_with_what_they_ask_for() -> None:
    """Case 3 would require improvement, but a risk there is managed by nobody."""
    found = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES))

    assert [(c.number, c.raises) for c in found.lowest] == [(2, ""), (3, "E1")]
    assert found.lowest[1].because.startswith("Inadequate: limited by LIM7")


def test_teams_have_a_line_for_everything_and_other_groups_one_for_the_whole() -> None:
    groups = [
        Groups(
            key=key,
            label=key,
            of_case={1: "a", 2: "b", 3: "b"},
            sizes={"a": {"all": 10}, "b": {"all": 30}},
        )
        for key in ("team", "gender")
    ]

    found = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES), groups=groups)

    assert [b.subject.id for b in found.by_team] == [RUBRIC.area, "help", "a1", "a2"]
    assert [(b.key, b.subject.level) for b in found.groups] == [("gender", "area")]
    assert found.by_stratum == ()


def test_what_made_the_strata_has_a_line_for_everything_too() -> None:
    one = Groups(
        key="need",
        label="Need",
        of_case={1: "a", 2: "b", 3: "b"},
        sizes={"a": {"all": 10}, "b": {"all": 30}},
    )
    summary = round_of(RUBRIC, CASES, strata_by=("need",))

    found = report_of(summary, audits_of(RUBRIC, CASES), groups=[one])

    assert [b.subject.id for b in found.by_stratum] == [
        *(RUBRIC.area, "help", "a1", "a2"),
    ]


def test_a_tag_has_a_line_of_cases() -> None:
    found = report_of(round_of(RUBRIC, CASES), audits_of(RUBRIC, CASES))

    (tag,) = found.tags
    assert tag.tagged.criteria == ("a1",)
    assert dict(tag.line.counts) == {
        "outstanding": 0,
        G: 1,
        R: 1,
        I: 1,
    }


def test_every_number_is_known_with_its_cases() -> None:
    """Case 2 is inadequate, and so is case 3 as a whole, where a limit decided."""
    groups = [
        Groups(
            key="team",
            label="Team",
            of_case={1: "a", 2: "b", 3: "b"},
            sizes={"a": {"all": 10}, "b": {"all": 30}},
        )
    ]
    summary = round_of(RUBRIC, CASES)

    found = report_of(
        summary,
        audits_of(RUBRIC, CASES)[::-1],
        groups=groups,
        before={"Autumn": {("criterion", "a1"): [(4, G), (6, R)]}},
    )

    area, domain, first, _ = (one.subject for one in found.by_team)
    assert (found.cases(area).met, found.cases(area).lowest) == ((1,), (2, 3))
    assert found.cases(domain).missed == (2, 3)
    assert found.cases(first).lowest == (2,)
    assert found.cases(first, of="Autumn").missed == (6,)
    assert found.cases(first, of="Winter").cases == {}
    assert [g.cases.missed for g in found.by_team[2].groups] == [(), (2, 3)]
    assert found.tags[0].cases.met == (1,)


def test_words_alone_have_no_tags_and_no_lowest_cases() -> None:
    found = report_of(told(), ())

    assert (found.tags, found.lowest) == ((), ())
    assert report_of(mixed(), ()).earlier == ()
