"""Borgonovo's delta: the area by which the outcome's density moves once a quantity is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.ensemble.sensitivity.sample import Floats, Ints

BINS = 64
"""Cells of the outcome's range in which densities are worked out."""
RESAMPLES = 20
"""Bootstrap resamples behind the bias reduction and the interval."""
CHUNK = 64
"""Columns worked on at a time."""


@dataclass(frozen=True, eq=False)
class Delta:
    """For each column (d,): the bias-reduced index, its bootstrap standard error, the raw index."""

    value: Floats
    error: Floats
    raw: Floats


def classes_for(draws: int) -> int:
    """Number of classes of a column for so many draws (Plischke, Borgonovo & Smith 2013)."""
    power = 2.0 / (7.0 + np.tanh((1500.0 - draws) / 500.0))
    return int(min(np.ceil(draws**power), 48))


def delta(
    u: Floats, y: Floats, weights: Floats | None = None, *,
    classes: int | None = None, seed: int = 1,
) -> Delta:  # fmt: skip
    """Delta of every column of `u` (n, d) for the outcome `y` (n,), from given data.

    Half the mean area between the density of `y` within a class of the column and over all draws
    (Borgonovo 2007), by kernel densities with Silverman's bandwidth in classes of equal count
    (Plischke, Borgonovo & Smith 2013). Twice the estimate less the mean of its resamples reduces
    its bias. Mass is reflected at the ends of the outcome's range, where their estimator loses it.
    """
    n = y.size
    w = np.full(n, 1.0 / n) if weights is None else weights / weights.sum()
    classes = classes or classes_for(n)
    edges = np.round(np.linspace(0, n, classes + 1)).astype(np.int64)
    cells = np.minimum((y - y.min()) / np.ptp(y) * BINS, BINS - 1).astype(np.int64)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3,)))
    sizes = np.diff(edges)
    start, length = np.repeat(edges[:-1], sizes), np.repeat(sizes, sizes)
    picks = start + (rng.random((RESAMPLES, n)) * length).astype(np.int64)
    order = np.argsort(u, axis=0, kind="stable")
    label = np.repeat(np.arange(classes), sizes)
    value, error, raw = np.empty((3, u.shape[1]))
    for first in range(0, u.shape[1], CHUNK):
        here = order[:, first : first + CHUNK]
        found = _areas(cells[here], w[here], label, classes)
        again = np.stack([_areas(cells[here[p]], w[here[p]], label, classes) for p in picks])
        raw[first : first + CHUNK] = found
        value[first : first + CHUNK] = 2.0 * found - again.mean(axis=0)
        error[first : first + CHUNK] = again.std(axis=0, ddof=1)
    return Delta(value, error, raw)


def _areas(cells: Ints, w: Floats, label: Ints, classes: int) -> Floats:
    """Delta of columns whose draws stand in the column's order: cells and weights (n, d)."""
    columns = cells.shape[1]
    place = (np.arange(columns) * classes + label[:, None]) * BINS + cells
    mass = np.bincount(place.ravel(), w.ravel(), columns * classes * BINS)
    mass = mass.reshape(columns, classes, BINS)
    share = mass.sum(axis=2)
    density = _smooth(mass / share[..., None], cells.shape[0] / classes)
    whole = mass.sum(axis=1) / share.sum(axis=1)[:, None]
    gaps = np.abs(density - _smooth(whole, cells.shape[0])[:, None]).sum(axis=2)
    return np.asarray(0.5 * (share / share.sum(axis=1)[:, None] * gaps).sum(axis=1))


def _smooth(mass: Floats, draws: float) -> Floats:
    """Masses over cells (..., bins) after a Gaussian kernel with Silverman's bandwidth.

    In cosines over the range, which reflects at its ends (Botev, Grotowski & Kroese 2010).
    """
    at = (np.arange(BINS) + 0.5) / BINS
    mean = mass @ at
    spread = np.sqrt(np.maximum(mass @ at**2 - mean**2, 0.0) + 1.0 / (12 * BINS**2))
    width = spread * (0.75 * draws) ** -0.2
    waves = np.arange(BINS)
    cosines = (
        np.cos(np.pi * np.outer(waves, at)) * np.sqrt(np.where(waves, 2.0, 1.0) / BINS)[:, None]
    )
    damping = np.exp(-0.5 * np.square(np.pi * waves * width[..., None]))
    return np.asarray(((mass @ cosines.T) * damping) @ cosines)
