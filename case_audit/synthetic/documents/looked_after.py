"""What only the file of a child in care holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.care import make_care
from case_audit.synthetic.days import at_work, in_words
from case_audit.synthetic.pages import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story


def beginning(story: Story) -> Iterator[Page]:
    """Yield how the child came to where they live."""
    pen = story.pen
    care = make_care(story.seed, story.case, as_at=story.as_at)
    day = min(max(care.placement_start, story.since) + 2, story.last)
    page = note(story, "PLC", "placement", day, "Where the child lives", delay=1)
    page.say(pen.say("begin.text", day=day))
    if care.legal_start <= day:
        page.say(pen.say("begin.legal", day=day))
    else:
        interim = {"interim": in_words(story.since)}
        page.say(pen.say("begin.legal.interim", day=day, slots=interim))
    yield page


def care_plan(story: Story) -> Iterator[Page]:
    """Yield the care plan as it was last written."""
    pen = story.pen
    day = at_work(max(story.since + 12, story.last - 120))
    if day > story.last:
        return
    page = note(story, "PLN", "plan", day, "Care plan", delay=2)
    page.say(pen.say("care.plan", day=day))
    missing = story.has("C-PERM")
    page.say(pen.say("care.noperm" if missing else "care.perm", day=day))
    if story.has("P-VAGUE"):
        page.say(pen.say("plan.vague", day=day))
    elif story.has("P-SMART"):
        page.say(pen.say("plan.outcome", day=day), pen.say("plan.smart", day=day))
    if story.has("C-LIFE"):
        page.say(pen.say("care.nolife", day=day))
    elif "talks" in pen.facts:
        page.say(pen.say("care.life", day=day))
    silent = {"V-ABSENT", "V-GENERIC", "V-UNUSED"} & story.case.features
    if "talks" in pen.facts and not silent:
        page.say(pen.say("plan.voice", day=day))
    yield page


def reviews(story: Story) -> Iterator[Page]:
    """Yield the last reviews, and what the reviewing officer did between them."""
    pen = story.pen
    days = [d for d in story.case.course.reviews if story.window <= d <= story.last]
    for nth, day in enumerate(days):
        page = note(
            story,
            "REV",
            "review",
            day,
            "Review of the care plan",
            author=pen.slots["iro"],
            role="Independent reviewing officer",
            delay=4,
        )
        joint = story.has("M-JOINT") and nth == 0
        page.say(
            pen.say("iro.review.joint" if joint else "iro.review", day=day, nth=nth)
        )
        _decide(story, page, day, nth)
        yield page
    between = at_work(story.last - 25)
    if days and days[-1] < between - 10:
        page = note(
            story,
            "IRO",
            "review",
            between,
            "Between reviews",
            author=pen.slots["iro"],
            role="Independent reviewing officer",
            delay=0,
        )
        page.say(pen.say("iro.none" if story.has("C-IRO") else "iro.note", day=between))
        yield page


def _decide(story: Story, page: Page, day: int, nth: int) -> None:
    pen, facts = story.pen, {story.phase(day)}
    if day == story.case.course.reviews[0]:
        facts.add("first")
    last_one = day == max(story.case.course.reviews)
    if story.has("V-SPOKEN"):
        page.say(pen.say("conference.voice.spoken", day=day, nth=nth))
    page.say(pen.say("care.news", day=day, nth=nth, facts=facts))
    if story.has("V-UNUSED"):
        page.say(pen.say("plan.voice.unused", day=day))
    if story.has("T-DRIFT") and day != story.case.course.reviews[0]:
        page.say(pen.say("iro.drift", day=day, nth=nth))
        return
    key = "iro.prog" if story.has("T-PROG") else "iro.escal"
    shown = last_one and (story.has("T-PROG") or story.has("T-ESCAL"))
    page.say(
        pen.say("iro.decide", day=day, nth=nth, facts=facts),
        pen.say(key, day=day) if shown else None,
    )
    if story.has("V-IMPACT") and last_one:
        page.say(pen.say("plan.impact", day=day))


def schooling(story: Story) -> Iterator[Page]:
    """Yield the education plan of a child of school age."""
    day = at_work(story.last - 58)
    if "school" not in story.pen.facts or day < max(story.since + 15, story.window):
        return
    page = note(
        story,
        "PEP",
        "education_plan",
        day,
        "Personal education plan",
        author=story.pen.slots["teacher"],
        role="Designated teacher",
        delay=1,
    )
    page.say(story.pen.say("pep.old" if story.has("C-PEP") else "pep.text", day=day))
    yield page


def notes(story: Story) -> Iterator[Page]:
    """Yield health assessment, the carer's notes and a note on family time."""
    plan = (
        (
            "HEA",
            "partner_report",
            "health.text",
            "Health assessment",
            90,
            "clinician",
            "Nurse",
        ),
        ("FCR", "partner_report", "foster.report", "Carer's notes", 20, "fc", "Carer"),
        (
            "FAM",
            "family_time",
            "time.report",
            "Family time",
            33,
            "contact_worker",
            "Contact worker",
        ),
    )
    for prefix, kind, key, title, back, who, role in plan:
        day = at_work(story.last - back)
        if day < max(story.since + 20, story.window) or not story.pen.has(key):
            continue
        author = story.pen.slots[who]
        page = note(story, prefix, kind, day, title, author=author, role=role, delay=1)
        page.say(story.pen.say(key, day=day))
        yield page
