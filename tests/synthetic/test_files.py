"""Case files say what the lists say, and show what they are said to show."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from case_audit.synthetic.bank import Pen, bank
from case_audit.synthetic.county import make_county
from case_audit.synthetic.quality import catalogue, choose_features
from case_audit.synthetic.visits import GAP, STANDARD

if TYPE_CHECKING:
    from case_audit.core.frame.case_file import CaseFile, Document
    from case_audit.synthetic.model import County

AS_AT = date(2026, 3, 31)
OPEN = ("cin", "cp", "cic")
ON_TRACK = re.compile(r"Visits are (in time|up to date)\.")
BLIND = re.compile(r"(Visits on track|All visits up to date)\b")


@pytest.fixture(scope="module")
def county() -> County:
    return make_county("files", children=200, as_at=AS_AT)


def open_files(county: County) -> list[CaseFile]:
    return [file for file in county.files if file.cohort in OPEN]


def of_kind(file: CaseFile, kind: str) -> list[Document]:
    return [document for document in file.documents if document.kind == kind]


def seen(file: CaseFile) -> list[date]:
    return [d.date for d in of_kind(file, "visit") if d.title == "Visit"]


def features(county: County) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for planted in county.planted:
        found[planted.unit].add(planted.feature)
    return found


def test_every_open_child_has_a_file_of_a_readable_length(county: County) -> None:
    """Long enough to find evidence in, short enough for an evening's practice."""
    files = open_files(county)
    lengths = [
        sum(len(text.split()) for d in file.documents for text in d.paragraphs)
        for file in files
    ]
    in_cohorts = {
        row["child_id"]
        for row in county.rows[6]
        if row["case_status"]
        in {"child_in_need_plan", "child_protection_plan", "looked_after"}
    }

    assert {file.unit for file in files} == in_cohorts
    assert all(8 <= len(file.documents) <= 32 for file in files)
    assert min(lengths) > 600
    assert max(lengths) < 2_600
    assert 1_000 < sorted(lengths)[len(lengths) // 2] < 1_700


def test_documents_are_in_order_and_never_of_tomorrow(county: County) -> None:
    for file in county.files:
        days = [document.date for document in file.documents]
        assert days == sorted(days)
        assert all(d.recorded_on <= AS_AT for d in file.documents)


def test_nothing_is_left_unfilled(county: County) -> None:
    """A brace, a double space or a small letter after a stop gives a grammar away."""
    for file in county.files:
        for document in file.documents:
            for text in document.paragraphs:
                assert not re.search(r"[{}<>^]|  |\.\.|\n| ,", text), text
                assert not text[0].islower(), text
                bare = re.sub(r'"[^"]*"', "", text)
                assert not re.search(r"[a-z]\. [a-z]", bare), text


def test_last_visit_on_the_lists_is_the_last_visit_in_the_file(county: County) -> None:
    """A facts panel and a file that disagree would teach the wrong lesson."""
    listed = {row["child_id"]: row["last_seen"] for row in county.rows[6]}

    for file in open_files(county):
        assert listed[file.unit] == max(seen(file)).isoformat()


def test_visits_are_said_to_be_on_track_only_when_they_are(county: County) -> None:
    """What a manager writes follows the dates, unless blindness is planted."""
    said = 0
    planted = features(county)
    for file in open_files(county):
        limit = STANDARD[file.cohort] * 1.2 + 1
        for note in of_kind(file, "supervision"):
            text = " ".join(note.paragraphs)
            before = [day for day in seen(file) if day <= note.date]
            late = bool(before) and (note.date - before[-1]).days > limit
            if ON_TRACK.search(text):
                said += 1
                assert not late, (file.unit, note.ref)
            if BLIND.search(text):
                assert late, (file.unit, note.ref)
                assert "O-BLIND" in planted[file.unit]
    assert said > 50


def test_gaps_between_visits_are_the_planted_ones(county: County) -> None:
    """Plant equals derive: a reader with a calendar finds exactly these."""
    planted = features(county)
    gaps = 0
    for file in open_files(county):
        wide = [
            later
            for earlier, later in pairwise(seen(file))
            if (later - earlier).days > GAP * STANDARD[file.cohort]
        ]
        gaps += len(wide)
        meant = {"S-GAP", "S-FAILED"} & planted[file.unit]
        assert bool(wide) <= bool(meant), file.unit
        assert len(wide) <= 1
    assert gaps >= 3


def test_a_child_who_is_never_seen_alone_is_said_to_be_so_nowhere(
    county: County,
) -> None:
    alone = re.compile(r"\b(alone|on (his|her) own in|by (himself|herself) in the)\b")
    planted = features(county)
    for file in open_files(county):
        if "S-NOTALONE" in planted[file.unit]:
            for note in of_kind(file, "visit"):
                for text in note.paragraphs[1:2]:
                    assert not alone.search(text), (file.unit, note.ref, text)


def test_seen_alone_on_list_7_is_what_the_last_visit_says(county: County) -> None:
    """Where the child is old enough to be talked to."""
    rows = {row["child_id"]: row for row in county.rows[7]}
    checked = 0
    planted = features(county)
    for file in county.files:
        row = rows.get(file.unit)
        if file.cohort != "cp" or row is None or int(str(row["age"])) < 5:
            continue
        last = of_kind(file, "visit")[-1].paragraphs[1]
        together = re.match(
            r".*(was about, and|with (mum|dad) this time|joined us"
            r"|did not want to be on|We all talked together|everyone round the table)",
            last,
        )
        if row["seen_alone"] == "yes":
            checked += 1
            assert not together
        elif not {"S-NOTALONE", "V-ABSENT"} & planted[file.unit]:
            assert together, last
    assert checked > 5


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize("kind", ["placement", "chronology"])
def test_records_of_the_past_name_no_later_day(county: County, kind: str) -> None:
    """An order cannot be on file before the court has made it."""
    named = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)")
    past = re.compile(r"made|since|began|moved|^\d")
    checked = 0
    for file in county.files:
        for document in of_kind(file, kind):
            for text in document.paragraphs:
                for day, month, year in (
                    named.findall(text) if past.search(text) else ()
                ):
                    checked += 1
                    found = date(int(year), MONTHS.index(month) + 1, int(day))
                    assert found <= document.date, text
    assert checked


def test_quotes_are_of_children_who_can_talk(county: County) -> None:
    """Nobody under five is quoted."""
    ages = {row["child_id"]: row["age"] for row in county.rows[6]}
    for file in open_files(county):
        if int(str(ages[file.unit])) < 5:
            for kind in ("visit", "direct_work", "letter"):
                for document in of_kind(file, kind):
                    told = re.compile(r"\b(S?he) (told me|said):|In (his|her) room")
                    text = " ".join(document.paragraphs)
                    assert not told.search(text), (file.unit, text)


def test_plans_of_vague_files_name_nobody_and_no_date(county: County) -> None:
    planted = features(county)
    for file in open_files(county):
        if "P-VAGUE" in planted[file.unit] and file.cohort != "cic":
            text = of_kind(file, "plan")[0].paragraphs[0]
            assert not re.search(r"\d|will\b", text)


def test_only_what_is_written_is_recorded(county: County) -> None:
    """Each record points to a paragraph, and there are no others."""
    files = {file.unit: file for file in county.files}
    texts: dict[str, set[str]] = defaultdict(set)

    for planted in county.planted:
        assert planted.feature in catalogue()
        refs = {d.ref: d for d in files[planted.unit].documents}
        paragraphs = refs[planted.ref].paragraphs
        assert 1 <= planted.line <= len(paragraphs)
        texts[planted.feature].add(paragraphs[planted.line - 1])
    assert len(texts) > 40


def test_features_of_one_file_do_not_contradict_each_other(county: County) -> None:
    for unit, codes in features(county).items():
        for code in codes:
            assert not catalogue()[code].conflicts & codes, (unit, code)


def test_files_differ_in_quality(county: County) -> None:
    """Each criterion shows both strengths and weaknesses somewhere."""
    shown: dict[str, set[bool]] = defaultdict(set)
    for planted in county.planted:
        feature = catalogue()[planted.feature]
        shown[feature.criterion].add(feature.defect)

    for criterion in ("voice", "assess", "plan", "visits", "oversight", "multi"):
        assert shown[criterion] == {True, False}, criterion


def test_no_sentence_is_in_most_files(county: County) -> None:
    """Who has read three files must not know the next one by its phrases."""
    files = open_files(county)
    counts: Counter[str] = Counter()
    for file in files:
        sentences = {
            re.sub(r"\b[A-Z]\w+|\d+", "#", sentence)
            for document in file.documents
            if document.kind not in ("chronology", "contacts")
            for text in document.paragraphs
            for sentence in re.split(r"(?<=[.!?]) ", text)
            if len(sentence.split()) > 5
        }
        counts.update(sentences)

    assert len(counts) > 2_000
    assert counts.most_common(1)[0][1] < len(files) * 0.5


def test_one_change_moves_only_its_own_words() -> None:
    """Forms depend on child, key and place alone, never on what came before."""
    pen = Pen(
        seed="s",
        unit="SYN-00001",
        slots={"carer": "mum", "child": "Wren", "his": "her", "he": "she"},
        facts=frozenset({"talks", "junior", "neglect", "bad"}),
        referral=1,
        since=1,
    )

    first = pen.say("small", day=738_000, nth=3)
    pen.say("ok", day=738_000)
    pen.say("small", day=738_000, nth=1)

    assert pen.say("small", day=738_000, nth=3) == first
    assert pen.say("small", day=738_000, nth=2) != first


def test_a_missing_phrase_is_an_error_and_not_a_gap() -> None:
    pen = Pen(seed="s", unit="u", slots={}, facts=frozenset(), referral=1, since=1)

    with pytest.raises(LookupError, match=r"no\.such\.key"):
        pen.say("no.such.key", day=738_000)


def test_every_strength_and_weakness_has_words_or_dates() -> None:
    """A code that no form and no rule can show would never be in a file."""
    written = {form.feature for forms in bank().values() for form in forms}
    by_date = {"R-LATE", "P-STALE"}

    assert written - {""} <= set(catalogue())
    assert set(catalogue()) - written == by_date


def test_choice_of_features_respects_what_the_case_allows() -> None:
    """A baby cannot be quoted; a case without police has no police fault."""
    for number in range(300):
        chosen = choose_features("s", f"u{number}", facts={"cin"}, strength=0.0)
        assert all(catalogue()[code].needs <= {"cin", "gap"} for code in chosen)


def test_short_files_are_for_those_who_are_not_open(county: County) -> None:
    """A referral that went no further has its few pages too."""
    others = [file for file in county.files if file.cohort not in OPEN]

    assert others
    assert all(1 <= len(file.documents) <= 8 for file in others)


def test_a_shorter_look_back_gives_shorter_files() -> None:
    long, short = (
        make_county("len", children=12, as_at=AS_AT, look_back=share)
        for share in (1.0, 0.3)
    )

    for one, other in zip(long.files, short.files, strict=True):
        assert {d.ref for d in other.documents if d.kind == "visit"} < {
            d.ref for d in one.documents if d.kind == "visit"
        }
