"""The spatial model of politics: actors challenge each other, bargain, and take up offers in turns.

After KTAB (King Abdullah Petroleum Studies and Research Center; Wise, Lester & Efird,
"Multidimensional Bargaining Using KTAB", 2015), whose printed histories it reproduces. A position's
chance to prevail makes its holder's risk attitude; each actor looks for the challenge that promises
it most, as it sees the world; both sides of a challenge get an offer between their positions; and
everybody takes the offer that would win an election among those it has and the state as it is.

Capability alone counts in elections, capability times salience in contests. Doubling all
capabilities changes nothing but by the small constants that keep strengths from being 0 (1e-10 in
contests, 1e-8 in elections, beside strengths of the order of a capability); moving all positions
along the scale nothing but by their rounding to 4 digits. Where several challenges or offers are
equally good (to 1e-12) the first counts, in the order of actors, the state as it is standing before
an actor's own offer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence

from foedus.lenses.bargaining.game import Floats, Game, GameError, Play
from foedus.lenses.bargaining.rules import ABSTAIN, KTAB, Rules
from foedus.lenses.bargaining.smp_batch import Played, smp_many, smp_played
from foedus.lenses.bargaining.smp_course import Course
from foedus.lenses.bargaining.smp_setup import Bools, refuse_number, seated, settlement

__all__ = [
    "ABSTAIN",
    "KTAB",
    "Contests",
    "Played",
    "Rules",
    "contests",
    "smp",
    "smp_many",
    "smp_played",
]


def smp(game: Game, *, rules: Rules = KTAB, seed: int | SeedSequence | None = None) -> Play:
    """Play until moves are under a fiftieth of the first turn's, for at least two turns.

    `history` `(T, n, D)`, `risk` `(T, n)` the attitudes in each state, `ledger` all offers, turn t
    leading from `history[t - 1]` to `history[t]`: `value` is what the proposer expects to gain by
    the challenge, the worth of both positions to it added up, and `chosen` whether at least one of
    the two took its side of the offer. `forecast` is the mean of the last positions by capability
    times salience, `distribution` how an election among those positions would go, by capability.
    `cycle` is the length of the cycle in which a game without end goes, if it does.

    Actors without capability or salience take no part and stay where they are, which `note` says.
    Raises GameError for fewer than 3 or more than 250 others, an accommodation whose rows are not
    shares, or stochastic choice without a seed; the same seed gives the same play.
    """
    here = seated(game.capability, game.salience)
    refuse_number(int(here.sum()))
    course = Course(game, here, rules)
    course.run(_lots(rules, int(here.sum()), seed))
    history = np.repeat(game.positions[None], len(course.positions), axis=0)
    history[:, here] = course.positions
    risk = np.full(history.shape[:2], np.nan)
    risk[:, here] = course.risk
    return Play(
        variant=_name(rules),
        history=history,
        forecast=settlement(history[-1], game.capability, game.salience),
        distribution=course.distribution(),
        converged=course.rests,
        cycle=course.cycle(),
        note=_note(game, here, course),
        ledger=tuple(course.ledger),
        risk=risk,
    )


def _name(rules: Rules) -> str:
    return {KTAB: "smp:ktab", ABSTAIN: "smp:abstain"}.get(rules, "smp")


def _lots(rules: Rules, n: int, seed: int | SeedSequence | None) -> Floats:
    """Numbers in [0, 1) that decide choices, `(turns, n)`."""
    if rules.choice != "stochastic":
        return np.zeros((rules.most_turns, n))
    if seed is None:
        raise GameError("a stochastic choice needs a seed")
    return np.random.default_rng(seed).random((rules.most_turns, n))


def _note(game: Game, here: Bools, course: Course) -> str:
    said = []
    if not here.all():
        names = ", ".join(name for name, at in zip(game.actors, here, strict=True) if not at)
        said.append(f"without weight, so not taking part: {names}")
    if not course.rests:
        cycle = course.cycle()
        how = f", in a cycle of {cycle}" if cycle else ""
        said.append(f"positions still moved after {len(course.positions) - 1} turns{how}")
    return "; ".join(said)


@dataclass(frozen=True, eq=False)
class Contests:
    """What actors expect of challenging each other, `(n, n)`, NaN where one takes no part.

    `chance[i, j]` is i's own view of its chance to beat j, `gain[i, j]` what it expects to gain by
    trying, the worth of both positions to it added up. Nothing is said of i = j.
    """

    chance: Floats
    gain: Floats


def contests(game: Game, *, rules: Rules = KTAB) -> Contests:
    """What a first turn's contests look like to those who might begin them.

    Raises GameError where `smp` does.
    """
    here = seated(game.capability, game.salience)
    refuse_number(int(here.sum()))
    course = Course(game, here, rules)
    course.turn(np.zeros(int(here.sum())))
    inside = np.ix_(here, here)
    out = []
    for values in (course.room.odds, course.room.promise):
        whole = np.full((here.size, here.size), np.nan)
        np.fill_diagonal(values, np.nan)
        whole[inside] = values
        out.append(whole)
    return Contests(*out)
