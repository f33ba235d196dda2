"""What the numbers of a round cannot say, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.rubric.model import YES_NO
from case_audit.core.rubric.rules import MANUAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import DrawFacts
    from case_audit.core.selfassessment.tally import Tally

FEW = 10
"""Below this many cases a part of the frame is not spoken of by itself."""


def limits_of(rubric: Rubric, *, facts: DrawFacts, found: Tally) -> tuple[str, ...]:
    """Return the sentences that must stand beside the numbers.

    Args:
        rubric: What the cases were graded with.
        facts: How they were drawn.
        found: What the submitted audits found.
    """
    return (
        *_targeted(facts),
        *_imported(facts),
        *_coverage(rubric, facts, found),
        *_replaced(facts),
        *_design(rubric, facts),
        *_seed(facts),
        *_ungraded(rubric, found),
        *_kinds(rubric, facts.cohort),
        *_always(rubric, facts),
    )


def _targeted(facts: DrawFacts) -> Iterator[str]:
    if facts.purpose == "targeted":
        yield (
            "These cases were picked for their risks and not drawn at random. Nothing "
            "found in them may be inferred to other cases, and they are never added "
            "to a random round."
        )


def _imported(facts: DrawFacts) -> Iterator[str]:
    if not facts.imported:
        return
    yield (
        f"These are earlier audits, imported: {facts.stated}. Nothing here can show "
        "that the grades were given as they are given now."
    )
    if facts.why_no_estimate:
        yield "Nothing found in them may be inferred to other cases."


def _replaced(facts: DrawFacts) -> Iterator[str]:
    replaced, outside = sum(facts.replaced.values()), sum(facts.out_of_scope.values())
    if replaced:
        reasons = "; ".join(f"{n} because {why}" for why, n in facts.replaced.items())
        yield (
            f"{replaced} drawn cases were replaced by the next reserves in order "
            f"({reasons})."
        )
    if outside:
        yield (
            f"{outside} of them should not have been on the list. They count as cases "
            "to which nothing applies, so the shares are of those that belong there."
        )
    unknown, standing = sum(facts.not_answered.values()), sum(facts.drawn.values())
    if unknown:
        examined = unknown + standing
        yield (
            f"Nothing is known of {unknown} of {examined} cases that belong to the "
            f"list and were taken up ({unknown * 100 // examined}%). They are taken to "
            "be like the others; if they are not, the shares are off by as much."
        )
    if facts.planned:
        yield (
            f"{facts.planned} cases were planned, and the round was extended later. "
            + (
                f"Audits submitted by then: {facts.seen_before}. If it grew "
                "because of what they showed, the intervals hold less often than they "
                "say."
                if facts.seen_before
                else "No audit had been submitted by then."
            )
        )


def _coverage(rubric: Rubric, facts: DrawFacts, found: Tally) -> Iterator[str]:
    drawn = sum(facts.drawn.values())
    if missing := drawn - found.submitted:
        taken = (
            "The intervals take them to be like the audited ones; if the hardest files "
            "are left to the end, they are not."
            if _has_shares(rubric)
            else "If the hardest files are left to the end, they are missing here."
        )
        yield f"{missing} of {drawn} drawn cases are not audited yet. {taken}"
    few = [name for name in facts.populations if found.submitted_in(name) < FEW]
    if len(facts.populations) > 1 and few:
        yield (
            f"Nothing about one stratum alone: {len(few)} of {len(facts.populations)} "
            f"have fewer than {FEW} audited cases."
        )
    excluded = sum(facts.excluded.values())
    if excluded:
        rules = ", ".join(f"{rule}: {n}" for rule, n in facts.excluded.items())
        yield f"Nothing about the {excluded} cases left out before the draw ({rules})."


def _design(rubric: Rubric, facts: DrawFacts) -> Iterator[str]:
    """Say what the design keeps the intervals from knowing."""
    if not _has_shares(rubric):
        return
    if facts.design == "systematic":
        yield (
            "The cases were drawn at regular steps. The intervals treat them as drawn "
            "at random, which is on the safe side unless something in the order "
            "repeats itself at the same step."
        )
    if facts.weighting is None:
        return
    if facts.weighting.kind == "cluster":
        yield (
            f"Cases were drawn from {len(facts.weighting.used)} of "
            f"{facts.weighting.clusters_in_all} clusters. What is known of all cases "
            "rests on how many clusters there were, more than on how many cases."
        )
    else:
        yield (
            "Cases had different chances to be drawn, and count the more the smaller "
            "their chance was. So a share is not the part of the audited cases, and "
            "its interval rests on an approximation."
        )
        if facts.weighting.kind == "pps":
            yield (
                "A share from such a sample leans a little if large cases are graded "
                "otherwise than small ones: in trials by up to 1 point with 30 cases, "
                "and by 2 points with 12."
            )


def _seed(facts: DrawFacts) -> Iterator[str]:
    if facts.purpose != "random":
        return
    if facts.seed_mode == "machine":
        yield (
            "The seed is the computer's own. Anyone can repeat the draw, but only "
            "randomness made in public would show that it was not tried again "
            "until it pleased."
        )
    elif facts.seed_mode == "given":
        yield (
            "The seed was typed in as it is. Anyone can repeat the draw; how the "
            "seed was chosen is not on record."
        )
    elif facts.claim and not facts.unchosen:
        yield facts.claim
    if facts.draw_number > 1:
        why = f" (reason: {facts.redraw_reason})" if facts.redraw_reason else ""
        yield f"This is draw {facts.draw_number} from the same frame{why}."


def _ungraded(rubric: Rubric, found: Tally) -> Iterator[str]:
    if unseen := found.not_evidenced:
        judgements = "judgement was" if unseen == 1 else "judgements were"
        they = "It counts" if unseen == 1 else "They count"
        listed = "is" if unseen == 1 else "are"
        counted = (
            f"{they} as no grade at all, and {listed} listed beside the grades."
            if _has_shares(rubric)
            else "Each is counted beside what was written."
        )
        yield (
            f"{unseen} {judgements} left open because the file shows no evidence. "
            f"{counted}"
        )


def _has_shares(rubric: Rubric) -> bool:
    """Whether anything in the summary can have a share with an interval."""
    rules = rubric.rules
    levels = (rules.domain_rollup.kind, rules.overall_rollup.kind)
    return MANUAL in levels or any(not c.in_words for c in rubric.criteria())


def _kinds(rubric: Rubric, cohort: str) -> Iterator[str]:
    """Say what else the kinds of criterion and the rules cannot show."""
    asked = [c for domain in rubric.domains_for(cohort) for c in domain.criteria]
    if any(c.kind == YES_NO and not c.about_audit for c in asked):
        yield "A yes says that the file shows it, not how well it was done."
    if any(c.in_words for c in asked):
        yield (
            "Nothing of what was written in words: how many answers there are is "
            "counted here, what they say stands in each case."
        )
    if any(c.applies for c in asked):
        yield (
            "Some questions are asked of certain cases only. Every other case is "
            "counted as not applicable there."
        )
    if rubric.rules.across_cases:
        yield (
            "The framework's bands rate the audited cases as they are. Where an "
            "interval reaches into another band, another draw could have given "
            "another rating."
        )


def _always(rubric: Rubric, facts: DrawFacts) -> Iterator[str]:
    others = [
        area.short
        for area in rubric.framework.areas
        if area.id != rubric.area and area.graded_from_files
    ]
    if others:
        yield (
            f"Nothing about other judgement areas ({', '.join(others)}): each needs a "
            "round of its own."
        )
    for area in rubric.framework.areas:
        if not area.graded_from_files:
            yield (
                f"{area.short}: {area.label.lower()} cannot be graded from "
                "children's files."
            )
    if not facts.read_twice:
        yield (
            "No second auditor has read these cases, so how well graders agree is not "
            "known."
        )
    if _has_shares(rubric) and not facts.why_no_estimate:
        yield (
            "Each interval misses the true share about once in twenty; on a page with "
            "so many lines, expect a few that do."
        )
    yield "This is our own view from case audit; it is not an Ofsted judgement."
    if facts.kind == "practice":
        yield "Every child, family and worker here is invented."
