"""The record of a draw: all that is needed to draw it again, as one JSON text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from case_audit.core.sample.history import is_history
from case_audit.core.sample.manifest_design import design_from, plain_design
from case_audit.core.sample.manifest_form import malformed
from case_audit.errors import ManifestError, NoDrawError

if TYPE_CHECKING:
    from case_audit.core.sample.model import (
        ClusterDraw,
        Design,
        Drawn,
        Sample,
        StratumDraw,
    )

SeedMode = Literal["public", "two_party", "given", "machine"]


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
        filtered: How many units the design's conditions left out, by rule.
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
    filtered: tuple[tuple[str, int], ...] = ()


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
        "design": plain_design(design),
        "exclusions": [
            *(
                {"rule": rule, "count": count, "units": []}
                for rule, count in origin.filtered
            ),
            *(
                {"rule": rule, "count": len(units), "units": sorted(units)}
                for rule, units in origin.exclusions
            ),
        ],
        "strata": [plain_stratum(s, design) for s in sample.strata],
        "drawn": [plain_drawn(d, design) for d in sample.drawn],
        "reserves": [plain_drawn(d, design) for d in sample.reserves],
        "replacements": [],
        "created_utc": origin.created_utc,
        "version": origin.version,
    }
    if sample.clusters:
        plain["clusters"] = [plain_cluster(c) for c in sample.clusters]
        plain["clusters_in_all"] = sample.clusters_in_all
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def plain_stratum(stratum: StratumDraw, design: Design) -> dict[str, object]:
    """Return a stratum's line: what it holds and gave.

    The chance is there where it is the same for every unit of the stratum.
    """
    plain: dict[str, object] = {
        "name": stratum.name,
        "population": stratum.population,
        "drawn": stratum.drawn,
    }
    if stratum.kept is not None:
        return plain | {"kept": stratum.kept}
    if design.kind in {"simple", "stratified", "systematic"}:
        plain["inclusion_probability"] = str(stratum.inclusion_probability)
    return plain


def plain_drawn(drawn: Drawn, design: Design) -> dict[str, object]:
    """Return a unit's line: unit, stratum, number, rank.

    Where chances differ, or the design needs more of a unit than its stratum,
    also the chance as a fraction and the aid.
    """
    plain: dict[str, object] = {
        "unit": drawn.unit,
        "stratum": drawn.stratum,
        "prn": drawn.prn,
        "rank": drawn.rank,
    }
    if design.with_aid:
        plain |= {"probability": str(drawn.probability), "aid": drawn.aid}
    return plain


def plain_cluster(cluster: ClusterDraw) -> dict[str, object]:
    """Return a cluster's line."""
    return {
        "name": cluster.name,
        "population": cluster.population,
        "drawn": cluster.drawn,
        "prn": cluster.prn,
        "rank": cluster.rank,
        "reserve": cluster.reserve,
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
        return design_from(self.plain["design"])


def read_manifest(text: str) -> Manifest:
    """Read a manifest and check that every part has its form.

    Raises:
        ManifestError: If it is not a manifest, or one of another algorithm; the
            message names the part.
        NoDrawError: If it is the record of earlier audits, which were imported.
    """
    try:
        plain = json.loads(
            text, object_pairs_hook=_once_each, parse_constant=_no_number
        )
        json.dumps(plain, ensure_ascii=False).encode()
    except RecursionError:
        msg = "it is nested too deeply"
        raise ManifestError(msg) from None
    except UnicodeEncodeError:
        msg = "it has half a character, which no text has"
        raise ManifestError(msg) from None
    except ValueError:
        msg = "it is not JSON"
        raise ManifestError(msg) from None
    if is_history(plain):
        raise NoDrawError(str(plain.get("name", "")))
    problem = malformed(plain)
    if problem is not None:
        raise ManifestError(problem)
    return Manifest(plain)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "it has a key twice in one place"
        raise ManifestError(msg)
    return found


def _no_number(_: str) -> None:
    msg = "it has a number that is none (NaN or Infinity)"
    raise ManifestError(msg)
