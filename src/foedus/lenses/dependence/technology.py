"""What every set of members is worth by a stated technology: constant elasticity of substitution.

v(S) = scale (sum over S of share_i capability_i^rho)^(returns / rho), rho being `substitution`:
capabilities add up at 1, multiply at 0 (Cobb-Douglas), and the scarcest decides as it falls without
end. Arrow, Chenery, Minhas and Solow 1961.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.lenses.dependence.game import MOST, GameError

Floats = NDArray[np.float64]
NEAR = 1e-3
"""How near to 0 the substitution is where sums are taken as their difference from 1."""


def ces(
    capability: ArrayLike,
    share: ArrayLike | None,
    substitution: ArrayLike,
    returns: ArrayLike = 1.0,
    scale: ArrayLike = 1.0,
) -> Floats:
    """The worth of every set `(..., 2**n)`, by bit mask.

    `capability` `(..., n)` at least 0; `share` `(..., n)` at least 0, taken as parts of their sum,
    None for equal ones; `substitution` `(...)` at most 1, `returns` and `scale` `(...)` above 0.
    Who is not in a set counts in it with a capability of 0. So where substitution is 0 or less, a
    set that lacks anybody with a share, or has one without capability, is worth 0.
    Raises GameError for numbers outside these ranges, and for a worth beyond all numbers.
    """
    able = np.asarray(capability, np.float64)
    parts = np.ones(able.shape[-1:]) if share is None else np.asarray(share, np.float64)
    rho, power, factor = (np.asarray(x, np.float64) for x in (substitution, returns, scale))
    _check(able, parts, rho, power, factor)
    parts = parts / parts.sum(axis=-1, keepdims=True)
    with np.errstate(all="ignore"):
        unit = _unit(able, parts, rho[..., None])
        level = _levels(able / unit, parts, rho[..., None])
        worth = np.asarray(factor[..., None] * np.exp(power[..., None] * (np.log(unit) + level)))
    worth[..., 0] = 0.0
    if not np.isfinite(worth).all():
        raise GameError("dependence.technology: what a set is worth is no finite number")
    return worth


def _check(able: Floats, parts: Floats, rho: Floats, power: Floats, factor: Floats) -> None:
    if not 1 <= able.shape[-1] <= MOST:
        raise GameError(f"a game has 1 to {MOST} members, not {able.shape[-1]}")
    for name, values in (("capability", able), ("share", parts)):
        if not (np.isfinite(values).all() and (values >= 0.0).all()):
            raise GameError(f"a {name} is not a number of 0 or more")
    if not (parts.sum(axis=-1) > 0.0).all():
        raise GameError("nobody has a share in the technology")
    if not (np.isfinite(rho).all() and (rho <= 1.0).all()):
        raise GameError("substitution is a number of at most 1")
    for name, values in (("returns", power), ("scale", factor)):
        if not (np.isfinite(values).all() and (values > 0.0).all()):
            raise GameError(f"{name} should be above 0")


def _unit(able: Floats, parts: Floats, rho: Floats) -> Floats:
    """What capabilities are measured in `(..., 1)`, so that no power of them overflows."""
    counts = parts > 0.0
    most = np.where(counts, able, 0.0).max(axis=-1, keepdims=True)
    least = np.where(counts, able, np.inf).min(axis=-1, keepdims=True)
    unit = np.where(rho > 0.0, most, least)
    return np.where(unit > 0.0, unit, 1.0)


def _levels(able: Floats, parts: Floats, rho: Floats) -> Floats:
    """The logarithm of what every set `(..., 2**n)` comes to, before returns to scale."""
    near = np.abs(rho) < NEAR
    log = np.log(able)
    # of the three, the one that keeps the most digits where it is used
    product = log
    difference = np.expm1(rho * log)
    power = np.exp(rho * log)
    term = np.where(rho == 0.0, product, np.where(near, difference, power))
    absent = np.where(rho == 0.0, -np.inf, np.where(rho < 0.0, np.inf, np.where(near, -1.0, 0.0)))
    total = _sums(_weighed(parts, term), _weighed(parts, absent + np.zeros_like(term)))
    direct, shifted = np.log(total), np.log1p(np.maximum(total, -1.0))
    return np.asarray(np.where(rho == 0.0, total, np.where(near, shifted, direct) / rho))


def _weighed(parts: Floats, values: Floats) -> Floats:
    """Shares times values, 0 where there is no share."""
    return np.where(parts > 0.0, parts * values, 0.0)


def _sums(present: Floats, absent: Floats) -> Floats:
    """For every set the sum of what its members bring and of what all others leave out."""
    present, absent = np.broadcast_arrays(present, absent)
    total = np.zeros((*present.shape[:-1], 1))
    for i in range(present.shape[-1]):
        total = np.concatenate(
            (total + absent[..., i, None], total + present[..., i, None]), axis=-1
        )
    return total
