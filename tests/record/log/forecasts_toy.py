"""Forecasts for the tests of the log."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from foedus.record.log import Chance, Forecast, Judgement, add
from foedus.record.log.entry import content_id

MADE = dt.datetime(2020, 3, 1, 12, 30, 15, tzinfo=dt.UTC)
HORIZON = dt.date(2021, 1, 1)
AFTER = dt.datetime(2021, 2, 1, tzinfo=dt.UTC)


def judgement(value: float = 0.7, **changed: Any) -> Judgement:
    """A judgement of a small pact."""
    told: dict[str, Any] = {
        "case": "league", "case_hash": "c0ffee00" * 8, "title": "The league of Aldia",
        "question": "Will the league hold?", "as_of": dt.date(2020, 2, 1), "horizon": HORIZON,
        "version": "0.1.0", "seed": 1, "draws": 64, "lens": "endurance",
        "probability": Chance(value=value, low=value / 2, high=(1 + value) / 2),
    }  # fmt: skip
    return Judgement(**(told | changed))


def log(path: Path, many: int = 3, **changed: Any) -> list[Forecast]:
    """Write a log of forecasts, a minute apart."""
    return [
        add(
            path, judgement(0.7 + k / 100, **changed), source=f"the gazette, page {k}",
            now=MADE + dt.timedelta(minutes=k),
        )
        for k in range(many)
    ]  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a log as data."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rewrite(path: Path, data: list[dict[str, Any]]) -> None:
    """Write lines as they are given."""
    path.write_text("".join(json.dumps(one) + "\n" for one in data), "utf-8")


def resealed(data: dict[str, Any]) -> dict[str, Any]:
    """A line with the id of what it says."""
    return {**data, "id": content_id(data)}
