"""Logit Markov perfect equilibria of the endurance game: arrays in, arrays out.

The game is solved set by set, smallest first, because leaving is for good. Within a set the
equilibrium is a fixed point of three steps: policies give values (one exact linear solve, since the
front moves at most a level), values give the worth of each action, worths give logit policies
(McKelvey & Palfrey 1995; Breitmoser, Tan & Zizzo 2010 for Markov logit equilibrium). The fixed
point is found by Anderson acceleration of these steps along a path of precisions that starts at
zero, where every action is equally likely.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.lenses.compiled import inner, jit

from .anderson import accelerate
from .game import PATIENCE, PRECISION, Floats, Layout
from .linear import factor, substitute
from .stage import flow, front_moves, frozen, settle_chance, trust_moves
from .tensor import contract, expect_trust, joint_chance, logit, spread_trust

MEMORY = 5
"""Earlier steps that Anderson acceleration looks back on."""
CLOSE = 0.5
"""Plain steps are taken while log-odds move more than this, then acceleration takes over."""
FAR, STALE = 2.0, 8
"""Policies are evaluated exactly while log-odds move more than the first, and at least every so
many steps; in between, with the factors of the last exact evaluation."""
DAMPING, CALM = 0.3, 2
"""Share of a plain step that is taken when acceleration has failed, and how many times more such
steps there may be."""
PATH = 6
"""Steps taken along a path at most, as a multiple of those at a point."""
LOST = 8.0
"""Growth of the residual over its best so far at which acceleration starts afresh."""
NEAR = 1e-2
"""Change of log-odds at which a point on the way to the target precision is near enough."""
LEAP = 0.6
"""Largest difference of a probability between a point and its prediction that is no leap."""
SHORT = 12
"""Steps taken at most at a point on the way."""
FIRST_STEP, LEAST_STEP = 0.5, 2.0**-9
"""Steps of the path, as shares of the target precision."""


class Problem(NamedTuple):
    """What stays the same while one set's equilibrium is sought, and room to work in.

    With n members in the game, s in the set, T trust states and K levels: `front` `(3, 2**s, T)`
    and `trust` `(3, 2, L, L)` as `front_moves` and `trust_moves` give them, `payoff`
    `(n, 3**s, T (K-2))` as `payoffs` fills it. The rest is overwritten again and again.
    """

    front: Floats
    trust: Floats
    payoff: Floats
    lower: Floats
    main: Floats
    upper: Floats
    turned: Floats
    right: Floats
    known: Floats
    together: Floats
    apart: Floats
    chance: Floats
    spare_trust: Floats
    spare_acts: Floats
    old: Floats
    old_residual: Floats
    moves: Floats
    changes: Floats
    gram: Floats


@inner
def follow_on(
    game: Floats, n: int, fronts: Floats, s: int, i: int, value: Floats, ends: float,
    front: Floats, trust: Floats, size: int, spare: Floats, out: Floats,
) -> None:  # fmt: skip
    """Expected value to `i` after a period in which `s` stayed: fills `out` `(2**size, T, K-2)`.

    `value` `(T, K-2)` is its value where the contest goes on; `ends` is 1 if the values at which
    it ends (defeat, victory, settlement) are counted too, and 0 if they are left out. `front` and
    `trust` are as `front_moves` and `trust_moves` give them, `spare` as `expect_trust` needs it.
    """
    states, interior = value.shape
    landing = np.empty((states, interior))
    for m in range(interior):
        z = settle_chance(game, fronts[m + 1])
        stop = ends * z * frozen(game, n, i, s, fronts[m + 1])
        for t in range(states):
            landing[t, m] = stop + (1.0 - z) * value[t, m]
    defeat = ends * frozen(game, n, i, s, fronts[0])
    victory = ends * frozen(game, n, i, s, fronts[interior + 1])
    out[:] = 0.0
    for move in range(3):
        expected = expect_trust(landing, trust[move], size, spare)
        for a in range(1 << size):
            for t in range(states):
                chance = front[move, a, t]
                if move == 0:
                    out[a, t, 0] += chance * defeat
                    for m in range(1, interior):
                        out[a, t, m] += chance * expected[a, t, m - 1]
                elif move == 1:
                    for m in range(interior):
                        out[a, t, m] += chance * expected[a, t, m]
                else:
                    for m in range(interior - 1):
                        out[a, t, m] += chance * expected[a, t, m + 1]
                    out[a, t, interior - 1] += chance * victory


@inner
def payoffs(
    game: Floats, lay: Layout, s: int, i: int, follow: Floats, ends: Floats, out: Floats
) -> None:
    """Worth to `i` of every joint action of `s`: fills `out` `(3**size, T, K-2)`.

    `follow` is the flat store of continuations, of which those of smaller sets are read; `ends`
    `(2**size, T, K-2)` is what the contest's ends are worth when all stay. What going on together
    brings is left out.
    """
    n, interior, states = lay.members, lay.levels - 2, lay.states[s]
    place = -1
    for q in range(lay.size[s]):
        if lay.who[s, q] == i:
            place = q
    delta = game[PATIENCE]
    for r in range(out.shape[0]):
        rest, a = lay.after[s, r], lay.effort[s, r]
        shape = (n, 1 << lay.size[rest], lay.states[rest], interior)
        later = follow[lay.next_at[rest] : lay.next_at[rest + 1]].reshape(shape)[i, a]
        act = (r // 3**place) % 3 if place >= 0 else 0
        for m in range(interior):
            now = flow(game, n, i, rest, act, lay.front[m + 1])
            for t in range(states):
                if rest == s:
                    out[r, t, m] = now + delta * ends[a, t, m]
                else:
                    out[r, t, m] = now + delta * later[lay.kept[s, rest, t], m]


@inner
def going_on(
    game: Floats, fronts: Floats, play: Floats, front: Floats, trust: Floats,
    lower: Floats, main: Floats, upper: Floats,
) -> None:  # fmt: skip
    """I - delta P, with P the chance that all stay and the contest goes on, by front.

    `play` is `(s, 3, T (K-2))`; fills `lower` (its blocks transposed), `main`, `upper`
    `(K-2, T, T)`.
    """
    size, interior, states = play.shape[0], lower.shape[0], lower.shape[1]
    efforts = 1 << size
    both = np.empty((efforts, states * interior))
    for a in range(efforts):
        joint_chance(play, a, both[a])
    weight = np.empty((efforts, interior))
    spare = np.empty((2, max(efforts, states), interior))
    keep = np.empty(interior)
    for m in range(interior):
        keep[m] = game[PATIENCE] * (1.0 - settle_chance(game, fronts[m + 1]))
    for t in range(states):
        for move in range(3):
            for a in range(efforts):
                for m in range(interior):
                    weight[a, m] = both[a, t * interior + m] * front[move, a, t]
            row = spread_trust(weight, t, trust[move], size, spare)
            for k in range(states):
                if move == 0:
                    for m in range(1, interior):
                        lower[m, k, t] = -keep[m - 1] * row[k, m]
                elif move == 1:
                    for m in range(interior):
                        main[m, t, k] = -keep[m] * row[k, m]
                else:
                    for m in range(interior - 1):
                        upper[m, t, k] = -keep[m + 1] * row[k, m]
        for m in range(interior):
            main[m, t, t] += 1.0


@inner
def pose(game: Floats, lay: Layout, s: int, follow: Floats) -> Problem:
    """The problem of the set `s`, given the continuations `follow` of its subsets."""
    n, interior, size, states = lay.members, lay.levels - 2, lay.size[s], lay.states[s]
    efforts, length, whole = 1 << size, states * interior, size * 3 * states * interior
    trust = trust_moves(game, lay.trust)
    front = front_moves(game, n, lay.who[s], size, lay.trust, states)
    spare = np.empty((2, efforts, length))
    payoff = np.empty((n, 3**size, length))
    ends = np.empty((efforts, states, interior))
    nothing = np.zeros((states, interior))
    for i in range(n):
        follow_on(game, n, lay.front, s, i, nothing, 1.0, front, trust, size, spare, ends)
        payoffs(game, lay, s, i, follow, ends, payoff[i].reshape(3**size, states, interior))
    blocks = (interior, states, states)
    return Problem(
        front, trust, payoff,
        np.empty(blocks), np.empty(blocks), np.empty(blocks),
        np.empty((2, interior, states, states)), np.zeros((interior, n, states)),
        np.zeros((size, states, interior)), np.zeros((size, efforts, length)),
        np.empty((size, 3, length)), np.empty(length),
        spare, np.empty((3**size, length)),
        np.empty(whole), np.empty(whole), np.empty((MEMORY, whole)), np.empty((MEMORY, whole)),
        np.zeros((MEMORY, MEMORY)),
    )  # fmt: skip


@inner
def worths(
    game: Floats, lay: Layout, s: int, p: Problem, fresh: bool, play: Floats, out: Floats
) -> float:
    """Worth of each action when all keep to `play`: fills `out` `(s, 3, T (K-2))`.

    `fresh` evaluates the policies exactly. Otherwise what positions are worth is corrected by one
    step with the factors of an earlier evaluation, exact where policies are still the same and
    nearly so where they are close. Returns the largest change of what a position is worth.
    """
    n, interior, size, states = lay.members, lay.levels - 2, lay.size[s], lay.states[s]
    if fresh:
        going_on(game, lay.front, play, p.front, p.trust, p.lower, p.main, p.upper)
        factor(p.lower, p.main, p.upper, p.turned)
        p.known[:] = 0.0
        p.together[:] = 0.0
    for q in range(size):
        out[q] = contract(p.payoff[lay.who[s, q]], play, q, p.spare_acts)
        p.apart[q] = out[q]
        add_together(game[PATIENCE], p.together[q], play, q, p.chance, out[q])
        for t in range(states):
            for m in range(interior):
                x = t * interior + m
                p.right[m, q, t] = (
                    play[q, 0, x] * out[q, 0, x]
                    + play[q, 1, x] * out[q, 1, x]
                    + play[q, 2, x] * out[q, 2, x]
                    - p.known[q, t, m]
                )
    substitute(p.lower, p.turned, p.right)
    change = 0.0
    for q in range(size):
        for t in range(states):
            for m in range(interior):
                p.known[q, t, m] += p.right[m, q, t]
                change = max(change, abs(p.right[m, q, t]))
        follow_on(
            game, n, lay.front, s, lay.who[s, q], p.known[q], 0.0, p.front, p.trust, size,
            p.spare_trust, p.together[q].reshape((1 << size, states, interior)),
        )  # fmt: skip
        out[q] = p.apart[q]
        add_together(game[PATIENCE], p.together[q], play, q, p.chance, out[q])
    return change


@inner
def add_together(
    delta: float, together: Floats, play: Floats, own: int, chance: Floats, out: Floats
) -> None:
    """Add to the worths `out` `(3, x)` of the member at place `own` what going on together brings.

    `together` `(2**s, x)` is the expected value after each joint effort, `play` `(s, 3, x)`.
    """
    size, length = play.shape[0], out.shape[1]
    for a in range(1 << size):
        for x in range(length):
            chance[x] = delta * together[a, x]
        for other in range(size):
            if other != own:
                act = a >> other & 1
                for x in range(length):
                    chance[x] *= play[other, act, x]
        act = a >> own & 1
        for x in range(length):
            out[act, x] += chance[x]


@inner
def settle(
    game: Floats, lay: Layout, s: int, p: Problem, precision: float, near: float, most: int,
    calm: bool, worth: Floats, play: Floats, image: Floats,
) -> tuple[float, int]:  # fmt: skip
    """Iterate at one precision from `worth` `(s, 3, T (K-2))` until log-odds move less than `near`.

    By plain steps while far and with acceleration when close; if `calm`, by damped steps until very
    close: slow, and rarely lost. `worth` and `play` receive the result. Returns the last move and
    the steps taken (`most` at the most).
    """
    whole = worth.size
    flat, flat_image = worth.reshape(whole), image.reshape(whole)
    count, best, moved, before, share, since = 0, np.inf, np.inf, np.inf, 1.0, STALE
    zone = NEAR if calm else CLOSE
    for step in range(most):
        logit(worth, precision, play)
        fresh = moved > FAR or since >= STALE
        since = 0 if fresh else since + 1
        change = worths(game, lay, s, p, fresh, play, image)
        moved = 0.0 if fresh else change
        for e in range(whole):
            flat_image[e] -= flat[e]
            moved = max(moved, abs(flat_image[e]))
        moved *= precision
        if moved <= near:
            for e in range(whole):
                flat[e] += flat_image[e]
            logit(worth, precision, play)
            return moved, step + 1
        if not moved < np.inf:
            break
        if moved > zone:
            if calm and count > 0:
                zone *= 0.1  # acceleration led astray from here, so leave it to closer in
            # far from the solution the differences that acceleration looks at mislead it
            share = DAMPING if calm else max(share * (1.0 if moved < before else 0.7), DAMPING)
            before = moved
            for e in range(whole):
                flat[e] += share * flat_image[e]
            count, best = 0, np.inf
            continue
        if moved > LOST * best:
            count = 0
        best = min(best, moved)
        accelerate(flat, flat_image, p.old, p.old_residual, p.moves, p.changes, p.gram, count)
        count += 1
    logit(worth, precision, play)
    return moved, most


@inner
def largest_gap(a: Floats, b: Floats) -> float:
    """Largest difference between two arrays `(s, 3, x)`."""
    gap = 0.0
    for q in range(a.shape[0]):
        for act in range(3):
            for x in range(a.shape[2]):
                gap = max(gap, abs(a[q, act, x] - b[q, act, x]))
    return gap


@inner
def alike(a: Floats, b: Floats, near: float) -> bool:
    """Whether all log-odds of two policies `(s, 3, x)` differ by less than `near`."""
    for q in range(a.shape[0]):
        for act in range(3):
            for x in range(a.shape[2]):
                one, other = a[q, act, x], b[q, act, x]
                if abs(one - other) > near * min(one, other):
                    return False
    return True


@inner
def trace(
    game: Floats, lay: Layout, s: int, p: Problem, warm: bool, fine: float, most: int,
    worth: Floats, play: Floats, image: Floats,
) -> tuple[float, int, bool]:  # fmt: skip
    """Equilibrium of one set, from the policies in `play` if `warm`, else from precision 0.

    At precision 0 play is uniform; from there the equilibrium is followed to the game's own
    precision. Each point starts from a straight line through the two before; where the solution
    leaps away from it or is not reached, the step is halved, down to a least step, at which a leap
    is taken (the path folds there). A start that leads nowhere, and a path that ends nowhere, are
    tried again in plain damped steps. Returns the last change of log-odds, the steps taken and
    whether it leapt.
    """
    target = game[PRECISION]
    yes = most > 0  # not written as True, for each literal would be compiled for itself
    taken = 1
    if warm:
        worths(game, lay, s, p, yes, play, worth)
        logit(worth, target, image)
        if alike(image, play, fine):
            return 0.0, taken, False  # it is the equilibrium already, and stays what it is
        start = worth.copy()
        for calm in (False, True):
            worth[:] = start
            moved, steps = settle(
                game,
                lay,
                s,
                p,
                target,
                fine,
                CALM * most if calm else most,
                calm,
                worth,
                play,
                image,
            )
            taken += steps
            if moved <= fine:
                return moved, taken, False
    play[:] = 1.0 / 3.0
    worths(game, lay, s, p, yes, play, worth)
    before, start, guess = worth.copy(), worth.copy(), np.empty_like(worth)
    step = FIRST_STEP * target
    while step > 0.0:
        logit(worth, step, guess)
        if largest_gap(guess, play) <= LEAP:
            break
        step *= 0.5
    now, last, moved, leapt = 0.0, 0.0, 0.0, False
    while now < target and taken < PATH * most:
        goal = min(now + step, target)
        end = goal >= target
        near = fine if end else NEAR
        slope = (goal - now) / (now - last) if now > last else 0.0
        for q in range(worth.shape[0]):
            for act in range(3):
                for x in range(worth.shape[2]):
                    change = start[q, act, x] - before[q, act, x]
                    worth[q, act, x] = start[q, act, x] + slope * change
        logit(worth, goal, guess)
        small = step <= LEAST_STEP * target
        moved, steps = settle(
            game,
            lay,
            s,
            p,
            goal,
            near,
            most if end or small else SHORT,
            not yes,
            worth,
            play,
            image,
        )
        taken += steps
        good = moved <= near and largest_gap(play, guess) <= LEAP
        if not good and not small:
            step *= 0.5
            continue
        before[:] = start
        start[:] = worth
        last, now = now, goal
        if not good:
            leapt = True
            last = now  # a leap says nothing of the slope beyond it
        if steps <= SHORT // 2:
            step *= 2.0
    if now < target or moved > fine:
        play[:] = 1.0 / 3.0
        worths(game, lay, s, p, yes, play, worth)
        moved, steps = settle(
            game, lay, s, p, target, fine, 8 * CALM * most, yes, worth, play, image
        )
        taken += steps
    return moved, taken, leapt


@inner
def evaluate(
    game: Floats, lay: Layout, s: int, p: Problem, play: Floats, value: Floats, later: Floats
) -> None:
    """What the set's states are worth to everyone under `play`, outsiders too.

    Fills `value` `(n, T, K-2)` and the continuations `later` `(n, 2**s, T, K-2)`.
    """
    n, interior, size, states = lay.members, lay.levels - 2, lay.size[s], lay.states[s]
    going_on(game, lay.front, play, p.front, p.trust, p.lower, p.main, p.upper)
    nobody = size - size - 1  # not written as -1, for each literal would be compiled for itself
    for i in range(n):
        expected = contract(p.payoff[i], play, nobody, p.spare_acts)
        for t in range(states):
            for m in range(interior):
                p.right[m, i, t] = expected[0, t * interior + m]
    factor(p.lower, p.main, p.upper, p.turned)
    substitute(p.lower, p.turned, p.right)
    for i in range(n):
        for t in range(states):
            for m in range(interior):
                value[i, t, m] = p.right[m, i, t]
        follow_on(
            game, n, lay.front, s, i, value[i], 1.0, p.front, p.trust, size, p.spare_trust,
            later[i],
        )  # fmt: skip


@jit
def solve_game(
    game: Floats, lay: Layout, warm: bool, fine: float, most: int,
    play: Floats, value: Floats, follow: Floats, status: Floats,
) -> None:  # fmt: skip
    """Equilibrium of one packed game, all sets, into the flat stores (see `Layout`).

    `play` holds the policies to start from if `warm` and receives the equilibrium; `value` receives
    what every state is worth to everyone, outsiders too, `follow` the continuations; `status`
    `(2**n, 3)` receives each set's last change of log-odds, number of steps, and 1 if tracing
    leapt. Policies count as settled when log-odds move less than `fine` in a step, of which at most
    `most` are taken at a precision.
    """
    n, interior = lay.members, lay.levels - 2
    for s in range(1 << n):
        size, states = lay.size[s], lay.states[s]
        length = states * interior
        p = pose(game, lay, s, follow)
        sigma = play[lay.play_at[s] : lay.play_at[s + 1]].reshape((size, 3, length))
        if size > 0:
            worth, image = np.empty((size, 3, length)), np.empty((size, 3, length))
            moved, taken, leapt = trace(game, lay, s, p, warm, fine, most, worth, sigma, image)
            status[s, 0], status[s, 1], status[s, 2] = moved, taken, 1.0 if leapt else 0.0
        evaluate(
            game, lay, s, p, sigma,
            value[lay.value_at[s] : lay.value_at[s + 1]].reshape((n, states, interior)),
            follow[lay.next_at[s] : lay.next_at[s + 1]].reshape((n, 1 << size, states, interior)),
        )  # fmt: skip
