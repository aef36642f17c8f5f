"""What items of one group count: their strengths cut into layers, each of them a cluster.

An item is as strong as it sets hypotheses apart, d. In the layer from t to t + dt of a group there
are the N(t) items with d > t. They are alike there, so that each counts as a member of a cluster of
N does, 1 / (1 + rho (N - 1)) (Kish 1965, section 5.4), and all together as W(N) = N / (1 + rho
(N - 1)) independent ones. Of a whole item the mean over its layers counts. Equal items are one
cluster; of a stronger one, what the others do not reach is its own, so that a weak item, or one
that tells nothing, takes nothing from it.

`P` draws, `H` hypotheses, `n` items of the group; `...` any leading axes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def discount(count: Floats, shared: Floats) -> Floats:
    """What each of so many dependent items counts: 1 / (1 + rho (m - 1)), the design effect."""
    return np.asarray(1.0 / (1.0 + shared * np.maximum(count - 1.0, 0.0)))


def counted(strengths: Floats, shared: Floats) -> Floats:
    """What of each item counts `(..., n)`, of `strengths` `(..., n)` and `shared` `(...)`."""
    order, depths = _layers(strengths)
    return _mean(strengths, order, depths * discount(_numbers(strengths), shared[..., None]))


def left(strengths: Floats, used: Bools, shared: Floats) -> Floats:
    """What of each item would count `(P, n)` if it were one of those not used `(n,)`.

    In a layer of N items of which K are used, (W(N) - W(K)) / (N - K).
    """
    order, depths = _layers(strengths)
    rho, many = shared[:, None], _numbers(strengths)
    spent = np.cumsum(used[order], axis=-1).astype(float)
    rest = many * discount(many, rho) - spent * discount(spent, rho)
    return _mean(strengths, order, depths * rest / np.maximum(many - spent, 1.0))


def freed(columns: Floats, strengths: Floats, shared: Floats) -> Floats:
    """What the other items of a group say more `(P, H, n)` when one of them is left out.

    They are one fewer in all the layers it reached: a stronger one gains over the whole of these,
    a weaker one over its own.
    """
    order, depths = _layers(strengths)
    rho, many = shared[:, None], _numbers(strengths)
    gains = depths * (discount(many - 1.0, rho) - discount(many, rho))
    gain = _reversed_sums(gains)[:, None, :]
    ranked = np.take_along_axis(strengths, order, axis=-1)
    places = np.broadcast_to(order[:, None, :], columns.shape)
    unit = np.take_along_axis(columns, places, axis=-1)
    unit = unit / np.where(ranked > 0.0, ranked, 1.0)[:, None, :] * (ranked > 0.0)[:, None, :]
    stronger = np.cumsum(unit, axis=-1) - unit
    weaker = _reversed_sums(unit * gain) - unit * gain
    out = np.empty_like(columns)
    np.put_along_axis(out, places, stronger * gain + weaker, axis=-1)
    return out


def _numbers(strengths: Floats) -> Floats:
    return np.arange(1.0, strengths.shape[-1] + 1.0)


def _layers(strengths: Floats) -> tuple[Ints, Floats]:
    """Places of the items, the strongest first, and how deep the layer is that so many reach."""
    order = np.argsort(-strengths, axis=-1, kind="stable")
    depths = np.take_along_axis(strengths, order, axis=-1)
    depths[..., :-1] -= depths[..., 1:]
    return order, depths


def _reversed_sums(values: Floats) -> Floats:
    return np.asarray(np.cumsum(values[..., ::-1], axis=-1)[..., ::-1])


def _mean(strengths: Floats, order: Ints, layers: Floats) -> Floats:
    """The mean over each item's layers `(..., n)`; 1 for one that has none."""
    sums = np.empty_like(strengths)
    np.put_along_axis(sums, order, _reversed_sums(layers), axis=-1)
    return np.asarray(
        np.where(strengths > 0.0, sums / np.where(strengths > 0.0, strengths, 1.0), 1.0)
    )
