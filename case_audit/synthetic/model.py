"""The values that the generator passes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.frame.case_file import CaseFile, Planted

Row = dict[str, str | int | None]
"""One row of an Annex A list by column key: ids of codes, ISO dates, numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who holds cases.

    Attributes:
        name: First name and surname.
        team: Name of the team.
        kind: How qualified and how long in post, for example ``"agency"``.
        manager: Name of the team's manager.
        strength: What the worker adds to the quality of a file, in latent units.
    """

    name: str
    team: str
    kind: str
    manager: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child or young person.

    Attributes:
        unit: The identifier on every list.
        family: Number of the family, from 0.
        first_name: Drawn without regard to sex or ethnicity.
        surname: The family's.
        sex: ``male``, ``female`` or, before birth, ``not_stated``.
        ethnicity: Id of the code, the family's.
        disability: Whether recorded as disabled.
        born: Day of birth; after the as-at date for an unborn child.
    """

    unit: str
    family: int
    first_name: str
    surname: str
    sex: str
    ethnicity: str
    disability: bool
    born: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Brothers and sisters who are known together.

    Attributes:
        number: From 0, in the order of the identifiers.
        journey: Where they have got to, for example ``cp`` or ``cin_closed``.
        place: Where the family stands among those of its journey: the middle of
            its share, above 0 and below 1.
        adoption: Whether its children have a plan for adoption in any case.
        children: In order of the identifiers.
    """

    number: int
    journey: str
    place: float
    adoption: bool
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happened to a family, as days; the same for all its children.

    Attributes:
        history: Earlier contacts, before the referral, in order: day, id of the
            source, and whether it had become a referral.
        earlier_plan: Day an earlier child protection plan ended, if there was one.
        contact: The last contact before the referral, or the only one.
        source: Who made it: id of the code.
        referral: Day of the last referral, if there was one.
        assessed: Day its assessment was authorised, if it has been.
        strategy: Day of the strategy discussion, if there was one.
        conference: Day of the initial conference, if it was held.
        on_plan: Whether the conference made a plan.
        reviews: Days of review conferences, plan reviews or care reviews.
        care: Day the children came into care.
        end: Day the plan, the care or the help ended.
        early_help: Start, end and organisation of an early help assessment.
        incident: A later contact while the case was open: day and source.
        need: Primary need: id of the code.
        category: Category of abuse: id of the code; empty without a plan.
        issue: Which phrases the file is written with, for example ``neglect``.
    """

    history: tuple[tuple[int, str, bool], ...] = ()
    earlier_plan: int | None = None
    contact: int | None = None
    source: str = "6"
    referral: int | None = None
    assessed: int | None = None
    strategy: int | None = None
    conference: int | None = None
    on_plan: bool = False
    reviews: tuple[int, ...] = ()
    care: int | None = None
    end: int | None = None
    early_help: tuple[int, int | None, str] | None = None
    incident: tuple[int, str] | None = None
    need: str = "N1"
    category: str = ""
    issue: str = "neglect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit, made or tried.

    Attributes:
        day: When.
        seen: Whether the child was seen; otherwise nobody answered.
        alone: Whether the child was seen alone.
    """

    day: int
    seen: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A child with all that decides their rows and their file.

    Attributes:
        child: Who it is about.
        family: The family, with the journey.
        course: What happened to the family.
        worker: Who holds the case.
        features: Codes of the strengths and weaknesses meant for the file.
        visits: In order; the last six months or so, none after the as-at date.
    """

    child: Child
    family: Family
    course: Course
    worker: Worker
    features: frozenset[str]
    visits: tuple[Visit, ...]

    @property
    def journey(self) -> str:
        """Where the family has got to."""
        return self.family.journey


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """An invented county on one day.

    Attributes:
        name: The county's name, which is no real place's.
        seed: What it was made from.
        generator: Version of the generator; with the seed, the number of
            children and the date it fixes every byte.
        as_at: The day it describes.
        rows: Rows by number of the Annex A list, 1 to 11, keyed by column. Made
            while they are read, as often as they are read.
        files: One case file for each open child in need, on a plan or in care,
            and shorter ones for others with a referral; empty if not asked for.
        planted: What the files show on purpose, for those who set exercises.
        staff: Everybody who holds cases.
    """

    name: str
    seed: str
    generator: str
    as_at: dt.date
    rows: Mapping[int, Iterable[Row]]
    files: Sequence[CaseFile]
    planted: Sequence[Planted]
    staff: Sequence[Worker]
