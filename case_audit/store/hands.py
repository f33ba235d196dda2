"""In whose hands the cases of a round are, read a block of numbers at a time.

How many there are in each block is kept by triggers of the database (step ``held
counts`` of the migrations), so what lies between is never read. Only looking for words
goes through all cases, and that in pieces.
"""

# ruff: noqa: S608 - statements are put together from our own words; values have names

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.store.matching import (
    DONE,
    GONE,
    GROUP,
    NOBODYS,
    OTHERS,
    YOURS,
    matching,
    placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Run = Callable[[str, Mapping[str, object]], Iterable[Sequence[Any]]]
    """Runs a statement with named values; returns its rows."""

    Counts = dict[int, dict[int, int]]
    """How many cases each block has, by group."""

BLOCK = 1_024
"""Numbers of a block, as the triggers have it."""

NEWEST = (
    "(SELECT id FROM allocation WHERE round_id = :round ORDER BY number DESC LIMIT 1)"
)
CASES = f"""
FROM round_case c
LEFT JOIN audit a ON a.case_id = c.id AND a.role = 'first'
LEFT JOIN allocated_case g ON g.case_id = c.id AND g.allocation_id = {NEWEST}
WHERE c.round_id = :round AND c.state <> 'withdrawn'
"""
"""Cases, each with its first audit and whom it is given to; ``:round`` is which."""

STANDS = "c.state IN ('drawn', 'reserve used')"
_HERE = "c.number BETWEEN :first AND :last"
_WAITS = f"a.id IS NULL AND {STANDS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which cases are asked for, and by whom.

    Attributes:
        round_id: The round.
        auditor: Who is at the keyboard.
        mine: The names under which cases are given to that person.
        words: Each is looked for in unit, stratum, auditor and state.
        grouped: Whether cases stand by whose they are, and not by number alone:
            then all are in group 0.
    """

    round_id: int
    auditor: str
    mine: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    grouped: bool = True


class Hands:
    """Reads blocks of cases, and how many there are of which.

    Args:
        run: Runs a statement.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def counted(
        self, asked: Asked, *, last: int, gone: Iterable[tuple[int, str]]
    ) -> Counts:
        """Return how many cases each block has, whatever words are asked for.

        Args:
            asked: For whom.
            last: The number of the round's last case.
            gone: Number and state of those that are not to be audited.
        """
        listed, values = placeholders("me", [*asked.mine, ""])
        kept = "SELECT block, way, sum(cases) FROM held_count WHERE round_id = :round"
        each = "GROUP BY block, way"
        rows = self._run(
            f"{kept} AND way = 'held' AND holder = '' {each} UNION ALL "
            f"{kept} AND way = 'given' AND holder IN ({listed}) {each} UNION ALL "
            f"{kept} AND way = 'open' AND holder = :auditor {each} UNION ALL "
            f"{kept} AND way = 'submitted' AND holder = :auditor {each}",
            {"round": asked.round_id, "auditor": asked.auditor, **values},
        )
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for block, way, cases in rows:
            found[way][block] += int(cases)
        yours, done, held = (
            found["given"] + found["open"],
            found["submitted"],
            found["held"],
        )
        counts: Counts = {
            YOURS: yours,
            DONE: done,
            NOBODYS: standing(last, gone) - held,
            OTHERS: held - yours - done,
            GONE: _blocks_of(n for n, state in gone if state == "replaced"),
        }
        return {group: dict(blocks) for group, blocks in counts.items() if blocks}

    def found(self, asked: Asked, blocks: range) -> Counts:
        """Return how many cases of some blocks that follow each other hold the words."""
        group, values = _group(asked)
        condition, sought = matching(asked.words)
        rows = self._run(
            f"SELECT {group} AS whose, (c.number - 1) / {BLOCK} AS block, count(*) "
            f"{CASES} AND {_HERE} {condition} GROUP BY 1, 2",
            {"round": asked.round_id, **values, **sought, **_numbers(blocks)},
        )
        counts: Counts = {}
        for whose, block, cases in rows:
            counts.setdefault(whose, {})[block] = cases
        return counts

    def block(self, asked: Asked, group: int, block: int) -> list[int]:
        """Return the numbers of a block that are in a group and hold the words."""
        whose, values = _group(asked)
        condition, sought = matching(asked.words)
        rows = self._run(
            f"SELECT c.number {CASES} AND {_HERE} AND {whose} = :group {condition} "
            "ORDER BY c.number",
            {
                "round": asked.round_id,
                "group": group,
                **values,
                **sought,
                **_numbers(range(block, block + 1)),
            },
        )
        return [row[0] for row in rows]

    # What waits to be begun

    def waiting(self, round_id: int, readers: Sequence[str]) -> int:
        """Return how many cases are given to these names and not begun."""
        listed, values = placeholders("me", [*readers, ""])
        rows = self._run(
            "SELECT sum(cases) FROM held_count WHERE round_id = :round "
            f"AND way = 'given' AND holder IN ({listed})",
            {"round": round_id, **values},
        )
        return int(next(iter(rows))[0] or 0)

    def first_waiting(
        self, round_id: int, readers: Sequence[str], most: int
    ) -> list[int]:
        """Return the first numbers that are given to these names and not begun."""
        listed, values = placeholders("me", [*readers, ""])
        rows = self._run(
            "SELECT block FROM held_count WHERE round_id = :round AND way = 'given' "
            f"AND holder IN ({listed}) AND cases > 0 "
            "GROUP BY block ORDER BY block",
            {"round": round_id, **values},
        )
        condition = f"g.auditor IN ({listed}) AND {_WAITS}"
        blocks = [row[0] for row in rows]
        return self._first(round_id, blocks, condition, values, most)

    def first_free(
        self, round_id: int, *, last: int, gone: Iterable[tuple[int, str]]
    ) -> int:
        """Return the first number that is nobody's and not begun; 0 for none."""
        rows = self._run(
            "SELECT block, cases FROM held_count WHERE round_id = :round "
            "AND way = 'held' AND holder = ''",
            {"round": round_id},
        )
        held: Counter[int] = Counter({row[0]: int(row[1]) for row in rows})
        blocks = sorted(standing(last, gone) - held)
        condition = f"coalesce(g.auditor, '') = '' AND {_WAITS}"
        return next(iter(self._first(round_id, blocks, condition, {}, 1)), 0)

    def _first(
        self,
        round_id: int,
        blocks: Iterable[int],
        condition: str,
        values: Mapping[str, object],
        most: int,
    ) -> list[int]:
        found: list[int] = []
        for block in blocks:
            if len(found) >= most:
                break
            rows = self._run(
                f"SELECT c.number {CASES} AND {_HERE} AND {condition} "
                "ORDER BY c.number LIMIT :most",
                {
                    "round": round_id,
                    "most": most - len(found),
                    **values,
                    **_numbers(range(block, block + 1)),
                },
            )
            found += [row[0] for row in rows]
        return found


def standing(last: int, gone: Iterable[tuple[int, str]]) -> Counter[int]:
    """Return how many cases of each block are to be audited."""
    blocks = Counter(dict.fromkeys(range(last // BLOCK), BLOCK))
    blocks[last // BLOCK] = last % BLOCK
    blocks.subtract(_blocks_of(number for number, _ in gone))
    return +blocks


def _blocks_of(numbers: Iterable[int]) -> Counter[int]:
    return Counter((number - 1) // BLOCK for number in numbers)


def _numbers(blocks: range) -> dict[str, object]:
    return {"first": blocks.start * BLOCK + 1, "last": blocks.stop * BLOCK}


def _group(asked: Asked) -> tuple[str, dict[str, object]]:
    """Return what tells the group of a case, and its values."""
    if not asked.grouped:
        return "0", {}
    listed, values = placeholders("me", [*asked.mine, ""])
    return GROUP.format(mine=listed), {"auditor": asked.auditor, **values}
