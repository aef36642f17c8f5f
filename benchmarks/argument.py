"""The argument lens: draws in batches, every cell's change, and a plain reference beside them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, cpu
from foedus.lenses.argument.changing import changes
from foedus.lenses.argument.kernel.bayes import Floats
from foedus.lenses.argument.matrix import SCALE_PATHS, Item, Matrix
from foedus.lenses.argument.model import DEGREES, ONCE, SCALE
from foedus.lenses.argument.telling import told
from foedus.lenses.argument.weighing import solved

HERE = Path(__file__).parents[1] / "tests" / "lenses" / "argument"
HYPOTHESES, ITEMS, SOURCES = 6, 70, 14
BATCH = 16
"""Draws of a batch, as the ensemble takes them."""


def oracle() -> Any:
    """The plain reference of the tests."""
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    return import_module("argument_oracle")


def matrix() -> Matrix:
    """A matrix at random, as large as that of a well-coded case."""
    rng = np.random.default_rng(1)
    applies = rng.random((HYPOTHESES, ITEMS)) > 0.1
    steps = np.where(applies, rng.integers(-2, 3, applies.shape), 0)
    sources = [f"source-{k}" for k in range(SOURCES)]
    items = tuple(Item(f"e{k}", "", "", 0.8, 1.0, sources[k % SOURCES]) for k in range(ITEMS))
    return Matrix(
        title="", hypotheses=tuple(f"h{k}" for k in range(HYPOTHESES)), says={}, items=items,
        steps=steps, applies=applies, placed=applies, own={},
        shared=dict.fromkeys(sources, "argument.shared_source"),
        side=np.arange(HYPOTHESES) % 2, weights=np.full(HYPOTHESES, 1.0 / HYPOTHESES), prior=None,
        prior_from="flat",
        quantities={f"argument.scale.{degree}": q for degree, q in SCALE.items()}
        | {"argument.shared_source": ONCE},
    )  # fmt: skip


def plainly(found: Matrix) -> float:
    """Seconds of the plain reference for one draw, and leaving each item out in turn."""
    ratios = {step: SCALE[degree].mode for degree, step in DEGREES.items()} | {0: 1.0}  # type: ignore[index]
    cells = [
        [ratios[int(s)] if a else None for s, a in zip(steps, applies, strict=True)]
        for steps, applies in zip(found.steps, found.applies, strict=True)
    ]
    plain, groups = oracle(), [item.group for item in found.items]
    weights, shared = found.weights.tolist(), dict.fromkeys(groups, 1.0)

    def every() -> None:
        for k in range(-1, ITEMS):
            plain.likelihoods(cells, found.trust.tolist(), weights, groups, shared, frozenset([k]))

    return cpu(every, repeat=1)


def rows() -> list[Row]:
    """Every figure."""
    found = matrix()
    rng = np.random.default_rng(2)
    loose = {path: np.exp(0.3 * step + 0.2 * rng.normal(size=512)) for step, path in SCALE_PATHS.items()}  # noqa: E501  # fmt: skip
    values: dict[str, Floats] = loose | {"argument.shared_source": np.ones(512)}
    batch = {path: value[:BATCH] for path, value in values.items()}
    draw = cpu(lambda: solved(found, batch)) / BATCH
    cells = cpu(lambda: changes(found, found.modes()))
    arrays, weights = solved(found, values), np.full(512, 1.0 / 512)
    telling = cpu(lambda: told(found, arrays, weights), repeat=3)
    return [
        Row(f"{HYPOTHESES} hypotheses × {ITEMS} items, a draw with every item left out in turn",
            f"{1e3 * draw:.2f} ms CPU", "1 ms", "plain Python", f"1/{plainly(found) / draw:,.0f}"),
        Row(f"the same, every change of each of {int(found.applies.sum())} cells",
            f"{1e3 * cells:.1f} ms CPU", "100 ms", "", ""),
        Row("the same, all that is told of 512 draws",
            f"{1e3 * telling:.0f} ms CPU", "1 s", "", ""),
    ]  # fmt: skip
