"""The toy pact with rival hypotheses held against its evidence."""

from __future__ import annotations

from toy_pact import TEXT, changed

from foedus.case import Case, loads
from foedus.lenses.table import SECTIONS

SOURCES = """\
  wire: {title: A wire service, date: 2016-05, reliability: C}
evidence:
"""
EVIDENCE = """\
  e3: {source: wire, says: Troops went home., credibility: 3}
  e4: {source: wire, says: A loan was signed., credibility: 1}
  e5: {source: paper, says: Nobody knows anything., credibility: 6, retracted: true}
  e6: {source: paper, says: The weather was fine., credibility: 2}
actors:
"""
ARGUMENT = """\
hypotheses:
  bound: {says: They need each other., holds: true}
  strained: {says: They quarrel and stay., holds: true}
  north-goes: {says: North finds a better deal., holds: false}
  unclear: {says: Something else is going on.}
argument:
  prior: {mode: 0.8, low: 0.6, high: 0.95}
  groups:
    troops: {items: [e3, e4], shared: {mode: 0.5, low: 0.2, high: 0.9}}
  matrix:
    bound: {e1: 2, e2: -1, e3: -1, e4: 1, e6: 1}
    strained: {e1: 1, e2: 0, e3: {consistency: 1, note: quarrels}, e4: 1, e5: -2, e6: 1}
    north-goes:
      e1: -1
      e2: {consistency: 1, ratio: {mode: 2.5, low: 1.4, high: 5}}
      e3: 2
      e4: na
      e6: 1
    unclear: {e1: 0, e3: 0}
"""
ARGUED = changed(
    ("evidence:\n", SOURCES),
    ("actors:\n", EVIDENCE),
    ("outcome:", f"{ARGUMENT}outcome:"),
    text=TEXT,
)


def argued(*swaps: tuple[str, str]) -> Case:
    """The toy with its matrix, each first string replaced by the second."""
    return loads(changed(*swaps, text=ARGUED), SECTIONS, "argued.yaml")


def alone(*swaps: tuple[str, str]) -> Case:
    """The same without endurance, so that the argument speaks alone."""
    text = changed(*swaps, text=ARGUED)
    head, rest = text.split("endurance:\n", 1)
    tail = rest[rest.index("hypotheses:\n") :]
    return loads(head + tail, SECTIONS, "alone.yaml")
