"""Chronology, and what other agencies send in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.care import make_care
from case_audit.synthetic.days import at_work, in_words
from case_audit.synthetic.pages import note
from case_audit.synthetic.story import source_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

_STALE = 62
_ORDERS = {"C2": "Care order made.", "E1": "Placement order made."}


def chronology(story: Story) -> Iterator[Page]:
    """Yield the chronology; with ``R-CHRON`` it stops two months too early."""
    stale = story.has("R-CHRON")
    until = story.last - _STALE if stale else story.last
    entries = [(day, text) for day, text in _events(story) if day <= until]
    if not entries:
        return
    day = at_work(max(entries[-1][0], until - story.rng("chronology").randint(1, 9)))
    day = max(day, entries[-1][0])
    page = note(story, "CHR", "chronology", day, "Chronology", delay=0)
    incident = story.case.course.incident
    for when, text in entries:
        page.say(f"{in_words(when)}. {text}")
        if story.has("P-STALE") and incident is not None and when == incident[0]:
            page.plant("P-STALE")
    if stale:
        slots = {"lastchron": in_words(day)}
        page.say(story.pen.say("chron.late", day=day, slots=slots))
    yield page


def _events(story: Story) -> list[tuple[int, str]]:
    course, pen = story.case.course, story.pen
    child = pen.slots["child"]
    events: list[tuple[int, str]] = []
    for nth, (day, source, was) in enumerate(course.history):
        kind = "Referral" if was else "Contact"
        key = "history" if day > story.case.child.born else "history.before"
        text = pen.say(key, day=day, nth=nth).text
        events.append((day, f"{kind} from {source_words(source)}. {text}"))
    plain = (
        (course.earlier_plan, "Earlier child protection plan ended."),
        (course.referral, f"Referral from {pen.slots['source']}."),
        (course.strategy, "Strategy discussion."),
        (course.assessed, "Assessment authorised."),
        (course.conference, f"Initial conference. Plan made: {pen.slots['category']}."),
        (course.care, f"{child} came into care."),
    )
    events += [(day, text) for day, text in plain if day is not None]
    events += _care_events(story)
    name = {"cp": "Review conference.", "cic": "Review of care plan."}
    events += [
        (day, name.get(story.cohort, "Review of plan.")) for day in course.reviews
    ]
    if course.incident is not None:
        day, source = course.incident
        slots = {"source": source_words(source)}
        events.append((day, pen.say("incident", day=day, slots=slots).text))
    seen = [v.day for v in story.case.visits if v.seen and v.day <= story.last]
    if seen:
        events.append((seen[-1], f"{child} seen by social worker."))
    return sorted(event for event in events if event[0] <= story.last)


def _care_events(story: Story) -> list[tuple[int, str]]:
    """Return the order of the court and the last move of a child in care."""
    start = story.case.course.care
    if start is None:
        return []
    care = make_care(story.seed, story.case, as_at=story.as_at)
    slots = story.pen.slots
    events = []
    if care.legal in _ORDERS and care.legal_start > start:
        events.append((care.legal_start, _ORDERS[care.legal]))
    if care.placement_start > start:
        moved = f"{slots['child']} moved to live with {slots['fc']}."
        counts = "Placement now counts as one for adoption."
        text = counts if care.placement.startswith("A") else moved
        events.append((care.placement_start, text))
    return events


def school_report(story: Story) -> Iterator[Page]:
    """Yield the report of the school, the nursery or the children's centre."""
    pen = story.pen
    day = at_work(story.last - story.rng("school").randint(24, 44))
    if day <= max(story.since, story.window):
        return
    phase = _heard(story, day)
    who = pen.slots["school_name"]
    page = note(
        story,
        "SCH",
        "partner_report",
        day,
        f"Report from {who}",
        author=pen.slots["teacher"],
        role="Designated safeguarding lead",
        delay=1,
    )
    page.say(pen.say("school", day=day, facts={phase}), pen.say("school.sign", day=day))
    if story.has("M-MISMATCH") and phase != "good":
        page.plant("M-MISMATCH")
    yield page


def health_report(story: Story) -> Iterator[Page]:
    """Yield the report of the agency that knows most about the worry."""
    pen = story.pen
    day = at_work(story.last - story.rng("health").randint(50, 75))
    if day <= max(story.since, story.window) or story.cohort == "cic":
        return
    who = pen.slots["reportwho"].removeprefix("the ")
    page = note(
        story,
        "REP",
        "partner_report",
        day,
        f"Report from the {who}",
        author=pen.slots["officer"] if who == "police" else pen.slots["clinician"],
        role=who[0].upper() + who[1:],
        delay=1,
    )
    page.say(pen.say("report", day=day, nth=1, facts={_heard(story, day)}))
    yield page


def _heard(story: Story, day: int) -> str:
    """Return what others see: with ``M-MISMATCH`` something is wrong."""
    return "bad" if story.has("M-MISMATCH") else story.phase(day)
