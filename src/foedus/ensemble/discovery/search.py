"""One search for one box: screen, peel, choose, drop what does not matter, paste."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.ensemble.discovery.box import Box
from foedus.ensemble.discovery.choosing import TOLERANCE, Wanted, choose, nearest, score
from foedus.ensemble.discovery.pasting import paste
from foedus.ensemble.discovery.peeling import Objective, peel
from foedus.ensemble.discovery.sample import Rows, Sample
from foedus.ensemble.discovery.screening import telling, telling_inside
from foedus.ensemble.discovery.simplifying import SPARED, ranking, simplify

FEWER = 4
"""Columns that are peeled once more by themselves, at the most."""


@dataclass(frozen=True)
class Peeled:
    """The boxes of one peeling, the place of the chosen one, and what became of that."""

    trajectory: tuple[Box, ...]
    chosen: int
    box: Box


@dataclass(frozen=True)
class Search:
    """How a box is looked for; called with a sample it gives what it finds there.

    `mass_min` is a share of the sample searched.
    """

    alpha: float
    mass_min: float
    objective: Objective
    wanted: Wanted | None = None

    def __call__(self, of: Sample, coverage: float | None = None) -> Peeled:
        """What the search finds on a sample.

        Columns that tell are peeled. If others tell inside the box that comes of it, the search
        begins anew with these as well. A box wanted by its index has no like on another sample;
        given a `coverage`, the one nearest to that is taken for it.
        """
        columns = telling(of)
        # what is peeled must not hang on which box is wanted, so that an index means the same box
        first = replace(self, wanted=None)._among(of, columns, None)
        more = telling_inside(of, first.box, columns)
        if len(more) == 0 and self.wanted is None:
            return first
        return self._among(of, np.union1d(columns, more), coverage)

    def _among(self, of: Sample, columns: Rows, coverage: float | None) -> Peeled:
        if len(columns) == 0:
            return Peeled((of.whole(),), 0, of.whole())
        narrow = of.narrowed(columns)
        trajectory = tuple(peel(narrow, self.alpha, self.mass_min, self.objective))
        by_index = self.wanted is not None and self.wanted.index is not None
        if by_index and coverage is not None:
            chosen = nearest(trajectory, "coverage", coverage)
        else:
            chosen = choose(trajectory, of.base_rate, self.wanted)
        spared = SPARED if self.wanted is None else -1.0
        found = Peeled(trajectory, chosen, paste(of, simplify(of, trajectory[chosen], spared)))
        lost = score(trajectory[chosen], of.base_rate) - score(found.box, of.base_rate)
        if self.wanted is not None or lost <= TOLERANCE:
            return found
        return self._on_fewer(of, found)

    def _on_fewer(self, of: Sample, found: Peeled) -> Peeled:
        """The same, or what peeling finds on a few of its columns alone, if that is better.

        Where many columns tell a little each, peeling cuts a little off each of them, and no side
        of such a box matters by itself. On the few that matter most it cuts where they matter.
        """
        ranked = ranking(of, found.trajectory[found.chosen])
        tried = [found]
        for count in range(1, min(len(ranked), FEWER) + 1):
            narrow = of.narrowed(np.sort(ranked[:count]))
            trajectory = tuple(peel(narrow, self.alpha, self.mass_min, self.objective))
            chosen = choose(trajectory, of.base_rate)
            box = paste(of, simplify(of, trajectory[chosen], SPARED))
            tried.append(Peeled(trajectory, chosen, box))
        return tried[choose([one.box for one in tried], of.base_rate)]

    def on_share(self, share: float) -> Search:
        """The same search on a sample that is this share of what `mass_min` was said of."""
        return replace(self, mass_min=self.mass_min / share)
