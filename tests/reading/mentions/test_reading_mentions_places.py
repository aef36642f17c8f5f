"""Actor or place: the same word is a government in one sentence and a spot in the next."""

from __future__ import annotations

import pytest

from foedus.case import loads
from foedus.lenses.table import SECTIONS
from foedus.reading.mentions import Names, mentions
from foedus.reading.text import Text

NAMES = Names.of(None)


def roles(text: str, word: str) -> list[str]:
    told = mentions(Text.of(text), NAMES)
    return [m.role for m in told if word in text[m.start : m.end]]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He spoke in Moscow.", "Moscow"),
        ("He flew to Damascus.", "Damascus"),
        ("Troops came from Tehran.", "Tehran"),
        ("An advance to the doorstep of Damascus.", "Damascus"),
        ("A line from Homs to Damascus.", "Damascus"),
        ("A Tehran-based analyst spoke.", "Tehran"),
        ("MOSCOW (Agency) - It rained.", "MOSCOW"),
        ("They shelled Kyiv.", "Kyiv"),
        ("The Vienna talks failed.", "Vienna"),
        ("War in northwest Syria.", "Syria"),
        ("In Iraq and Syria it rained.", "Syria"),
        ("They travelled to Iraq.", "Iraq"),
        ("The town of Jabla, Syria, fell.", "Syria"),
        ("The Turkish border is shut.", "Turkish"),
        ("The Syria crisis goes on.", "Syria"),
        ("He left Aleppo.", "Aleppo"),
    ],
)
def test_a_place(text: str, word: str) -> None:
    assert roles(text, word) == ["place"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Moscow said no.", "Moscow"),
        ("They blame Tehran.", "Tehran"),
        ("A pact between Moscow, Tehran, and Damascus.", "Tehran"),
        ("A pact between Moscow, Tehran, and Damascus.", "Damascus"),
        ("Moscow, which knew, said no.", "Moscow"),
        ("In Moscow's view it failed.", "Moscow"),
        ("With the backing of Tehran it held.", "Tehran"),
        ("An ultimatum to Tehran was sent.", "Tehran"),
        ("In Syria, Russia bombs.", "Russia"),
        ("They sold weapons to Iran.", "Iran"),
        ("Talks with Iran went on.", "Iran"),
        ("Turkish forces left.", "Turkish"),
    ],
)
def test_an_actor(text: str, word: str) -> None:
    assert roles(text, word) == ["actor"]


def test_a_capital_that_is_a_place_has_no_actor_and_keeps_the_code() -> None:
    (told,) = mentions(Text.of("He died in Tehran."), NAMES)[-1:]
    assert (told.actor, told.type, told.code, told.name) == (None, "place", "IRN", "Tehran")


def test_a_union_acts_from_its_seat() -> None:
    (told,) = mentions(Text.of("Brussels refused."), NAMES)
    assert (told.actor, told.code) == ("european-union", "IGO")


def test_the_american_georgia_is_no_state() -> None:
    told = mentions(Text.of("He lives in Atlanta, Georgia."), NAMES)[-1]
    assert (told.actor, told.code, told.role) == (None, "USA", "place")
    told = mentions(Text.of("Georgia refused."), NAMES)[-1]
    assert (told.actor, told.code, told.role) == ("georgia", "GEO", "actor")


def test_the_west_is_an_actor_and_a_west_bank_or_coast_is_not() -> None:
    assert [m.actor for m in mentions(Text.of("The West refused."), NAMES)] == ["the-west"]
    assert [m.role for m in mentions(Text.of("The West Bank is quiet."), NAMES)] == ["place"]
    assert mentions(Text.of("The west of it is quiet."), NAMES) == ()


def test_a_state_after_a_comma_whose_verb_follows_acts() -> None:
    for text in (
        "After the loss of two diplomats in Russia, Iran blames Turkey.",
        "In Damascus, Syria rejected the plan.",
    ):
        word = "Iran" if "Iran" in text else "Syria"
        assert roles(text, word) == ["actor"]


def test_a_case_without_codes_reads_the_same() -> None:
    case = loads(
        "foedus: 1\nid: x\ntitle: T\nquestion: Q?\nas_of: 2016-01-01\nhorizon: 2017-01-01\n"
        "actors:\n  corvia: {name: Corvia, kind: state}\n  aldia: {name: Aldia, kind: state}\n"
        "pact: {members: [corvia, aldia]}\n",
        SECTIONS,
    )
    text = "For the loss of two diplomats in Corvia, Aldia blames Berrin."
    told = mentions(Text.of(text), Names.of(case))
    assert {m.name: m.role for m in told if m.actor} == {"Corvia": "place", "Aldia": "actor"}
