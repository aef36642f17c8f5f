"""What is told of a matrix over all draws, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from foedus.lenses.argument.changing import Change, changes
from foedus.lenses.argument.kernel import classic
from foedus.lenses.argument.kernel.bayes import TIED, Floats, leading
from foedus.lenses.argument.matrix import PARTS, UNSAID, Item, Matrix
from foedus.lenses.argument.weighing import solved, weigh
from foedus.lenses.lens import Interval

Facts = dict[str, Any]
Arrays = Mapping[str, Floats]


def told(matrix: Matrix, arrays: Arrays, weights: Floats) -> Facts:
    """Everything, in the documented shape; `arrays` are those of `solved`, `weights` of draws."""
    over = _Over(weights)
    modes = matrix.modes()
    found = changes(matrix, modes)
    central = weigh(matrix, modes)
    classics = _classic(matrix)
    leaders = _best(matrix, over.means(arrays["posterior"]))
    return {
        "hypotheses": _hypotheses(matrix, arrays, over, classics),
        "items": _items(matrix, arrays, over),
        "cells": cells(matrix),
        "leader": leaders[0],
        "leaders": leaders,
        "favoured": _best(matrix, over.means(arrays["by_evidence"])),
        "least_inconsistent": [
            h for h, rank in zip(matrix.hypotheses, classics["rank"], strict=True) if rank == 1
        ],
        "holds": _maybe(arrays, "holds", over),
        "log_ratio": _maybe(arrays, "log_ratio", over),
        "log_ratio_unused": _maybe(arrays, "log_ratio_unused", over),
        "prior": _prior(matrix, arrays, over),
        "at_modes": _at_modes(matrix, modes),
        "linchpins": _linchpins(matrix, arrays, over),
        "changes": _changes(matrix, found, _central(matrix, modes)),
        "pairs": _pairs(matrix, central.total[0]),
        "used": [item.id for item in matrix.items if item.used],
        "unused": [item.id for item in matrix.items if not item.used],
        "retracted": list(matrix.retracted),
        "set_aside": list(matrix.aside),
        "not_placed": int((~matrix.placed).sum()),
        "not_mentioned": matrix.absent,
        "not_applicable": int((matrix.placed & ~matrix.applies).sum()),
    }


class _Over:
    """Values over weighted draws as mean, 5 % and 95 % point."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    def __call__(self, values: Floats) -> dict[str, float]:
        return Interval.over(values, self.weights).to_dict()

    def share(self, which: Floats) -> float:
        """The share of draws in which something is so."""
        return float(np.average(which, weights=self.weights))

    def means(self, values: Floats) -> list[float]:
        """The mean of each column."""
        return [self(column)["value"] for column in values.T]


def _maybe(arrays: Arrays, key: str, over: _Over) -> dict[str, float] | None:
    return over(arrays[key]) if key in arrays else None


def _classic(matrix: Matrix) -> dict[str, list[float]]:
    weight = np.array([item.weight for item in matrix.items])
    plain = classic.inconsistency(matrix.steps, matrix.applies)
    heavy = classic.inconsistency(matrix.steps, matrix.applies, weight)
    return {
        "score": plain.tolist(),
        "rank": classic.ranks(plain).tolist(),
        "weighted": heavy.tolist(),
        "weighted_rank": classic.ranks(heavy).tolist(),
    }


def _hypotheses(
    matrix: Matrix, arrays: Arrays, over: _Over, classics: Mapping[str, list[float]]
) -> Facts:
    leads = leading(arrays["posterior"]).astype(float)
    leads /= leads.sum(axis=1, keepdims=True)
    ranks = classic.ranks(-np.array(over.means(arrays["posterior"])))
    return {
        name: {
            "says": matrix.says.get(name, name),
            "holds": None if matrix.side[h] == UNSAID else bool(matrix.side[h] != PARTS),
            "prior": over(arrays["prior"][:, h]),
            "posterior": over(arrays["posterior"][:, h]),
            "rank": int(ranks[h]),
            "leads": over.share(leads[:, h]),
            "inconsistency": classics["score"][h],
            "inconsistency_rank": int(classics["rank"][h]),
            "weighted_inconsistency": classics["weighted"][h],
            "weighted_rank": int(classics["weighted_rank"][h]),
            "applies": int(matrix.applies[h].sum()),
        }
        for h, name in enumerate(matrix.hypotheses)
    }


def _items(matrix: Matrix, arrays: Arrays, over: _Over) -> Facts:
    apart = classic.diagnosticity(matrix.steps, matrix.applies)
    return {
        item.id: {
            "says": item.says,
            "rating": item.rating or None,
            "trust": item.trust,
            "weight": item.weight,
            "group": group_of(item),
            "used": item.used,
            "diagnosticity": int(apart[e]),
            "strength": over(arrays["strength"][:, e]),
            "counts": over(arrays["counts"][:, e]),
        }
        for e, item in enumerate(matrix.items)
    }


def group_of(item: Item) -> str | None:
    """With what an item stands or falls: a group, or its source; None for an item by itself."""
    return None if item.group[0] == "#" else item.group.removeprefix("@").removeprefix("=")


def ordered(data: Mapping[str, Any]) -> list[str]:
    """Items by how far they set hypotheses apart, what they share with others discounted."""
    items = data["items"]
    weight = {i: row["strength"]["value"] * row["counts"]["value"] for i, row in items.items()}
    return sorted(items, key=lambda item: (-weight[item], -items[item]["diagnosticity"]))


def cells(matrix: Matrix) -> dict[str, dict[str, int | str]]:
    """Every placed cell by hypothesis and item: a step, or `na`."""
    return {
        name: {
            item.id: int(matrix.steps[h, e]) if matrix.applies[h, e] else "na"
            for e, item in enumerate(matrix.items)
            if matrix.placed[h, e]
        }
        for h, name in enumerate(matrix.hypotheses)
    }


def _prior(matrix: Matrix, arrays: Arrays, over: _Over) -> Facts:
    holds = None
    if matrix.sided:
        both = arrays["prior"][:, matrix.side >= PARTS].sum(axis=1)
        holds = over(arrays["prior"][:, matrix.side > PARTS].sum(axis=1) / both)
    return {"from": matrix.prior_from, "holds": holds}


def _linchpins(matrix: Matrix, arrays: Arrays, over: _Over) -> list[Facts]:
    """Every item, those first without which the judgement moves most."""
    rows = []
    for e, item in enumerate(matrix.items):
        row: Facts = {
            "item": item.id,
            "moves": over(arrays["moves"][:, e]),
            "leader_changes": over.share(arrays["leader_changes"][:, e]),
            "log_ratio": None,
            "holds_change": None,
        }
        if matrix.sided:
            row["log_ratio"] = over(arrays["log_ratio"] - arrays["ratio_without"][:, e])
            row["holds_change"] = over(arrays["holds_without"][:, e] - arrays["holds"])
        rows.append(row)
    return sorted(rows, key=lambda row: -_weight(row))


def _weight(row: Facts) -> float:
    """How much an item carries: of the pact's holding where that is asked, else of all chances."""
    if row["holds_change"] is not None:
        return abs(float(row["holds_change"]["value"])) + 1e-6 * float(row["moves"]["value"])
    return float(row["moves"]["value"])


def _changes(matrix: Matrix, found: Iterable[Change], now: Facts) -> list[Facts]:
    """Every cell's changes at the most likely values, those first that would move most."""
    leaders = set(_best(matrix, now["posterior"].tolist()))
    rows = [
        {
            "hypothesis": matrix.hypotheses[one.hypothesis],
            "item": matrix.items[one.item].id,
            "now": one.now,
            "then": one.then,
            "leader": matrix.hypotheses[one.leaders[0]],
            "leaders": [matrix.hypotheses[h] for h in one.leaders],
            "changes_leader": leaders.isdisjoint(matrix.hypotheses[h] for h in one.leaders),
            "log_ratio": None if one.log_ratio is None else one.log_ratio - now["log_ratio"],
            "holds": one.holds,
            "posterior": one.posterior[one.hypothesis],
            "moves": 0.5 * float(np.abs(np.array(one.posterior) - now["posterior"]).sum()),
        }
        for one in found
    ]
    by_ratio = matrix.sided
    return sorted(
        rows, key=lambda row: (-abs(row["log_ratio"] if by_ratio else row["moves"]), -row["moves"])
    )


def _at_modes(matrix: Matrix, modes: Mapping[str, Floats]) -> Facts:
    """The answer at the most likely values, which changes of cells are compared with."""
    now = _central(matrix, modes)
    chances = now["posterior"].tolist()
    leaders = _best(matrix, chances)
    return {
        "leader": leaders[0],
        "leaders": leaders,
        "posterior": dict(zip(matrix.hypotheses, chances, strict=True)),
        "log_ratio": now["log_ratio"],
    }


def _central(matrix: Matrix, modes: Mapping[str, Floats]) -> Facts:
    at = solved(matrix, modes)
    ratio = float(at["log_ratio"][0]) if "log_ratio" in at else None
    return {"posterior": at["posterior"][0], "log_ratio": ratio}


def _pairs(matrix: Matrix, likelihood: Floats) -> list[Facts]:
    """Every two hypotheses, and how well the items tell them apart at the most likely values."""
    counted = classic.told_apart(matrix.steps, matrix.applies)
    for h, e in matrix.own:  # a ratio of its own tells apart what steps may not
        for other in range(len(matrix.hypotheses)):
            same = matrix.applies[other, e] and matrix.steps[h, e] == matrix.steps[other, e]
            if other != h and same and not (other < h and (other, e) in matrix.own):
                counted[[h, other], [other, h]] += 1
    return sorted(
        (
            {
                "one": matrix.hypotheses[a],
                "other": matrix.hypotheses[b],
                "items": int(counted[a, b]),
                "log_ratio": float(likelihood[a] - likelihood[b]),
            }
            for a, b in combinations(range(len(matrix.hypotheses)), 2)
        ),
        key=lambda row: (row["items"], abs(row["log_ratio"])),
    )


def _best(matrix: Matrix, values: list[float]) -> list[str]:
    """The hypothesis with the most, or all that tie."""
    return [
        name
        for name, value in zip(matrix.hypotheses, values, strict=True)
        if value >= max(values) - TIED
    ]
