"""``case-audit frame number``: the random numbers of a large frame, once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from case_audit.cli.common import (
    Json,
    again,
    database,
    now,
    one_cell,
    person,
    say,
    say_json,
    tell,
    typed,
)


def number(
    cohort: Annotated[str, typer.Argument(help="Cohort, as in `frame list`.")],
    *,
    seed: Annotated[
        str | None, typer.Option(help="As you will give it to `draw`.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="Name of the round, as you will give it to `draw`."),
    ] = None,
    witnesses: Annotated[
        str | None, typer.Option(help="As you will give them to `draw`.")
    ] = None,
    strata: Annotated[
        str | None, typer.Option(help="Attributes that make the strata, with commas.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the numbers of this frame instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Compute the random numbers of a frame once, for draws without waiting.

    Needed for frames of a million cases and more. A draw with the same seed, name
    and strata then reads a few rows, however large the frame is; with another
    seed it reads each identifier once. The sample is the same either way, to the
    last byte of the manifest: every number is the SHA-256 of seed and identifier.

    Numbers are worth nothing before the seed is made in public, and take about 60
    bytes a case. Only the newest frame of the cohort is numbered.

    \b
    Examples:
      case-audit frame number cp --strata team --seed 31415926535897932384 \\
          --witnesses "A Head, B Clerk" --name "Spring 2026"
      case-audit frame number cp --forget
    """
    from case_audit.services.numbers import forget_numbers, number_frame

    if forget:
        gone = forget_numbers(database(), cohort)
        if json:
            say_json({"cohort": cohort, "forgotten": gone})
        else:
            say(f"{gone} set(s) of numbers deleted; draws hash every case again.")
        return
    keys = tuple(k.strip() for k in (strata or "").split(",") if k.strip())
    found = number_frame(
        database(),
        cohort,
        strata=keys,
        seed=_seed(seed, name=name, witnesses=witnesses),
        by=person(),
        now=now(),
        progress=_tell_progress,
    )
    counted = found.numbering.counted
    if json:
        say_json(
            {
                "cohort": cohort,
                "as_at": found.frame.as_at,
                "seed": found.numbering.seed,
                "strata": list(keys),
                "frame_digest": counted.digest,
                "populations": dict(sorted(counted.populations.items())),
                "computed_now": found.fresh,
            }
        )
        return
    done = "computed" if found.fresh else "already there"
    say(
        f"Numbers of {found.frame.units} cases in {len(counted.populations)} "
        f"strata: {done}. Frame digest {counted.digest}"
    )
    tell(f"Next: {again('case-audit draw --help')} (same --seed, --name, --strata)")


def _seed(seed: str | None, *, name: str | None, witnesses: str | None) -> str:
    from case_audit.core.sample.numbers import is_seed
    from case_audit.core.sample.seed import typed_seed

    if seed is None:
        message = "is needed: the randomness that the draw will start from"
        raise typer.BadParameter(message, param_hint="--seed")
    final = is_seed(typed(seed)) and not witnesses
    if not final and not (name and typed(name)):
        message = "is needed: a seed is made from randomness and the round's name"
        raise typer.BadParameter(message, param_hint="--name")
    label = one_cell(typed(name or ""))
    return typed_seed(
        typed(seed), witnesses=typed(witnesses or ""), round_label=label
    ).text


def _tell_progress(done: int, units: int) -> None:
    if sys.stderr.isatty() or done < units:
        tell(f"{done:,} of {units:,} cases")
