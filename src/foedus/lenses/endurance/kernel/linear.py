"""Solving the block-tridiagonal systems of policy evaluation."""

from __future__ import annotations

from foedus.lenses.compiled import inner

from .game import Floats


@inner
def factor(lower: Floats, main: Floats, upper: Floats, turned: Floats) -> None:
    """Factor a block-tridiagonal matrix in place, for `substitute`.

    `main` and `upper` are `(blocks, w, w)`; `lower` is too, with each block transposed. `main`
    becomes the triangular factors of the Schur complements, `upper` what back substitution needs,
    and `turned` `(2, blocks, w, w)` both of them transposed, so that substitution runs along
    contiguous columns. No pivoting: the matrices are I - delta P with P substochastic, whose Schur
    complements stay diagonally dominant. Block elimination as in Golub & Van Loan, Matrix
    Computations (2013), section 4.5.1.
    """
    blocks, w = main.shape[0], main.shape[1]
    for b in range(blocks):
        a, z = main[b], upper[b]
        last = b == blocks - 1
        if b > 0:
            for i in range(w):
                for k in range(w):
                    f = lower[b, k, i]
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
        if not last:
            for k in range(w - 1, -1, -1):
                inverse = 1.0 / a[k, k]
                for j in range(w):
                    z[k, j] *= inverse
                for i in range(k):
                    f = a[i, k]
                    if f != 0.0:
                        for j in range(w):
                            z[i, j] -= f * z[k, j]
        for i in range(w):
            for j in range(w):
                turned[0, b, j, i] = a[i, j]
                turned[1, b, j, i] = z[i, j]


@inner
def substitute(lower: Floats, turned: Floats, right: Floats) -> None:
    """Solve a factored system in place: `right` `(blocks, columns, w)` becomes the answer."""
    blocks, columns, w = right.shape
    for b in range(blocks):
        for c in range(columns):
            if b > 0:
                for k in range(w):
                    f = right[b - 1, c, k]
                    for i in range(w):
                        right[b, c, i] -= f * lower[b, k, i]
            for k in range(w):
                f = right[b, c, k]
                for i in range(k + 1, w):
                    right[b, c, i] -= f * turned[0, b, k, i]
            for k in range(w - 1, -1, -1):
                f = right[b, c, k] / turned[0, b, k, k]
                right[b, c, k] = f
                for i in range(k):
                    right[b, c, i] -= f * turned[0, b, k, i]
    for b in range(blocks - 2, -1, -1):
        for c in range(columns):
            for k in range(w):
                f = right[b + 1, c, k]
                for i in range(w):
                    right[b, c, i] -= f * turned[1, b, k, i]
