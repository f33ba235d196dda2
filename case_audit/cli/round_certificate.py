"""``case-audit round certificate``: one page about a draw."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit import __version__
from case_audit.cli.common import database, say, say_json_text, tell, typed, write_text

if TYPE_CHECKING:
    from case_audit.core.sample.certificate import Certificate


class Form(StrEnum):
    """How the certificate is written."""

    HTML = "html"
    MARKDOWN = "md"
    TEXT = "text"
    JSON = "json"


def certificate(
    name: Annotated[str, typer.Argument(metavar="ROUND", help="As in `round list`.")],
    *,
    form: Annotated[
        Form | None,
        typer.Option("--format", "-f", help="html, md, text or json."),
    ] = None,
    with_units: Annotated[
        bool, typer.Option("--with-units", help="Name the cases by identifier.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to a file instead.")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Same as --format json.")
    ] = False,
) -> None:
    """Print one page about a draw, for the minutes and for whoever checks it.

    It holds the list's digest, the design, the seed with what it supports, how
    often was drawn, what was replaced, and how to check it. No child is named
    unless --with-units asks for it. Without --format, the ending of --out decides:
    .html, .md, .json; text otherwise. The HTML page prints on one sheet of A4:
    open it in a browser and print, or save as PDF.

    \\b
    Examples:
      case-audit round certificate "Spring 2026"
      case-audit round certificate "Spring 2026" --out certificate.html
    """
    from case_audit.services.certificate import certify

    chosen = Form.JSON if json else form or _by_ending(out)
    text = _written(certify(database(), typed(name)), chosen, with_units=with_units)
    if out is None:
        if chosen is Form.JSON:
            say_json_text(text)
        else:
            say(text.removesuffix("\n"))
        return
    write_text(out, text)
    named = (
        "It names cases: keep it with the case lists."
        if with_units
        else ("It names no child.")
    )
    tell(f"Written to {out}. {named}")


def _by_ending(out: Path | None) -> Form:
    endings = {".html": Form.HTML, ".md": Form.MARKDOWN, ".json": Form.JSON}
    return endings.get(out.suffix.lower(), Form.TEXT) if out else Form.TEXT


def _written(found: Certificate, form: Form, *, with_units: bool) -> str:
    from case_audit.reports.certificate_formats import (
        certificate_html,
        certificate_json,
        certificate_markdown,
        certificate_text,
    )

    if form is Form.HTML:
        return certificate_html(found, version=__version__, with_units=with_units)
    if form is Form.MARKDOWN:
        return certificate_markdown(found, with_units=with_units)
    if form is Form.JSON:
        return certificate_json(found, with_units=with_units) + "\n"
    return certificate_text(found, with_units=with_units)
