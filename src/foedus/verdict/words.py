"""Verbal probabilities, as ICD 203 (Analytic Standards, 2015, section D.6.e) has them."""

from __future__ import annotations

WORDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper end of each term's range, and the term."""


def words(probability: float) -> str:
    """The ICD 203 term for a probability; its range includes its upper end.

    Raises ValueError outside 0 to 1.
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"{probability} is no probability: give a number from 0 to 1")
    return next(term for end, term in WORDS if probability <= end)
