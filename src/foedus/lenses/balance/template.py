"""A commented balance section to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

LONGEST = 64
"""Characters of an id."""

HEAD = """\
balance:
  camps: 2                     # into how many camps, at most, everybody is divided (2 to 8)
  # Who is whose friend or foe. Tie outsiders too: strain comes of friends of foes.
  ties:
"""

TIE = """\
    NAME:
      between: [ONE, OTHER]
      sign: {mode: 0.6, low: -0.1, high: 1}      # 1 friends, -1 foes; only the side of 0 counts
      weight: {mode: 1.0, low: 0.7, high: 1.3}   # how much it counts, in any one unit (above 0)
      # date: 2015-09          # since when; the same two may be tied again from a later date on
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    text, known = HEAD, set[str]()
    for one, other in combinations(members, 2):
        name = f"{one}-{other}"
        if len(name) > LONGEST or name in known:
            name = f"tie-{len(known) + 1}"
        known.add(name)
        text += TIE.replace("NAME", name).replace("OTHER", other).replace("ONE", one)
    return text
