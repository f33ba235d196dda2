"""What we know from a round, and how we know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import computed_from_text
from case_audit.core.audit.model import SUBMITTED, with_unasked
from case_audit.core.estimates.from_manifest import weighting_of
from case_audit.core.frame.model import ALL
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.sample.claim import claim
from case_audit.core.sample.history import read_history
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.replacement import REASONS, account
from case_audit.core.sample.round import HISTORY
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import DrawFacts, SubmittedAudit
from case_audit.errors import NoRoundsError
from case_audit.exchange.case_fields import case_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.audit.model import Answers, Audit
    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import Case, Round
    from case_audit.core.selfassessment.model import Summary
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


def summarise(database: Database, name: str | None = None) -> Summary:
    """Return the self-assessment of one round.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    with database.read() as uow:
        rounds = uow.rounds.rounds()
        if name is None and not rounds:
            raise NoRoundsError
        one = uow.rounds.named(name) if name is not None else rounds[0]
        stands = {case.id for case in uow.rounds.cases(one.id) if case.stands}
        audits = [a for a in uow.audits.of_round(one.id) if a.case_id in stands]
        submitted = [audit for audit in audits if audit.state == SUBMITTED]
        rubric = rubric_from_text(uow.registry.rubric_text(one.rubric_digest))
        return compose(
            rubric,
            digest=one.rubric_digest,
            facts=_facts(uow, one, audits),
            audits=_submitted(uow, one, rubric, submitted),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallGrades:
    """How many cases of a round were good or better as a whole.

    Attributes:
        graded: Cases at the benchmark or better, and all with a grade, by stratum;
            strata without any are left out.
    """

    graded: Mapping[str, tuple[int, int]]

    @property
    def whole(self) -> tuple[int, int]:
        """The same for all strata together."""
        pairs = self.graded.values()
        return sum(good for good, _ in pairs), sum(n for _, n in pairs)


def overall_grades(database: Database, name: str) -> OverallGrades:
    """Count the grades of the cases of a round as a whole, by stratum.

    Raises:
        UnknownRoundError: If there is no such round.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        scale = rubric_from_text(
            uow.registry.rubric_text(one.rubric_digest)
        ).overall_scale
        stratum = {case.id: case.stratum for case in uow.rounds.cases(one.id)}
        graded: dict[str, tuple[int, int]] = {}
        for audit in uow.audits.of_round(one.id):
            if audit.state != SUBMITTED:
                continue
            grade = computed_from_text(audit.computed)["overall"].standing
            if grade in scale.ids:
                good, n = graded.get(stratum[audit.case_id], (0, 0))
                good += scale.at_benchmark_or_better(grade)
                graded[stratum[audit.case_id]] = (good, n + 1)
    return OverallGrades(graded=graded)


def submitted_audits(
    uow: UnitOfWork, one: Round, rubric: Rubric
) -> list[SubmittedAudit]:
    """Return the submitted audits of the standing cases of a round, by number.

    Args:
        uow: Open unit of work; only read from.
        one: The round.
        rubric: What its cases were graded with.
    """
    stands = {case.id for case in uow.rounds.cases(one.id) if case.stands}
    audits = [
        audit
        for audit in uow.audits.of_round(one.id)
        if audit.case_id in stands and audit.state == SUBMITTED
    ]
    return _submitted(uow, one, rubric, audits)


def _submitted(
    uow: UnitOfWork, one: Round, rubric: Rubric, audits: Sequence[Audit]
) -> list[SubmittedAudit]:
    by_id: Mapping[int, Case] = {case.id: case for case in uow.rounds.cases(one.id)}
    conditional = any(criterion.applies for criterion in rubric.criteria())
    answers = uow.audits.answers_of([audit.id for audit in audits])
    found = []
    for audit in audits:
        case = by_id[audit.case_id]
        computed = computed_from_text(audit.computed)
        given = answers[audit.id]
        if conditional and one.purpose != HISTORY:
            unit = uow.frames.unit(one.frame_id, case.unit)
            given = _unasked(rubric, one.cohort, unit, given)
        found.append(
            SubmittedAudit(
                number=case.number,
                stratum=case.stratum,
                answers=given,
                grades={key: c.standing for key, c in computed.items()},
                rules={key: c.rule for key, c in computed.items()},
                because={key: c.because for key, c in computed.items()},
                computed={key: c.grade for key, c in computed.items()},
                raises={key: c.raises for key, c in computed.items()},
            )
        )
    return found


def _unasked(rubric: Rubric, cohort: str, unit: FrameUnit, answers: Answers) -> Answers:
    """Return the answers with every criterion that did not apply marked so."""
    every = [c.id for d in rubric.domains_for(cohort) for c in d.criteria]
    known = case_values(cohort, unit.attributes)
    asked = {c.id for d in rubric.domains_for(cohort, known) for c in d.criteria}
    return with_unasked(answers, every, asked)


def _facts(uow: UnitOfWork, one: Round, audits: Sequence[Audit]) -> DrawFacts:
    if one.purpose == HISTORY:
        return _history_facts(uow, one, audits)
    manifest = read_manifest(one.manifest)
    plain = manifest.plain
    submitted = [audit for audit in audits if audit.state == SUBMITTED]
    became, said = account(plain), claim(plain)
    means = {reason.key: reason.label for reason in REASONS}
    grown = plain.get("extensions", ())
    return DrawFacts(
        name=one.name,
        kind=uow.registry.kind(),
        cohort=one.cohort,
        as_at=plain["frame"]["as_at"],
        design=manifest.design.kind,
        strata_by=manifest.design.strata,
        seed=manifest.seed,
        seed_mode=plain["seed_mode"],
        frame_digest=manifest.frame_digest,
        algorithm=plain["algorithm"],
        draw_number=plain["draw_number"],
        populations={s["name"]: s["population"] for s in plain["strata"]},
        drawn={s["name"]: became.standing.get(s["name"], 0) for s in plain["strata"]},
        excluded={e["rule"]: e["count"] for e in plain["exclusions"]},
        begun=len(audits) - len(submitted),
        auditors=len({audit.auditor for audit in submitted}),
        weighting=weighting_of(
            manifest, {case.unit: case.number for case in uow.rounds.cases(one.id)}
        ),
        purpose=one.purpose,
        claim=said.sentence,
        unchosen=said.unchosen,
        fixed_utc=str(plain.get("fixed", {}).get("at", "")),
        redraw_reason=str(plain.get("redraw_reason", "")),
        replaced={means[key]: n for key, n in became.replaced.items()},
        out_of_scope=became.out_of_scope,
        not_answered=became.not_answered,
        planned=manifest.design.size if grown else 0,
        seen_before=max((x["after_results"] for x in grown), default=0),
    )


def _history_facts(uow: UnitOfWork, one: Round, audits: Sequence[Audit]) -> DrawFacts:
    """Return what is known of audits from before the program came."""
    known = read_history(one.manifest)
    cases = len(uow.rounds.cases(one.id))
    return DrawFacts(
        name=one.name,
        kind=uow.registry.kind(),
        cohort=one.cohort,
        as_at=known.as_at,
        design="simple" if known.at_random else "unknown",
        strata_by=(),
        seed="",
        seed_mode="",
        frame_digest="",
        algorithm="",
        draw_number=1,
        populations={ALL: known.population or cases},
        drawn={ALL: cases},
        excluded={},
        begun=sum(audit.state != SUBMITTED for audit in audits),
        auditors=len({audit.auditor for audit in audits}),
        purpose=HISTORY,
        stated=known.how_drawn,
        stated_random=known.at_random,
    )
