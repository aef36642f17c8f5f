"""Plain matrices of hypotheses and evidence: CSV, cut at `,`, `;` or tab.

The first head says how it lies: `hypothesis`, and hypotheses are rows (`evidence` or `item`, and
they are columns: it is turned round). Columns `holds` and `prior` are about hypotheses; whatever
begins with `@` is no item and no hypothesis. Beside `@holds` or `@prior`, the same without the sign
is an item.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.case import Quantity
from foedus.case.nearest import did_you_mean, nearest, quoted
from foedus.lenses.argument.account.items import ABOUT_ITEMS, once, read_items, read_shared, yes
from foedus.lenses.argument.account.numbers import NUMBERS, RATIO, SCALES, SHARE, read
from foedus.lenses.argument.account.text import table_rows
from foedus.lenses.argument.matrix import Matrix, arrays_of, sided
from foedus.lenses.argument.model import ONCE, SCALE
from foedus.lenses.cells import Cell, TableError

HEADS = ("hypothesis", "hypotheses")
TURNED = ("evidence", "item", "items")
ABOUT_HYPOTHESES = ("holds", "prior", "@holds", "@prior", "@says")
"""Columns about hypotheses."""
SCORES = ("@posterior", "@low", "@high", "@inconsistency", "@weighted_inconsistency")
"""Columns that foedus writes and passes over when it reads them."""
MOST_HYPOTHESES, MOST_ITEMS = 20, 300
"""The most of each that are read."""

STEPS: Mapping[str, int | str] = {
    "cc": 2, "c": 1, "n": 0, "i": -1, "ii": -2, "++": 2, "+": 1, "-": -1, "--": -2,
    "2": 2, "+2": 2, "1": 1, "+1": 1, "0": 0, "-1": -1, "-2": -2, "na": "na", "n/a": "na",
    "n.a.": "na", "n.a": "na",
}  # fmt: skip
"""What a cell may hold, in small letters and with plain signs."""
WHOLE = re.compile(r"([+-]?[0-2])\.0+")
"""A step as programs write it."""
BARE = {
    key.strip("@"): key if key[0] == "@" else f"@{key}"
    for key in (*ABOUT_ITEMS, *ABOUT_HYPOTHESES, *SCORES)
}
"""Names that probably lack their sign."""
NEAREST = 1e-9
"""The least share of the prior that a hypothesis may have."""


@dataclass(frozen=True, eq=False)
class _Grid:
    """Cells by hypothesis and item, whichever way they lay in the file."""

    hypotheses: tuple[Cell, ...]
    items: tuple[Cell, ...]
    cells: Sequence[Sequence[Cell]]
    about_items: Mapping[str, Sequence[Cell]]
    about_hypotheses: Mapping[str, Sequence[Cell]]
    numbers: Mapping[str, Cell]
    """Rows of one number."""


def read_matrix(path: str | os.PathLike[str]) -> Matrix:
    """The matrix in a table. Raises TableError, with line and column."""
    file = str(path)
    grid = _grid(_square(path), file)
    names = once(grid.hypotheses, "hypothesis", MOST_HYPOTHESES)
    ids = once(grid.items, "item", MOST_ITEMS)
    items = read_items(ids, grid.about_items)
    said: list[list[int | str | None]] = []
    numbers, own = _numbers(grid), dict[tuple[int, int], str]()
    for h, row in enumerate(grid.cells):
        said.append([])
        for e, cell in enumerate(row):
            step, ratio = _cell(cell, (names[h], ids[e]))
            said[h].append(step)
            if ratio is not None:
                own[h, e] = f"argument.matrix.{names[h]}.{ids[e]}.ratio"
                numbers[own[h, e]] = ratio
    shared = read_shared(items, grid.about_items)
    numbers |= {f"argument.groups.{group}.shared": number for group, number in shared.items()}
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
        own=own,
        shared={
            item.group: f"argument.groups.{item.group}.shared"
            if item.group in shared
            else NUMBERS["@shared_source"]
            for item in items
        },
        side=np.array([sided(holds) for holds in _holds(grid)], dtype=np.int64),
        weights=weights,
        prior=NUMBERS["@prior"] if NUMBERS["@prior"] in numbers else None,
        prior_from="table" if given or NUMBERS["@prior"] in numbers else "flat",
        quantities=numbers,
    )


def _square(path: str | os.PathLike[str]) -> list[list[Cell]]:
    """Every cell of the table, rows as long as the head, turned so that hypotheses are rows."""
    rows = table_rows(path)
    head = rows[0]
    first = head.texts[0].lower()
    if first not in (*HEADS, *TURNED):
        near = nearest(first, (*HEADS, *TURNED))
        hint = f"did you mean {quoted(near)}?" if near else "'hypothesis' would be right"
        raise TableError(
            head.file, f"line {head.line}",
            f"begins with {quoted(head.texts[0])}; {hint}"
            + ("" if near in TURNED else " (or 'evidence', with hypotheses as columns)"),
        )  # fmt: skip
    if len(rows) == 1:
        raise TableError(head.file, "", "has a head and no rows")
    wide = len(head.texts)
    for row in rows[1:]:
        if any(row.texts[wide:]):
            raise TableError(row.file, f"line {row.line}", "has more cells than the head")
    while not any(row.texts[wide - 1 : wide] not in ((), ("",)) for row in rows):
        wide -= 1
    columns = [text or f"{k + 1}" for k, text in enumerate(head.texts)]
    grid = [[row.cell(k, columns[k]) for k in range(wide)] for row in rows]
    return [list(column) for column in zip(*grid, strict=True)] if first in TURNED else grid


def _grid(table: list[list[Cell]], file: str) -> _Grid:
    head, keys = table[0], [_key(cell) for cell in table[0]]
    beside = [key for key in ABOUT_HYPOTHESES if key[0] == "@" or f"@{key}" not in keys]
    about_columns = [k for k, key in enumerate(keys) if k and key in beside]
    about_rows = [row for row in table[1:] if row[0].text.startswith("@")]
    _known([row[0] for row in about_rows], (*ABOUT_ITEMS, *NUMBERS), "of items")
    _known(head[1:], (*ABOUT_HYPOTHESES, *SCORES), "of hypotheses")
    items = [
        k for k, key in enumerate(keys)
        if k and k not in about_columns and key not in SCORES
    ]  # fmt: skip
    body = [row for row in table[1:] if not row[0].text.startswith("@")]
    if len(body) < 2:
        raise TableError(file, "", "has fewer than two hypotheses; there is nothing to compare")
    if not items:
        hint = "; columns holds and prior are about hypotheses" if about_columns else ""
        raise TableError(file, "", f"has no items of evidence{hint}")
    single = {key.lower(): key for key in NUMBERS}
    return _Grid(
        tuple(row[0] for row in body),
        tuple(head[k] for k in items),
        [[row[k] for k in items] for row in body],
        {_key(row[0]): [row[k] for k in items] for row in about_rows if _key(row[0]) not in single},
        {keys[k].lstrip("@"): [row[k] for row in body] for k in about_columns},
        {single[_key(row[0])]: _only(row) for row in about_rows if _key(row[0]) in single},
    )


def _key(cell: Cell) -> str:
    return cell.text.lower()


def _known(cells: Sequence[Cell], keys: Sequence[str], what: str) -> None:
    """Refuse what begins with `@` and is unknown, or stands there twice."""
    seen: set[str] = set()
    for cell in cells:
        key = _key(cell)
        if cell.text.startswith("@") and key not in [known.lower() for known in keys]:
            raise cell.fault(
                f"{quoted(cell.text)} is not known{did_you_mean(key, keys, f'{what} there are')}"
            )
        if key in seen and (key[:1] == "@" or key in ABOUT_HYPOTHESES):
            raise cell.fault(f"{quoted(cell.text)} stands there twice")
        seen.add(key)


def _only(row: Sequence[Cell]) -> Cell:
    """The one cell of a row that holds something."""
    filled = [cell for cell in row[1:] if cell.text]
    if len(filled) != 1:
        raise row[0].fault(
            f"{quoted(row[0].text)} has {len(filled)} cells filled; it needs one number"
        )
    return filled[0]


def _numbers(grid: _Grid) -> dict[str, Quantity]:
    """The numbers that a matrix has whatever its cells say, by path."""
    out: dict[str, Quantity] = {f"argument.scale.{degree}": SCALE[degree] for degree in SCALE}
    out["argument.shared_source"] = ONCE
    for key, cell in grid.numbers.items():
        out[NUMBERS[key]] = read(cell, cell.text, RATIO if key in SCALES else SHARE)
        if key == "@prior" and not 0.0 < out[NUMBERS[key]].mode < 1.0:
            raise cell.fault("should be above 0 and below 1: certainty cannot learn from evidence")
    ladder = [out[path].mode for path in SCALES.values()]
    if sorted(ladder) != ladder or not ladder[1] <= 1.0 <= ladder[2]:
        cell = next(cell for key, cell in grid.numbers.items() if key in SCALES)
        raise cell.fault("the ratios of II, I, N (which is 1), C and CC should rise")
    return out


def _cell(cell: Cell, of: tuple[str, str]) -> tuple[int | str | None, Quantity | None]:
    """The step in a cell, None if it is empty, and its own ratio if it has one."""
    said, sign, ratio = cell.text.partition("=")
    text = said.lower().replace("−", "-").replace("–", "-").replace(" ", "")
    text = WHOLE.sub(r"\1", text)
    if not text and not sign:
        return None, None
    if text not in STEPS:
        hints = [BARE[name.lower()] for name in of if name.lower() in BARE]
        hint = f"; did you mean {quoted(hints[0])}?" if hints else ""
        raise cell.fault(
            f"should be -2 to 2, na, or CC, C, N, I, II (++ + 0 - --), not"
            f" {quoted(cell.text)}{hint}"
        )
    if not sign:
        return STEPS[text], None
    if STEPS[text] == "na":
        raise cell.fault("what does not apply has no ratio; give a step, or leave the ratio out")
    return STEPS[text], read(cell, ratio.strip(), RATIO)


def _said(about: Mapping[str, Sequence[Cell]], names: Sequence[str]) -> dict[str, str]:
    cells = about.get("says", ())
    return {name: cell.text for name, cell in zip(names, cells, strict=False) if cell.text}


def _holds(grid: _Grid) -> list[bool | None]:
    cells = grid.about_hypotheses.get("holds")
    return [None] * len(grid.hypotheses) if cells is None else [yes(cell) for cell in cells]


def _weights(grid: _Grid) -> tuple[np.ndarray, bool]:
    """How likely each hypothesis is before the evidence, summing to 1, and whether it is said."""
    cells = grid.about_hypotheses.get("prior", ())
    if not any(cell.text for cell in cells):
        return np.full(len(grid.hypotheses), 1.0 / len(grid.hypotheses)), False
    values = np.array([cell.number(0.0, 1e6) for cell in cells])
    for cell, value in zip(cells, values, strict=True):
        if value <= NEAREST * values.sum():
            raise cell.fault(
                "should be above 0, and at least a billionth of all of them: no evidence can raise"
                " what is ruled out"
            )
    return values / values.sum(), True
