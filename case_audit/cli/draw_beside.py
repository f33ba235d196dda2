"""``case-audit draw``: fix first, draw later; and other rounds that mind."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from case_audit import __version__
from case_audit.cli.common import (
    again,
    database,
    now,
    one_cell,
    person,
    say,
    say_json_text,
    tell,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    from case_audit.cli.draw_options import Asked
    from case_audit.services.sample import DrawnRound, Request


Kind = TypeVar("Kind", bound="DataclassInstance")


def picked(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    """Return the options of one kind out of all that were given."""
    return kind(**{field.name: given[field.name] for field in fields(kind)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `draw` was told about seeds and other rounds, as typed."""

    seed: str | None
    witnesses: str | None
    fix: bool
    beacon: str | None
    fixed: str | None
    made_at: str | None
    reason: str | None
    not_audited_within: int | None
    reaudit: str | None
    rotate_from: str | None

    def refuse(
        self, *, cohort: str | None, name: str | None, design: Asked, usual: Asked
    ) -> None:
        """Refuse options that do not go together.

        Args:
            cohort: ``--cohort``.
            name: ``--name``.
            design: The options of the design.
            usual: The same with nothing typed.
        """
        if self.fixed is None:
            _need("--cohort", cohort is not None, "is needed: whose cases?")
            _need("--made-at", self.made_at is None, "goes with --fixed")
            _need("--beacon", self.fix or self.beacon is None, "goes with --fix")
        else:
            _need("--fix", not self.fix, "does not go with --fixed")
            chosen = self._others() | {
                "--cohort": cohort,
                "--name": name,
                "--beacon": self.beacon,
            }
            for field in fields(design):
                typed_in = getattr(design, field.name)
                changed = typed_in != getattr(usual, field.name)
                option = f"--{field.name.replace('_', '-')}"
                chosen[option] = typed_in if changed else None
            for option, value in chosen.items():
                _need(option, value is None, "was fixed before, and stays as it is")
        if self.fix:
            _need("--name", bool(typed(name or "")), "is needed to draw it later")
            _need("--seed", self.seed is None, "is made after --fix, not with it")
        if self.rotate_from:
            _need("--seed", self.seed is None, "is that of the earlier round")
        several = [option for option, value in self._others().items() if value]
        if len(several) > 1:
            message = f"does not go with {several[0]}"
            raise typer.BadParameter(message, param_hint=several[1])

    def _others(self) -> dict[str, object]:
        return {
            "--not-audited-within": self.not_audited_within,
            "--reaudit": self.reaudit,
            "--rotate-from": self.rotate_from,
        }


def _need(option: str, there: bool, message: str) -> None:  # noqa: FBT001
    if not there:
        raise typer.BadParameter(message, param_hint=option)


def coordinated(request: Request, asked: Options) -> Request:
    """Return a request that takes notice of earlier rounds, as was asked."""
    from case_audit.services.beside import Beside
    from case_audit.services.coordination import (
        among_cases_of,
        not_audited_within,
        rotated_from,
    )

    beside = Beside(reason=typed(asked.reason or ""))
    if asked.rotate_from:
        design, seed, record = rotated_from(
            database(), request.design, name=typed(asked.rotate_from)
        )
        beside = replace(beside, coordination=record)
        return replace(request, design=design, seed=seed, beside=beside)
    if asked.not_audited_within:
        left = not_audited_within(
            database(),
            request.cohort,
            months=asked.not_audited_within,
            today=now().date(),
        )
    elif asked.reaudit:
        left = among_cases_of(database(), request.cohort, name=typed(asked.reaudit))
    else:
        return replace(request, beside=beside)
    named = {e.unit for e in request.exclusions}
    more = [e for e in left.exclusions if e.unit not in named]
    tell(
        f"Left out first: {len(more)} ({more[0].reason}). What is found speaks of the "
        "others only."
        if more
        else "Nobody is left out: no case was audited in that time."
    )
    return replace(
        request,
        exclusions=[*request.exclusions, *more],
        beside=replace(beside, coordination=left.coordination),
    )


def fix_now(request: Request, asked: Options, *, keep: bool, json: bool) -> None:
    """Fix a draw, and say what comes next."""
    from case_audit.services.fixed_draw import fix_round

    plan = fix_round(
        database(),
        request,
        beacon=typed(asked.beacon or ""),
        version=__version__,
        fixed_by=person(),
        now=now(),
        keep=keep,
    )
    if json:
        say_json_text(plan.text)
    else:
        frame = plan.plain["frame"]
        say(f"Fixed: {plan.name}")
        say(f"  list    {frame['units']} units, digest {frame['digest']}")
        say(f"  plan    digest {plan.digest}")
        say(f"  at      {plan.fixed_utc}, by {one_cell(plan.fixed_by)}")
        if plan.beacon:
            say(f"  beacon  {plan.beacon}")
    if not keep:
        tell("Nothing was kept: this was a dry run.")
        return
    tell("Write the plan's digest into the minutes. Nothing of it can change now.")
    command = f'case-audit draw --fixed "{one_cell(plan.name)}"'
    if plan.beacon:
        tell(f"When {plan.beacon} is published: {again(command + ' --seed VALUE')}")
        return
    dice = command + ' --seed DIGITS --witnesses "NAME, NAME"'
    two = f'case-audit round commit "{one_cell(plan.name)}" --as NAME'
    tell(f"Then throw twenty ten-sided dice before two witnesses: {again(dice)}")
    tell(f"Or let two people make the seed: {again(two)}")


def draw_now(request: Request, *, keep: bool) -> DrawnRound:
    """Draw without having fixed anything before."""
    from case_audit.services.sample import draw_round

    return draw_round(
        database(),
        request,
        version=__version__,
        drawn_by=person(),
        now=now(),
        keep=keep,
    )


def draw_what_was_fixed(asked: Options, *, keep: bool) -> DrawnRound:
    """Draw exactly what was fixed."""
    from case_audit.services.fixed_draw import Randomness, draw_fixed

    if asked.witnesses and asked.seed is None:
        message = "needs --seed: the randomness that was seen"
        raise typer.BadParameter(message, param_hint="--witnesses")
    return draw_fixed(
        database(),
        typed(asked.fixed or ""),
        Randomness(
            typed=typed(asked.seed or ""),
            witnesses=typed(asked.witnesses or ""),
            made=_time(asked.made_at),
            entropy=secrets.token_hex(32),
        ),
        reason=typed(asked.reason or ""),
        version=__version__,
        drawn_by=person(),
        now=now(),
        keep=keep,
    )


def _time(text: str | None) -> datetime:
    if text is None:
        return now()
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        message = f"{text!r} is not a time such as 2026-04-01T14:30"
        raise typer.BadParameter(message, param_hint="--made-at") from None
    # A time without a zone is one of the clock on the wall.
    return found.astimezone(UTC)
