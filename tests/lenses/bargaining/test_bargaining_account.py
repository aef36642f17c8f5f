from __future__ import annotations

import pytest
from bargaining_toy import with_bargaining

from foedus.lenses.bargaining.game import GameError
from foedus.lenses.bargaining.opening import of_case


def test_an_issue_of_a_case_is_a_table_at_the_most_likely_values() -> None:
    opened = of_case(with_bargaining(), "border")
    assert opened.at_modes
    assert opened.issue == "border"
    assert opened.title == "Where the border runs"
    assert opened.table.positions[:, 0].tolist() == pytest.approx([24.0, 4.0, -8.0])
    assert opened.table.scale == ((-10.0, 30.0),)
    assert opened.reference == pytest.approx((20.0,))
    told = opened.account(variants=["nbs", "wmean"]).to_dict()
    weights = [1.0 * 0.8, 0.6 * 0.5, 0.9 * 0.7]
    mean = (24 * weights[0] + 4 * weights[1] - 8 * weights[2]) / sum(weights)
    assert told["variants"]["wmean"]["forecast"] == pytest.approx([mean])
    assert told["variants"]["nbs"]["history"] is not None
    assert told["reference"] == pytest.approx([20.0])
    assert told["names"]["north"] != "north"


def test_the_issue_has_to_be_named_where_there_are_several() -> None:
    with pytest.raises(GameError, match="choose one of them with --issue: border, tribute"):
        of_case(with_bargaining())
    with pytest.raises(GameError, match="no issue 'boarder', did you mean 'border'"):
        of_case(with_bargaining(), "boarder")
