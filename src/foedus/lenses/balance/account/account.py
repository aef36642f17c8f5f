"""What balance makes of one network, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from foedus.lenses.balance.account.opening import MOST_CAMPS, OpenedNetwork
from foedus.lenses.balance.frustration import Bools, Frustration, frustrated, frustration
from foedus.lenses.balance.history import Moment, history, line_index
from foedus.lenses.balance.kernel.elimination import rounding
from foedus.lenses.balance.kernel.indices import Triangles, least_eigenvalue, triangles, walk_index
from foedus.lenses.balance.network import Floats, Network
from foedus.lenses.balance.realigning.moving import cost_of_moving
from foedus.lenses.balance.realigning.realignment import Realignment, realignments
from foedus.lenses.balance.realigning.splitting import SplitCost, split_cost
from foedus.lenses.balance.realigning.strain import TieStrain, strain
from foedus.lenses.lens import Picture

COMPARED = (2, 3, 4)
"""How many camps are compared, besides any number."""
TRIADS = ("+++", "++-", "+--", "---")
MOST_COMPARED = 300
"""The most actors for whom other numbers of camps than the one asked for are compared."""
MOST_WALKED = 1_000
"""The most actors of which closed walks are counted, which takes a table of actor by actor."""
MOST_DATES = 200
"""The most dates told of, the last ones."""
MOST_REALIGNMENTS = 10

Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class NetworkAccount:
    """Everything asked about one network. Each answer is worked out when it is first looked at."""

    opened: OpenedNetwork
    camps: int
    """How many there may be."""
    pact: tuple[str, ...]
    """Whose parting is looked at; may be nobody."""
    seconds: float
    """What each frustration index may take, about."""

    @cached_property
    def network(self) -> Network:
        """The network of those who have ties: where the others stand, nothing says."""
        return self.opened.network.tied()

    @cached_property
    def without_ties(self) -> tuple[str, ...]:
        """Actors of the network who have no tie."""
        tied = set(self.network.actors)
        return tuple(actor for actor in self.opened.network.actors if actor not in tied)

    @cached_property
    def best(self) -> Frustration:
        """The frustration with as many camps as are asked for."""
        return self._with(2) if self.camps == 2 else self.by_camps[str(self.camps)]

    @cached_property
    def by_camps(self) -> Mapping[str, Frustration]:
        """The frustration with 2, 3, 4, as many as asked for, and any number of camps.

        Of many actors only with two and as many as asked for.
        """
        wanted = {2, self.camps}
        if self.network.size <= MOST_COMPARED:
            wanted |= {*COMPARED, max(self.network.size, MOST_CAMPS + 1)}
        out: dict[str, Frustration] = {}
        fewer: Frustration | None = None
        for camps in sorted(wanted):
            asked_two = camps == self.camps == 2
            fewer = self._better(self.best if asked_two else self._with(camps), fewer)
            out["any" if camps > MOST_CAMPS else str(camps)] = fewer
        return out

    def _with(self, camps: int) -> Frustration:
        return frustration(self.network, camps, self.seconds)

    def _better(self, found: Frustration, fewer: Frustration | None) -> Frustration:
        """What was found, or what fewer camps leave if that is less: more may not be worse."""
        equal = rounding(found.value, self.network.ties)
        if fewer is None or found.value <= fewer.value + equal:
            return found
        wrong = found.bound > fewer.value + equal  # above what is known to be left: no bound
        bound = 0.0 if wrong else min(found.bound, fewer.value)
        return replace(
            found, value=fewer.value, bound=bound, proved=bound == fewer.value,
            assignment=fewer.assignment, optima=None, optima_least=1,
        )  # fmt: skip

    @cached_property
    def strained(self) -> Bools:
        """Which ties `(m,)` the camps leave unexplained."""
        return frustrated(self.network, self.best.assignment)

    @cached_property
    def strains(self) -> tuple[TieStrain, ...]:
        """How every tie fares in all optimal divisions."""
        return strain(self.network, self.best)

    @cached_property
    def cost_of_moving(self) -> Floats:
        """By actor: the extra frustration if it alone goes to its cheapest other camp."""
        return cost_of_moving(self.network, self.best.assignment, self.camps)

    @cached_property
    def realignments(self) -> tuple[Realignment, ...]:
        """Other divisions, the cheapest first."""
        return realignments(self.network, self.best, MOST_REALIGNMENTS)

    @cached_property
    def triangles(self) -> Triangles:
        """Triads by their signs."""
        return triangles(self.network.size, self.network.ends, self.network.signs)

    @property
    def triangle_index(self) -> float | None:
        """The share of closed triads that are balanced; None where there are none."""
        return number(self.triangles.index)

    @cached_property
    def walk_index(self) -> float | None:
        """Closed walks with balance beside all, by signs alone; None for very large networks."""
        network = self.network
        if network.size > MOST_WALKED:
            return None
        return number(walk_index(network.size, network.ends, network.signs.astype(np.float64)))

    @cached_property
    def least_eigenvalue(self) -> float | None:
        """Of the signed Laplacian, by signs alone; None for very large networks."""
        network = self.network
        if network.size > MOST_WALKED:
            return None
        signs = network.signs.astype(np.float64)
        return number(least_eigenvalue(network.size, network.ends, signs))

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Those of the pact who have ties at the date."""
        return tuple(name for name in self.pact if name in self.network.actors)

    @cached_property
    def split(self) -> SplitCost | None:
        """What parting costs the pact; None with fewer than two members who have ties."""
        if len(self.members) < 2:
            return None
        places = [self.network.actors.index(name) for name in self.members]
        return split_cost(self.network, places, self.camps, self.seconds)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The network at each of the last dates at which anybody is tied; none without dates."""
        dated = [(date, network) for date, network in self.opened.dated[-MOST_DATES:] if network]
        return history(dated, self.camps, self.pact, self.seconds)

    def line_index(self, one: Frustration) -> float | None:
        """1 - 2 L / W: 1 without frustration, 0 if half of all weight is frustrated."""
        return line_index(one.value, float(self.network.weights.sum()))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left out, or not certain, and why."""
        out = []
        if not self.best.proved:
            out.append(
                f"not proved within {self.seconds:g} seconds: the frustration may be as low as"
                f" {self.best.bound:g}, with other camps and other ties under strain"
            )
        elif self.best.optima is None:
            out.append("how many divisions are as good as this one was not counted")
        elif self.best.optima > 1:
            out.append(f"these camps are one of {self.best.optima:,} divisions that are as good")
        if self.without_ties:
            out.append(f"{len(self.without_ties):,} without ties stand in no camp")
        if self.network.size > MOST_COMPARED:
            out.append(f"numbers of camps are not compared over {MOST_COMPARED:,} actors")
        if self.network.size > MOST_WALKED:
            out.append(f"walks and eigenvalue are not worked out over {MOST_WALKED:,} actors")
        if len(self.opened.table.dates) > MOST_DATES:
            out.append(f"of {len(self.opened.table.dates):,} dates the last {MOST_DATES} are told")
        absent = [name for name in self.pact if name not in self.members]
        if absent:
            out.append(f"has no ties then: {', '.join(map(self.opened.called, absent))}")
        return tuple(out)

    def to_dict(self) -> Facts:
        """As plain data, in the documented shape."""
        network, opened, best = self.network, self.opened, self.best
        camps = dict(zip(network.actors, best.assignment.tolist(), strict=True))
        return {
            "title": opened.title,
            "at_modes": opened.at_modes,
            "date": opened.date,
            "dates": opened.reading if opened.table.dates else None,
            "camps_asked": self.camps,
            "seconds": self.seconds,
            "names": {actor: opened.called(actor) for actor in opened.network.actors},
            "nodes": opened.network.size,
            "ties": network.ties,
            "negative": int((network.signs < 0).sum()),
            "total_weight": float(network.weights.sum()),
            "without_ties": list(self.without_ties),
            "frustration": solved(best),
            "line_index": self.line_index(best),
            "triangle_index": self.triangle_index,
            "walk_index": self.walk_index,
            "least_eigenvalue": self.least_eigenvalue,
            "census": dict(zip(TRIADS, self.triangles.census.tolist(), strict=True)),
            "camps": camps | dict.fromkeys(self.without_ties),
            "cost_of_moving": self._by_actor(self.cost_of_moving),
            "local_balance": self._by_actor(self.triangles.local),
            "strained": [tie.to_dict(network) for tie in self.strains if tie.maybe],
            "realignments": [one.to_dict(network) for one in self.realignments],
            "by_camps": {camps: self._compared(one) for camps, one in self.by_camps.items()},
            "pact": self._pact(),
            "history": [moment.to_dict() for moment in self.moments] if opened.date else None,
            "notes": list(self.notes),
        }

    def _by_actor(self, values: Floats) -> dict[str, float | None]:
        return dict(zip(self.network.actors, map(number, values.tolist()), strict=True))

    def _compared(self, one: Frustration) -> Facts:
        return {**solved(one), "camps": used(one), "line_index": self.line_index(one)}

    def _pact(self) -> Facts | None:
        if not self.pact:
            return None
        told = None if self.split is None else self.split.to_dict(self.network)
        return {
            "members": list(self.pact),
            "without_ties": [name for name in self.pact if name not in self.members],
            "split": told,
        }

    def export(self, kind: str, path: str) -> None:
        """Write the network as `edges`, `graphml` or `gexf`, or its actors as `csv`.

        Raises OSError.
        """
        from foedus.case import write_atomically
        from foedus.lenses.balance.account.outputs import text_of

        write_atomically(path, text_of(self, kind))

    def picture(self) -> Picture:
        """The network by camps, with what is under strain."""
        from foedus.lenses.balance.account.outputs import drawn
        from foedus.lenses.balance.pictures.lens import network_picture

        return network_picture(drawn(self))


def used(one: Frustration) -> int:
    """How many camps a division has."""
    return int(one.assignment.max()) + 1


def solved(one: Frustration) -> Facts:
    """A frustration as plain data, without its camps."""
    return {
        "value": one.value,
        "bound": one.bound,
        "proved": one.proved,
        "optima": one.optima,
        "optima_least": one.optima_least,
    }


def number(value: float) -> float | None:
    """A number that is one; None for what is not."""
    return float(value) if np.isfinite(value) else None
