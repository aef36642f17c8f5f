"""Sums over joint actions and joint trust, one member at a time.

Arrays end in a contiguous axis that these sums run along side by side: trust and front together
(`x` of length T (K-2)), or the front alone.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner

from .game import Floats


@inner
def contract(payoff: Floats, play: Floats, own: int, spare: Floats) -> Floats:
    """Expected payoff of each action of the member at place `own`: a view `(3, x)`.

    `payoff` is `(3**s, x)` over joint actions, first member least significant; `play` is
    `(s, 3, x)`. With `own` = -1 the sum is over everyone's actions: `(1, x)`. `spare` has room for
    `(3**s, x)` and is overwritten.
    """
    size, length = play.shape[0], payoff.shape[1]
    source = payoff
    first = 0
    width = payoff.shape[0]
    for q in range(size - 1, own, -1):
        width //= 3
        target = spare[first : first + width]
        for r in range(width):
            for x in range(length):
                target[r, x] = (
                    play[q, 0, x] * source[r, x]
                    + play[q, 1, x] * source[width + r, x]
                    + play[q, 2, x] * source[2 * width + r, x]
                )
        source = target
        first += width
    for q in range(own):
        width //= 3
        target = spare[first : first + width]
        for r in range(width):
            for x in range(length):
                target[r, x] = (
                    play[q, 0, x] * source[3 * r, x]
                    + play[q, 1, x] * source[3 * r + 1, x]
                    + play[q, 2, x] * source[3 * r + 2, x]
                )
        source = target
        first += width
    return source


@inner
def expect_trust(landing: Floats, trust_by: Floats, size: int, spare: Floats) -> Floats:
    """Expected value before trust moves, for every joint effort: a view `(2**size, T, K-2)`.

    `landing` is `(T, K-2)` over next trust states, `trust_by` `(2, L, L)` the chances given the
    move of the front. Given that move, members' trust moves independently, so the expectation is
    taken one member at a time. `spare` is `(2, 2**size, T (K-2))` and is overwritten.
    """
    states, fronts = landing.shape
    trust = trust_by.shape[1]
    source, target = spare[0], spare[1]
    source[0] = landing.reshape(states * fronts)
    if states == 1:
        for b in range(1 << size):
            source[b] = source[0]
        return source.reshape((1 << size, states, fronts))
    stride = fronts
    for q in range(size):
        for b in range(1 << q):
            for act in range(2):
                row = b | act << q
                for high in range(0, states * fronts, stride * trust):
                    for level in range(trust):
                        first = high + level * stride
                        if trust == 3:  # the usual number, in one pass
                            c0, c1 = trust_by[act, level, 0], trust_by[act, level, 1]
                            c2 = trust_by[act, level, 2]
                            second, third = high + stride, high + 2 * stride
                            for low in range(stride):
                                target[row, first + low] = (
                                    c0 * source[b, high + low]
                                    + c1 * source[b, second + low]
                                    + c2 * source[b, third + low]
                                )
                            continue
                        for low in range(stride):
                            target[row, first + low] = (
                                trust_by[act, level, 0] * source[b, high + low]
                            )
                        for following in range(1, trust):
                            chance = trust_by[act, level, following]
                            start = high + following * stride
                            for low in range(stride):
                                target[row, first + low] += chance * source[b, start + low]
        stride *= trust
        source, target = target, source
    return source.reshape((1 << size, states, fronts))


@inner
def spread_trust(weight: Floats, t: int, trust_by: Floats, size: int, spare: Floats) -> Floats:
    """Distribution over next trust states summed over joint efforts: a view `(T, K-2)`.

    `weight` is `(2**size, K-2)`, the chance of each joint effort; `t` the trust state now. `spare`
    is `(2, max(2, L)**size, K-2)` and is overwritten.
    """
    trust = trust_by.shape[1]
    fronts = weight.shape[1]
    source, target = spare[0], spare[1]
    source[: 1 << size] = weight
    if size < 2:
        for b in range(1, 1 << size):
            for m in range(fronts):
                source[0, m] += source[b, m]
        return source[:1]
    width = 1
    for q in range(size - 1, -1, -1):
        level = (t // trust**q) % trust
        half = 1 << q
        for b in range(half):
            for r in range(width):
                for following in range(trust):
                    full, token = trust_by[0, level, following], trust_by[1, level, following]
                    goal = (b * width + r) * trust + following
                    for m in range(fronts):
                        target[goal, m] = (
                            full * source[b * width + r, m]
                            + token * source[(b + half) * width + r, m]
                        )
        width *= trust
        source, target = target, source
    return source[:width]


@inner
def joint_chance(play: Floats, a: int, out: Floats) -> None:
    """Chance that all stay with joint effort `a`: fills `out` `(x,)`; `play` is `(s, 3, x)`."""
    out[:] = 1.0
    for q in range(play.shape[0]):
        act = a >> q & 1
        for x in range(out.shape[0]):
            out[x] *= play[q, act, x]


@inner
def logit(worth: Floats, precision: float, out: Floats) -> None:
    """Logit choice along the middle axis: `worth` and `out` are `(s, 3, x)`."""
    for q in range(worth.shape[0]):
        for x in range(worth.shape[2]):
            top = max(worth[q, 0, x], worth[q, 1, x], worth[q, 2, x])
            full = np.exp(precision * (worth[q, 0, x] - top))
            token = np.exp(precision * (worth[q, 1, x] - top))
            leave = np.exp(precision * (worth[q, 2, x] - top))
            total = 1.0 / (full + token + leave)
            out[q, 0, x] = full * total
            out[q, 1, x] = token * total
            out[q, 2, x] = leave * total
