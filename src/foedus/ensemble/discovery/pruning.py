"""Pruning a tree: how much of it holds on other draws (Breiman et al. 1984, chapters 3 and 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from foedus.ensemble.discovery.growing import Node, grow, predict
from foedus.ensemble.discovery.sample import Sample


@dataclass(frozen=True)
class Pruned:
    """A tree of the sequence, from the greatest to its root alone.

    `penalty` is the price of a leaf from which on the tree is the best one. `error` is the mean
    squared error on draws left out (Brier's score), `standard_error` that of this mean.
    """

    leaves: int
    penalty: float
    error: float
    standard_error: float


def leaves(node: Node) -> int:
    """How many leaves a tree has."""
    return sum(leaves(child) for child in node.children()) or 1


def sequence(root: Node) -> list[tuple[float, Node]]:
    """The trees that are best at some price of a leaf, with the price from which on they are.

    The price is in the units of `Node.error`; first the tree at price 0, last the root alone.
    """
    out = [(0.0, _collapse(root, 0.0))]
    while out[-1][1].cut is not None:
        tree = out[-1][1]
        price = max(min(_links(tree)), out[-1][0])
        out.append((price, _collapse(tree, price)))
    return out


def prune(
    of: Sample, root: Node, depth: int, leaf: float, folds: int, seed: int
) -> tuple[Node, tuple[Pruned, ...]]:
    """The smallest tree whose error on draws left out is within one standard error of the least.

    `root` is the tree grown on the sample with this `depth` and least share `leaf`.
    """
    trees = sequence(root)
    prices = np.array([price for price, _ in trees]) / root.mass
    between = np.append(np.sqrt(prices[:-1] * prices[1:]), np.inf)
    losses = np.zeros((len(trees), len(of.weight)))
    for train, test in _folds(of, folds, seed):
        grown = sequence(grow(train, depth, leaf * train.mass))
        known = np.array([price for price, _ in grown]) / train.mass
        outcome = test.hits[test.rows] / test.weight[test.rows]
        for k, price in enumerate(between):
            tree = grown[int(np.searchsorted(known, price, side="right")) - 1][1]
            losses[k, test.rows] = (outcome - predict(tree, of.columns, test.rows)) ** 2
    weight = of.weight[of.rows]
    error = losses[:, of.rows] @ weight / of.mass
    away = weight * (losses[:, of.rows] - error[:, None])
    spread = np.sqrt((away**2).sum(axis=1)) / of.mass
    table = tuple(
        Pruned(leaves(tree), float(prices[k]), float(error[k]), float(spread[k]))
        for k, (_, tree) in enumerate(trees)
    )
    bound = error.min() + spread[int(error.argmin())]
    return trees[int(np.flatnonzero(error <= bound)[-1])][1], table


def _links(node: Node) -> Iterator[float]:
    """For every inner node, the price of a leaf at which its branch stops paying."""
    if node.cut is None:
        return
    yield (node.error - _leaf_error(node)) / (leaves(node) - 1)
    for child in node.children():
        yield from _links(child)


def _leaf_error(node: Node) -> float:
    children = node.children()
    return sum(_leaf_error(child) for child in children) if children else node.error


def _collapse(node: Node, price: float) -> Node:
    """The tree without the branches that do not pay at a price of a leaf."""
    children = node.children()
    if not children:
        return node
    below, above = (_collapse(child, price) for child in children)
    node = replace(node, below=below, above=above)
    worth = (node.error - _leaf_error(node)) / (leaves(node) - 1)
    return node if worth > price else replace(node, cut=None, below=None, above=None)


def _folds(of: Sample, folds: int, seed: int) -> Iterator[tuple[Sample, Sample]]:
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))
    rows = rng.permutation(of.rows)
    for k in range(folds):
        test = np.zeros(len(of.weight), dtype=np.bool_)
        test[rows[k::folds]] = True
        yield of.restricted(~test), of.restricted(test)
