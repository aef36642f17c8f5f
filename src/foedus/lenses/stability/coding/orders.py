"""Chains such as `4 >> 3 ~ 2 > 1`: a partial order over states, with strength."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from foedus.case.tree import Place
from foedus.lenses.stability.coding.feasible import TooLargeError
from foedus.lenses.stability.coding.form import Form
from foedus.lenses.stability.conflict import Bools, Ints
from foedus.lenses.stability.model import StabilityError

_Step = tuple[int, str, int]
"""A state, `>>`, `>` or `~`, and another state."""
_Arcs = dict[int, dict[int, _Step]]
"""The groups of states right below each group of states that tie, and the step that says so."""

_SIGN = re.compile(r"(>>|>|~)")


@dataclass(frozen=True, eq=False)
class Order:
    """What follows from chains of preferences."""

    level: Ints
    """Numbers that put every state above those it is preferred to."""
    better: Bools
    """`better[s, t]`: t is preferred to s."""
    much: Bools
    """`much[s, t]`: t is much preferred to s, somewhere on the way."""
    alike: Bools
    """`alike[s, t]`: neither is preferred, and that is said."""


def order(chains: Sequence[str], form: Form, place: Place) -> Order:
    """Read the chains and draw what follows from them.

    Preference is transitive; a chain of preferences is strong if one of its steps is (after
    Hamouda, Kilgour and Hipel 2004). Raises StabilityError for a state that does not exist and for
    preferences that go in a circle, and TooLargeError.
    """
    states = form.states
    if 4 * states * states > form.limit:
        raise TooLargeError(states, 4 * states * states, form.limit, "what follows from an order")
    steps: list[_Step] = []
    for number, chain in enumerate(chains):
        steps += _steps(chain, form, (*place, number))
    group = _groups(states, [(a, b) for a, sign, b in steps if sign == "~"])
    arcs: _Arcs = {g: {} for g in range(int(group.max()) + 1)}
    for above, sign, below in steps:
        under, lower = arcs[int(group[above])], int(group[below])
        if sign == ">>" or (sign == ">" and lower not in under):
            under[lower] = (above, sign, below)
    upwards = _upwards(arcs)
    if len(upwards) < len(arcs):
        shown = _circle(arcs, set(upwards), form.ids)
        raise StabilityError(place, f"the preferences go in a circle: {shown}")
    return _closed(arcs, upwards, group)


def _steps(chain: str, form: Form, place: Place) -> list[_Step]:
    words = [word.strip() for word in _SIGN.split(chain)]
    if len(words) < 3 or not all(words):
        raise StabilityError(place, "should be states with >>, > or ~ between, such as '3 > 1 ~ 2'")
    found = [form.find(word, place) for word in words[::2]]
    return list(zip(found, words[1::2], found[1:], strict=False))


def _groups(states: int, pairs: Sequence[tuple[int, int]]) -> Ints:
    """The number of the group of each state: those of a pair are in one."""
    group = np.arange(states)
    for one, other in pairs:
        group[group == group[other]] = group[one]
    return np.unique(group, return_inverse=True)[1].astype(np.int64)


def _upwards(arcs: _Arcs) -> list[int]:
    """The groups, each after all that are below it, without those in circles (Kahn 1962)."""
    left = {g: len(under) for g, under in arcs.items()}
    above: dict[int, list[int]] = {g: [] for g in arcs}
    for g, under in arcs.items():
        for lower in under:
            above[lower].append(g)
    done = [g for g, count in left.items() if not count]
    for g in done:
        for upper in above[g]:
            left[upper] -= 1
            if not left[upper]:
                done.append(upper)
    return done


def _circle(arcs: _Arcs, done: set[int], ids: Sequence[int | str]) -> str:
    """One of the circles among what is left: every group left has another one left below it."""
    walk = [next(g for g in arcs if g not in done)]
    while walk[-1] not in walk[:-1]:
        walk.append(next(lower for lower in arcs[walk[-1]] if lower not in done))
    circle = walk[walk.index(walk[-1]) :]
    steps = [arcs[g][lower] for g, lower in pairwise(circle)]
    shown = str(ids[steps[0][0]])
    for (_, sign, below), (upper, _, _) in zip(steps, [*steps[1:], steps[0]], strict=True):
        shown += f" {sign} {ids[below]}" + (f" ~ {ids[upper]}" if upper != below else "")
    return shown


def _closed(arcs: _Arcs, upwards: Sequence[int], group: Ints) -> Order:
    size = len(arcs)
    level = np.zeros(size, np.int64)
    below, much = np.zeros((size, size), np.bool_), np.zeros((size, size), np.bool_)
    for g in upwards:
        for lower, (_, sign, _) in arcs[g].items():
            level[g] = max(level[g], level[lower] + 1)
            reached = below[lower].copy()
            reached[lower] = True
            below[g] |= reached
            much[g] |= reached if sign == ">>" else much[lower]
    pick = np.ix_(group, group)
    return Order(level[group], below.T[pick], much.T[pick], group[:, None] == group)
