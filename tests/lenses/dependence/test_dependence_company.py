"""What the dependence lens says of who would rather stand with whom."""

from __future__ import annotations

import numpy as np
import pytest
from dependence_toy import with_likings
from lens_contract import drawn, look, told

from foedus.lenses.dependence.kernel.hedonic import NOTIONS
from foedus.lenses.table import LENSES

LENS = LENSES["dependence"]


def test_every_draw_is_stable_or_not_by_its_own_values() -> None:
    """The pact of north and south, and the rival alone; 1 and 0 what each would rather do."""
    case = with_likings()
    draws = drawn(case, 64)
    arrays = look(LENS, case, draws).arrays
    here = "dependence.values"
    of_south, of_rival = draws[f"{here}.north.south"], draws[f"{here}.south.rival"]
    back = draws[f"{here}.rival.south"]
    holds = dict(zip(NOTIONS, arrays["hedonic"].T, strict=True))
    # north has -0.5 of the rival, so it never goes there, and never welcomes it
    north, south = of_south < 0.0, of_rival > 0.6
    assert arrays["mover"].T.tolist() == [north.tolist(), south.tolist(), (back > 0.0).tolist()]
    welcome = [north, south & (back >= 0.0), np.zeros(64, bool)]
    assert arrays["welcome"].T.tolist() == [row.tolist() for row in welcome]
    assert holds["individually_rational"].tolist() == (~north).tolist()
    assert holds["nash"].tolist() == (~(north | south | (back > 0.0))).tolist()
    assert holds["individual"].tolist() == (~(north | (south & (back >= 0.0)))).tolist()
    pair = south & (back > 0.0)
    assert holds["core"].tolist() == (~(north | pair)).tolist()
    gains = np.stack([np.zeros(64), np.where(north, -of_south, 0.0),
                      np.where(pair, np.minimum(of_rival - 0.6, back), 0.0)])  # fmt: skip
    sets = np.array([0, 1, 6])[gains.argmax(axis=0)]
    assert arrays["objecting"].tolist() == sets.tolist()
    assert {0, 1, 6} == set(sets.tolist())


def test_shares_of_draws_and_the_most_likely_values_are_told() -> None:
    case = with_likings()
    draws = drawn(case, 64)
    outcome = look(LENS, case, draws)
    holds = dict(zip(NOTIONS, outcome.arrays["hedonic"].mean(axis=0).tolist(), strict=True))
    data = LENS.find(case, draws, outcome).data["company"]
    assert data["holds"] == pytest.approx(holds)
    assert data["movers"]["south"]["wants"] == outcome.arrays["mover"][:, 1].mean()
    assert sum(row["share"] for row in data["objecting"]) == pytest.approx(1.0 - holds["core"])
    modes = data["at_modes"]
    assert modes["holds"]["core"] is True
    assert modes["utility"] == {"north": 0.4, "south": 0.6, "rival": 0.0}
    assert modes["objecting"] is None
    (move,) = modes["moves"]
    assert (move["actor"], move["to"]) == ("rival", ["north", "south"])
    assert (move["gain"], move["welcome"], move["released"]) == (0.2, False, True)
    assert modes["stable"]["core"]["count"] == len(modes["stable"]["core"]["partitions"]) == 1
    assert modes["stable"]["core"]["partitions"] == [[["north", "south"], ["rival"]]]


def test_silent_actors_are_named() -> None:
    swap = ("    rival: {south: {mode: 0.2, low: -0.1, high: 0.5}}\n", "")
    said = " ".join(told(LENS, with_likings(swap), 8).warnings)
    assert "Nothing is said of what company is worth to The rival: to it all company" in said
    assert "further value" not in said


def test_without_values_nothing_is_told_of_company() -> None:
    text = with_likings().data["dependence"]["values"]
    assert text
    case = with_likings(("  partition: {pact: [north, south]}\n", "")).with_values(
        {"dependence.values": {}}
    )
    finding = told(LENS, case, 8)
    assert finding.data["company"] is None
    assert "rather stand" not in " ".join(finding.reasons)
    assert finding.warnings == tuple(said for said in finding.warnings if "company" not in said)
