"""How much more our commands and screens take than an empty one of their kind.

Run: ``python -m benchmarks.startup --rounds 11 --starts 5 --keys 60``. Where
``harlequin`` and ``posting`` are on the path, they are measured beside ours; each can
live in an environment of its own.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measure import (
    PASS,
    PROGRAM,
    Line,
    conditions,
    home,
    interleave,
    part,
    run,
    table,
)
from benchmarks.practice import audit_all, make_practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

COMMANDS: Final[Mapping[str, tuple[tuple[str, ...], float | None]]] = {
    "`python -c pass` (floor)": ((), None),
    "`case-audit --version`": (("--version",), 1.2),
    "`case-audit --help`": (("--help",), 8),
    "`case-audit rubric list`": (("rubric", "list"), None),
    "`case-audit summary`, 8 cases audited": (("summary",), 45),
}
"""Arguments and goal of each command; the first is the floor."""

READY: Final = "READY"
ROUNDS: Final = "Practice round"
CRITERION: Final = "next open"
"""Texts that show how far the app is: its first screen, a case."""
LATER: Final = 1.0
"""Seconds after which the app has begun to load what waits until nobody types."""
NOTE: Final = "She was seen alone and said what she wants. "
"""What is typed into a note, again and again."""
JUMP: Final = "\x0c"
"""The key that goes to posting's field for an address."""
ADDRESS: Final = "https://api.example.org/children/42/plans?status=open&page=1"
"""What is typed into posting's field."""
KEYS: Final = "12"
"""Two grades in turn, so that every key gives another answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start of an app, in processor seconds.

    Attributes:
        content: Until what was asked for was on screen.
        key: For each key pressed then; nought if none was.
    """

    content: float
    key: float = 0.0


def commands(folder: Path, rounds: int) -> str:
    """Return the table of commands."""
    audited = folder / "audited.db"
    make_practice(audited)
    audit_all(audited)
    environment = {**home(folder), "CASE_AUDIT_DB": str(audited)}
    found = interleave(
        {
            name: partial(
                run,
                (*PROGRAM, *arguments) if arguments else PASS,
                environment=environment,
            )
            for name, (arguments, _) in COMMANDS.items()
        },
        rounds=rounds,
    )
    seconds = {name: [u.seconds for u in used] for name, used in found.items()}
    floor = next(iter(seconds.values()))
    return table(
        Line(what=name, values=seconds[name], floor=floor, goal=goal)
        for name, (_, goal) in COMMANDS.items()
    )


def _other(
    folder: Path,
    command: Sequence[str],
    *,
    content: str,
    keys: int,
    field: str = "",
    text: str = KEYS,
) -> Start:
    """Start somebody else's app and type a text, again and again.

    Args:
        folder: Where it may keep things.
        command: What starts it.
        content: What shows that it is there.
        keys: How many letters to type.
        field: What is pressed to get to a field.
        text: What is typed.
    """
    from benchmarks.terminal import Terminal

    with Terminal(command, environment=home(folder)) as terminal:
        ready = terminal.until(content)
        used = 0.0
        if keys:
            terminal.rest()
            if field:
                terminal.press(field)
            used = terminal.press(islice(cycle(text), keys))
    return Start(content=ready, key=used)


def _peers(folder: Path, keys: int) -> dict[str, Callable[[], Start]]:
    """Return the apps to compare with that are installed, by name."""
    wanted = (
        ("harlequin", ("harlequin",), "Query Results", "", 0),
        (
            "posting",
            ("posting", "--collection", str(folder)),
            "Enter a URL",
            JUMP,
            keys,
        ),
    )
    return {
        name: partial(
            _other,
            folder,
            command,
            content=content,
            field=field,
            keys=pressed,
            text=ADDRESS,
        )
        for name, command, content, field, pressed in wanted
        if shutil.which(name)
    }


def _ours(
    folder: Path,
    command: Sequence[str],
    *,
    content: str,
    keys: Sequence[str] = (),
    field: str = "",
    numbers: Iterator[int],
) -> Start:
    from benchmarks.terminal import Terminal

    database = folder / f"screen {next(numbers)}.db"
    shutil.copyfile(folder / "begun.db", database)
    environment = {**home(folder), "CASE_AUDIT_DB": str(database)}
    with Terminal(command, environment=environment) as terminal:
        shown = terminal.until(content)
        used = 0.0
        if keys:
            time.sleep(LATER)
            terminal.rest()
            terminal.press(field or keys[:1])
            used = terminal.press(keys)
    return Start(content=shown, key=used)


def screens(folder: Path, *, starts: int, keys: int) -> str:
    """Return the table of screens and keys."""
    make_practice(folder / "begun.db")
    ours = partial(_ours, folder, numbers=count())
    grades = list(islice(cycle(KEYS), keys))
    note = list(islice(cycle(NOTE), keys))
    audit = (*PROGRAM, "audit")
    variants: dict[str, Callable[[], Start]] = {
        "hello": partial(_other, folder, part("hello"), content=READY, keys=keys),
        "rounds": partial(ours, PROGRAM, content=ROUNDS),
        "case": partial(ours, audit, content=CRITERION, keys=grades),
        "note": partial(ours, audit, content=CRITERION, keys=note, field="e"),
        "unkept": partial(
            ours, part("unkept", "audit"), content=CRITERION, keys=note, field="e"
        ),
        **_peers(folder, keys),
    }
    found = interleave(variants, rounds=starts)
    content = {name: [s.content for s in of] for name, of in found.items()}
    pressed = {name: [s.key for s in of] for name, of in found.items()}
    hello, key = content["hello"], pressed["hello"]
    lines = [
        ("an app of one word, until it shows (floor)", hello, hello, None),
        ("`case-audit`, list of rounds", content["rounds"], hello, 1.5),
        ("`case-audit audit`, a case to grade", content["case"], hello, 1.8),
        *(
            (f"{name}, until it shows", content[name], hello, None)
            for name in ("harlequin", "posting")
            if name in found
        ),
        ("a key that changes a word (floor)", key, key, None),
        ("a key that grades, and saves", pressed["case"], key, None),
        ("a letter typed in a note, not kept", pressed["unkept"], key, None),
        (
            "the same, kept at once, against that",
            pressed["note"],
            pressed["unkept"],
            1.1,
        ),
    ]
    if "posting" in found:
        typed = pressed["posting"]
        lines += [
            ("a letter typed in posting", typed, key, None),
            ("a key that grades, against that letter", pressed["case"], typed, 0.3),
        ]
    return table(
        Line(what=what, values=values, floor=floor, goal=goal)
        for what, values, floor, goal in lines
    )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"Commands. {conditions(rounds=options.rounds)}\n", flush=True)
        print(commands(folder, options.rounds), flush=True)
        if sys.platform != "linux":
            print("\nScreens are measured on Linux alone.")
            return
        print(
            f"\nScreens of 120 by 40, {options.keys} keys. "
            f"{conditions(rounds=options.starts)}\n",
            flush=True,
        )
        print(screens(folder, starts=options.starts, keys=options.keys))


if __name__ == "__main__":
    main()
