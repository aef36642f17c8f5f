"""A commented bargaining section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
bargaining:
  variant: pce                 # the model of the headline; the others are shown beside it
  # What each can bring to bear, in any one unit. Opponents bargain too: add them here and below.
  capability:
"""

CAPABILITY = """\
    MEMBER: {mode: 1.0, low: 0.7, high: 1.3}
"""

ISSUE = """\
  # Every issue is a line with a game of its own; saliences need not sum to 1 over issues.
  issues:
    the-issue:
      says: What is bargained over
      scale:
        low: 0
        high: 100
        points:                # what places on the line mean
          one-end: {at: 0, says: What one side wants}
          middle: {at: 50, says: A compromise}
          other-end: {at: 100, says: What the other side wants}
      # What holds if there is no agreement (for the Nash bargaining solution):
      # reference_point: {mode: 100, low: 80, high: 100}
      actors:
"""

STAND = """\
        MEMBER:
          position: {mode: PLACE, low: FROM, high: TO}   # what it works for, on the scale
          salience: {mode: 0.6, low: 0.4, high: 0.8}   # how much it would spend on this (0 to 1)
          accepts:             # its red lines: the least and the most it can live with
            least: {mode: LEAST, low: UNDER, high: OVER}
          # capability: 0.5    # only where it differs on this issue
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    text = HEAD + "".join(CAPABILITY.replace("MEMBER", member) for member in members) + ISSUE
    for k, member in enumerate(members):
        place = 40 + round(40 * k / max(len(members) - 1, 1))
        numbers = {
            "PLACE": place,
            "FROM": place - 10,
            "TO": place + 10,
            "LEAST": place - 25,
            "UNDER": place - 35,
            "OVER": place - 15,
        }
        stand = STAND.replace("MEMBER", member)
        for word, number in numbers.items():
            stand = stand.replace(word, str(number))
        text += stand
    return text
