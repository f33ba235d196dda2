"""What the tags of criteria mean: outcomes, enablers and principles in words."""

from __future__ import annotations

from typing import Final

NATIONAL_FRAMEWORK: Final = {
    "NF-O1": "Outcome 1: families stay together and get the help they need",
    "NF-O2": "Outcome 2: children are supported by their family network",
    "NF-O3": "Outcome 3: children are safe in and outside of their homes",
    "NF-O4": "Outcome 4: children in care and care leavers have stable, loving homes",
    "NF-E1": "Enabler: agencies work together",
    "NF-E2": "Enabler: leaders make good practice possible",
    "NF-E3": "Enabler: the workforce is equipped",
    "NF-P1": "Principle: the child's welfare comes first",
    "NF-P2": "Principle: the child's wishes and feelings are sought, heard and answered",
    "NF-P3": "Principle: work is done in partnership with whole families",
    "NF-P4": "Principle: children grow up in their families and networks where possible",
    "NF-P5": "Principle: agencies work together to meet a family's needs",
    "NF-P6": "Principle: the family's money and circumstances are considered",
}
"""The Children's Social Care National Framework (Department for Education, December
2023), shortened. See ``docs/sources.md``."""


def tag_words(tag: str) -> str:
    """Return a tag with what it means; an unknown one as it is."""
    meant = NATIONAL_FRAMEWORK.get(tag)
    return f"{meant} ({tag})" if meant else tag
