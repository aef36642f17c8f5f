"""Divisions, cores, reasons and paths as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from foedus.lenses.dependence.hedonic import Partition, Reason, StablePartitions
from foedus.lenses.dependence.moving import Path
from foedus.lenses.dependence.solutions import Core, Division

LISTED = 100
"""The most stable partitions, and moves of a path, that are written out."""

Facts = dict[str, Any]


def of_division(one: Division) -> Facts:
    """A division's judgement, without its payoffs."""
    told = asdict(one)
    del told["payoffs"]
    missed = told.pop("most_missed")
    told["most_missed"] = missed and {"members": list(missed[0]), "excess": missed[1]}
    return told


def of_core(core: Core) -> Facts:
    """The core: whether it is empty, and what shows it."""
    return {
        "empty": core.empty,
        "point": None if core.empty else core.point,
        "blocking": of_sets(core) if core.empty else [],
        "subsidy": core.subsidy,
        "corners": None if core.corners is None else list(core.corners),
    }


def of_sets(core: Core) -> list[Facts]:
    """Sets and the weights they are counted with."""
    return [{"members": list(who), "weight": weight} for who, weight in core.binding]


def of_reason(reason: Reason) -> Facts:
    """Who would do what, and what it brings."""
    return {"who": list(reason.who), "joins": list(reason.joins), "gains": list(reason.gains)}


def of_stable(stable: StablePartitions, notion: str) -> Facts:
    """How many partitions are stable, and the first of them."""
    listed = [as_lists(each) for each in stable.listed(notion, LISTED)]
    return {"count": stable.count(notion), "partitions": listed}


def of_path(one: Path) -> Facts:
    """Where moves lead, with the first of them."""
    return {
        "ended": one.ended,
        "cycle": one.cycle,
        "moves": len(one.steps),
        "end": as_lists(one.end),
        "steps": [asdict(step) for step in one.steps[:LISTED]],
    }


def as_lists(partition: Partition) -> list[list[str]]:
    """A partition as lists."""
    return [list(each) for each in partition]
