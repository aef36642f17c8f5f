"""A small pact of two whose every text tries to break out of the page, and its analysis."""

from __future__ import annotations

from functools import cache

from foedus.case import Case, loads
from foedus.lenses.table import SECTIONS
from foedus.verdict.analysis import Analysis, analyze

IMAGE = "<img src=x onerror=alert(1)>"
BREAK = "</style></title></script><script>alert(2)</script>"
TURN = "abc\\u202Edcba\\u2066"
TEXT = f"""\
foedus: 1
id: toy
title: "Toy {IMAGE}"
question: "Will it hold? {BREAK} {TURN}"
as_of: 2016-06-12
horizon: 2016-12-31
sources:
  paper:
    title: "A paper {BREAK}"
    author: "Ann {IMAGE}"
    date: 2016-05
    reliability: B
    url: "https://example.org/?a=1&b=%22"
  wire: {{title: "A wire", url: "javascript:alert(1)", note: "see https://example.org {IMAGE}"}}
evidence:
  e1: {{source: paper, by: envoy, through: [wire], says: "It holds. {IMAGE}", date: 2016-04-01,
        where: "page 3 {BREAK}", credibility: 2}}
  e2: {{source: wire, says: "It may not. {TURN} ]]> --> & 'quoted' \\"twice\\"", reported: 2016-06,
        retracted: true, note: "{IMAGE}"}}
  lone: {{source: wire, says: "Used by nothing."}}
actors:
  north: {{name: "North {IMAGE}", kind: state}}
  south: {{name: "South {TURN} ' + alert(3) + ' datum.x {{{{ 7 * 7 }}}}", kind: state}}
  envoy: {{name: "{BREAK}", kind: person, part_of: north}}
  rival: {{name: "Rival {IMAGE}", kind: state}}
pact:
  name: "{BREAK}"
  members: [north, south]
  opponents: [rival]
endurance:
  position: {{now: {{mode: -0.1, low: -0.3, high: 0.1, because: [e1]}}}}
  levels: {{front: 5, trust: 2}}
  opponents: {{strength: {{mode: 1.2, low: 0.9, high: 1.5, note: "{IMAGE}"}}}}
  anchor: {{members: [north, south], yearly_exit: 0.05, because: [e2]}}
  members:
    north:
      stake: {{mode: 0.6, low: 0.4, high: 0.9, because: [e1, e2], note: "{BREAK}"}}
      capability: 1.0
      effort_cost: 0.1
      exit_cost: 1.0
      gets_from: {{south: {{mode: 0.1, low: 0.05, high: 0.2, because: [e1]}}}}
    south:
      stake: 0.8
      capability: 0.7
      effort_cost: 0.15
      exit_cost: 1.5
      gets_from: {{north: 0.2}}
assumptions:
  steady: {{says: "The front improves. {IMAGE}", fails_when: {{front: [flat, falling]}},
            because: [e1], doubted_by: [e2], note: "{BREAK}"}}
  keen: {{says: "North cares.",
         fails_when: {{quantity: endurance.members.north.stake, below: 0.5}}}}
hypotheses:
  stays: {{says: "It stays. {IMAGE}", holds: true, because: [e1]}}
  other: {{says: "Something else."}}
indicators:
  visits: {{says: "Visits end. {IMAGE}", assumption: keen, because: [e2]}}
  free: {{says: "Of no assumption."}}
scenarios:
  lost: {{says: "Lost. {BREAK}", because: [e2], endurance.position.now: -0.5}}
"""


@cache
def toy_case() -> Case:
    return loads(TEXT, SECTIONS, "toy.yaml")


@cache
def toy() -> Analysis:
    return analyze(toy_case(), draws=64, workers=1, evidence=True)
