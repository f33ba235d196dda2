"""``case-audit rubric example``: a published result to learn from."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import Json, library, say, say_json
from case_audit.reports.overall_words import INDICATIVE, LEFT, support_plain, words
from case_audit.reports.wording import long_date

if TYPE_CHECKING:
    from datetime import date

    from case_audit.exchange.worked_example import Fact
    from case_audit.services.overall import OpenedExample


def example(
    name: Annotated[str, typer.Argument(help="The example: lancashire-2015.")],
    *,
    json: Json = False,
) -> None:
    """Print a published inspection result as a worked example for training.

    \b
    Example:
      case-audit rubric example lancashire-2015 | less
    """
    from case_audit.services.overall import open_example

    opened = open_example(library(), name)
    if json:
        say_json(_plain_example(opened))
        return
    _say_example(opened)


def _say_example(opened: OpenedExample) -> None:
    found, decision = opened.example, opened.decision
    say(fill(found.title, 80))
    first, last = found.inspected
    say(
        f"{found.framework}, inspected {_day(first)} to {_day(last)},\n"
        f"published {_day(found.published)}\n"
    )
    say("GRADES")
    for judgement, grade in (*found.grades.items(), ("overall", found.overall)):
        say(f"  {words(judgement).capitalize()}: {words(grade)}")
    for judgement, grade in found.beside.items():
        say(f"  {judgement} (judged apart): {words(grade)}")
    say(f"\nWHAT THE GRADES ADD UP TO: {words(decision.overall) or LEFT}")
    say(_indented(f"{decision.because} (rule {decision.rule})"))
    say(f"  {INDICATIVE}")
    say("\nWHAT INSPECTORS FOUND, by paragraph of the report")
    for fact in found.figures:
        say(_indented(f"{fact.says} ({_paragraphs(fact)})"))
    say("\nRECOMMENDATIONS, with the criteria that look at the same thing in a file")
    for item in found.recommendations:
        say(_indented(f"{item.number}. {item.says} ({_paragraphs(item)})"))
        known = [c for c in item.criteria if c in opened.criteria]
        for criterion in known:
            say(f"       {criterion:5} {opened.criteria[criterion]}")
        if not known:
            say("       no criterion in the rubrics at hand")
    say("")
    for line in found.source:
        say(fill(f"Source: {line}.", 80))


def _plain_example(opened: OpenedExample) -> dict[str, object]:
    found, decision = opened.example, opened.decision
    first, last = found.inspected
    return {
        "id": found.id,
        "title": found.title,
        "framework": found.framework,
        "inspected": {"from": first.isoformat(), "to": last.isoformat()},
        "published": found.published.isoformat(),
        "grades": {name: words(grade) for name, grade in found.grades.items()},
        "overall": words(found.overall),
        "judged_apart": {name: words(grade) for name, grade in found.beside.items()},
        "what_if": {
            "overall": words(decision.overall) or None,
            "rule": decision.rule,
            "because": decision.because,
            "support": support_plain(decision.support, opened.scale),
            "indicative": True,
        },
        "figures": [
            {"says": fact.says, "paragraphs": list(fact.paragraphs)}
            for fact in found.figures
        ],
        "recommendations": [
            {
                "number": item.number,
                "says": item.says,
                "paragraphs": list(item.paragraphs),
                "criteria": [
                    {"id": c, "label": opened.criteria.get(c, "")}
                    for c in item.criteria
                ],
            }
            for item in found.recommendations
        ],
        "source": list(found.source),
    }


def _indented(text: str) -> str:
    return fill(text, 80, initial_indent="  ", subsequent_indent="     ")


def _paragraphs(fact: Fact) -> str:
    if not fact.paragraphs:
        return "paragraph not noted"
    several = len(fact.paragraphs) > 1 or "-" in fact.paragraphs[0]
    return f"{'paragraphs' if several else 'paragraph'} {', '.join(fact.paragraphs)}"


def _day(day: date) -> str:
    return long_date(day.isoformat())
