from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from record_toy import panel

from foedus.record.scoring.baselines import baseline_forecasts
from foedus.record.scoring.picture import calibration_picture
from foedus.record.scoring.rows import write_rows
from foedus.record.scoring.score import Score, stand
from foedus.report.alone import as_svg

WHOLE = panel()
KNOWN, LATER = WHOLE.where(WHOLE.year < 1970), WHOLE.where(WHOLE.year >= 1970)


@pytest.fixture(scope="module")
def found() -> Score:
    said = np.clip(0.8 * 0.85**LATER.age, 0.02, 0.9)
    return stand(
        KNOWN, LATER, {"toy <model>": said}, baseline_forecasts(KNOWN, LATER), by_era=False, seed=1
    )


def values(spec: Any) -> list[list[dict[str, Any]]]:
    """All inline data of a specification."""
    if isinstance(spec, dict):
        own = list(spec.get("datasets", {}).values())
        own += [spec["data"]["values"]] if "values" in spec.get("data", {}) else []
        return own + [rows for part in spec.values() for rows in values(part)]
    if isinstance(spec, list):
        return [rows for part in spec for rows in values(part)]
    return []


def test_every_bin_and_every_forecast_is_drawn(found: Score) -> None:
    drawn = values(calibration_picture(found).spec)
    bins = next(rows for rows in drawn if "observed" in rows[0])
    told = found.comparison.model.marks.bins
    assert [row["observed"] for row in bins] == [one.observed for one in told]
    assert [(row["low"], row["high"]) for row in bins] == [one.interval for one in told]
    bars = next(rows for rows in drawn if "rows" in rows[0])
    assert sum(row["rows"] for row in bars) == 120


def test_the_line_of_agreement_reaches_every_bin(found: Score) -> None:
    drawn = values(calibration_picture(found).spec)
    line = next(rows for rows in drawn if "x" in rows[0])
    assert all(row["x"] == row["y"] for row in line)
    top = line[1]["x"]
    assert all(one.interval[1] <= top >= one.predicted for one in found.comparison.model.marks.bins)


def test_the_picture_is_drawn_and_says_what_it_is(found: Score) -> None:
    svg = as_svg(calibration_picture(found))
    assert "share that happened" in svg
    assert "1970–1979" in svg
    assert "<model>" not in svg


def test_every_forecast_is_written(found: Score, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_rows(found, str(path))
    with path.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == 120
    assert list(told[0]) == [
        "row", "year", "conf", "actor", "dyad", "age", "exit", "says_toy <model>", "says_history",
        "says_last20", "says_age",
    ]  # fmt: skip
    assert [int(one["row"]) for one in told] == LATER.row.tolist()
    assert [float(one["exit"]) for one in told] == LATER.event.tolist()
    said = [float(one["says_toy <model>"]) for one in told]
    np.testing.assert_array_equal(said, found.forecasts["toy <model>"])
