"""Dividing many rows of costs on one network: how it is done is settled once, for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.lenses.balance.kernel.elimination import Plan, assign, least, plan
from foedus.lenses.balance.network import Floats, Ints
from foedus.lenses.balance.realigning.forcing import Questions
from foedus.lenses.balance.realigning.splits import Splits

if TYPE_CHECKING:
    from foedus.lenses.balance.frustration import Pool

CELLS = 1 << 20
"""Cells of tables up to which rows are divided through them; with two camps by cuts beyond."""


@dataclass(frozen=True, eq=False)
class Divided:
    """The least cost of each row `(P,)`, a bound from below, and camps `(P, n)` that reach it."""

    value: Floats
    bound: Floats
    camps: Ints


@dataclass(frozen=True, eq=False)
class Divider:
    """Divides rows of costs on given ties: through tables, or by cuts where these are too large."""

    nodes: int
    ends: Ints
    camps: int
    layout: Plan | None
    pool: Pool | None

    @staticmethod
    def of(nodes: int, ends: Ints, camps: int, likely: tuple[Floats, Floats]) -> Divider:
        """For ties `(m, 2)`; `likely` `(1, m)` are costs together and apart to look for cuts at.

        Raises TooEntangled for more than two camps where tables would be too large.
        """
        layout = laid_out(nodes, ends, camps)
        if layout is not None:
            return Divider(nodes, ends, camps, layout, None)
        if camps != 2:
            raise TooEntangledError(f"too entangled for {camps} camps in every draw")
        from foedus.lenses.balance.frustration import pool_of

        pool = pool_of(nodes, ends, likely[0][0], likely[1][0])
        return Divider(nodes, ends, camps, None, pool)

    def divide(self, together: Floats, apart: Floats) -> Divided:
        """The best division of each row of costs `(P, m)`."""
        if self.layout is not None:
            value, camps = assign(self.layout, together, apart)
            return Divided(value, value, camps)
        assert self.pool is not None
        from foedus.lenses.balance.frustration import frustration_many

        found = frustration_many(self.nodes, self.ends, together, apart, self.pool)
        return Divided(found.value, found.bound, found.assignment)

    def least(self, together: Floats, apart: Floats) -> Floats:
        """The least cost of each row, `(P,)`."""
        if self.layout is not None:
            return least(self.layout, together, apart)
        return self.divide(together, apart).value


class TooEntangledError(ValueError):
    """Ties that cannot be divided into so many camps often enough."""

    bad_input = True


def laid_out(nodes: int, ends: Ints, camps: int) -> Plan | None:
    """Tables for ties `(m, 2)`; None if they are too large to be filled in every draw."""
    return plan(nodes, ends, camps, most=CELLS)


@dataclass(frozen=True, eq=False)
class Members:
    """Prices keeping some actors together, and splitting them, in each row of costs."""

    splits: Splits
    questions: Questions
    divider: Divider

    @staticmethod
    def of(
        nodes: int,
        ends: Ints,
        members: Sequence[int],
        camps: int,
        likely: tuple[Floats, Floats],
    ) -> Members:
        """For at least two members. Raises TooEntangled as `Divider.of` does."""
        splits = Splits.of(members, camps)
        questions = Questions.of(ends, splits.forced)
        none = np.zeros((1, len(questions.ends) - len(ends)))
        costs = (np.hstack([likely[0], none]), np.hstack([likely[1], none]))
        return Members(splits, questions, Divider.of(nodes, questions.ends, camps, costs))

    def price(self, together: Floats, apart: Floats) -> tuple[Floats, Floats, Floats]:
        """All together `(P,)`, split anyhow `(P,)`, each alone leaving `(P, members)`."""
        costs = self.divider.least(*self.questions.costs(together, apart))
        return self.splits.told(costs.reshape(len(together), self.questions.size))
