"""Matrices and figures that others published."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.lenses.argument.account.account import MatrixAccount
from foedus.lenses.argument.kernel.bayes import weighed
from foedus.lenses.argument.kernel.layers import discount
from foedus.lenses.table import evidence_matrix

PUBLISHED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "published" / "argument" / "matrices.json").read_text("utf-8")
)
IRAQ = PUBLISHED["iraq-1993"]


@pytest.fixture(params=["rows", "columns"])
def iraq(request: pytest.FixtureRequest, tmp_path: Path) -> MatrixAccount:
    """The matrix, hypotheses as rows and, as printed, as columns."""
    table = [["hypothesis", *IRAQ["items"]]]
    table += [[h, *row] for h, row in IRAQ["cells"].items()]
    if request.param == "columns":
        table[0][0] = "evidence"
        table = [list(column) for column in zip(*table, strict=True)]
    path = tmp_path / "iraq.csv"
    path.write_text("\n".join(",".join(row) for row in table), "utf-8")
    return evidence_matrix(str(path)).account()


def test_heuers_example_comes_out_in_the_order_that_the_circular_prints(
    iraq: MatrixAccount,
) -> None:
    rows = iraq.data["hypotheses"]
    assert {h: row["inconsistency"] for h, row in rows.items()} == IRAQ["against"]
    for rank in ("inconsistency_rank", "weighted_rank", "rank"):
        assert sorted(rows, key=lambda h: rows[h][rank]) == IRAQ["order"]
    none = [i for i, row in iraq.data["items"].items() if row["diagnosticity"] == 0]
    assert none == IRAQ["without_diagnostic_value"]
    assert iraq.data["least_inconsistent"] == [iraq.data["leader"]] == ["H2"]
    assert all(pair["items"] > 0 for pair in iraq.data["pairs"])


def test_an_item_without_diagnostic_value_can_be_set_aside(iraq: MatrixAccount) -> None:
    less = iraq.opened.asking(without=["E1"]).account()
    for name, row in less.data["hypotheses"].items():
        assert row["posterior"] == pytest.approx(iraq.data["hypotheses"][name]["posterior"])


def test_his_posterior_in_closed_form(iraq: MatrixAccount) -> None:
    """Independent, fully credible items: each column is c or i, and c / i is what tells."""
    odds = 1.6 / 0.6
    parts = {"H1": odds**-3, "H2": 1.0, "H3": odds**-2}
    for name, row in iraq.data["hypotheses"].items():
        assert row["posterior"]["value"] == pytest.approx(parts[name] / sum(parts.values()))


@pytest.mark.parametrize("row", PUBLISHED["weights"])
def test_weights_are_those_of_the_program(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text(
        f"hypothesis,e,f\nA,{row['consistency']},N\nB,N,C\n"
        f"@credibility,{row['credibility']},\n@relevance,{row['relevance']},\n",
        "utf-8",
    )
    found = evidence_matrix(str(path)).account().data["hypotheses"]["A"]
    assert found["weighted_inconsistency"] == pytest.approx(row["score"])


@pytest.mark.parametrize("row", PUBLISHED["kish"])
def test_equal_items_of_a_group_count_as_a_cluster_does(row: dict[str, Any]) -> None:
    m, rho = row["m"], row["rho"]
    assert m * discount(np.array([float(m)]), np.array([rho]))[0] == pytest.approx(row["effective"])
    columns = np.tile(np.array([0.4, -0.1])[None, :, None], (1, 1, m))
    together = weighed(columns, np.zeros(m, dtype=np.int64), np.array([[rho]]))
    told = float(together.total[0, 0] - together.total[0, 1])
    assert told == pytest.approx(0.5 * row["effective"])
    assert math.isfinite(told)
