"""The toy pact with sections on dependence, and one with a third member and worths of every set."""

from __future__ import annotations

from toy_pact import TEXT, toy

from foedus.case import Case

LIKINGS = """\
dependence:
  values:
    north: {south: {mode: 0.4, low: -0.2, high: 0.9, because: [e1]}, rival: -0.5}
    south: {north: 0.6, rival: {mode: 0.3, low: -0.3, high: 0.8}}
    rival: {south: {mode: 0.2, low: -0.1, high: 0.5}}
  partition: {pact: [north, south]}
"""
GIVEN = """\
dependence:
  worth: given
  given:
    sets:
      north: {members: [north], worth: 0}
      south: {members: [south], worth: {mode: 1, low: 0, high: 2, because: [e2]}}
      envoy: {members: [envoy], worth: 0}
      ns: {members: [south, north], worth: {mode: 6, low: 3, high: 10, because: [e1]}}
      ne: {members: [north, envoy], worth: {mode: 4, low: 1, high: 8}}
      se: {members: [south, envoy], worth: {mode: 3, low: 1, high: 7}}
      whole: {members: [envoy, south, north], worth: {mode: 9, low: 7, high: 12}}
  payoffs: {north: {mode: 5, low: 3, high: 7}, south: 3, envoy: 1}
"""
TECHNOLOGY = """\
dependence:
  worth: technology
  technology:
    capability: {north: {mode: 1.0, low: 0.6, high: 1.5}, south: 0.7, envoy: 0.1}
    returns: {mode: 1.5, low: 1.1, high: 2}
"""


def with_likings(*swaps: tuple[str, str]) -> Case:
    """The toy, with worths from endurance and values of three actors."""
    return _with(LIKINGS, TEXT, *swaps)


def with_given(*swaps: tuple[str, str]) -> Case:
    """Three members without endurance, the worth of each of their sets given."""
    return _with(GIVEN, _alone(), *swaps)


def with_technology(*swaps: tuple[str, str]) -> Case:
    """Three members without endurance, their worths from a technology."""
    return _with(TECHNOLOGY, _alone(), *swaps)


def _with(section: str, text: str, *swaps: tuple[str, str]) -> Case:
    return toy(*swaps, text=text.replace("outcome: {held", f"{section}outcome: {{held"))


def _alone() -> str:
    """The toy's text with a third member, and nothing that speaks of endurance."""
    head, rest = TEXT.split("endurance:\n")
    end = rest[rest.index("outcome: {held") :]
    return head.replace("members: [north, south]", "members: [north, south, envoy]") + end
