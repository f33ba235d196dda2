"""How a case begins: referral, strategy discussion, assessment, conference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.synthetic.days import at_work, in_words
from case_audit.synthetic.pages import note
from case_audit.synthetic.story import source_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.bank import Said
    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

_TELLING = 13
_TWICE = 20


def known_before(story: Story) -> str:
    """Return the earlier contacts as a phrase; empty if there were none."""
    parts = [
        f"{'a referral' if was else 'a contact'} from {source_words(source)} "
        f"in {in_words(day).split(' ', 1)[1]}"
        for day, source, was in story.case.course.history
    ]
    if story.case.course.earlier_plan is not None:
        month = in_words(story.case.course.earlier_plan).split(" ", 1)[1]
        parts.append(f"a child protection plan that ended in {month}")
    *others, last = parts or [""]
    return f"{', '.join(others)} and {last}" if others else last


def referral(story: Story) -> Iterator[Page]:
    """Yield the referral and, where nobody was told of the outcome, a note."""
    course, pen = story.case.course, story.pen
    day = course.referral or story.last
    author = pen.slots["frontman"].split(",")[0]
    page = note(
        story, "REF", "referral", day, "Referral", author=author, role="Front door"
    )
    page.say(f"Contact from {pen.slots['source']}.", pen.say("referral", day=day))
    known = known_before(story)
    page.say(
        pen.say(
            "history.some" if known else "history.none", day=day, slots={"known": known}
        ),
        pen.say("referral.consent", day=day),
    )
    nfa = story.case.journey == "referral_nfa"
    untold = story.has("M-NOFEED") and day + _TELLING <= story.last
    page.say(
        pen.say("referral.closed" if nfa else "referral.decide", day=day),
        None if untold else pen.say("referral.told", day=day),
    )
    yield page
    if untold:
        later = note(
            story,
            "MSG",
            "message",
            at_work(day + _TELLING),
            "Telephone message",
            author=author,
            role="Front door",
            delay=0,
        )
        later.say(pen.say("referral.untold", day=later.day))
        yield later


def strategy(story: Story) -> Iterator[Page]:
    """Yield the strategy discussion, if there was one."""
    course, pen = story.case.course, story.pen
    day = course.strategy
    if day is None:
        return
    page = note(
        story,
        "STR",
        "strategy_discussion",
        day,
        "Strategy discussion",
        author=story.case.worker.manager,
        role="Team manager",
    )
    alone, police = story.has("M-STRAT1"), story.has("M-STRAT2")
    who = "alone" if alone else "police" if police else "full"
    page.say(pen.say(f"strategy.{who}", day=day))
    page.say(pen.say("strategy.known.thin" if alone else "strategy.known", day=day))
    if course.conference is not None:
        outcome = "conference"
    else:
        outcome = "single" if course.care is None else "care"
    page.say(pen.say(f"strategy.{outcome}", day=day))
    yield page


def assessment(story: Story) -> Iterator[Page]:
    """Yield the assessment, if it has been authorised."""
    course, pen = story.case.course, story.pen
    day, start = course.assessed, course.referral
    if day is None or start is None:
        return
    page = note(story, "ASM", "assessment", day, "Child and family assessment", delay=0)
    slots = {"ref": in_words(start, seen_from=day), "known": known_before(story)}
    slots["times"] = "three" if day - start > _TWICE else "two"
    late = pen.say("assess.late", day=day) if "late" in pen.facts else None
    page.say(pen.say("assess.why", day=day, slots=slots), late)
    page.say(_history(story, day, slots), pen.say("assess.seen", day=day, slots=slots))
    page.say(_voice(story, day))
    page.say(_parents(story, day), _if(story, "A-BALANCE", "assess.balance", day))
    page.say(_identity(story, day))
    if story.has("A-LIST"):
        page.say(pen.say("assess.list", day=day))
    else:
        page.say(
            pen.say("assess.analysis", day=day),
            _if(story, "A-HYPO", "assess.hypo", day),
        )
    page.say(_outcome(story, day))
    yield page


def _if(story: Story, feature: str, key: str, day: int) -> Said | None:
    return story.pen.say(key, day=day) if story.has(feature) else None


def _history(story: Story, day: int, slots: dict[str, str]) -> Said:
    if story.has("A-HISTORY"):
        key = "assess.history.false"
    elif not slots["known"]:
        key = "assess.history.none"
    else:
        pattern = story.has("A-PATTERN")
        key = "assess.history.pattern" if pattern else "assess.history"
    return story.pen.say(key, day=day, slots=slots)


def _voice(story: Story, day: int) -> Said:
    if story.has("V-ABSENT"):
        key = "absent"
    elif story.has("V-GENERIC"):
        key = "generic"
    else:
        key = "talks" if "talks" in story.pen.facts else "young"
    return story.pen.say(f"assess.voice.{key}", day=day, nth=5, facts={"bad"})


def _parents(story: Story, day: int) -> Said:
    key = "assess.parent.optim" if story.has("A-OPTIM") else "assess.parent.two"
    return story.pen.say(key, day=day, facts={"bad"})


def _identity(story: Story, day: int) -> Said:
    key = {"I-BLANK": "blank", "I-TICK": "tick", "I-DEEP": "deep", "I-SPEC": "spec"}
    chosen = next((name for code, name in key.items() if story.has(code)), "plain")
    return story.pen.say(f"identity.{chosen}", day=day)


def _outcome(story: Story, day: int) -> Said:
    if story.case.journey == "assessed":
        return story.pen.say("assess.decide.close", day=day)
    if story.has("O-NORAT"):
        return story.pen.say("assess.decide.thin", day=day)
    return story.pen.say("assess.decide", day=day)


def conference(story: Story) -> Iterator[Page]:
    """Yield the minutes of the initial conference, if one was held."""
    day, pen = story.case.course.conference, story.pen
    if day is None:
        return
    page = note(
        story,
        "ICP",
        "conference",
        day,
        "Initial child protection conference",
        author=pen.slots["chair"],
        role="Conference chair",
        delay=2,
    )
    joint = story.has("M-JOINT")
    page.say(pen.say("conference.joint" if joint else "conference.present", day=day))
    if story.has("V-ABSENT"):
        page.say(pen.say("conference.voice.absent", day=day))
    elif story.has("V-SPOKEN"):
        page.say(pen.say("conference.voice.spoken", day=day))
    else:
        page.say(pen.say("conference.voice", day=day, facts={"bad"}))
    page.say(
        pen.say("conference.weigh", day=day), pen.say("conference.decide", day=day)
    )
    yield page
