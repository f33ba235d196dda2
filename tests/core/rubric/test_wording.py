"""How texts read: each measure with what it must see and what it must let be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.rubric.double import double_label, double_question
from case_audit.core.rubric.wording import (
    ALIKE,
    _in_order,
    abbreviations,
    as_alike,
    explained,
    hard_to_read,
    judging_words,
    likeness,
    loose_ends,
    no_consequence,
    pasted_marks,
    readability,
    reading_age,
    unquoted,
    vague_words,
)

REVIEWED = "The plan is {} reviewed with the family and says who does what by when."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REVIEWED.format("clearly"), REVIEWED.format("partly")),
        (REVIEWED.format("always"), REVIEWED.format("not")),
        (
            "Visits are regular and the child is seen alone each time.",
            "Visits are sometimes regular and the child is often seen alone.",
        ),
        (
            "The child was seen alone at home within five days by the worker.",
            "Within five days the worker has seen the child at home alone.",
        ),
        ("Seen.", "seen"),
    ],
)
def test_one_sentence_said_again_is_alike(one: str, other: str) -> None:
    """An adverb changed, a "not" put in, or the sentence turned round."""
    assert likeness(one, other) >= ALIKE
    assert as_alike(one, other, share=ALIKE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Their words are there more than once, and the plan follows them.",
            "We hear them once, from an adult. The plan would read the same without.",
        ),
        (
            "Held when due, with family there; what is stuck is decided anew.",
            "People meet and swap news, and the actions roll on for months.",
        ),
        ("Seen.", "Heard."),
        ("", "Seen at home."),
    ],
)
def test_texts_that_show_different_things_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE
    assert not as_alike(one, other, share=ALIKE)


def test_small_words_in_one_order_are_alike_whatever_they_are_about() -> None:
    """Seven of ten words stand in both in order, of the content words none."""
    one = "It was in the house that he was by the school"
    other = "It was in the garden that he was by the shop"

    assert likeness(one, other) == Fraction(9, 11)
    assert as_alike(one, other, share=ALIKE)


def test_likeness_counts_words_of_the_shorter_text() -> None:
    """By hand: of "he goes to school" three words stand in order in the other."""
    assert likeness("he goes to school", "today he goes home to rest") == Fraction(3, 4)


@given(*[st.lists(st.sampled_from(["a", "b", "c"]), max_size=70)] * 2)
def test_words_in_order_are_counted_as_the_plain_table_counts_them(
    one: list[str], other: list[str]
) -> None:
    """The textbook's table, cell by cell, for texts longer than a machine's word."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row, word in enumerate(one, start=1):
        for place, there in enumerate(other, start=1):
            above, left = table[row - 1][place], table[row][place - 1]
            both = table[row - 1][place - 1] + 1
            table[row][place] = both if word == there else max(above, left)

    assert _in_order(one, other) == table[-1][-1]


@pytest.mark.slow
@given(st.text(), st.text(), st.fractions(0, 1))
def test_likeness_is_a_share_and_does_not_mind_the_order(
    one: str, other: str, share: Fraction
) -> None:
    """And the quick answer is the slow one."""
    found = likeness(one, other)

    assert 0 <= found <= 1
    assert found == likeness(other, one)
    assert as_alike(one, other, share=share) == (found >= share)
    assert likeness(one, one) == 1


def test_readability_by_hand() -> None:
    """Twenty words of four letters, two sentences: 4.71*4 + 0.5*10 - 21.43."""
    text = " ".join(["word"] * 9 + ["word."] + ["word"] * 9 + ["word."])

    assert readability([text]) == Fraction(471 * 4 + 500 - 2143, 100)
    assert reading_age([text]) == 3 + 5
    assert readability([text[:-6]]) is None
    assert reading_age(["Too short."]) is None


def test_long_words_in_one_breath_are_hard_to_read() -> None:
    """The same in two shorter sentences is not."""
    long = (
        "Multi-agency professionals demonstrate comprehensive understanding regarding "
        "safeguarding responsibilities, facilitating coordinated interventions that "
        "address identified vulnerabilities and strengthen protective arrangements "
        "throughout."
    )
    plain = (
        "Everyone who knows the child has said what worries them. The plan says who "
        "does what, and the child is safer for it."
    )

    (remark,) = hard_to_read(long)
    assert "reading age of" in remark.what
    assert "1 sentence)" in remark.what
    assert not list(hard_to_read(plain))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Planning is excellent and oversight is effective.",
            ["excellent", "effective"],
        ),
        ("Poor recording, adequately explained.", ["poor", "adequately"]),
        ("An outstanding, robust and appropriate plan.", 3),
        ("Good. Very good!", ["good"]),
        ('The note says "good progress" and nothing else.', []),
        ("The worker was goodness itself, and the child slept well.", []),
        ("The child chose the school.", []),
    ],
)
def test_words_that_grade_are_seen(text: str, words: list[str] | int) -> None:
    """Each once; never in what is quoted, never within a longer word."""
    found = [remark.what for remark in judging_words(text)]

    if isinstance(words, int):
        assert len(found) == words
    else:
        assert [what.split('"')[1] for what in found] == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Visits take place in a timely manner, as appropriate.", 2),
        ("A range of relevant partners meet regularly.", 3),
        ("Two partners met every Monday.", 0),
        ('A line such as "as appropriate" says nothing.', 0),
    ],
)
def test_vague_words_are_seen(text: str, count: int) -> None:
    assert len(list(vague_words(text))) == count


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Do not miss this!", ["exclamation"]),
        ("School, nursery, etc.", ["et-cetera"]),
        ("School, nursery and so on.", ["et-cetera"]),
        ('The child shouted "Stop!" and was heard.', []),
        ("Fetch the file.", []),
    ],
)
def test_loose_ends_are_seen(text: str, kinds: list[str]) -> None:
    assert [remark.kind for remark in loose_ends(text)] == kinds


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("\u201cThe child is seen.\u201d", True),
        ("The child said \u201cyes\u201d.", False),
        ("The child is seen.", False),
    ],
)
def test_marks_around_a_whole_text_are_seen(text: str, *, pasted: bool) -> None:
    assert [one.kind for one in pasted_marks(text)] == ["quotes"] * pasted


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("The form is missing or was filled in by somebody else.", True),
        ("The plan does not mention the child.", True),
        ("The child was hurt again.", False),
        ("Nobody looked, and the baby stayed where it was not fed.", False),
        ("They faced it alone.", False),
    ],
)
def test_the_lowest_grade_says_what_came_of_it(text: str, silent: bool) -> None:  # noqa: FBT001
    """For the child: a form that is missing harms nobody by itself."""
    assert bool(list(no_consequence(text))) is silent


def test_abbreviations_are_found_and_their_words_beside_them() -> None:
    text = "The IRO and two LADOs rang the GP about A&E in 2026. I said NO."

    assert abbreviations(text) == ("IRO", "LADO", "GP", "A&E", "NO")
    assert explained(["x", "independent reviewing officers (IROs)"]) == {"IRO"}
    assert explained(["The IRO (independent reviewing officer) rang."]) == {"IRO"}
    assert explained(["The IRO rang.", "(iro)", "IRO (2)"]) == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Was the child seen? Was the mother?", "more than one question mark"),
        ("Did the worker visit, and was the child seen?", '"and was the"'),
        ("How was the child seen and what did they say?", '"and what did"'),
        ("Was the plan reviewed and shared with the family?", '"reviewed and shared"'),
        ("Is risk seen and acted on?", '"seen and acted"'),
        ("Are the assessment and the plan in date?", '"assessment and the plan"'),
        ("Is the plan clear and realistic?", '"clear and realistic"'),
        ("Was the mother/father asked?", '"mother/father"'),
    ],
)
def test_two_questions_in_one_are_seen(text: str, said: str) -> None:
    """And the remark says by which words."""
    (remark,) = double_question(text)

    assert said in remark.what


@pytest.mark.parametrize(
    "text",
    [
        "Do child and family know what happens next?",
        "What happened and why?",
        "Does the record show what was seen, by whom and when?",
        "Was it clear where and with whom this child would grow up?",
        "Could a stranger say who decided, on what evidence, and what changed it?",
        "What did this child want, and what is different because of it?",
        "Was this home matched to the child, or was it the bed that was free?",
        "Was the child tired and worried?",
        'Is "seen and heard" more than a phrase here?',
        "Was half of it (1/2) done by 2025/26?",
    ],
)
def test_one_question_is_let_be(text: str) -> None:
    assert not list(double_question(text))


def test_a_label_is_no_question() -> None:
    """It may not join two things, but needs no verb in a certain place."""
    assert len(list(double_label("Dangers are seen and shared"))) == 1
    assert not list(double_label("What it means and was the case"))


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever stands in a file, each rule gives an answer."""
    rules = (hard_to_read, judging_words, vague_words, loose_ends, no_consequence)
    remarks = [
        r for rule in (*rules, double_question, double_label) for r in rule(text)
    ]

    assert all(r.kind and r.what and r.suggestion.endswith(".") for r in remarks)
    assert abbreviations(unquoted(text)) is not None
    assert explained([text]) is not None
