"""The record of a draw: all that is needed to draw it again, as one JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from case_audit.core.sample.model import BOTTOM_K, Design
from case_audit.core.sample.numbers import is_seed
from case_audit.errors import ManifestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from case_audit.core.sample.model import Drawn, Sample

SeedMode = Literal["public", "given", "machine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a draw comes from.

    Attributes:
        seed: 64 lower-case hexadecimal digits.
        seed_mode: ``public`` for randomness made before witnesses, ``machine``
            for the computer's own, ``given`` for a seed typed in as it is.
            Only the first supports the sentence that the sample could not have
            been chosen.
        seed_source: Who made or saw the randomness, in words.
        seed_randomness: What the seed was made from with the round's name;
            empty where the seed was taken as it is.
        round_label: Name of the round.
        draw_number: 1 for the first draw under this label from this frame.
        cohort: What kind of unit.
        as_at: ISO date the frame describes.
        sources: Name and SHA-256 of each file the frame was made from.
        exclusions: Units left out before the draw, by rule.
        created_utc: ISO time of the draw.
        version: Version of the program.
    """

    seed: str
    seed_mode: SeedMode
    seed_source: str
    seed_randomness: str
    round_label: str
    draw_number: int
    cohort: str
    as_at: str
    sources: tuple[tuple[str, str], ...]
    exclusions: tuple[tuple[str, tuple[str, ...]], ...]
    created_utc: str
    version: str


def write_manifest(sample: Sample, *, design: Design, origin: Origin) -> str:
    """Return the manifest of a draw: JSON, sorted keys, indented by two."""
    plain = {
        "algorithm": design.algorithm,
        "seed": origin.seed,
        "seed_mode": origin.seed_mode,
        "seed_source": origin.seed_source,
        "seed_randomness": origin.seed_randomness,
        "round_label": origin.round_label,
        "draw_number": origin.draw_number,
        "frame": {
            "digest": sample.frame_digest,
            "units": sample.population,
            "as_at": origin.as_at,
            "sources": [{"name": n, "sha256": d} for n, d in origin.sources],
        },
        "cohort": origin.cohort,
        "design": _plain_design(design),
        "exclusions": [
            {"rule": rule, "count": len(units), "units": sorted(units)}
            for rule, units in origin.exclusions
        ],
        "strata": [
            {
                "name": s.name,
                "population": s.population,
                "drawn": s.drawn,
                "inclusion_probability": str(s.inclusion_probability),
            }
            for s in sample.strata
        ],
        "drawn": [plain_drawn(d) for d in sample.drawn],
        "reserves": [plain_drawn(d) for d in sample.reserves],
        "replacements": [],
        "created_utc": origin.created_utc,
        "version": origin.version,
    }
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _plain_design(design: Design) -> dict[str, object]:
    return {
        "kind": design.kind,
        "strata": list(design.strata),
        "size": design.size,
        "allocation": "proportional" if design.strata else "none",
        "minimum": design.minimum,
        "reserves": design.reserves,
        "start": design.start,
    }


def plain_drawn(drawn: Drawn) -> dict[str, object]:
    """Return one line of the manifest: unit, stratum, number, rank."""
    return {
        "unit": drawn.unit,
        "stratum": drawn.stratum,
        "prn": drawn.prn,
        "rank": drawn.rank,
    }


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: the text's own values, checked for their form."""

    plain: dict[str, Any]

    @property
    def seed(self) -> str:
        """The seed."""
        return str(self.plain["seed"])

    @property
    def cohort(self) -> str:
        """The cohort drawn from."""
        return str(self.plain["cohort"])

    @property
    def frame_digest(self) -> str:
        """The digest of the frame drawn from."""
        return str(self.plain["frame"]["digest"])

    @property
    def excluded(self) -> frozenset[str]:
        """The units left out before the draw."""
        return frozenset(u for e in self.plain["exclusions"] for u in e["units"])

    @property
    def design(self) -> Design:
        """How the sample was drawn."""
        plain = self.plain["design"]
        return Design(
            kind=plain["kind"],
            size=plain["size"],
            strata=tuple(plain["strata"]),
            minimum=plain["minimum"],
            reserves=plain["reserves"],
            start=plain["start"],
        )


def read_manifest(text: str) -> Manifest:
    """Read a manifest and check that every part has its form.

    Raises:
        ManifestError: If it is not a manifest, or one of another algorithm; the
            message names the part.
    """
    try:
        plain = json.loads(text)
    except ValueError:
        msg = "it is not JSON"
        raise ManifestError(msg) from None
    problem = _malformed(plain)
    if problem is not None:
        raise ManifestError(problem)
    return Manifest(plain)


def _each_has(entries: Iterable[Any], key: str, kind: type) -> bool:
    return all(isinstance(e, dict) and isinstance(e.get(key), kind) for e in entries)


def _texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


_CHECKS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("it is not a JSON object", lambda m: isinstance(m, dict)),
    *(
        (
            f'"{key}" is missing or has another form',
            lambda m, key=key, kind=kind: isinstance(m.get(key), kind),
        )
        for key, kind in (
            ("algorithm", str),
            ("seed", str),
            ("cohort", str),
            ("frame", dict),
            ("design", dict),
            ("exclusions", list),
            ("strata", list),
            ("drawn", list),
            ("reserves", list),
        )
    ),
    (f'"algorithm" is not {BOTTOM_K}', lambda m: m["algorithm"] == BOTTOM_K),
    (
        '"seed" is not 64 lower-case hexadecimal digits',
        lambda m: is_seed(m["seed"]),
    ),
    (
        '"frame" has no "digest"',
        lambda m: isinstance(m["frame"].get("digest"), str),
    ),
    *(
        (
            f'"design" has no "{key}", or in another form',
            lambda m, key=key, kind=kind: isinstance(m["design"].get(key), kind),
        )
        for key, kind in (
            ("kind", str),
            ("strata", list),
            ("size", int),
            ("minimum", int),
            ("reserves", int),
            ("start", int),
        )
    ),
    (
        '"design" has an unknown "kind"',
        lambda m: m["design"]["kind"] in {"simple", "stratified"},
    ),
    (
        '"exclusions" has an entry without "units"',
        lambda m: (
            _each_has(m["exclusions"], "units", list)
            and all(_texts(e["units"]) for e in m["exclusions"])
        ),
    ),
    (
        '"design" has "strata" that are not text',
        lambda m: _texts(m["design"]["strata"]),
    ),
    *(
        (
            f'"{part}" has an entry of another form',
            lambda m, part=part, key=key, kind=kind: _each_has(m[part], key, kind),
        )
        for part, key, kind in (
            ("strata", "name", str),
            ("drawn", "unit", str),
            ("drawn", "stratum", str),
            ("drawn", "rank", int),
            ("reserves", "unit", str),
            ("reserves", "stratum", str),
            ("reserves", "rank", int),
        )
    ),
)


def _malformed(plain: object) -> str | None:
    return next((words for words, holds in _CHECKS if not holds(plain)), None)
