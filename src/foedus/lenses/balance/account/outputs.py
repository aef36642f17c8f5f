"""An account of a network as texts of files, and as what its picture is drawn from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.lenses.balance.account.account import number, solved
from foedus.lenses.balance.interchange.writing import Told, Value, edge_list, gexf, graphml

if TYPE_CHECKING:
    from foedus.lenses.balance.account.account import NetworkAccount

ACTOR_COLUMNS = ("actor", "camp", "cost_of_moving", "local_balance", "ties", "strained_ties")
"""Of the table of actors."""


def text_of(account: NetworkAccount, kind: str) -> str:
    """The network as `edges`, `graphml` or `gexf`, or the table of actors as `csv`."""
    if kind == "csv":
        return _actors(account)
    whole, ties = account.opened.network, {"strained": account.strained.tolist()}
    if kind == "edges":
        return edge_list(whole, ties)
    own = dict(zip(("camp", "cost_of_moving"), _standing(account), strict=True))
    told: Told = {name: [of.get(a) for a in whole.actors] for name, of in own.items()}
    return {"graphml": graphml, "gexf": gexf}[kind](whole, told, ties)


def _standing(account: NetworkAccount) -> tuple[dict[str, Value], dict[str, Value]]:
    """Camp and cost of moving of everybody who has ties."""
    actors = account.network.actors
    camps: dict[str, Value] = dict(zip(actors, account.best.assignment.tolist(), strict=True))
    costs = map(number, account.cost_of_moving.tolist())
    return camps, dict(zip(actors, costs, strict=True))


def _actors(account: NetworkAccount) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ACTOR_COLUMNS)
    writer.writerows(_rows(account))
    return out.getvalue()


def _rows(account: NetworkAccount) -> Iterator[tuple[Value, ...]]:
    """A row for each actor, for each of `ACTOR_COLUMNS`; what is None is written empty."""
    network = account.network
    camps, costs = _standing(account)
    local = map(number, account.triangles.local.tolist())
    ties, wrong = (
        np.bincount(ends.ravel(), minlength=network.size).tolist()
        for ends in (network.ends, network.ends[account.strained])
    )
    for i, (actor, share) in enumerate(zip(network.actors, local, strict=True)):
        yield actor, camps[actor], costs[actor], share, ties[i], wrong[i]
    for actor in account.without_ties:
        yield actor, None, None, None, 0, 0


def drawn(account: NetworkAccount) -> dict[str, Any]:
    """What the picture is drawn from."""
    network, opened = account.network, account.opened
    camps, costs = _standing(account)
    columns = (network.ends, network.signs, network.weights, account.strained)
    ties = zip(*(column.tolist() for column in columns), strict=True)
    return {
        "title": opened.title,
        "date": opened.date,
        "question_camps": account.camps,
        "actors": [
            {
                "id": actor,
                "name": opened.called(actor),
                "camp": camps.get(actor),
                "member": actor in account.pact,
                "cost_of_moving": costs.get(actor),
            }
            for actor in opened.network.actors
        ],
        "ties": [
            {
                "between": [network.actors[a], network.actors[b]],
                "sign": sign,
                "weight": weight,
                "strained": strained,
            }
            for (a, b), sign, weight, strained in ties
        ],
        "frustration": solved(account.best),
        "line_index": account.line_index(account.best),
    }
