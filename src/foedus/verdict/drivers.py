"""What the answer rests on: each quantity's pull on the probability that the pact holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.lenses.lens import Draws, Floats

SPREAD = 1.03
"""Standard error of Fisher's z for rank correlations, times sqrt(n - 3) (Fieller et al. 1957)."""
END = 0.2
"""Share of the draws at each end of a quantity that its swing compares."""


@dataclass(frozen=True)
class Driver:
    """One quantity's pull.

    `correlation` is Spearman's rank correlation with the draw's probability, `low` and `high` its
    95 % interval; `at_low` and `at_high` the mean probability in the fifth of the draws where the
    quantity is lowest and highest.
    """

    path: str
    label: str
    correlation: float
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def matters(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


def drivers(draws: Draws, holds: Floats, weights: Floats, labels: dict[str, str]) -> list[Driver]:
    """The pull on `holds` of every uncertain quantity with a label, strongest first.

    Only draws that count are looked at.
    """
    from scipy.stats import rankdata

    kept = weights > 0
    target = rankdata(holds[kept])
    out = []
    for path, label in labels.items():
        values = draws[path][kept]
        if values.size < 8 or np.ptp(values) == 0.0 or np.ptp(target) == 0.0:
            continue
        rank = float(np.corrcoef(rankdata(values), target)[0, 1])
        half = 1.96 * SPREAD / np.sqrt(values.size - 3)
        z = np.arctanh(np.clip(rank, -0.999999, 0.999999))
        order = np.argsort(values, kind="stable")
        end = max(int(END * values.size), 1)
        here = holds[kept]
        out.append(
            Driver(
                path,
                label,
                rank,
                float(np.tanh(z - half)),
                float(np.tanh(z + half)),
                float(here[order[:end]].mean()),
                float(here[order[-end:]].mean()),
            )
        )
    return sorted(out, key=lambda driver: -abs(driver.correlation))
