"""``case-audit summary``: what we know and how we know it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    database,
    now,
    say,
    tell,
    typed,
    write_bytes,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.model import Document


class Format(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    WORD = "docx"
    WORKBOOK = "xlsx"
    CSV = "csv"


class Audience(StrEnum):
    """Who the summary is for."""

    INTERNAL = "internal"
    SHAREABLE = "shareable"


PAGES = (Format.TEXT, Format.JSON)
"""Formats of the numbers alone; the others are documents."""
FILES = (Format.WORD, Format.WORKBOOK)
"""Formats that only a file can hold."""
LONGEST_STEM = 60
MOST_FILES = 1000


def summary(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="ROUND", help="Name of the round; the newest if left out."
        ),
    ] = None,
    *,
    form: Annotated[
        Format,
        typer.Option("--format", "-f", help="text, json, md, html, docx, xlsx or csv."),
    ] = Format.TEXT,
    json: Annotated[
        bool, typer.Option("--json", help="Same as --format json.")
    ] = False,
    audience: Annotated[
        Audience,
        typer.Option(
            help="internal, or shareable: small numbers hidden, no single cases."
        ),
    ] = Audience.INTERNAL,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out",
            metavar="ID",
            help="Leave out a domain or criterion; refused where it must be shown. "
            "Can be given again.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to a file instead.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="OLDROUND",
            help="Set beside one earlier round: text and json show just that.",
        ),
    ] = None,
    crosswalk: Annotated[
        Path | None,
        typer.Option(
            help="The crosswalk from an earlier rubric to this one's; text and json "
            "need --against too.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    recount: Annotated[
        bool,
        typer.Option(
            "--recount", help="Count every audit of the round anew; print no summary."
        ),
    ] = False,
) -> None:
    """Print the self-assessment of a round.

    For the judgement area, every domain and every criterion: the cases at each
    grade, each grade apart; how many there are; the share of all cases in the
    frame at good or better, with its 95% interval; which cases a limiting rule
    decided; and what the numbers cannot say. Under ILACS from April 2026 there
    is no overall effectiveness grade, so none is printed.

    Only submitted audits count. Their counts are kept as they are submitted, so a
    summary is quick however many there are; --recount reads every audit again,
    compares, and puts right what differs. It ends with 3 if a count was wrong.

    Of the cases that are named one by one, the first 20 of a kind are listed and
    the others counted.

    As md, html, docx or xlsx it is a whole document under the three questions
    that Ofsted asks: strengths and what needs to improve, each sentence with
    its cases and those against it; teams and groups of children; change since
    earlier rounds; how we know it; plans; and an annex to check every number.
    csv has its tables. A docx or xlsx without --out is named after the round.

    Nothing graded inadequate can be left out.

    With --against, the criteria of two rounds are printed side by side: both
    shares with n and interval, and "higher" or "lower" only where the share
    changed by more than chance would show. Criteria that read the same are
    compared; across a change of rubric a crosswalk says which others may be. A
    document compares with that round alone, or without --against with all earlier
    ones, and carries those across that the crosswalk fits.

    \b
    Examples:
      case-audit summary
      case-audit summary --format html --out spring.html
      case-audit summary "Spring 2026" --format docx
      case-audit summary --format docx --audience shareable --out ofsted.docx
      case-audit summary --format md --leave-out mo8
      case-audit summary "Autumn 2026" --against "Spring 2026"
      case-audit summary --format docx --crosswalk our-look-0.3.yaml
      case-audit summary --json | jq '.areas[1].good_or_better'
    """
    form = Format.JSON if json else form
    round_name = None if name is None else typed(name)
    if recount:
        _recount(round_name)
        return
    old = None if against is None else typed(against)
    if form not in PAGES:
        _document(
            round_name,
            form=form,
            out=out,
            audience=audience,
            without=leave_out or (),
            beside=(old, crosswalk),
        )
        return
    if old is not None:
        text = _trend(round_name, against=old, crosswalk=crosswalk, form=form)
    elif crosswalk is not None:
        message = "needs --against, or a document: md, html, docx, xlsx or csv"
        raise typer.BadParameter(message, param_hint="--crosswalk")
    else:
        _refuse_on_pages(audience, leave_out)
        text = _summary(round_name, form=form)
    if out is None:
        say(text.removesuffix("\n"))
        return
    write_text(out, text)
    if against is None:
        tell(f"Written to {out}. It is internal: it speaks of single cases by number.")
    else:
        tell(f"Written to {out}. It is internal.")


def _refuse_on_pages(audience: Audience, leave_out: list[str] | None) -> None:
    documents = "md, html, docx, xlsx or csv"
    if audience is Audience.SHAREABLE:
        message = f"text and json are for the council itself; take {documents}"
        raise typer.BadParameter(message, param_hint="--audience")
    if leave_out:
        message = f"text and json show everything; take {documents}"
        raise typer.BadParameter(message, param_hint="--leave-out")


def _document(
    name: str | None,
    *,
    form: Format,
    out: Path | None,
    audience: Audience,
    without: Sequence[str],
    beside: tuple[str | None, Path | None],
) -> None:
    """Write the document of a round to a file, or print it."""
    from case_audit.services.report import Beside, self_assessment

    against, crosswalk = beside
    made = self_assessment(
        database(),
        name,
        _reader(audience),
        today=now().date(),
        without=without,
        beside=Beside(against=against or "", crosswalk=crosswalk),
    )
    if out is None and form in FILES:
        out = _free_name(made.title, form)
    if out is None:
        say(_as_text(made, form).removesuffix("\n"))
        return
    if form in FILES:
        write_bytes(out, _as_bytes(made, form))
    else:
        write_text(out, _as_text(made, form))
    if audience is Audience.INTERNAL:
        tell(f"Written to {out}. It is internal: it speaks of single cases by number.")
    else:
        tell(f"Written to {out}. Small numbers are hidden. Read it before you send it.")


def _reader(audience: Audience) -> Reader:
    if audience is Audience.INTERNAL:
        from case_audit.reports.document.audience import Internal

        return Internal()
    from case_audit.reports.document.shareable import Shareable

    return Shareable()


def _free_name(title: str, form: Format) -> Path:
    """Return a name after the round that no file here has."""
    words = "".join(c if c.isalnum() else " " for c in title.lower()).split()
    stem = "-".join(words)[:LONGEST_STEM]
    for number in range(1, MOST_FILES):
        path = Path(f"{stem}{'' if number == 1 else f'-{number}'}.{form.value}")
        if not path.exists():
            return path
    message = f"{stem}.{form.value} and its like are taken here; name a file"
    raise typer.BadParameter(message, param_hint="--out")


def _as_text(made: Document, form: Format) -> str:
    if form is Format.MARKDOWN:
        from case_audit.reports.document.markdown import document_markdown

        return document_markdown(made)
    if form is Format.HTML:
        from case_audit.reports.document.html import document_html

        return document_html(made)
    from case_audit.reports.document.figures import document_csv

    return document_csv(made)


def _as_bytes(made: Document, form: Format) -> bytes:
    if form is Format.WORD:
        from case_audit.reports.document.word import document_docx

        return document_docx(made, made=now())
    from case_audit.reports.document.workbook import document_xlsx

    return document_xlsx(made, made=now())


def _recount(name: str | None) -> None:
    from case_audit.errors import ExitCode
    from case_audit.reports.wording import plural
    from case_audit.services.selfassessment import recount

    found = recount(database(), name)
    audits = plural(found.audits, "submitted audit was", "submitted audits were")
    say(f"{found.round}: {audits} read again.")
    if found.waiting:
        say(f"{found.waiting} of them had not been counted yet. They are now.")
    if found.right:
        say("Everything that was counted is right.")
        return
    audits = plural(found.wrong_audits, "audit")
    counts = plural(found.wrong_counts, "kept count was", "kept counts were")
    say(
        f"{audits} had been counted wrongly, and {counts} wrong. All were counted anew."
    )
    raise typer.Exit(int(ExitCode.DIFFERENT))


def _summary(name: str | None, *, form: Format) -> str:
    if form is Format.JSON:
        from case_audit.reports.report_json import report_json
        from case_audit.services.report import report

        return report_json(report(database(), name, today=now().date())) + "\n"
    from case_audit.reports.summary_text import summary_text
    from case_audit.services.selfassessment import summarise

    return summary_text(summarise(database(), name))


def _trend(
    name: str | None, *, against: str, crosswalk: Path | None, form: Format
) -> str:
    from case_audit.reports.trend_json import trend_json
    from case_audit.reports.trend_text import trend_text
    from case_audit.services.trend import trend_of

    found = trend_of(database(), name, against=against, crosswalk=crosswalk)
    if form is Format.JSON:
        return trend_json(found) + "\n"
    return trend_text(found)
