"""How the tables came to be, step by step. Steps are added, never changed."""

from __future__ import annotations

HEAD = "0007"
"""The newest step."""

KNOWN = ("0001", "0003", "0002", "0004", "0005", "0006", "0007")
"""All steps, oldest first."""
