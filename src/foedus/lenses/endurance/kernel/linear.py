"""Solving the block-tridiagonal systems of policy evaluation."""

from __future__ import annotations

from .compiled import inner
from .game import Floats


@inner
def solve_tridiagonal(
    lower: Floats, main: Floats, upper: Floats, right: Floats
) -> None:  # pragma: no cover
    """Solve a block-tridiagonal system in place; the answer replaces `right`.

    `lower`, `main`, `upper` are `(blocks, w, w)` and `right` is `(blocks, w, columns)`; all but
    `lower` are overwritten. No pivoting: the systems are I - delta P with P substochastic, whose
    Schur complements stay strictly diagonally dominant. Block elimination as in Golub & Van Loan,
    Matrix Computations (2013), section 4.5.1.
    """
    blocks, w, columns = right.shape
    for b in range(blocks):
        a, y, z = main[b], right[b], upper[b]
        if b > 0:
            for i in range(w):
                for k in range(w):
                    f = lower[b, i, k]
                    if f != 0.0:
                        for j in range(w):
                            a[i, j] -= f * upper[b - 1, k, j]
                        for j in range(columns):
                            y[i, j] -= f * right[b - 1, k, j]
        last = b == blocks - 1
        for k in range(w):
            inverse = 1.0 / a[k, k]
            for i in range(k + 1, w):
                f = a[i, k] * inverse
                if f != 0.0:
                    for j in range(k + 1, w):
                        a[i, j] -= f * a[k, j]
                    if not last:
                        for j in range(w):
                            z[i, j] -= f * z[k, j]
                    for j in range(columns):
                        y[i, j] -= f * y[k, j]
        for k in range(w - 1, -1, -1):
            inverse = 1.0 / a[k, k]
            if not last:
                for j in range(w):
                    z[k, j] *= inverse
            for j in range(columns):
                y[k, j] *= inverse
            for i in range(k):
                f = a[i, k]
                if f != 0.0:
                    if not last:
                        for j in range(w):
                            z[i, j] -= f * z[k, j]
                    for j in range(columns):
                        y[i, j] -= f * y[k, j]
    for b in range(blocks - 2, -1, -1):
        for i in range(w):
            for k in range(w):
                f = upper[b, i, k]
                for j in range(columns):
                    right[b, i, j] -= f * right[b + 1, k, j]
