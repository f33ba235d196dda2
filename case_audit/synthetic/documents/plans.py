"""Plans and what becomes of them: plan, update, meetings, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.days import at_work, in_words, plus_working
from case_audit.synthetic.pages import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.bank import Said
    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

_ACTIONS = 3
_SLOW = 105
_TITLES = {
    "cin": "Child in need plan",
    "cp": "Child protection plan",
    "cic": "Care plan",
}


def task(story: Story, day: int, nth: int) -> str:
    """Return who does what, as a clause that begins with a capital."""
    text = story.pen.say("action", day=day, nth=nth).text
    return text[0].upper() + text[1:]


def plan(story: Story) -> Iterator[Page]:
    """Yield the plan for a child at home, as it was last written."""
    if story.cohort == "cic":
        return
    day = plus_working(story.since, 3 if story.cohort == "cin" else 0)
    if day > story.last:
        return
    pen = story.pen
    page = note(story, "PLN", "plan", day, _TITLES[story.cohort], delay=1)
    smart = pen.say("plan.smart", day=day) if story.has("P-SMART") else None
    if story.has("P-VAGUE"):
        page.say(pen.say("plan.vague", day=day))
    else:
        page.say(pen.say("plan.outcome", day=day), smart)
        _actions(story, page, day)
    if story.has("P-TASKS"):
        page.say(pen.say("plan.tasks", day=day))
    if story.has("P-FAMILY"):
        page.say(pen.say("plan.family", day=day))
    _voice(story, page, day)
    _safety(story, page, day)
    yield page


def _actions(story: Story, page: Page, day: int) -> None:
    undated = story.has("P-NODATES")
    key = "plan.action.undated" if undated else "plan.action.dated"
    for nth in range(_ACTIONS):
        due = in_words(at_work(day + 12 + 11 * nth), seen_from=day)
        slots = {"task": task(story, day, nth), "due": due}
        page.say(story.pen.say(key, day=day, nth=nth, slots=slots))


def _voice(story: Story, page: Page, day: int) -> None:
    silent = {"V-ABSENT", "V-GENERIC", "V-UNUSED", "P-VAGUE"}
    if "talks" in story.pen.facts and not silent & story.case.features:
        page.say(story.pen.say("plan.voice", day=day))


def _safety(story: Story, page: Page, day: int) -> None:
    pen = story.pen
    if story.has("P-AGREEMENT"):
        page.say(pen.say("plan.agreement", day=day))
    elif not story.has("P-VAGUE"):
        page.say(pen.say("plan.safety", day=day))
    if story.has("P-CONTING"):
        page.say(pen.say("plan.conting", day=day))
    elif story.has("P-NOCONT"):
        page.say(pen.say("plan.nocont", day=day))


def update(story: Story) -> Iterator[Page]:
    """Yield the change of plan after an incident, if the plan was changed."""
    incident = story.case.course.incident
    if incident is None or story.has("P-STALE") or story.has("P-VAGUE"):
        return
    day = plus_working(incident[0], 3)
    if not max(story.window, story.since) <= day <= story.last:
        return
    page = note(story, "UPD", "plan_update", day, "Change of plan", delay=0)
    when = in_words(incident[0], seen_from=day)
    page.say(story.pen.say("update.text", day=day, slots={"incident": when}))
    yield page


def meetings(story: Story) -> Iterator[Page]:
    """Yield one or two meetings of those who carry out the plan."""
    if story.cohort == "cic" or story.case.course.end is not None:
        return
    cp = story.cohort == "cp"
    first = plus_working(story.since, 9)
    days = [first] if cp else []
    days += [at_work(story.last - 34)]
    for nth, day in enumerate(days):
        if not max(first, story.window) <= day <= story.last or day in days[:nth]:
            continue
        page = note(
            story,
            "MTG",
            "core_group" if cp else "meeting",
            day,
            "Core group" if cp else "Child in need meeting",
            delay=2,
        )
        facts = {story.phase(day)}
        if story.has("M-CORE") and cp:
            page.say(story.pen.say("review.present.thin", day=day, nth=nth))
        key = "core.text" if cp else "meeting.text"
        page.say(story.pen.say(key, day=day, nth=nth, facts=facts))
        yield page


def reviews(story: Story) -> Iterator[Page]:
    """Yield the reviews of the plan within the window."""
    if story.cohort == "cic":
        return
    cp = story.cohort == "cp"
    title = "Review child protection conference" if cp else "Child in need review"
    days = [
        day for day in story.case.course.reviews if story.window <= day <= story.last
    ]
    for nth, day in enumerate(days):
        chair = story.pen.slots["chair"] if cp else story.case.worker.manager
        page = note(
            story,
            "REV",
            "review",
            day,
            title,
            author=chair,
            role="Conference chair" if cp else "Team manager",
            delay=3,
        )
        _review(story, page, day, nth)
        yield page


def _review(story: Story, page: Page, day: int, nth: int) -> None:
    pen, facts = story.pen, {story.phase(day)}
    last_one = day == max(story.case.course.reviews)
    thin = story.has("M-CORE")
    page.say(
        pen.say("review.present.thin" if thin else "review.present", day=day, nth=nth)
    )
    if story.has("V-SPOKEN"):
        page.say(pen.say("conference.voice.spoken", day=day, nth=nth))
    look = None
    if not story.has("M-MISMATCH"):
        look = pen.say("review.look", day=day, nth=nth, facts=facts)
    page.say(look, _partners(story, day, nth))
    page.say(_slow(story, day) if last_one else None, _unused(story, day))
    if story.has("T-DRIFT") and day != story.case.course.reviews[0]:
        page.say(pen.say("review.drift", day=day, nth=nth))
        return
    page.say(
        pen.say("review.decide", day=day, nth=nth),
        pen.say("review.prog", day=day, slots={"start": in_words(story.since)})
        if story.has("T-PROG") and last_one
        else None,
        pen.say("review.escal", day=day) if story.has("T-ESCAL") and last_one else None,
    )
    if story.has("V-IMPACT") and last_one:
        page.say(pen.say("plan.impact", day=day))


def _partners(story: Story, day: int, nth: int) -> Said | None:
    if story.has("M-MISMATCH"):
        return story.pen.say("review.mismatch", day=day, nth=nth)
    if story.has("M-JOINT") and nth == 0:
        return story.pen.say("review.joint", day=day)
    return None


def _slow(story: Story, day: int) -> Said | None:
    late = story.has("T-SLOW") and day - story.since > _SLOW
    return story.pen.say("plan.slow", day=day) if late else None


def _unused(story: Story, day: int) -> Said | None:
    return (
        story.pen.say("plan.voice.unused", day=day) if story.has("V-UNUSED") else None
    )
