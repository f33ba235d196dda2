"""The draw as statements that DuckDB and Spark both run.

They differ in the names of a few functions. ``docs/big-frames.md`` prints them, so
that a data platform can draw without this program.
"""

from __future__ import annotations

from dataclasses import dataclass

from case_audit.core.frame.model import ALL
from case_audit.core.sample.draw import NOT_RECORDED

SPACE = (
    r"\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
"""What counts as white space, for a class of a regular expression."""

CONTROL = r"[\x{0}-\x{1f}\x{7f}-\x{9f}]"
"""What no identifier may hold."""

NOT_PLAIN = "[^!-~]"
"""What makes an identifier worth a closer look: the others stand as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How an engine says what the statements need.

    Attributes:
        text: The name of its type for text.
        name_mark: What stands around names.
        raw: What stands before text whose backslashes are kept.
        matches: Its function for "contains this expression".
        all_of_them: What follows an expression so that all matches are replaced.
        nfc: Its function for Unicode normal form C.
        sha256: Its SHA-256 in hexadecimal digits, of ``{}``.
    """

    text: str
    name_mark: str
    raw: str
    matches: str
    all_of_them: str
    nfc: str
    sha256: str

    def name(self, text: str) -> str:
        """Return the name of a column in a statement."""
        mark = self.name_mark
        return f"{mark}{text.replace(mark, mark * 2)}{mark}"

    def as_text(self, column: str) -> str:
        """Return a column as text."""
        return f"CAST({self.name(column)} AS {self.text})"

    def has(self, value: str, expression: str) -> str:
        """Return the condition that a text contains an expression."""
        return f"{self.matches}({value}, {self.raw}'{expression}')"

    def replaced(self, value: str, expression: str, by: str) -> str:
        """Return a text with all matches replaced."""
        more = self.all_of_them
        return f"regexp_replace({value}, {self.raw}'{expression}', '{by}'{more})"


DUCKDB = Dialect(
    text="VARCHAR",
    name_mark='"',
    raw="",
    matches="regexp_matches",
    all_of_them=", 'g'",
    nfc="nfc_normalize",
    sha256="sha256({})",
)
SPARK = Dialect(
    text="STRING",
    name_mark="`",
    raw="r",
    matches="regexp_like",
    all_of_them="",
    nfc="nfc",
    sha256="sha2({}, 256)",
)


def canonical(dialect: Dialect, value: str) -> str:
    """Return an identifier in the form that is hashed and compared.

    As :func:`~case_audit.core.frame.model.canonical_unit`: normal form C, and no
    white space at the ends.
    """
    ends = f"^[{SPACE}]+|[{SPACE}]+$"
    return dialect.replaced(f"{dialect.nfc}({value})", ends, "")


def stratum(dialect: Dialect, strata: tuple[str, ...]) -> str:
    """Return the name of a stratum, as :func:`~...core.sample.draw.stratum_of`."""
    if not strata:
        return f"'{ALL}'"
    parts = []
    for column in strata:
        single = dialect.replaced(dialect.as_text(column), f"[{SPACE}]+", " ")
        parts.append(f"COALESCE(NULLIF(TRIM({single}), ''), '{NOT_RECORDED}')")
    return " || ' / ' || ".join(parts)


def lines(
    dialect: Dialect, table: str, unit: str, strata: tuple[str, ...], *, plain: bool
) -> str:
    """Return the statement that gives each row's unit, its stratum, and ``odd``.

    ``odd`` says that the identifier had to be looked at closely.

    Args:
        dialect: The engine's.
        table: What is read.
        unit: The column of identifiers.
        strata: The columns that make the strata.
        plain: Whether no identifier is odd, as was found before.
    """
    raw, name = dialect.as_text(unit), stratum(dialect, strata)
    if plain:
        return f"SELECT {raw} AS unit, {name} AS stratum, FALSE AS odd FROM {table}"  # noqa: S608
    odd = dialect.has(raw, NOT_PLAIN)
    inner = f"SELECT {raw} AS raw, {name} AS stratum, {odd} AS odd FROM {table}"  # noqa: S608
    whole = f"CASE WHEN odd THEN {canonical(dialect, 'raw')} ELSE raw END"
    return f"SELECT {whole} AS unit, stratum, odd FROM ({inner}) AS rows"  # noqa: S608


def left(found: str) -> str:
    """Return the statement that leaves the units of ``left_out`` out of lines."""
    kept = "unit IS NULL OR unit NOT IN (SELECT unit FROM left_out)"
    return f"SELECT * FROM ({found}) AS every WHERE {kept}"  # noqa: S608


def unusable(dialect: Dialect) -> str:
    """Return the condition that a unit of :func:`lines` cannot be drawn."""
    control = f"CASE WHEN odd THEN {dialect.has('unit', CONTROL)} ELSE FALSE END"
    return f"unit IS NULL OR unit = '' OR {control}"


def order_key(dialect: Dialect, *, seed: str, start: int) -> str:
    """Return the text by which units are sorted, smallest number first.

    The digest in hexadecimal digits; before it a 1 for units whose number lies
    before the start of the circle, so that they come last.
    """
    digest = dialect.sha256.format(f"'{seed}:' || unit")
    if not start:
        return digest
    late = f"CASE WHEN {digest} < '{start:016x}' THEN '1' ELSE '0' END"
    return f"{late} || {digest}"
