"""How well each model did on real bargaining, beside forecasts that anybody can make.

Measured on the 353 issues of DEU III: positions, saliences and outcomes on scales from 0 to 100 in
the legislation of the European Union, with capability from votes under the treaties or population.
An expected error of 20 is a fifth of the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = (
    "Arregui & Perarnaud, Decision-making in the European Union (DEU III), 2021, "
    "doi 10.34810/data53"
)
"""Where the issues and their outcomes are from."""
ISSUES = 353
"""How many issues were forecast."""
MEANING = "points of a scale from 0 to 100"
"""The unit of the errors."""
LESSON = (
    "On real data the weighted mean is hard to beat: models in which positions move are good at"
    " saying who pulls whom, not at saying more exactly where it ends."
)
"""What the table shows."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One forecast's record."""

    variant: str
    """The name of the variant, or of a forecast that is none."""
    says: str
    error: float | None
    """Mean absolute error; None for a distribution that has no one point."""
    crps: float
    """Continuous ranked probability score; where the forecast was a point, the error itself."""


RECORD: tuple[Measured, ...] = (
    Measured("pce", "Condorcet election, mean of its distribution", 22.66, 16.75),
    Measured("wmean", "weighted mean", 23.07, 23.07),
    Measured("smp:ktab, one turn", "spatial model after one turn", 23.21, 23.21),
    Measured("smp:ktab", "spatial model, final", 23.74, 23.74),
    Measured("eum:scholz-code", "expected utility, mean after 10 rounds", 25.83, 25.83),
    Measured("always 50", "the middle of the scale", 28.02, 28.02),
    Measured("wmedian", "weighted median", 28.55, 28.55),
    Measured("eum:printed", "expected utility as printed", 30.1, 30.1),
    Measured("positions by weight", "the positions taken, by weight", None, 18.14),
)
"""By error."""
