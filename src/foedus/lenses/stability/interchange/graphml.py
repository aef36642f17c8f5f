"""The graph of a conflict as GraphML: states are nodes, unilateral moves are edges."""

from __future__ import annotations

import os
import re
from typing import Any
from xml.etree import ElementTree as ET

from foedus.case import write_atomically
from foedus.lenses.stability.concepts.solving import Solution
from foedus.lenses.stability.conflict import Conflict, ConflictError
from foedus.lenses.stability.interchange.parts import levels

MOST_STATES = 50_000
"""A graph with more nodes than this is refused."""
MOST_MOVES = 250_000
"""A graph with more edges than this is refused."""
SPACE = "http://graphml.graphdrawing.org/xmlns"

# what XML 1.0 cannot hold, however it is escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(
    path: str | os.PathLike[str], conflict: Conflict, solution: Solution | None = None
) -> None:
    """Write the graph. Raises ConflictError if it is too large, and OSError."""
    write_atomically(path, text(conflict, solution))


def text(conflict: Conflict, solution: Solution | None = None) -> str:
    """The graph as GraphML. Raises ConflictError if it is too large.

    Nodes carry the state's id, its choices, whether it is the status quo and its rank (1 is best)
    for each decision maker; with a solution also whether it is an equilibrium under each concept.
    Edges carry the decision maker who moves, and whether the move is an improvement for it.
    """
    _fits(conflict)
    root = ET.Element("graphml", {"xmlns": SPACE})
    keys = _Keys(root)
    graph = ET.Element("graph", {"id": "conflict", "edgedefault": "directed"})
    _nodes(graph, keys, conflict, solution)
    _edges(graph, keys, conflict)
    root.append(graph)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


class _Keys:
    """The attributes declared so far, and the way to give one to a node or an edge."""

    def __init__(self, root: ET.Element) -> None:
        self.root = root
        self.known: dict[tuple[str, str], str] = {}

    def give(self, element: ET.Element, name: str, value: str | int | bool) -> None:
        """Attach a value under a name, declaring it at first use."""
        key = self.known.get((element.tag, name))
        if key is None:
            key = self.known[element.tag, name] = f"d{len(self.known)}"
            kinds = {bool: "boolean", int: "int", str: "string"}
            attributes = {
                "id": key,
                "for": element.tag,
                "attr.name": _clean(name),
                "attr.type": kinds[type(value)],
            }
            ET.SubElement(self.root, "key", attributes)
        said = str(value).lower() if isinstance(value, bool) else _clean(str(value))
        ET.SubElement(element, "data", {"key": key}).text = said


def _nodes(graph: ET.Element, keys: _Keys, conflict: Conflict, solution: Solution | None) -> None:
    ranks: list[Any] = [level.max() + 1 - level for level in map(levels, conflict.utility)]
    for s, name in enumerate(conflict.ids):
        node = ET.SubElement(graph, "node", {"id": f"n{s}"})
        keys.give(node, "state", str(name))
        if conflict.codes is not None:
            keys.give(node, "pattern", conflict.pattern(s))
        keys.give(node, "status quo", s == conflict.status_quo)
        for dm, rank in zip(conflict.dms, ranks, strict=True):
            keys.give(node, f"rank for {dm}", int(rank[s]))
        for concept, found in solution.equilibria.items() if solution else ():
            keys.give(node, f"{concept} equilibrium", bool(found[s]))


def _edges(graph: ET.Element, keys: _Keys, conflict: Conflict) -> None:
    arcs, utility = conflict.arcs, conflict.utility
    count = 0
    for i, dm in enumerate(conflict.dms):
        for s in range(conflict.states):
            for t in arcs.row(i, s):
                ends = {"id": f"e{count}", "source": f"n{s}", "target": f"n{int(t)}"}
                edge = ET.SubElement(graph, "edge", ends)
                open_ = conflict.unknown is not None and bool(conflict.unknown[i, s, t])
                keys.give(edge, "decision maker", dm)
                keys.give(edge, "improvement", bool(utility[i, t] > utility[i, s]) and not open_)
                if conflict.unknown is not None:
                    keys.give(edge, "preference unknown", open_)
                count += 1


def _fits(conflict: Conflict) -> None:
    if conflict.states > MOST_STATES:
        said = f"{conflict.states:,} states; a graph is written up to {MOST_STATES:,}"
        raise ConflictError(said)
    most = conflict.most_moves
    if most > MOST_MOVES:
        raise ConflictError(f"up to {most:,} moves; a graph is written up to {MOST_MOVES:,}")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
