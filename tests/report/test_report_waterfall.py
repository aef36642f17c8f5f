from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from toy_pact import toy

from foedus.case import Case
from foedus.report.alone import as_svg, write_picture
from foedus.report.waterfall import TOP, waterfall
from foedus.verdict.comparing.compare import Comparison, compare

NOW = "endurance.position.now"
STAKE = "endurance.members.north.stake"


def bars(found: Comparison) -> list[dict[str, Any]]:
    """The rows that bars are drawn from, top to bottom."""
    spec = waterfall(found).spec
    (drawn,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    rows: list[dict[str, Any]] = spec["datasets"][drawn["data"]["name"]]
    return rows


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Two numbers, one up and one down, and another horizon."""
    new = toy(("horizon: 2016-12-31", "horizon: 2017-06-30"))
    return compare(toy(), new.with_values({NOW: 0.4, STAKE: 0.3}), draws=32, workers=1)


def test_bars_lead_from_the_answer_before_to_the_answer_after(found: Comparison) -> None:
    first, *steps, last = bars(found)
    assert (first["start"], first["end"]) == (0.0, found.before.value)
    assert (last["start"], last["end"]) == (0.0, found.after.value)
    at = found.before.value
    for step in steps:
        assert step["start"] == pytest.approx(at, abs=1e-12)
        at = step["end"]
    assert at == pytest.approx(found.after.value, abs=1e-9)
    parts = {part.label: part for part in found.parts}
    for step in steps[:-1]:
        part = parts[step["name"]]
        assert step["end"] - step["start"] == pytest.approx(part.part)
        assert step["most"] - step["least"] == pytest.approx(4 * part.error)
        assert step["kind"] == ("raised by" if part.part > 0 else "lowered by")
    assert steps[-1]["name"] == "settings and structure"


def test_every_bar_has_a_line_of_its_own(found: Comparison) -> None:
    names = [row["name"] for row in bars(found)]
    assert len(set(names)) == len(names)
    assert names[0] == "toy-pact"
    assert names[-1] == "toy-pact (2)"


def test_what_is_not_worth_a_bar_is_drawn_together(pact: Case) -> None:
    keys = ("presence_cost", "effort_cost", "outside_option", "capability", "exit_cost", "aim")
    values = {f"endurance.members.{m}.{key}": 0.2 for m in ("north", "south") for key in keys}
    many = compare(pact, pact.with_values({**values, NOW: 0.4, STAKE: 0.3}), draws=8, workers=1)
    rows = bars(many)
    assert len(rows) == TOP + 2
    assert rows[-2]["name"] == "3 others"
    assert rows[-2]["end"] == pytest.approx(many.after.value, abs=1e-9)
    assert all(row["least"] is None for row in rows)  # nothing is known of so few draws' error


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_it_is_written_as_a_file(found: Comparison, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"move.{ending}"
    write_picture(waterfall(found), path)
    assert path.stat().st_size > 2000


def test_it_says_what_it_shows(found: Comparison) -> None:
    drawn = as_svg(waterfall(found))
    for told in ("position now", "Northland: stake", "settings and structure", "points"):
        assert told in drawn
