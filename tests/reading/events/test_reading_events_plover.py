"""PLOVER's types, its JSON there and back, signed dyads and the CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_events_marks import marked, read

from foedus.reading.events import SIGNS, TYPES, PloverError, dyads, from_plover, to_csv, to_plover
from foedus.reading.events.plover import COUNTS
from foedus.reading.events.types import CLASSES, OLDER, root
from foedus.reading.model import Event
from foedus.reading.text import Span

A, B, C = "[Arland|arland|ARL]", "[Borduria|borduria|BOR]", "[Cartria|cartria|CAR]"
WORDS = st.text("abc -", min_size=1, max_size=6).filter(str.strip)
NAMES = st.lists(WORDS, max_size=3, unique=True).map(tuple)


def test_the_sixteen_types_are_in_four_classes() -> None:
    assert len(TYPES) == 16
    assert sorted(kind for kinds in CLASSES.values() for kind in kinds) == sorted(TYPES)
    assert set(SIGNS) == set(TYPES)


@pytest.mark.parametrize(
    ("name", "mode", "kind"),
    [
        ("AGREE", None, "AGREE"),
        ("DEMAND", None, "REQUEST"),
        ("DISAPPROVE", None, "ACCUSE"),
        ("INVESTIGATE", None, "ACCUSE"),
        ("FIGHT", "small-arms", "ASSAULT"),
        ("CRIME", None, "ASSAULT"),
        ("COERCE", "destroy", "ASSAULT"),
        ("COERCE", "detain", "COERCE"),
        ("YIELD", None, "CONCEDE"),
        ("YIELD", "withdraw", "RETREAT"),
        ("engage", None, "COOPERATE"),
    ],
)
def test_names_of_the_drafts_are_read_as_todays(name: str, mode: str | None, kind: str) -> None:
    assert root(name, mode) == kind


def test_every_older_name_leads_to_a_type() -> None:
    assert set(OLDER.values()) <= set(TYPES)


@given(
    st.builds(
        Event, start=st.integers(0, 5), end=st.integers(6, 20), type=st.sampled_from(TYPES),
        source=NAMES, target=NAMES, mode=st.sampled_from([None, "aerial", "visit"]),
        polarity=st.sampled_from(["affirmed", "denied"]),
        modality=st.sampled_from(["actual", "future"]),
        date=st.sampled_from([None, "2016-05", "2011/.."]), place=st.none() | WORDS,
        magnitude=st.none() | st.integers(0, 10**6), holders=NAMES,
        trigger=st.none() | st.just(Span(1, 4)),
    )
)  # fmt: skip
def test_an_event_comes_back_from_its_record(event: Event) -> None:
    assert from_plover(to_plover(event, "twenty characters now")) == event


def test_a_record_of_the_gold_standards_form_is_read() -> None:
    event = from_plover(
        {
            "id": "X-1", "date": "2000-01-01", "event": "DISAPPROVE", "eventText": "denounced",
            "source": [{"actorText": "Arland", "code": "ARL", "sector": "GOV"}], "target": "",
            "text": "Arland denounced it.", "eventLoc": {"name": "Zenda"}, "dead": "3",
        }
    )  # fmt: skip
    assert event == Event(
        start=0, end=20, type="ACCUSE", mode="disapprove", source=("Arland",), target=(),
        source_codes=("ARL",), date="2000-01-01", place="Zenda", magnitude=3, trigger=Span(7, 16),
    )  # fmt: skip


@pytest.mark.parametrize("record", [{}, {"event": "DANCE"}, {"event": 3}])
def test_what_is_no_record_of_an_event_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(PloverError):
        from_plover(record)


def test_numbers_go_to_the_dead_the_injured_or_the_size() -> None:
    for told, field in (
        (f"{A} killed 9 soldiers.", "dead"),
        (f"{A} wounded 9 soldiers.", "injured"),
    ):
        text, _ = marked(told)
        record = to_plover(read(told)[0], text.text)
        assert {name: record[name] for name in COUNTS if name in record} == {field: 9}


def test_dyads_have_the_signs_of_their_events() -> None:
    told = f"{A} attacked {B}. {A} praised {C}. {B} urged {C} to leave. {C} did not attack {A}."
    text, mentions = marked(told)
    assert [(d.source, d.target, d.sign) for d in dyads(text, mentions, read(told))] == [
        ("arland", "borduria", -1),
        ("arland", "cartria", 1),
        ("borduria", "cartria", 0),
        ("cartria", "arland", 0),
    ]


def test_what_is_done_together_is_one_dyad_for_each_two() -> None:
    told = f"Talks between {A}, {B} and {C} collapsed."
    text, mentions = marked(told)
    found = dyads(text, mentions, read(told))
    assert sorted((d.source, d.target) for d in found) == [
        ("arland", "borduria"), ("arland", "cartria"), ("borduria", "cartria"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        (f"{A}, an ally of {B}, grew.", 1),
        (f"{A} is the closest ally of {B}.", 1),
        (f"{A}'s ally {B} grew.", 1),
        (f"{A} is an old enemy of {B}.", -1),
    ],
)
def test_nouns_of_standing_are_dyads(told: str, sign: int) -> None:
    text, mentions = marked(told)
    found = [(d.source, d.target, d.sign) for d in dyads(text, mentions, ())]
    assert found == [("arland", "borduria", sign)]


@pytest.mark.parametrize(
    "told",
    [f"{A} is not an ally of {B}.", f"{A} grew and an ally of nobody met {B}.", f"{A} has allies."],
)
def test_no_standing_where_none_is_told(told: str) -> None:
    text, mentions = marked(told)
    assert dyads(text, mentions, ()) == ()


def test_the_csv_has_a_line_for_each_source_and_target() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(read(f"{A} and {B} condemned {C}.")))))
    fields = ("source", "source_code", "target", "type", "sign")
    assert [tuple(row[field] for field in fields) for row in rows] == [
        ("arland", "ARL", "cartria", "ACCUSE", "-1"),
        ("borduria", "BOR", "cartria", "ACCUSE", "-1"),
    ]


def test_the_csv_keeps_events_without_a_target() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(read(f"{A} surrendered.")))))
    assert [(row["source"], row["target"], row["type"]) for row in rows] == [
        ("arland", "", "RETREAT")
    ]
