"""Signed networks as graphs of networkx, in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from foedus.lenses.balance.interchange.ties import Record, TieTable, assembled
from foedus.lenses.balance.interchange.writing import Told
from foedus.lenses.balance.network import Network
from foedus.lenses.cells import Cell, on_one_line

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]


def from_graph(graph: nx.Graph[Any]) -> TieTable:
    """The ties of a graph whose edges have `sign`, `weight` or both, and perhaps `date`.

    Nodes are called by their texts; directions are passed over. In a multigraph a pair may have
    several edges of different dates. Raises TableError, naming the edge, as for a file.
    """
    alone = [Cell("", f"node {node}", on_one_line(str(node))) for node in graph.nodes]
    return assembled(_records(graph), alone, "")


def _records(graph: nx.Graph[Any]) -> Iterator[Record]:
    for source, target, told in graph.edges(data=True):
        place = f"edge {on_one_line(str(source))} – {on_one_line(str(target))}"
        first, second = (Cell("", place, on_one_line(str(end))) for end in (source, target))
        sign, weight, date = (_cell(place, told, name) for name in ("sign", "weight", "date"))
        yield Record(first, second, sign, weight, date)


def _cell(place: str, told: Mapping[str, Any], name: str) -> Cell | None:
    value = told.get(name)
    return None if value is None else Cell("", f"{place}, {name}", on_one_line(str(value)))


def to_graph(
    network: Network, actors: Told | None = None, ties: Told | None = None
) -> nx.Graph[str]:
    """The graph: a node for each actor, edges with `sign` and `weight`.

    `actors` and `ties` are what is told beside, by name, in the order of actors and ties.
    """
    import networkx as nx

    out: nx.Graph[str] = nx.Graph()
    for i, name in enumerate(network.actors):
        out.add_node(name, **_told(actors, i))
    own = zip(network.ends.tolist(), network.signs.tolist(), network.weights.tolist(), strict=True)
    for e, ((a, b), sign, weight) in enumerate(own):
        ends = network.actors[a], network.actors[b]
        out.add_edge(*ends, sign=sign, weight=weight, **_told(ties, e))
    return out


def _told(columns: Told | None, at: int) -> dict[str, Any]:
    return {k: v[at] for k, v in (columns or {}).items() if v[at] is not None}
