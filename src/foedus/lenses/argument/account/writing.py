"""A matrix as a table that `read_matrix` reads as the same one, with its scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foedus.lenses.argument.account.numbers import NUMBERS, written
from foedus.lenses.argument.account.table import SCORES
from foedus.lenses.argument.matrix import Item, Matrix
from foedus.lenses.argument.model import ONCE, SCALE
from foedus.lenses.argument.telling import group_of
from foedus.lenses.argument.words import STEPS

Line = Sequence[str | float]

SAID = {True: "true", False: "false", None: ""}


def table(matrix: Matrix, data: Mapping[str, Any]) -> Iterator[Line]:
    """A head, hypotheses with their scores, rows about items, and rows with one number each."""
    beside = ("@holds", "@prior", "@says", *SCORES)
    yield "hypothesis", *beside, *(item.id for item in matrix.items)
    for h, (name, row) in enumerate(data["hypotheses"].items()):
        says, after = matrix.says.get(name, name), row["posterior"]
        yield (
            name, SAID[row["holds"]], _weight(matrix, h), "" if says == name else says,
            after["value"], after["low"], after["high"],
            row["inconsistency"], row["weighted_inconsistency"],
            *(_cell(matrix, h, e) for e in range(len(matrix.items))),
        )  # fmt: skip
    blank = ("",) * len(beside)
    for key, texts in _about(matrix):
        if any(texts):
            yield key, *blank, *texts
    usual = {f"argument.scale.{step}": quantity for step, quantity in SCALE.items()}
    usual["argument.shared_source"] = ONCE
    for key, path in NUMBERS.items():
        number = matrix.quantities.get(matrix.prior or "" if key == "@prior" else path)
        if number is not None and (path not in usual or written(number) != written(usual[path])):
            yield key, written(number), *blank[1:], *("" for _ in matrix.items)


def _weight(matrix: Matrix, h: int) -> str | float:
    """What stands for the prior of a hypothesis; nothing where all have the same."""
    same = bool((matrix.weights == matrix.weights[0]).all())
    return "" if same else float(matrix.weights[h])


def _cell(matrix: Matrix, h: int, e: int) -> str:
    if not matrix.placed[h, e]:
        return ""
    letters = STEPS[int(matrix.steps[h, e]) if matrix.applies[h, e] else "na"]
    if (h, e) not in matrix.own:
        return letters
    return f"{letters} = {written(matrix.quantities[matrix.own[h, e]])}"


def _about(matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    items = matrix.items
    yield "@credibility", [item.rating for item in items]
    yield "@relevance", [item.relevance for item in items]
    yield "@source", [(group_of(item) or "") if item.group[0] == "@" else "" for item in items]
    yield "@group", [(group_of(item) or "") if item.group[0] != "@" else "" for item in items]
    yield "@shared", [_shared(matrix, item) for item in items]
    yield "@used", ["yes" if item.used else "" for item in items]
    yield "@says", ["" if item.says == item.id else item.says for item in items]


def _shared(matrix: Matrix, item: Item) -> str:
    """How dependent its group is, where that is not as in any other."""
    path = matrix.shared[item.group]
    return "" if path == NUMBERS["@shared_source"] else written(matrix.quantities[path])
