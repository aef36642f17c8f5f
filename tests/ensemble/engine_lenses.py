"""Lenses that workers in other processes can import: quick, slow, failing and deadly ones."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from foedus.case import Case
from foedus.ensemble.draws import Table
from foedus.ensemble.engine import Session
from foedus.ensemble.run import Progress, Run, at_modes, run
from foedus.lenses.lens import Draws, Lens, Outcome

PLACE = "endurance.position.now"
STAKE = "endurance.members.north.stake"


@dataclass
class Product:
    """Multiplies two quantities, taking its time over each draw; at some draws it fails or dies."""

    name: str = "product"
    seconds: float = 0.0
    fails: int = -2
    kills: tuple[int, ...] = ()

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        time.sleep(self.seconds * draws.size)
        if self.fails in draws.index:
            raise OSError(f"draw {self.fails} is too much")
        if np.isin(self.kills, draws.index).any():
            os._exit(1)
        arrays = {"product": draws[PLACE] * draws[STAKE]}
        return Outcome(self.name, draws.index, arrays, {"place": arrays["product"][:0]})


def product(session: Session | None, case: Case, lens: Product, size: int = 256, few: int = 64,
            earlier: Mapping[str, Run] | None = None, progress: Progress | None = None,
            ) -> dict[str, Run]:  # fmt: skip
    """The lens over a case's draws, and over a few of a variant's."""
    cases = {"": case, "other": case.with_values({PLACE: 0.25})}
    lenses = (cast(Lens, lens),)
    table = Table.over(list(cases.values()), 1)
    modes = at_modes(case, lenses)
    uniforms = table.uniforms(size)
    return run(cases, lenses, table, uniforms, modes, few, 2, earlier, progress, session)


def expected(runs: Mapping[str, Run], case: Case, size: int = 256, few: int = 64) -> None:
    """See that every draw that was not lost is there, with the product of its own quantities."""
    table = Table.over([case], 1)
    uniforms = table.uniforms(size)
    for name, many, place in (("", size, None), ("other", few, 0.25)):
        one, whole = runs[name], table.draws(case, uniforms)
        gone = {k for lost in one.lost for k in range(lost.first, lost.last)}
        kept = [k for k in range(many) if k not in gone]
        assert one.draws.index.tolist() == kept
        assert one.draws.weights.tolist() == [1.0 / len(kept)] * len(kept)
        places = whole[PLACE][kept] if place is None else np.full(len(kept), place)
        found = one.outcomes["product"]
        assert found.index.tolist() == kept
        assert found.arrays["product"].tobytes() == (places * whole[STAKE][kept]).tobytes()
        assert not found.arrays["product"].flags.writeable
