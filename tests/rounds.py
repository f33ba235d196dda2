"""Rounds of every kind of rubric, summed up without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builders import (
    BANDS,
    LIM7,
    UNMANAGED,
    G,
    I,
    O,
    R,
    a_criterion,
    a_mixed_rubric,
    a_narrative,
    a_question,
    a_rubric,
    answers,
    yes_no,
)
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import (
    FLAG,
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    TICKED,
    Answer,
)
from case_audit.core.rubric.rules import (
    AcrossCases,
    Condition,
    Limit,
    RollUp,
    Rules,
)
from case_audit.core.rubric.scale import Grade, Scale
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import DrawFacts, SubmittedAudit
from case_audit.core.selfassessment.report import report_of
from case_audit.reports.document.build import document
from case_audit.reports.document.markdown import document_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import Summary
    from case_audit.core.selfassessment.report import Report

TICK = FLAG + UNMANAGED.id
"""The answer that ticks the flag of these rubrics."""

DIP1 = Limit(
    id="DIP1",
    caps="overall",
    at=R,
    when=Condition(critical=True, scale="yes-no", at_or_below="no"),
    because="a question on which safety turns was answered no",
    raises="E2",
)


def facts(**more: Any) -> DrawFacts:  # noqa: ANN401
    """How four of forty cases were drawn, unless said otherwise."""
    plain: dict[str, Any] = {
        "name": "Spring 2026",
        "kind": "practice",
        "cohort": "cp",
        "as_at": "2026-03-31",
        "design": "simple",
        "strata_by": (),
        "seed": "a" * 64,
        "seed_mode": "public",
        "frame_digest": "b" * 64,
        "algorithm": "sha256-bottom-k/1",
        "draw_number": 1,
        "populations": {"all": 40},
        "drawn": {"all": 4},
        "excluded": {},
        "begun": 0,
        "auditors": 2,
    }
    return DrawFacts(**(plain | more))


def a_dip_rubric() -> Rubric:
    """Three questions, the second of them critical, and one graded criterion."""
    plain = a_rubric(
        {
            "checks": (
                a_question("q1", label="It says who does what"),
                a_question(
                    "q2",
                    critical=True,
                    label="It does not leave it all to the one who is hurt",
                ),
                a_question("q3", label="The child knows whom to turn to"),
            ),
            "quality": (a_criterion("g1", label="How far it can be relied on"),),
        },
        limits=(DIP1, LIM7),
    )
    rules = replace(plain.rules, id="dip", flags=(UNMANAGED,))
    return replace(plain, id="dip-small", scales=(yes_no(),), rules=rules)


def a_told_rubric() -> Rubric:
    """Two agencies asked in words, side by side, and a fact; nothing is graded."""
    plain = a_rubric(
        {
            "told": (
                *(
                    a_narrative(
                        f"n1-{agency.lower()}",
                        label=f"{agency}: What it knew",
                        agency=agency,
                        question="n1",
                    )
                    for agency in ("Police", "Health")
                ),
                a_narrative("f1", kind="fact", label="Day of the first sign"),
            )
        }
    )
    return replace(plain, id="told", rules=_rules())


def a_rated_rubric() -> Rubric:
    """Two domains of questions, rated over all cases; no case is graded."""
    plain = a_rubric(
        {
            "plan": (a_question("p1"), a_question("p2")),
            "safety": (a_question("s1", critical=True),),
        }
    )
    rules = replace(_rules(), across_cases=AcrossCases(rollup=BANDS))
    return replace(plain, id="rated", scales=(yes_no(),), rules=rules)


def six_points() -> Scale:
    """Too many grades for one row of 80 columns."""
    names = ("Excellent", "Very good", "Good", "Adequate", "Weak", "Unsatisfactory")
    shorts = ("excel.", "v. good", "good", "adeq.", "weak", "unsat.")
    return Scale(
        id="ci6",
        title="Six points",
        benchmark="good",
        rationale_required_at=frozenset(),
        grades=tuple(
            Grade(
                id=name.lower().replace(" ", "_"),
                label=name,
                short=short,
                letter=name[0],
                glyph=glyph,
                key=str(key),
            )
            for key, (name, short, glyph) in enumerate(
                zip(names, shorts, "█▓▒░=x", strict=True), start=1
            )
        ),
    )


def on_scale(scale: Scale, names: Sequence[str]) -> Rubric:
    """Criteria of one domain, graded on some scale by lower median."""
    described = {grade: f"It looks {grade}." for grade in scale.ids}
    criteria = tuple(a_criterion(name, descriptors=described) for name in names)
    return replace(a_rubric({"help": criteria}, limits=()), scale=scale)


def round_of(
    rubric: Rubric,
    cases: Sequence[Mapping[str, str]],
    *,
    population: int = 40,
    drawn: int = 0,
    **more: Any,  # noqa: ANN401
) -> Summary:
    """Sum up cases, each given by its answers.

    Args:
        rubric: What they were audited with.
        cases: By criterion, a grade or what stands instead; for what is answered
            in words, the words. A flag is ticked under its name with ``flag.``.
        population: Cases in the frame.
        drawn: Cases drawn; as many as there are cases unless given.
        more: Other facts of the draw.
    """
    known = {"populations": {"all": population}, "drawn": {"all": drawn or len(cases)}}
    return compose(
        rubric,
        digest="d" * 64,
        facts=facts(**(known | more)),
        audits=audits_of(rubric, cases),
    )


def audits_of(
    rubric: Rubric, cases: Sequence[Mapping[str, str]]
) -> list[SubmittedAudit]:
    """Submit the audits of :func:`round_of`, numbered from 1."""
    return [_audit(rubric, n, case) for n, case in enumerate(cases, start=1)]


def dip_cases() -> list[dict[str, str]]:
    """Twelve files.

    q1: yes in 9, no in 3. q2, critical: no in cases 4 and 7. q3: not applicable
    in case 1, not evidenced in case 2. g1: three each of outstanding, good and
    inadequate, two requires improvement, one not evidenced. Case 9 has a risk
    that nobody manages.
    """
    cases = [
        {"q1": "yes" if n <= 9 else "no", "q2": "yes", "q3": "yes", "g1": grade}
        for n, grade in enumerate((G, R, O, I, G, "", O, I, G, R, O, I), start=1)
    ]
    cases[0]["q3"] = NOT_APPLICABLE
    cases[1]["q3"] = NOT_EVIDENCED
    cases[3]["q2"] = cases[6]["q2"] = "no"
    cases[5]["g1"] = NOT_EVIDENCED
    cases[8][TICK] = "yes"
    return cases


def a_dip() -> Summary:
    """Twelve of 40 files, those of :func:`dip_cases`."""
    return round_of(a_dip_rubric(), dip_cases())


def told_cases() -> list[dict[str, str]]:
    """Words, and places where there are none."""
    return [
        {"n1-police": "Knew.", "n1-health": NOT_EVIDENCED, "f1": "3 May"},
        {"n1-police": NOT_APPLICABLE, "n1-health": "Saw."},
        {"n1-police": "Heard.", "n1-health": "Saw.", "f1": "4 May", TICK: "yes"},
    ]


def told() -> Summary:
    """Three of four drawn cases, those of :func:`told_cases`."""
    return round_of(a_told_rubric(), told_cases(), drawn=4)


def rated_cases() -> list[dict[str, str]]:
    """Ten cases. p1: yes in 8. p2: 6 of 9, one not applicable. s1: all."""
    return [
        {
            "p1": "yes" if n <= 8 else "no",
            "p2": "yes" if n <= 6 else "no" if n <= 9 else NOT_APPLICABLE,
            "s1": "yes",
        }
        for n in range(1, 11)
    ]


def rated() -> Summary:
    """Ten of 40 cases, those of :func:`rated_cases`."""
    return round_of(a_rated_rubric(), rated_cases())


def mixed_cases() -> list[dict[str, str]]:
    """Twelve cases alike, with every kind of criterion."""
    case = {"g1": G, "g2": O, "q1": "yes", "q2": "no", "n1-a": "x", "n1-b": "y"}
    return [case] * 12


def mixed() -> Summary:
    """Every kind of criterion in one rubric, those of :func:`mixed_cases`."""
    return round_of(a_mixed_rubric(), mixed_cases())


def reports_of_every_kind() -> dict[str, Report]:
    """A round of each kind of rubric with its cases, by name."""
    kinds = {
        "dip": (a_dip(), a_dip_rubric(), dip_cases()),
        "told": (told(), a_told_rubric(), told_cases()),
        "rated": (rated(), a_rated_rubric(), rated_cases()),
        "mixed": (mixed(), a_mixed_rubric(), mixed_cases()),
    }
    return {
        name: report_of(summary, audits_of(rubric, cases))
        for name, (summary, rubric, cases) in kinds.items()
    }


def _audit(rubric: Rubric, number: int, case: Mapping[str, str]) -> SubmittedAudit:
    in_words = {c.id for c in rubric.criteria() if c.in_words}
    apart = (NOT_APPLICABLE, NOT_EVIDENCED)
    told = {k for k, value in case.items() if k in in_words and value not in apart}
    flags = {key for key in case if key.startswith(FLAG)}
    given = answers(**{k: v for k, v in case.items() if k not in told | flags})
    for key in told:
        answer = Answer(part="criterion", subject=key, rationale=case[key])
        given = given.with_answer(answer)
    for key in flags:
        given = given.with_answer(Answer(part="closing", subject=key, value=TICKED))
    found = judge(rubric, cohort="cp", answers=given)
    everything = {**found.domains, "overall": found.overall}
    return SubmittedAudit(
        number=number,
        stratum="all",
        answers=given,
        grades={key: c.standing for key, c in everything.items()},
        rules={key: c.rule for key, c in everything.items()},
        because={key: c.because for key, c in everything.items()},
        computed={key: c.grade for key, c in everything.items()},
        raises={key: c.raises for key, c in everything.items()},
    )


def _rules() -> Rules:
    """Rules that grade neither domains nor cases."""
    nothing = RollUp(kind="none")
    return Rules(
        id="none",
        version="1.0",
        domain_rollup=nothing,
        overall_rollup=nothing,
        limits=(),
        flags=(UNMANAGED,),
    )


def as_markdown(summary: Summary) -> str:
    """Write a round's self-assessment as Markdown, without citing any case."""
    return document_markdown(document(report_of(summary, ())))
