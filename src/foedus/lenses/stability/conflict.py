"""A conflict as a graph model: decision makers, states, moves and preferences, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.lenses.stability.kernel.arcs import most_moves, option_moves

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Direction = Literal["both", "forward", "backward"]
MOST_OPTIONS = 62
"""A state is the bits of one 64-bit number."""


class ConflictError(ValueError):
    """A conflict that is no graph model, or a question that cannot be asked of it.

    Says what is wrong and what would be right.
    """

    bad_input = True


@dataclass(frozen=True, slots=True)
class Option:
    """A yes or no choice of one decision maker."""

    id: str
    owner: int
    """Index of the decision maker whose choice it is."""
    direction: Direction = "both"
    """`forward`: only from no to yes; `backward`: only from yes to no."""
    name: str = ""
    """What it is called in tables; its id if empty."""


def option_arrays(options: Sequence[Option]) -> tuple[Ints, Ints]:
    """By option: whose it is, and 0 for both ways, 1 for forward only, -1 for backward only."""
    signs = {"both": 0, "forward": 1, "backward": -1}
    owners = np.array([option.owner for option in options], np.int64)
    return owners, np.array([signs[option.direction] for option in options], np.int64)


@dataclass(frozen=True, eq=False)
class Moves:
    """Unilateral moves: decision maker i can move from s to `to[first[i, s]:first[i, s + 1]]`.

    `first` is `(N, S + 1)`, `to` holds indices of states, ascending within each row, without the
    state itself and without repetition.
    """

    first: Ints
    to: NDArray[np.int32]

    @staticmethod
    def of(table: Sequence[Mapping[int, Sequence[int]]], states: int) -> Moves:
        """From a table per decision maker: state to the states it can move to.

        Raises ConflictError for a state that does not exist and for a move to the state itself.
        """
        first = np.zeros((len(table), states + 1), np.int64)
        to: list[int] = []
        for i, rows in enumerate(table):
            for s in range(states):
                first[i, s] = len(to)
                there = sorted(set(rows.get(s, ())))
                for t in there:
                    if not 0 <= t < states or t == s:
                        raise ConflictError(f"decision maker {i} cannot move from {s} to {t}")
                to.extend(there)
            first[i, states] = len(to)
        return Moves(first, np.array(to, np.int32))

    def row(self, i: int, s: int) -> NDArray[np.int32]:
        """Where decision maker i can move from s."""
        return self.to[self.first[i, s] : self.first[i, s + 1]]

    def without(self, keep: Bools) -> Moves:
        """Only the arcs for which `keep` (one truth value per entry of `to`) is true."""
        kept = np.concatenate([[0], np.cumsum(keep)]).astype(np.int64)
        return Moves(kept[self.first], self.to[keep])


@dataclass(frozen=True, eq=False)
class Conflict:
    """Who can move where, and who prefers what.

    `utility` is `(N, S)`: the more, the better; equal numbers are indifference, and only the order
    counts. With `options` and `codes` (bit o of a code is option o) the moves follow from the
    options unless `moves` says otherwise; a bare graph has `moves` alone. `ids` are the states'
    names as in the file they came from. `unknown[i, s, t]` (symmetric): it is not known which of
    s and t i prefers, whatever the utilities say; `much[i, s, t]`: i much prefers t to s.
    """

    dms: tuple[str, ...]
    utility: NDArray[Any]
    options: tuple[Option, ...] = ()
    codes: Ints | None = None
    moves: Moves | None = None
    ids: Sequence[int | str] = ()
    status_quo: int | None = None
    """Index of the state, not its id."""
    unknown: Bools | None = None
    much: Bools | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if self.utility.ndim != 2:
            raise ConflictError(f"utilities of shape {self.utility.shape}; they should be (N, S)")
        if not len(self.ids):
            object.__setattr__(self, "ids", range(self.states))
        _check(self)

    @property
    def states(self) -> int:
        """How many states there are."""
        return int(self.utility.shape[1])

    @cached_property
    def arcs(self) -> Moves:
        """Every unilateral move, written out."""
        if self.moves is not None:
            return self.moves
        assert self.codes is not None
        first, to = option_moves(self.codes, self.owners, self.directions, len(self.dms))
        return Moves(first, to)

    @cached_property
    def most_moves(self) -> int:
        """How many unilateral moves there are, or at most are; counted without writing them out."""
        if self.moves is not None:
            return int(self.moves.to.size)
        assert self.codes is not None
        return most_moves(self.codes, self.owners, len(self.dms))

    @property
    def owners(self) -> Ints:
        """The decision maker of each option."""
        return option_arrays(self.options)[0]

    @property
    def directions(self) -> Ints:
        """0 for both ways, 1 for forward only, -1 for backward only, by option."""
        return option_arrays(self.options)[1]

    def pattern(self, state: int) -> str:
        """A state's choices as Y and N, in the order of the options; empty for a bare graph."""
        if self.codes is None:
            return ""
        code = int(self.codes[state])
        return "".join("Y" if code >> o & 1 else "N" for o in range(len(self.options)))

    def index(self, state: int | str) -> int:
        """The index of the state with this id.

        Raises ConflictError if there is none.
        """
        try:
            return self._places[str(state)]
        except KeyError:
            raise ConflictError(f"there is no state {state!r}") from None

    def with_utility(self, utility: NDArray[Any]) -> Conflict:
        """The same conflict with other preferences."""
        return replace(self, utility=utility)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(name): place for place, name in enumerate(self.ids)}


def option_form(
    owner: Sequence[int],
    utility: ArrayLike,
    *,
    codes: ArrayLike | None = None,
    directions: Sequence[Direction] | None = None,
    dms: Sequence[str] | None = None,
    **more: Any,
) -> Conflict:
    """A conflict in option form from plain arrays.

    `owner` gives the decision maker of each option, `utility` is `(N, S)`, `codes` the feasible
    states (all 2^K, in order, if not given). Raises ConflictError.
    """
    worth = np.asarray(utility)
    ways = directions or ["both"] * len(owner)
    if len(ways) != len(owner):
        raise ConflictError(f"{len(owner)} options, but {len(ways)} directions")
    options = tuple(
        Option(f"o{o + 1}", i, way) for o, (i, way) in enumerate(zip(owner, ways, strict=True))
    )
    feasible = np.arange(1 << len(owner)) if codes is None else np.asarray(codes)
    names = tuple(dms) if dms else tuple(str(i) for i in range(len(worth)))
    return Conflict(names, worth, options, feasible.astype(np.int64), **more)


def graph(
    moves: Sequence[Mapping[int, Sequence[int]]],
    utility: ArrayLike,
    *,
    dms: Sequence[str] | None = None,
    **more: Any,
) -> Conflict:
    """A conflict as a bare graph: for each decision maker, state to the states it can move to."""
    worth = np.asarray(utility)
    names = tuple(dms) if dms else tuple(str(i) for i in range(len(worth)))
    return Conflict(names, worth, moves=Moves.of(moves, worth.shape[1]), **more)


def _check(conflict: Conflict) -> None:
    """Raise ConflictError for arrays that do not fit together."""
    n, states = conflict.utility.shape
    if n != len(conflict.dms) or n == 0:
        raise ConflictError(f"{len(conflict.dms)} decision makers, but preferences of {n}")
    if states == 0:
        raise ConflictError("no state is feasible; take back one of what is ruled out")
    if len(conflict.ids) != states:
        raise ConflictError(f"{states} states, but {len(conflict.ids)} ids")
    if np.issubdtype(conflict.utility.dtype, np.floating) and np.isnan(conflict.utility).any():
        raise ConflictError("a utility is not a number")
    for option in conflict.options:
        if not 0 <= option.owner < n:
            raise ConflictError(
                f"option {option.id} is of decision maker {option.owner}; there are {n}, from 0"
            )
    if conflict.codes is None and conflict.moves is None:
        raise ConflictError("neither options nor moves say who can move where")
    if conflict.codes is not None:
        if conflict.codes.shape != (states,):
            raise ConflictError(f"{states} states, but {conflict.codes.size} codes")
        if len(conflict.options) > MOST_OPTIONS:
            raise ConflictError(
                f"{len(conflict.options)} options; at most {MOST_OPTIONS} can be coded"
            )
    if conflict.moves is not None and conflict.moves.first.shape != (n, states + 1):
        raise ConflictError("the table of moves does not fit the states")
    if conflict.status_quo is not None and not 0 <= conflict.status_quo < states:
        raise ConflictError(f"the status quo {conflict.status_quo} is no state")
