"""Indices of balance: triads, closed walks, and the signed Laplacian."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigvalsh
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHIFT = 1 << 20
"""Counts of third actors by their foe ties lie side by side in one number, so far apart."""


@dataclass(frozen=True, eq=False)
class Triangles:
    """The closed triads of a signed network; weights count for nothing.

    `census` `(4,)` counts them by their number of foe ties; those with an even number are balanced.
    `through` and `unbalanced` `(m,)` count all and the unbalanced ones by tie, `of` `(nodes,)` all
    by actor. `index` is the share of balanced ones (T), `local` `(nodes,)` that share among those
    an actor stands in; both are NaN where there are none.
    """

    census: Ints
    through: Ints
    unbalanced: Ints
    of: Ints
    index: float
    local: Floats


def triangles(nodes: int, ends: Ints, signs: Ints) -> Triangles:
    """Count the closed triads of a signed network by their signs (Cartwright & Harary 1956)."""
    foes = (signs < 0).astype(np.int64)
    third = _third(nodes, ends, np.where(foes > 0, SHIFT, 1))
    census = np.bincount((foes[:, None] + np.arange(3)).ravel(), third.ravel(), 4)
    census = census.astype(np.int64) // 3
    through = third.sum(axis=1)
    unbalanced = np.where(foes > 0, third[:, 0] + third[:, 2], third[:, 1])
    of, wrong = (_by_actor(nodes, ends, counts) // 2 for counts in (through, unbalanced))
    total = int(census.sum())
    index = float((census[0] + census[2]) / total) if total else np.nan
    local = np.full(nodes, np.nan)
    np.divide(of - wrong, of, out=local, where=of > 0)
    return Triangles(census, through, unbalanced, of, index, local)


def _third(nodes: int, ends: Ints, codes: Ints) -> Ints:
    """By tie `(m, 3)`: third actors tied to both ends, through 0, 1 and 2 foe ties."""
    first, second = ends.T
    square = _symmetric(nodes, ends, codes)
    both = square @ square
    found = np.asarray(both[first, second]).ravel() if ends.size else np.zeros(0, np.int64)
    return np.stack([found % SHIFT, found // SHIFT % SHIFT, found // SHIFT**2], axis=1)


def _symmetric(nodes: int, ends: Ints, values: NDArray[np.generic]) -> csr_array:
    first, second = ends.T
    at = (np.concatenate([first, second]), np.concatenate([second, first]))
    return coo_array((np.concatenate([values, values]), at), (nodes, nodes)).tocsr()


def _by_actor(nodes: int, ends: Ints, counts: Ints) -> Ints:
    return np.bincount(ends.ravel(), np.repeat(counts, 2), nodes).astype(np.int64)


def walk_index(nodes: int, ends: Ints, values: Floats) -> float:
    """Closed walks with balance beside all closed walks, tr exp(A) / tr exp(abs(A)).

    `values` `(m,)` are signed: signs alone give the published index, signs times weights let strong
    ties count for more. 1 if and only if the network is balanced (Estrada & Benzi 2014).
    """
    signed, plain = [], []
    for own, part in _parts(nodes, ends):
        matrix = _dense(own, ends[part], values[part])
        plain.append(eigvalsh(np.abs(matrix)))
        balanced = _balanced(own, ends[part], values[part])
        signed.append(plain[-1] if balanced else eigvalsh(matrix))
    most = max(float(roots[-1]) for roots in plain)
    above, below = (sum(np.exp(roots - most).sum() for roots in side) for side in (signed, plain))
    return float(above / below)


def least_eigenvalue(nodes: int, ends: Ints, values: Floats) -> float:
    """The least eigenvalue of the signed Laplacian D - A, the degrees D being those of abs(A).

    `values` as in `walk_index`. It is 0 if and only if some connected part of the network is
    balanced, an actor without ties among them (Kunegis et al. 2010).
    """
    least = np.inf
    for own, part in _parts(nodes, ends):
        if _balanced(own, ends[part], values[part]):
            return 0.0
        least = min(least, _least(own, ends[part], values[part]))
    return max(float(least), 0.0)


def _parts(nodes: int, ends: Ints) -> list[tuple[Ints, Ints]]:
    """Every connected part: its actors, and its ties."""
    count, label = connected_components(_symmetric(nodes, ends, np.ones(len(ends))), directed=False)
    of = label[ends[:, 0]]
    return [(np.flatnonzero(label == c), np.flatnonzero(of == c)) for c in range(count)]


def _places(own: Ints, ends: Ints) -> Ints:
    return np.searchsorted(own, ends)


def _dense(own: Ints, ends: Ints, values: Floats) -> Floats:
    out = np.zeros((own.size, own.size))
    first, second = _places(own, ends).T
    out[first, second] = out[second, first] = values
    return out


def _balanced(own: Ints, ends: Ints, values: Floats) -> bool:
    """Whether a connected part is balanced: its double cover falls into two."""
    first, second = _places(own, ends).T
    crossing = np.where(values < 0, own.size, 0)
    pairs = np.concatenate(
        [
            np.stack([first, second + crossing], axis=1),
            np.stack([first + own.size, second + own.size - crossing], axis=1),
        ]
    )
    cover = _symmetric(2 * own.size, pairs, np.ones(len(pairs)))
    return int(connected_components(cover, directed=False)[0]) == 2


def _least(own: Ints, ends: Ints, values: Floats) -> float:
    """The least eigenvalue of a connected part's signed Laplacian."""
    matrix = -_dense(own, ends, values)
    np.fill_diagonal(matrix, np.abs(matrix).sum(axis=1))
    return float(eigvalsh(matrix, subset_by_index=(0, 0))[0])
