"""Where the actors of a network stand in its picture, camp by camp."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROW, LOW = 22.0, 280.0
"""Least height of a line of names, and of a round."""
ROUND = 1.14
"""How much higher the oval is than the part of it on which anybody stands."""
EVEN = 0.65
"""Camps keep a side of the oval to themselves where neither side then has more than this share."""
SWAPS = 400
"""Most exchanges of places tried for shorter ties."""
ANGLE = math.pi * (3.0 - math.sqrt(5.0))
"""Between one seed of a sunflower and the next (Vogel, Mathematical Biosciences 44, 1979)."""
BESIDE = 4
"""Most discs in a row."""
APART, BELOW = 34.0, 46.0
"""Between discs, and what is left for words beneath each row of them."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Places in pixels from the top left, and the height that they take.

    `left` says whether a name stands to the left of its place, `walk` in which order the places
    come when one goes round.
    """

    x: Floats
    y: Floats
    left: NDArray[np.bool_]
    walk: Ints
    height: float


@dataclass(frozen=True)
class Disc:
    """A round patch: one camp."""

    x: float
    y: float
    radius: float


def oval(camps: Ints, ends: Ints, weights: Floats, width: float, names: float) -> Layout:
    """Everybody on an oval, camp after camp with gaps between, lines of names evenly apart.

    `camps` `(n,)` are numbers from 0, `ends` `(m, 2)` and `weights` `(m,)` the ties, `names` the
    room at each side for names. Within a camp, places are exchanged while that shortens the ties.
    """
    slots = _slots(camps)
    half = _half(slots)
    rest = slots[half + 1 :] if slots[half:] and slots[half] is None else slots[half:]
    sides = (slots[:half], rest[::-1])
    high = max(LOW, ROW * max(map(len, sides)))
    across = width / 2 - names
    n = len(camps)
    x, y = np.zeros(n), np.zeros(n)
    left = np.zeros(n, bool)
    for side, slot in enumerate(sides):
        for k, actor in enumerate(slot):
            if actor is None:
                continue
            y[actor] = high * (k + 0.5) / len(slot)
            turn = (y[actor] - high / 2) / (ROUND * high / 2)
            x[actor] = width / 2 + (1 if side else -1) * across * math.sqrt(1.0 - turn * turn)
            left[actor] = side == 0
    held = _shorter(camps, ends, weights, x, y)
    order = np.array([actor for actor in slots if actor is not None], np.int64)
    walk = np.zeros(n, np.int64)
    walk[order] = np.arange(n)
    return Layout(x[held], y[held], left[held], walk[held], high)


def _slots(camps: Ints) -> list[int | None]:
    """Actors camp by camp, None for the gaps between camps."""
    out: list[int | None] = []
    for camp in np.unique(camps).tolist():
        out += [*([None] if out else []), *np.flatnonzero(camps == camp).tolist()]
    return out


def _half(slots: Sequence[int | None]) -> int:
    """Where the left side ends: between two camps, if that leaves the sides about even."""
    cuts = [place for place, actor in enumerate(slots) if actor is None]
    middle = len(slots) / 2
    if cuts:
        cut = min(cuts, key=lambda place: abs(place + 0.5 - middle))
        if max(cut, len(slots) - cut - 1) <= EVEN * len(slots):
            return cut
    return math.ceil(middle)


def _shorter(camps: Ints, ends: Ints, weights: Floats, x: Floats, y: Floats) -> Ints:
    """Whose place each takes: two of one camp change places while that shortens ties most.

    Steepest descent for the quadratic assignment problem (Koopmans & Beckmann, Econometrica 25,
    1957) by exchanges of two.
    """
    n = len(camps)
    pull = np.zeros((n, n))
    np.add.at(pull, (ends[:, 0], ends[:, 1]), weights)
    pull += pull.T
    far = np.hypot(x[:, None] - x, y[:, None] - y)
    same = np.triu(camps[:, None] == camps, 1)
    held = np.arange(n)
    for _ in range(SWAPS if same.any() else 0):
        now = far[np.ix_(held, held)]
        long = pull @ now
        own = np.diag(long)
        change = long + long.T - own[:, None] - own + 2.0 * pull * now
        best = int(np.argmin(np.where(same, change, np.inf)))
        one, other = divmod(best, n)
        if change[one, other] > -1e-6 * max(1.0, float(own.sum())):
            break
        held[[one, other]] = held[[other, one]]
    return held


def discs(sizes: Sequence[int], width: float) -> tuple[list[Disc], float]:
    """A disc for each camp, its area by its size, in rows of a few; and the height they take."""
    out: list[Disc] = []
    top, most = 6.0, math.sqrt(max(sizes))
    lines = [sizes[k : k + BESIDE] for k in range(0, len(sizes), BESIDE)]
    rooms = [
        (width - APART * (len(line) + 1)) / (2 * sum(math.sqrt(size) / most for size in line))
        for line in lines
    ]
    largest = min(150.0, *rooms)
    for line in lines:
        radii = [max(5.0, largest * math.sqrt(size) / most) for size in line]
        gap = (width - 2 * sum(radii)) / (len(line) + 1)
        at = 0.0
        for radius in radii:
            out.append(Disc(at + gap + radius, top + max(radii), radius))
            at += gap + 2 * radius
        top += 2 * max(radii) + BELOW
    return out, top


def seats(
    patches: Sequence[Disc], own: Sequence[Sequence[int]], near: Mapping[int, Sequence[int]]
) -> dict[int, tuple[float, float]]:
    """Places of those who stand in each disc, evenly over it.

    One after the other, in the order in which `own` has them, takes the free place nearest to
    those it is tied to (`near`): where they stand, or the middle of their disc.
    """
    spots = [_sunflower(disc, len(mine)) for disc, mine in zip(patches, own, strict=True)]
    home = {i: k for k, mine in enumerate(own) for i in mine}
    free = [np.ones(len(mine), bool) for mine in own]
    middles = np.array([(disc.x, disc.y) for disc in patches])
    out: dict[int, tuple[float, float]] = {}
    turns = max(map(len, own))
    for turn in range(turns):
        for k, mine in enumerate(own):
            if turn >= len(mine):
                continue
            tied = [j for j in near.get(mine[turn], ()) if j in home]
            best = int(np.argmax(free[k]))
            if tied:
                wish = np.mean([out.get(j, middles[home[j]]) for j in tied], axis=0)
                away = np.hypot(*(spots[k] - wish).T)
                best = int(np.argmin(np.where(free[k], away, np.inf)))
            free[k][best] = False
            out[mine[turn]] = (float(spots[k][best, 0]), float(spots[k][best, 1]))
    return out


def _sunflower(disc: Disc, count: int) -> Floats:
    """So many places `(count, 2)` in a disc, from its middle to its rim."""
    k = np.arange(count)
    out = (disc.radius - 3.0) * np.sqrt((k + 0.5) / max(count, 1))
    return np.stack([disc.x + out * np.cos(ANGLE * k), disc.y + out * np.sin(ANGLE * k)], axis=1)
