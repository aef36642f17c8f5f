"""The models there are, in one table: what each needs, and how it plays one game or many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from foedus.lenses.bargaining.game import Floats, Game, Play
from foedus.lenses.bargaining.setting import Games


@dataclass(frozen=True, eq=False)
class Batch:
    """What a model makes of many games of one issue, on a scale from 0 to 1.

    `forecast` `(P,)`, NaN where there is none; `final` `(P, n)` where everybody ends, for models in
    which positions move; `probability` `(P, n)` that the settlement is an actor's position, for
    elections; `settled` `(P,)` 1 where positions came to rest, 0 where they did not; `agreed`
    `(P,)` 1 where some settlement is a gain for everybody, 0 where the reference point holds.
    """

    forecast: Floats
    final: Floats | None = None
    probability: Floats | None = None
    settled: Floats | None = None
    agreed: Floats | None = None


@dataclass(frozen=True)
class Variant:
    """One model: how it is called, what it needs, how it plays one game, and how many."""

    name: str
    says: str
    """In a few words, for tables and pictures."""
    play: Callable[[Game], Play]
    many: Callable[[Games], Batch]
    moves: bool = False
    """Whether positions move in it."""
    least_actors: int = 1
    needs_reference: bool = False

    def lacks(self, actors: int, reference: bool) -> str:
        """Why it cannot play an issue with so many actors; empty if it can."""
        if actors < self.least_actors:
            return f"needs at least {self.least_actors} actors, here are {actors}"
        if self.needs_reference and not reference:
            return "needs a reference_point: what holds without agreement"
        return ""


def _election(name: str, says: str, election: str) -> Variant:
    def play(game: Game) -> Play:
        from foedus.lenses.bargaining.pce import pce

        return pce(game, election)

    def many(games: Games) -> Batch:
        from foedus.lenses.bargaining.pce import TOGETHER, pce_many

        # positions judged alike come apart in every draw; the election would take each of them for
        # an option of its own, and those who stand together would win by their number
        given = (games.positions, games.capability, games.salience)
        forecast, probability = pce_many(*given, election, TOGETHER)
        return Batch(forecast[:, 0], probability=probability[:, :, 0])

    return Variant(name, says, play, many)


def _baseline(name: str, says: str) -> Variant:
    def play(game: Game) -> Play:
        from foedus.lenses.bargaining import baselines

        played: Play = getattr(baselines, name)(game)
        return played

    def many(games: Games) -> Batch:
        from foedus.lenses.bargaining import baselines

        given = (games.positions, games.capability, games.salience)
        if name == "nbs":
            assert games.reference is not None
            forecast, gains = baselines.nbs_many(*given, games.reference)
            return Batch(forecast[:, 0], agreed=gains[:, 0].astype(float))
        function = {"wmean": baselines.wmean_many, "wmedian": baselines.wmedian_many}[name]
        return Batch(function(*given)[:, 0])

    return Variant(name, says, play, many, needs_reference=name == "nbs")


def _smp(name: str, says: str, third_party: str) -> Variant:
    def play(game: Game) -> Play:
        from foedus.lenses.bargaining.smp import Rules, smp

        return smp(game, rules=Rules(third_party=third_party))

    def many(games: Games) -> Batch:
        from foedus.lenses.bargaining.smp import Rules, smp_played

        given = (games.positions, games.capability, games.salience)
        played = smp_played(*given, rules=Rules(third_party=third_party))
        rests = (played.turns > 0).astype(float)
        return Batch(played.forecast[:, 0], played.final[:, :, 0], settled=rests)

    return Variant(name, says, play, many, moves=True, least_actors=3)


def _eum(name: str, says: str, variant: str) -> Variant:
    def play(game: Game) -> Play:
        from foedus.lenses.bargaining.eum import eum

        return eum(game, variant)

    def many(games: Games) -> Batch:
        from foedus.lenses.bargaining.eum import eum_many_rests

        given = (games.positions, games.capability, games.salience)
        forecast, final, rests = eum_many_rests(*given, variant)
        return Batch(forecast[:, 0], final[:, :, 0], settled=rests[:, 0])

    return Variant(name, says, play, many, moves=True, least_actors=2)


VARIANTS: Mapping[str, Variant] = {
    variant.name: variant
    for variant in (
        _election("pce", "Condorcet election, Markov", "markov-uniform"),
        _election("pce:conditional", "Condorcet election, conditional", "conditional"),
        _election("pce:markov-incentive", "Condorcet election, incentives", "markov-incentive"),
        _baseline("wmean", "weighted mean"),
        _baseline("wmedian", "weighted median"),
        _baseline("nbs", "Nash bargaining"),
        _smp("smp:ktab", "spatial model, as KTAB has it", "semi-commit"),
        _smp("smp:abstain", "spatial model, third parties free", "abstain"),
        _eum("eum:scholz-code", "expected utility, Scholz’s code", "scholz-code"),
        _eum("eum:printed", "expected utility, as printed", "printed"),
        _eum("eum:eu-first", "expected utility, best offer first", "eu-first"),
    )
}
"""Every model, by name."""
NAMES: tuple[str, ...] = tuple(VARIANTS)
"""Their names, in the order in which arrays have them."""
ELECTED = "pce"
"""The one whose distribution is told where the headline's has none."""
MOVING: tuple[str, ...] = tuple(name for name, variant in VARIANTS.items() if variant.moves)
"""Those in which positions move."""
