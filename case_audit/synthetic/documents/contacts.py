"""The contact sheet: numbers to ring, which decide nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from faker import Faker

from case_audit.synthetic.pages import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.synthetic.pages import Page
    from case_audit.synthetic.story import Story

LANDLINE, MOBILE = "01632 960###", "07700 900###"
"""Ranges that the regulator keeps for drama: they ring nowhere."""


@cache
def _decorator() -> Faker:
    """Return the one instance; making it costs more than using it."""
    return Faker("en_GB", use_weighting=False)


def contacts(story: Story) -> Iterator[Page]:
    """Yield the sheet of telephone numbers at the front of the file."""
    referral = story.case.course.referral
    if referral is None:
        return
    page = note(story, "CON", "contacts", referral, "Contact sheet", delay=0)
    fake = _decorator()
    fake.seed_instance(f"{story.case.child.unit}/contacts")
    page.say(f"Home: {fake.numerify(MOBILE)}. Leave no messages about the family.")
    page.say(
        f"School or nursery: {fake.numerify(LANDLINE)}. "
        f"Health: {fake.numerify(LANDLINE)}. Out of hours: {fake.numerify(LANDLINE)}."
    )
    yield page
