"""Invented data must be plainly invented, and hurt nobody who reads it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from case_audit.synthetic.bank import bank
from case_audit.synthetic.county import make_county
from case_audit.synthetic.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.synthetic.model import County

AS_AT = date(2026, 3, 31)
REAL_COUNCILS = [
    "Barnet",
    "Barnsley",
    "Bexley",
    "Birmingham",
    "Blackburn",
    "Blackpool",
    "Bolton",
    "Bournemouth",
    "Bradford",
    "Brent",
    "Brighton",
    "Bristol",
    "Bromley",
    "Buckinghamshire",
    "Bury",
    "Calderdale",
    "Cambridgeshire",
    "Camden",
    "Cheshire",
    "Cornwall",
    "Coventry",
    "Croydon",
    "Cumberland",
    "Cumbria",
    "Darlington",
    "Derby",
    "Devon",
    "Doncaster",
    "Dorset",
    "Dudley",
    "Durham",
    "Ealing",
    "Enfield",
    "Essex",
    "Gateshead",
    "Gloucestershire",
    "Greenwich",
    "Hackney",
    "Halton",
    "Hampshire",
    "Haringey",
    "Harrow",
    "Hartlepool",
    "Havering",
    "Herefordshire",
    "Hertfordshire",
    "Hillingdon",
    "Hounslow",
    "Hull",
    "Islington",
    "Kent",
    "Kingston",
    "Kirklees",
    "Knowsley",
    "Lambeth",
    "Lancashire",
    "Leeds",
    "Leicester",
    "Lewisham",
    "Lincoln",
    "Liverpool",
    "London",
    "Luton",
    "Manchester",
    "Medway",
    "Merton",
    "Middlesbrough",
    "Norfolk",
    "Northampton",
    "Northumberland",
    "Nottingham",
    "Oldham",
    "Oxford",
    "Peterborough",
    "Plymouth",
    "Portsmouth",
    "Reading",
    "Redbridge",
    "Rochdale",
    "Rotherham",
    "Rutland",
    "Salford",
    "Sandwell",
    "Sefton",
    "Sheffield",
    "Shropshire",
    "Slough",
    "Solihull",
    "Somerset",
    "Southampton",
    "Southend",
    "Southwark",
    "Staffordshire",
    "Stockport",
    "Stockton",
    "Stoke",
    "Suffolk",
    "Sunderland",
    "Surrey",
    "Sussex",
    "Sutton",
    "Swindon",
    "Tameside",
    "Telford",
    "Thurrock",
    "Torbay",
    "Trafford",
    "Wakefield",
    "Walsall",
    "Wandsworth",
    "Warrington",
    "Warwick",
    "Westminster",
    "Wigan",
    "Wiltshire",
    "Windsor",
    "Wirral",
    "Wokingham",
    "Wolverhampton",
    "Worcester",
    "York",
]
GRAPHIC = re.compile(
    r"\b(blood|rape\w*|dead|died|death|corpse|suicid\w*|hang(ed|ing)|naked|genital\w*|"
    r"penis|vagina|semen|strangl\w*|stab\w*|beaten|burn(t|ed) (him|her)|knife)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def county() -> County:
    return make_county("rails", children=600, as_at=AS_AT)


def texts(county: County) -> list[str]:
    return [
        text
        for file in county.files
        for document in file.documents
        for text in (document.title, document.author, *document.paragraphs)
    ]


def test_identifiers_cannot_be_taken_for_real_ones(county: County) -> None:
    """An identifier that begins with SYN is no case-management system's."""
    units = {str(row["child_id"]) for n in range(1, 11) for row in county.rows[n]}
    adopters = {str(row["adopter_id"]) for row in county.rows[11]}

    assert all(re.fullmatch(r"SYN-\d{5}", unit) for unit in units)
    assert all(re.fullmatch(r"SYN-A\d{5}", unit) for unit in adopters)
    assert {file.unit for file in county.files} <= units


def test_postcodes_and_authorities_do_not_exist(county: County) -> None:
    """No area of the United Kingdom begins with Q; nobody has code 999 or 998."""
    rows = list(county.rows[8])

    assert rows
    for row in rows:
        assert re.fullmatch(r"QX\d \d[A-Z]{2}", str(row["placement_postcode"]))
        assert row["placement_la"] in {"999", "998"}


def test_no_real_council_is_named(county: County) -> None:
    """Nobody should look for the family in a place that exists."""
    real = re.compile(r"\b(" + "|".join(REAL_COUNCILS) + r")(shire)?\b")
    first_names = set(words("first_names"))
    names = [
        name for kind in ("towns", "schools", "localities") for name in words(kind)
    ]

    for text in (*names, *words("surnames"), *texts(county)):
        found = real.search(text)
        assert not found or found[0] in first_names, text


def test_only_telephones_that_ring_nowhere_are_written(county: County) -> None:
    """No real telephone, pupil, health or insurance number can have slipped in."""
    drama = re.compile(r"\b(01632|07700) 9(60|00)\d{3}\b")
    rung = [text for text in texts(county) if drama.search(text)]

    assert rung
    assert not any(re.search(r"\d{5,}", drama.sub("", t)) for t in texts(county))


def test_phrases_hold_nothing_graphic_and_no_death() -> None:
    """People train with these files; what they are about must not hurt them."""
    forms = [form.text for forms in bank().values() for form in forms]

    assert len(forms) > 900
    assert [text for text in forms if GRAPHIC.search(text)] == []


@pytest.mark.slow
def test_harm_and_quality_do_not_depend_on_who_a_child_is() -> None:
    """No association beyond chance between identity and harm or quality.

    Cramer's V of two independent variables is about sqrt(df / n): the largest
    that is let pass is twice that.
    """
    county = make_county("fair", children=12_000, as_at=AS_AT, files=False)
    rows = list(county.rows[7])
    for who in ("gender", "disability"):
        pairs = [(row[who], row["latest_category"]) for row in rows]
        assert cramers_v(pairs) < 2 * (4 / len(pairs)) ** 0.5, who
    white = [(str(r["ethnicity"])[0] == "W", r["latest_category"]) for r in rows]
    assert cramers_v(white) < 2 * (4 / len(white)) ** 0.5
    seen_alone = [(r["gender"], r["seen_alone"]) for r in rows if r["seen_alone"]]
    assert cramers_v(seen_alone) < 2 * (2 / len(seen_alone)) ** 0.5


def cramers_v(pairs: Sequence[tuple[object, object]]) -> float:
    """Return Cramer's V of two variables, 0 without association, at most 1."""
    rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
    n = len(pairs)
    chi = 0.0
    for row in rows:
        for column in columns:
            expected = (
                sum(p[0] == row for p in pairs) * sum(p[1] == column for p in pairs) / n
            )
            chi += (list(pairs).count((row, column)) - expected) ** 2 / expected
    return float((chi / n / (min(len(rows), len(columns)) - 1)) ** 0.5)
