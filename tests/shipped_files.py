"""Files that come with the program."""

from __future__ import annotations

from pathlib import Path

from case_audit.resources import shipped

RUBRIC = Path(str(shipped("rubrics"))) / "child-protection.yaml"
FIXTURE = Path(str(shipped("fixtures"))) / "borrowmere-12"
