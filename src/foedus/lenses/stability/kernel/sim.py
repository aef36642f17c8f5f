"""Simultaneous sanctions: the others improve in the same moment in which one moves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.compiled import jit

from .order import Levels

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Arcs = NDArray[np.int32]


def sim_work(level: Levels, first: Ints, to: Arcs) -> float:
    """How many joint moves would have to be looked at for all decision makers, at most."""
    n, states = level.shape
    total = 0.0
    for i in range(n):
        joint = np.ones(states)
        for j in range(n):
            improving = improvements(level[j], first[j], to)
            joint *= improving if j == i else improving + 1.0
        total += float(joint.sum())
    return total


def improvements(level: NDArray[Any], first: Ints, to: Arcs) -> NDArray[np.float64]:
    """How many improvements one decision maker has from each state."""
    source = np.repeat(np.arange(level.size), np.diff(first))
    better = level[to[first[0] : first[-1]]] > level[source]
    return np.bincount(source, weights=better, minlength=level.size).astype(np.float64)


@jit
def sim_stable(
    i: int, level: Levels, codes: Ints, masks: Ints, known: Ints, index: Arcs, first: Ints,
    to: Arcs, stable: Bools,
) -> None:  # fmt: skip
    """Which states are SIM stable for decision maker i; row i of `stable` is filled.

    s is stable when every improvement of i from s is met by some joint move: each other decision
    maker stays or takes one of its own improvements from s, all at once with i, and the joint state
    is feasible and no better for i than s. `codes` are the states' codes, `known` the same in
    ascending order and `index` their states; `masks[j]` are j's options.
    """
    n, states = level.shape
    arc = np.empty(n, np.int64)
    for s in range(states):
        met = True
        for a in range(first[i, s], first[i, s + 1]):
            if level[i, to[a]] <= level[i, s]:
                continue
            joint = codes[to[a]]
            for j in range(n):
                arc[j] = first[j, s] - 1  # that is: j stays
            met = False
            more = True
            while more and not met:
                k = np.searchsorted(known, joint)
                if k < states and known[k] == joint:
                    met = level[i, index[k]] <= level[i, s]
                # the next joint move, as an odometer turns
                more = False
                for j in range(n):
                    if j == i:
                        continue
                    arc[j] += 1
                    while arc[j] < first[j, s + 1] and level[j, to[arc[j]]] <= level[j, s]:
                        arc[j] += 1
                    joint &= ~masks[j]
                    if arc[j] < first[j, s + 1]:
                        joint |= codes[to[arc[j]]] & masks[j]
                        more = True
                        break
                    joint |= codes[s] & masks[j]
                    arc[j] = first[j, s] - 1
            if not met:
                break
        stable[i, s] = met
