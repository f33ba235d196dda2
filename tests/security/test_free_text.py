"""What a guard finds in text that leaves the council, and what it leaves alone.

The numbers are of ranges that are never given to anybody: NHS numbers that begin with
999, telephone numbers for drama, pupil numbers of no authority.
"""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from case_audit.security.free_text import KINDS, Found, findings

KNOWN = (
    "100234",
    "100234@2026-02-03",
    "SYN-0001",
    "Ada O'Brien",
    "José Núñez",
    "7",
    "12",
    "--",
)


def kinds(text: str, *, allowed: frozenset[date] = frozenset()) -> list[str]:
    return [found.kind for found in findings(text, known=KNOWN, allowed=allowed)]


@pytest.mark.parametrize(
    "text",
    [
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        "seen as 999  000\n0018, then",
        "99 90 00 00 18",
        "\uff19\uff19\uff19 000 0018",  # digits of full width
        "999\u00a0000\u00a00018",  # spaces that do not break
        "999\u200b0000018",  # a space without width
        "1 999 000 0018",  # after another number
        "\u0669\u0669\u0669 000 0018",  # Arabic digits
    ],
)
def test_an_nhs_number_is_found_however_it_is_written(text: str) -> None:
    """Worked by hand: 9*10 + 9*9 + 9*8 + 1*2 = 245, and 11 - 245 % 11 = 8."""
    assert "nhs_number" in kinds(text)


@pytest.mark.parametrize(
    "text", ["9990000019", "99900000180", "9 9 9 0 0 0 0 0 1 8", "999,000,0018"]
)
def test_ten_other_digits_are_no_nhs_number(text: str) -> None:
    """A wrong check digit, one digit more, a row of counts."""
    assert "nhs_number" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A000000000000", True),
        ("N999000000000", True),  # 9*2 + 9*3 + 9*4 = 81, 81 % 23 = 12, the 13th letter
        ("n 999 0000 00000", True),
        ("C99900000000B", True),  # a temporary one: 81 + 1*13 = 94, 94 % 23 = 2
        ("M999000000000", False),
        ("N99900000000I", False),  # no such letter
        ("N9990000000001", False),
    ],
)
def test_a_pupil_number_has_its_check_letter(
    text: str,
    found: bool,  # noqa: FBT001
) -> None:
    """Any other letter before twelve digits is a reference of something else."""
    assert ("pupil_number" in kinds(text)) is found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("QQ123456C", "insurance_number"),  # the form's own example
        ("qq 12 34 56 c", "insurance_number"),
        ("ZZ1 1ZZ", "postcode"),
        ("zz99 9zz", "postcode"),
        ("GIR 0AA", "postcode"),
        ("Z1A1ZZ", "postcode"),
        ("ZZ1 2ND", "postcode"),
        ("zz1 2nd", "postcode"),
        ("020 7946 0018", "telephone"),
        ("(0113) 496 0000", "telephone"),
        ("07700 900123", "telephone"),
        ("07700900123 18 of 30", "telephone"),
        ("+44 (0)20 7946 0018", "telephone"),
        ("0044 7700 900123", "telephone"),
        ("+353 1 555 0123", "telephone"),
        ("ring a.b-c+d@example.org", "mail_address"),
        ("https://example.org/x?y=1", "web_address"),
        ("www.example.org", "web_address"),
        ("example.co.uk", "web_address"),
        ("Mrs Smith", "titled_name"),
        ("Dr. O\u2019Neil", "titled_name"),
        ("Miss\nJ. Smith", "titled_name"),
        ("MR SMITH", "titled_name"),
        ("Ms Élan", "titled_name"),
        ("31/03/2014", "date"),
        ("3-4-14", "date"),
        ("31.3.2014", "date"),
        ("2014-03-31", "date"),
        ("2014/03/31", "date"),
        ("03/31/2014", "date"),
        ("31032014", "date"),
        ("20140331", "date"),
        ("31 March 2014", "date"),
        ("31st of Mar \u201914", "date"),
        ("Sept 3rd, 2014", "date"),
        ("born in 2014", "date"),
        ("DOB: May 2014", "date"),
        ("100234", "known"),
        ("case 100234@2026-02-03, twice", "known"),
        ("syn_0001", "known"),
        ("ADA O\u2019BRIEN said", "known"),
        ("Jose\u0301 Nunez", "known"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: str) -> None:
    """Each is one finding, of its own kind."""
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "18 of 30 were good or better: 60% (42% to 76%).",
        "Counts: 0 2 4 0 0 0 6 67, and 0.766666667 of all.",
        "Frame of 1,240 children; 240 drawn; draw 2 of 2.",
        "Escalated at E1 2nd time, S47 enquiries, level E2.",
        "In March 2026 and on 31 March; spring 2026; 2025-26; Q3 2025/26.",
        "Section 1.2.3, rubric 1.0.4, criterion cp1, framework ilacs@2026-04.",
        "30/31/99 and 31 February 2014 are no days, nor is 31/03/1214.",
        "Many miss School; the Ms of the plan; Dr who; mr smith; Miss 2 visits.",
        "7 of 12 cases; 100 of 234; 1002345; SYN and 0001 apart; Brien alone",
        "A plan for each child. Visits? Yes! e.g. at home; see also p. 12-14.",
        "123456789012345678901234567890",
        "",
    ],
)
def test_what_a_report_is_made_of_is_left_alone(text: str) -> None:
    """A guard that cries at every number would be switched off."""
    assert kinds(text) == []


def test_the_days_of_the_report_itself_may_be_in_it() -> None:
    """Each date counts as somebody's unless it is said to be nobody's."""
    text = "As at 31 March 2026 (2026-03-31); reviewed on 14 May 2025."

    found = findings(text, known=(), allowed={date(2026, 3, 31)})

    assert [(one.line, one.column, one.kind) for one in found] == [(1, 47, "date")]


def test_a_finding_says_where_and_what_but_not_the_text() -> None:
    """It may be printed and logged."""
    text = "First line\r\n\u00e9 call 07700 900123\rthen Mr Smith\n\nZZ1 1ZZ"

    found = findings(text, known=())

    assert found == (
        Found(line=2, column=8, kind="telephone"),
        Found(line=3, column=6, kind="titled_name"),
        Found(line=5, column=1, kind="postcode"),
    )
    assert str(found[0]) == "line 2, column 8: a telephone number"
    assert {one.kind for one in found} < set(KINDS)


def test_of_findings_within_each_other_the_longest_counts() -> None:
    """An address is one thing, though its host is an address too."""
    assert kinds("mail@www.example.org") == ["mail_address"]
    assert kinds("https://example.org/ZZ11ZZ") == ["web_address"]


@pytest.mark.slow
@pytest.mark.parametrize("part", ["a", "9 ", "0", "a.", "a@", "www.a/", "\u00e9"])
def test_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    """Ten times as much takes about ten times as long, not a hundred times."""
    known = {f"SYN-{number:05}" for number in range(1000)} | {"a a a", "9 9 9 9 9 9"}

    def seconds(size: int) -> float:
        text = (part * size)[:size]
        times = []
        for _ in range(2):
            start = perf_counter()
            findings(text, known=known)
            times.append(perf_counter() - start)
        return min(times)

    assert seconds(20_000) < 40 * seconds(2_000) + 0.05
