"""``case-audit draw`` and ``verify``: who is audited, provably."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli import draw_beside as beside
from case_audit.cli import draw_files as files
from case_audit.cli import draw_options as options
from case_audit.cli import plan as planning
from case_audit.cli.common import (
    Json,
    again,
    database,
    library,
    one_cell,
    say,
    say_json,
    say_json_text,
    tell,
    typed,
    write_text,
)
from case_audit.cli.draw_shown import next_step, notes, show_drawn
from case_audit.cli.folding import say_folded
from case_audit.errors import ExitCode

if TYPE_CHECKING:
    from case_audit.core.sample.model import Design
    from case_audit.services.sample import DrawnRound, Request
    from case_audit.services.verify import Verification


def draw(
    *,
    cohort: Annotated[
        str | None,
        typer.Option("--cohort", "-c", help="Whose cases, as in `frame list`."),
    ] = None,
    size: Annotated[
        int | None, typer.Option("--size", "-n", min=1, help="Cases to draw.")
    ] = None,
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric", "-r", help="What to grade with; the cohort's own if left out."
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help='Name of the round, such as "Spring 2026".')
    ] = None,
    reserves: Annotated[
        int, typer.Option(min=0, help="Spare cases to keep in order, in each stratum.")
    ] = 5,
    seed: Annotated[
        str | None,
        typer.Option(help="Randomness made elsewhere; the computer's own if left out."),
    ] = None,
    witnesses: Annotated[
        str | None,
        typer.Option(help="Who saw the randomness being made; makes the seed public."),
    ] = None,
    exclude: Annotated[
        Path | None,
        typer.Option(
            help="CSV file with the columns unit and reason: cases to leave out.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the manifest here too.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Draw, print, keep nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the manifest.")] = False,
    strata: options.Strata = None,
    allocation: options.HowShared = None,
    minimum: options.Minimum = 2,
    quota: options.Quota = None,
    expected: options.Expected = None,
    only: options.Only = None,
    certain: options.Certain = None,
    at_most: options.AtMost = None,
    design: options.How = None,
    order: options.Order = None,
    measure: options.Measure = None,
    by: options.By = None,
    clusters: options.Clusters = None,
    per_cluster: options.PerCluster = None,
    targeted: options.Targeted = None,
    not_audited_within: options.NotAuditedWithin = None,
    reaudit: options.Reaudit = None,
    rotate_from: options.RotateFrom = None,
    fix: options.Fix = False,
    beacon: options.Beacon = None,
    fixed: options.Fixed = None,
    made_at: options.MadeAt = None,
    reason: options.Reason = None,
    plan: planning.Planned = False,
    hours_per_case: planning.HoursPerCase = None,
    auditors: planning.Auditors = 0,
    expect: planning.Expect = None,
    expect_from: planning.ExpectFrom = None,
    bad: planning.Bad = None,
    alike: planning.Alike = None,
    frame: files.Place = None,
    unit_column: files.UnitColumn = None,
    engine: files.UsedEngine = files.EngineName.DUCKDB,
    memory: files.Memory = files.MEMORY,
    temp: files.Temp = None,
) -> None:
    """Draw a random sample from the newest frame of a cohort.

    Every case has a number, the SHA-256 digest of the seed and its identifier;
    the smallest numbers are drawn. Anyone can repeat it with a hashing tool, and
    nobody can steer it. With --strata, each stratum gives its proportion, and at
    least --minimum. The manifest records everything needed to draw again; it
    names children by identifier, so keep it where case lists are kept.

    The seed should be made in public after the frame is fixed: twenty digits of
    ten-sided dice, thrown before two witnesses. Without --seed the computer's
    own randomness is used, which shows that the draw can be repeated, not that
    it was made once.

    With --fix nothing is drawn yet: list, design, exclusions and rubric are fixed
    and go into the sealed log. Then the randomness is made, by dice, by a public
    beacon or by two people (case-audit round commit), and --fixed draws exactly
    what was fixed. Only then does the record show that nobody chose the cases.

    \b
    Examples:
      case-audit draw --cohort cp --size 30
      case-audit draw -c cin -n 40 --strata team --name "Spring 2026" \\
          --seed 31415926535897932384 --witnesses "A Head, B Clerk" --out spring.json
      case-audit draw -c cp -n 12 --name "Summer 2026" --fix
      case-audit draw --fixed "Summer 2026" \\
          --seed 27182818284590452353 --witnesses "A Head, B Clerk"
      case-audit draw -c cp -n 12 --not-audited-within 12
      case-audit draw -c cin -n 40 --strata team --quota "Team A=10"
      case-audit draw -c cp -n 20 --certain "age >= 16" --only "gender == 'F'"
      case-audit draw -c cic -n 24 --at-most worker=2
      case-audit draw -c cic -n 24 --order team,age
      case-audit draw -c cp -n 20 --measure previous_plans+1
      case-audit draw -c cin --by worker --clusters 6 --per-cluster 3
      case-audit draw -c cin -n 40 --strata team --plan --bad 6 --auditors 8
      case-audit draw --frame 'frame/*.parquet' --unit-column child -n 60 --out m.json
    """
    given = dict(locals())
    _refuse_no_folder(out)
    asked = beside.picked(options.Asked, given)
    if frame is not None:
        files.refuse_what_files_cannot(given)
        wanted = beside.picked(files.FromFiles, given)
        files.draw_from_files(wanted, options.design_of(asked), out, json=json)
        return
    files.refuse_without_files(given)
    others = beside.picked(beside.Options, given)
    assumed = beside.picked(planning.PlanAsked, given)
    assumed.refuse(plan=plan)
    others.refuse(cohort=cohort, name=name, design=asked, usual=options.Asked())
    if fixed is not None:
        _print(beside.draw_what_was_fixed(others, keep=not dry_run), out, json=json)
        return
    request = _request(
        cohort=typed(cohort or ""),
        rubric=rubric,
        name=name,
        design=options.design_of(asked),
        seed=seed,
        witnesses=witnesses,
        exclude=exclude,
    )
    request = beside.coordinated(request, others)
    if plan:
        planning.show_plan(request, assumed, json=json)
    elif fix:
        beside.fix_now(request, others, keep=not dry_run, json=json)
    else:
        _print(beside.draw_now(request, keep=not dry_run), out, json=json)


def _refuse_no_folder(out: Path | None) -> None:
    if out is not None and not out.parent.is_dir():
        message = f"the folder {out.parent} is not there"
        raise typer.BadParameter(message, param_hint="--out")


def _print(drawn: DrawnRound, out: Path | None, *, json: bool) -> None:
    if out and drawn.kept:
        write_text(out, drawn.manifest)
    if json:
        say_json_text(drawn.manifest)
        for note in notes(drawn):
            tell(note)
    else:
        show_drawn(drawn)
    next_step(drawn, out)


def _request(
    *,
    cohort: str,
    rubric: str | None,
    name: str | None,
    design: Design,
    seed: str | None,
    witnesses: str | None,
    exclude: Path | None,
) -> Request:
    from case_audit.core.sample.seed import machine_seed, typed_seed
    from case_audit.exchange.exclusions_csv import read_exclusions
    from case_audit.services.sample import Request, round_name, rubric_for

    if witnesses and seed is None:
        message = "needs --seed: the randomness that was seen"
        raise typer.BadParameter(message, param_hint="--witnesses")
    if name is not None and not typed(name):
        message = "is empty"
        raise typer.BadParameter(message, param_hint="--name")
    if seed is not None and not witnesses:
        tell(
            "Nobody is named who saw the seed being made (--witnesses), so the draw "
            "can be repeated, but not shown to be unchosen."
        )
    label = one_cell(typed(name)) if name else round_name(database(), cohort)
    chosen = (
        machine_seed(secrets.token_hex(32))
        if seed is None
        else typed_seed(
            typed(seed), witnesses=typed(witnesses or ""), round_label=label
        )
    )
    return Request(
        name=label,
        cohort=cohort,
        rubric=rubric_for(library(), cohort, name=rubric),
        design=design,
        seed=chosen,
        exclusions=read_exclusions(exclude) if exclude else (),
        exclusions_file=exclude.name if exclude else "",
    )


def verify(
    manifest: Annotated[
        Path,
        typer.Argument(help="The manifest `draw` wrote; - for standard input."),
    ],
    *,
    frame: Annotated[
        Path | None,
        typer.Option(
            help="Lines of `frame export` to draw from, instead of the database.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(help="Show how to compute by hand whether this unit is drawn."),
    ] = None,
    json: Json = False,
) -> None:
    """Draw again from the frame and say whether the manifest is true.

    Ends with code 0 when every line agrees, and with code 3 and the lines that
    differ when not. A manifest kept from before the round was extended or cases
    were replaced is true of that time: it says so, and ends with 0. With --frame no database is needed, only the list of units:
    what `case-audit frame export` prints.

    \b
    Examples:
      case-audit verify spring.json
      case-audit verify spring.json --frame frame.tsv
      case-audit verify spring.json --explain SYN-00042
    """
    from case_audit.exchange.frame_tsv import read_frame_rows
    from case_audit.services.verify import (
        explain_unit,
        frame_rows,
        read_manifest_file,
        verify_against_database,
        verify_against_rows,
    )

    from_pipe = str(manifest) == "-"
    if not from_pipe and not manifest.is_file():
        message = f"{manifest} is not a file"
        raise typer.BadParameter(message, param_hint="MANIFEST")
    found = read_manifest_file(manifest, sys.stdin.buffer.read() if from_pipe else None)
    rows = read_frame_rows(frame) if frame else None
    if explain is not None:
        for line in explain_unit(found, explain, rows or frame_rows(database(), found)):
            say(line)
        return
    if frame and rows is not None:
        checked = verify_against_rows(found, rows, against=frame.name)
    else:
        checked = verify_against_database(database(), found)
    name = str(found.plain.get("round_label", ""))
    _report(checked, round_name=name, json=json)


def _report(checked: Verification, *, round_name: str, json: bool) -> None:
    if json:
        say_json(
            {
                "true": not checked.differences,
                "against": checked.against,
                "units": checked.units,
                "drawn": checked.drawn,
                "differences": [
                    {"where": d.where, "manifest": d.manifest, "derived": d.derived}
                    for d in checked.differences
                ],
                "since": [
                    {"what": one.key, "at": one.at, "added": one.added}
                    for one in checked.since
                ],
            }
        )
    elif not checked.differences:
        say_folded(
            f"The manifest is true: drawing again from {checked.against} gives the "
            f"same {checked.drawn} cases and the same reserves in the same order."
        )
    else:
        say(f"The manifest differs from what {checked.against} gives:")
        for found in checked.differences:
            say(f"  {found.where}")
            say_folded(f"    manifest: {found.manifest}")
            say_folded(f"    derived:  {found.derived}")
    if checked.since and not json:
        _say_since(checked, round_name)
    if checked.differences:
        raise typer.Exit(int(ExitCode.DIFFERENT))


def _say_since(checked: Verification, round_name: str) -> None:
    """Say that the round went on after this copy was made, and what shows it now."""
    say("This copy is from before:")
    for one in checked.since:
        what = {
            "extensions": f"the round was extended by {one.added}",
            "replacements": "a case was replaced",
            "reopened": "the round was opened again",
        }[one.key]
        say(f"  {one.at[:10]} {one.at[11:16]} UTC: {what}")
    say("To check the round as it is now, keep its manifest anew and verify that:")
    show = f"case-audit round show {quote(round_name)} --manifest"
    say(f"  {again(show)} > manifest.json")
    say(f"  {again('case-audit verify manifest.json')}")
