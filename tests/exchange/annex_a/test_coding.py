"""Coded cells as people and systems write them."""

from __future__ import annotations

import pytest

from case_audit.exchange.annex_a.coding import coded_reader


@pytest.mark.parametrize(
    ("codelist", "cell", "value"),
    [
        ("yes_no", "a) Yes", "yes"),
        ("yes_no", "Yes", "yes"),
        ("yes_no", "YES ", "yes"),
        ("yes_no", "y", "yes"),
        ("yes_no", "a)", "yes"),
        ("yes_no", "A )yes", "yes"),
        ("yes_no", "No - seen with carer", "no"),
        ("yes_no", "Yes (alone)", "yes"),
        ("yes_no", "TRUE", "yes"),
        ("yes_no", 1, "yes"),
        ("yes_no", 0, "no"),
        ("gender", "b)\N{NO-BREAK SPACE}Female", "female"),
        ("gender", "F", "female"),
        ("gender", "not stated / recorded", "not_stated"),
        ("ethnicity", "a) WBRI", "WBRI"),
        ("ethnicity", "wbri", "WBRI"),
        ("ethnicity", "WBRI - White British", "WBRI"),
        ("ethnicity", "White british", "WBRI"),
        ("ethnicity", "A1", "WBRI"),
        ("contact_source", "q) 6: Police", "6"),
        ("contact_source", "Police", "6"),
        ("contact_source", 6, "6"),
        ("contact_source", "b) 1B: Individual", "1B"),
        ("contact_source", "1B", "1B"),
        ("contact_source", "1c \N{EN DASH} self", "1C"),
        ("contact_source", "p1) 5D: LA services", "5D"),
        ("need", "N1 - Abuse or Neglect", "N1"),
        ("need", "n1\N{EM DASH}abuse", "N1"),
        ("need", "Abuse or neglect", "N1"),
        (
            "need",
            "N2 \N{EN DASH} Child\N{RIGHT SINGLE QUOTATION MARK}s disability",
            "N2",
        ),
        ("closure_reason", "RC7 - anything said here", "RC7"),
        ("legal_status", "C2: FCO", "C2"),
        ("legal_status", "FCO", "C2"),
        ("legal_status", "V2 S20", "V2"),
        ("case_status", "c) Child in need plan", "child_in_need_plan"),
        ("case_status", "CHILD PROTECTION PLAN", "child_protection_plan"),
        ("abuse_category", "Emotional abuse", "emotional_abuse"),
        ("abuse_category", "NEG", "neglect"),
        ("placement_type", "f) U6: Foster placement - not FFA", "U6"),
        ("placement_type", "U6", "U6"),
        ("placement_provider", "e) PR4 - Private provision", "PR4"),
        (
            "reason_ceased",
            "k) E47: Special Guardianship Orders - relative/friend",
            "E47",
        ),
        ("in_out", "Out", "out"),
        ("eligibility", "b) Former relevant child", "former_relevant"),
        ("in_touch", "d) Refu", "refused"),
        ("accommodation", "U: Independent living", "U"),
        ("accommodation", "b&b", "W"),
        ("accommodation", "u", "U"),
        ("activity", "F2: Full time in education other than higher", "F2"),
        ("activity", "NEET", "G5"),
        ("suitability", "a) Suitable", "suitable"),
        ("rd_reason", "RD2", "RD2"),
        ("adopter_leaving", 1, "1"),
        ("la_code", "wal", "WAL"),
    ],
)
def test_codes_are_understood(codelist: str, cell: str | int, value: str) -> None:
    """Each of these was seen in a real workbook, or is one step from it."""
    assert coded_reader(codelist)(cell).value == value
    assert coded_reader(codelist)(cell).flaw is None


@pytest.mark.parametrize(
    ("codelist", "cell"),
    [
        ("need", "PSRMEM - Support with memory and cognition"),
        ("yes_no", "CS Assessment Updated"),
        ("yes_no", "q)"),
        ("accommodation", "B and B or tent"),
        ("abuse_category", "Neglect - and physical"),
        ("legal_status", "C9: new order"),
        ("contact_source", "Individual"),
    ],
)
def test_other_words_are_left_out_and_said(codelist: str, cell: str) -> None:
    """A guess would put a child into the wrong stratum; the raw text is kept."""
    outcome = coded_reader(codelist)(cell)

    assert outcome.value is None
    assert outcome.raw == cell
    assert outcome.flaw is not None
    assert outcome.flaw.serious


def test_authorities_may_be_written_as_names() -> None:
    """The column asks for a code, real workbooks hold names."""
    outcome = coded_reader("la_code")(" Home  Town")

    assert outcome.value == "Home Town"
    assert outcome.flaw is None


def test_missing_is_not_a_wrong_code() -> None:
    """An empty answer in words is no reason for a problem."""
    assert coded_reader("need")("n/a") == (None, "n/a", None)
