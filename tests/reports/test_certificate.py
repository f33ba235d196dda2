"""One page about a draw: true, complete, and naming nobody unasked."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from browser import pages_of

from builders import NOW, SEED, units
from case_audit.core.sample.certificate import Certificate
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.fixed import amended
from case_audit.core.sample.manifest import Origin, read_manifest, write_manifest
from case_audit.core.sample.model import Design
from case_audit.reports.certificate import certificate_sections
from case_audit.reports.certificate_formats import (
    certificate_html,
    certificate_json,
    certificate_markdown,
    certificate_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPLACED = {
    "reason": "locked",
    "at": "2026-04-02T12:00:00Z",
    "by": "Lee",
}


def a_certificate(
    *,
    teams: int = 3,
    size: int = 9,
    strata: bool = True,
    **more: Any,  # noqa: ANN401
) -> Certificate:
    """A draw of some of 400 children, fixed before its seed, with one replaced."""
    frame = units(400, teams=teams)
    design = Design(
        kind="stratified" if strata else "simple",
        size=size,
        strata=("team",) if strata else (),
    )
    rows = [(u.unit, u.attributes["team"] if strata else "all") for u in frame]
    origin = Origin(
        seed=SEED,
        seed_mode="public",
        seed_source="A Head, B Clerk",
        seed_randomness="31415926535897932384",
        round_label=str(more.pop("name", "Spring 2026")),
        draw_number=2,
        cohort="cp",
        as_at="2026-03-31",
        sources=tuple((f"annex_{i}.xlsx", "0" * 64) for i in range(4)),
        exclusions=tuple((f"rule {i}", ("X1",) * (i + 1)) for i in range(6)),
        created_utc=NOW.isoformat(),
        version="0.1.0",
    )
    text = write_manifest(
        draw_sample(rows, design=design, seed=SEED), design=design, origin=origin
    )
    plain = json.loads(text)
    out, spare = plain["drawn"][0], plain["reserves"][0]
    entry = {"out": out["unit"], "in": spare["unit"], "stratum": out["stratum"]}
    text = amended(
        text,
        fixed={"at": "2026-04-01T09:00:00Z", "by": "Lee", "digest": "d" * 64},
        seed_made={"at": "2026-04-01T10:00:00Z"},
        redraw_reason="the list was short",
        replacements=[entry | REPLACED],
        extensions=[
            {
                "at": "2026-04-03T12:00:00Z",
                "by": "Lee",
                "added": 2,
                "after_results": 3,
                "drawn": [],
                "reserves": [],
            }
        ],
    )
    plain_values: dict[str, Any] = {
        "manifest": read_manifest(text),
        "manifest_sha256": "e" * 64,
        "purpose": "random",
        "kind": "practice",
        "rubric": "A small rubric, version 1.0",
        "rubric_digest": "f" * 64,
        "draws": 2,
        "not_drawn": 1,
        "closed_utc": "",
    }
    return Certificate(**(plain_values | more))


def test_the_page_as_text(golden: Callable[[str], None]) -> None:
    """Every part that has to be there, in words."""
    golden(certificate_text(a_certificate()))


def test_the_page_for_a_document(golden: Callable[[str], None]) -> None:
    golden(certificate_markdown(a_certificate(kind="live", closed_utc="2026-05-01")))


def test_no_child_is_named_unless_asked() -> None:
    """Neither drawn, nor reserve, nor replaced, in any format."""
    found = a_certificate()
    plain = found.plain
    everybody = {e["unit"] for e in (*plain["drawn"], *plain["reserves"])} | {"X1"}
    formats = (
        certificate_html(found, version="0.1.0"),
        certificate_text(found),
        certificate_markdown(found),
        certificate_json(found),
    )

    for text in formats:
        assert not {unit for unit in everybody if unit in text}
    named = certificate_text(found, with_units=True)
    assert plain["replacements"][0]["in"] in named
    assert plain["replacements"][0]["out"] not in named
    assert len(json.loads(certificate_json(found, with_units=True))["units"]) == 9


def test_a_long_list_of_cases_is_left_to_the_manifest() -> None:
    """One page stays one page; the manifest is fixed by its digest."""
    found = a_certificate(size=60)

    text = certificate_text(found, with_units=True)

    assert "60 cases: they stand in the manifest" in text
    assert "C0" not in text


def test_json_holds_what_is_claimed() -> None:
    plain = json.loads(certificate_json(a_certificate()))

    assert plain["claim"]["unchosen"] is True
    assert (plain["draw_number"], plain["draws_from_this_list"]) == (2, 2)
    assert (plain["reserves_used"], plain["replaced"]) == (1, {"locked": 1})
    assert plain["cases"] == 9
    assert plain["strata"][0]["population"] == 133


def test_other_designs_do_not_claim_equal_chances() -> None:
    """A weight that is not the same for all is not printed as one."""
    found = a_certificate(strata=False)
    plain = found.plain | {
        "design": found.plain["design"] | {"kind": "pps"},
        "algorithm": "sha256-sequential-poisson/1",
    }
    other = replace(found, manifest=type(found.manifest)(plain))

    text = certificate_text(other)

    assert "differs  differs" in text
    assert "proportional to size" in text


class Page(HTMLParser):
    """What an HTML page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_loads_nothing_and_can_be_read_aloud() -> None:
    """No script, no address; language, title, headings and heads of tables."""
    html = certificate_html(a_certificate(), version="0.1.0")
    page = Page()
    page.feed(html)

    assert not {"script", "link", "img", "iframe", "form"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not {"src", "href", "style", "onload"} & names
    assert not re.search(r"url\(|@import|https?:", html)
    assert ("lang", "en-GB") in page.attributes
    assert page.tags.count("h1") == 1
    assert "title" in page.tags
    assert page.tags.count("th") == sum(name == "scope" for name, _ in page.attributes)


def test_hostile_names_are_text() -> None:
    """The name of a round, a file or a team is typed by somebody."""
    found = a_certificate(name="<script>alert(1)</script>{{ 7 * 7 }}\x1b[31m")

    html = certificate_html(found, version="0.1.0", with_units=True)

    assert "<script" not in html
    assert "{{ 7 * 7 }}" in html
    assert "\x1b" not in html + certificate_text(found) + certificate_markdown(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("teams", "size", "with_units"),
    [(1, 6, False), (12, 40, True), (40, 120, True)],
    ids=["small", "usual", "large"],
)
def test_the_page_prints_on_one_sheet(
    tmp_path: Path,
    teams: int,
    size: int,
    with_units: bool,  # noqa: FBT001
) -> None:
    """With as many teams, sources and reasons as a county has."""
    found = a_certificate(teams=teams, size=size)
    file = tmp_path / "certificate.html"
    page = certificate_html(found, version="0.1.0", with_units=with_units)
    file.write_text(page, "utf-8")

    assert pages_of(file, tmp_path) == 1


def test_every_section_has_something_in_it() -> None:
    for section in certificate_sections(a_certificate(), with_units=True):
        assert section.rows or section.after
