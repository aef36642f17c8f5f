"""Tables made of panels whose truth is known."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from foedus.lenses.base_rate.classes import age_band
from foedus.lenses.base_rate.kernel import yearly_force
from foedus.lenses.base_rate.tables import read_tables
from foedus.record.models.drifting import DRIFTS
from foedus.record.models.hierarchical import count_classes, design_effect, labels
from foedus.record.models.local_level import FittingError
from foedus.record.panels import Panel
from foedus.record.rates.counting import as_table
from foedus.record.rates.eras import levels
from foedus.record.rates.frailty import fit_frailty, joint_exits

WORDS = {"tie": "sponsor-year: made", "cite": "Made up 2001", "note": "An end: made up."}


def pairs(variance: float, hazard: float = 0.35, groups: int = 500, seed: int = 4) -> Panel:
    """Two sponsors of each of many clients in a year, leaving by a gamma frailty of their own."""
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    shared = rng.gamma(1.0 / variance, variance, groups) if variance else np.ones(groups)
    force = float(yearly_force(np.array(hazard), variance))
    left = rng.uniform(size=(groups, 2)) < -np.expm1(-shared[:, None] * force)
    client = np.repeat(np.arange(groups), 2)
    return Panel.of(
        {
            "year": 1980 + client % 20, "age": np.tile([0, 5], groups), "exit": left.ravel() * 1,
            "conf": client, "actor": client, "dyad": client,
            "rebel": client % 2, "troops": np.tile([0, 1], groups),
        },
        "sponsor-exit",
    )  # fmt: skip


@pytest.mark.parametrize("variance", [0.0, 0.8, 3.0])
def test_a_known_frailty_lies_in_the_fitted_interval(variance: float) -> None:
    panel = pairs(variance)
    value, low, high = fit_frailty(panel, np.full(len(panel), 0.35))
    assert low <= variance <= high
    assert low <= value <= high
    assert value == pytest.approx(variance, abs=0.2 + 0.3 * variance)


def test_sponsors_alone_tell_nothing_of_what_is_shared() -> None:
    panel = pairs(3.0, groups=50)
    first = panel.where(np.arange(len(panel)) % 2 == 0)
    with pytest.raises(FittingError, match="no client has two sponsors"):
        fit_frailty(first, np.full(len(first), 0.35))


def test_joint_exits_are_counted_by_hand() -> None:
    panel = Panel.of(
        {
            "year": [1990] * 7, "age": [0] * 7, "exit": [1, 1, 1, 0, 1, 1, 1],
            "conf": [1, 1, 2, 2, 3, 3, 3], "actor": [1, 1, 2, 2, 3, 3, 3],
            "dyad": [1, 1, 2, 2, 3, 3, 3],
        },
        "sponsor-exit",
    )  # fmt: skip
    assert joint_exits(panel) == (2, 1, pytest.approx(0.75**2))


def made_table(panel: Panel) -> dict[str, Any]:
    out: dict[str, Any] = json.loads(json.dumps(as_table(panel, {"any": "exit"}, WORDS)))
    return out


def test_a_made_table_is_read_back_and_sums_up() -> None:
    panel = pairs(1.0, groups=120)
    table = read_tables(json.dumps({"sponsors": made_table(panel)}))["sponsors"]
    counts = table.counts["any"]
    assert counts[()].rows == len(panel)
    assert counts[()].events == int(panel.event.sum())
    assert table.years == (1980, 1999)
    troops = panel.columns["troops"] == 1.0
    here = troops & (panel.columns["rebel"] == 0.0)
    key = (("age", age_band("sponsors", 5)), ("client", "government"), ("troops", "yes"))
    assert counts[key].rows == int(here.sum())
    assert counts[key].events == int(panel.event[here].sum())


def test_what_the_panel_does_not_tell_is_counted_in_the_wider_class_alone() -> None:
    told = {"age": np.array(["0", "0", "1"]), "troops": np.array(["yes", "", "no"])}
    counts = count_classes(told, ("age", "troops"), np.array([1.0, 1.0, 0.0]))
    assert counts[()] == (3, 2)
    assert counts[(("age", "0"),)] == (2, 2)
    assert counts[(("age", "0"), ("troops", "yes"))] == (1, 1)
    assert (("age", "0"), ("troops", "")) not in counts


def test_a_treaty_is_labelled_by_its_strongest_obligation() -> None:
    panel = Panel.of(
        {
            "year": [1950, 1950, 1950], "age": [0, 7, 60], "any": [0, 1, 0], "atopid": [1, 2, 3],
            "defense": [1, 1, 0], "offense": [0, 1, 0], "consul": [1, 1, 0], "wartime": [0, 1, 0],
        },
        "alliance-end",
    )  # fmt: skip
    told = labels(panel)
    assert told["obligation"].tolist() == ["defense", "offense", ""]
    assert told["wartime"].tolist() == ["no", "yes", "no"]
    assert told["age"].tolist() == ["0-1", "5-9", "40+"]


def test_rows_that_repeat_each_other_count_once() -> None:
    """Ten copies of a row tell a tenth of what ten rows apart would."""
    rng = np.random.default_rng(np.random.SeedSequence(8))
    event = np.repeat((rng.uniform(size=400) < 0.2).astype(int), 10)
    cluster = np.repeat(np.arange(400), 10)
    base = {"year": np.full(4000, 1990), "age": np.zeros(4000, int), "exit": event}
    copied = Panel.of(base | {"conf": cluster}, "sponsor-exit")
    apart = Panel.of(base | {"conf": np.arange(4000)}, "sponsor-exit")
    assert design_effect(copied) == pytest.approx(10.0, rel=0.01)
    assert design_effect(apart) == pytest.approx(1.0, abs=0.01)


def steady(rates: dict[int, float], rows: int = 300) -> Panel:
    """A panel with a rate by year."""
    rng = np.random.default_rng(np.random.SeedSequence(12))
    year = np.repeat(list(rates), rows)
    chance = np.array([rates[int(y)] for y in year])
    return Panel.of(
        {
            "year": year, "age": np.zeros(year.size, int), "conf": np.arange(year.size),
            "exit": (rng.uniform(size=year.size) < chance).astype(int),
        },
        "sponsor-exit",
    )  # fmt: skip


def test_a_level_that_does_not_move_is_found_near_none() -> None:
    found = levels(steady(dict.fromkeys(range(1960, 1985), 0.2)), DRIFTS["sponsor-exit"])
    assert found.years[-1] == 1985.0
    assert abs(found.mean[-1]) < 2.0 * found.sd[-1]
    assert found.sd[-1] < found.sd[0]


def test_a_level_knows_only_the_years_before() -> None:
    rates = dict.fromkeys(range(1960, 1985), 0.2)
    later = levels(steady(rates | dict.fromkeys(range(1980, 1985), 0.6)), DRIFTS["sponsor-exit"])
    whole = levels(steady(rates), DRIFTS["sponsor-exit"])
    early = later.years < 1980
    moved = (later.mean - whole.mean)[early]  # by the panel's own rate, which both are told above
    np.testing.assert_allclose(moved, moved[0], atol=1e-9)
    np.testing.assert_allclose(later.sd[early], whole.sd[early], rtol=1e-9)
