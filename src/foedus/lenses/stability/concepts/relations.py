"""Preferences that are no ranking: unknown, of different strength, and mindful of others.

Each of these changes what counts as an improvement and what counts as a sanction; the four solution
concepts stay as they are. SMR asks that no move out of the sanction leads to a state that is not
itself a sanction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.lenses.stability.concepts.solving import CRISP
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.kernel.sets import (
    LIMIT,
    Words,
    afford,
    better_rows,
    blocked,
    follow,
    move_rows,
    packed,
    transitive,
    width,
)

Reading = Literal["a", "b", "c", "d"]
READINGS: Final = ("a", "b", "c", "d")
"""Whether a state that may or may not be better is an incentive to move (a, c), and whether it
deters as a sanction (c, d)."""

Rows = Callable[[int], Words]
"""For a decision maker: which states (bits) stand in a relation to each state (row)."""


def uncertain(conflict: Conflict, reading: Reading, *, limit: int = LIMIT) -> dict[str, Bools]:
    """Nash, GMR, SMR and SEQ stability `(N, S)` where some preferences are unknown.

    Readings (Li, Hipel, Kilgour & Fang 2004): `a` an unknown preference is an incentive to move but
    no sanction, `b` neither, `c` both, `d` no incentive but a sanction; so whoever is stable under
    a is under b and c, and under either of these under d. In SEQ opponents sanction by moves that
    are or may be improvements, whatever the reading. Strength plays no part: this is general
    stability. Raises ConflictError, and TooManyBitsError if N S² bits are over `limit`.
    """
    _check(conflict, reading, limit)

    def sanction(i: int) -> Words:
        worse = ~_better(conflict, i)
        return worse if reading in "cd" else worse & ~_unknown(conflict, i)

    return _verdicts(conflict, _incentive(conflict, reading), _step(conflict), sanction)


def strong(conflict: Conflict, reading: Reading = "b", *, limit: int = LIMIT) -> dict[str, Bools]:
    """Strong stability `(N, S)`: every improvement leads to something much worse.

    Hamouda, Kilgour & Hipel 2004, 2006; with unknown preferences, in whose readings `c` and `d`
    they deter as well, Xu, Hipel, Kilgour & Chen 2010. Any improvement, mild or strong, is an
    incentive and a credible answer; in SMR no escape from the sanction may lead to anything that is
    not much worse. A Nash stable state is strongly stable under every concept, as there is nothing
    to deter from. Raises ConflictError, and TooManyBitsError if N S² bits are over `limit`.
    """
    _check(conflict, reading, limit)

    def sanction(i: int) -> Words:
        worse = _much_worse(conflict, i)
        return worse | _unknown(conflict, i) if reading in "cd" else worse

    return _verdicts(conflict, _incentive(conflict, reading), _step(conflict), sanction)


def weak(conflict: Conflict, reading: Reading = "b", *, limit: int = LIMIT) -> dict[str, Bools]:
    """Weak stability `(N, S)`: stable in general, but not strongly (see `strong`)."""
    firm = strong(conflict, reading, limit=limit)
    general = uncertain(conflict, reading, limit=limit)
    return {concept: general[concept] & ~firm[concept] for concept in general}


def selfish(n: int) -> Ints:
    """The attitudes of n decision makers who each look to themselves alone."""
    return np.eye(n, dtype=np.int64)


def attitudes(conflict: Conflict, stance: ArrayLike, *, limit: int = LIMIT) -> dict[str, Bools]:
    """Relational Nash, GMR, SMR and SEQ stability `(N, S)` under attitudes to oneself and others.

    `stance[i, j]` is the attitude of i towards j: 1 positive, 0 neutral, -1 negative. A move is to
    the mind of i when everyone i is positive to strictly prefers where it leads and everyone i is
    negative to strictly prefers where it starts; all else, the start itself included, is a
    sanction. Inohara, Hipel & Walker 2007 let indifference pass; here it does not, so that
    `selfish` attitudes give the plain answers also where preferences have ties. An unknown
    preference is no strict one. Raises ConflictError, and TooManyBitsError if N S² bits are over
    `limit`.
    """
    view = np.asarray(stance)
    n = len(conflict.dms)
    if view.shape != (n, n) or not np.isin(view, (-1, 0, 1)).all():
        raise ConflictError(f"attitudes of {n} decision makers are {n} rows of {n} times -1, 0, 1")
    _check(conflict, "b", limit)

    def liked(i: int) -> Words:
        rows = packed(~np.eye(conflict.states, dtype=np.bool_))
        for j in np.flatnonzero(view[i]):
            rows &= _better(conflict, int(j), int(view[i, j]))
        return rows

    return _verdicts(conflict, liked, liked, lambda i: ~liked(i))


def _verdicts(conflict: Conflict, incentive: Rows, step: Rows, sanction: Rows) -> dict[str, Bools]:
    """Stability of every state for every decision maker under the four concepts.

    `incentive` is what draws a decision maker from a state, `step` what it would move to when it
    answers others, `sanction` what deters it.
    """
    n, states = conflict.utility.shape
    moves = move_rows(conflict.arcs.first, conflict.arcs.to)
    steps = np.stack([moves[j] & step(j) for j in range(n)])
    plain_moves = np.array([transitive(rows) for rows in moves])
    plain_steps = np.array([transitive(rows) for rows in steps])
    found = {concept: np.empty((n, states), np.bool_) for concept in CRISP}
    for i in range(n):
        others = np.delete(np.arange(n), i)
        drawn, deterred, own = moves[i] & incentive(i), sanction(i), moves[i]
        answers = follow(moves, others, bool(plain_moves[others].all()))
        credible = follow(steps, others, bool(plain_steps[others].all()))
        found["nash"][i] = ~drawn.any(axis=1)
        for concept, replies in (("gmr", answers), ("smr", answers), ("seq", credible)):
            found[concept][i] = blocked(drawn, replies, deterred, own, concept == "smr")
    return found


def _incentive(conflict: Conflict, reading: Reading) -> Rows:
    def rows(i: int) -> Words:
        better = _better(conflict, i)
        return better | _unknown(conflict, i) if reading in "ac" else better

    return rows


def _step(conflict: Conflict) -> Rows:
    """Moves that are or may be improvements."""
    return lambda j: _better(conflict, j) | _unknown(conflict, j)


def _better(conflict: Conflict, i: int, sign: int = 1) -> Words:
    """What i certainly prefers to each state; what it certainly likes less for a sign of -1."""
    worth = conflict.utility[i]
    above = better_rows(worth if sign > 0 else _turned(worth))
    return above & ~_unknown(conflict, i)


def _turned(worth: NDArray[np.generic]) -> Ints:
    """The opposite order; ranks, as an unsigned or smallest number has no negative."""
    return -np.unique(worth, return_inverse=True)[1].astype(np.int64)


def _unknown(conflict: Conflict, i: int) -> Words:
    """What i may or may not prefer to each state; never the state itself."""
    if conflict.unknown is None:
        return _none(conflict)
    return packed(conflict.unknown[i] & ~np.eye(conflict.states, dtype=np.bool_))


def _much_worse(conflict: Conflict, i: int) -> Words:
    """The states to which i much prefers each state."""
    if conflict.much is None:
        return _none(conflict)
    rows = packed(conflict.much[i])
    wrong = rows & ~_better(conflict, i)
    if wrong.any():
        s = int(np.flatnonzero(wrong.any(axis=1))[0])
        raise ConflictError(
            f"{conflict.dms[i]} much prefers another state to {conflict.ids[s]}, but is not known "
            "to prefer it at all"
        )
    return packed(np.ascontiguousarray(conflict.much[i].T))


def _none(conflict: Conflict) -> Words:
    return np.zeros((conflict.states, width(conflict.states)), np.uint64)


def _check(conflict: Conflict, reading: str, limit: int) -> None:
    if reading not in READINGS:
        raise ConflictError(f"{reading} is no reading of unknown preferences; a, b, c, d are")
    n, states = conflict.utility.shape
    for relation in (conflict.unknown, conflict.much):
        if relation is not None and relation.shape != (n, states, states):
            raise ConflictError(f"preferences between pairs must be ({n}, {states}, {states})")
    if conflict.unknown is not None and (conflict.unknown != conflict.unknown.swapaxes(1, 2)).any():
        raise ConflictError("an unknown preference is unknown both ways")
    afford(n, states, limit, "leave unknown, strong and mindful preferences out")
