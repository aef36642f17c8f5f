"""A panel as a table of the base_rate lens: counts by class and everything that goes with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.record.models.drifting import DRIFTS
from foedus.record.models.hierarchical import (
    count_classes,
    design_effect,
    fit_hierarchical,
    labels,
)
from foedus.record.panels import Panel
from foedus.record.rates.eras import levels
from foedus.record.rates.frailty import fit_frailty

DIGITS = 6
"""Decimals that are kept of what is fitted."""


def as_table(panel: Panel, ends: dict[str, str], words: dict[str, str]) -> dict[str, Any]:
    """The table of a panel, as plain data.

    `ends` names the columns that count an end, by what it is called; `words` are `tie`, `cite` and
    `note`, for people. Sponsors of one client are looked at together for what they share.
    """
    told = labels(panel)
    order = tuple(told)
    fitted = fit_hierarchical(panel)
    counts = {
        end: count_classes(told, order, panel.event if column == panel.task.event
                           else panel.columns[column])
        for end, column in ends.items()
    }  # fmt: skip
    rows = [
        dict(key) | {"n": n} | {f"{end}_ends": counts[end][key][1] for end in ends}
        for key, (n, _) in sorted(counts["any"].items())
    ]
    era = levels(panel, DRIFTS[panel.task.name])
    members = panel.task.name == "sponsor-exit"
    frailty = fit_frailty(panel, fitted.predict(panel)) if members else (0.0, 0.0, 0.0)
    return words | {
        "years": [int(panel.year.min()), int(panel.year.max())],
        "order": list(order),
        "ends": {end: f"{end}_ends" for end in ends},
        "rows": rows,
        "worth": {name: round(worth, 1) for name, worth in zip(order, fitted.worth, strict=True)},
        "design_effect": round(design_effect(panel), 3),
        "frailty": list(frailty),
        "members": members,
        "era": {
            "years": era.years.astype(int).tolist(),
            "mean": np.round(era.mean, DIGITS).tolist(),
            "sd": np.round(era.sd, DIGITS).tolist(),
            "step": DRIFTS[panel.task.name].step,
        },
    }
