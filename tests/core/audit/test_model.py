"""What an answer is, and what stands for a criterion that was not asked."""

from __future__ import annotations

import pytest

from builders import G, a_mixed_rubric, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE, Answer, Answers, with_unasked


def test_what_was_not_asked_is_not_applicable_and_the_rest_stays() -> None:
    """Whatever was answered before the list said that it does not apply."""
    given = Answers(
        {
            ("criterion", "g1"): Answer(part="criterion", subject="g1", value=G),
            ("criterion", "g2"): Answer(part="criterion", subject="g2", value=G),
        }
    )

    found = with_unasked(given, ["g1", "g2", "q1"], {"g1"})

    assert [found.criterion(c).value for c in ("g1", "g2", "q1")] == [
        G,
        NOT_APPLICABLE,
        NOT_APPLICABLE,
    ]


def test_a_condition_decides_who_is_asked() -> None:
    """Where it cannot be told, the auditor is asked."""
    rubric = a_mixed_rubric()

    def asked(known: dict[str, str] | None) -> bool:
        domains = rubric.domains_for("cp", known)
        return "g2" in [c.id for d in domains for c in d.criteria]

    assert asked({"age": "16"})
    assert not asked({"age": "15"})
    assert asked({})
    assert asked(None)


def test_a_scale_that_nothing_uses_is_not_there() -> None:
    with pytest.raises(KeyError, match="yes-no"):
        a_rubric().scale_named("yes-no")


def test_words_have_no_scale() -> None:
    rubric = a_mixed_rubric()

    with pytest.raises(KeyError, match="n1-a"):
        rubric.scale_of(rubric.criterion("n1-a"))
