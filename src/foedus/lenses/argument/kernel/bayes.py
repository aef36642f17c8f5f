"""Hypotheses against evidence by Bayes' rule, for many draws at once.

`P` draws, `H` hypotheses, `E` items, `G` groups of items that stand or fall together. A cell is the
likelihood ratio of the item under the hypothesis against a neutral item. A draw's numbers do not
depend on those beside it, to the last byte: sums run in a fixed order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.argument.kernel import layers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TIED = 1e-9
"""Chances that differ by no more than this are equal."""
ROUNDING = 1e-12
"""Differences of log ratios that are no more than this are none."""


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
    """How far apart an item sets hypotheses: the widest difference of log ratios `(P, E)`.

    What is no more than rounding is nothing.
    """
    wide = columns.max(axis=1) - columns.min(axis=1)
    return np.asarray(np.where(wide > ROUNDING, wide, 0.0))


@dataclass(frozen=True, eq=False)
class Weighed:
    """All items put together, with what it takes to say what one of them changes."""

    columns: Floats
    """`(P, H, E)`, as `effective` gives them."""
    group: Ints
    """`(E,)`: the group of each item."""
    shared: Floats
    """`(P, G)`: how dependent the items of each group are, 0 to 1."""
    strengths: Floats
    """`(P, E)`: how far each item sets hypotheses apart."""
    counts: Floats
    """`(P, E)`: what of each item counts beside the others of its group, 0 to 1."""
    total: Floats
    """`(P, H)`: the log likelihood of each hypothesis, up to what is the same for all."""

    def without(self) -> Floats:
        """Log likelihoods `(P, H, E)` with each item left out, by itself."""
        less = self.counts[:, None, :] * self.columns
        out = self.total[:, :, None] - less
        for g in np.unique(self.group):
            mine = np.flatnonzero(self.group == g)
            out[:, :, mine] += layers.freed(
                self.columns[:, :, mine], self.strengths[:, mine], self.shared[:, g]
            )
        return np.asarray(out)

    def replaced(self, at: Ints, columns: Floats) -> Floats:
        """Log likelihoods `(P, H, V)` with the item `at[v]` saying `columns[..., v]` instead.

        Each replacement by itself; every one weighs its whole group anew.
        """
        out = np.repeat(self.total[:, :, None], len(at), axis=2)
        strengths = spread(columns)
        for g in np.unique(self.group[at]):
            mine, here = np.flatnonzero(self.group == g), np.flatnonzero(self.group[at] == g)
            moves = at[here][:, None] == mine
            found = np.where(moves, strengths[:, here, None], self.strengths[:, None, mine])
            counts = layers.counted(found, self.shared[:, g, None])
            for k, item in enumerate(mine):
                was = self.columns[:, :, item, None]
                says = np.where(moves[:, k], columns[:, :, here], was)
                before = self.counts[:, item][:, None, None] * was
                out[:, :, here] += counts[:, None, :, k] * says - before
        return out


def weighed(columns: Floats, group: Ints, shared: Floats) -> Weighed:
    """Add up what items say, those of one group discounted for what they share.

    `group` `(E,)` has numbers below G, `shared` is `(P, G)`. How much of each counts: `layers`.
    """
    strengths = spread(columns)
    counts = np.ones_like(strengths)
    for g in np.unique(group):
        mine = np.flatnonzero(group == g)
        counts[:, mine] = layers.counted(strengths[:, mine], shared[:, g])
    total = folded(columns * counts[:, None, :], -1)
    return Weighed(columns, group, shared, strengths, counts, total)


def further(whole: Weighed, used: Bools) -> Floats:
    """What items add to those of them that are `used` `(E,)` already: log likelihoods `(P, H)`.

    Where N items of a group count as W(N) independent ones, and K of these are used, W(N) - W(K) is
    left for the others: nothing where all count once (rho 1), everything where items are
    independent (rho 0). So in every layer; where no used item reaches, all of it is new.
    """
    counts = np.zeros_like(whole.counts)
    for g in np.unique(whole.group):
        mine = np.flatnonzero(whole.group == g)
        left = layers.left(whole.strengths[:, mine], used[mine], whole.shared[:, g])
        counts[:, mine] = np.where(used[mine], 0.0, left)
    return folded(whole.columns * counts[:, None, :], -1)


def posterior(likelihood: Floats, prior: Floats) -> Floats:
    """Chances of the hypotheses, along axis 1, of log likelihoods and a prior that broadcasts."""
    with np.errstate(divide="ignore"):
        odds = likelihood + np.log(prior)
    parts = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(parts / folded(parts, 1)[:, None])


def leading(chances: Floats) -> Bools:
    """Which hypotheses, along axis 1, are the likeliest; more than one where they tie."""
    return np.asarray(chances >= chances.max(axis=1, keepdims=True) - TIED)


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
