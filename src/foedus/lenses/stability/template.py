"""A commented stability section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
stability:
  # Who can do what, yes or no; opponents and others too, if they are among the actors. Instead of
  # both, direction may be forward (once chosen, for good) or backward (once dropped, for good).
  options:
"""

OPTION = """\
    MEMBER-fights: {by: MEMBER, says: Keep fighting for the pact, direction: both}
"""

MIDDLE = """\
  # What cannot be: statements over options (and, or, not, if ... then, at most 1 of (...)), or
  # patterns such as "Y-", a letter for each option in the order above, - for either.
  # feasible:
  #   not-alone: {never: "FIRST-fights and not SECOND-fights"}
  # What each wants. Weights count when their option is chosen, whoever chooses it, terms when their
  # statement is true. What comes of it is an order of the outcomes, so any unit will do.
  preferences:
"""

PREFERENCE = """\
    MEMBER:
      weights:
        MEMBER-fights: {mode: -1.0, low: -2.0, high: -0.5}    # what fighting costs it
      terms:
        # what it is worth to it that all fight
        together: {when: "ALL", worth: {mode: 2.0, low: 1.0, high: 3.0}}
"""

TAIL = """\
  # The options chosen today, and in which states the pact holds.
  status_quo: [CHOSEN]
  holds_when: "ALL"
  # How far all look ahead. nash: to their own move; seq: to answers the others would want to give;
  # gmr: to any answer they could give; smr: and whether one could still get out of it.
  concept: seq
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    options = [f"{member}-fights" for member in members]
    first, second = members[0], members[-1]
    middle = MIDDLE.replace("FIRST", first).replace("SECOND", second)
    text = HEAD + "".join(OPTION.replace("MEMBER", member) for member in members) + middle
    text += "".join(PREFERENCE.replace("MEMBER", member) for member in members) + TAIL
    return text.replace("ALL", " and ".join(options)).replace("CHOSEN", ", ".join(options))
