"""Who is about to be quoted at length, and where the other voice returns."""

import pytest

from foedus.reading.model import Source
from foedus.reading.text import Text
from foedus.reading.voices import voices
from foedus.reading.voices.introducing import introduction

FIRST = "The pact is a marriage of convenience, and neither spouse loves the other at all."
SECOND = "There is no buyer for the house, so nobody moves out, and this may go on for years."


def excerpts(text):
    cut = Text.of(text)
    return [
        (v.speaker, cut.paragraph_at(v.start), cut.paragraph_at(v.end - 1))
        for v in voices(cut, Source(), ())
        if v.role == "excerpt"
    ]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Writing for the Harbour Institute, Paul Ames concludes that it holds:", "Paul Ames"),
        ("Paul Ames, who advises the north, has argued:", "Paul Ames"),
        ("In the Harbour Post, Dr Maria van der Berg writes:", "Maria van der Berg"),
        ("The Foreign Secretary Paul Ames said:", "Paul Ames"),
        ("Foreign Office Minister, Paul Ames, said:", "Paul Ames"),
        ("Paul Ames, the Special Envoy for the North said:", "Paul Ames"),
        ("Minister Ames said:", "Ames"),
        (
            "The Ministry of Defence of Eastland said in a statement:",
            "Ministry of Defence of Eastland",
        ),
        ("A senior northern official told reporters on Monday:", "senior northern official"),
        ("According to the think tank’s senior analyst Paul Ames:", "Paul Ames"),
        ("In the words of Paul Ames:", "Paul Ames"),
        ("Here is a passage from Paul Ames’s essay:", "Paul Ames"),
        ("The following is an excerpt from an essay by Paul Ames.", "Paul Ames"),
        ("He writes:", None),
    ],
)
def test_who_is_introduced(sentence, speaker):
    told = introduction(Text.of(sentence).sentences[0])
    assert told is not None
    assert told.known
    assert told.speaker == speaker


@pytest.mark.parametrize(
    "sentence", ["Paul Ames writes well.", "He had three reasons.", "The bill is large."]
)
def test_a_sentence_without_a_colon_introduces_nothing(sentence):
    assert introduction(Text.of(sentence).sentences[0]) is None


def test_a_colon_before_points_is_no_introduction():
    assert excerpts(f"The ministers agreed on three things:\n\n{FIRST}\n\n{SECOND}") == []
    assert excerpts(f"Paul Ames said:\n\n- {FIRST}\n\n- {SECOND}") == []


@pytest.mark.parametrize(
    "back",
    [
        "It’s a bold reading, but the house has been sold.",
        "That is an odd way to look at it.",
        "Ames is right about the house, though he forgets the children.",
        "But is that so? The house has been sold.",
        "The words “no buyer for the house” hide a great deal.",
        "I am not so sure of that, and neither is the buyer.",
    ],
)
def test_the_other_voice_returns(back):
    text = f"Writing for the Post, Paul Ames argues:\n\n{FIRST}\n\n{SECOND}\n\n{back}"
    assert excerpts(text) == [("Paul Ames", 2, 3)]


def test_an_excerpt_runs_to_the_end_if_no_other_voice_returns():
    assert excerpts(f"Paul Ames writes:\n\n{FIRST}\n\n{SECOND}") == [("Paul Ames", 2, 3)]


def test_a_heading_or_a_rule_ends_it():
    text = f"Paul Ames writes:\n\n{FIRST}\n\n* * *\n\n{SECOND}"
    assert excerpts(text) == [("Paul Ames", 2, 2)]


def test_a_second_passage_is_his_who_was_quoted_last():
    text = (
        f"Paul Ames writes:\n\n{FIRST}\n\nThat is a fair point.\n\n"
        f"In a second passage he adds:\n\n{SECOND}"
    )
    assert excerpts(text) == [("Paul Ames", 2, 2), ("Paul Ames", 5, 5)]


def test_a_pronoun_is_who_the_paragraph_names():
    text = f"Jane Porter spoke on Sunday. She said:\n\nWe shall stay. {FIRST}"
    assert excerpts(text) == [("Jane Porter", 2, 2)]


def test_a_statement_ends_where_it_is_spoken_of_and_where_others_are_reported():
    said = "We reject this. Our forces struck none but armed men."
    assert excerpts(f"The ministry said:\n\n{said}\n\n{said}\n\nThe statement came late.") == [
        ("ministry", 2, 3)
    ]
    assert excerpts(f"The ministry said:\n\n{said}\n\nWitnesses said forty had died.") == [
        ("ministry", 2, 2)
    ]


def test_paragraphs_in_quotation_marks_end_with_the_closing_mark():
    text = (
        f"Jane Porter wrote:\n\n“{FIRST}\n\n“{SECOND} We have seen to it.”\n\n"
        "His neighbours did not like it."
    )
    assert excerpts(text) == [("Jane Porter", 2, 3)]


def test_a_short_quotation_is_left_to_others():
    assert excerpts("Jane Porter said:\n\n“We will not go.”\n\nShe left.") == []
