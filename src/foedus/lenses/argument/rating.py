"""What a rating of source and report stands for: a chance to be true, and a weight in the scores.

Nobody has measured what Admiralty ratings are worth; analysts differ widely in what they take them
for (Irwin & Mandel 2019). The chances here are judged, and stand in one place to be judged anew.
"""

from __future__ import annotations

RELIABILITY = {"A": 0.95, "B": 0.85, "C": 0.7, "D": 0.5, "E": 0.25, "F": 0.5}
"""How often what such a source says is so; F, cannot be judged, is even."""
CREDIBILITY = {1: 0.95, 2: 0.8, 3: 0.6, 4: 0.35, 5: 0.15, 6: 0.5}
"""How likely a report of this credibility is true; 6, cannot be judged, is even."""
WEIGHT = {"high": 2.0**0.5, "medium": 1.0, "low": 0.5**0.5}
"""Weights of credibility, and of relevance, in the ACH program (PARC 2006): √2, 1 and 1/√2."""
TRUST = {"high": 0.85, "medium": 0.65, "low": 0.4}
"""Chance that a report is true which is only called high, medium or low."""
HIGH, LOW = 0.75, 0.5
"""A report counts as high from the first chance on, as low below the second."""


def trust(reliability: str, credibility: int) -> float:
    """The chance that a report is true: the mean of what source and report are rated at."""
    return 0.5 * (RELIABILITY[reliability] + CREDIBILITY[credibility])


def level(chance: float) -> str:
    """Which of high, medium and low a chance to be true comes to in the weighted score."""
    return "high" if chance >= HIGH else "low" if chance < LOW else "medium"
