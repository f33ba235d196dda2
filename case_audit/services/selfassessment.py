"""What we know from a round, and how we know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import OVERALL
from case_audit.core.estimates.from_manifest import is_weighted, weighting_of
from case_audit.core.frame.model import ALL
from case_audit.core.rubric.canonical import rubric_from_text
from case_audit.core.sample.claim import claim
from case_audit.core.sample.history import read_history
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.manifest_head import head_from_text
from case_audit.core.sample.replacement import REASONS, account
from case_audit.core.sample.round import HISTORY
from case_audit.core.selfassessment.compose import compose_counted
from case_audit.core.selfassessment.model import DrawFacts
from case_audit.errors import NoRoundsError, UnknownRoundError
from case_audit.services import counts
from case_audit.services.named_cases import NamedCases
from case_audit.services.submitted import read_submitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.estimates.weighted import Weighting
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.round import RoundHead
    from case_audit.core.selfassessment.model import SubmittedAudit, Summary
    from case_audit.services.counts import Recount
    from case_audit.services.database import Database
    from case_audit.store.counts import Counted
    from case_audit.store.unit_of_work import UnitOfWork


def summarise(database: Database, name: str | None = None) -> Summary:
    """Return the self-assessment of one round, from its kept counts.

    What has not been counted yet is counted first: audits of an older release, or
    that came from a file. Of the cases that are named, the first of each kind are
    read, and the others are counted.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    one = chosen(database, name)
    counts.complete(database, one)
    with database.read() as uow:
        rubric = rubric_from_text(uow.lists.rubric_text(one.rubric_digest))
        counted = uow.counts.of_round(one.id)
        facts = _facts(uow, one, counted)
        return compose_counted(
            rubric,
            digest=one.rubric_digest,
            facts=facts,
            found=counted.found,
            cases=NamedCases(uow.counts, one, rubric, counted.found).lists(),
            values=uow.counts.values(one.id) if facts.weighting else None,
        )


def recount(database: Database, name: str | None = None) -> Recount:
    """Read every submitted audit of a round and compare what is kept of it.

    Args:
        database: Where the round is.
        name: Its name; the newest round without one.

    Returns:
        What was wrong. It is put right.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    return counts.recount(database, chosen(database, name))


def chosen(database: Database, name: str | None) -> RoundHead:
    """Return the round with a name, or the newest one.

    Raises:
        UnknownRoundError: If there is no such round.
        NoRoundsError: If none was drawn yet.
    """
    with database.read() as uow:
        rounds = [one for one, _ in uow.lists.rounds()]
    if name is None and not rounds:
        raise NoRoundsError
    for one in rounds:
        if name in (None, one.name):
            return one
    raise UnknownRoundError(name or "", known=[one.name for one in rounds])


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
    one = chosen(database, name)
    counts.complete(database, one)
    with database.read() as uow:
        scale = rubric_from_text(uow.lists.rubric_text(one.rubric_digest)).overall_scale
        found = uow.counts.of_round(one.id).found
    graded: dict[str, tuple[int, int]] = {}
    for (stratum, grade), cases in found.by_stratum("overall", OVERALL).items():
        if grade in scale.ids:
            good, n = graded.get(stratum, (0, 0))
            good += cases if scale.at_benchmark_or_better(grade) else 0
            graded[stratum] = (good, n + cases)
    return OverallGrades(graded=graded)


def submitted_audits(
    uow: UnitOfWork, one: RoundHead, rubric: Rubric
) -> list[SubmittedAudit]:
    """Return the submitted audits of the standing cases of a round, by number.

    With all their answers, so it grows with them; a summary needs only the counts.

    Args:
        uow: Open unit of work; only read from.
        one: The round.
        rubric: What its cases were graded with.
    """
    audits = read_submitted(uow, one, rubric, uow.outcomes.submitted(one.id))
    return [audit for _, case, audit in audits if case.stands]


def _facts(uow: UnitOfWork, one: RoundHead, counted: Counted) -> DrawFacts:
    if one.purpose == HISTORY:
        return _history_facts(uow, one, counted)
    head = head_from_text(uow.counts.head(one.id))
    manifest, plain = head.manifest, head.manifest.plain
    became, said = account(plain), claim(plain)
    means = {reason.key: reason.label for reason in REASONS}
    grown = plain.get("extensions", ())
    return DrawFacts(
        name=one.name,
        kind=uow.lists.kind(),
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
        drawn={s["name"]: head.standing.get(s["name"], 0) for s in plain["strata"]},
        excluded={e["rule"]: e["count"] for e in plain["exclusions"]},
        begun=counted.begun,
        auditors=counted.auditors,
        weighting=_weighting(uow, one) if is_weighted(manifest) else None,
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
        read_twice=uow.counts.read_twice(one.id),
    )


def _history_facts(uow: UnitOfWork, one: RoundHead, counted: Counted) -> DrawFacts:
    """Return what is known of audits from before the program came."""
    known = read_history(uow.counts.manifest(one.id))
    cases = len(uow.counts.numbers(one.id))
    return DrawFacts(
        name=one.name,
        kind=uow.lists.kind(),
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
        begun=counted.begun,
        auditors=counted.auditors,
        purpose=HISTORY,
        stated=known.how_drawn,
        stated_random=known.at_random,
    )


def _weighting(uow: UnitOfWork, one: RoundHead) -> Weighting | None:
    manifest = read_manifest(uow.counts.manifest(one.id))
    return weighting_of(manifest, uow.counts.numbers(one.id))
