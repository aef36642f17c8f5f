"""The first reading of the Syrian pact of 2016, from the prototype of the endurance game."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.lenses.dependence.power import losses, propensity
from foedus.lenses.lens import Draws
from foedus.lenses.table import LENSES, load

MEMBERS = ("russia", "iran", "damascus")
BY_MEMBER = {
    "stake": (0.45, 1.0, 2.0), "capability": (1.0, 0.8, 0.6), "effort_cost": (0.12, 0.18, 0.2),
    "presence_cost": (0.06, 0.06, 0.02), "aim": (0.55, 0.95, 1.0), "exit_cost": (1.5, 3.0, 8.0),
    "outside_option": (0.06, 0.0, -0.3), "stake_outside": (0.55, 0.9, 1.0),
    "trust": (1.0, 1.0, 1.0),
}  # fmt: skip
GETS_FROM = {
    ("russia", "iran"): 0.06, ("russia", "damascus"): 0.1, ("iran", "russia"): 0.12,
    ("iran", "damascus"): 0.15, ("damascus", "russia"): 0.35, ("damascus", "iran"): 0.35,
}  # fmt: skip
NUMBERS = {
    "position.now": 0.0, "opponents.strength": 1.75, "front.determinism": 2.0, "front.pace": 0.35,
    "token_effort": 0.2, "coordination": 0.5, "divergence_cost": 0.2, "blame.monitoring": 0.4,
    "blame.after.setback": 0.6, "blame.after.flat": 0.2, "blame.after.gain": 0.05,
    "blame.repair": 0.3, "settlement.chance": 0.01, "settlement.width": 0.5, "spoils": 0.0,
    "retribution": 0.0, "patience": 0.97, "precision": 14.0,
}  # fmt: skip
"""A first judgement: the table of the endurance method, here with a level front and full trust."""


def first_judgement() -> dict[str, object]:
    """Every number of it, by path."""
    out: dict[str, object] = {f"endurance.{key}": value for key, value in NUMBERS.items()}
    for key, row in BY_MEMBER.items():
        for member, value in zip(MEMBERS, row, strict=True):
            out[f"endurance.members.{member}.{key}"] = value
    for (one, other), value in GETS_FROM.items():
        out[f"endurance.members.{one}.gets_from.{other}"] = value
    return out | {"endurance.anchor": None}


def test_the_first_reading_of_2016_comes_out_again() -> None:
    """It left the cost of leaving out of a member's own loss; with it propensities are lower."""
    case = load("syria-2016").without_outcome().with_values(first_judgement())
    assert tuple(case.pact.members) == MEMBERS
    outcome = LENSES["endurance"].run(case, Draws.at_modes(case), {})
    values = outcome.arrays["values"]
    loss = losses(values, np.zeros((1, 3)))
    assert propensity(loss)[0] == pytest.approx([11.2, 2.8, 0.53], rel=0.015)
    assert loss[0, 2, 0] == pytest.approx(1.60, abs=0.005)
    assert loss[0, 0, 2] == pytest.approx(0.33, abs=0.005)
    ratio = propensity(losses(values, outcome.arrays["exit_cost"]))[0]
    assert ratio == pytest.approx([9.24, 2.52, 0.49], abs=0.01)
