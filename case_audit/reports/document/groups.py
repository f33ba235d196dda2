"""Teams, groups of children and outcomes of the framework, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.estimates.share import FEW
from case_audit.core.selfassessment.breakdown import UNKNOWN
from case_audit.core.selfassessment.report import PEOPLE
from case_audit.reports.document.evidence import (
    BESIDE,
    METHOD,
    WITHHELD,
    at_and_below,
    cases_table,
    known_to,
)
from case_audit.reports.document.lines import (
    HIDDEN,
    count,
    count_cells,
    count_heads,
    share_cells,
)
from case_audit.reports.document.model import (
    Bullets,
    Cell,
    Evidence,
    Paragraph,
    Section,
    Table,
)
from case_audit.reports.document.tested import tested_words
from case_audit.reports.tag_words import tag_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.selfassessment.breakdown import Breakdown, GroupLine
    from case_audit.core.selfassessment.differences import GroupDifference
    from case_audit.core.selfassessment.report import Report
    from case_audit.reports.document.audience import Reader
    from case_audit.reports.document.lines import Numbers
    from case_audit.reports.document.model import Block

NOT_RECORDED: Final = "not recorded"
FEW_CASES: Final = (
    f"Below {FEW} graded cases only counts are shown: a share of so few says more of "
    "chance than of practice."
)
SHADED_FROM: Final = 5
FIFTHS: Final = 5
NO_RANKING: Final = (
    "Read each row by itself. Where two intervals overlap, the rows may not differ at "
    "all; this is no ranking, and no number says why a group does better or worse."
)


def heat_map(
    report: Report, reader: Reader, *, without: frozenset[str] = frozenset()
) -> Iterator[Section]:
    """Yield every domain and criterion team by team, but those that are left out."""
    every = [one for one in report.by_team if one.subject.id not in without]
    if not every or not reader.sees_teams:
        return
    first = every[0]
    teams = tuple(_name(group) for group in first.groups)
    rows = tuple(
        (
            Cell(text=_subject(one), strong=one.subject.level != "criterion"),
            *(_met(group, n) for group, n in _pairs(one, reader)),
        )
        for one in every
    )
    yield Section(
        heading=f"By {first.label.lower()}",
        level=3,
        blocks=(
            Paragraph(
                text="How many of the audited cases of each team are at the benchmark "
                "or better, of how many with a grade. It shows where to look first and "
                "not which team is better: most teams have too few audited cases.",
                basis=METHOD,
            ),
            Table(
                name=f"By {first.label.lower()}",
                caption="Audited cases at the benchmark or better, of those graded, "
                "team by team. The darker, the smaller the part, by fifths; fewer than "
                f"{SHADED_FROM} graded cases are not shaded.",
                head=("", *teams),
                rows=rows,
                notes=(NO_RANKING,),
            ),
            *_team_cases(every),
        ),
    )


def _team_cases(every: Sequence[Breakdown]) -> Iterator[Table]:
    """Yield the cases behind the uppermost lines of the heat map, team by team."""
    first = every[0]
    upper = [one for one in every if one.subject.level == first.subject.level]
    for scale in dict.fromkeys(one.subject.scale for one in upper):
        same = [one for one in upper if one.subject.scale == scale]
        yield from cases_table(
            f"By {first.label.lower()}, cases",
            f"The cases behind these numbers, {first.label.lower()} by "
            f"{first.label.lower()}.",
            [
                (
                    _name(group)
                    if len(upper) == 1
                    else f"{_subject(one)}, {_name(group)}",
                    group.cases,
                )
                for one in same
                for group in one.groups
                if group.line.n
            ],
        )


def _pairs(one: Breakdown, reader: Reader) -> Iterator[tuple[GroupLine, Numbers]]:
    yield from zip(one.groups, reader.groups(one), strict=True)


def _met(group: GroupLine, found: Numbers) -> Cell:
    if found.n is None:
        return Cell(text=HIDDEN)
    evidence = Evidence(lists=at_and_below(group.cases))
    if not found.n:
        return Cell(text="–", evidence=evidence)
    scale = found.scale
    met = sum(
        group.line.counts[g] for g in scale.ids if scale.at_benchmark_or_better(g)
    )
    return Cell(
        text=f"{met} of {found.n}",
        heat=_heat(met, found.n),
        evidence=evidence,
    )


def _heat(met: int, n: int) -> Literal[0, 1, 2, 3, 4]:
    """Return how dark a cell is: the fewer at the benchmark, the darker, by fifths."""
    if n < SHADED_FROM:
        return 0
    shades: tuple[Literal[4, 3, 2, 1, 0], ...] = (4, 3, 2, 1, 0)
    return shades[min(met * FIFTHS // n, FIFTHS - 1)]


def _subject(one: Breakdown) -> str:
    line = one.subject
    if line.level == "area":
        return "All audited cases"
    return line.label if line.level == "domain" else f"{line.id} {line.label}"


def group_sections(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield the cases as a whole by stratum, and by who the children are."""
    strata = [one for one in report.groups if one.key not in PEOPLE]
    people = [one for one in report.groups if one.key in PEOPLE]
    if strata and reader.sees_teams:
        yield Section(
            heading="By stratum",
            level=3,
            blocks=(
                *(_table(one, reader) for one in strata),
                *_group_cases(strata, reader, "Strata, cases"),
            ),
        )
    if people:
        yield Section(
            heading="Who the children are",
            level=3,
            blocks=(
                Paragraph(
                    text="Whether children are served equally well whoever they are. "
                    "The groups are those the council's own lists record; with few "
                    "cases in a group, a real difference can stay unseen, and a seen "
                    "one can be chance.",
                    basis=METHOD,
                ),
                *(_table(one, reader) for one in people),
                *_group_cases(people, reader, "Who the children are, cases"),
                *_compared(report, reader),
            ),
        )


def _group_cases(
    found: Sequence[Breakdown], reader: Reader, name: str
) -> Iterator[Table]:
    """Yield the cases of each group, if the reader may be told of cases."""
    rows = [
        (f"{one.label}: {_name(group)}", group.cases)
        for one in found
        for group in one.groups
        if group.line.n
    ]
    if reader.names_cases:
        yield from cases_table(
            name, "The cases behind these numbers, group by group.", rows
        )


def _some_unknown(one: Breakdown) -> bool:
    """Whether cases of no known group were graded.

    They are in the line of all groups and not among the others that a group is held
    against. So the difference would tell of them, who are few.
    """
    return any(group.group == UNKNOWN and group.line.n for group in one.groups)


def _compared(report: Report, reader: Reader) -> Iterator[Block]:
    """Yield each group against all others, where enough cases were audited."""
    shown = {
        (one.key, group.group)
        for one in report.groups
        if reader.names_cases or not _some_unknown(one)
        for group, found in _pairs(one, reader)
        if found.share is not None
    }
    told = tuple(
        Paragraph(
            lead=f"{one.label}, {one.group} against all others:",
            text=f"{tested_words(one.tested)}.",
            basis=known_to(reader, _both(one)),
        )
        for one in report.differences
        if (one.key, one.group) in shown
    )
    if told:
        yield Bullets(items=told)
    elif report.differences:
        yield Paragraph(
            text="How groups differ is not shown, to protect children.", basis=WITHHELD
        )
    else:
        yield Paragraph(
            text=f"No two groups have {FEW} graded cases each, so none is compared "
            "with the others.",
            basis=METHOD,
        )


def _both(one: GroupDifference) -> Evidence:
    """Return the cases of a group and those of the others."""
    group = at_and_below(one.cases, of=one.group)
    return Evidence(lists=(*group, *at_and_below(one.others, of="all others")))


def _name(group: GroupLine) -> str:
    return NOT_RECORDED if group.group == UNKNOWN else group.group


def _table(one: Breakdown, reader: Reader) -> Table:
    numbers = reader.groups(one)
    sizes = reader.sizes([group.size for group in one.groups])
    scale = numbers[0].scale
    few = any(0 < group.line.n < FEW for group in one.groups)
    return Table(
        name=f"By {one.label.lower()}"[:31],
        caption=f"All audited cases by {one.label.lower()}.",
        head=(one.label, "In the frame", *count_heads(scale)),
        rows=tuple(
            (
                Cell(text=_name(group)),
                count(size),
                *count_cells(found),
                *_shares(found),
            )
            for group, size, found in zip(one.groups, sizes, numbers, strict=True)
        ),
        notes=(*((FEW_CASES,) if few else ()), NO_RANKING),
        ground=BESIDE if reader.names_cases else WITHHELD,
    )


def _shares(found: Numbers) -> tuple[Cell, Cell, Cell]:
    """Return the share with its bounds, for enough cases to have one."""
    if found.share is not None and found.share.n < FEW:
        return Cell(text="too few"), Cell(text=""), Cell(text="")
    return share_cells(found)


def tag_section(report: Report, reader: Reader) -> Iterator[Section]:
    """Yield what the criteria say of the outcomes and enablers of the framework."""
    if not report.tags:
        return
    numbers = [(one, reader.numbers(one.line)) for one in report.tags]
    scale = numbers[0][1].scale
    yield Section(
        heading="By outcome of the national framework",
        level=3,
        blocks=(
            Paragraph(
                text="Each criterion names the outcomes and enablers it speaks to. Here "
                "each case has one grade for each of them: the middle of its criteria, "
                "the worse of the two middle ones where their number is even.",
                basis=METHOD,
            ),
            Table(
                name="By outcome",
                caption="Audited cases by the outcome or enabler that the criteria "
                "speak to.",
                head=("", "Criteria", *count_heads(scale)),
                rows=tuple(
                    (
                        Cell(text=tag_words(one.tagged.tag)),
                        Cell(
                            text=str(len(one.tagged.criteria)),
                            value=len(one.tagged.criteria),
                        ),
                        *count_cells(found),
                        *share_cells(found),
                    )
                    for one, found in numbers
                ),
                ground=BESIDE if reader.names_cases else WITHHELD,
            ),
            *_tag_cases(report, reader),
        ),
    )


def _tag_cases(report: Report, reader: Reader) -> Iterator[Table]:
    """Yield the cases behind each outcome, if the reader may be told of cases."""
    rows = [(tag_words(one.tagged.tag), one.cases) for one in report.tags]
    if reader.names_cases:
        yield from cases_table(
            "By outcome, cases", "The cases behind these numbers, by outcome.", rows
        )
