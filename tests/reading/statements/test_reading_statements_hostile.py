"""Odd and hostile input: linear time, no error, spans in the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import mentions

from foedus.reading.model import Item
from foedus.reading.statements import blame, commitments, stakes, theses
from foedus.reading.statements.lexicon import Lexicon, forms
from foedus.reading.statements.words import words
from foedus.reading.text import Text

FINDERS = (commitments, blame, theses, stakes)
MANY = 4_000
PIECES = (
    "Arland blames Borduria for ", "a red line, ", "if Arland as long as ", "of ", "“ seeks to ",
    "very ", "Arland and Borduria and ", "will really ", "seeks to a, to b ", "Arland's red line ",
    "who refuses, ", "? ", "unless it is, ",
)  # fmt: skip


def everything(text: str) -> list[Item]:
    cut, named = Text.of(text), mentions(text)
    return [item for finder in FINDERS for item in finder(cut, named, (), ())]


@pytest.mark.parametrize("piece", PIECES)
def test_a_phrase_repeated_without_end_is_read_in_linear_time(piece: str) -> None:
    assert isinstance(everything(piece * MANY), list)


WORDS = st.sampled_from(
    sorted(
        words(
            "Arland Borduria's blames if unless as long red line , . ? “ ” — will not accept it is "
            "seeks to and vital for that who on the said blame İ ’"
        )
    )
)


def spans(value: Any) -> list[tuple[int, int]]:
    if isinstance(value, dict):
        inner = [span for one in value.values() for span in spans(one)]
        both = "start" in value and "end" in value
        return [*inner, (value["start"], value["end"])] if both else inner
    if isinstance(value, list | tuple):
        return [span for one in value for span in spans(one)]
    return []


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_span_is_a_stretch_of_the_text(text: str) -> None:
    for item in everything(text):
        for start, end in spans(item.to_dict()):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]


def test_the_forms_of_a_verb() -> None:
    assert forms("blame") == {"blame", "blames", "blamed", "blaming"}
    assert forms("deny") == {"deny", "denies", "denied", "denying"}
    assert "sought" in forms("seek")


def test_a_lexicon_takes_the_longest_phrase_and_allows_adverbs_between() -> None:
    lexicon = Lexicon.of([("short", "red"), ("long", "red line|lines\nred hot? line of")])
    hits = list(lexicon.hits(("a", "red", "very", "hot", "line", "of", "red")))
    assert [(hit.start, hit.end, hit.tag) for hit in hits] == [(1, 6, "long"), (6, 7, "short")]
