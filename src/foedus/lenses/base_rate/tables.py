"""The tables that come with the package: how often pacts of each class ended, by whose count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.base_rate.kernel import Shrunk, narrowed

Key = tuple[tuple[str, str], ...]
"""A class: what is known of it, as (attribute, value), in the table's order."""


@dataclass(frozen=True)
class Count:
    """How many rows of a class there are, and in how many the tie ended."""

    rows: int
    events: int
    given: Shrunk | None = None
    """The yearly rate where the counts alone do not give it: as published, with its interval."""


@dataclass(frozen=True)
class Step:
    """One class of a chain from wide to narrow, and its rate drawn towards the wider one."""

    key: Key
    count: Count
    rate: Shrunk


@dataclass(frozen=True)
class Era:
    """How the level of a whole table moved: log odds above the table's own rate, by year.

    `mean` and `sd` `(T,)` are what was known at the start of each of `years` from the years before
    it. `step` is the standard deviation of the level's walk in a year.
    """

    years: NDArray[np.float64]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    step: float

    def at(self, year: float) -> tuple[float, float]:
        """Mean and standard deviation of the level in a year, wider the further from the table."""
        place = int(np.clip(np.searchsorted(self.years, year, "right") - 1, 0, self.years.size - 1))
        away = max(year - self.years[-1], self.years[0] - year, 0.0)
        return float(self.mean[place]), float(np.hypot(self.sd[place], self.step * away**0.5))


@dataclass(frozen=True)
class RateTable:
    """Counts by class, from one source.

    `order` are the attributes from wide to narrow; `worth` is by attribute how many rows the wider
    class is worth; `design_effect` by how much rows of one cluster tell less than as many apart;
    `frailty` the variance of what members share in a year, with its interval.
    """

    name: str
    tie: str
    """What a row is a year of, in words."""
    cite: str
    years: tuple[int, int]
    order: tuple[str, ...]
    counts: Mapping[str, Mapping[Key, Count]]
    """By what is counted: `any`, and `violation` where it is told."""
    worth: Mapping[str, float]
    design_effect: float
    frailty: tuple[float, float, float]
    members: bool
    """Whether a row is of one member; else of the pact as a whole."""
    era: Era
    note: str

    def chain(self, said: Mapping[str, str], end: str = "any") -> list[Step]:
        """The classes that what is said leads through, the last that has rows being the last."""
        counts = self.counts[end]
        keys: list[Key] = [()]
        for attribute in self.order:
            if attribute not in said:
                continue
            key = (*keys[-1], (attribute, said[attribute]))
            if key not in counts:
                break
            keys.append(key)
        found = [counts[key] for key in keys]
        worth = [1.0] + [self.worth[key[-1][0]] for key in keys[1:]]
        events = np.array([c.events for c in found]) / self.design_effect
        rows = np.array([c.rows for c in found]) / self.design_effect
        drawn = narrowed(events, rows, np.array(worth))
        rates = [c.given or rate for c, rate in zip(found, drawn, strict=True)]
        return [Step(key, c, rate) for key, c, rate in zip(keys, found, rates, strict=True)]


def read_tables(text: str) -> dict[str, RateTable]:
    """The tables of a JSON text, by name."""
    return {name: _table(name, said) for name, said in json.loads(text).items()}


@cache
def tables() -> Mapping[str, RateTable]:
    """The tables that come with the package."""
    text = files("foedus.lenses.base_rate").joinpath("rates.json").read_text("utf-8")
    return MappingProxyType(read_tables(text))


def _table(name: str, said: Mapping[str, Any]) -> RateTable:
    order = tuple(said["order"])
    counts: dict[str, dict[Key, Count]] = {end: {} for end in said["ends"]}
    for row in said["rows"]:
        key = tuple((attribute, row[attribute]) for attribute in order if attribute in row)
        for end, column in said["ends"].items():
            given = Shrunk(*map(float, row["yearly"])) if "yearly" in row else None
            counts[end][key] = Count(int(row["n"]), int(row[column]), given)
    era = said["era"]
    years, mean, sd = (np.array(era[key], dtype=float) for key in ("years", "mean", "sd"))
    first, last = said["years"]
    value, low, high = said["frailty"]
    return RateTable(
        name=name,
        tie=said["tie"],
        cite=said["cite"],
        years=(int(first), int(last)),
        order=order,
        counts=MappingProxyType({end: MappingProxyType(rows) for end, rows in counts.items()}),
        worth=MappingProxyType(dict(said["worth"])),
        design_effect=float(said["design_effect"]),
        frailty=(float(value), float(low), float(high)),
        members=bool(said["members"]),
        era=Era(years, mean, sd, float(era["step"])),
        note=said["note"],
    )
