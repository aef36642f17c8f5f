"""Solving the block-tridiagonal systems of policy evaluation."""

from __future__ import annotations

from .compiled import inner
from .game import Floats


@inner
def factor(lower: Floats, main: Floats, upper: Floats) -> None:
    """Factor a block-tridiagonal matrix in place, for `substitute`.

    `lower`, `main`, `upper` are `(blocks, w, w)`. `main` becomes the triangular factors of the
    Schur complements, `upper` what back substitution needs; `lower` stays. No pivoting: the
    matrices are I - delta P with P substochastic, whose Schur complements stay diagonally dominant.
    Block elimination as in Golub & Van Loan, Matrix Computations (2013), section 4.5.1.
    """
    blocks, w = main.shape[0], main.shape[1]
    for b in range(blocks):
        a, z = main[b], upper[b]
        last = b == blocks - 1
        if b > 0:
            for i in range(w):
                for k in range(w):
                    f = lower[b, i, k]
                    if f != 0.0:
                        for j in range(w):
                            a[i, j] -= f * upper[b - 1, k, j]
        for k in range(w):
            inverse = 1.0 / a[k, k]
            for i in range(k + 1, w):
                f = a[i, k] * inverse
                a[i, k] = f
                if f != 0.0:
                    for j in range(k + 1, w):
                        a[i, j] -= f * a[k, j]
                    if not last:
                        for j in range(w):
                            z[i, j] -= f * z[k, j]
        if last:
            continue
        for k in range(w - 1, -1, -1):
            inverse = 1.0 / a[k, k]
            for j in range(w):
                z[k, j] *= inverse
            for i in range(k):
                f = a[i, k]
                if f != 0.0:
                    for j in range(w):
                        z[i, j] -= f * z[k, j]


@inner
def substitute(lower: Floats, main: Floats, upper: Floats, right: Floats) -> None:
    """Solve a factored system in place: `right` `(blocks, w, columns)` becomes the answer."""
    blocks, w, columns = right.shape
    for b in range(blocks):
        a, y = main[b], right[b]
        for i in range(w):
            if b > 0:
                for k in range(w):
                    f = lower[b, i, k]
                    for j in range(columns):
                        y[i, j] -= f * right[b - 1, k, j]
            for k in range(i):
                f = a[i, k]
                for j in range(columns):
                    y[i, j] -= f * y[k, j]
        for i in range(w - 1, -1, -1):
            for k in range(i + 1, w):
                f = a[i, k]
                for j in range(columns):
                    y[i, j] -= f * y[k, j]
            inverse = 1.0 / a[i, i]
            for j in range(columns):
                y[i, j] *= inverse
    for b in range(blocks - 2, -1, -1):
        for i in range(w):
            for k in range(w):
                f = upper[b, i, k]
                for j in range(columns):
                    right[b, i, j] -= f * right[b + 1, k, j]
