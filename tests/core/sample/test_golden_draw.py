"""A draw made once: no later version may draw anything else."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from case_audit.core.frame.model import frame_digest
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS, digest, order_key, prn

GOLDEN = Path(__file__).parents[2] / "golden" / "draw.json"


@pytest.fixture(scope="module")
def drawn() -> Any:  # noqa: ANN401
    return json.loads(GOLDEN.read_text("utf-8"))


def test_numbers_are_those_of_the_formula(drawn: Any) -> None:  # noqa: ANN401
    """Every vector, odd identifiers included."""
    for vector in drawn["vectors"]:
        number = prn(drawn["seed"], vector["case_id"])
        if normalize("NFC", vector["case_id"]) == vector["case_id"]:
            assert number == vector["prn_u64"]
            assert digest(drawn["seed"], vector["case_id"]).hex() == vector["sha256"]


def test_letters_written_in_two_ways_have_one_number(drawn: Any) -> None:  # noqa: ANN401
    """A system that writes accents apart must not get another sample."""
    together, apart = "CH-é-1", normalize("NFD", "CH-é-1")

    assert together != apart
    assert prn(drawn["seed"], together) == prn(drawn["seed"], apart)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_the_hash_is_that_of_an_ordinary_tool(drawn: Any) -> None:  # noqa: ANN401
    """What the documentation tells an inspector to type."""
    text = f"{drawn['seed']}:CH000001"

    ran = subprocess.run(
        ["sha256sum"],  # noqa: S607
        input=text.encode(),
        capture_output=True,
        check=True,
    )

    assert ran.stdout.split()[0].decode() == digest(drawn["seed"], "CH000001").hex()


def test_the_frame_digest_is_kept(drawn: Any) -> None:  # noqa: ANN401
    rows = [(unit, stratum) for unit, stratum in drawn["frame"]]

    assert frame_digest(rows) == drawn["frame_digest"]
    assert frame_digest(reversed(rows)) == drawn["frame_digest"]


def test_drawn_and_reserves_are_kept_in_order(drawn: Any) -> None:  # noqa: ANN401
    """Stratum by stratum, each of its own size."""
    sizes = Counter(stratum for _, stratum in drawn["frame"])
    for stratum, expected in drawn["draw"].items():
        units = [(unit, stratum) for unit, s in drawn["frame"] if s == stratum]
        size = drawn["allocation"][stratum]

        sample = draw_sample(
            units,
            design=Design(kind="simple", size=size, reserves=3),
            seed=drawn["seed"],
        )

        assert [d.unit for d in sample.drawn] == expected["selected_in_order"]
        reserves = [d.unit for d in sample.reserves]
        assert reserves == expected["reserves_in_order"][: sizes[stratum] - size]


def test_a_rotated_start_gives_the_kept_samples(drawn: Any) -> None:  # noqa: ANN401
    units = [unit for unit, stratum in drawn["frame"] if stratum == "CIN"]
    for shift, expected in drawn["rotated_start_CIN_first8"].items():
        start = int(float(shift) * MODULUS)

        ranked = sorted(units, key=lambda u: order_key(drawn["seed"], u, start=start))

        assert ranked[:8] == expected
