"""Rates of classes, each drawn towards the wider one: what the base_rate lens goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from foedus.lenses.base_rate.classes import AGES, age_band, yes_no
from foedus.lenses.base_rate.kernel import concentration, narrowed
from foedus.record.models.local_level import FittingError
from foedus.record.panels import FloatArray, Panel

Labels = dict[str, np.ndarray[Any, np.dtype[np.str_]]]
TABLES = {"sponsor-exit": "sponsors", "alliance-end": "alliances"}
ATTRIBUTES = {
    "sponsor-exit": ("age", "client", "troops"),
    "alliance-end": ("obligation", "wartime", "age"),
}
"""By task: what its classes are cut by, from wide to narrow."""
OBLIGATION_COLUMNS = (
    ("offense", "offense"), ("defense", "defense"), ("neutral", "neutrality"),
    ("nonagg", "nonaggression"), ("consul", "consultation"),
)  # fmt: skip


def labels(panel: Panel) -> Labels:
    """`(n,)` by attribute: each row's value, empty where the panel does not tell."""
    table = TABLES[panel.task.name]
    ages = [age_band(table, age) for age in range(AGES[table][-1] + 1)]
    out = {"age": np.array(ages)[np.minimum(panel.age, len(ages) - 1)]}
    if panel.task.name == "sponsor-exit":
        words = {1.0: "rebels", 0.0: "government"}
        out["client"] = _said(panel, "rebel", words)
        out["troops"] = _said(panel, "troops", {1.0: yes_no(True), 0.0: yes_no(False)})
    else:
        kind = np.full(len(panel), "", dtype="U16")
        for column, word in OBLIGATION_COLUMNS:
            if column in panel.columns:
                kind[(kind == "") & (panel.columns[column] == 1.0)] = word
        out["obligation"] = kind
        out["wartime"] = _said(panel, "wartime", {1.0: yes_no(True), 0.0: yes_no(False)})
    return {name: out[name] for name in ATTRIBUTES[panel.task.name]}


def _said(panel: Panel, column: str, words: dict[float, str]) -> Any:
    out = np.full(len(panel), "", dtype="U16")
    if column in panel.columns:
        for value, word in words.items():
            out[panel.columns[column] == value] = word
    return out


@dataclass(frozen=True, slots=True)
class ClassRates:
    """Counts by class, and how far each class is drawn to the wider one."""

    order: tuple[str, ...]
    counts: dict[tuple[str, ...], tuple[int, int]]
    """Rows and events by values of the first attributes."""
    worth: tuple[float, ...]
    """By attribute."""
    effect: float

    def predict(self, panel: Panel) -> FloatArray:
        """`(n,)` chances of ending: each row's class's."""
        told = labels(panel)
        rows = list(zip(*(told[name].tolist() for name in self.order), strict=True))
        known = {row: self.rate(row) for row in set(rows)}
        return np.array([known[row] for row in rows])

    def rate(self, values: Sequence[str]) -> float:
        """The rate of the narrowest class with rows that these values lead to."""
        chain: list[tuple[str, ...]] = [()]
        for value in values:  # a wider class stands in for one of which something is not known
            key = (*chain[-1], value)
            if not value or key not in self.counts:
                break
            chain.append(key)
        rows = np.array([self.counts[key][0] for key in chain]) / self.effect
        events = np.array([self.counts[key][1] for key in chain]) / self.effect
        return narrowed(events, rows, np.array([1.0, *self.worth[: len(chain) - 1]]))[-1].mean

    def describe(self) -> dict[str, Any]:
        """The attributes, how many rows a wider class is worth, and the number of classes."""
        worth = dict(zip(self.order, self.worth, strict=True))
        return {"order": list(self.order), "worth": worth, "design_effect": self.effect,
                "classes": len(self.counts)}  # fmt: skip


def fit_hierarchical(panel: Panel) -> ClassRates:
    """Class rates with shrinkage by empirical Bayes, clusters' rows counting as fewer.

    Raises FittingError when all events, or none, happened.
    """
    if not 0.0 < float(panel.event.mean()) < 1.0:
        raise FittingError("the training rows have no event or nothing but events")
    told = labels(panel)
    order = tuple(told)
    counts = {
        tuple(value for _, value in key): count
        for key, count in count_classes(told, order, panel.event).items()
        if [name for name, _ in key] == list(order[: len(key)])
    }
    effect = design_effect(panel)
    return ClassRates(order, counts, worths(counts, len(order), effect), effect)


def count_classes(
    told: Labels, order: Sequence[str], event: FloatArray
) -> dict[tuple[tuple[str, str], ...], tuple[int, int]]:  # fmt: skip
    """Rows and events of every class that some of the attributes make, wide ones included."""
    out: dict[tuple[tuple[str, str], ...], tuple[int, int]] = {}
    for size in range(len(order) + 1):
        for names in combinations(order, size):
            known = np.ones(event.size, dtype=bool)
            for name in names:
                known &= told[name] != ""
            rows = list(zip(*(told[name][known].tolist() for name in names), strict=True))
            rows = rows if names else [()] * int(known.sum())
            for values, happened in zip(rows, event[known].tolist(), strict=True):
                key = tuple(zip(names, values, strict=True))
                n, e = out.get(key, (0, 0))
                out[key] = (n + 1, e + int(happened))
    return out


def worths(
    counts: dict[tuple[str, ...], tuple[int, int]], depth: int, effect: float
) -> tuple[float, ...]:  # fmt: skip
    """By attribute: how many rows the wider class is worth, wide ones settled first."""
    out: list[float] = []
    rates: dict[tuple[str, ...], float] = {
        (): (counts[()][1] + 0.5 * effect) / (counts[()][0] + effect)
    }
    for level in range(1, depth + 1):
        sisters = {key: count for key, count in counts.items() if len(key) == level}
        rows = np.array([count[0] for count in sisters.values()], dtype=float) / effect
        events = np.array([count[1] for count in sisters.values()], dtype=float) / effect
        wider = np.array([rates[key[:-1]] for key in sisters])
        places = {parent: place for place, parent in enumerate({key[:-1]: 0 for key in sisters})}
        family = np.array([places[key[:-1]] for key in sisters])
        worth = concentration(events, rows, family)
        out.append(worth)
        mean = (events + worth * wider) / (rows + worth)
        rates |= dict(zip(sisters, mean.tolist(), strict=True))
    return tuple(out)


def design_effect(panel: Panel) -> float:
    """How many times the variance of the whole rate is what rows apart would have (Kish 1965).

    By the variance of the clusters' totals; at least 1.
    """
    share = float(panel.event.mean())
    _, place = np.unique(panel.cluster, return_inverse=True)
    off = np.bincount(place, panel.event - share)
    clusters = off.size
    if clusters < 2:
        return float(len(panel))
    variance = float(off @ off) * clusters / (clusters - 1)
    rows = len(panel)
    return max(1.0, variance / (rows * share * (1.0 - share) * rows / (rows - 1)))
