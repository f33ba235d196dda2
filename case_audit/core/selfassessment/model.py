"""What a round found, in numbers that can be defended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.audit.model import Answers
    from case_audit.core.estimates.share import Share
    from case_audit.core.estimates.stratified import StratumCount
    from case_audit.core.estimates.weighted import Weighting
    from case_audit.core.rubric.model import JudgementArea, Rubric
    from case_audit.core.rubric.rules import Level
    from case_audit.core.rubric.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedAudit:
    """One submitted audit, as the summary needs it.

    Attributes:
        number: The case's number in the round.
        stratum: Where it was drawn.
        answers: What was answered.
        grades: The standing grades at submission, by domain identifier and
            ``"overall"``; empty text where there is none.
        rules: The rule that decided each of them.
        because: The sentence that says why.
        computed: The computed grades, before the auditor overruled any.
        raises: The escalation that the rules asked for, by the same keys; empty
            text for none.
    """

    number: int
    stratum: str
    answers: Answers
    grades: Mapping[str, str]
    rules: Mapping[str, str]
    because: Mapping[str, str]
    computed: Mapping[str, str]
    raises: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawFacts:
    """How the cases came to be drawn.

    Attributes:
        name: Name of the round.
        kind: ``"live"`` or ``"practice"``.
        cohort: Whose cases.
        as_at: The date the frame describes, ISO.
        design: The kind of the design, as in its manifest.
        strata_by: The attributes that made the strata.
        seed: The seed, and
        seed_mode: how it was made.
        frame_digest: Fixes the frame.
        algorithm: Identifies the draw's formula.
        draw_number: 1 for the first draw from this frame.
        populations: Cases of the frame, by stratum.
        drawn: Cases drawn, by stratum.
        excluded: Cases left out before the draw, by rule.
        begun: Audits begun and not submitted.
        auditors: How many people submitted audits.
        weighting: The chances of the cases, where they differed by more than the
            stratum.
        purpose: ``"random"``, ``"targeted"``: then nothing is estimated, or
            ``"history"``: audits from before the program came, imported.
        stated: Of history, what is known of its draw, as the end of a sentence.
        stated_random: Whether that is that the cases were drawn at random.
        claim: What the record supports, in a sentence.
        unchosen: Whether that is that the cases could not have been chosen.
        fixed_utc: When everything but the seed was fixed; empty if it was not.
        redraw_reason: Why the same list was drawn from again.
        replaced: Cases replaced by reserves, by reason in words.
        out_of_scope: How many of them the list should not have held, by stratum;
            they stay in the sample, and no question applies to them.
        not_answered: How many of them nothing is known of, by stratum.
        planned: Cases the round was planned with; 0 if it was not extended.
        seen_before: Audits submitted when it was extended.
        read_twice: Cases that a second auditor submitted an audit of too.
    """

    name: str
    kind: str
    cohort: str
    as_at: str
    design: str
    strata_by: tuple[str, ...]
    seed: str
    seed_mode: str
    frame_digest: str
    algorithm: str
    draw_number: int
    populations: Mapping[str, int]
    drawn: Mapping[str, int]
    excluded: Mapping[str, int]
    begun: int
    auditors: int
    weighting: Weighting | None = None
    purpose: Literal["random", "targeted", "history"] = "random"
    stated: str = ""
    stated_random: bool = False
    claim: str = ""
    unchosen: bool = True
    fixed_utc: str = ""
    redraw_reason: str = ""
    replaced: Mapping[str, int] = field(default_factory=dict)
    out_of_scope: Mapping[str, int] = field(default_factory=dict)
    not_answered: Mapping[str, int] = field(default_factory=dict)
    planned: int = 0
    seen_before: int = 0
    read_twice: int = 0

    @property
    def imported(self) -> bool:
        """Whether the audits are from before the program came."""
        return self.purpose == "history"

    @property
    def why_no_estimate(self) -> str:
        """Why nothing found may be said of other cases; empty where it may."""
        if self.purpose == "targeted":
            return TARGETED
        if self.imported and not self.stated_random:
            return UNKNOWN_DRAW
        return ""


TARGETED = "these cases were picked for a reason"
"""Why a targeted round has counts and no estimate."""
UNKNOWN_DRAW = "how these cases were drawn is not known"
"""Why earlier audits have counts and no estimate."""
ABOUT_AUDITS = "it is about the audits alone"
"""Why a question about the audit itself has counts and no estimate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was found for an area, a domain or a criterion.

    Attributes:
        level: What the line is about.
        id: Its identifier.
        label: Its name.
        scale: The scale of its grades; ``None`` for what is answered in words,
            and for a level on which nothing is graded.
        counts: Cases by grade, best first, every grade of the scale, each apart.
        not_applicable: Cases it does not apply to.
        not_evidenced: Cases whose file does not show it.
        ungraded: Submitted cases without a grade here for another reason: a
            domain in which nothing could be graded.
        written: Cases in which it was answered in words.
        good_or_better: Share of the frame at the benchmark or better; ``None``
            where no estimate can be made, for the reason in ``why_not``.
        worst: Share of the frame at the scale's lowest grade, or ``None``.
        worst_at_most: Where no audited case is at the lowest grade: the bound
            for the sentence that no more than so many are.
        why_not: The reason there is no estimate, in words; empty otherwise.
        met: Cases at the benchmark or better by stratum, where an estimate is made
            from them; for comparing one line with another.
    """

    level: Literal["area", "domain", "criterion"]
    id: str
    label: str
    scale: Scale | None
    counts: Mapping[str, int]
    not_applicable: int
    not_evidenced: int
    ungraded: int
    written: int
    good_or_better: Share | None
    worst: Share | None
    worst_at_most: Share | None
    why_not: str
    met: tuple[StratumCount, ...] = ()

    @property
    def n(self) -> int:
        """Cases with a grade."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainLines:
    """A domain with its criteria."""

    line: Line
    criteria: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLines:
    """A judgement area with its domains; without a line where no file shows it."""

    area: JudgementArea
    line: Line | None
    domains: tuple[DomainLines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a framework's own bands make of a round, for a criterion or a domain.

    Attributes:
        id: The criterion or domain.
        level: Which of the two.
        grade: The rating, on the scale of the bands.
        hits: Cases that count, of
        n: the cases with a grade; both 0 for a domain.
        because: One sentence that says how it came about.
        share: The share of the frame that counts, of a criterion; ``None`` where
            no estimate can be made.
    """

    id: str
    level: Literal["domain", "criterion"]
    grade: str
    hits: int
    n: int
    because: str
    share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitedCase:
    """A case whose grade was decided by a limiting rule, or that has to be raised.

    Attributes:
        number: Its number in the round.
        grade: The standing grade.
        rule: The rule that decided, a limit or the roll-up.
        because: The sentence that says why.
        raises: The most urgent escalation that the rules ask for, on whatever
            level; empty for none.
    """

    number: int
    grade: str
    rule: str
    because: str
    raises: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """Where an auditor's grade stands against the computed one.

    Attributes:
        number: The case's number in the round.
        level: Whether it is about a domain or the case as a whole.
        subject: Label of the domain, or the case as a whole.
        computed: The computed grade.
        standing: The auditor's.
    """

    number: int
    level: Level
    subject: str
    computed: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """Cases that have something in common.

    Attributes:
        id: The criterion or flag.
        label: Its name.
        cases: Their numbers in the round, rising; at least one.
        more: How many cases there are besides, with higher numbers.
    """

    id: str
    label: str
    cases: tuple[int, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The self-assessment of one round.

    Attributes:
        facts: How the cases were drawn.
        rubric: What they were graded with.
        rubric_digest: Fixes its text.
        submitted: Audits submitted.
        areas: Every judgement area of the framework, in its order.
        limited: Cases decided by a limiting rule, or with an escalation to raise.
        answered_no: The cases in which a critical yes-or-no question was answered
            no, by question; questions without any are left out.
        ticked: The cases in which an auditor ticked a flag, by flag.
        overruled: Grades that an auditor overruled.
        ratings: What the framework's own bands make of the audited cases, where
            it has such bands; a domain after its criteria.
        limits: What the numbers cannot say, in sentences.
        limited_more: How many more cases a limiting rule decided than ``limited``
            lists.
        raised_more: How many more cases have to be raised than ``limited`` lists, by
            escalation; none is 0.
        overruled_more: How many more grades were overruled than ``overruled`` lists.
    """

    facts: DrawFacts
    rubric: Rubric
    rubric_digest: str
    submitted: int
    areas: tuple[AreaLines, ...]
    limited: tuple[LimitedCase, ...]
    answered_no: tuple[CaseList, ...]
    ticked: tuple[CaseList, ...]
    overruled: tuple[Overruled, ...]
    ratings: tuple[Rating, ...]
    limits: tuple[str, ...]
    limited_more: int = 0
    raised_more: Mapping[str, int] = field(default_factory=dict)
    overruled_more: int = 0

    @property
    def population(self) -> int:
        """Cases in the frame."""
        return sum(self.facts.populations.values())

    @property
    def drawn(self) -> int:
        """Cases drawn."""
        return sum(self.facts.drawn.values())
