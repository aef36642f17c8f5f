"""A commented base_rate section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

TEMPLATE = """\
base_rate:
  # Which pacts is this one to be counted among? Each key makes the class narrower; where a table
  # has no such class, the wider one is used and the answer says so.
  reference_class:
    kind: government-sponsor     # or rebel-sponsor, established-sponsor (of a government, four
                                 # years and more), treaty-alliance, war-coalition,
                                 # coalition-government, cartel
    age: {mode: 3, low: 2, high: 5}    # years the tie has lasted
    # because: [some-evidence]   # why this class
    # troops: true               # sponsors: some sponsor's troops fight beside the client
    # obligations: [defense]     # treaties: defense, offense, neutrality, nonaggression or
                                 # consultation
    # wartime: true              # treaties: made in a war or for one
  # Sponsors only: where a member differs from the class.
  # ties:
  #   FIRST: {age: 1}
  # end: violation               # treaties: what counts as an end (default: any)
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with a class to replace."""
    return TEMPLATE.replace("FIRST", members[0])
