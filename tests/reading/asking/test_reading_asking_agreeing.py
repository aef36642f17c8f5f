from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from foedus.reading.asking import agree
from foedus.reading.model import Blame, Claim, Commitment, Event, Item, Mention, Stake
from foedus.reading.text import Span


def event(start: int = 0, **changes: Any) -> Event:
    made = Event(
        start=start, end=start + 40, type="AID", source=("iran",), target=("damascus",),
        trigger=Span(start + 10, start + 18),
    )  # fmt: skip
    return replace(made, **changes)


def told(rules: list[Item], model: list[Item]) -> list[tuple[str, tuple[str, ...]]]:
    return [(mark.read_by, mark.differs) for mark in agree(rules, model)]


def test_the_same_item_is_read_by_both() -> None:
    one = event()
    (mark,) = agree([one], [replace(one, end=60)])
    assert (mark.read_by, mark.rules, mark.differs) == ("both", one, ())
    line = mark.to_dict()
    assert (line["kind"], line["of"], line["rules"]) == ("agreement", "event", one.id)
    assert line["model"] != one.id


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"type": "SUPPORT"}, ("type",)),
        ({"source": ("russia",)}, ("source",)),
        ({"source": ("damascus",), "target": ("iran",)}, ("source", "target")),
        ({"polarity": "denied"}, ("polarity",)),
        ({"target": ()}, ("target",)),
    ],
)
def test_another_label_keeps_two_apart_and_is_named(changes: Any, differs: Any) -> None:
    assert told([event()], [event(**changes)]) == [("model", differs), ("rules", differs)]


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"modality": "future"}, ("modality",)),
        ({"source": ("iran", "russia")}, ("source",)),
        ({"date": "2016"}, ()),
    ],
)
def test_lesser_labels_do_not_keep_them_apart(changes: Any, differs: Any) -> None:
    assert told([event()], [event(**changes)]) == [("both", differs)]


def test_another_act_in_the_same_sentence_is_another_event() -> None:
    other = event(trigger=Span(30, 36))
    assert told([event()], [other]) == [("model", ()), ("rules", ())]


def test_each_item_is_matched_once_and_to_the_one_it_agrees_with() -> None:
    rules: list[Item] = [event(type="SUPPORT"), event()]
    model: list[Item] = [event(), event(modality="future")]
    marks = agree(rules, model)
    assert sorted(mark.read_by for mark in marks) == ["both", "model", "rules"]
    (both,) = [mark for mark in marks if mark.read_by == "both"]
    assert both.rules == event()


def test_half_of_the_shorter_span_has_to_be_shared() -> None:
    one = Claim(start=0, end=40, holders=("author",))
    assert told([one], [replace(one, start=20, end=60)]) == [("both", ())]
    assert told([one], [replace(one, start=21, end=61)]) == [("rules", ()), ("model", ())]


def test_labels_of_the_other_kinds() -> None:
    claim = Claim(start=0, end=9, holders=("author", "iran"))
    assert told([claim], [replace(claim, holders=("iran",))]) == [("both", ("holders",))]
    assert told([claim], [replace(claim, holders=("author",))])[0] == ("model", ("holders",))
    pledge = Commitment(start=0, end=9, type="pledge", by=("iran",))
    assert told([pledge], [replace(pledge, type="refusal")])[0] == ("model", ("type",))
    blame = Blame(start=0, end=9, by=("iran",), at=("russia",))
    assert told([blame], [replace(blame, by=("russia",), at=("iran",))])[0] == (
        "model", ("by", "at"),
    )  # fmt: skip
    stake = Stake(start=0, end=9, type="aim", actor="iran")
    assert told([stake], [stake]) == [("both", ())]


def test_kinds_that_were_not_asked_for_are_not_marked() -> None:
    mention = Mention(start=0, end=4, actor="iran", name="Iran", type="state", code="IRN")
    stake = Stake(start=0, end=9, type="aim", actor="iran")
    assert told([mention, stake, event()], [event()]) == [("both", ())]
    assert agree([mention, stake], []) == ()
