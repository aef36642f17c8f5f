"""The lenses there are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from foedus import case
from foedus.case import Case, Section
from foedus.lenses.argument.lens import ArgumentLens
from foedus.lenses.balance.lens import BalanceLens
from foedus.lenses.bargaining.lens import BargainingLens
from foedus.lenses.base_rate.lens import BaseRateLens
from foedus.lenses.dependence.lens import DependenceLens
from foedus.lenses.endurance.lens import EnduranceLens
from foedus.lenses.lens import Lens
from foedus.lenses.stability.lens import StabilityLens

if TYPE_CHECKING:
    from foedus.lenses.argument.account.account import MatrixAccount as MatrixAccount
    from foedus.lenses.argument.account.opening import OpenedMatrix as OpenedMatrix
    from foedus.lenses.balance.account.account import NetworkAccount as NetworkAccount
    from foedus.lenses.balance.account.opening import OpenedNetwork
    from foedus.lenses.bargaining.account import ActorAccount as ActorAccount
    from foedus.lenses.bargaining.opening import OpenedTable
    from foedus.lenses.dependence.account.account import WorthAccount as WorthAccount
    from foedus.lenses.dependence.account.opening import OpenedWorths
    from foedus.lenses.stability.account.account import Account as Account
    from foedus.lenses.stability.account.opening import Opened

LENSES: dict[str, Lens] = {
    lens.name: lens
    for lens in (
        EnduranceLens(),
        StabilityLens(),
        BargainingLens(),
        BalanceLens(),
        DependenceLens(),
        BaseRateLens(),
        ArgumentLens(),
    )
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


def signed_network(name: str, *, date: str | None = None, dates: str = "changes") -> OpenedNetwork:
    """Read a signed network: a list of ties, GraphML, GEXF, or a case that has a section balance.

    `date` asks for the network then, by default that of the last date; `dates` says whether a tie
    with a date holds until the pair's next (`changes`) or each date is a whole network
    (`snapshots`). Raises CaseError and other errors of bad input, with the place in the file.
    """
    from foedus.lenses.balance.account.opening import of_case, of_file

    return of_file(name, date=date, dates=dates) or of_case(load(name), date=date)


def coalition_worths(
    name: str, *, missing: str = "refuse", quota: float | None = None
) -> OpenedWorths:  # fmt: skip
    """Read a game: worths of sets, a weighted vote, preferences, or a case with dependence.

    `missing` is `refuse` or `zero`, for sets without a row; `quota` is of a vote. Of a case, every
    number counts at its most likely value. Raises CaseError and other errors of bad input, with the
    place in the file.
    """
    from foedus.lenses.dependence.account.opening import of_case, of_file

    opened = of_file(name, missing=missing, quota=quota)
    return opened or of_case(load(name).without_outcome(), LENSES)


def evidence_matrix(name: str) -> OpenedMatrix:
    """Read a matrix of hypotheses and evidence: a table, or a case that has a section argument.

    Raises CaseError and other errors of bad input, with the place in the file.
    """
    from foedus.lenses.argument.account.opening import of_case, of_file

    return of_file(name) or of_case(load(name).without_outcome())
