# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""Each rule of the case file, with the exact line that is said when it is broken."""

from __future__ import annotations

import pytest
from case_toy import TEXT, changed, refusals, toy

ID = "an id is small letters, digits and hyphens, begins with a letter, has at most 64"

RULES: list[tuple[str, str, str]] = [
    # keys
    ("id: toy-pact", "idd: toy-pact", "2: missing key 'id'|3: idd: unknown key 'idd', did you mean 'id'?"),
    ("toy:\n", "tooy:\n", "30: tooy: unknown key 'tooy', did you mean 'toy'?"),
    ("stake: 1.5", "stakee: 1.5", "34: toy.members.north-land: missing key 'stake'|35: toy.members.north-land.stakee: unknown key 'stakee', did you mean 'stake'?"),
    ("prior: 1.2", "xyz: 1.2", "45: toy.members.south.stake.xyz: unknown key 'xyz'; known keys: mode, low, high, note, because, prior"),
    ("says: Visits end.,", "", "52: indicators.visits: missing key 'says'"),
    # kinds of value
    ("now: {mode: 0.1", "now: {mode: '0.1'", "32: toy.position.now.mode: should be a number, here it is the text '0.1'"),
    ("stake: 1.5", "stake: true", "35: toy.members.north-land.stake: should be a number or {mode, low, high}, here it is true"),
    ("stake: 1.5", "stake:", "35: toy.members.north-land.stake: should be a number or {mode, low, high}, here it is nothing"),
    ("stake: 1.5", "stake: [1]", "35: toy.members.north-land.stake: should be a number or {mode, low, high}, here it is a list"),
    ("stake: 1.5", "stake: .inf", "35: toy.members.north-land.stake: should be a finite number, here it is inf"),
    ("mode: 1\n", "mode: .nan\n", "39: toy.members.south.stake.mode: should be a finite number, here it is nan"),
    ("toy:\n", "toy:\n  rounds: 1.5\n", "31: toy.rounds: should be a whole number, here it is 1.5"),
    ("toy:\n", "toy:\n  rounds: '3'\n", "31: toy.rounds: should be a whole number, here it is the text '3'"),
    ("toy:\n", "toy:\n  rounds: true\n", "31: toy.rounds: should be a whole number, here it is true"),
    ("toy:\n", "toy:\n  step: year\n", "31: toy.step: 'year' is not one of month, week"),
    ("title: The toy pact", "title: 12", "4: title: should be text, here it is 12"),
    ("title: The toy pact", "title: ''", "4: title: is empty; write something or leave the key out"),
    ("title: The toy pact", "title: " + "x" * 201, "4: title: has 201 characters; at most 200 are allowed"),
    ("holds: true", "holds: yes", "47: hypotheses.holds.holds: should be true or false, here it is the text 'yes'"),
    ("trust: {south: 0.5}", "trust: 0.5", "36: toy.members.north-land.trust: should be a mapping (key: value), here it is 0.5"),
    ("because: [e1]}\n  members", "because: e1}\n  members", "32: toy.position.now.because: should be a list [a, b], here it is the text 'e1'"),
    ("south: {name: Southland, kind: state}", "south: Southland", "24: actors.south: should be a mapping (key: value), here it is the text 'Southland'"),
    ("foedus: 1", "foedus: 2", "2: foedus: should be 1, here it is 2"),
    # quantities and ranges
    ("stake: 1.5", "stake: 3.5", "35: toy.members.north-land.stake: mode is 3.5; it should be between 0 and 3"),
    ("high: 2\n", "high: 4\n", "38: toy.members.south.stake: high is 4; it should be between 0 and 3"),
    ("prior: 1.2", "prior: -1", "38: toy.members.south.stake: prior mode is -1; it should be between 0 and 3"),
    ("stake: 1.5", "stake: 1\n      cost: 0", "36: toy.members.north-land.cost: mode is 0; it should be above 0 and at most 10"),
    ("mode: 0.1, low: -0.2", "mode: -0.5, low: -0.2", "32: toy.position.now: low -0.2, mode -0.5, high 0.4 are out of order; low ≤ mode ≤ high would be right"),
    ("low: -0.2, ", "", "32: toy.position.now: give both low and high, or neither"),
    # ids
    ("  e2:", "  E2:", f"15: evidence.E2: 'E2' is not an id; {ID}|44: toy.members.south.stake.because.1: there is no evidence 'e2'; there are: e1, E2"),
    ("id: toy-pact", "id: Toy Pact", f"3: id: 'Toy Pact' is not an id; {ID}"),
    ("id: toy-pact", "id: " + "a" * 65, "3: id: has 65 characters; at most 64 are allowed"),
    # what names nothing
    ("source: paper", "source: papr", "13: evidence.e1.source: there is no source 'papr', did you mean 'paper'?"),
    ("by: envoy", "by: envoi", "13: evidence.e1.by: there is no actor 'envoi', did you mean 'envoy'?"),
    ("through: [talk]", "through: [tlak]", "13: evidence.e1.through.0: there is no actor or source 'tlak', did you mean 'talk'?"),
    ("part_of: north-land", "part_of: north-lnd", "25: actors.envoy.part_of: there is no actor 'north-lnd', did you mean 'north-land'?"),
    ("[rival]", "[rivals]", "29: pact.opponents.0: there is no actor 'rivals', did you mean 'rival'?"),
    ("        - e2", "        - e9", "44: toy.members.south.stake.because.1: there is no evidence 'e9'; there are: e1, e2"),
    ("because: [e1]}\nass", "because: [zzz]}\nass", "47: hypotheses.holds.because.0: there is no evidence 'zzz'; there are: e1, e2"),
    ("assumption: keen", "assumption: ken", "52: indicators.visits.assumption: there is no assumption 'ken', did you mean 'keen'?"),
    ("south:\n      stake", "east:\n      stake", "37: toy.members.east: 'east' is not an actor|50: assumptions.keen.fails_when.quantity: there is no quantity 'toy.members.south.stake', did you mean 'toy.members.east.stake'?"),
    # the pact
    ("[north-land, south]", "[north-land, north-land]", "28: pact.members: 'north-land' stands twice; once would be right"),
    ("[north-land, south]", "[]", "28: pact.members: a pact has at least 2 members, here 0"),
    ("[north-land, south]", "[south]", "28: pact.members: a pact has at least 2 members, here 1"),
    ("[rival]", "[rival, south]", "29: pact.opponents: 'south' is a member and cannot be an opponent as well"),
    ("[rival]", "[rival, rival]", "29: pact.opponents: 'rival' stands twice; once would be right"),
    ("pact:\n", "pact:\n  holds_while: []\n", "28: pact.holds_while: is empty; name at least one member, or leave it out to mean all"),
    ("pact:\n", "pact:\n  holds_while: [rival]\n", "28: pact.holds_while: 'rival' is not a member; members: north-land, south"),
    # dates
    ("horizon: 2016-12-31", "horizon: 2016-06-12", "7: horizon: 2016-06-12 is not after as_of, 2016-06-12; a later date would be right"),
    ("as_of: 2016-06-12", "as_of: 2016-06-31", "6: as_of: should be a date, YYYY-MM-DD, here it is the text '2016-06-31'"),
    ("as_of: 2016-06-12", "as_of: 1465689600", "6: as_of: should be a date, YYYY-MM-DD, here it is 1465689600"),
    ("date: 2016-05,", "date: May 2016,", "10: sources.paper.date: should be a date, YYYY, YYYY-MM or YYYY-MM-DD, here it is the text 'May 2016'"),
    ("reported: 2016-06-12", "reported: 2016-06-13", "20: evidence.e2.reported: was reported 2016-06-13, after as_of, 2016-06-12: that is hindsight"),
    ("date: 2016-05,", "date: 2017,", "13: evidence.e1: rests on source 'paper' of 2017, after as_of, 2016-06-12: that is hindsight"),
    # the rest of the head
    ("reliability: B", "reliability: G", "10: sources.paper.reliability: 'G' is not one of A, B, C, D, E, F"),
    ("credibility: 2", "credibility: 0", "21: evidence.e2.credibility: should be at least 1, here it is 0"),
    ("credibility: 2", "credibility: 7", "21: evidence.e2.credibility: should be at most 6, here it is 7"),
    ("kind: person", "kind: king", "25: actors.envoy.kind: 'king' is not one of state, person, movement, organisation, company, party, group"),
    ("part_of: north-land", "part_of: envoy", "25: actors.envoy.part_of: is part of itself: envoy → envoy"),
    ("{front: falling}", "{front: rising}", "49: assumptions.steady.fails_when.front: 'rising' is not one of improving, flat, falling"),
    ("{front: falling}", "{front: []}", "49: assumptions.steady.fails_when.front: has 0 entries; it needs 1"),
    ("below: 0.8", "below: 0.8, above: 2", "50: assumptions.keen.fails_when: give exactly one of 'below' and 'above'"),
    (", below: 0.8", "", "50: assumptions.keen.fails_when: give exactly one of 'below' and 'above'"),
    ("{front: falling}", "{frnt: falling}", "49: assumptions.steady.fails_when: missing key 'quantity'|49: assumptions.steady.fails_when.frnt: unknown key 'frnt', did you mean 'front'?"),
    ("south.stake, below", "south.steak, below", "50: assumptions.keen.fails_when.quantity: there is no quantity 'toy.members.south.steak', did you mean 'toy.members.south.stake'?"),
    ("held: true, on: 2016-12-31", "held: true, on: soon", "58: outcome.on: should be a date, YYYY-MM-DD, here it is the text 'soon'"),
    # scenarios
    ("{toy.position.now: -0.5}", "{toy.position.nwo: -0.5}", "54: scenarios.lost.toy.position.nwo: unknown key 'nwo', did you mean 'now'?"),
    ("{toy.position.now: -0.5}", "{toy.position.now: -5}", "54: scenarios.lost.toy.position.now: mode is -5; it should be between -1 and 1"),
    ("{toy.position.now: -0.5}", "{toy.step.now: -5}", "54: scenarios.lost.toy.step.now: should be month or week, here it is a mapping"),
    ("{toy.position.now: -0.5}", "{pact.members: [south]}", "54: scenarios.lost.pact.members: a pact has at least 2 members, here 1"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), RULES)
def test_a_broken_rule_is_said_with_file_and_line(old: str, new: str, said: str) -> None:
    assert refusals(changed((old, new))) == [f"toy.yaml:{line}" for line in said.split("|")]


def test_the_toy_case_is_valid_and_typed() -> None:
    case = toy()
    assert case.pact.holds_while == case.pact.members == ("north-land", "south")
    assert case.evidence["e1"].through == ("talk",)
    assert case.evidence["e2"].says == "It may not hold.\n"
    assert case.scenarios["won"].says == "The front is won."
    assert dict(case.scenarios["lost"].values) == {"toy.position.now": -0.5}
    assert case.outcome is not None
    assert case.outcome.held


def test_all_errors_come_at_once_in_the_order_of_lines() -> None:
    text = changed(
        ("title: The toy pact", "title: 1"),
        ("source: paper", "source: papr"),
        ("kind: person", "kind: king"),
        ("stake: 1.5", "stake: x"),
        ("part_of: north-land", "part_of: envoy"),
        ("reported: 2016-06-12", "reported: 2018"),
    )
    lines = [said.split(": ")[0] for said in refusals(text)]
    assert lines == [f"toy.yaml:{n}" for n in (4, 13, 20, 25, 25, 35)]


def test_a_circle_of_parts_is_told_once() -> None:
    text = changed(
        ("name: Northland, kind: state", "name: N, kind: state, part_of: south"),
        ("name: Southland, kind: state", "name: S, kind: state, part_of: envoy"),
    )
    assert refusals(text) == [
        "toy.yaml:23: actors.north-land.part_of: is part of itself: "
        "north-land → south → envoy → north-land"
    ]


def test_a_short_case_is_a_valid_case() -> None:
    head = TEXT[: TEXT.index("sources:")]
    people = "actors: {a: {name: A, kind: state}, b: {name: B, kind: group}}\n"
    assert refusals(f"{head}{people}pact: {{members: [a, b]}}\n") == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "~"])
def test_an_empty_file(text: str) -> None:
    assert refusals(text) == ["toy.yaml:1: is empty; a case begins with 'foedus: 1'"]


def test_a_list_is_no_case() -> None:
    assert refusals("- 1\n") == [
        "toy.yaml:1: should be a mapping (key: value), here it is a list; "
        "a case begins with 'foedus: 1'"
    ]


def test_a_bare_year_is_a_date() -> None:
    assert refusals(changed(("date: 2016-05,", "date: 2016,"))) == []
