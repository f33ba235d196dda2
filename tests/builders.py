"""Small valid values, with a keyword for whatever a test cares about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.audit.model import Answer, Answers
from case_audit.core.frame.case_file import CaseFile, Document
from case_audit.core.frame.model import FrameUnit
from case_audit.core.rubric.applies import Comparison
from case_audit.core.rubric.model import (
    Criterion,
    Domain,
    Framework,
    JudgementArea,
    Rubric,
)
from case_audit.core.rubric.rules import (
    AcrossCases,
    Condition,
    Flag,
    Limit,
    RollUp,
    Rules,
    Step,
)
from case_audit.core.rubric.scale import Grade, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
AS_AT = dt.date(2026, 3, 31)
SEED = "965c1c156bb48a94040d5bcd926c110b5534f7ced54141e1dab1fa44379c30ae"

O, G, R, I = "outstanding", "good", "requires_improvement", "inadequate"  # noqa: E741


def a_scale() -> Scale:
    """Ofsted's four grades, best first."""
    return Scale(
        id="ofsted4",
        title="Four points",
        benchmark=G,
        rationale_required_at=frozenset({O, I}),
        grades=tuple(
            Grade(
                id=grade,
                label=label,
                short=short,
                letter=label[0],
                glyph=glyph,
                key=str(key),
            )
            for key, (grade, label, short, glyph) in enumerate(
                [
                    (O, "Outstanding", "outst.", "█"),
                    (G, "Good", "good", "▓"),
                    (R, "Requires improvement to be good", "r.i.", "░"),
                    (I, "Inadequate", "inad.", "▒"),
                ],
                start=1,
            )
        ),
    )


def a_lettered_scale(name: str, letters: str) -> Scale:
    """A grade for each letter, with a key each; the third is the benchmark."""
    return Scale(
        id=name.lower(),
        title=name,
        benchmark=letters[2],
        rationale_required_at=frozenset(),
        grades=tuple(
            Grade(
                id=letter,
                label=f"Grade {letter}",
                short=letter,
                letter=letter.upper(),
                glyph=letter,
                key=str(key),
            )
            for key, letter in enumerate(letters, start=1)
        ),
    )


def a_criterion(name: str, *, critical: bool = False, **more: object) -> Criterion:
    """A criterion with a descriptor for each of Ofsted's grades."""
    plain: dict[str, object] = {
        "id": name,
        "label": f"Label of {name}",
        "asks": f"What about {name}?",
        "benchmark": f"{name} is as it should be.",
        "critical": critical,
        "look_in": ("the notes",),
        "trap": "A long note is not a good one.",
        "not_applicable_when": "there was none",
        "inadequate_if": "",
        "cohorts": (),
        "tags": ("NF-O3",),
        "source": ("Lancashire 2015 para 31",),
        "timescales": (),
        "descriptors": {g: f"{name} looks {g}." for g in (O, G, R, I)},
    }
    return Criterion(**(plain | more))  # type: ignore[arg-type]


def yes_no() -> Scale:
    """Yes is what is expected."""
    return Scale(
        id="yes-no",
        title="Yes or no",
        benchmark="yes",
        rationale_required_at=frozenset({"no"}),
        grades=(
            Grade(id="yes", label="Yes", short="yes", letter="Y", glyph="█", key="1"),
            Grade(id="no", label="No", short="no", letter="N", glyph="▒", key="2"),
        ),
    )


def a_question(name: str, *, critical: bool = False, **more: object) -> Criterion:
    """A criterion that is answered with yes or no."""
    described = {"yes": f"{name} is so.", "no": f"{name} is not so."}
    plain: dict[str, object] = {"kind": "yes_no", "descriptors": described}
    return replace(a_criterion(name, critical=critical), **(plain | more))  # type: ignore[arg-type]


def a_narrative(name: str, **more: object) -> Criterion:
    """A criterion that is answered in words."""
    plain: dict[str, object] = {"kind": "narrative", "descriptors": {}}
    return replace(a_criterion(name), **(plain | more))  # type: ignore[arg-type]


LIM1 = Limit(
    id="LIM1",
    caps="domain",
    at=I,
    when=Condition(count="criteria", critical=True, at_or_below=I),
    because="a critical criterion is inadequate",
)
LIM2 = Limit(
    id="LIM2",
    caps="overall",
    at=I,
    when=Condition(count="domains", role="safety", at_or_below=I),
    because="the child's safety is inadequate",
)


LIM7 = Limit(
    id="LIM7",
    caps="overall",
    at=I,
    when=Condition(flag="unmanaged_risk"),
    because="a child is at risk now",
    raises="E1",
)
UNMANAGED = Flag(
    id="unmanaged_risk",
    label="A risk that nobody is managing",
    asks="Is there one?",
    record="whom you told",
)
BANDS = RollUp(
    kind="percentage_bands",
    of="yes-no",
    counts="yes",
    bands=((O, 80), (G, 65), (R, 50)),
    otherwise=I,
)


def a_mixed_rubric() -> Rubric:
    """Every kind of criterion and of rule in one rubric."""
    plain = a_rubric(
        {
            "graded": (
                a_criterion("g1", critical=True, prompts=("Is it so?",)),
                a_criterion(
                    "g2", applies=Comparison(field="age", operator=">=", value=16)
                ),
            ),
            "asked": (a_question("q1", critical=True), a_question("q2")),
            "told": (
                a_narrative("n1-a", agency="A", question="n1"),
                a_narrative("n1-b", agency="B", question="n1"),
                a_narrative("f1", kind="fact"),
            ),
        }
    )
    points = ((O, 3), (G, 2), (R, 1), (I, 0))
    steps = (Step(grade=I, at_or_below=I, more_than=Fraction(1, 2)),)
    return replace(
        plain,
        scales=(yes_no(),),
        rules=Rules(
            id="mixed",
            version="1.0",
            domain_rollup=RollUp(
                kind="points", points=points, bands=((O, 90), (G, 60)), otherwise=R
            ),
            overall_rollup=RollUp(kind="threshold", steps=steps, otherwise=G),
            limits=(LIM1, LIM7),
            flags=(UNMANAGED,),
            across_cases=AcrossCases(rollup=BANDS),
        ),
    )


def a_rubric(
    domains: Mapping[str, tuple[Criterion, ...]] | None = None,
    *,
    limits: tuple[Limit, ...] = (LIM1, LIM2),
    roles: Mapping[str, str] | None = None,
) -> Rubric:
    """Two domains of two criteria each, unless said otherwise."""
    inside = domains or {
        "voice": (a_criterion("v1"), a_criterion("v2")),
        "safety": (a_criterion("s1", critical=True), a_criterion("s2")),
    }
    known = {"safety": "safety"} if roles is None else roles
    return Rubric(
        id="small",
        version="1.0",
        title="A small rubric",
        framework=Framework(
            id="ilacs",
            version="2026-04",
            title="ILACS",
            publishes_overall=False,
            areas=(
                JudgementArea(
                    id="leaders",
                    label="The impact of leaders",
                    short="Leaders",
                    graded_from_files=False,
                ),
                JudgementArea(
                    id="help_and_protection",
                    label="Help and protection",
                    short="Help and protection",
                    graded_from_files=True,
                ),
            ),
        ),
        area="help_and_protection",
        cohorts=("cp",),
        scale=a_scale(),
        rules=Rules(
            id="case-file",
            version="1.0",
            domain_rollup=RollUp(kind="lower_median"),
            overall_rollup=RollUp(kind="lower_median"),
            limits=limits,
        ),
        domains=tuple(
            Domain(
                id=name,
                label=f"Domain {name}",
                role=known.get(name, ""),
                module="",
                criteria=criteria,
            )
            for name, criteria in inside.items()
        ),
    )


def answers(**values: str) -> Answers:
    """Answers to criteria, by identifier, each with a rationale."""
    return Answers(
        {
            ("criterion", key): Answer(
                part="criterion",
                subject=key,
                value=value,
                rationale="Because.",
                auditor="Ann",
                at_utc="2026-04-01T12:00:00Z",
                revision=1,
            )
            for key, value in values.items()
        }
    )


def units(size: int, *, teams: int = 3) -> tuple[FrameUnit, ...]:
    """Units C0001, C0002, ... in teams of equal size."""
    return tuple(
        FrameUnit(
            unit=f"C{i:04}",
            attributes={"team": f"Team {i % teams}", "worker": f"Worker {i % 7}"},
        )
        for i in range(1, size + 1)
    )


def a_case_file(unit: str) -> CaseFile:
    """A file of two documents."""
    return CaseFile(
        unit=unit,
        cohort="cp",
        documents=tuple(
            Document(
                ref=f"VIS-2026-02-0{day}",
                kind="visit",
                date=dt.date(2026, 2, day),
                recorded_on=dt.date(2026, 2, day + 1),
                author="Ada Quillmere",
                role="social worker",
                title="Home visit",
                paragraphs=("Seen with a parent.", f"The {day}nd thing that was said."),
            )
            for day in (2, 3)
        ),
    )
