"""Made sponsors whose exits come together, and panels as files."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def shared(
    clients: int, each: int, hazard: float, variance: float, seed: int
) -> dict[str, NDArray[Any]]:
    """Clients with `each` sponsors, one year apiece, who share a gamma frailty of a variance."""
    rng = np.random.default_rng(seed)
    z = np.ones(clients)
    if variance > 0.0:
        z = rng.gamma(1.0 / variance, variance, clients)
    # the force at which everybody leaves with chance `hazard`, whatever the frailty is
    whole = -np.log1p(-hazard)
    force = np.expm1(variance * whole) / variance if variance > 0.0 else whole
    stays = np.exp(-z * force)
    client = np.repeat(np.arange(clients), each)
    return {
        "year": np.full(client.size, 1990), "age": np.full(client.size, 2),
        "exit": (rng.uniform(size=client.size) > stays[client]).astype(float),
        "conf": client % 60, "actor": client, "dyad": 1000 + client,
        "sid": np.tile(np.arange(each), clients),
    }  # fmt: skip


def write(path: str, frame: dict[str, Any]) -> str:
    """A frame as a parquet file; its path."""
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({name: np.asarray(v) for name, v in frame.items()}), path)
    return path
