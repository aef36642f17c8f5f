"""A signed network from a file, or from the section of a case, ready to be looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import Case, packaged, quantities
from foedus.case.nearest import FEW, nearest, quoted
from foedus.lenses.balance.interchange import edges, xml_edges
from foedus.lenses.balance.interchange.ties import READINGS, DatedTie, TieTable, first_day
from foedus.lenses.balance.model import Balance
from foedus.lenses.balance.network import Network, NetworkError
from foedus.lenses.cells import bytes_of

if TYPE_CHECKING:
    from foedus.lenses.balance.account.account import NetworkAccount

CASES = (".yaml", ".yml", "")
GRAPHS = (".graphml", ".gexf", ".xml")
MOST_CAMPS = 8
SECONDS = 10.0
"""What each frustration index may take, about, unless said otherwise."""


@dataclass(frozen=True, eq=False)
class OpenedNetwork:
    """A network with what its file says beside it."""

    table: TieTable
    network: Network
    title: str = ""
    names: Mapping[str, str] | None = None
    """What people call the actors, where it is not what the file has."""
    date: str | None = None
    """The date of the network; None where ties have none."""
    reading: str = "changes"
    """How dated ties are read."""
    camps: int = 2
    """Into how many camps, unless asked otherwise."""
    pact: tuple[str, ...] = ()
    """The members of the case's pact who have ties."""
    at_modes: bool = False
    """Some numbers are uncertain, and each counts at its most likely value."""
    file: str = ""
    """Where it was read; errors begin with it."""

    def called(self, actor: str) -> str:
        """What people call an actor."""
        return actor if self.names is None else self.names.get(actor, actor)

    @cached_property
    def dated(self) -> tuple[tuple[str, Network | None], ...]:
        """The network at every date of the file; None where nobody was tied to anybody."""
        return tuple(
            (date, _network_at(self.table, date, self.reading)) for date in self.table.dates
        )

    def account(
        self,
        *,
        camps: int | None = None,
        pact: Sequence[str] | None = None,
        seconds: float | None = None,
    ) -> NetworkAccount:
        """What balance makes of it.

        `camps` is how many there may be, `pact` whose parting is looked at (all of them in the
        file), `seconds` how long each frustration index may take. Raises NetworkError for a number
        that is out of range, and for who is no actor.
        """
        from foedus.lenses.balance.account.account import NetworkAccount

        asked = self.camps if camps is None else camps
        if not 2 <= asked <= MOST_CAMPS:
            raise NetworkError(f"there should be from 2 to {MOST_CAMPS} camps, not {asked}")
        if seconds is not None and not seconds > 0:
            raise NetworkError(f"seconds should be more than 0, not {seconds:g}")
        members = self.pact if pact is None else self._members(pact)
        return NetworkAccount(self, asked, members, SECONDS if seconds is None else seconds)

    def _members(self, pact: Sequence[str]) -> tuple[str, ...]:
        ids = {self.called(actor): actor for actor in self.table.actors}
        ids.update((actor, actor) for actor in self.table.actors)
        for name in pact:
            if name not in ids:
                known = [self.called(actor) for actor in self.table.actors]
                place = f"{self.file}: " if self.file else ""
                raise NetworkError(f"{place}there is no actor {quoted(name)}{_meant(name, known)}")
        found = tuple(ids[name] for name in pact)
        for actor in found:
            if found.count(actor) > 1:
                raise NetworkError(f"{quoted(actor)} stands twice in the pact")
        if len(found) < 2:
            raise NetworkError("a pact needs at least two members")
        return found


def of_file(
    path: str | os.PathLike[str], *, date: str | None = None, dates: str = "changes"
) -> OpenedNetwork | None:
    """The network in a file; None if it is no such file but a case, or the id of one.

    Raises TableError with the place in the file, and NetworkError.
    """
    file = Path(path)
    if str(path) in packaged() or file.suffix.lower() in CASES:
        if dates != "changes":
            raise NetworkError(f"{path}: is a case, whose dated ties are changes")
        return None
    raw = bytes_of(path)
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or file.suffix.lower() in GRAPHS:
        table = xml_edges.table_of(raw, str(path))
    else:
        table = edges.table_of(edges.closed_rows(raw, str(path)))
    try:
        return replace(opened(table, date=date, dates=dates), file=str(path))
    except NetworkError as error:
        raise NetworkError(f"{path}: {error}") from None


def opened(table: TieTable, *, date: str | None = None, dates: str = "changes") -> OpenedNetwork:
    """A table of ties at a date, by default its last, read as `changes` or as `snapshots`.

    Raises NetworkError.
    """
    if dates not in READINGS:
        raise NetworkError(f"{quoted(dates)} should be {' or '.join(READINGS)}")
    at = table.date_of(date)
    if dates == "snapshots" and at is None:
        raise NetworkError("no tie has a date, so there are no snapshots")
    return OpenedNetwork(table, table.network(at, dates), date=at, reading=dates)


def of_case(case: Case, *, date: str | None = None) -> OpenedNetwork:
    """The network of a case at a date, by default now; every number at its most likely value.

    Raises NetworkError if the case has none, and for a date after the case's own.
    """
    section = case.sections.get("balance")
    if not isinstance(section, Balance):
        raise NetworkError(f"{case.file}: the case has no section balance, so no signed network")
    lacking = section.lacking()
    if lacking:
        raise NetworkError(f"{case.file}: still needs {', '.join(lacking)}")
    table = _table_of(case, section)
    try:
        at = table.date_of(date)
        if date is not None and first_day(date) > case.as_of:
            raise NetworkError(f"{date} is after as_of, {case.as_of}")
        network = table.network(at)
    except NetworkError as error:
        raise NetworkError(f"{case.file}: {error}") from None
    return OpenedNetwork(
        table, network, case.title,
        {actor: case.actors[actor].name for actor in (*table.actors, *case.pact.members)},
        at, "changes", section.camps,
        tuple(case.pact.members),
        any(not quantity.fixed for _, quantity in quantities(section, "balance")),
        case.file,
    )  # fmt: skip


def _table_of(case: Case, section: Balance) -> TieTable:
    """The ties of a section at their most likely values, the actors in the case's order."""
    ties = tuple(
        DatedTie(
            tie.between[0], tie.between[1], int(np.sign(tie.sign.mode)) if tie.sign else 0,
            tie.weight.mode, tie.date,
        )
        for tie in section.ties.values()
    )  # fmt: skip
    tied = {actor for tie in section.ties.values() for actor in tie.between}
    return TieTable(tuple(actor for actor in case.actors if actor in tied), ties)


def _meant(name: str, known: Sequence[str]) -> str:
    """Finish a sentence about an actor that is none: the nearest, or the first few there are."""
    near = nearest(name, known)
    if near is not None:
        return f", did you mean {quoted(near)}?"
    more = ", …" if len(known) > FEW else ""
    return f"; there are {', '.join(map(quoted, known[:FEW]))}{more}"


def _network_at(table: TieTable, date: str, reading: str) -> Network | None:
    try:
        return table.network(date, reading)
    except NetworkError:
        return None
