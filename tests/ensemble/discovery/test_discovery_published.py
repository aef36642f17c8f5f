"""The runs of Bryant & Lempert 2010 and what is published of them; see the README beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.ensemble.discovery import Box, Wanted, discover
from foedus.ensemble.discovery.cart import _leaves
from foedus.ensemble.discovery.growing import grow
from foedus.ensemble.discovery.peeling import peel
from foedus.ensemble.discovery.sample import Sample, sample
from foedus.ensemble.discovery.simplifying import quasi_p, simplify

ROOM = Path(__file__).parents[2] / "published" / "discovery"
PUBLISHED: dict[str, Any] = json.loads((ROOM / "renewable_fuels.json").read_text("utf-8"))
NAMES = (ROOM / "renewable_fuels.csv").read_text("utf-8").splitlines()[0].split(",")[:-1]


@pytest.fixture(scope="module")
def table() -> np.ndarray:
    return np.loadtxt(ROOM / "renewable_fuels.csv", delimiter=",", skiprows=1)


@pytest.fixture(scope="module")
def runs(table: np.ndarray) -> Sample:
    return sample(table[:, :-1], table[:, -1])


@pytest.fixture(scope="module")
def boxes(runs: Sample) -> list[Box]:
    return peel(runs, 0.1, 0.05, "lenient")


def test_there_are_as_many_runs_as_published(table: np.ndarray) -> None:
    assert table.shape == (882, 10)
    assert table[:, -1].sum() == 89


def test_box_21_has_its_figures_limits_and_quasi_p_values(runs: Sample, boxes: list[Box]) -> None:
    box, published = boxes[21], PUBLISHED["box_21"]
    for key in ("coverage", "density", "mass"):
        assert getattr(box, key) == pytest.approx(published[key], abs=5e-7)
    assert {NAMES[r.column] for r in box.restrictions} == set(published["limits"])
    for r, p in zip(box.restrictions, quasi_p(runs, box), strict=True):
        low, high = published["limits"][NAMES[r.column]]
        assert r.low == (None if low is None else pytest.approx(low, abs=1e-6))
        assert r.high == (None if high is None else pytest.approx(high, abs=1e-6))
        low, high = published["quasi_p"][NAMES[r.column]]
        assert p.low == (None if low is None else pytest.approx(low, rel=1e-9))
        assert p.high == (None if high is None else pytest.approx(high, rel=1e-9))


def test_the_restriction_that_may_be_chance_is_dropped(runs: Sample, boxes: list[Box]) -> None:
    simple, published = simplify(runs, boxes[21], -1.0), PUBLISHED["box_21_without_cellulosic_cost"]
    assert "Cellulosic cost" not in {NAMES[r.column] for r in simple.restrictions}
    assert len(simple.restrictions) == 3
    for key in ("coverage", "density", "mass"):
        assert getattr(simple, key) == pytest.approx(published[key], abs=5e-6)


def test_the_last_box_is_the_published_one(boxes: list[Box]) -> None:
    published = PUBLISHED["last_box"]
    assert len(boxes[-1].restrictions) == published["restricted"]
    for key in ("coverage", "density", "mass"):
        assert getattr(boxes[-1], key) == pytest.approx(published[key], abs=1e-12)


@pytest.mark.parametrize(
    "peer", PUBLISHED["trajectories"], ids=lambda t: f"{t['objective']} {t['alpha']}"
)
def test_every_step_is_that_of_the_workbench(runs: Sample, peer: dict[str, Any]) -> None:
    told = peel(runs, peer["alpha"], 0.05, peer["objective"])
    assert len(told) - len(peer["boxes"]) in (0, 1)
    figures = [(b.coverage, b.density, b.mass, len(b.restrictions)) for b in told]
    np.testing.assert_allclose(figures[: len(peer["boxes"])], peer["boxes"], atol=1e-11)


def test_the_box_is_the_published_one_by_the_short_way(table: np.ndarray) -> None:
    told = discover(
        table[:, :-1], table[:, -1], alpha=0.1, boxes=1, resamples=20, wanted=Wanted(coverage=0.75)
    )
    found = told.boxes[0]
    names = [NAMES[r.column] for r in found.box.restrictions]
    assert names == ["Total biomass", "Demand elasticity", "Biomass backstop price"]
    # published: each of the three was restricted in all of ten half samples
    for again in found.recurrence:
        assert max(s for s in (again.by_coverage.low, again.by_coverage.high) if s) >= 0.9


def test_the_tree_has_the_published_leaves(runs: Sample) -> None:
    told = [leaf.box for leaf in _leaves(grow(runs, 20, 44.0), runs)]
    figures = [(b.coverage, b.density, b.mass) for b in told]
    np.testing.assert_allclose(figures, PUBLISHED["tree_leaves"], atol=5e-7)
    ends = {NAMES[r.column]: set() for b in told for r in b.restrictions}
    for box in told:
        for r in box.restrictions:
            ends[NAMES[r.column]] |= {round(v, 6) for v in (r.low, r.high) if v is not None}
    for name, thresholds in PUBLISHED["tree_thresholds"].items():
        for threshold in thresholds:
            assert min(abs(v - threshold) for v in ends[name]) < 1e-6
