"""A commented dependence section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
dependence:
  # What every set of members is worth comes from `endurance` where the case has that section;
  # else from a technology (below), or from a worth given for every set.
  # worth: technology          # endurance, given or technology
  technology:
    # What each brings, in any one unit.
    capability:
"""

CAPABILITY = """\
      MEMBER: {mode: 1.0, low: 0.7, high: 1.3}
"""

TAIL = """\
    substitution: {mode: 0.3, low: 0.0, high: 0.7}   # 1: they add up ... 0: every one is needed
    returns: {mode: 1.2, low: 1.0, high: 1.5}        # above 1 the whole is more than its parts
  # How the whole is divided today, in any unit (with `endurance` that is known from there):
  # payoffs: {PAYOFFS}
  # given:
  #   sets:                    # every set of members once, each member alone included
  #     the-whole: {members: [MEMBERS], worth: {mode: 3.0, low: 2.0, high: 4.0}}
  # What it is to an actor, opponents included, to stand with another: above 0 it would rather,
  # below 0 it would rather not. Nothing said counts as 0.
  # values:
  #   FIRST:
  #     SECOND: {mode: 0.5, low: 0.2, high: 0.8}
  # partition: {pact: [MEMBERS]}   # who stands with whom today; all others stand alone
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    words = {
        "PAYOFFS": ", ".join(f"{member}: 1.0" for member in members),
        "MEMBERS": ", ".join(members),
        "FIRST": members[0],
        "SECOND": members[-1],
    }
    tail = TAIL
    for word, text in words.items():
        tail = tail.replace(word, text)
    return HEAD + "".join(CAPABILITY.replace("MEMBER", member) for member in members) + tail
