"""``case-audit round commit`` and ``reveal``: a seed made by two people."""

from __future__ import annotations

import getpass
import re
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

Name = Annotated[
    str, typer.Argument(metavar="ROUND", help="The draw, as it was fixed.")
]
Party = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Whose half of the seed it is.")
]
_DIGEST = re.compile(r"[0-9a-f]{64}")


def commit(
    name: Name,
    *,
    party: Party,
    digest: Annotated[
        str | None,
        typer.Option(
            help="SHA-256 of the secret, made elsewhere; then it is not asked for."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Bind one of two people to a secret half of the seed.

    The secret is typed without being shown, or comes through a pipe; only its
    SHA-256 is kept. Who does not trust this computer makes the digest on another
    one and gives it with --digest. Keep the secret: it is needed for `round
    reveal`. Nobody may reveal before both have committed.

    \\b
    Examples:
      case-audit round commit "Summer 2026" --as "A Head"
      case-audit round commit "Summer 2026" --as "B Clerk" \\
          --digest "$(printf '%s' "$SECRET" | sha256sum | cut -c 1-64)"
    """
    from case_audit.core.sample.seed import promise_digest
    from case_audit.services.promise import promise

    who = _who(party)
    made = promise_digest(_secret()) if digest is None else digest.strip().lower()
    if not _DIGEST.fullmatch(made):
        message = "is not 64 hexadecimal digits"
        raise typer.BadParameter(message, param_hint="--digest")
    place = promise(
        database(),
        typed(name),
        party=who,
        digest=made,
        promised_by=person(),
        now=now(),
    )
    if json:
        say_json({"round": typed(name), "party": who, "place": place, "digest": made})
    else:
        say(f"{who} is committed, {place} of 2: {made}")
    shown = one_cell(typed(name))
    if place == 1:
        tell(
            f'Next the other: {again(f"""case-audit round commit "{shown}" --as NAME""")}'
        )
    else:
        tell(
            "Next both reveal: " + again(f'case-audit round reveal "{shown}" --as NAME')
        )


def reveal(name: Name, *, party: Party, json: Json = False) -> None:
    """Reveal a secret half of the seed, once both people have committed.

    A secret that does not have the digest that was committed is refused.

    \\b
    Example:
      case-audit round reveal "Summer 2026" --as "A Head"
    """
    from case_audit.services.promise import reveal as reveal_half

    who = _who(party)
    left = reveal_half(
        database(),
        typed(name),
        party=who,
        secret=_secret(),
        revealed_by=person(),
        now=now(),
    )
    shown = one_cell(typed(name))
    if json:
        say_json({"round": typed(name), "party": who, "left": left})
    else:
        say(f"{who} has revealed what was committed; {2 - left} of 2.")
    if left:
        command = f'case-audit round reveal "{shown}" --as NAME'
        tell(f"Next the other: {again(command)}")
    else:
        command = f'case-audit draw --fixed "{shown}"'
        tell(f"The seed is complete. Draw: {again(command)}")


def _who(party: str) -> str:
    who = one_cell(typed(party))
    if not who:
        message = "is empty"
        raise typer.BadParameter(message, param_hint="--as")
    return who


def _secret() -> str:
    """Return the secret, typed unseen or from a pipe."""
    if sys.stdin.isatty():
        return getpass.getpass("Secret (not shown): ")
    return sys.stdin.readline()
