"""Writes a first mapping for a table of audits, for a person to look over.

A draft holds headers, and the words that stand in the columns of roles, criteria
and grades, where these are few and short. It holds nothing else of the rows.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.imported import ROLES, subjects_of
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.errors import TableError
from case_audit.exchange.annex_a.folding import squash, tidy
from case_audit.exchange.audits.mapping import COLUMNS, NEEDED, word
from case_audit.exchange.audits.reading import HEADER_WITHIN, rows_of
from case_audit.exchange.grades_csv import grade_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from case_audit.core.rubric.model import Rubric

MOST_WORDS: Final = 200
"""Different words of one column that a draft holds at most."""
LONGEST_WORD: Final = 120

_HEADERS: Final = {
    **dict.fromkeys(
        ("unit", "case", "caseref", "casereference", "caseid", "childid", "personid"),
        "unit",
    ),
    **dict.fromkeys(("clientid", "mosaicid", "systemid", "reference"), "unit"),
    **dict.fromkeys(("auditor", "auditedby", "auditorname", "reviewer"), "auditor"),
    **dict.fromkeys(("role", "stage", "auditstage", "audittype"), "role"),
    **dict.fromkeys(
        ("criterion", "criteria", "question", "standard", "indicator", "theme"),
        "criterion",
    ),
    **dict.fromkeys(
        ("grade", "judgement", "judgment", "rating", "score", "outcome", "answer"),
        "grade",
    ),
    **dict.fromkeys(("rationale", "comment", "comments", "reason"), "rationale"),
    "evidence": "evidence",
    **dict.fromkeys(
        ("submittedat", "auditdate", "dateofaudit", "completed", "datecompleted"),
        "submitted_at",
    ),
}
_APART: Final = {
    **dict.fromkeys(("na", "notapplicable"), NOT_APPLICABLE),
    **dict.fromkeys(("ne", "notevidenced", "noevidence"), NOT_EVIDENCED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDraft:
    """A first mapping.

    Attributes:
        text: The file's content.
        recognised: The header of each column that was recognised.
        missing: Needed columns for which no header was found.
        undecided: Words of roles, criteria and grades that were not understood.
        left: Headers that are not read.
    """

    text: str
    recognised: Mapping[str, str]
    missing: tuple[str, ...]
    undecided: int
    left: tuple[str, ...]


def draft_audit_mapping(path: Path, rubric: Rubric, cohort: str) -> AuditDraft:
    """Look at a table of audits and write what its columns and words may mean.

    Args:
        path: A CSV, Excel or Parquet file.
        rubric: What its criteria and grades are to become.
        cohort: Whose cases.

    Raises:
        TableError: If it cannot be read, or no row looks like headers.
    """
    known = _Words(rubric, cohort)
    headers, body = _split(path, known)
    columns: dict[str, int] = {}
    for index, header in enumerate(headers):
        key = _HEADERS.get(squash(header), "")
        if key and key not in columns:
            columns[key] = index
    wide = {} if "grade" in columns else known.criteria_among(headers)
    used = {*columns.values(), *wide.values()}
    seen = _seen(body, columns, wide)
    needed = NEEDED[:3] if wide else NEEDED
    missing = tuple(key for key in needed if key not in columns)
    words = {
        "roles": [(one, known.role(one)) for one in seen["role"]],
        "criteria": [(headers[i], known.criterion(headers[i])) for i in wide.values()]
        or [(one, known.criterion(one)) for one in seen["criterion"]],
        "grades": [(one, known.grade(one)) for one in seen["grade"]],
    }
    recognised = {key: headers[index] for key, index in columns.items()}
    left = tuple(h for i, h in enumerate(headers) if h and i not in used)
    lines = (
        *_head(path),
        *_columns(recognised, missing, left),
        *(line for name, pairs in words.items() for line in _words(name, pairs)),
    )
    return AuditDraft(
        text="\n".join(lines) + "\n",
        recognised=recognised,
        missing=missing,
        undecided=sum(not meant for pairs in words.values() for _, meant in pairs),
        left=left,
    )


class _Words:
    """What words may mean under a rubric."""

    def __init__(self, rubric: Rubric, cohort: str) -> None:
        self._subjects = subjects_of(rubric, cohort)
        asked = [c for d in rubric.domains_for(cohort) for c in d.criteria]
        self._criteria = {squash(c.label): c.id for c in asked}
        self._criteria |= {squash(f"{c.id} {c.label}"): c.id for c in asked}
        self._criteria |= {squash(key): key for key in self._subjects}
        self._grades = dict(_APART)
        for criterion in asked:
            if not criterion.in_words:
                for text, grade in grade_words(rubric.scale_of(criterion)).items():
                    self._grades.setdefault(text, grade)

    def criterion(self, text: str) -> str:
        return self._criteria.get(squash(text), "")

    def grade(self, text: str) -> str:
        return self._grades.get(squash(text), "")

    def role(self, text: str) -> str:
        return next((role for role in ROLES if role in word(text).split()), "")

    def criteria_among(self, headers: Sequence[str]) -> dict[str, int]:
        """Return the headers that are criteria, with their places."""
        return {h: i for i, h in enumerate(headers) if h and self.criterion(h)}


def _split(
    path: Path, known: _Words
) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]:
    """Return the row of headers among the first rows, and the rows after it."""
    best, place = 0, 0
    headers: Sequence[str] = ()
    for count, (number, texts) in enumerate(rows_of(path)):
        if count == HEADER_WITHIN:
            break
        hits = sum(bool(_HEADERS.get(squash(t)) or known.criterion(t)) for t in texts)
        if hits > best:
            best, place, headers = hits, number, texts
    if best < 2:  # noqa: PLR2004 - one word alone may be anything
        raise TableError(
            path.name,
            reason="none of its first rows looks like headers",
            hint="Put a row of headers on top. A mapping by hand works too: see "
            "docs/history.md.",
        )
    return headers, (row for row in rows_of(path) if row[0] > place)


def _seen(
    body: Iterator[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    wide: Mapping[str, int],
) -> dict[str, list[str]]:
    """Return the words of each column that holds words, as often as they come up."""
    counts: dict[str, Counter[str]] = {
        key: Counter() for key in ("role", "criterion", "grade")
    }
    for _, texts in body:
        for key, counted in counts.items():
            indices = [columns[key]] if key in columns else []
            if key == "grade":
                indices += wide.values()
            for index in indices:
                if index < len(texts) and 0 < len(texts[index]) <= LONGEST_WORD:
                    counted[texts[index]] += 1
    return {
        key: [text for text, _ in counted.most_common(MOST_WORDS)]
        for key, counted in counts.items()
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _head(path: Path) -> Iterator[str]:
    name = tidy(path.name)
    yield f"# How case-audit reads {name}. A draft: look at every line."
    yield "# It holds headers and words for grades. Take out what is about a child."
    yield f"# When it is right: case-audit audits import {name} --map FILE --dry-run"
    yield "kind: audits"
    yield "invented: no  # Or: yes, where every case is invented, for practice."


def _columns(
    recognised: Mapping[str, str], missing: Sequence[str], left: Sequence[str]
) -> Iterator[str]:
    yield ""
    yield "# Our columns, and the table's headers for them."
    yield "columns:"
    for key in COLUMNS:
        if key in recognised:
            yield f"  {key}: {_quoted(recognised[key])}"
        elif key in missing:
            yield f"#  {key}: HEADER  # Needed: no header looks like it."
    if "role" in missing or "auditor" in missing:
        yield ""
        yield "# What is the same in every row, and has no column:"
        yield "fixed:"
        if "role" in missing:
            yield "  role: first"
        if "auditor" in missing:
            yield "#  auditor: NAME"
    if left:
        yield f"# Not read: {', '.join(left)}."


def _words(name: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Give a group of words: those understood, and those to decide as comments."""
    own = all(said == meant for said, meant in pairs)
    if not pairs or (own and name != "criteria"):
        return
    yield ""
    yield f'# What words for {name} mean; "" leaves the row out.'
    yield f"{name}:" if any(meant for _, meant in pairs) else f"# {name}:"
    for said, meant in pairs:
        if meant:
            yield f"  {_quoted(said)}: {meant}"
        else:
            yield f"#  {_quoted(said)}:  # To decide."
