"""A child's file refers to each document by one name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import a_case_file


def test_two_documents_of_one_name_cannot_be() -> None:
    """Evidence that points to two places points to none."""
    file = a_case_file("C0001")

    with pytest.raises(ValueError, match="same ref"):
        replace(file, documents=(*file.documents, file.documents[0]))
