"""A child's file refers to each document by one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builders import a_case_file


def test_two_documents_of_one_name_cannot_be() -> None:
    """Evidence that points to two places points to none."""
    file = a_case_file("C0001")

    with pytest.raises(ValueError, match="same ref"):
        replace(file, documents=(*file.documents, file.documents[0]))


@pytest.mark.parametrize(
    "broken",
    [{"ref": ""}, {"paragraphs": ()}, {"recorded_on": date(2026, 2, 1)}],
)
def test_a_document_has_a_name_and_text_and_is_not_written_before_it_happened(
    broken: dict[str, Any],
) -> None:
    """Evidence needs something to point to."""
    with pytest.raises(ValueError, match="a document needs"):
        replace(a_case_file("C0001").documents[0], **broken)
