"""Make an invented county: its lists and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.synthetic import adoption, lists
from case_audit.synthetic.cases import make_cases
from case_audit.synthetic.files import LOOK_BACK, make_files
from case_audit.synthetic.model import County
from case_audit.synthetic.streams import GENERATOR_VERSION
from case_audit.synthetic.words import COUNTY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from case_audit.synthetic.model import Case, Row


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one list, made anew each time they are read."""

    make: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.make()


def make_county(
    seed: str,
    *,
    children: int,
    as_at: dt.date,
    files: bool = True,
    look_back: float = LOOK_BACK,
) -> County:
    """Make an invented county.

    The same arguments give the same county, on every machine. Below 500 children
    it is balanced for practice: equal numbers in need, on plans and in care (up
    to 12 children nothing else); from 500 on its proportions are lifelike.

    Args:
        seed: Any text.
        children: How many children, at least 1; adopters come on top.
        as_at: The day it describes; nothing is dated later but what is planned.
        files: Whether to write case files.
        look_back: How much of the recent past the files tell: 1 is the usual
            three to eight months, less makes them shorter; above 0, at most 1.

    Returns:
        The county. Rows are made while they are read.
    """
    day = as_at.toordinal()
    cases, staff = make_cases(seed, children=children, as_at=day)
    made = make_files(seed, cases, as_at=day, look_back=look_back) if files else ()
    return County(
        name=COUNTY,
        seed=seed,
        generator=GENERATOR_VERSION,
        as_at=as_at,
        rows=_rows(seed, cases, children=children, as_at=day),
        files=tuple(file for file, _ in made),
        planted=tuple(feature for _, planted in made for feature in planted),
        staff=staff,
    )


def _rows(
    seed: str, cases: list[Case], *, children: int, as_at: int
) -> dict[int, Iterable[Row]]:
    return {
        1: Rows(lambda: lists.contact_rows(cases, as_at)),
        2: Rows(lambda: lists.early_help_rows(cases, as_at)),
        3: Rows(lambda: lists.referral_rows(cases, as_at)),
        4: Rows(lambda: lists.assessment_rows(cases, as_at)),
        5: Rows(lambda: lists.enquiry_rows(cases, as_at)),
        6: Rows(lambda: lists.need_rows(cases, as_at)),
        7: Rows(lambda: lists.plan_rows(cases, as_at)),
        8: Rows(lambda: lists.care_rows(seed, cases, as_at)),
        9: Rows(lambda: lists.every_leaver(seed, cases, as_at)),
        10: Rows(lambda: adoption.adoption_rows(seed, cases, as_at)),
        11: Rows(lambda: adoption.adopter_rows(seed, children, as_at)),
    }
