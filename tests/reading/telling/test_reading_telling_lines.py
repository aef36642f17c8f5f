"""A reading as lines: what each says, and that nothing is lost on the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reading import READING, TEXT, at

from foedus.reading.model import KINDS, Cue, Date, Event, Item, Quote, Reading, Source
from foedus.reading.telling import TellingError, facts, items, lines
from foedus.reading.text import Span


def told(kind: str) -> dict[str, Any]:
    (found,) = [data for data in map(json.loads, lines(READING)) if data["kind"] == kind]
    return found


def test_the_reading_has_every_kind() -> None:
    assert {type(item) for item in READING.items} == set(KINDS)


def test_every_line_has_kind_place_id_and_the_words_themselves() -> None:
    found = [json.loads(line) for line in lines(READING)]
    assert [data["kind"] for data in found] == [item.kind for item in READING.items]
    for data, item in zip(found, READING.items, strict=True):
        assert list(data)[:5] == ["kind", "start", "end", "id", "exact"]
        assert data["exact"] == TEXT[data["start"] : data["end"]]
        assert data["id"] == item.id


def test_fields_are_named_as_programs_are_told() -> None:
    assert told("mention")["actor"] == "aldia"
    assert told("quote")["speaker"] == "envoy"
    assert told("claim")["holders"] == ["author"]
    event = told("event")
    assert (event["source"], event["target"]) == (["corvia"], ["aldia", "berrin"])
    assert (event["type"], event["date"]) == ("ASSAULT", None)
    assert (event["polarity"], event["modality"]) == ("affirmed", "conditional")
    thesis = told("thesis")
    for name, words in [("antecedent", "Corvia shells the strait"), ("proviso", "unless paid")]:
        assert TEXT[thesis[name]["start"] : thesis[name]["end"]] == words
    assert thesis["challenged_by"] == [{"start": at("stays").start, "end": at("stays").end}]


def test_the_whole_comes_back_the_same() -> None:
    assert items(lines(READING, whole=True)) == READING
    bare = items(lines(READING))
    assert bare.items == READING.items
    assert (bare.text, bare.source) == ("", Source())


def test_lines_of_a_later_version_and_of_a_second_reader_are_read() -> None:
    more = [json.dumps(json.loads(line) | {"new": 1}) for line in lines(READING, read_by={})]
    assert all('"read_by": "rules"' in line for line in more)
    aside = ['{"kind": "refused", "start": 0, "end": 1}', "", '{"kind": "agreement"}']
    assert items([*more, *aside]).items == READING.items


CUE = '{"kind": "cue", "start": 1, "end": 2, "type": "hedge"}'
WRONG = [
    ("{", "is not JSON"),
    ("[1]", "should be an object"),
    ("[" * 100_000, "is not JSON"),
    ('{"kind": "rumour", "start": 0, "end": 1}', "no kind 'rumour'.*voice, mention"),
    ('{"kind": "cue", "start": 0, "end": 1}', "a cue needs type"),
    ('{"kind": "cue", "start": "0", "end": 1, "type": "hedge"}', "start should be a whole number"),
    ('{"kind": "cue", "start": true, "end": 1, "type": "hedge"}', "start should be a whole number"),
    ('{"kind": "cue", "start": 3, "end": 1, "type": "hedge"}', "end should not be before start"),
    ('{"kind": "cue", "start": -1, "end": 1, "type": "hedge"}', "end should not be before start"),
    ('{"kind": "cue", "start": 0, "end": 1, "type": null}', "type should be text"),
    (
        '{"kind": "claim", "start": 0, "end": 1, "holders": "me"}',
        "holders should be a list of text",
    ),
    ('{"kind": "claim", "start": 0, "end": 1, "holders": [], "condition": {"start": 1}}', "a span"),
    ('{"kind": "date", "start": 0, "end": 1, "edtf": "2024", "relative": 1}', "true or false"),
    ('{"kind": "text", "text": 3, "source": {}}', "a text needs text and source"),
    ('{"kind": "text", "text": "", "source": {"title": 3}}', "should be text"),
]


@pytest.mark.parametrize(("line", "says"), WRONG)
def test_what_is_no_item_is_refused_by_line(line: str, says: str) -> None:
    with pytest.raises(TellingError, match=f"line 2: .*{says}"):
        items([CUE, line])


def test_words_that_are_not_at_their_place_are_refused() -> None:
    moved = [line.replace('"exact": "', '"exact": "x') for line in lines(READING, whole=True)]
    with pytest.raises(TellingError, match="not those of the text"):
        items(moved)


WORDS = st.text(max_size=12)
PLACES = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)
SPANS = PLACES.map(lambda pair: Span(*pair))
MADE = st.one_of(
    st.builds(lambda p, t: Cue(start=p[0], end=p[1], type=t), PLACES, WORDS),
    st.builds(lambda p, t, r: Date(start=p[0], end=p[1], edtf=t, relative=r), PLACES, WORDS, st.booleans()),  # noqa: E501
    st.builds(
        lambda p, f, s, a: Quote(start=p[0], end=p[1], form=f, speaker=s, speaker_at=a),
        PLACES, WORDS, st.none() | WORDS, st.none() | SPANS,
    ),
    st.builds(
        lambda p, t, n, m: Event(start=p[0], end=p[1], type=t, source=tuple(n), target=(), magnitude=m),  # noqa: E501
        PLACES, WORDS, st.lists(WORDS, max_size=3), st.none() | st.integers(),
    ),
)  # fmt: skip


@given(text=st.text(min_size=50, max_size=60), made=st.lists(MADE, max_size=5))
@settings(max_examples=80, deadline=None)
def test_any_items_come_back_the_same(text: str, made: list[Item]) -> None:
    reading = Reading(Source(), text, tuple(made))
    told = [json.dumps(json.loads(line)) for line in lines(reading, whole=True)]
    assert items(told) == reading
    assert [facts(item, text)["id"] for item in made] == [item.id for item in made]


def test_an_id_changes_with_what_is_said() -> None:
    (event,) = READING.of(Event)
    other = replace(event, polarity="denied")
    assert facts(event, TEXT)["id"] != facts(other, TEXT)["id"]
