"""The certificate of a draw: one page, in sections that every format prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.cohort_words import with_id
from case_audit.reports.wording import long_date, plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from case_audit.core.sample.certificate import Certificate

MOST_STRATA = 14
MOST_UNITS = 40
MOST_SOURCES = 3
MOST_RULES = 4
"""More would not fit one page; the manifest has them all."""

KINDS = {
    "simple": "Simple random sample without replacement",
    "stratified": "Stratified random sample without replacement",
    "systematic": "Systematic sample: every k-th of the sorted list, with a random "
    "start and a fractional step",
    "pps": "Sample with probability proportional to size (sequential Poisson)",
    "cluster": "Cluster sample: clusters first, then units in them",
    "targeted": "Targeted: picked for a reason, not by chance",
}
ALLOCATIONS = {
    "proportional": "in proportion to size (Webster)",
    "equal": "equal numbers",
    "neyman": "by expected spread (Wright's exact optimal allocation)",
    "quota": "fixed numbers",
}
MODES = {
    "public": "public: made before witnesses, or by a beacon",
    "two_party": "two parties: each committed to a half, then both revealed",
    "given": "given: typed in as it is",
    "machine": "machine: the computer's own randomness",
}
FORMULA = (
    "The number of a unit is the first 8 bytes of SHA-256 of the text seed:identifier. "
    "In each stratum the smallest numbers are drawn, the next ones are the reserves."
)
OTHER_FORMULA = (
    "Numbers are made from SHA-256 of the text seed:identifier; how this design uses "
    "them is in docs/designs.md under the algorithm's identifier."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page.

    Attributes:
        heading: Its heading.
        rows: What is said: label and value.
        heads: The heads of a table; empty without.
        table: Its rows.
        after: Sentences after them.
        commands: Commands to type.
    """

    heading: str
    rows: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def certificate_sections(
    found: Certificate, *, with_units: bool = False
) -> tuple[Section, ...]:
    """Return the sections of the page.

    Args:
        found: The draw.
        with_units: Whether to name the children's identifiers; otherwise none is.
    """
    parts = [_list(found), _design(found), _seed(found), _since(found)]
    if with_units:
        parts.append(_units(found))
    return (*parts, _check(found))


def _list(found: Certificate) -> Section:
    plain = found.plain
    frame, rules = plain["frame"], found.excluded
    sources = [
        f"{one_line(s['name'])}, SHA-256 {s['sha256']}" for s in frame["sources"]
    ]
    if len(sources) > MOST_SOURCES:
        more = len(sources) - MOST_SOURCES
        sources = [*sources[:MOST_SOURCES], f"and {more} more, in the manifest"]
    return Section(
        heading="The list",
        rows=(
            ("Cohort", with_id(one_line(plain["cohort"]))),
            ("As at", long_date(frame["as_at"])),
            ("Units that could be drawn", str(frame["units"])),
            ("Digest of the list", frame["digest"]),
            *(("Source", source) for source in sources),
            ("Left out before the draw", _counts(rules) or "nobody"),
        ),
    )


def _counts(counts: Mapping[str, int]) -> str:
    """Return counts in words, the largest first: ``12: 8 a, 4 b``."""
    if not counts:
        return ""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    said = [f"{n} {one_line(rule)}" for rule, n in ordered[:MOST_RULES]]
    rest = sum(n for _, n in ordered[MOST_RULES:])
    if rest:
        said.append(f"{rest} for other reasons, in the manifest")
    return f"{sum(counts.values())}: {'; '.join(said)}"


def _design(found: Certificate) -> Section:
    design = found.plain["design"]
    words = KINDS.get(design["kind"], design["kind"])
    if design["strata"]:
        how = ALLOCATIONS.get(design.get("allocation", ""), "")
        words += f" by {', '.join(design['strata'])}; {how}"
        words += (
            f", at least {design['minimum']} from each" if design["minimum"] else ""
        )
    algorithm = found.plain["algorithm"]
    formula = FORMULA if algorithm == "sha256-bottom-k/1" else OTHER_FORMULA
    return Section(
        heading="The design",
        rows=(
            ("Design", words),
            ("Algorithm", algorithm),
            ("Formula", formula),
            ("Graded with", f"{one_line(found.rubric)} ({found.rubric_digest[:8]})"),
        ),
        heads=("Stratum", "N", "n", "Probability", "Weight"),
        table=tuple(_strata(found)),
    )


def _strata(found: Certificate) -> Iterator[tuple[str, ...]]:
    for one in found.strata[:MOST_STRATA]:
        yield (
            one_line(one.name),
            str(one.population),
            str(one.drawn),
            _fraction(one.probability),
            _decimal(one.weight),
        )
    if rest := found.strata[MOST_STRATA:]:
        yield (
            f"{len(rest)} further strata, in the manifest",
            str(sum(s.population for s in rest)),
            str(sum(s.drawn for s in rest)),
            "",
            "",
        )


def _fraction(value: Fraction | None) -> str:
    return f"{value} = {float(value):.4f}" if value else "differs"


def _decimal(value: Fraction | None) -> str:
    return f"{float(value):.4f}" if value else "differs"


def _seed(found: Certificate) -> Section:
    plain = found.plain
    fixed, made = plain.get("fixed"), plain.get("seed_made", {})
    rows = [
        ("How", MODES.get(plain["seed_mode"], plain["seed_mode"])),
        ("Who or what", one_line(str(plain["seed_source"]))),
        ("Seed", plain["seed"]),
        (
            "Everything else fixed",
            f"{fixed['at']}, plan digest {fixed['digest']}"
            if fixed
            else "not on record before the draw",
        ),
        ("Randomness made", made.get("at", "not on record")),
        ("Drawn", f"{plain['created_utc']}, by case-audit {plain['version']}"),
    ]
    return Section(heading="The seed", rows=tuple(rows), after=(found.claim.sentence,))


def _since(found: Certificate) -> Section:
    plain, account = found.plain, found.account
    number = f"draw {plain['draw_number']} of {found.draws} from this list"
    if reason := plain.get("redraw_reason"):
        number += f"; drawn again because: {one_line(reason)}"
    if found.not_drawn:
        number += f"; {plural(found.not_drawn, 'draw')} fixed and not made"
    kept = len(plain["reserves"])
    rows = [
        ("How often", number),
        ("Reserves", f"{kept} in order, {account.reserves_used} used"),
        ("Replaced", _counts(found.replaced) or "none"),
        *(("Extended", said) for said in _extensions(found)),
        ("Cases to be audited", str(sum(account.standing.values()))),
        ("Round", f"closed {found.closed_utc}" if found.closed_utc else "open"),
    ]
    return Section(heading="How often, and since", rows=tuple(rows))


def _extensions(found: Certificate) -> Iterator[str]:
    for one in found.plain.get("extensions", ()):
        after = one["after_results"]
        seen = f", after {plural(after, 'audit')} had been submitted" if after else ""
        yield (
            f"{one['at']} by {one['added']}{seen}; planned were "
            f"{found.plain['design']['size']}"
        )


def _units(found: Certificate) -> Section:
    cases = found.cases
    if len(cases) > MOST_UNITS:
        said = (
            f"{len(cases)} cases: they stand in the manifest with SHA-256 "
            f"{found.manifest_sha256}."
        )
        return Section(heading="The cases", after=(said,))
    several = len(found.strata) > 1
    said = "; ".join(
        f"{unit} ({one_line(stratum)})" if several else unit for unit, stratum in cases
    )
    return Section(heading="The cases", after=(said,))


def _check(found: Certificate) -> Section:
    name = found.name.replace('"', "")
    return Section(
        heading="How to check it",
        rows=(("SHA-256 of the manifest", found.manifest_sha256),),
        commands=(
            f'case-audit round show "{one_line(name)}" --manifest > manifest.json',
            "sha256sum manifest.json",
            "case-audit verify manifest.json",
        ),
        after=("Without case-audit: docs/verify.md shows each step by hand.",),
    )
