"""All solutions of one game: every way to share the whole, and what can be said against each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.lenses.dependence.dividing import divided, fitting
from foedus.lenses.dependence.game import Floats, Game, GameError, named
from foedus.lenses.dependence.kernel import bargaining_set, nucleolus, properties, values
from foedus.lenses.dependence.kernel.core import (
    MOST_DRAWN,
    blocking,
    cost_of_stability_many,
    least_core_many,
    transfers_many,
    vertices,
)
from foedus.lenses.dependence.kernel.tables import tolerance_at

Members = tuple[str, ...]
Payoffs = dict[str, float]

VALUES: Mapping[str, tuple[Callable[[Floats], Floats], str]] = {
    "shapley": (values.shapley, ""),
    "banzhaf": (
        values.banzhaf,
        "what members add to sets sums to the other sign than the whole, or all but to nothing",
    ),
    "tau": (values.tau, "the game is not quasi-balanced"),
    "gately": (
        values.gately,
        "a member adds less to the others than it is worth alone, or nobody adds more",
    ),
}
"""Ways to share the whole that exist for up to 20 members, and why one may not."""
LEVELLED: Mapping[str, tuple[Callable[[Floats], Floats], str]] = {
    "nucleolus": (
        nucleolus.nucleolus_many,
        "the members alone are worth more than all together",
    ),
    "prenucleolus": (nucleolus.prenucleolus_many, ""),
}
"""The same for up to 12."""


@dataclass(frozen=True)
class Outweighing:
    """A member that could gain more without another than that one without it."""

    member: str
    against: str
    amount: float


@dataclass(frozen=True)
class Objection:
    """A member's offer to others, without another member, that this one cannot counter."""

    member: str
    against: str
    offer: Payoffs
    """What each of those who would form a set gets, the member included."""
    spare: float
    """How much is left over once every counter-offer is matched."""


@dataclass(frozen=True)
class Division:
    """One way to share, and who could say what against it.

    None where it is not looked at: kernel and bargaining set for up to 6 members.
    """

    payoffs: Payoffs
    whole: bool
    """Whether it shares just what all together are worth."""
    individually_rational: bool
    """Whether each member gets at least what it is worth alone."""
    in_core: bool
    most_missed: tuple[Members, float] | None
    """The set that misses most, and how much: it blocks if above 0; None with one member."""
    in_kernel: bool | None
    outweighing: Outweighing | None
    in_bargaining_set: bool | None
    objection: Objection | None
    propensity: dict[str, float | None]
    """Propensity to disrupt; None for a member that would lose nothing by leaving."""


@dataclass(frozen=True)
class Core:
    """Whether there is a division that no set can better, and how near one comes to it."""

    empty: bool
    epsilon: float
    """What the most dissatisfied set misses at best: above 0 if the core is empty."""
    point: Payoffs
    """A division in the least core."""
    binding: tuple[tuple[Members, float], ...]
    """A balanced collection of sets that binds it, with weights; it shows emptiness."""
    subsidy: float
    """What would have to be added to the whole for the core not to be empty."""
    corners: tuple[Payoffs, ...] | None
    """Its corners, for up to 4 members: with three in order round it."""


@dataclass(frozen=True)
class Property:
    """Whether something holds for a game; if not, the pair of sets that violates it most."""

    holds: bool | None
    amount: float = 0.0
    first: Members = ()
    second: Members = ()


@dataclass(frozen=True)
class Transfers:
    """What has to change hands so that no set can do better by itself; below 0: to be given."""

    by_member: Payoffs
    total: float


@dataclass(frozen=True)
class Solutions:
    """Every solution of a game that exists, and for each that does not, why."""

    game: Game
    divisions: dict[str, Division]
    """By name: equal, shapley, banzhaf, tau, gately, nucleolus, prenucleolus, kernel."""
    banzhaf_raw: Payoffs
    core: Core | None
    properties: dict[str, Property]
    """superadditive, convex, monotone, essential, balanced."""
    reasons: dict[str, str]
    """By name of a division or property, core or bargaining_set: why it is not there."""


def solve(game: Game) -> Solutions:
    """Every solution of a game: values for up to 20 members, nucleoli and core for up to 12."""
    reasons: dict[str, str] = {}
    found = _shares(game, reasons)
    return Solutions(
        game,
        {name: judge(game, payoffs) for name, payoffs in found.items()},
        _by_member(game.members, values.banzhaf_raw(game.worth[None])[0]),
        core := _core(game, reasons),
        _properties(game, core, reasons),
        reasons,
    )


def judge(game: Game, payoffs: Sequence[float] | Floats) -> Division:
    """What can be said against a way to share, `(n,)`. Raises GameError if it does not fit."""
    shares, worth = fitting(game, payoffs), game.worth
    slack = float(tolerance_at(worth, shares))
    whole = bool(abs(shares.sum() - worth[-1]) <= slack * len(game.members))
    rational = bool((shares >= values.alone(worth) - slack).all())
    missed = _most_missed(game, shares)
    outweighing, objection = _cases(game, shares) if whole and rational else (None, None)
    looked = len(game.members) <= bargaining_set.MOST
    propensity = values.propensity(worth[None], shares[None])[0]
    return Division(
        payoffs=_by_member(game.members, shares),
        whole=whole,
        individually_rational=rational,
        in_core=whole and (missed is None or missed[1] <= slack),
        most_missed=missed,
        in_kernel=whole and rational and outweighing is None if looked else None,
        outweighing=outweighing,
        in_bargaining_set=whole and rational and objection is None if looked else None,
        objection=objection,
        propensity={
            member: None if np.isnan(amount) else float(amount)
            for member, amount in zip(game.members, propensity, strict=True)
        },
    )


def transfers(game: Game, payoffs: Sequence[float] | Floats) -> Transfers | None:
    """The least transfers that bring a division of the whole into the core; None if it is empty.

    Raises GameError if it does not fit, does not divide the whole, or with over 12 members.
    """
    shares = divided(game, payoffs)
    if len(game.members) > nucleolus.MOST:
        raise GameError(f"transfers are computed for up to {nucleolus.MOST} members")
    if len(game.members) == 1:
        return Transfers(_by_member(game.members, np.zeros(1)), 0.0)
    moved = transfers_many(game.worth[None], shares[None])[0]
    if np.isnan(moved).any():
        return None
    return Transfers(_by_member(game.members, moved), float(np.abs(moved).sum() / 2.0))


def _shares(game: Game, reasons: dict[str, str]) -> dict[str, Floats]:
    """Every division that exists."""
    n, batch = len(game.members), game.worth[None]
    out = {"equal": np.full(n, game.worth[-1] / n)}
    for name, (rule, why) in {**VALUES, **LEVELLED}.items():
        if name in LEVELLED and n > nucleolus.MOST:
            reasons[name] = _too_many(nucleolus.MOST)
            continue
        shares = rule(batch)[0]
        if np.isnan(shares).any():
            reasons[name] = why
        else:
            out[name] = shares
    if n > bargaining_set.MOST:
        reasons["kernel"] = reasons["bargaining_set"] = _too_many(bargaining_set.MOST)
    elif "nucleolus" not in out:
        reasons["kernel"] = reasons["bargaining_set"] = reasons["nucleolus"]
    else:
        gains = values.alone(game.worth)
        start = gains + (game.worth[-1] - gains.sum()) / n
        near = bargaining_set.kernel_point(game.worth, start)
        out["kernel"] = out["nucleolus"] if near is None else near
    return out


def _core(game: Game, reasons: dict[str, str]) -> Core | None:
    n, batch = len(game.members), game.worth[None]
    if not 1 < n <= nucleolus.MOST:
        reasons["core"] = "there is one member only" if n == 1 else _too_many(nucleolus.MOST)
        return None
    found = least_core_many(batch)
    epsilon, weights = float(found.epsilon[0]), found.weights[0]
    subsidy = float(cost_of_stability_many(batch)[0])
    corners = vertices(game.worth) if n <= MOST_DRAWN else None
    return Core(
        empty=subsidy > 0.0,
        epsilon=epsilon,
        point=_by_member(game.members, found.point[0]),
        binding=tuple(
            (named(game.members, int(s)), float(weights[s])) for s in np.flatnonzero(weights > 1e-9)
        ),
        subsidy=subsidy,
        corners=None if corners is None else tuple(_by_member(game.members, x) for x in corners),
    )


def _properties(game: Game, core: Core | None, reasons: dict[str, str]) -> dict[str, Property]:
    out = {
        "convex": _property(game, properties.worst_crossing(game.worth)),
        "monotone": _property(game, properties.worst_joining(game.worth)),
        "essential": Property(properties.essential(game.worth)),
    }
    if out["convex"].holds:
        out["superadditive"] = Property(True)
    elif len(game.members) <= properties.MOST_MERGERS:
        out["superadditive"] = _property(game, properties.worst_merger(game.worth))
    else:
        out["superadditive"] = Property(None)
        reasons["superadditive"] = _too_many(properties.MOST_MERGERS)
    if core is not None or out["convex"].holds or len(game.members) == 1:
        out["balanced"] = Property(core is None or not core.empty)
    else:
        out["balanced"] = Property(None)
        reasons["balanced"] = reasons["core"]
    return out


def _property(game: Game, worst: properties.Violation | None) -> Property:
    if worst is None:
        return Property(True)
    first, second = named(game.members, worst.first), named(game.members, worst.second)
    return Property(False, worst.amount, first, second)


def _most_missed(game: Game, shares: Floats) -> tuple[Members, float] | None:
    if len(game.members) == 1:
        return None
    mask, most = blocking(game.worth[None], shares[None])
    return named(game.members, int(mask[0])), float(most[0])


def _cases(game: Game, shares: Floats) -> tuple[Outweighing | None, Objection | None]:
    """Who outweighs whom, and who has an objection, at a division that is an imputation."""
    names = game.members
    if len(names) > bargaining_set.MOST:
        return None, None
    heavier = bargaining_set.outweighing(game.worth, shares)
    objects = bargaining_set.objection(game.worth, shares)
    return (
        heavier and Outweighing(names[heavier.member], names[heavier.against], heavier.amount),
        objects
        and Objection(
            names[objects.member],
            names[objects.against],
            {m: float(x) for m, x in zip(names, objects.offer, strict=True) if not np.isnan(x)},
            objects.spare,
        ),
    )


def _by_member(members: Members, amounts: Floats) -> Payoffs:
    return {member: float(x) + 0.0 for member, x in zip(members, amounts, strict=True)}


def _too_many(most: int) -> str:
    return f"it is computed for up to {most} members"
