"""A small pact of two, with everything a case can hold, that the tests of several rooms share."""

from __future__ import annotations

from foedus.case import Case, loads
from foedus.lenses.table import SECTIONS

TEXT = """\
foedus: 1
id: toy-pact
title: The toy pact
question: Will north and south stay together?
as_of: 2016-06-12
horizon: 2016-12-31
sources:
  paper: {title: A paper, author: A writer, date: 2016-05, reliability: B}
evidence:
  e1: {source: paper, by: envoy, says: It holds., date: 2016-04-01, credibility: 2}
  e2: {source: paper, where: page 3, says: It may not hold.}
actors:
  north: {name: Northland, kind: state}
  south: {name: Southland, kind: state}
  envoy: {name: The envoy, kind: person, part_of: north}
  rival: {name: The rival, kind: state}
pact:
  members: [north, south]
  opponents: [rival]
endurance:
  levels: {front: 5, trust: 2}
  position: {now: {mode: -0.1, low: -0.4, high: 0.2, because: [e1]}}
  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}
  precision: 10
  anchor: {members: [north, south], yearly_exit: 0.2, because: [e2]}
  members:
    north:
      stake: {mode: 0.6, low: 0.3, high: 0.9, because: [e1, e2]}
      capability: 1.0
      effort_cost: 0.12
      exit_cost: {mode: 1.0, low: 0.5, high: 2.0}
      outside_option: {mode: 0.05, low: 0.0, high: 0.1}
      stake_outside: 0.6
      aim: 0.4
      trust: {mode: 0.6, low: 0.3, high: 0.9}
      gets_from: {south: {mode: 0.1, low: 0.05, high: 0.2, because: [e1]}}
    south:
      stake: {mode: 1.2, low: 0.8, high: 1.6}
      capability: 0.7
      effort_cost: 0.15
      exit_cost: 2.0
      stake_outside: 0.9
      aim: 0.8
      trust: 0.7
      gets_from: {north: 0.2}
assumptions:
  rising: {says: The front does not fall., fails_when: {front: falling}, because: [e1]}
  keen:
    says: North cares.
    fails_when: {quantity: endurance.members.north.stake, below: 0.5}
    doubted_by: [e2]
  calm: {says: It never gets worse., fails_when: {quantity: endurance.position.now, above: 0.9}}
scenarios:
  lost: {says: Ground is lost., because: [e2], endurance.position.now: -0.5}
  same: {endurance.members.north.stake.mode: 0.6}
  offer: {says: North is made an offer., endurance.members.north.outside_option: 0.2}
outcome: {held: true, on: 2016-12-31, says: It held.}
"""

STABILITY = """\
stability:
  options:
    north-fights: {by: north, says: Fight on, because: [e1]}
    south-fights: {by: south, says: Fight on}
    south-sells: {by: south, says: Sell the peace}
    rival-offers: {by: rival, says: Offer a deal, direction: forward}
  feasible:
    no-double-game: {never: "south-fights and south-sells", because: [e2]}
  preferences:
    north:
      weights: {north-fights: {mode: -1.0, low: -2.0, high: -0.2, because: [e1]}}
      terms:
        together:
          when: north-fights and south-fights
          worth: {mode: 2.0, low: 0.5, high: 3.5}
    south:
      weights: {south-fights: -1.0, south-sells: {mode: 0.2, low: -1.0, high: 1.5}}
      terms:
        together: {when: north-fights and south-fights, worth: {mode: 1.5, low: 0.5, high: 3.0}}
        paid: {when: south-sells and rival-offers, worth: {mode: 0.5, low: 0.0, high: 2.0}}
    rival:
      statements:
        parted: {when: not (north-fights and south-fights), priority: 1}
        cheap: {when: not rival-offers, priority: {mode: 2, low: 0.5, high: 3}}
  status_quo: [north-fights, south-fights]
  holds_when: north-fights and south-fights
"""
"""What the toy leaves out: who can do what, to be put in front of its assumptions."""


def changed(*swaps: tuple[str, str], text: str = TEXT) -> str:
    """The text with each first string, which must be there, replaced once by the second."""
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def toy(*swaps: tuple[str, str], text: str = TEXT) -> Case:
    """The case that `changed` gives."""
    return loads(changed(*swaps, text=text), SECTIONS, "toy.yaml")


def with_stability(*swaps: tuple[str, str]) -> Case:
    """The toy with its stability section, changed."""
    return toy(*swaps, text=TEXT.replace("assumptions:\n", f"{STABILITY}assumptions:\n"))


def certain(text: str = TEXT) -> Case:
    """The toy with every quantity fixed at its most likely value."""
    case = loads(text, SECTIONS, "toy.yaml")
    loose = {path: q.mode for path, q in case.quantities().items() if not q.fixed}
    return case.with_values(loose)
