"""Plain matrices of hypotheses and evidence: CSV, cut at `,`, `;` or tab.

The first head says how it lies: `hypothesis`, and hypotheses are rows (`evidence` or `item`, and
they are columns: it is turned round). Names with `@` are about items, `holds` and `prior` about
hypotheses.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.case.nearest import did_you_mean, nearest, quoted
from foedus.lenses.argument.matrix import Item, Matrix, arrays_of, sided
from foedus.lenses.argument.model import ONCE, SCALE
from foedus.lenses.argument.rating import CREDIBILITY, RELIABILITY, TRUST, WEIGHT, level, trust
from foedus.lenses.cells import Cell, TableError, bytes_of, rows_of

HEADS = ("hypothesis", "hypotheses")
TURNED = ("evidence", "item", "items")
ABOUT_ITEMS = ("@source", "@credibility", "@relevance", "@group", "@says")
"""Rows about items."""
ABOUT_HYPOTHESES = ("holds", "prior", "@holds", "@prior", "@says")
"""Columns about hypotheses."""
SCORES = ("@posterior", "@low", "@high", "@inconsistency", "@weighted_inconsistency")
"""Columns that foedus writes and passes over when it reads them."""
MOST_HYPOTHESES, MOST_ITEMS = 20, 300
"""The most of each that are read."""

STEPS: Mapping[str, int | str] = {
    "cc": 2, "c": 1, "n": 0, "i": -1, "ii": -2, "++": 2, "+": 1, "-": -1, "--": -2,
    "2": 2, "+2": 2, "1": 1, "+1": 1, "0": 0, "-1": -1, "-2": -2, "na": "na", "n/a": "na",
}  # fmt: skip
"""What a cell may hold, in small letters and with plain signs."""
LEVELS = {"h": "high", "m": "medium", "l": "low", "high": "high", "medium": "medium", "low": "low"}
YES = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, eq=False)
class _Grid:
    """Cells by hypothesis and item, whichever way they lay in the file."""

    hypotheses: tuple[Cell, ...]
    items: tuple[Cell, ...]
    cells: Sequence[Sequence[Cell]]
    about_items: Mapping[str, Sequence[Cell]]
    about_hypotheses: Mapping[str, Sequence[Cell]]


def read_matrix(path: str | os.PathLike[str]) -> Matrix:
    """The matrix in a table. Raises TableError, with line and column."""
    file = str(path)
    grid = _grid(_square(path), file)
    names = _once(grid.hypotheses, "hypothesis", MOST_HYPOTHESES)
    items = _items(grid)
    said = [[_step(cell) for cell in row] for row in grid.cells]
    steps, applies, placed = arrays_of(said, (len(names), len(items)))
    for h, cell in enumerate(grid.hypotheses):
        if not placed[h].any():
            raise cell.fault(f"hypothesis {quoted(names[h])} has no cells; say how items fit it")
    if not applies.any():
        raise TableError(file, "", "has no cell that applies; there is nothing to weigh")
    weights, given = _weights(grid)
    return Matrix(
        title=Path(file).stem.replace("-", " ").replace("_", " "),
        hypotheses=names,
        says=_said(grid.about_hypotheses, names),
        items=items,
        steps=steps,
        applies=applies,
        placed=placed,
        own={},
        shared={item.group: "argument.shared_source" for item in items},
        side=np.array([sided(holds) for holds in _holds(grid)], dtype=np.int64),
        weights=weights,
        prior=None,
        prior_from="table" if given else "flat",
        quantities={f"argument.scale.{degree}": SCALE[degree] for degree in SCALE}
        | {"argument.shared_source": ONCE},
    )


def _square(path: str | os.PathLike[str]) -> list[list[Cell]]:
    """Every cell of the table, rows as long as the head, turned so that hypotheses are rows."""
    rows = rows_of(bytes_of(path), str(path))
    head = rows[0]
    first = head.texts[0].lower()
    if first not in (*HEADS, *TURNED):
        near = nearest(first, (*HEADS, *TURNED))
        hint = f"did you mean {quoted(near)}?" if near else "'hypothesis' would be right"
        raise TableError(
            head.file, f"line {head.line}",
            f"begins with {quoted(head.texts[0])}; {hint} (or 'evidence', with hypotheses as"
            " columns)",
        )  # fmt: skip
    if len(rows) == 1:
        raise TableError(head.file, "", "has a head and no rows")
    wide = len(head.texts)
    for row in rows[1:]:
        if any(row.texts[wide:]):
            raise TableError(row.file, f"line {row.line}", "has more cells than the head")
    columns = [text or f"{k + 1}" for k, text in enumerate(head.texts)]
    grid = [[row.cell(k, columns[k]) for k in range(wide)] for row in rows]
    return [list(column) for column in zip(*grid, strict=True)] if first in TURNED else grid


def _grid(table: list[list[Cell]], file: str) -> _Grid:
    head = table[0]
    about_columns = [k for k, cell in enumerate(head) if k and _key(cell) in ABOUT_HYPOTHESES]
    about_rows = [row for row in table[1:] if row[0].text.startswith("@")]
    for row in about_rows:
        if _key(row[0]) not in ABOUT_ITEMS:
            known = did_you_mean(_key(row[0]), ABOUT_ITEMS, "of items there are")
            raise row[0].fault(f"{quoted(row[0].text)} is not known{known}")
    for cell in head[1:]:
        if cell.text.startswith("@") and _key(cell) not in (*ABOUT_HYPOTHESES, *SCORES):
            known = did_you_mean(_key(cell), ABOUT_HYPOTHESES, "of hypotheses there are")
            raise cell.fault(f"{quoted(cell.text)} is not known{known}")
    items = [
        k for k, cell in enumerate(head)
        if k and k not in about_columns and _key(cell) not in SCORES
    ]  # fmt: skip
    body = [row for row in table[1:] if not row[0].text.startswith("@")]
    if len(body) < 2:
        raise TableError(file, "", "has fewer than two hypotheses; there is nothing to compare")
    if not items:
        raise TableError(file, "", "has no items of evidence")
    return _Grid(
        tuple(row[0] for row in body),
        tuple(head[k] for k in items),
        [[row[k] for k in items] for row in body],
        {_key(row[0]): [row[k] for k in items] for row in about_rows},
        {_key(head[k]).lstrip("@"): [row[k] for row in body] for k in about_columns},
    )


def _key(cell: Cell) -> str:
    return cell.text.lower()


def _once(cells: Sequence[Cell], what: str, most: int) -> tuple[str, ...]:
    """The names in some cells, each there once."""
    names: list[str] = []
    for cell in cells:
        name = cell.name()
        if name in names:
            raise cell.fault(f"{what} {quoted(name)} stands there twice")
        names.append(name)
        if len(names) > most:
            raise cell.fault(f"is one more than the {most} that are read")
    return tuple(names)


def _step(cell: Cell) -> int | str | None:
    """What a cell says; None if it is empty."""
    text = cell.text.lower().replace("−", "-").replace("–", "-").replace(" ", "")
    if not text:
        return None
    if text not in STEPS:
        raise cell.fault(
            f"should be -2 to 2, na, or CC, C, N, I, II (++ + 0 - --), not {quoted(cell.text)}"
        )
    return STEPS[text]


def _items(grid: _Grid) -> tuple[Item, ...]:
    names = _once(grid.items, "item", MOST_ITEMS)
    about = grid.about_items
    said = _said({"says": about.get("@says", ())}, names)
    return tuple(
        Item(name, said.get(name, name), *_rated(about, k), _grouped(about, k, name))
        for k, name in enumerate(names)
    )


def _rated(about: Mapping[str, Sequence[Cell]], k: int) -> tuple[str, float, float]:
    """Rating, chance to be true, and weight of an item; nothing said is full trust."""
    rating, chance, weight = "", 1.0, 1.0
    if "@credibility" in about and about["@credibility"][k].text:
        cell = about["@credibility"][k]
        rating, chance = _trusted(cell)
        weight = WEIGHT[rating if rating in WEIGHT else level(chance)]
    if "@relevance" in about and about["@relevance"][k].text:
        cell = about["@relevance"][k]
        if cell.text.lower() not in LEVELS:
            raise cell.fault(f"should be H, M or L, not {quoted(cell.text)}")
        weight *= WEIGHT[LEVELS[cell.text.lower()]]
    return rating, chance, weight


def _trusted(cell: Cell) -> tuple[str, float]:
    text = cell.text
    if text.lower() in LEVELS:
        named = LEVELS[text.lower()]
        return named, TRUST[named]
    letter, digit = text[:1].upper(), text[1:]
    if letter not in RELIABILITY or digit not in map(str, CREDIBILITY):
        raise cell.fault(
            f"should be an Admiralty rating such as B2, or H, M or L, not {quoted(text)}"
        )
    return f"{letter}{digit}", trust(letter, int(digit))


def _grouped(about: Mapping[str, Sequence[Cell]], k: int, name: str) -> str:
    """The group of an item, else its source, else it stands by itself."""
    for key, sign in (("@group", ""), ("@source", "@")):
        if key in about and about[key][k].text:
            return sign + about[key][k].name()
    return f"#{name}"


def _said(about: Mapping[str, Sequence[Cell]], names: Sequence[str]) -> dict[str, str]:
    cells = about.get("says", ())
    return {name: cell.text for name, cell in zip(names, cells, strict=False) if cell.text}


def _holds(grid: _Grid) -> list[bool | None]:
    cells = grid.about_hypotheses.get("holds")
    return [None] * len(grid.hypotheses) if cells is None else [_yes(cell) for cell in cells]


def _yes(cell: Cell) -> bool | None:
    if not cell.text:
        return None
    if cell.text.lower() not in YES:
        raise cell.fault(f"should be true, false or empty, not {quoted(cell.text)}")
    return YES[cell.text.lower()]


def _weights(grid: _Grid) -> tuple[np.ndarray, bool]:
    """How likely each hypothesis is before the evidence, summing to 1, and whether it is said."""
    cells = grid.about_hypotheses.get("prior", ())
    if not any(cell.text for cell in cells):
        return np.full(len(grid.hypotheses), 1.0 / len(grid.hypotheses)), False
    values = np.array([cell.number(0.0, 1e6) for cell in cells])
    for cell, value in zip(cells, values, strict=True):
        if value == 0.0:
            raise cell.fault("should be above 0: no evidence can raise what is ruled out")
    return values / values.sum(), True
