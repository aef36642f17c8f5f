"""The lenses there are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from foedus import case
from foedus.case import Case, Section
from foedus.lenses.bargaining.lens import BargainingLens
from foedus.lenses.endurance.lens import EnduranceLens
from foedus.lenses.lens import Lens
from foedus.lenses.stability.lens import StabilityLens

if TYPE_CHECKING:
    from foedus.lenses.bargaining.account import ActorAccount as ActorAccount
    from foedus.lenses.bargaining.opening import OpenedTable
    from foedus.lenses.stability.account.account import Account as Account
    from foedus.lenses.stability.account.opening import Opened

LENSES: dict[str, Lens] = {
    lens.name: lens for lens in (EnduranceLens(), StabilityLens(), BargainingLens())
}
SECTIONS: dict[str, type[Section]] = {name: lens.Section for name, lens in LENSES.items()}


def load(name: str | os.PathLike[str]) -> Case:
    """Read a case: a path to its file, or the id of a packaged one.

    Raises CaseError with every problem of the file, by line.
    """
    return case.load(name, SECTIONS)


def graph_model(name: str, limit: int | None = None) -> Opened:
    """Read a graph model: a model file, a published case, a file of GMCR+, or a case that has one.

    `limit` is in bytes, for states that have to be written out. Raises CaseError and other errors
    of bad input, with the place in the file.
    """
    from foedus.lenses.stability.account.opening import of_case, of_file

    return of_file(name, limit) or of_case(load(name), limit)


def actor_table(
    name: str,
    *,
    case: str | None = None,
    issue: str | None = None,
    salience_unit: str = "auto",
    scale: tuple[float, float] | None = None,
) -> OpenedTable:
    """Read a table of actors: a plain one, one of KTAB, or an issue of a case that bargains.

    `case` chooses among several of a table, `issue` among those of a case; `salience_unit` is
    `auto`, `share` or `percent`; `scale` gives both ends, else they are the outermost positions.
    Raises CaseError and other errors of bad input, with the place in the file.
    """
    from foedus.lenses.bargaining.opening import of_case, of_file

    found = of_file(name, case=case, issue=issue, salience_unit=salience_unit, scale=scale)
    return found or of_case(load(name), issue)
