"""Stability of one partition in hedonic games, for one game or many at once.

Bogomolnaia and Jackson 2002; strict core: Banerjee, Konishi and Sonmez 2001. Utilities are
`(..., n, 2**n)` by member and bit mask of the set it is in, anything where it is not in the set.
A partition is a sequence of masks. Nobody moves for less than a billionth of what its largest
utility comes to, so that rounding makes no move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NOTIONS = ("individually_rational", "nash", "individual", "contractual", "core", "strict_core")
"""Notions of stability, by the names they go by everywhere."""
SLACK = 1e-9
"""The least gain that counts, as a part of a member's largest utility."""


class Deviations(NamedTuple):
    """What each member makes of going over to each other set of a partition, or away alone.

    Each is `(..., n, sets + 1)`, the last place being alone. For its own set nothing is gained.
    """

    gain: Floats
    """By how much it is better off there; 0 where that is too little to count."""
    welcomed: Bools
    """Nobody there is worse off for it."""
    released: Bools
    """Nobody whom it leaves is worse off for it."""


class Objections(NamedTuple):
    """Which sets would rather be by themselves, each `(..., 2**n)`."""

    strict: Bools
    """All of the set are better off."""
    weak: Bools
    """Some are better off, and none is worse."""


def slack(utility: Floats) -> Floats:
    """The least gain that counts for each member `(..., n)`."""
    n = utility.shape[-2]
    largest = [np.abs(_with(utility[..., i, :], i)).max(axis=(-2, -1)) for i in range(n)]
    return SLACK * np.stack(largest, axis=-1)


def deviations(
    utility: Floats, blocks: Sequence[int], least: Floats | None = None
) -> Deviations:  # fmt: skip
    """What every single move out of a partition is worth, and who minds it.

    `least` is what `slack` says of the utilities, where it is known already.
    """
    least = slack(utility) if least is None else least
    members = np.arange(utility.shape[-2])
    masks, bits = np.array([*blocks, 0]), 1 << members
    at = ((masks >> members[:, None]) & 1).argmax(axis=1)
    home, each = masks[at], members[:, None]
    mine = utility[..., members, home]
    more = utility[..., each, masks | bits[:, None]] - mine[..., None]
    gain = np.where(more > least[..., None], more, 0.0)
    # what the second member's coming and going costs the first one, in the first one's set
    coming = mine[..., None] - utility[..., each, home[:, None] | bits]
    going = mine[..., None] - utility[..., each, home[:, None] & ~bits]
    minded = (going > least[..., None]) & (each != members)
    hurt = coming > least[..., None]
    unwelcome = [hurt[..., at == b, :].any(axis=-2) for b in range(masks.size)]
    released = np.broadcast_to(~minded.any(axis=-2)[..., None], gain.shape)
    return Deviations(gain, ~np.stack(unwelcome, axis=-1), released)


def objections(utility: Floats, blocks: Sequence[int]) -> Objections:
    """Which of all sets would leave a partition together."""
    n, least = utility.shape[-2], slack(utility)
    shape = (*utility.shape[:-2], 1 << n)
    strict, weak, some = np.ones(shape, bool), np.ones(shape, bool), np.zeros(shape, bool)
    for block in blocks:
        for i in _members(block, n):
            mine = _with(utility[..., i, :], i)
            more = mine - utility[..., i, block, None, None]
            better = more > least[..., i, None, None]
            _with(strict, i)[...] &= better
            _with(some, i)[...] |= better
            _with(weak, i)[...] &= more >= -least[..., i, None, None]
    weak &= some
    strict[..., 0] = weak[..., 0] = False
    return Objections(strict, weak)


def stable(utility: Floats, blocks: Sequence[int]) -> dict[str, Bools]:
    """Whether a partition is stable, by notion, for each game `(...,)`."""
    moves, sets = deviations(utility, blocks), objections(utility, blocks)
    wants = moves.gain > 0.0
    welcome = wants & moves.welcomed
    moving = (wants, welcome, welcome & moves.released)
    found = (
        wants[..., -1].any(axis=-1),
        *(each.any(axis=(-2, -1)) for each in moving),
        sets.strict.any(axis=-1),
        sets.weak.any(axis=-1),
    )
    return {notion: np.logical_not(each) for notion, each in zip(NOTIONS, found, strict=True)}


def _members(mask: int, n: int) -> list[int]:
    return [i for i in range(n) if mask >> i & 1]


def _with(values: NDArray, i: int) -> NDArray:  # type: ignore[type-arg]
    """The part of an array over sets `(..., 2**n)` whose sets hold member i, as a view."""
    return values.reshape(*values.shape[:-1], -1, 2, 1 << i)[..., 1, :]
