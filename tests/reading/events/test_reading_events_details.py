"""Polarity, modality, dates, places, magnitude and holders of events."""

from __future__ import annotations

import pytest
from reading_events_marks import marked, read

from foedus.reading.events import events
from foedus.reading.model import Claim
from foedus.reading.text import Span, Text

A, B = "[Arland|arland|ARL]", "[Borduria|borduria|BOR]"


@pytest.mark.parametrize(
    ("told", "modality"),
    [
        (f"{A} attacked {B}.", "actual"),
        (f"{A} is attacking {B}.", "ongoing"),
        (f"{A} continues to support {B}.", "ongoing"),
        (f"{A} regularly attacks {B}.", "habitual"),
        (f"{A} will attack {B}.", "future"),
        (f"{A} may attack {B}.", "conditional"),
        (f"If {A} attacks {B}, war follows.", "conditional"),
        (f"{A} wants to attack {B}.", "desired"),
        (f"{A} denied attacking {B}.", "denied"),
        (f"{A} denied it had attacked {B}.", "denied"),
        (f"Nobody knows whether {A} will support {B}.", "conditional"),
    ],
)
def test_modality(told: str, modality: str) -> None:
    assert [event.modality for event in read(told)] == [modality]


@pytest.mark.parametrize(
    ("told", "polarity"),
    [
        (f"{A} did not attack {B}.", "denied"),
        (f"{A} never attacked {B}.", "denied"),
        (f"{A} has not been attacked by {B}.", "denied"),
        (f"{A} attacked {B}.", "affirmed"),
    ],
)
def test_polarity(told: str, polarity: str) -> None:
    assert [event.polarity for event in read(told)] == [polarity]


def test_the_nearest_date_of_the_sentence_is_the_events() -> None:
    told = f"{A} attacked {B} on 3 May 2011. {A} praised {B}."
    assert [event.date for event in read(told)] == ["2011-05-03", None]


def test_a_place_is_no_target() -> None:
    event = read(f"{A} attacked rebels in [Zenda||RUR|place].")[0]
    assert (event.target, event.place) == (("rebels",), "Zenda")


def test_a_place_alone_that_is_attacked() -> None:
    event = read(f"{A} bombed [Zenda||RUR|place].")[0]
    assert (event.target, event.place) == ((), "Zenda")


def test_magnitude_counts_people_and_not_years_or_days() -> None:
    killed = read(f"{A} killed 1,200 soldiers in 2014.")[0]
    assert (killed.magnitude, killed.date) == (1200, "2014")
    assert read(f"{A} attacked {B} for 20 days.")[0].magnitude is None


def test_people_without_a_country_have_that_of_the_place() -> None:
    event = read(f"{A} killed 30 soldiers in [Zenda||RUR|place].")[0]
    assert event.target_codes == ("RUR",)


def test_people_from_elsewhere_have_no_country() -> None:
    event = read(f"Western diplomats accused {A}.")[0]
    assert (event.source, event.source_codes) == (("Western diplomats",), ("",))


def test_the_smallest_claim_around_an_event_tells_who_holds_it() -> None:
    text, mentions = marked(f"{A} attacked {B}.")
    end = len(text.text)
    claims = (
        Claim(start=0, end=end + 50, holders=("author",)),
        Claim(start=0, end=end, holders=("author", "diplomats")),
    )
    assert events(text, mentions, claims)[0].holders == ("author", "diplomats")


def test_we_are_who_says_so() -> None:
    text, mentions = marked(f"We condemn {B}.")
    claims = (Claim(start=0, end=len(text.text), holders=("author", "arland")),)
    assert [(e.source, e.target) for e in events(text, mentions, claims)] == [
        (("arland",), ("borduria",))
    ]
    assert all(e.source == () for e in events(text, mentions))


def test_what_stands_in_a_claims_condition_is_conditional() -> None:
    text, mentions = marked(f"{A} attacked {B}.")
    end = len(text.text)
    claims = (Claim(start=0, end=end, holders=("author",), condition=Span(0, end)),)
    assert events(text, mentions, claims)[0].modality == "conditional"


def test_the_trigger_is_the_words_that_tell_the_event() -> None:
    text, mentions = marked(f"{A} carried out an attack on {B}.")
    event = events(text, mentions)[0]
    assert event.trigger is not None
    assert text.text[event.trigger.start : event.trigger.end] == "carried out an attack"
    assert (event.start, event.end) == (0, len(text.text) - 1)


def test_a_sentence_without_an_end_is_read_in_pieces() -> None:
    text, mentions = marked(f"{A} attacked {B} and " * 500)
    assert len(events(text, mentions)) > 400


@pytest.mark.parametrize(
    "piece", ['"', "the ", "urged to ", "2015 - ", "attack on ", "and ", "’s "]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert events(Text.of(piece * 20_000), ()) == ()
