"""Visits, direct work and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.cases import TALKS_FROM
from case_audit.synthetic.days import age_at, at_work, in_words
from case_audit.synthetic.pages import LATE, note
from case_audit.synthetic.story import age_words
from case_audit.synthetic.visits import GAP, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.bank import Said
    from case_audit.synthetic.model import Visit
    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

_LATE_ONES = (1, 3, 4)
_COPIED_ON = 2
_QUIET = 2
_A_LITTLE = 1.1


def visits(story: Story) -> Iterator[Page]:
    """Yield the notes of the visits within the window, made or tried."""
    previous: int | None = None
    for nth, visit in enumerate(story.case.visits):
        shown = story.window <= visit.day <= story.last
        if shown and visit.seen:
            yield _visit(story, visit, nth, previous)
        elif shown:
            page = note(story, "VIS", "visit", visit.day, "Visit, not seen", delay=1)
            page.say(story.pen.say("visit.noanswer", day=visit.day, nth=nth))
            yield page
        if visit.seen:
            previous = visit.day


def _visit(story: Story, visit: Visit, nth: int, previous: int | None) -> Page:
    late = story.has("R-LATE") and nth in _LATE_ONES
    room = story.as_at - visit.day > LATE + 4
    page = note(
        story,
        "VIS",
        "visit",
        visit.day,
        "Visit",
        delay=LATE + nth if late and room else None,
    )
    page.say(*_opening(story, visit, nth, previous))
    if late and room:
        page.plant("R-LATE")
    page.say(*_child(story, visit, nth))
    page.say(*_home(story, visit, nth))
    if story.has("R-COPY") and nth == _COPIED_ON:
        page.say(_copied(story, visit.day))
    page.say(_next(story, visit.day, nth))
    return page


def _opening(
    story: Story, visit: Visit, nth: int, previous: int | None
) -> Iterator[Said | None]:
    pen, day = story.pen, visit.day
    wide = 0.0 if previous is None else (day - previous) / STANDARD[story.cohort]
    last = in_words(previous, seen_from=day) if previous is not None else ""
    if wide > GAP and story.has("S-GAP"):
        yield pen.say("visit.gap", day=day, slots={"last": last})
    elif story.has("S-LATE1") and wide > _A_LITTLE:
        yield pen.say("visit.late", day=day)
    elif story.has("S-UNANN") and nth % 3 == 1:
        yield pen.say("visit.unannounced", day=day, nth=nth // 3)
        return
    if story.has("S-NOPURP"):
        yield pen.say("visit.routine", day=day, nth=nth)
    elif story.has("S-PURPOSE") and nth % 2 == 0:
        yield pen.say("visit.plan", day=day, nth=nth // 2)
    else:
        yield pen.say("visit.why", day=day, nth=nth)


def _child(story: Story, visit: Visit, nth: int) -> Iterator[Said | None]:
    pen, day = story.pen, visit.day
    facts = {story.phase(day)}
    if story.has("V-ABSENT"):
        yield pen.say("visit.absent", day=day, nth=nth)
        return
    talks = "talks" in pen.facts
    if story.has("V-WORDS") and visit.alone and nth % 2 == 0:
        yield pen.say("visit.words", day=day, nth=nth // 2, facts=facts)
        return
    if talks:
        how = "alone" if visit.alone else "together"
        how = "notalone" if story.has("S-NOTALONE") else how
        yield pen.say(f"visit.{how}", day=day, nth=nth)
    if story.has("V-GENERIC"):
        yield pen.say("visit.generic", day=day, nth=nth)
    elif not talks:
        yield pen.say("seen", day=day, nth=nth, facts=facts)
    else:
        yield pen.say("visit.said", day=day, nth=nth, facts=facts)


def _home(story: Story, visit: Visit, nth: int) -> Iterator[Said | None]:
    pen, day = story.pen, visit.day
    facts = {story.phase(day)}
    if story.cohort == "cic":
        yield pen.say("care.home", day=day, nth=nth)
        yield pen.say("care.news", day=day, nth=nth, facts=facts)
        return
    if nth % 3 != 1:
        yield pen.say("home", day=day, nth=nth, facts=facts)
    if nth % 3 != _QUIET:
        yield pen.say("carer", day=day, nth=nth, facts=facts)


def _next(story: Story, day: int, nth: int) -> Said:
    if story.has("S-NOPURP"):
        return story.pen.say("visit.next.thin", day=day, nth=nth)
    planned = at_work(day + STANDARD[story.cohort] - 2)
    when = in_words(planned, seen_from=day)
    return story.pen.say("visit.next", day=day, nth=nth, slots={"next": when})


def _copied(story: Story, day: int) -> Said:
    siblings = [c for c in story.case.family.children if c is not story.case.child]
    oldest = min(siblings, key=lambda child: child.born)
    age = age_at(oldest.born, day)
    slots = {"sib": oldest.first_name, "sibage": age_words(max(age, 0))}
    facts = {"sibtalks"} if age >= TALKS_FROM else set()
    return story.pen.say("copy", day=day, slots=slots, facts=facts)


def direct_work(story: Story) -> Iterator[Page]:
    """Yield a session of direct work, unless the child is never heard."""
    day = at_work(story.last - story.rng("direct").randint(16, 40))
    if day <= max(story.since + 5, story.window) or story.has("V-ABSENT"):
        return
    if story.has("V-GENERIC"):
        return
    pen, facts = story.pen, {story.phase(day)}
    page = note(story, "DIR", "direct_work", day, "Direct work")
    talks = "talks" in pen.facts
    tool = talks and story.has("V-TOOL") and pen.has("direct.tool")
    page.say(
        pen.say("direct.tool" if tool else "direct.plain", day=day, nth=4, facts=facts)
    )
    if story.has("V-UNUSED"):
        page.say(pen.say("direct.wish", day=day))
    yield page


def letter(story: Story) -> Iterator[Page]:
    """Yield a letter to the child, where one was written."""
    day = at_work(story.last - 12)
    if not story.has("R-CHILD") or day <= story.since:
        return
    page = note(story, "LET", "letter", day, "Letter to the child", delay=0)
    page.say(story.pen.say("letter", day=day))
    yield page
