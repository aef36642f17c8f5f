"""Sparse polynomial chaos: a surrogate of the outcome, and how well it predicts unseen draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats, Ints, Sample
from foedus.ensemble.sensitivity.search import STEPS, Search
from foedus.ensemble.sensitivity.selection import Path
from foedus.ensemble.sensitivity.surrogate import PLAIN, Scale, Surrogate


@dataclass(frozen=True, eq=False)
class Chaos:
    """Surrogates on one scale, from all draws and with each replicate left out.

    `predicted` (n,) is each draw's outcome by the surrogate that has not seen its replicate, and
    `explained` the share of the variance that it predicts (Q²).
    """

    whole: Surrogate
    left_out: tuple[Surrogate, ...]
    predicted: Floats
    explained: float


def chaos(search: Search, scale: Scale) -> Chaos:
    """The surrogate of a sample on a scale.

    The number of terms is that with the least squared error, on the outcome's own scale, over
    replicates that had no part in choosing terms and coefficients (Stone 1974).
    """
    sample = search.sample
    z = scale.forth(sample.y)
    sizes = min(STEPS, sample.y.size // 4)
    seen = np.empty((sizes, sample.y.size))
    found = []
    for r, part in enumerate(sample.parts):
        terms, full, path = search.choose(z, r)
        seen[:, part] = path.predictions(full[:, part], sizes) / search.root[part]
        found.append((terms, path))
    size = int((np.square(sample.y - scale.back(seen)) @ sample.w).argmin()) + 1
    shift, slope = (0.0, 1.0) if scale is PLAIN else _line(sample, seen[size - 1], scale)
    terms, _, path = search.choose(z, None)
    predicted = scale.back(shift + slope * seen[size - 1])
    error = float(np.square(sample.y - predicted) @ sample.w)
    whole, *left_out = (
        _surrogate(*each, size, scale, shift, slope) for each in ((terms, path), *found)
    )
    return Chaos(whole, tuple(left_out), predicted, max(1.0 - error / sample.variance, 0.0))


def _line(sample: Sample, seen: Floats, scale: Scale) -> tuple[float, float]:
    """Shift and slope on the scale with which predictions of unseen draws are nearest.

    They make up for what was cut off when outcomes were taken to the scale, and for overfitting.
    """
    from scipy.optimize import least_squares

    root = np.sqrt(sample.w)

    def miss(line: Floats) -> Floats:
        return np.asarray(root * (sample.y - scale.back(line[0] + line[1] * seen)))

    found = least_squares(miss, np.array([0.0, 1.0]), bounds=([-5.0, 0.2], [5.0, 5.0]))
    return float(found.x[0]), float(found.x[1])


def _surrogate(
    terms: Ints, path: Path, size: int, scale: Scale, shift: float, slope: float
) -> Surrogate:
    """The model of the first `size` terms of a path; the constant is its first."""
    size = min(size, path.chosen.size)
    coefficients = slope * path.coefficients(size)
    coefficients[0] += shift
    return Surrogate(terms[path.chosen[:size]], coefficients, scale)
