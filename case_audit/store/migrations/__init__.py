"""How the tables came to be, step by step. Steps are added, never changed."""

from __future__ import annotations

HEAD = "0013"
"""The newest step."""

KNOWN = (
    "0001",
    "0003",
    "0002",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
)
"""All steps, oldest first."""
