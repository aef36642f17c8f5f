"""A commented stability section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
stability:
  # Who can do what. The order of the options is the order of Y and N in a pattern.
  options:
"""

OPTION = """\
    MEMBER-fights: {by: MEMBER, says: Keep fighting for the pact, direction: both}
"""

MIDDLE = """\
  # What cannot be: statements over options (and, or, not, if ... then, at most 1 of (...)), or
  # patterns of Y, N and -.
  # feasible:
  #   not-alone: {never: "A-fights and not B-fights"}
  # What each wants: terms count when their statement is true, weights when their option is chosen.
  preferences:
"""

PREFERENCE = """\
    MEMBER:
      weights:
        MEMBER-fights: {mode: -1.0, low: -2.0, high: -0.5}    # what fighting costs it
      terms:
        together: {when: "ALL", worth: {mode: 2.0, low: 1.0, high: 3.0}}   # what the pact is worth
"""

TAIL = """\
  status_quo: [CHOSEN]          # the options chosen today
  holds_when: "ALL"             # in which states the pact holds
  concept: seq                  # which stability counts: nash, gmr, smr or seq
"""


def template(members: Sequence[str]) -> str:
    """The section as text of a case file, with judgements to replace for these members."""
    options = [f"{member}-fights" for member in members]
    text = HEAD + "".join(OPTION.replace("MEMBER", member) for member in members) + MIDDLE
    text += "".join(PREFERENCE.replace("MEMBER", member) for member in members) + TAIL
    return text.replace("ALL", " and ".join(options)).replace("CHOSEN", ", ".join(options))
