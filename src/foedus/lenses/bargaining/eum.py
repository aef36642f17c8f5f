"""The expected utility model: actors challenge each other in pairs, and the weaker give way.

Bueno de Mesquita's model as Scholz, Calbert & Smith unravelled it (ICAART 2011, pp 18-30, doi
10.5220/0003121500180030). Their program does not do what their paper prints, and neither gives
their table to the digit, so the model is a family: a result should name its variant.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

import numpy as np

from foedus.lenses.bargaining.eum_course import Course, follow, scales
from foedus.lenses.bargaining.game import Floats, Game, GameError, Offer, Play
from foedus.lenses.bargaining.kernel.eum import play_games
from foedus.lenses.bargaining.kernel.eum_table import EU_FIRST, PRINTED, SCHOLZ, table
from foedus.lenses.bargaining.pce import by_dimension, refuse_weightless

EUM_VARIANTS = {"scholz-code": SCHOLZ, "printed": PRINTED, "eu-first": EU_FIRST}
"""How the model is read.

In all: w = capability x salience; d is a distance in parts of a range R that stays the same in all
rounds; i expects of challenging j

    E_ij = s_j (P U_s + (1 - P) U_f) + (1 - s_j) U_s - Q U_sq - (1 - Q) (T U_b + (1 - T) U_w)

with the salience s_j of the challenged one, the exponent r_i of the challenger (r = 1 when the
risks are found, and where all are in equal danger) and P the votes for i over those cast. Then i
gives way to j in a confrontation (0 < E_ij < E_ji, all the way), a compromise (E_ij < 0,
E_ji > -E_ij; the part -E_ij / E_ji of the way) or because it is compelled (E_ij < 0 and
0 < E_ji <= -E_ij, all the way), and answers one of these: confrontations before compromises before
being compelled, and among those of a kind the one with the smallest move, then the one with the
actor that comes first. An expected utility of 0, or two equal positive ones, make no encounter.
Everybody moves at once. Differences up to 1e-12 are none.

`printed`: that, with R the range of the first positions and votes cast on the pair in question.

`eu-first`: R is the whole scale, and among encounters of a kind an actor answers the one from which
the other expects most (highest E_ji), then the smallest move, then the actor that comes first.

`scholz-code`: as `printed`, but votes for i are divided by those cast on every ordered pair of
actors, so that P is far smaller; each voter's distances are raised to its own exponent; i reckons
E_ji with its own exponent too; nobody is compelled; among compromises it answers that with the
lowest (|E_ij| x_i + |E_ji| x_j) / (|E_ij| + |E_ji|), which pulls positions down, so that a scale
turned round gives another result; and for Q below 1 the terms T U_b + (1 - T) U_w are left out.
"""


@dataclass(frozen=True, slots=True)
class Encounter(Offer):
    """An offer with the kind of encounter that it comes from: the receiver gives way.

    The proposer stays where it is; `value` is what the receiver thinks that the proposer expects.
    """

    kind: str
    """"confrontation", "compromise" or "compel"."""
    dimension: int


def eum(
    game: Game, variant: str = "scholz-code", rounds: int = 10, q: float = 1.0,
    forecast: str = "mean",
) -> Play:  # fmt: skip
    """Who moves whom round by round, and where the weighted mean (or median) ends.

    `q` is the probability Q that nothing changes where nobody challenges. `forecast` is the "mean"
    of the last positions, weighted by capability times salience, or their "median": the model's
    own, which on real data is further off, and is kept by round in any case.

    Each dimension is by itself. All rounds are kept, with the `risk` exponents that each was played
    with (only for one dimension). `converged`: some round moved nobody; `cycle`: after how many
    rounds positions come again; both to 1e-12, and `note` says so where positions do not come to
    rest. Actors without weight take no part and stay where they are, and `note` says who. Raises
    GameError where nobody has weight, or for an unknown variant or forecast, negative rounds or a Q
    outside 0 to 1.
    """
    rule = _rule(variant, rounds, q, forecast)
    refuse_weightless(game)
    courses = [
        follow(game.positions[:, d], game.weights[:, d], game.salience[:, d], rule, rounds, q)
        for d in range(game.positions.shape[1])
    ]
    history = np.stack([course.history for course in courses], axis=2)
    cycle = _cycle(courses)
    ends = [course.mean if forecast == "mean" else course.median for course in courses]
    return Play(
        variant=f"eum:{variant}",
        history=history,
        forecast=np.array([end[-1] for end in ends]),
        converged=cycle == 1,
        cycle=cycle if cycle > 1 else None,
        note="; ".join(filter(None, (by_dimension(game), _idle(game), _course(courses, rounds)))),
        ledger=_ledger(courses, history),
        risk=courses[0].risk if len(courses) == 1 else None,
        median=np.stack([course.median for course in courses], axis=1),
    )


def eum_many(
    positions: Floats, capability: Floats, salience: Floats, variant: str = "scholz-code",
    rounds: int = 10, q: float = 1.0, forecast: str = "mean",
) -> tuple[Floats, Floats]:  # fmt: skip
    """Forecast `(P, D)` and final positions `(P, n, D)` of many games: see `eum`.

    `positions` and `salience` are `(P, n, D)`, `capability` `(P, n)`. The forecast is NaN where
    nobody has weight. Raises GameError as `eum` does.
    """
    return eum_many_rests(positions, capability, salience, variant, rounds, q, forecast)[:2]


def eum_many_rests(
    positions: Floats, capability: Floats, salience: Floats, variant: str = "scholz-code",
    rounds: int = 10, q: float = 1.0, forecast: str = "mean",
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """What `eum_many` gives, and `(P, D)`: 1 where some round moved nobody, else 0."""
    rule = _rule(variant, rounds, q, forecast)
    games, n, dims = positions.shape
    if salience.shape != positions.shape or capability.shape != (games, n):
        raise GameError(f"games of {n} actors should have saliences and capabilities for each")
    final = np.array(positions, np.float64)
    ends, rests = np.empty((2, dims, games)), np.empty((dims, games))
    scratch = table(n)
    room = (scratch.rows, scratch.pairs, scratch.cut, scratch.prefix)
    for d in range(dims):
        at, keen = final[:, :, d].copy(), np.ascontiguousarray(salience[:, :, d], np.float64)
        weights = np.ascontiguousarray(capability * keen, np.float64)
        given = (weights, keen, scales(at, weights, rule), rule, rounds, q)
        play_games(at, *given, *room, ends[0, d], ends[1, d], rests[d])
        final[:, :, d] = at
    return ends[int(forecast == "mean")].T, final, rests.T


def _rule(variant: str, rounds: int, q: float, forecast: str) -> int:
    if variant not in EUM_VARIANTS:
        raise GameError(f"there is no variant {variant!r}; there are {', '.join(EUM_VARIANTS)}")
    if forecast not in ("median", "mean"):
        raise GameError(f"the forecast is the median or the mean, not {forecast!r}")
    if rounds < 0:
        raise GameError(f"there cannot be {rounds} rounds")
    if not 0.0 <= q <= 1.0:
        raise GameError(f"q should be from 0 to 1, not {q:g}")
    return EUM_VARIANTS[variant]


def _cycle(courses: list[Course]) -> int:
    """After how many rounds positions come again in all dimensions; 0 if not in all."""
    lags = [course.repeats[1] if course.repeats else 0 for course in courses]
    return lcm(*lags) if all(lags) else 0


def _idle(game: Game) -> str:
    idle = game.weights == 0.0
    if not idle.any():
        return ""
    several = game.positions.shape[1] > 1
    names = (
        f"{game.actors[i]} (dimension {d + 1})" if several else game.actors[i]
        for i, d in np.argwhere(idle)
    )
    return f"without weight, so they take no part and stay: {', '.join(names)}"


def _course(courses: list[Course], rounds: int) -> str:
    """What is to be said of games that do not come to rest."""
    said = []
    for d, course in enumerate(courses):
        where = f"dimension {d + 1}: " if len(courses) > 1 else ""
        if course.repeats is None and rounds > 0:
            moved = np.abs(course.history[-1] - course.history[-2]).max()
            said.append(
                f"{where}not converged after {rounds} rounds: positions neither rest nor come "
                f"again, and the last round moved somebody by {moved:.2g} of the scale"
            )
        elif course.repeats is not None and course.repeats[1] > 1:
            first, lag = course.repeats
            said.append(f"{where}not converged: from round {first} on, a cycle of {lag} rounds")
    return "; ".join(said)


def _ledger(courses: list[Course], history: Floats) -> tuple[Encounter, ...]:
    """Everybody's encounters; in the dimensions where none is, positions are as they stood."""
    out = []
    for d, course in enumerate(courses):
        for met in course.meetings:
            stood = history[met.turn - 1]
            moved = stood[met.receiver].copy()
            moved[d] = met.to
            here = tuple(stood[met.proposer].tolist())
            there = tuple(moved.tolist())
            pair = (met.turn, met.proposer, met.receiver)
            out.append(Encounter(*pair, here, there, met.worth, met.chosen, met.kind, d))
    return tuple(sorted(out, key=lambda met: met.turn))
