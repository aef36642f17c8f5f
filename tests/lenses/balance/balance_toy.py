"""The toy pact in a signed network: two friends, a rival, an envoy between them, some dates."""

from __future__ import annotations

from toy_pact import TEXT, toy

from foedus.case import Case

BALANCE = """\
balance:
  ties:
    friends:
      between: [north, south]
      sign: {mode: 0.7, low: -0.2, high: 1, because: [e1]}
      weight: {mode: 1.0, low: 0.7, high: 1.4}
    foes:
      between: [rival, north]
      sign: {mode: -0.8, low: -1, high: -0.3}
      weight: {mode: 0.8, low: 0.5, high: 1.2, because: [e2]}
      because: [e2]
    dealing:
      between: [south, rival]
      sign: {mode: 0.4, low: -0.6, high: 0.9}
      weight: 0.6
      date: 2015-09
    fighting: {between: [south, rival], sign: -1, weight: 0.9, note: Before they dealt.}
    sent: {between: [north, envoy], sign: 1, date: 2014}
    heard: {between: [envoy, rival], sign: {mode: 0.5, low: -0.5, high: 1}, weight: 0.5}
"""


def with_balance(*swaps: tuple[str, str]) -> Case:
    """The toy with its balance section, changed."""
    return toy(*swaps, text=TEXT.replace("assumptions:\n", f"{BALANCE}assumptions:\n"))
