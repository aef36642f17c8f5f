"""From a case and its draws to costs: who is tied to whom, and what each tie costs in a draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.case import Case
from foedus.case.fields import partial_date
from foedus.lenses.balance.dividing import Divider, Members
from foedus.lenses.balance.model import Balance
from foedus.lenses.balance.network import Floats, Ints, Network
from foedus.lenses.lens import Draws, Outcome


@dataclass(frozen=True, eq=False)
class Setting:
    """What does not change from draw to draw: who is tied to whom, and how divisions are found.

    `ties` are the ids of the ties in force, `ends` `(m, 2)` their actors, the smaller first,
    `members` the places of the pact's members that have ties. `pact` prices splits of them, None
    if there are fewer than two; `two` divides into two camps where the section asks for more.
    """

    section: Balance
    actors: tuple[str, ...]
    ties: tuple[str, ...]
    ends: Ints
    members: tuple[int, ...]
    whole: Divider
    two: Divider | None
    pact: Members | None

    @staticmethod
    def of(case: Case, near: Outcome | None = None) -> Setting:
        """Of a case; taken over from an earlier outcome if only judgements differ."""
        section = section_of(case)
        actors, ties = everybody(case), section.holding(case.as_of)
        ends = _ends(section, actors, ties)
        members = tuple(np.unique(ends[np.isin(ends, _places(actors, case.pact.members))]).tolist())
        earlier: Setting | None = near.shared["setting"] if near is not None else None
        if earlier is not None and earlier.same(section.camps, actors, ties, ends, members):
            return replace(earlier, section=section)
        likely = _costs(section, ties, Draws.at_modes(case))
        size, camps = len(actors), section.camps
        return Setting(
            section,
            actors,
            ties,
            ends,
            members,
            Divider.of(size, ends, camps, likely),
            Divider.of(size, ends, 2, likely) if camps != 2 else None,
            Members.of(size, ends, members, camps, likely) if len(members) > 1 else None,
        )

    def same(
        self,
        camps: int,
        actors: Sequence[str],
        ties: Sequence[str],
        ends: Ints,
        members: Sequence[int],
    ) -> bool:
        """Whether this is the setting of such a network."""
        return (
            (self.section.camps, self.actors, self.ties, self.members)
            == (camps, tuple(actors), tuple(ties), tuple(members))
        ) and np.array_equal(self.ends, ends)

    def costs(self, draws: Draws) -> tuple[Floats, Floats]:
        """What ties cost in each draw `(P, m)` if their ends stand together, and if apart."""
        return _costs(self.section, self.ties, draws)


def section_of(case: Case) -> Balance:
    """The case's balance section."""
    section = case.sections["balance"]
    assert isinstance(section, Balance)
    return section


def everybody(case: Case) -> tuple[str, ...]:
    """The actors that are tied on any date, and the pact's members, in the case's order."""
    tied = {actor for tie in section_of(case).ties.values() for actor in tie.between}
    return tuple(actor for actor in case.actors if actor in tied | set(case.pact.members))


def network_of(case: Case, on: dt.date | None) -> tuple[Network, tuple[str, ...]]:
    """The network on a day (None: before all dates) at the most likely values, and its ties' ids.

    Ties whose sign is most likely 0 are not in it.
    """
    section, actors = section_of(case), everybody(case)
    held = section.holding(on)
    ties = tuple(name for name in held if (sign := section.ties[name].sign) and sign.mode != 0.0)
    signs = [1 if _sign(section, name) > 0.0 else -1 for name in ties]
    weights = [section.ties[name].weight.mode for name in ties]
    ends = _ends(section, actors, ties)
    return Network(actors, ends, np.array(signs, np.int64), np.array(weights, np.float64)), ties


def networks_by_date(case: Case) -> tuple[tuple[str | None, Network], ...]:
    """The network of each date on which something begins; first, undated, what was so before.

    Empty where no tie has a date; what was before is left out where nothing was.
    """
    dates = section_of(case).dates()
    if not dates:
        return ()
    before = network_of(case, None)[0]
    dated = [(date, network_of(case, partial_date(date))[0]) for date in dates]
    return (*([(None, before)] if before.ties else []), *dated)


def _sign(section: Balance, name: str) -> float:
    sign = section.ties[name].sign
    assert sign is not None, name  # `missing` asks for it
    return sign.mode


def _places(actors: Sequence[str], chosen: Sequence[str]) -> list[int]:
    return [place for place, actor in enumerate(actors) if actor in chosen]


def _ends(section: Balance, actors: Sequence[str], ties: Sequence[str]) -> Ints:
    place: Mapping[str, int] = {actor: i for i, actor in enumerate(actors)}
    pairs = [sorted(place[actor] for actor in section.ties[name].between) for name in ties]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _costs(section: Balance, ties: Sequence[str], draws: Draws) -> tuple[Floats, Floats]:
    signs = np.empty((draws.size, len(ties)))
    weights = np.empty((draws.size, len(ties)))
    for e, name in enumerate(ties):
        signs[:, e] = draws[f"balance.ties.{name}.sign"]
        weights[:, e] = draws[f"balance.ties.{name}.weight"]
    return np.where(signs < 0.0, weights, 0.0), np.where(signs > 0.0, weights, 0.0)
