"""Anderson acceleration of a fixed-point iteration."""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner

from .game import Floats


@inner
def _solve_small(matrix: Floats, right: Floats) -> None:
    """Solve a small symmetric positive definite system; the answer replaces `right`."""
    n = right.shape[0]
    for k in range(n):
        for i in range(k + 1, n):
            f = matrix[i, k] / matrix[k, k]
            for j in range(k, n):
                matrix[i, j] -= f * matrix[k, j]
            right[i] -= f * right[k]
    for k in range(n - 1, -1, -1):
        for j in range(k + 1, n):
            right[k] -= matrix[k, j] * right[j]
        right[k] /= matrix[k, k]


@inner
def dot(a: Floats, b: Floats) -> float:
    """Inner product, summed in four lanes so that it runs side by side in any build."""
    length = a.shape[0]
    w = x = y = z = 0.0
    whole = length - length % 4
    for k in range(0, whole, 4):
        w += a[k] * b[k]
        x += a[k + 1] * b[k + 1]
        y += a[k + 2] * b[k + 2]
        z += a[k + 3] * b[k + 3]
    for k in range(whole, length):
        w += a[k] * b[k]
    return (w + x) + (y + z)


@inner
def accelerate(
    x: Floats, residual: Floats, old: Floats, old_residual: Floats,
    moves: Floats, changes: Floats, gram: Floats, count: int,
) -> None:  # fmt: skip
    """Replace the iterate `x` by the next one (type II of Walker & Ni 2011).

    `residual` is the map's image less `x`; `old` and `old_residual` are those of the iterate
    before; `moves` and `changes` `(memory, length)` keep differences of iterates and of residuals,
    `gram` `(memory, memory)` the products of the latter, all brought up to date here; `count` is
    how many iterates came before since the last restart.
    """
    length, memory = x.shape[0], moves.shape[0]
    kept = min(count, memory)
    if count > 0:
        slot = (count - 1) % memory
        for k in range(length):
            moves[slot, k] = x[k] - old[k]
            changes[slot, k] = residual[k] - old_residual[k]
        for a in range(kept):
            gram[a, slot] = dot(changes[a], changes[slot])
            gram[slot, a] = gram[a, slot]
    for k in range(length):
        old[k] = x[k]
        old_residual[k] = residual[k]
        x[k] += residual[k]
    matrix = gram[:kept, :kept].copy()
    mix = np.empty(kept)
    largest = 0.0
    for a in range(kept):
        mix[a] = dot(changes[a], residual)
        largest = max(largest, gram[a, a])
    for a in range(kept):
        matrix[a, a] += 1e-14 * largest + 1e-300
    _solve_small(matrix, mix)
    for a in range(kept):
        for k in range(length):
            x[k] -= mix[a] * (moves[a, k] + changes[a, k])
