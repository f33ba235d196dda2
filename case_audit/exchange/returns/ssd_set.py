"""Finds out which CSV files are tables of the Standard Safeguarding Dataset.

A table is known by its columns: each begins with four letters that no other
table has. What the file is called does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.returns.tables import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CHILD: Final[Mapping[str, str]] = {
    "ssd_person": "pers_person_id",
    "ssd_disability": "disa_person_id",
    "ssd_immigration_status": "immi_person_id",
    "ssd_family": "fami_person_id",
    "ssd_contacts": "cont_person_id",
    "ssd_early_help_episodes": "earl_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_cin_assessments": "cina_person_id",
    "ssd_cin_plans": "cinp_person_id",
    "ssd_cin_visits": "cinv_person_id",
    "ssd_s47_enquiry": "s47e_person_id",
    "ssd_initial_cp_conference": "icpc_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_cp_visits": "cppv_person_id",
    "ssd_cp_reviews": "cppr_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_cla_placement": "clap_person_id",
    "ssd_cla_visits": "clav_person_id",
    "ssd_cla_health": "clah_person_id",
    "ssd_cla_care_plan": "lacp_person_id",
    "ssd_legal_status": "lega_person_id",
    "ssd_missing": "miss_person_id",
    "ssd_permanence": "perm_person_id",
    "ssd_care_leavers": "clea_person_id",
    "ssd_involvements": "invo_person_id",
}
"""By table, the column with the child's identifier."""
KEYED: Final[Mapping[str, str]] = {
    "ssd_assessment_factors": "cinf_assessment_id",
    "ssd_cla_reviews": "clar_cla_id",
    "ssd_professionals": "prof_professional_id",
    "ssd_department": "dept_team_id",
}
"""Tables without a child's identifier, and the column that joins them."""

ROWS: Final = frozenset(
    {"ssd_contacts", "ssd_early_help_episodes", "ssd_cin_episodes"}
    | {"ssd_cin_assessments", "ssd_s47_enquiry", "ssd_cp_plans"}
    | {"ssd_cla_episodes", "ssd_care_leavers", "ssd_permanence"}
)
"""Tables whose rows become records."""

_MOST_FILES: Final = 500
_BY_SIGN: Final = {squash(sign): table for table, sign in {**CHILD, **KEYED}.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSet:
    """The tables that are there.

    Attributes:
        name: What they are called in messages: the folder.
        files: By name of the table.
        unread: Names of other files in the folder.
    """

    name: str
    files: Mapping[str, Path]
    unread: tuple[str, ...]


def table_of(path: Path) -> str:
    """Return which table of the dataset a file is, or an empty text."""
    columns = columns_of(path)
    found = [table for sign, table in _BY_SIGN.items() if sign in columns]
    if len(found) != 1 or len(columns) < 2:  # noqa: PLR2004 - a key and something
        return ""
    prefix = squash({**CHILD, **KEYED}[found[0]])[:4]
    like_it = sum(column.startswith(prefix) for column in columns)
    return found[0] if 2 * like_it > len(columns) else ""


def table_set(path: Path) -> TableSet:
    """Find the tables of a folder, or those beside a file.

    Raises:
        UnusableReturnError: If there are none, or one of them twice.
    """
    folder = path if path.is_dir() else path.parent
    name = tidy(path.name)
    try:
        there = sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as error:
        raise UnusableReturnError(name, "it cannot be read") from error
    kinds = {file: table_of(file) for file in there[:_MOST_FILES]}
    files: dict[str, Path] = {}
    for file, table in kinds.items():
        if table in files:
            one, other = tidy(files[table].name), tidy(file.name)
            raise UnusableReturnError(
                name,
                f"{one} and {other} are both the table {table}",
                hint="Move one of them away.",
            )
        if table:
            files[table] = file
    if not files:
        reason = "there is no table of the Standard Safeguarding Dataset"
        raise UnusableReturnError(name, reason)
    unread = tuple(tidy(file.name) for file, table in kinds.items() if not table)
    return TableSet(name=name, files=files, unread=unread)
