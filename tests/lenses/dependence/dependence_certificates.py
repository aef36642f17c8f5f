"""Independent judges of solutions: linear programs by HiGHS, and plain definitions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]


def game(n: int, worth: Callable[[frozenset[int]], float]) -> Floats:
    """A game by what a set of members is worth."""
    masks = (frozenset(i for i in range(n) if s >> i & 1) for s in range(1 << n))
    return np.array([worth(members) for members in masks], np.float64)


def members(n: int) -> Floats:
    return np.array([[s >> i & 1 for i in range(n)] for s in range(1 << n)], np.float64)


def solved(*arguments: Any, **options: Any) -> Any:
    done = linprog(*arguments, method="highs", **options)
    assert done.status == 0, done.message
    return done


def is_kohlberg(worth: Floats, x: Floats, imputation: bool, slack: float = 1e-7) -> bool:
    """Whether x is the (pre)nucleolus: sets with the most excess are balanced at every level.

    With claims of single members, those that just get their due may stand in with any weight.
    """
    n = x.size
    table = members(n)
    if abs(x.sum() - worth[-1]) > slack:
        return False
    single = worth[[1 << i for i in range(n)]]
    if imputation and (x < single - slack).any():
        return False
    tight = np.flatnonzero(x <= single + slack) if imputation else np.zeros(0, np.int64)
    excess = (worth - table @ x)[1:-1]
    for level in sorted(set(np.round(excess / slack)), reverse=True):
        among = np.flatnonzero(excess >= (level - 1.5) * slack) + 1
        columns = np.concatenate([table[among], np.eye(n)[tight]])
        count = among.size
        less = np.zeros((count, len(columns) + 1))
        less[:, :count], less[:, -1] = -np.eye(count), 1.0
        cost = np.zeros(len(columns) + 1)
        cost[-1] = -1.0
        equal = np.concatenate([columns.T, np.zeros((n, 1))], axis=1)
        done = linprog(cost, less, np.zeros(count), equal, np.ones(n), bounds=(0, None))
        if done.status != 0 or -done.fun < 1e-9:
            return False
        if np.linalg.matrix_rank(columns) == n:
            return True
    return False


def lexicographic(worth: Floats, imputation: bool) -> Floats:
    """The (pre)nucleolus by its definition: level by level, a program for every set to be fixed."""
    n = int(worth.size).bit_length() - 1
    table = members(n)
    least = [(w if imputation else None, None) for w in worth[[1 << i for i in range(n)]]]
    fixed: dict[int, float] = {}
    free = list(range(1, worth.size - 1))
    while free:
        sets = [*fixed, worth.size - 1]
        equal, right = table[sets], np.array([*fixed.values(), worth[-1]])
        above = np.concatenate([-table[free], -np.ones((len(free), 1))], axis=1)
        wide = np.concatenate([equal, np.zeros((len(sets), 1))], axis=1)
        cost = np.append(np.zeros(n), 1.0)
        best = solved(cost, above, -worth[free], wide, right, bounds=[*least, (None, None)]).fun
        held = best - worth[free]
        for s in list(free):
            most = linprog(-table[s], -table[free], held + 1e-9, equal, right, bounds=least)
            assert most.status in (0, 3), most.message
            if most.status == 0 and -most.fun <= worth[s] - best + 1e-7:
                fixed[s] = worth[s] - best
                free.remove(s)
                held = best - worth[free]
    sets = [*fixed, worth.size - 1]
    right = np.array([*fixed.values(), worth[-1]])
    return np.asarray(np.linalg.lstsq(table[sets], right, rcond=None)[0])


def shapley_by_orders(worth: Floats) -> Floats:
    """The mean of what each member adds over all orders."""
    n = int(worth.size).bit_length() - 1
    out, count = np.zeros(n), 0
    for order in permutations(range(n)):
        before = 0
        for i in order:
            out[i] += worth[before | 1 << i] - worth[before]
            before |= 1 << i
        count += 1
    return out / count


def least_core(worth: Floats) -> float:
    n = int(worth.size).bit_length() - 1
    table = members(n)
    above = np.concatenate([-table[1:-1], -np.ones((worth.size - 2, 1))], axis=1)
    cost, whole = np.append(np.zeros(n), 1.0), np.append(np.ones(n), 0.0)[None]
    free = [(None, None)] * (n + 1)
    return float(solved(cost, above, -worth[1:-1], whole, worth[-1:], bounds=free).fun)


def subsidy(worth: Floats) -> float:
    """The cost of stability."""
    n = int(worth.size).bit_length() - 1
    table = members(n)
    done = solved(np.ones(n), -table[1:], -worth[1:], bounds=[(None, None)] * n)
    return float(done.fun - worth[-1])


def least_transfers(worth: Floats, payoffs: Floats) -> float | None:
    """The least total that changes hands on the way into the core; None if it is empty."""
    n = payoffs.size
    table = members(n)
    gains = np.concatenate([table, -table], axis=1)
    done = linprog(
        np.full(2 * n, 0.5), -gains[1:-1], (table @ payoffs - worth)[1:-1], gains[-1:],
        [worth[-1] - payoffs.sum()], bounds=(0, None),
    )  # fmt: skip
    assert done.status in (0, 2), done.message
    return float(done.fun) if done.status == 0 else None
