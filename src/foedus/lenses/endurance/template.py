"""A commented endurance section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
endurance:
  step: month                  # the period in which members decide: day, week, month, quarter, year
  position:
    now: {mode: 0.0, low: -0.3, high: 0.3}   # the contest for the pact: -1 defeat ... +1 victory
  members:
"""

MEMBER = """\
    MEMBER:
      stake: {mode: 1.0, low: 0.6, high: 1.4}          # what the front is worth to it (0 to 3)
      capability: {mode: 1.0, low: 0.7, high: 1.3}     # what its full effort adds (above 0)
      effort_cost: {mode: 0.15, low: 0.08, high: 0.25} # of full effort, per step (0 to 2)
      presence_cost: 0.05                              # of being in, per step (0 to 2)
      exit_cost: {mode: 2.0, low: 1.0, high: 4.0}      # paid once on leaving (0 to 20)
      outside_option: {mode: 0.0, low: -0.1, high: 0.1} # per step after leaving (-1 to 1)
      stake_outside: 0.8         # share of the stake still felt outside (0 to 1; 1: public good)
      aim: 0.5                   # its ideal on the issue that divides the members (0 to 1)
      trust: {mode: 0.7, low: 0.4, high: 0.9}          # the others' belief that it does its part
      gets_from:                                       # flow from each partner (0 to 2)
PARTNERS"""

TAIL = """\
  opponents:
    strength: {mode: STRENGTH, low: LOW, high: HIGH}   # in the units of capability
  # What follows is optional; these are the defaults.
  front: {determinism: 2.0, pace: 0.35}
  token_effort: 0.2
  coordination: 0.5
  divergence_cost: 0.2
  blame: {monitoring: 0.4, after: {setback: 0.6, flat: 0.2, gain: 0.05}, repair: 0.3}
  settlement: {chance: 0.01, width: 0.5}
  patience: 0.97
  precision: 14
  # The level of exits is a guess unless a base rate fixes it: sponsors of a government at war for
  # four years and more left at 4.5 % a year (22 of 491).
  anchor: {members: [ANCHOR], yearly_exit: 0.045}
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    text = HEAD
    for member in members:
        partners = "".join(
            f"        {other}: {{mode: 0.1, low: 0.05, high: 0.2}}\n"
            for other in members
            if other != member
        )
        text += MEMBER.replace("MEMBER", member).replace("PARTNERS", partners)
    strength = 0.75 * len(members)
    numbers = {"STRENGTH": strength, "LOW": 0.8 * strength, "HIGH": 1.25 * strength}
    tail = TAIL.replace("ANCHOR", ", ".join(members))
    for word, number in numbers.items():
        tail = tail.replace(word, f"{number:.2g}")
    return text + tail
