"""``case-audit rubric whatif``: overall grades as they once followed."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import Json, library, say, say_json, say_table, tell
from case_audit.errors.base import shown
from case_audit.reports.overall_words import (
    INDICATIVE,
    LEFT,
    support_plain,
    support_text,
    words,
)
from case_audit.reports.wording import long_date, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.overall import Answer, OverallRules
    from case_audit.core.rubric.scale import Scale


def whatif(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME@VERSION", help="A framework, as ilacs@2018."),
    ],
    grades: Annotated[
        Path | None,
        typer.Argument(
            metavar="GRADES.csv",
            help="A file of published grades, one report a row.",
            dir_okay=False,
        ),
    ] = None,
    *,
    grade: Annotated[
        list[str] | None,
        typer.Option(
            "--grade",
            "-g",
            metavar="JUDGEMENT=GRADE",
            help="Instead of a file: one judgement. Repeat it.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Say which overall grade followed from such judgements, as an indication.

    Ofsted judged the whole and added nothing up. The rules were counted on published
    reports, and each answer comes with its counts.

    \b
    Examples:
      case-audit rubric whatif ilacs@2018 grades.csv
      case-audit rubric whatif ilacs@2018 -g leaders=good -g in_care=good \\
        -g help_and_protection="requires improvement"
    """
    from case_audit.exchange.overall_file import overall_rules
    from case_audit.services.overall import whatif_file

    if grades is not None and not grades.exists():
        raise typer.BadParameter(_no_file(str(grades)), param_hint="GRADES.csv")
    if (grades is None) == (not grade):
        message = "name a file of grades, or the grades with --grade"
        raise typer.BadParameter(message, param_hint="GRADES")
    if grades is not None:
        rules, answers = whatif_file(library(), name, grades)
    else:
        rules = overall_rules(library(), name)
        answers = [_typed(rules, grade or [])]
    if json:
        say_json([_plain(answer, rules.scale) for answer in answers])
        tell(INDICATIVE)
        return
    if grades is None:
        _say_one(rules, answers[0])
    else:
        _say_reports(rules, answers)
    say(
        f"Counted on {rules.reports} reports published "
        f"{long_date(rules.first.isoformat())} to {long_date(rules.last.isoformat())}."
    )
    say(INDICATIVE)


def _no_file(typed: str) -> str:
    if "=" in typed:
        return f"put -g before each judgement: -g {shown(typed)}"
    return (
        f"there is no file {shown(typed)}; a judgement is named with its grade, as in "
        "-g leaders=good"
    )


def _typed(rules: OverallRules, typed: Sequence[str]) -> Answer:
    """Return the answer for grades from the command line."""
    from case_audit.core.rubric.overall import Report, answer
    from case_audit.exchange.grades_csv import column_name, grade_words, read_grade

    columns = {name: j.column for j in rules.judgements for name in (j.column, *j.also)}
    known_grades = grade_words(rules.scale)
    judgements: dict[str, str] = {}
    for text in typed:
        judgement, _, value = text.partition("=")
        column = columns.get(column_name(judgement))
        found = read_grade(value, known_grades)
        if column is None:
            known = ", ".join(j.column for j in rules.judgements)
            message = f"there is no judgement {shown(judgement)!r}; there are {known}"
            raise typer.BadParameter(message, param_hint="--grade")
        if column in judgements:
            message = f"{column}: name each judgement once"
            raise typer.BadParameter(message, param_hint="--grade")
        if not found:
            known = ", ".join(words(g) for g in rules.scale.ids)
            message = f"{column}: the grade must be one of {known}"
            raise typer.BadParameter(message, param_hint="--grade")
        judgements[column] = found
    return answer(rules, Report(judgements=judgements))


def _plain(answer: Answer, scale: Scale) -> dict[str, object]:
    report, decision = answer.report, answer.decision
    return {
        "row": report.row,
        "urn": report.urn,
        "local_authority": report.authority,
        "framework": report.framework,
        "judgements": {c: words(g) for c, g in report.judgements.items()},
        "overall": words(decision.overall) or None,
        "rule": decision.rule,
        "because": decision.because,
        "support": support_plain(decision.support, scale),
        "published_overall": words(report.overall) or None,
        "agrees": answer.agrees,
        "indicative": True,
    }


def _say_one(rules: OverallRules, answer: Answer) -> None:
    decision = answer.decision
    if not decision.rule:
        say(f"{rules.framework}: no answer. {decision.because}")
        return
    say(f"{rules.framework}, what if: {words(decision.overall) or LEFT}")
    say(fill(decision.because, 80))
    support = support_text(decision.support, rules.scale)
    say(f"Rule {decision.rule}, published reports: {support}")


def _say_reports(rules: OverallRules, answers: Sequence[Answer]) -> None:
    """Print the reports of the framework, the rules, and how often they agree."""
    ours = [a for a in answers if _is_ours(rules, a)]
    say_table(
        (
            "row",
            "urn",
            *(j.short for j in rules.judgements),
            "what if",
            "published",
            "rule",
        ),
        [_line(rules, answer) for answer in ours],
    )
    say("")
    _say_rules(rules, ours)
    say("")
    for line in _without_answer(ours):
        say(line)
    if others := len(answers) - len(ours):
        say(f"Of another framework: {others} of {len(answers)} rows.")
    compared = [a.agrees for a in ours if a.agrees is not None]
    of = plural(len(compared), "report")
    say(f"The same as the published overall grade: {sum(compared)} of {of}.")
    left = sum(bool(a.decision.rule) and not a.decision.overall for a in ours)
    if left:
        say(f"{LEFT.capitalize()}: {plural(left, 'report')}.")


def _without_answer(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield why rows have no answer, each reason with its rows."""
    rows: dict[str, list[str]] = {}
    for answer in answers:
        if not answer.decision.rule:
            rows.setdefault(answer.decision.because, []).append(str(answer.report.row))
    for why, numbers in rows.items():
        text = (
            f"No answer for {plural(len(numbers), 'row')}: {', '.join(numbers)}. {why}"
        )
        yield fill(text, 80)


def _is_ours(rules: OverallRules, answer: Answer) -> bool:
    framework = answer.report.framework
    return not framework or rules.is_named(framework)


def _line(rules: OverallRules, answer: Answer) -> tuple[str, ...]:
    report, decision = answer.report, answer.decision
    given = [report.judgements.get(j.column, "") for j in rules.judgements]
    shown = decision.overall or ("left" if decision.rule else "")
    return (
        str(report.row),
        report.urn,
        *(_short(rules, grade) for grade in given),
        _short(rules, shown),
        _short(rules, report.overall),
        decision.rule or "no answer",
    )


def _say_rules(rules: OverallRules, answers: Sequence[Answer]) -> None:
    from case_audit.core.rubric.overall import counted

    here = counted(answers)
    say_table(
        ("rule", "what if", "published reports it was counted on", "in this file"),
        [
            (
                rule.id,
                words(rule.overall) or LEFT,
                support_text(rule.support, rules.scale),
                support_text(here.get(rule.id, {}), rules.scale),
            )
            for rule in rules.rules
        ],
    )


def _short(rules: OverallRules, grade: str) -> str:
    known = {g.id: g.short for g in rules.scale.grades}
    return known.get(grade, grade or "-")
