"""Pronouns and pairs: whom they stand for, or that it stays open."""

from __future__ import annotations

import pytest

from foedus.case import loads
from foedus.reading.mentions import Names, mentions
from foedus.reading.text import Text

CASE = """
foedus: 1
id: made-up
title: A made-up pact
question: Will it hold?
as_of: 2016-06-12
horizon: 2016-12-31
actors:
  russia: {name: Russia, kind: state}
  iran: {name: Iran, kind: state}
  damascus: {name: the Syrian government, kind: state}
  assad: {name: Bashar al-Assad, kind: person, part_of: damascus}
pact: {members: [russia, iran, damascus]}
"""
NAMES = Names.of(loads(CASE, sections={}))


def told(text: str, words: str, names: Names = NAMES) -> list[str | None]:
    there = mentions(Text.of(text), names)
    return [
        m.actor for m in there if text[m.start : m.end] == words and m.by in ("pronoun", "shape")
    ]


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        ("Assad spoke. He left.", "He", ["assad"]),
        ("Iran spoke to Russia and it has left.", "it", ["iran"]),
        ("In Russia, Iran said it would stay.", "it", ["iran"]),
        ("Iran waits. In Russia, it said no.", "it", ["iran"]),
        ("Russia and Iran met. The two countries agree.", "two countries", ["russia", "iran"]),
        ("Russia and Iran met. Both sides agree.", "Both sides", ["russia", "iran"]),
        ("Russia and Iran met. It is good for the two to stay.", "two", ["russia", "iran"]),
        ("A Russian-Iranian pact. Both countries gain.", "Both countries", ["russia", "iran"]),
        ("Assad lost. Iran shores up its ally.", "its ally", ["assad"]),
        ("Assad clings on. They want to save his regime.", "his regime", ["damascus"]),
        ("Iran sent its troops.", "its troops", ["iran"]),
    ],
)
def test_whom_it_stands_for(text: str, words: str, actors: list[str]) -> None:
    assert told(text, words) == actors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He left.", "He"),
        ("We left.", "We"),
        ("Iran left. He stayed.", "He"),
        ("Its allies stayed.", "Its allies"),
    ],
)
def test_it_stays_open(text: str, words: str) -> None:
    assert told(text, words) == [None]


def test_a_pair_is_forgotten_after_a_while() -> None:
    text = "Russia and Iran met. " + "It rained. " * 12 + "Both countries agree."
    assert told(text, "Both countries") == []


def test_it_without_anybody_is_not_told() -> None:
    assert mentions(Text.of("It seems that it is so."), NAMES) == ()


def test_its_ally_is_open_without_a_pact() -> None:
    plain = Names.of(None)
    assert told("Bashar al-Assad lost. Iran shores up its ally.", "its ally", plain) == [None]
