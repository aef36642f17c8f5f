"""The toy pact bargaining: two issues, red lines, one capability overruled."""

from __future__ import annotations

from toy_pact import TEXT, toy

from foedus.case import Case

BARGAINING = """\
bargaining:
  capability:
    north: {mode: 1.0, low: 0.8, high: 1.2, because: [e1]}
    south: 0.6
    rival: {mode: 0.9, low: 0.6, high: 1.3}
  issues:
    border:
      says: Where the border runs
      scale:
        low: -10
        high: 30
        points:
          ridge: {at: -10, says: Along the ridge}
          river: {at: 10, says: Along the river}
          coast: {at: 30, says: Along the coast}
      reference_point: {mode: 20, low: 10, high: 28}
      actors:
        north:
          position: {mode: 24, low: 18, high: 30, because: [e2]}
          salience: {mode: 0.8, low: 0.6, high: 1.0}
          accepts: {least: {mode: 12, low: 4, high: 18}, because: [e1]}
        south:
          position: {mode: 4, low: -4, high: 12}
          salience: {mode: 0.5, low: 0.3, high: 0.7}
          accepts: {least: 0, most: {mode: 14, low: 8, high: 22}}
        rival:
          position: {mode: -8, low: -10, high: -2}
          salience: {mode: 0.7, low: 0.4, high: 0.9}
    tribute:
      says: What the rival pays
      scale: {low: 0, high: 1}
      actors:
        north: {position: 0.9, salience: 0.4, capability: {mode: 0.3, low: 0.2, high: 0.5}}
        south: {position: {mode: 0.7, low: 0.5, high: 0.9}, salience: 0.6, accepts: {least: 0.1}}
        envoy: {position: 0.5, salience: 0.2, capability: 0.1}
        rival: {position: 0.0, salience: {mode: 0.9, low: 0.7, high: 1.0}}
"""


def with_bargaining(*swaps: tuple[str, str]) -> Case:
    """The toy with its bargaining section, changed."""
    return toy(*swaps, text=TEXT.replace("assumptions:\n", f"{BARGAINING}assumptions:\n"))
