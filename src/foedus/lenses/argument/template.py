"""Commented hypotheses and an argument section to fill in."""

from __future__ import annotations

from collections.abc import Sequence

TEMPLATE = """\
# Rival answers, one of which has to be true. `holds`: whether the pact holds under it.
hypotheses:
  bound-together:
    says: MEMBERS need each other too much to part.
    holds: true
  one-breaks-away:
    says: FIRST finds a better deal elsewhere.
    holds: false

argument:
  # Hypotheses against evidence. Ask of each item: would it be seen if the hypothesis were true?
  # -2 hardly ever, -1 rather not, 0 as ever, 1 rather, 2 surely; na: says nothing of it.
  # Go down each item over all hypotheses; one that fits them all alike tells nothing.
  matrix:
    bound-together:
      e1: 1
    one-breaks-away:
      e1: {consistency: -1, note: why}
      # e2: {consistency: -2, ratio: {mode: 0.2, low: 0.1, high: 0.5}}   # its own likelihood ratio
  # Chance that the pact holds before this evidence, for when the lens speaks alone:
  # prior: {mode: 0.8, low: 0.6, high: 0.95}
  # Items of one source count once. Others that stand or fall together:
  # groups:
  #   the-talks: {items: [e1, e2], shared: {mode: 0.8, low: 0.5, high: 1}}
"""


def template(members: Sequence[str]) -> str:
    """Hypotheses and section as text of a case file, with judgements to replace.

    It holds them against the evidence `e1`, which a new case has.
    """
    first, *others = (member.replace("-", " ").capitalize() for member in members)
    together = f"{', '.join([first, *others[:-1]])} and {others[-1]}" if others else first
    return TEMPLATE.replace("MEMBERS", together).replace("FIRST", first)
