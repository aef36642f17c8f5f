"""What the models make of one table of actors, as plain data on the table's own scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from foedus.lenses.bargaining.game import Distribution, Floats, Game, GameError, Play
from foedus.lenses.bargaining.levers import Lever, levers
from foedus.lenses.bargaining.opening import OpenedTable
from foedus.lenses.bargaining.pulls import Pull, pulls
from foedus.lenses.bargaining.record import ISSUES, LESSON, MEANING, RECORD, SOURCE
from foedus.lenses.bargaining.variants import ELECTED, MOVING, VARIANTS
from foedus.lenses.lens import Picture

MAIN = ("smp:abstain", "smp:ktab", "eum:scholz-code", "eum:printed", "eum:eu-first")
"""The models that say who moved whom, the first that could be played counting."""
TAIL = 0.05
"""What is left out at either end of a distribution where its range is told."""
LEVERED = 100
"""The most numbers whose effect on the election is worked out."""
COLUMNS = ("variant", "turn", "actor", "dimension", "position")
"""Of the table of histories."""

Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class ActorAccount:
    """Everything asked about one table. Each model is played when it is first looked at."""

    opened: OpenedTable
    game: Game
    variants: tuple[str, ...]
    """The models asked for, in the order of `VARIANTS`."""
    rounds: int | None = None
    """Of the expected-utility model; None for its default."""

    @cached_property
    def plays(self) -> Mapping[str, Play | str]:
        """By variant: what it makes of the game, or in words why it cannot be played."""
        return {name: self._played(name) for name in self.variants}

    def _played(self, name: str) -> Play | str:
        variant = VARIANTS[name]
        why = variant.lacks(len(self.game.actors), self.game.reference is not None)
        if why:
            return why
        try:
            if self.rounds is not None and name.startswith("eum:"):
                from foedus.lenses.bargaining.eum import eum

                return eum(self.game, name.partition(":")[2], self.rounds)
            return variant.play(self.game)
        except GameError as error:
            return str(error)

    @property
    def main(self) -> str | None:
        """The model that says who moved whom; None if none in which positions move was played."""
        return next((name for name in MAIN if isinstance(self.plays.get(name), Play)), None)

    @property
    def spread(self) -> tuple[tuple[float, float] | None, ...]:
        """The lowest and the highest forecast of each dimension, over the models played."""
        told = [self.forecast(name) for name in self.variants if isinstance(self.plays[name], Play)]
        if not told:
            return (None,) * len(self.opened.table.dimensions)
        table = np.array(told)
        return tuple(zip(table.min(axis=0).tolist(), table.max(axis=0).tolist(), strict=True))

    def forecast(self, name: str) -> list[float] | None:
        """Where a model sees each dimension settle; None if it cannot be played."""
        play = self.plays[name]
        return None if isinstance(play, str) else self._back(play.forecast)

    def distribution(self, name: str) -> list[Facts] | None:
        """How likely each settlement is, by dimension; None for models that name one alone."""
        play = self.plays[name]
        if isinstance(play, str) or play.distribution is None:
            return None
        return [self._placed(d, one) for d, one in enumerate(play.distribution)]

    def _placed(self, d: int, one: Distribution) -> Facts:
        low, high = self.opened.table.scale[d]
        return {
            "points": (low + one.points * (high - low)).tolist(),
            "probability": one.probability.tolist(),
        }

    def note(self, name: str) -> str:
        """What a model says of its own answer, or why it has none."""
        play = self.plays[name]
        return play if isinstance(play, str) else play.note

    def ending(self, name: str) -> str:
        """How a model's game ends, in a word or two; empty for models without turns."""
        play = self.plays[name]
        if isinstance(play, str):
            return "cannot be played"
        if name not in MOVING:
            return ""
        turns = play.history.shape[0] - 1
        if play.cycle is not None:
            return f"cycle of {play.cycle}"
        return f"{'at rest' if play.converged else 'not at rest'}, {turns} turns"

    @staticmethod
    def error(name: str) -> float | None:
        """A variant's mean error on issues whose outcome is known; None if it was not measured."""
        return next((row.error for row in RECORD if row.variant == name), None)

    @property
    def record(self) -> Facts:
        """How well models did on issues whose outcome is known."""
        errors = [
            {"variant": row.variant, "says": row.says, "error": row.error, "crps": row.crps}
            for row in RECORD
        ]
        return {
            "issues": ISSUES,
            "unit": MEANING,
            "source": SOURCE,
            "lesson": LESSON,
            "errors": errors,
        }

    def ranges(self, name: str) -> list[tuple[float, float] | None]:
        """How far apart a model leaves things, by dimension.

        The outermost positions at the end, where positions move; else the 5 % and 95 % points of
        its distribution; None for models that name one settlement.
        """
        play, told = self.plays[name], self.distribution(name)
        if isinstance(play, str) or (told is None and name not in MOVING):
            return [None] * len(self.opened.table.dimensions)
        if told is not None and name not in MOVING:
            return [_middle(one["points"], one["probability"]) for one in told]
        ends = self.opened.table.on_scale(play.history[-1])
        return list(zip(ends.min(axis=0).tolist(), ends.max(axis=0).tolist(), strict=True))

    def pulls(self, d: int) -> list[Facts]:
        """Who was moved by whom in the main model, most first, in one dimension."""
        play = self.plays[self.main] if self.main is not None else ""
        if isinstance(play, str):
            return []
        low, high = self.opened.table.scale[d]
        return [self._pulled(pull, high - low) for pull in pulls(play, d)]

    def _pulled(self, pull: Pull, width: float) -> Facts:
        actors = self.game.actors
        return {
            "who": actors[pull.who],
            "by": actors[pull.by],
            "moved": width * pull.moved,
            "share": pull.share,
        }

    def levers(self, model: str) -> list[Facts] | None:
        """What each number does to the forecast of `pce` or `wmean`; None if there are too many."""
        n, dims = self.game.positions.shape
        if model != "wmean" and n * (2 * dims + 1) > 3 * LEVERED:
            return None
        return [self._lever(one) for one in levers(self.game, model)]

    def _lever(self, one: Lever) -> Facts:
        low, high = np.array(self.opened.table.scale).T
        widths = high - low
        # a position is itself on the scale of its dimension
        unit = widths[one.dimension] if one.kind == "position" else 1.0
        dims = self.opened.table.dimensions
        return {
            "kind": one.kind,
            "actor": self.game.actors[one.actor],
            "dimension": None if one.dimension is None else dims[one.dimension],
            "per_unit": (one.per_unit * widths / unit).tolist(),
            "jump": (one.jump * widths).tolist(),
        }

    def to_dict(self) -> Facts:
        """As plain data, in the documented shape."""
        opened, table = self.opened, self.opened.table
        reference = self.game.reference
        return {
            "title": opened.title,
            "case": table.name or None,
            "issue": opened.issue,
            "at_modes": opened.at_modes,
            "salience_unit": table.salience_unit,
            "dimensions": list(table.dimensions),
            "scale": [{"low": low, "high": high} for low, high in table.scale],
            "scale_from": opened.scale_from,
            "reference": None if reference is None else self._back(reference),
            "actors": list(table.actors),
            "names": dict(opened.names),
            "positions": table.positions.tolist(),
            "capability": table.capability.tolist(),
            "salience": table.salience.tolist(),
            "variants": {name: self._told(name) for name in self.variants},
            "spread": [_ends(pair) for pair in self.spread],
            "main": self.main,
            "pulls": {
                dimension: self.pulls(d) for d, dimension in enumerate(table.dimensions)
            },
            "levers": {model: self.levers(model) for model in (ELECTED, "wmean")},
            "record": self.record,
        }  # fmt: skip

    def _told(self, name: str) -> Facts:
        play = self.plays[name]
        played = None if isinstance(play, str) else play
        return {
            "says": VARIANTS[name].says,
            "history": played and self._back(played.history),
            "forecast": self.forecast(name),
            "distribution": self.distribution(name),
            "converged": played and played.converged,
            "cycle": played and played.cycle,
            "note": self.note(name),
            "range": [_ends(pair) for pair in self.ranges(name)],
            "median": None if played is None else self._median(played),
            "ledger": [] if played is None else self._ledger(played),
            "record_error": self.error(name),
        }

    def _median(self, play: Play) -> Any:
        return None if play.median is None else self._back(play.median)

    def _ledger(self, play: Play) -> list[Facts]:
        actors = self.game.actors
        return [
            {
                "turn": offer.turn,
                "proposer": actors[offer.proposer],
                "receiver": actors[offer.receiver],
                "for_proposer": self._back(np.array(offer.for_proposer)),
                "for_receiver": self._back(np.array(offer.for_receiver)),
                "value": offer.value,
                "chosen": bool(offer.chosen),
            }
            for offer in play.ledger
        ]

    def _back(self, values: Floats) -> Any:
        return self.opened.table.on_scale(values).tolist()

    def histories(self) -> Iterator[tuple[str | int | float, ...]]:
        """Everybody's position by turn: a row for each of `COLUMNS`, for the models played."""
        for name, play in self.plays.items():
            if isinstance(play, str):
                continue
            for turn, standing in enumerate(self._back(play.history)):
                for actor, places in zip(self.game.actors, standing, strict=True):
                    for d, dimension in enumerate(self.opened.table.dimensions):
                        yield name, turn, actor, dimension, places[d]

    def write_histories(self, path: str) -> None:
        """Write the histories as CSV. Raises OSError."""
        import csv
        import io

        from foedus.case import write_atomically

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self.histories())
        write_atomically(path, out.getvalue())

    def picture(self) -> Picture:
        """Positions by turn in the main model. Raises GameError if none was played that moves."""
        from foedus.lenses.bargaining.table_picture import table_picture

        play = self.plays[self.main] if self.main is not None else ""
        if isinstance(play, str) or self.main is None:
            moving = ", ".join(MOVING)
            raise GameError(f"a picture needs a variant in which positions move: {moving}")
        return table_picture(self.opened, play, self.main)


def _ends(pair: tuple[float, float] | None) -> Facts | None:
    return None if pair is None else {"low": pair[0], "high": pair[1]}


def _middle(points: Sequence[float], probability: Sequence[float]) -> tuple[float, float]:
    """The points below and above which no more than a twentieth of the probability lies."""
    rising = np.cumsum(probability)
    slack = 1e-9
    low = int(np.searchsorted(rising, TAIL - slack))
    high = int(np.searchsorted(rising, 1.0 - TAIL - slack))
    last = len(points) - 1
    return points[min(low, last)], points[min(high, last)]
