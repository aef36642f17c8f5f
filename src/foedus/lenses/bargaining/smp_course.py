"""One game of the spatial model, kept turn by turn with all that was offered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from foedus.lenses.bargaining.game import Distribution, Floats, Game, Offer
from foedus.lenses.bargaining.kernel import smp as kernel
from foedus.lenses.bargaining.kernel.election import elect
from foedus.lenses.bargaining.kernel.room import Code, Ints, Room, room
from foedus.lenses.bargaining.rules import Rules
from foedus.lenses.bargaining.smp_setup import Bools, encoded, refuse_accommodation

SAME = 1e-9
"""States that differ less are one."""


@dataclass(eq=False)
class Course:
    """One game of those who take part, turn by turn: states, attitudes in them, and offers.

    Raises GameError for an accommodation whose rows are not shares.
    """

    game: Game
    here: Bools
    rules: Rules
    positions: list[Floats] = field(default_factory=list)
    ideals: list[Floats] = field(default_factory=list)
    risk: list[Floats] = field(default_factory=list)
    ledger: list[Offer] = field(default_factory=list)
    rests: bool = False

    def __post_init__(self) -> None:
        game, here = self.game, self.here
        self.positions.append(np.ascontiguousarray(game.positions[here], np.float64))
        self.ideals.append(self.positions[0])
        self.accommodation = game.accommodation
        if self.accommodation is not None:
            refuse_accommodation(self.accommodation)
            inside = self.accommodation[np.ix_(here, here)]
            self.accommodation = np.ascontiguousarray(inside, np.float64)
        self.capability = np.ascontiguousarray(game.capability[here], np.float64)
        self.salience = np.ascontiguousarray(game.salience[here], np.float64)
        self.code: Code = encoded(self.rules, self.accommodation is None)
        self.room: Room = room(*self.positions[0].shape)

    def run(self, lots: Floats) -> None:
        """Play to the end; `lots` `(turns, n)` in [0, 1) decide where choice is stochastic."""
        first = 0.0
        for t in range(self.rules.most_turns):
            after, ideals = self.turn(lots[t])
            self.risk.append(self.room.risk.copy())
            self._write_down(t + 1)
            step = kernel.moved(self.positions[-1], after)
            first = step if t == 0 else first
            self.positions.append(after)
            self.ideals.append(ideals)
            self.rests = bool(kernel.at_rest(t + 1, step, first))
            if self.rests:
                break
        self.turn(lots[0])  # would be the next one: leaves in `room` what the end is to actors
        self.risk.append(self.room.risk.copy())

    def turn(self, lots: Floats) -> tuple[Floats, Floats]:
        """The positions and ideals after another turn; `room` says how they came about."""
        after, ideals = self.positions[-1].copy(), self.ideals[-1].copy()
        same = np.eye(len(after)) if self.accommodation is None else self.accommodation
        kernel.many(
            after[None], ideals[None], self.capability[None], self.salience[None], same[None],
            self.code, lots[None, None], 1, np.empty(1, np.int64), self.room,
        )  # fmt: skip
        return after, ideals

    def _write_down(self, turn: int) -> None:
        """Enter the offers of a turn in the ledger."""
        actors: Ints = np.flatnonzero(self.here)
        place = self.room.place
        taken = set(self.room.taken.tolist())
        views = 2 if self.rules.bargaining == "initiator-receiver" else 1
        for i, j in enumerate(self.room.target.tolist()):
            for b in range(2 * i, 2 * i + views if j >= 0 else 2 * i):
                self.ledger.append(
                    Offer(
                        turn=turn,
                        proposer=int(actors[i]),
                        receiver=int(actors[j]),
                        for_proposer=tuple(place[2 * b].tolist()),
                        for_receiver=tuple(place[2 * b + 1].tolist()),
                        value=float(self.room.promise[i, j]),
                        chosen=b in taken,
                    )
                )

    def cycle(self) -> int | None:
        """After how many turns the last state came again, where it did."""
        if self.rests or self.code.stochastic:
            return None
        for length in range(2, len(self.positions)):
            moved = np.abs(self.positions[-1] - self.positions[-1 - length]).max()
            turned = np.abs(self.ideals[-1] - self.ideals[-1 - length]).max()
            if max(moved, turned) < SAME:
                return length
        return None

    def distribution(self) -> tuple[Distribution, ...]:
        """How an election among the last positions would go, in each dimension, after `run`."""
        positions, code, desk = self.positions[-1], self.code, self.room
        options: Ints = np.sort(np.unique(positions, axis=0, return_index=True)[1])
        desk.ballot[: options.size] = desk.own[options]
        elect(
            self.capability, desk.ballot, options.size, code.voting, code.victory, code.election,
            desk.strength, desk.chance, desk.won,
        )  # fmt: skip
        won = desk.won[: options.size]
        out = []
        for column in positions[options].T:
            points, place = np.unique(column, return_inverse=True)
            out.append(Distribution(points, np.bincount(place, won).astype(np.float64)))
        return tuple(out)
