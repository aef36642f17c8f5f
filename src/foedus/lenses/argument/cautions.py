"""What nobody should overlook in an argument finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foedus.lenses.argument.words import Names, called
from foedus.lenses.wording import listed

Row = Mapping[str, Any]


def warnings(data: Row) -> tuple[str, ...]:
    """Cells not placed, sides not said, evidence set aside, what other lenses have counted."""
    names = called(data)
    return tuple(
        line
        for part in (_unplaced, _sides, _left_out, _counted, _thin)
        for line in part(data, names)
    )


def _unplaced(data: Row, names: Names) -> Iterator[str]:
    cells, items = data["not_placed"], data["not_mentioned"]
    if cells:
        are = "cell is" if cells == 1 else "cells are"
        yield f"{cells} {are} not placed; they are taken not to apply."
    if items:
        are = "piece of evidence stands" if items == 1 else "pieces of evidence stand"
        yield f"{items} {are} in no row of the matrix."


def _sides(data: Row, names: Names) -> Iterator[str]:
    unset = [
        names.hypotheses[name] for name, row in data["hypotheses"].items() if row["holds"] is None
    ]
    sides = {row["holds"] for row in data["hypotheses"].values()} - {None}
    if len(sides) < 2:
        lacks = {frozenset({True}): "does not hold", frozenset({False}): "holds"}
        what = lacks.get(frozenset(sides))
        yield (
            f"There is no hypothesis under which the pact {what}"
            if what
            else "No hypothesis says whether under it the pact holds"
        ) + ", so nothing follows for the chance that it does."
    elif unset:
        yield (
            f"Of {listed(unset)} it is not said whether the pact holds under it:"
            f" {'it informs and counts' if len(unset) == 1 else 'they inform and count'} on neither"
            " side."
        )


def _left_out(data: Row, names: Names) -> Iterator[str]:
    if data["retracted"]:
        yield f"Retracted, and left out: {listed(data['retracted'])}."
    if data["set_aside"]:
        yield f"Set aside: {listed(data['set_aside'])}."


def _counted(data: Row, names: Names) -> Iterator[str]:
    if data["used"] and data["log_ratio"] is not None:
        yield (
            f"Numbers of other lenses rest on {len(data['used'])} of the items already: the whole"
            " ratio must not be put on top of theirs."
        )


def _thin(data: Row, names: Names) -> Iterator[str]:
    silent = [
        names.hypotheses[name] for name, row in data["hypotheses"].items() if row["applies"] == 0
    ]
    if silent:
        yield f"Nothing applies to {listed(silent)}: the evidence neither helps nor hurts it."
