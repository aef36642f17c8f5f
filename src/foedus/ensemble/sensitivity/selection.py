"""Choosing terms of a linear model one at a time, from inner products alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats, Ints

CLEAR = 1e-4
"""Share of a term's square that must be left beside the chosen ones for it to be a candidate."""


@dataclass(frozen=True, eq=False)
class Path:
    """Terms in the order they were chosen.

    `factor` is the lower Cholesky factor of their Gram matrix, `weights` the response's products
    with the orthonormalised terms. The first k of each belong to the model of k terms.
    """

    chosen: Ints
    factor: Floats
    weights: Floats

    def coefficients(self, size: int) -> Floats:
        """Least-squares coefficients of the model of the first `size` terms."""
        from scipy.linalg import solve_triangular

        out = solve_triangular(self.factor[:size, :size], self.weights[:size], trans=1, lower=True)
        return np.asarray(out)

    def predictions(self, terms: Floats, sizes: int) -> Floats:
        """Predictions at new draws by the models of 1 to `sizes` terms: (sizes, n).

        `terms` (p, n) are all candidates. Where the path is shorter, its last model stands.
        """
        from scipy.linalg import solve_triangular

        most = min(sizes, self.chosen.size)
        new = solve_triangular(
            self.factor[:most, :most], terms[self.chosen[:most]], lower=True, check_finite=False
        )
        out = np.cumsum(new * self.weights[:most, None], axis=0)
        return np.asarray(out[np.minimum(np.arange(sizes), most - 1)])


def forward(gram: Floats, products: Floats, steps: int, favour: Floats) -> Path:
    """Terms by orthogonal least squares (Chen, Billings & Luo 1989).

    Each step takes the term that lowers the squared error most, counted `favour` times; the first
    takes candidate 0, the constant. `gram` (p, p) and `products` (p,) are inner products of
    candidates, and of them with the response.
    """
    left, size = gram.diagonal().copy(), gram.diagonal() * CLEAR
    with_response = products.copy()
    rows = np.zeros((steps, products.size))
    chosen: list[int] = []
    weights: list[float] = []
    free = np.ones(products.size, dtype=bool)
    for step in range(steps):
        clear = free & (left > size)
        gain = np.where(clear, favour * with_response**2 / np.where(clear, left, 1.0), 0.0)
        best = int(gain.argmax()) if step else 0
        if step and not gain[best] > 0.0:
            break
        norm = np.sqrt(left[best])
        rows[step] = (gram[best] - rows[:step, best] @ rows[:step]) / norm
        weight = with_response[best] / norm
        with_response -= weight * rows[step]
        left -= rows[step] ** 2
        free[best] = False
        chosen.append(best)
        weights.append(float(weight))
    order = np.asarray(chosen, dtype=np.int64)
    return Path(order, rows[: order.size, order].T.copy(), np.asarray(weights))
