"""The certificate as HTML, Markdown, text and JSON."""

from __future__ import annotations

import json
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.reports.certificate import certificate_sections
from case_audit.reports.markdown import literal
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.sample.certificate import Certificate
    from case_audit.reports.certificate import Section

WIDTH = 79
LABEL = 28


def certificate_html(
    found: Certificate, *, version: str, with_units: bool = False
) -> str:
    """Return the certificate as one HTML page that prints on one sheet of A4.

    It holds no script and loads nothing.
    """
    import jinja2  # noqa: PLC0415 - only this page needs it

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = files("case_audit.reports") / "certificate.html.j2"
    page = environment.from_string(template.read_text("utf-8"))
    return page.render(
        name=one_line(found.name),
        practice=found.kind == "practice",
        sections=certificate_sections(found, with_units=with_units),
        units=with_units,
        version=version,
    )


def certificate_text(found: Certificate, *, with_units: bool = False) -> str:
    """Return the certificate as text of 79 columns."""
    lines = [f"Certificate of a draw: {one_line(found.name)}"]
    if found.kind == "practice":
        lines.append("Practice data")
    for section in certificate_sections(found, with_units=with_units):
        lines += ["", section.heading, *_text(section)]
    return "\n".join(lines) + "\n"


def _text(section: Section) -> Iterator[str]:
    for label, value in section.rows:
        first, *rest = wrap(value, WIDTH - LABEL - 2) or [""]
        yield f"  {label:<{LABEL - 2}}  {first}".rstrip()
        yield from (f"{'':{LABEL}}  {line}" for line in rest)
    if section.heads:
        table = (section.heads, *section.table)
        wide = [max(len(row[i]) for row in table) for i in range(len(section.heads))]
        for row in table:
            cells = [row[0].ljust(wide[0])]
            cells += [c.rjust(w) for c, w in zip(row[1:], wide[1:], strict=True)]
            yield ("  " + "  ".join(cells)).rstrip()
    yield from (f"  {command}" for command in section.commands)
    for sentence in section.after:
        yield from wrap(sentence, WIDTH, initial_indent="  ", subsequent_indent="  ")


def certificate_markdown(found: Certificate, *, with_units: bool = False) -> str:
    """Return the certificate as Markdown."""
    lines = [f"# Certificate of a draw: {literal(one_line(found.name))}"]
    if found.kind == "practice":
        lines += ["", "Practice data."]
    for section in certificate_sections(found, with_units=with_units):
        lines += ["", f"## {section.heading}", *_markdown(section)]
    return "\n".join(lines) + "\n"


def _markdown(section: Section) -> Iterator[str]:
    if section.rows:
        yield ""
        yield from (f"- {label}: {literal(value)}" for label, value in section.rows)
    if section.heads:
        yield ""
        yield f"| {' | '.join(section.heads)} |"
        yield f"| --- |{' ---: |' * (len(section.heads) - 1)}"
        for row in section.table:
            yield f"| {' | '.join(literal(cell) for cell in row)} |"
    if section.commands:
        yield from ("", "```sh", *section.commands, "```")
    for sentence in section.after:
        yield from ("", literal(sentence))


def certificate_json(found: Certificate, *, with_units: bool = False) -> str:
    """Return the certificate as JSON: what is on record, and what it supports."""
    named = {"drawn", "reserves", "replacements", "extensions", "exclusions"}
    plain: dict[str, object] = {
        key: value for key, value in found.plain.items() if key not in named
    }
    account = found.account
    plain |= {
        "claim": {"unchosen": found.claim.unchosen, "sentence": found.claim.sentence},
        "manifest_sha256": found.manifest_sha256,
        "purpose": found.purpose,
        "kind": found.kind,
        "rubric": found.rubric,
        "rubric_digest": found.rubric_digest,
        "draws_from_this_list": found.draws,
        "fixed_and_not_drawn": found.not_drawn,
        "closed_utc": found.closed_utc or None,
        "excluded": found.excluded,
        "reserves": len(found.plain["reserves"]),
        "reserves_used": account.reserves_used,
        "replaced": dict(account.replaced),
        "extended": [
            {"at": x["at"], "added": x["added"], "after_results": x["after_results"]}
            for x in found.plain.get("extensions", ())
        ],
        "cases": sum(account.standing.values()),
    }
    if with_units:
        plain["units"] = [{"unit": u, "stratum": s} for u, s in found.cases]
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True)
