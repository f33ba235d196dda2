"""A document as one HTML file."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from case_audit.reports.document.model import (
    Bullets,
    Distribution,
    Intervals,
    Paragraph,
    Table,
)
from case_audit.reports.document.parts import (
    CHANGED,
    clean,
    evidence,
    in_levels,
    marks,
    number_columns,
)
from case_audit.reports.document.pictures import NARROW, NOTHING, WIDE, svg_pictures

if TYPE_CHECKING:
    from case_audit.reports.document.model import Block, Cell, Document
    from case_audit.reports.document.pictures import Chart

LONGEST = 24
"""Characters of a word that a cell is not made wider for."""


def document_html(doc: Document) -> str:
    """Return a document as one HTML file: no script in it, and nothing is loaded.

    It is read by screen readers, from 360 pixels on, in light and dark, and prints on
    A4 with its marks on every page.
    """
    import jinja2  # noqa: PLC0415 - only pages need it

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    template = files("case_audit.reports.document") / "page.html.j2"
    page = environment.from_string(template.read_text("utf-8"))
    written = page.render(
        title=doc.title,
        subtitle=doc.subtitle,
        marks=marks(doc),
        sections=_sections(doc),
        changed=CHANGED,
        nothing=NOTHING,
        evidence=evidence,
        classes=_classes,
    )
    return written.strip() + "\n"


def _shown(value: object) -> object:
    """Make text visible, but not what is HTML already."""
    return clean(value) if type(value) is str else value


def _sections(doc: Document) -> list[dict[str, Any]]:
    return [
        {
            "level": level,
            "key": f"section-{place}",
            "heading": section.heading,
            "blocks": [
                _block(block, f"part-{place}-{number}")
                for number, block in enumerate(section.blocks, start=1)
            ],
        }
        for place, (level, section) in enumerate(in_levels(doc), start=1)
    ]


def _block(block: Block, key: str) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "paragraph": block}
        case Bullets(items=items):
            return {"kind": "bullets", "items_": items}
        case Table():
            return {
                "kind": "table",
                "key": key,
                "caption": block.caption,
                "head": block.head,
                "rows": block.rows,
                "notes": block.notes,
                "right": number_columns(block),
            }
        case Distribution() | Intervals():
            return {
                "kind": "chart",
                "title": block.title,
                "alt": block.alt,
                "wide": _drawn(block, f"{key}-wide", WIDE),
                "narrow": _drawn(block, f"{key}-narrow", NARROW),
            }


def _drawn(chart: Chart, key: str, width: float) -> list[dict[str, Any]]:
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    return [
        {"content": Markup(picture.svg)}  # noqa: S704 - written by us, escaped
        for picture in svg_pictures(chart, key=key, width=width)
    ]


def _classes(cell: Cell, right: bool) -> str:  # noqa: FBT001 - called by the template
    found = []
    if cell.strong:
        found.append("strong")
    if right:
        found.append("number")
    if any(len(word) > LONGEST for word in cell.text.split()):
        found.append("long")
    if cell.heat:
        found.append(f"heat{cell.heat}")
    return " ".join(found)
