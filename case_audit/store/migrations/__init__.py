"""How the tables came to be, step by step. Steps are added, never changed."""

from __future__ import annotations

HEAD = "0001"
"""The newest step."""

KNOWN = ("0001",)
"""All steps, oldest first."""
