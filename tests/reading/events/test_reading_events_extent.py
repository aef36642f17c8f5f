"""Where an event ends, which date is its own, who may be its source, and what engaging is."""

from __future__ import annotations

import pytest
from reading_events_marks import MARK, read, said

A, B, Z = "[Arland|arland|ARL]", "[Borduria|borduria|BOR]", "[Zenda||RUR|place]"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (f"{A} shelled the {B} outpost at dawn.", "Arland shelled the Borduria outpost"),
        (f"{A} may withdraw its squadron.", "Arland may withdraw its squadron"),
        (f"{A} may withdraw its squadron from {Z}.", "Arland may withdraw its squadron"),
        (f"{A} attacked {B} and rested.", "Arland attacked Borduria"),
        (f"{A} attacked {B} on Monday.", "Arland attacked Borduria"),
    ],
)
def test_an_event_goes_to_the_end_of_its_noun_phrase(told: str, words: str) -> None:
    plain = MARK.sub(r"\1", told)
    assert [plain[event.start : event.end] for event in read(told)] == [words]


def dated(told: str) -> dict[str, str | None]:
    return {event.type: event.date for event in read(told)}


@pytest.mark.parametrize(
    ("told", "type_", "date"),
    [
        (f"{A} blames {B} for the loss of two ships in January 2011.", "ACCUSE", None),
        (f"{A} blamed {B} on 3 May 2011 for the loss of two ships.", "ACCUSE", "2011-05-03"),
        (f"{A} blamed {B} on 3 May 2011 for a loss in January 2010.", "ACCUSE", "2011-05-03"),
        (f"On 3 May 2011, {A} blamed {B}.", "ACCUSE", "2011-05-03"),
        (f"{A}, which rested in May 2011, blamed {B}.", "ACCUSE", None),
        (f"After the storm of 3 May 2011, {A} blamed {B}.", "ACCUSE", None),
        (f"{A} accused {B} of shelling a town on 3 May 2011.", "ACCUSE", None),
        (f"{A} attacked {B} in May 2011.", "ASSAULT", "2011-05"),
    ],
)
def test_a_date_of_another_clause_is_not_the_events(
    told: str, type_: str, date: str | None
) -> None:
    assert dated(told)[type_] == date


def test_a_place_is_no_source() -> None:
    assert read(f"{Z} condemned {B}.") == []
    assert [event.source for event in read(f"{A} condemned {B} in {Z}.")] == [("arland",)]


@pytest.mark.parametrize(
    ("told", "type_"),
    [
        (f"{A} values engaging {B} in negotiations.", "CONSULT"),
        (f"{A} engaged {B}.", "CONSULT"),
        (f"{A} engaged rebel forces.", "ASSAULT"),
        (f"{A} advises {B}.", "CONSULT"),
    ],
)
def test_engaging_is_talking_unless_with_fighters_and_advising_is_no_aid(
    told: str, type_: str
) -> None:
    assert {kind for kind, _, _ in said(told)} == {type_}
