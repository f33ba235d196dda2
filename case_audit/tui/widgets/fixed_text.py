"""A draw that was fixed before its seed, and what comes next."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from case_audit.core.sample.fixed import Plan


def fixed_text(plan: Plan) -> str:
    """Return what was fixed, and the commands that make the seed and draw."""
    frame, name = plan.plain["frame"], quote(plan.name)
    return f"""\
Fixed: {plan.name}
  list    {frame["units"]} units, digest
          {frame["digest"]}
  plan    digest
          {plan.digest}
  at      {plan.fixed_utc}, by {plan.fixed_by}

Write the plan's digest into the minutes
  Nothing of it can change now. It also stands on the first screen until it is drawn.

Next, with dice
  Throw twenty ten-sided dice before two witnesses, leave the app, and type:
  case-audit draw --fixed {name} --seed DIGITS --witnesses "NAME, NAME"

Or let two people make the seed
  case-audit round commit {name} --as NAME
"""
