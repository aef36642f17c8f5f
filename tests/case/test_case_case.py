# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""What can be asked of a case, and what if."""

from __future__ import annotations

import datetime as dt
import math
import pickle
import re

import numpy as np
import pytest
from case_toy import SECTIONS, changed, toy
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case import Case, CaseError, Quantity, loads
from foedus.case.scalars import scalar, written
from foedus.case.tree import read


def nested(depth: int) -> object:
    return {"a": nested(depth - 1)} if depth else 1


def refused(case: Case, values: dict[str, object]) -> list[str]:
    with pytest.raises(CaseError) as caught:
        case.with_values(values)
    return str(caught.value).split("\n")


def test_what_a_case_says() -> None:
    case = toy()
    assert (case.id, case.title) == ("toy-pact", "The toy pact")
    assert case.question == "Will it hold?"
    assert (case.as_of, case.horizon) == (dt.date(2016, 6, 12), dt.date(2016, 12, 31))
    assert list(case.sources) == ["paper", "talk"]
    assert list(case.actors) == ["north-land", "south", "envoy", "rival"]
    assert list(case.hypotheses) == ["holds"]
    assert list(case.indicators) == ["visits"]
    assert set(case.sections) == {"toy"}
    assert case.quantities()["toy.members.south.stake"].because == ("e1", "e2")
    assert list(case.quantities()) == sorted(case.quantities())
    assert case.file == "toy-pact"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("toy.members.north-land.stake", "Northland: stake"),
        ("toy.members.north-land.trust.south", "Northland: trust Southland"),
        ("toy.position.now", "position now"),
        ("other.weight", "weight"),
        ("toy", "toy"),
    ],
)
def test_a_path_in_words(path: str, said: str) -> None:
    assert toy().label(path) == said


def test_a_number_set_on_a_quantity_fixes_it() -> None:
    case = toy().with_values({"toy.members.south.stake": 2, "toy.position.pace": 0.1})
    assert case.quantities()["toy.members.south.stake"] == Quantity(mode=2)
    assert case.quantities()["toy.position.pace"] == Quantity(mode=0.1)
    assert toy().quantities()["toy.members.south.stake"].mode == 1


def test_values_can_make_what_was_missing() -> None:
    values = {
        "other.weight": np.float32(3),
        "toy.rounds": np.int64(3),
        "toy.members.south.trust.north-land": 1,
        "toy.members.north-land.stake.low": 1,
        "toy.members.north-land.stake.high": 2,
        "horizon": dt.date(2017, 1, 1),
        "pact.holds_while": ("south",),
    }
    case = toy().with_values(values)
    assert case.quantities()["other.weight"] == Quantity(mode=3)
    assert case.quantities()["toy.members.south.trust.north-land"].mode == 1
    assert case.quantities()["toy.members.north-land.stake"] == Quantity(mode=1.5, low=1, high=2)
    assert case.horizon == dt.date(2017, 1, 1)
    assert case.pact.holds_while == ("south",)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"toy.position.nwo": 1}, ["toy.position.nwo: unknown key 'nwo', did you mean 'now'?"]),
        ({"tooy.position": 1}, ["tooy.position: unknown key 'tooy', did you mean 'toy'?"]),
        ({"toy.position.now": 2}, ["toy.position.now: mode is 2; it should be between -1 and 1"]),
        (
            {"toy.position.now": "2"},
            ["toy.position.now: should be a number or {mode, low, high}, here it is the text '2'"],
        ),
        (
            {"toy.position.now": math.nan},
            ["toy.position.now: should be a finite number, here it is nan"],
        ),
        (
            {"toy.members.north-land.stake.low": 1},
            ["toy.members.north-land.stake.low: give both low and high, or neither"],
        ),
        ({"title.now": 1}, ["title.now: 'title' holds no further keys"]),
        ({"toy.rounds": 10**5000}, ["toy.rounds: should be a whole number, here it is inf"]),
        ({"title": "\ud800"}, ["title: holds the unprintable character U+D800; take it out"]),
        ({"a." * 5000: 1}, ["a." * 5000 + ": a path has at most 64 parts"]),
        ({"toy": nested(100)}, ["toy: a case cannot hold what is nested more than 64 levels deep"]),
        ({"toy.rounds": object()}, ["toy.rounds: a case cannot hold object"]),
        ({"": 1}, [": unknown key ''; known keys: foedus, id, title, question, as_of, horizon, sources, evidence, …"]),
        (
            {"toy.rounds": 1.5, "toy.step": "day"},
            [
                "toy.step: 'day' is not one of month, week",
                "toy.rounds: should be a whole number, here it is 1.5",
            ],
        ),
        (
            {"actors": {"south": {"name": "S", "kind": "state"}}},
            [
                "actors: evidence.e1.by: there is no actor 'envoy'; there are: south",
                "actors: pact.members.0: there is no actor 'north-land'; there are: south",
                "actors: pact.opponents.0: there is no actor 'rival'; there are: south",
                "actors: toy.members.north-land: 'north-land' is not an actor",
            ],
        ),
    ],
)  # fmt: skip
def test_a_wrong_value_is_laid_on_what_was_set(values: dict[str, object], said: list[str]) -> None:
    got = [re.sub(r"^--set ?", "", line) for line in refused(toy(), values)]
    assert sorted(got) == sorted(said)


def test_a_scenario_is_the_case_with_its_values() -> None:
    case = toy()
    assert case.scenario("lost").quantities()["toy.position.now"] == Quantity(mode=-0.5)
    assert case.scenario("won").quantities()["toy.position.now"].high == 1
    with pytest.raises(CaseError) as caught:
        case.scenario("lots")
    message = "toy-pact scenarios: there is no scenario 'lots', did you mean 'lost'?"
    assert str(caught.value) == message


def test_lenses_do_not_see_the_outcome() -> None:
    case = toy()
    blind = case.without_outcome()
    assert blind.outcome is None
    assert "outcome" not in blind.data
    assert blind.without_outcome() is blind
    assert blind.with_values({"toy.rounds": 3}).outcome is None
    assert case.outcome is not None


def test_a_case_travels_to_another_process() -> None:
    case = toy()
    there = pickle.loads(pickle.dumps(case))
    assert there.hash == case.hash
    assert there.quantities()["toy.position.now"].least == -1
    error = pickle.loads(pickle.dumps(CaseError([])))
    assert error.problems == ()


SAME = [
    ("stake: 1.5   # by guess", "stake: {mode: 1.5}"),
    ("stake: 1.5   # by guess", "stake: {mode: 1.5, low: 1.5, high: 1.5}"),
    ("stake: 1.5   # by guess", "stake: 15e-1"),
    ("prior: 1.2", "prior: {mode: 1.2}"),
    ("# A case for tests", "# Another comment"),
    ("  members: [north-land, south]", "  members:\n  - north-land\n  - south"),
    ("front: falling", "front: [falling]"),
    ("title: The toy pact", "title: 'The toy pact'"),
    ("toy:\n", "toy:\n  step: month\n"),
]

OTHER = [
    ("stake: 1.5", "stake: 1.4"),
    ("prior: 1.2", "prior: 1.3"),
    ("high: 2\n", "high: 2.5\n"),
    ("credibility: 2", "credibility: 3"),
    ("not hold", "not last"),
    ("reliability: B", "reliability: A"),
    ("toy:\n", "toy:\n  step: week\n"),
    ("toy:\n", "other: {}\ntoy:\n"),
    ("{toy.position.now: -0.5}", "{toy.position.now: -0.6}"),
    ("opponents: [rival]", "opponents: []"),
]


@pytest.mark.parametrize("swap", SAME)
def test_spelling_does_not_change_the_hash(swap: tuple[str, str]) -> None:
    assert loads(changed(swap), SECTIONS).hash == toy().hash


@pytest.mark.parametrize("swap", OTHER)
def test_what_is_said_changes_the_hash(swap: tuple[str, str]) -> None:
    assert loads(changed(swap), SECTIONS).hash != toy().hash


def shuffled(value: object, draw: st.DataObject) -> object:
    if isinstance(value, dict):
        keys = draw.draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    return value


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.data())
def test_order_does_not_change_the_hash(draw: st.DataObject) -> None:
    mixed = shuffled(dict(toy().data), draw)
    assert loads(written(mixed), SECTIONS).hash == toy().hash


NUMBERS = st.floats(0, 3, allow_subnormal=False)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(NUMBERS, NUMBERS)
def test_any_change_of_a_number_changes_the_hash(one: float, two: float) -> None:
    path = "toy.members.north-land.stake"
    hashes = {toy().with_values({path: value}).hash for value in (one, two)}
    assert len(hashes) == len({one, two})


@settings(max_examples=400, derandomize=True, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**17), 10**17)
        | st.floats(allow_nan=False)
        | st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co", "Cf"])),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc-", min_size=1, max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_written_reads_back(value: object) -> None:
    assert read(f"a: {written(value)}\n", "f").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("~", None), ("", None), ("True", True),
        ("0o17", 15), ("0x1F", 31), ("017", 17), ("1_000", "1_000"), ("1:30", "1:30"),
        ("2016-06-12", "2016-06-12"), ("+1", 1), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0),
        ("-.inf", -math.inf), ("1e999", math.inf), ("=", "="), ("<<", "<<"),
    ],
)  # fmt: skip
def test_words_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_what_came_of_it_does_not_change_the_hash() -> None:
    ended = loads(changed(("held: true", "held: false")), SECTIONS)
    assert ended.hash == toy().hash == toy().without_outcome().hash
