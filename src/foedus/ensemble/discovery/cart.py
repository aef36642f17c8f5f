"""Scenario discovery by CART: how do the draws part into those that break and those that hold?

Where PRIM looks for one dense box after the other, a tree parts all draws at once (Breiman et al.
1984; as a second view on scenarios: Lempert, Bryant & Bankes 2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from foedus.ensemble.discovery.box import Box, Floats
from foedus.ensemble.discovery.growing import Node, grow
from foedus.ensemble.discovery.pruning import Pruned, leaves, prune
from foedus.ensemble.discovery.sample import Sample, sample


@dataclass(frozen=True)
class Split:
    """An inner node of the tree, numbered from the root, 0, downwards and from below to above.

    Draws of the column up to `threshold` go to the node `below`, others to `above`. The threshold
    lies in the middle between two neighbouring draws. `gain` is by how much parting lowers the
    mean squared error of all draws.
    """

    node: int
    depth: int
    column: int
    threshold: float
    below: int
    above: int
    mass: float
    density: float
    gain: float


@dataclass(frozen=True)
class Leaf:
    """An end of the tree: its number, and what it holds as a box."""

    node: int
    box: Box


@dataclass(frozen=True)
class Tree:
    """A tree pruned to what holds on other draws.

    `splits` and `leaves` are in order of their numbers, leaves so from below to above. `pruning`
    has the trees it was chosen from, greatest first. `explained` is the share of the squared error
    on draws left out that the tree saves; 0 for a tree that is its root alone, which says that
    nothing was found.
    """

    base_rate: float
    splits: tuple[Split, ...]
    leaves: tuple[Leaf, ...]
    pruning: tuple[Pruned, ...]
    explained: float

    @property
    def found(self) -> bool:
        """Whether the tree parts anything."""
        return bool(self.splits)


def tree(
    x: Floats,
    y: Floats,
    weights: Floats | None = None,
    *,
    depth: int = 3,
    leaf: float = 0.05,
    folds: int = 5,
    seed: int = 1,
) -> Tree:
    """How do conditions on the columns of `x` part the draws by `y`?

    `x` is `(draws, columns)`; `y` is `(draws,)` from 0 to 1, 1 where the pact breaks; `weights` are
    `(draws,)`, not below 0. `depth` is how many conditions a leaf has at most, `leaf` the least
    share of all draws in it, and `folds` the number of parts that are left out in turn to prune it.
    The same input and seed give the same answer. Raises ValueError for what does not fit.
    """
    if depth < 1 or not 0.0 < leaf < 1.0:
        raise ValueError("depth must be 1 or more, and leaf above 0 and below 1")
    whole = sample(x, y, weights)
    if not 2 <= folds <= len(whole.rows):
        raise ValueError(f"folds must be from 2 to the {len(whole.rows)} draws; it is {folds}")
    pruned, table = prune(whole, grow(whole, depth, leaf * whole.mass), depth, leaf, folds, seed)
    errors = {row.leaves: row.error for row in table}
    none = errors[1]
    return Tree(
        base_rate=whole.base_rate,
        splits=tuple(_splits(pruned, whole)),
        leaves=tuple(_leaves(pruned, whole)),
        pruning=table,
        explained=1.0 - errors[leaves(pruned)] / none if none > 0.0 else 0.0,
    )


def _size(node: Node) -> int:
    return 1 + sum(_size(child) for child in node.children())


def _splits(node: Node, of: Sample, number: int = 0, depth: int = 0) -> Iterator[Split]:
    if node.cut is None or node.below is None or node.above is None:
        return
    below = number + 1
    above = below + _size(node.below)
    yield Split(
        number, depth, node.cut.column, node.cut.high, below, above,
        node.mass / of.mass, node.density, node.cut.gain / of.mass,
    )  # fmt: skip
    yield from _splits(node.below, of, below, depth + 1)
    yield from _splits(node.above, of, above, depth + 1)


def _leaves(
    node: Node,
    of: Sample,
    number: int = 0,
    within: tuple[Floats, Floats] | None = None,
) -> Iterator[Leaf]:
    free = np.full(len(of.columns), np.inf)
    lows, highs = within or (-free, free)
    if node.cut is None or node.below is None or node.above is None:
        yield Leaf(number, of.counted(lows, highs, node.mass, node.hit_mass))
        return
    column = np.arange(len(of.columns)) == node.cut.column
    below = lows, np.where(column, node.cut.high, highs)
    above = np.where(column, node.cut.low, lows), highs
    yield from _leaves(node.below, of, number + 1, below)
    yield from _leaves(node.above, of, number + 1 + _size(node.below), above)
