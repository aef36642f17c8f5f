"""Small made panels, and models that stand in for real ones."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from foedus.record.panels import Panel


def made(years: int = 30, ties: int = 12, seed: int = 3, start: int = 1950) -> dict[str, Any]:
    """Sponsors by year, as arrays: younger ties end more often."""
    rng = np.random.default_rng(seed)
    year, tie = (part.ravel() for part in np.mgrid[start : start + years, 0:ties])
    age = (year - start + 3 * tie) % 17
    chance = np.clip(0.8 * 0.85**age, 0.02, 0.9)
    return {
        "year": year,
        "age": age,
        "exit": (rng.uniform(size=year.size) < chance).astype(int),
        "conf": 100 + tie,
        "actor": 1 + tie,
        "dyad": 50 + tie,
        "sid": [f"s{one}" for one in tie],
        "rebel": tie % 2,
    }


def panel(**changed: Any) -> Panel:
    """The made panel, some of its columns changed."""
    return Panel.of({**made(), **changed}, "sponsor-exit")


def rows(year: list[int], event: list[int], age: list[int] | None = None) -> Panel:
    """A panel of a few rows, each a conflict of its own."""
    return Panel.of(
        {
            "year": year, "age": [0] * len(year) if age is None else age, "exit": event,
            "conf": list(range(len(year))),
        },
        "sponsor-exit",
    )  # fmt: skip


Forecast = Callable[[Panel, Panel], Any]


def stand_in(monkeypatch: pytest.MonkeyPatch, stands: int = 1, **models: Forecast) -> None:
    """Let these be all models there are, the first the default, each to stand so many years."""
    module = ModuleType("foedus.record.scoring.forecasting")

    def forecasters(task: object, model: str | None) -> dict[str, Forecast]:
        first = next(iter(models))
        return models if model == "all" else {model or first: models[model or first]}

    def rolling_forecasters(task: object, model: str | None) -> dict[str, tuple[Forecast, int]]:
        return {name: (one, stands) for name, one in forecasters(task, model or "all").items()}

    module.__dict__.update(forecasters=forecasters, rolling_forecasters=rolling_forecasters)
    monkeypatch.setitem(sys.modules, module.__name__, module)
