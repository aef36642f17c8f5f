"""Hypotheses against evidence by Bayes' rule, for many draws at once.

`P` draws, `H` hypotheses, `E` items, `G` groups of items that stand or fall together. A cell is the
likelihood ratio of the item under the hypothesis against a neutral item. A draw's numbers do not
depend on those beside it, to the last byte: sums run in a fixed order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def folded(values: Floats, axis: int) -> Floats:
    """The sum along an axis, one after the other, so that it is the same in every slice."""
    parts = np.moveaxis(values, axis, 0)
    total = np.zeros(parts.shape[1:])
    for part in parts:
        total = total + part
    return total


def effective(logs: Floats, applies: Bools, trust: Floats, weights: Floats) -> Floats:
    """What each report does to each hypothesis: log ratios `(..., H, E)` against its own mean.

    A report is true with chance `trust` `(E,)`; where it is not, it was to be expected as much
    under any hypothesis, so its ratio f becomes r f + (1 - r) m (Schum 1994, ch. 7, on reports that
    may be false), where m is the mean of f over the hypotheses to which the item applies, weighted
    by `weights` `(H,)`. Where it does not apply, the ratio is m: the hypothesis stands as it stood.
    Everything is divided by m, which is the same for all hypotheses.
    """
    ratios = np.exp(logs)
    held = weights[:, None] * applies
    total = folded(held, -2)
    mean = folded(ratios * held, -2) / np.where(total > 0.0, total, 1.0)
    mean = np.where(total > 0.0, mean, 1.0)[..., None, :]
    mixed = trust * (ratios / mean) + (1.0 - trust)
    return np.where(applies, np.log(mixed), 0.0)


def spread(columns: Floats) -> Floats:
    """How far apart an item sets hypotheses: the widest difference of log ratios `(P, E)`."""
    return np.asarray(columns.max(axis=1) - columns.min(axis=1))


def number(first: Floats, second: Floats, size: Ints) -> Floats:
    """How many items a group has in effect: Kish's number, so that what says little counts little.

    `first` and `second` are the sums of spreads and of their squares; m = first² / second: m equal
    items are m, and what tells no hypotheses apart does not thin out what does. 0 where none tells.
    """
    kish = np.where(second > 0.0, first**2 / np.where(second > 0.0, second, 1.0), 0.0)
    return np.asarray(np.where(second > 0.0, np.clip(kish, 1.0, np.maximum(size, 1)), 0.0))


def worth(count: Floats, shared: Floats) -> Floats:
    """As how many independent items a number of dependent ones counts: m / (1 + rho (m - 1)).

    The design effect (Kish 1965).
    """
    return np.asarray(count / (1.0 + shared * np.maximum(count - 1.0, 0.0)))


def discount(first: Floats, second: Floats, shared: Floats, size: Ints) -> Floats:
    """What each item of a group counts: 1 / (1 + rho (m - 1)), m as `number` has it."""
    return np.asarray(1.0 / (1.0 + shared * np.maximum(number(first, second, size) - 1.0, 0.0)))


@dataclass(frozen=True, eq=False)
class Weighed:
    """All items put together, with what it takes to say what one of them changes."""

    columns: Floats
    """`(P, H, E)`, as `effective` gives them."""
    group: Ints
    """`(E,)`: the group of each item."""
    shared: Floats
    """`(P, G)`: how dependent the items of each group are, 0 to 1."""
    size: Ints
    """`(G,)`: how many items each has."""
    spreads: Floats
    """`(P, E)`."""
    sums: Floats
    """`(P, H, G)`: log ratios added up in each group, before the discount."""
    first: Floats
    second: Floats
    """`(P, G)`: sums of spreads, and of their squares."""
    counts: Floats
    """`(P, G)`: what each item of the group counts."""
    total: Floats
    """`(P, H)`: the log likelihood of each hypothesis, up to what is the same for all."""

    def replaced(self, at: Ints, columns: Floats) -> Floats:
        """Log likelihoods `(P, H, V)` with the item `at[v]` saying `columns[..., v]` instead.

        Each replacement by itself. A column of zeros is the item left out.
        """
        g = self.group[at]
        sums = self.sums[:, :, g]
        wide = spread(columns)
        first = np.maximum(self.first[:, g] - self.spreads[:, at] + wide, 0.0)
        second = np.maximum(self.second[:, g] - self.spreads[:, at] ** 2 + wide**2, 0.0)
        counts = discount(first, second, self.shared[:, g], self.size[g])
        changed = (sums - self.columns[:, :, at] + columns) * counts[:, None, :]
        return self.total[:, :, None] - sums * self.counts[:, None, g] + changed


def weighed(columns: Floats, group: Ints, shared: Floats) -> Weighed:
    """Add up what items say, those of one group discounted for what they share.

    `group` `(E,)` has numbers below G, `shared` is `(P, G)`.
    """
    groups = shared.shape[1]
    spreads = spread(columns)
    sums = np.zeros((*columns.shape[:2], groups))
    first, second = np.zeros_like(shared), np.zeros_like(shared)
    for item, g in enumerate(group):
        sums[:, :, g] += columns[:, :, item]
        first[:, g] += spreads[:, item]
        second[:, g] += spreads[:, item] ** 2
    size = np.bincount(group, minlength=groups)
    counts = discount(first, second, shared, size)
    total = folded(sums * counts[:, None, :], -1)
    return Weighed(
        columns, group, shared, size, spreads, sums, first, second, counts, total
    )  # fmt: skip


def further(whole: Weighed, used: Bools) -> Floats:
    """What items add to those of them that are `used` `(E,)` already: log likelihoods `(P, H)`.

    A group whose items count as W(m) independent ones, of which W(k) are used, has W(m) - W(k)
    left: nothing where it counts once (rho 1) and something of it is used, everything where items
    are independent (rho 0).
    """
    fresh = weighed(np.where(used, 0.0, whole.columns), whole.group, whole.shared)
    spent = weighed(np.where(used, whole.columns, 0.0), whole.group, whole.shared)
    count = [number(part.first, part.second, part.size) for part in (whole, spent, fresh)]
    left = worth(count[0], whole.shared) - worth(count[1], whole.shared)
    each = np.divide(left, count[2], out=np.zeros_like(left), where=count[2] > 0.0)
    return folded(fresh.sums * np.clip(each, 0.0, fresh.counts)[:, None, :], -1)


def posterior(likelihood: Floats, prior: Floats) -> Floats:
    """Chances of the hypotheses, along axis 1, of log likelihoods and a prior that broadcasts."""
    with np.errstate(divide="ignore"):
        odds = likelihood + np.log(prior)
    parts = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(parts / folded(parts, 1)[:, None])


def log_ratio(likelihood: Floats, weights: Floats, side: Ints) -> Floats:
    """Log likelihood ratio of one side against the other `(P, ...)`, hypotheses along axis 1.

    Of `side` `(H,)` 1 and 0; each side's likelihood is the mean over its hypotheses, weighted by
    `weights`, as for any composite hypothesis. What is on neither side (-1) does not count.
    """
    return _mean(likelihood, weights, side == 1) - _mean(likelihood, weights, side == 0)


def _mean(likelihood: Floats, weights: Floats, here: Bools) -> Floats:
    mine = likelihood[:, here]
    shares = weights[here].reshape(-1, *(1,) * (likelihood.ndim - 2))
    top = mine.max(axis=1)
    total = folded(np.exp(mine - top[:, None]) * shares, 1)
    return np.asarray(top + np.log(total / float(weights[here].sum())))
