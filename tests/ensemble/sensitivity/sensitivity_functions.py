"""Functions whose indices are known, and draws like those of the ensemble."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import qmc

PUBLISHED = Path(__file__).parents[2] / "published" / "sensitivity" / "functions.json"
ROWS: list[dict[str, Any]] = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def uniforms(n: int, d: int, seed: int, replicates: int = 8) -> np.ndarray:
    """Scrambled Sobol points, draw k of scrambling k % replicates."""
    out = np.empty((n // replicates, replicates, d))
    for r in range(replicates):
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(r,)))
        out[:, r] = qmc.Sobol(d, rng=rng).random(n // replicates)
    return out.reshape(n, d)


def ishigami(u: np.ndarray, a: float, b: float) -> np.ndarray:
    x = np.pi * (2.0 * u - 1.0)
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def g(u: np.ndarray, a: list[float]) -> np.ndarray:
    return np.prod((np.abs(4.0 * u - 2.0) + a) / (1.0 + np.array(a)), axis=1)


def g_star(u: np.ndarray, a: list[float], alpha: float) -> np.ndarray:
    bent = (1.0 + alpha) * np.abs(2.0 * u - 1.0) ** alpha
    return np.prod((bent + a) / (1.0 + np.array(a)), axis=1)


def linear(u: np.ndarray, c: list[float]) -> np.ndarray:
    return u @ np.array(c)


def product(u: np.ndarray, c: list[float]) -> np.ndarray:
    return np.prod(1.0 + np.array(c) * (2.0 * u - 1.0), axis=1)


def pure_interaction(u: np.ndarray) -> np.ndarray:
    return (2.0 * u[:, 0] - 1.0) * (2.0 * u[:, 1] - 1.0)


FUNCTIONS: dict[str, Callable[..., np.ndarray]] = {
    f.__name__: f for f in (ishigami, g, g_star, linear, product, pure_interaction)
}


def of(row: dict[str, Any], u: np.ndarray) -> np.ndarray:
    """The row's function."""
    return FUNCTIONS[row["name"]](u[:, : row["columns"]], **row["parameters"])


SLOPES = np.array([3.0, -2.5, 2.0, 1.6, -1.3, 1.0, 0.8, -0.6, 0.5, 0.4, 0.3, 0.2])


def pact(u: np.ndarray) -> np.ndarray:
    """A probability near 0 or 1 in most draws: twelve quantities, two of which interact."""
    x = 2.0 * u[:, : SLOPES.size] - 1.0
    return 1.0 / (1.0 + np.exp(-1.5 * (x @ SLOPES + 2.5 * x[:, 0] * x[:, 3] + 0.3)))
