from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import Any

import pytest

from foedus.case import Case, loads
from foedus.lenses.endurance.pictures import pictures
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.table import LENSES, SECTIONS
from foedus.report.svg import draw
from foedus.verdict.analysis import analyze

CASE = """\
foedus: 1
id: two
title: Two
question: Will it hold?
as_of: 2016-06-12
horizon: 2017-06-11
actors:
  north: {name: Twin, kind: state}
  south: {name: Twin, kind: state}
pact: {members: [north, south], holds_while: [south]}
endurance:
  step: quarter
  position: {now: {mode: 0.0, low: -0.2, high: 0.2}}
  levels: {front: 5, trust: LEVELS}
  opponents: {strength: 1.1}
  members:
    north: {stake: 0.6, capability: 1.0, effort_cost: 0.1, exit_cost: 1.0}
    south:
      {stake: {mode: 0.8, low: 0.5, high: 1.1}, capability: 0.7, effort_cost: 0.1, exit_cost: 1}
"""
NAMES = [
    "survival", "first-leaver", "hazard", "effort", "exit-map", "trends", "split", "loss",
    "strengths",
]  # fmt: skip


@cache
def found(trust: int) -> tuple[Case, Finding]:
    case = loads(CASE.replace("LEVELS", str(trust)), SECTIONS)
    return case, analyze(case, draws=8, workers=1).findings["endurance"]


def texts(value: Any, key: str) -> list[Any]:
    if isinstance(value, dict):
        mine = [value[key]] if key in value else []
        return mine + [x for item in value.values() for x in texts(item, key)]
    return [x for item in value for x in texts(item, key)] if isinstance(value, list) else []


@pytest.mark.parametrize("trust", [1, 3])
def test_every_picture_can_be_drawn(trust: int) -> None:
    drawn = LENSES["endurance"].pictures(*found(trust))
    assert [picture.name for picture in drawn] == NAMES
    for picture in drawn:
        assert picture.caption.endswith(".")
        assert "config" not in picture.spec
        assert "undefined" not in draw(picture.spec, picture.name, picture.title, picture.caption)


def one(name: str) -> Picture:
    return next(picture for picture in pictures(*found(3)) if picture.name == name)


def test_what_there_is_no_data_for_is_left_out() -> None:
    case, finding = found(3)
    without = dataclasses.replace(finding, data={**finding.data, "split": None, "strengths": None})
    left = [name for name in NAMES if name not in ("split", "strengths")]
    assert [picture.name for picture in pictures(case, without)] == left


def test_actors_of_one_name_are_told_apart() -> None:
    for name in ("first-leaver", "hazard", "loss"):
        told = json.dumps(one(name).spec)
        assert "Twin (north)" in told
        assert "Twin (south)" in told


def test_survival_runs_in_real_dates() -> None:
    (table,) = [rows for rows in one("survival").spec["datasets"].values() if len(rows) > 1]
    assert table[0]["date"] == "2016-06-12"
    assert table[1]["date"] == "2016-09-11"
    assert table[0]["value"] == 1.0


def test_the_map_runs_from_full_trust_down_to_lost() -> None:
    spec = one("exit-map").spec
    levels = next(y["sort"] for y in texts(spec, "y") if isinstance(y, dict))
    assert levels == ["full", "half", "lost"]


def test_no_expression_holds_text_of_the_case() -> None:
    for picture in pictures(*found(3)):
        for key in ("labelExpr", "filter", "test", "expr", "calculate"):
            assert not any("Twin" in str(x) for x in texts(dict(picture.spec), key))
        assert not texts(dict(picture.spec), "url")
