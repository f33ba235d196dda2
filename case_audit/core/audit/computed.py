"""The computed grades of a submitted audit as one text, kept as they were then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.judge import Computed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.audit.judge import CaseJudgement

OVERALL: Final = "overall"


def computed_text(judgement: CaseJudgement) -> str:
    """Return a judgement as JSON with sorted keys."""
    plain = {
        key: {
            "grade": found.grade,
            "rule": found.rule,
            "because": found.because,
            "drivers": list(found.drivers),
            "standing": found.standing,
            "raises": found.raises,
        }
        for key, found in {**judgement.domains, OVERALL: judgement.overall}.items()
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def computed_from_text(text: str) -> Mapping[str, Computed]:
    """Return the computed grades by domain, and under :data:`OVERALL` the case's."""
    return {
        key: Computed(
            grade=found["grade"],
            rule=found["rule"],
            because=found["because"],
            drivers=tuple(found["drivers"]),
            standing=found["standing"],
            raises=found.get("raises", ""),
        )
        for key, found in json.loads(text).items()
    }
