"""A case as arrays: for each member that is asked about, its class's hazard by year ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.case import Case, Quantity
from foedus.lenses.base_rate.classes import AGES, TABLES, age_band, strongest, yes_no
from foedus.lenses.base_rate.kernel import log_odds
from foedus.lenses.base_rate.model import SPONSORS, BaseRate, ReferenceClass
from foedus.lenses.base_rate.tables import RateTable, Step, tables
from foedus.lenses.lens import Draws, Floats, Ints

DAYS_A_YEAR = 365.25
MOST_YEARS = 100
"""A horizon further away is looked at as this many years."""
CLIENTS = {"government-sponsor": "government", "rebel-sponsor": "rebels"}
SURE = 1e-9
"""No rate is nearer to 0 or 1 than this."""


@dataclass(frozen=True)
class Tie:
    """One tie of the pact: a member's, or the pact's where the table knows no members.

    `chains` are its classes from wide to narrow by band of ages (one entry if no age is known).
    """

    name: str
    said: dict[str, str]
    age: str | None
    """The path of the quantity that says how old it is, where the table tells ages apart."""
    aged: bool
    """Whether the case says how old it is."""
    chains: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Setting:
    """What the case says, in the table's terms."""

    table: RateTable
    members: tuple[str, ...]
    """Those who are asked about."""
    ties: tuple[Tie, ...]
    shared: bool
    """Whether the table speaks of the pact as a whole, so that members share its rate alike."""
    end: str
    year: float
    """The date of the judgement, in years."""
    years: float
    """How far away the horizon is."""

    @staticmethod
    def of(case: Case) -> Setting:
        """The setting of a case that this lens can look at."""
        section = case.sections["base_rate"]
        assert isinstance(section, BaseRate)
        said = section.reference_class
        assert said is not None
        table = tables()[TABLES[said.kind]]
        counted = case.pact.holds_while
        of_whom = counted if table.members else ("pact",)
        ties = tuple(_tie(table, section, said, name) for name in of_whom)
        day = case.as_of.timetuple().tm_yday
        years = min((case.horizon - case.as_of).days / DAYS_A_YEAR, float(MOST_YEARS))
        year = case.as_of.year + (day - 1) / DAYS_A_YEAR
        return Setting(table, counted, ties, not table.members, section.end, year, years)

    @property
    def variance(self) -> float:
        """The frailty's variance where there are members to share it."""
        return self.table.frailty[0] if self.table.members else 0.0

    def pieces(self, years: float) -> Floats:
        """`(K,)` the years to a date ahead: whole ones, and what is left over."""
        whole = int(np.floor(years))
        left = years - whole
        return np.array([1.0] * whole + ([left] if left > 0.0 or not whole else []))

    def hazards(self, draws: Draws, pieces: int) -> Floats:
        """`(P, ties, K)` each tie's chance of ending in a year, for the years ahead.

        The class's rate in the year of the judgement, as uncertain as its count and the level of
        its era are; the further ahead, the more the level may have walked.
        """
        era_mean, era_sd = self.table.era.at(self.year)
        ahead = np.arange(pieces)
        walked = era_sd**2 + self.table.era.step**2 * (ahead + 0.5)
        z = draws["base_rate.rate_deviation"][:, None]
        out = np.empty((draws.size, len(self.ties), pieces))
        for i, tie in enumerate(self.ties):
            odds = np.array([log_odds(chain[-1].rate) for chain in tie.chains])
            band = self._bands(tie, draws, ahead)
            mean, own = odds[band, 0] + era_mean, odds[band, 1]
            out[:, i] = 1.0 / (1.0 + np.exp(-(mean + z * np.sqrt(own**2 + walked))))
        return np.clip(out, SURE, 1.0 - SURE)

    def _bands(self, tie: Tie, draws: Draws, ahead: Ints) -> Ints:
        if tie.age is None:
            return np.zeros((draws.size, ahead.size), dtype=np.int64)
        starts = np.array(AGES[self.table.name])
        age = np.floor(draws[tie.age][:, None] + ahead)
        return np.maximum(np.searchsorted(starts, age, side="right") - 1, 0)


def _tie(table: RateTable, section: BaseRate, said: ReferenceClass, name: str) -> Tie:
    own = section.ties.get(name)
    words: dict[str, str] = {}
    age: Quantity | None = said.age
    path = "base_rate.reference_class.age"
    if own is not None and own.age is not None:
        age, path = own.age, f"base_rate.ties.{name}.age"
    if said.kind in CLIENTS:
        words["client"] = CLIENTS[said.kind]
    if said.kind == "coalition-government":
        words["cabinet"] = "coalition"
    if said.kind in SPONSORS and said.troops is not None:
        words["troops"] = yes_no(said.troops)
    obligation = strongest(said.obligations)
    if obligation is not None:
        words["obligation"] = obligation
    if said.wartime is not None:
        words["wartime"] = yes_no(said.wartime)
    if age is None or table.name not in AGES:
        return Tie(name, words, None, age is not None, (tuple(table.chain(words, section.end)),))
    bands = [age_band(table.name, start) for start in AGES[table.name]]
    chains = tuple(tuple(table.chain(words | {"age": band}, section.end)) for band in bands)
    return Tie(name, words, path, True, chains)
