"""What managers write: supervision, decisions, escalation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from case_audit.synthetic.days import at_work, in_words
from case_audit.synthetic.pages import note
from case_audit.synthetic.visits import LOOK_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.bank import Said
    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

EVERY = {"cin": 42, "cp": 28, "cic": 63}
"""Days between supervisions of a case."""

GAP = 100
_APART = 10
_SEVERAL = 3
"""Days without supervision that count as a weakness."""


def supervision_days(story: Story) -> list[int]:
    """Return the days of supervision that a file holds, in order.

    With ``O-GAP`` there is one recent entry and then none for more than ``GAP``
    days; with ``O-BLIND`` there is one inside the gap between visits.
    """
    rng = story.rng("supervision")
    first = max(story.since + 10, story.last - LOOK_BACK[story.cohort] - GAP)
    day = story.last - rng.randint(4, 20)
    days: list[int] = []
    while day > first:
        days.append(at_work(day))
        wide = story.has("O-GAP") and len(days) == 1
        every = EVERY[story.cohort]
        day -= rng.randint(112, 150) if wide else rng.randint(every - 7, every + 3)
    if story.has("O-BLIND") and (blind := _blind_day(story)):
        days = [d for d in days if abs(d - blind) > _APART] + [blind]
    return sorted(set(days))


def _blind_day(story: Story) -> int | None:
    seen = [visit.day for visit in story.case.visits if visit.seen]
    pairs = pairwise(seen)
    start, end = max(pairs, key=lambda pair: pair[1] - pair[0], default=(0, 0))
    day = at_work(start + (end - start) * 3 // 4)
    return day if start < day < end and story.overdue(day) else None


def supervision(story: Story) -> Iterator[Page]:
    """Yield the supervision notes within the window."""
    days = supervision_days(story)
    for nth, day in enumerate(days):
        gap = day - days[nth - 1] if nth else 0
        if story.window <= day <= story.last:
            yield _note(story, day, nth, days[nth - 1] if gap > GAP else None)


def _note(story: Story, day: int, nth: int, before: int | None) -> Page:
    pen = story.pen
    page = note(
        story,
        "SUP",
        "supervision",
        day,
        "Supervision of the case",
        author=story.case.worker.manager,
        role="Team manager",
    )
    seen = [v.day for v in story.case.visits if v.seen and v.day <= day]
    slots = {
        "last": in_words(seen[-1], seen_from=day) if seen else "the referral",
        "nvisits": "last three" if len(seen) >= _SEVERAL else "latest",
        "lastsup": in_words(before, seen_from=day) if before else "",
    }
    if before and story.has("O-GAP"):
        page.say(pen.say("sup.gap", day=day, slots=slots))
    if story.has("O-NORAT"):
        page.say(pen.say("sup.norat", day=day, nth=nth), _visits(story, day, slots))
    else:
        phase = {story.phase(day)}
        page.say(
            pen.say("sup.look", day=day, nth=nth, facts=phase, slots=slots),
            _visits(story, day, slots),
        )
        page.say(pen.say("sup.decide", day=day, nth=nth))
    page.say(*_extra(story, day, nth))
    return page


def _visits(story: Story, day: int, slots: dict[str, str]) -> Said | None:
    pen = story.pen
    if story.visits_ok(day):
        return pen.say("sup.ontrack", day=day, facts={"visits_ok"})
    if not story.overdue(day):
        return None
    if story.has("O-BLIND"):
        return pen.say("sup.blind", day=day)
    return pen.say("sup.behind", day=day, slots=slots)


def _extra(story: Story, day: int, nth: int) -> Iterator[Said]:
    pen = story.pen
    if story.has("O-CARRY"):
        yield pen.say("sup.carry", day=day, nth=nth)
    elif not story.has("O-NORAT"):
        yield pen.say("sup.actions", day=day, nth=nth)
    if story.has("O-REFLECT") and nth % 2 == 0:
        yield pen.say("sup.reflect", day=day, nth=nth // 2)
    if story.has("O-CHALL") and nth % 4 == 1:
        yield pen.say("sup.chall", day=day, nth=nth // 4)


def decision(story: Story) -> Iterator[Page]:
    """Yield a manager's decision: to go on, or to close."""
    closed = story.case.course.end is not None
    day = story.last if closed else at_work(story.last - 48)
    if not closed and day < max(story.window, story.since + 20):
        return
    page = note(
        story,
        "DEC",
        "decision",
        day,
        "Manager's decision",
        author=story.case.worker.manager,
        role="Team manager",
        delay=0,
    )
    if closed:
        key = "decision.close"
    else:
        key = "decision.thin" if story.has("O-NORAT") else "decision.reason"
    page.say(story.pen.say(key, day=day))
    yield page


def escalation(story: Story) -> Iterator[Page]:
    """Yield a note on a disagreement taken further, where there was one."""
    day = at_work(story.last - 30)
    if not story.has("M-ESC") or day < max(story.since + 40, story.window):
        return
    page = note(
        story,
        "ESC",
        "decision",
        day,
        "Note on escalation",
        author=story.case.worker.manager,
        role="Team manager",
        delay=0,
    )
    page.say(story.pen.say("esc.text", day=day))
    yield page
