"""A small case and a toy lens section that the tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from foedus.case import Case, CaseError, Head, Quantity, Range, Section, loads

Stake = Annotated[Quantity, Range(0, 3)]
Share = Annotated[Quantity, Range(0, 1)]


class Position(Section):
    now: Annotated[Quantity, Range(-1, 1)]
    pace: Share = Quantity(mode=0.35)


class Member(Section):
    stake: Stake
    cost: Annotated[Quantity, Range(0, 10, open_least=True)] = Quantity(mode=1)
    trust: dict[str, Share] = Field(default_factory=dict)


class Toy(Section):
    step: Literal["month", "week"] = "month"
    rounds: int = 12
    position: Position
    members: dict[str, Member]

    def problems(self, head: Head) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for name in self.members:
            if name not in head.actors:
                yield ("members", name), f"'{name}' is not an actor"


class Other(Section):
    weight: Quantity = Quantity(mode=0)


SECTIONS: dict[str, type[Section]] = {"toy": Toy, "other": Other}

TEXT = """\
# A case for tests
foedus: 1
id: toy-pact
title: The toy pact
question: Will it hold?   # the question
as_of: 2016-06-12
horizon: 2016-12-31

sources:
  paper: {title: A paper, date: 2016-05, reliability: B}
  talk: {title: A talk}
evidence:
  e1: {source: paper, by: envoy, through: [talk], says: It holds., date: 2016-04-01}
  # what speaks against it
  e2:
    source: talk
    says: >
      It may
      not hold.
    reported: 2016-06-12
    credibility: 2
actors:
  north-land: {name: Northland, kind: state, aliases: [the North]}
  south: {name: Southland, kind: state}
  envoy: {name: The envoy, kind: person, part_of: north-land}
  rival: {name: The rival, kind: state}
pact:
  members: [north-land, south]
  opponents: [rival]
toy:
  position:
    now: {mode: 0.1, low: -0.2, high: 0.4, because: [e1]}
  members:
    north-land:
      stake: 1.5   # by guess
      trust: {south: 0.5}
    south:
      stake:       # judged
        mode: 1
        low: 0.5
        high: 2
        because:
        - e1
        - e2
        prior: 1.2
hypotheses:
  holds: {says: It holds., holds: true, because: [e1]}
assumptions:
  steady: {says: The front is steady., fails_when: {front: falling}}
  keen: {says: The south cares., fails_when: {quantity: toy.members.south.stake, below: 0.8}}
indicators:
  visits: {says: Visits end., assumption: keen}
scenarios:
  lost: {toy.position.now: -0.5}
  "won":
    says: The front is won.
    toy.position.now: {mode: 0.9, low: 0.8, high: 1}
outcome: {held: true, on: 2016-12-31, says: It held.}
"""


@cache
def toy() -> Case:
    return loads(TEXT, SECTIONS, "toy.yaml")


def changed(*swaps: tuple[str, str]) -> str:
    text = TEXT
    for old, new in swaps:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def refusals(text: str) -> list[str]:
    try:
        loads(text, SECTIONS, "toy.yaml")
    except CaseError as error:
        return str(error).split("\n")
    return []
