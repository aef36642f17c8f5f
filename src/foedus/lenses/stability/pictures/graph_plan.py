"""The plan of a conflict's graph: where its states stand, how its arrows run, what is written."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.lenses.drawing import WIDTH, wrapped
from foedus.lenses.stability.conflict import Conflict
from foedus.lenses.stability.pictures.excerpt import Excerpt
from foedus.lenses.stability.pictures.layout import Spot, bends, curve, in_columns, on_circle, split

ROOM = 17.0
"""From the middle of a node to where its arrows end."""
EDGE = 62.0
"""From the middle of the outermost nodes to the edge of the picture."""
WIDE, NARROW = 190.0, 92.0
"""The most and the least distance of columns."""
ROW, LINE = 44.0, 12.5
"""Height of a row of states, and of a line of words beside one."""
LONGEST = 19
"""Letters of an option's id."""
INSIDE = 4
"""Letters of a state's id that go into its node."""


class Plan:
    """Where everything stands, and what is written there."""

    def __init__(self, conflict: Conflict, part: Excerpt, labels: Mapping[int, str]) -> None:
        self.conflict, self.part, self.labels = conflict, part, labels
        self.compared = part.start is not None and conflict.codes is not None
        self.ids = {s: str(conflict.ids[s]) for s in part.states}
        groups = [column for _, column in part.columns]
        if part.apart and groups:
            groups.append(part.apart)
        even = (WIDTH + 60 - 2 * EDGE) / max(len(groups) - 1, 1)
        self.step = min(WIDE, max(NARROW, even))
        self.words = {s: self._beside(s) for s in part.states}
        self.row = ROW + LINE * max(map(self._lines, part.states))
        places = self._in_columns(groups) if groups else self._on_circle()
        pairs = [(a.source, a.target) for a in part.arrows]
        self.above = split(groups, places, pairs) if groups else _upper(places)
        written = [
            (x + aside, y + (-1 if s in self.above else 1) * (ROOM + LINE * self._lines(s) / 2))
            for s, (x, y) in places.items()
            if self.words[s]
            for aside in (-22.0, 0.0, 22.0)
        ]
        self.bends = bends(places, pairs, written, ROOM + 6)
        self._fit(places, pairs)

    def _fit(self, places: dict[int, Spot], pairs: list[tuple[int, int]]) -> None:
        """Move everything into the picture: states, what is written beside them, and arrows."""
        curves = [
            curve(np.array(places[a]), np.array(places[b]), bend)
            for (a, b), bend in zip(pairs, self.bends, strict=True)
        ]
        ys = [y for points in curves for y in points[:, 1].tolist()]
        for s, (_, y) in places.items():
            lines = LINE * self._lines(s)
            ys += [y - ROOM - lines * (s in self.above), y + ROOM + lines * (s not in self.above)]
        down = (26.0 if self.part.columns else 6.0) - min(ys)
        self.places = {s: (x, y + down) for s, (x, y) in places.items()}
        self.width = max(x for x, _ in places.values()) + EDGE
        self.height = max(ys) + down + 4

    def _lines(self, state: int) -> int:
        """How many lines are written beside a state."""
        words = self.words[state]
        return words.count("\n") + 1 if words else 0

    def _in_columns(self, groups: list[tuple[int, ...]]) -> dict[int, Spot]:
        ties: dict[tuple[int, int], float] = {}
        for arrow in self.part.arrows:
            pair = arrow.source, arrow.target
            ties[pair] = max(ties.get(pair, 0.0), 3.0 if arrow.better else 1.0)
        spots = in_columns(groups, ties, self.row)
        return {s: (EDGE + k * self.step, y) for s, (k, y) in spots.items()}

    def _on_circle(self) -> dict[int, Spot]:
        around = max(90.0, 0.17 * self.row * len(self.part.apart))
        spots = on_circle(self.part.apart, around)
        return {s: (x + EDGE, y) for s, (x, y) in spots.items()}

    def _beside(self, state: int) -> str:
        """What is written beside a state: its id if long, its label, or what makes it different."""
        wide = LONGEST + 1
        lines = [] if len(self.ids[state]) <= INSIDE else [shortened(self.ids[state], wide)]
        if state in self.labels and self.labels[state] != self.ids[state]:
            lines.append(wrapped(self.labels[state], wide, 2))
        elif self.compared:
            lines.append(wrapped(" ".join(self._changes(state)), wide, 3))
        return "\n".join(line for line in lines if line)

    def _changes(self, state: int) -> list[str]:
        """The options that are taken up or dropped, compared with the status quo."""
        codes, start = self.conflict.codes, self.part.start
        assert codes is not None
        assert start is not None
        here = int(codes[state])
        return [
            ("+" if here >> o & 1 else "−") + shortened(option.id, LONGEST - 1)
            for o, option in enumerate(self.conflict.options)
            if (here ^ int(codes[start])) >> o & 1
        ]


def shortened(text: str, most: int) -> str:
    """The text, cut to so many letters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _upper(places: Mapping[int, Spot]) -> set[int]:
    """Nodes in the upper half."""
    middle = sum(y for _, y in places.values()) / len(places)
    return {node for node, (_, y) in places.items() if y < middle}
