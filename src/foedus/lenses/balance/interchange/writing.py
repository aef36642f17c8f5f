"""A network as an edge list, as GraphML and as GEXF, each of which is read back as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from foedus.lenses.balance.network import Network

Value = str | int | float | bool | None
Told = Mapping[str, Sequence[Value]]
"""What is told beside: by name, for every actor or every tie in their order; None is left out."""

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
FIRST = ("source", "target", "sign", "weight")
KINDS = {bool: "boolean", int: "int", float: "double", str: "string"}
GEXF_KINDS = {**KINDS, int: "integer"}

# what XML 1.0 cannot hold, however it is escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def edge_list(network: Network, ties: Told | None = None) -> str:
    """A table with a row for each tie, and one with a source alone for whoever has none."""
    told = ties or {}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIRST, *told])
    for e, (first, second) in enumerate(_ends(network)):
        more = ["" if column[e] is None else _plain(column[e]) for column in told.values()]
        sign, weight = int(network.signs[e]), _plain(float(network.weights[e]))
        writer.writerow([first, second, sign, weight, *more])
    tied = set(network.ends.ravel().tolist())
    for i, name in enumerate(network.actors):
        if i not in tied:
            writer.writerow([name, *[""] * (len(FIRST) - 1 + len(told))])
    return out.getvalue()


def graphml(network: Network, actors: Told | None = None, ties: Told | None = None) -> str:
    """GraphML: an actor's name is its node's label, a tie has `sign` and `weight`."""
    root = ET.Element("graphml", {"xmlns": GRAPHML})
    columns = _columns(network, actors, ties)
    for kind, told in columns.items():
        for k, (name, column) in enumerate(told.items()):
            more = {"attr.name": name, "attr.type": KINDS[_kind(column)]}
            ET.SubElement(root, "key", {"id": f"{kind}-{k}", "for": kind, **more})
    graph = ET.SubElement(root, "graph", {"id": "network", "edgedefault": "undirected"})
    for kind, element, e in _elements(graph, graph, network):
        for k, column in enumerate(columns[kind].values()):
            if column[e] is not None:
                data = ET.SubElement(element, "data", {"key": f"{kind}-{k}"})
                data.text = _clean(_plain(column[e]))
    return _text(root)


def gexf(network: Network, actors: Told | None = None, ties: Told | None = None) -> str:
    """GEXF, as Gephi reads it: names are labels of nodes, a tie has `sign` and `weight`."""
    root = ET.Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    columns = _columns(network, actors, ties)
    labels, weights = columns["node"].pop("label"), columns["edge"].pop("weight")
    for kind, told in columns.items():
        declared = ET.SubElement(graph, "attributes", {"class": kind})
        for k, (name, column) in enumerate(told.items()):
            more = {"title": name, "type": GEXF_KINDS[_kind(column)]}
            ET.SubElement(declared, "attribute", {"id": f"{kind}-{k}", **more})
    nodes, edges = (ET.SubElement(graph, tag) for tag in ("nodes", "edges"))
    for kind, element, e in _elements(nodes, edges, network):
        own = ("label", labels[e]) if kind == "node" else ("weight", weights[e])
        element.set(own[0], _clean(_plain(own[1])))
        values = ET.SubElement(element, "attvalues")
        for k, column in enumerate(columns[kind].values()):
            if column[e] is not None:
                said = {"for": f"{kind}-{k}", "value": _clean(_plain(column[e]))}
                ET.SubElement(values, "attvalue", said)
    return _text(root)


def _ends(network: Network) -> list[tuple[str, str]]:
    return [(network.actors[a], network.actors[b]) for a, b in network.ends.tolist()]


def _columns(
    network: Network, actors: Told | None, ties: Told | None
) -> dict[str, dict[str, Sequence[Value]]]:
    own = {"sign": network.signs.tolist(), "weight": network.weights.tolist()}
    return {
        "node": {"label": network.actors, **(actors or {})},
        "edge": {**own, **(ties or {})},
    }


def _elements(
    nodes: ET.Element, edges: ET.Element, network: Network
) -> list[tuple[str, ET.Element, int]]:
    """Every node and every edge, made in its place, with its kind and its number."""
    out = []
    for i in range(network.size):
        out.append(("node", ET.SubElement(nodes, "node", {"id": f"n{i}"}), i))
    for e, (a, b) in enumerate(network.ends.tolist()):
        ends = {"id": f"e{e}", "source": f"n{a}", "target": f"n{b}"}
        out.append(("edge", ET.SubElement(edges, "edge", ends), e))
    return out


def _kind(column: Sequence[Value]) -> type:
    return next((type(value) for value in column if value is not None), str)


def _plain(value: Value) -> str:
    """A value as every reader takes it; a whole number without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _text(root: ET.Element) -> str:
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"
