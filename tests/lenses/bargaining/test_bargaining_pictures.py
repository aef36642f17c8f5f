"""What the pictures of the bargaining lens show, and what they leave out."""

from __future__ import annotations

import dataclasses
import itertools
import json
from functools import cache
from typing import Any

import pytest
from bargaining_toy import with_bargaining
from lens_contract import told

from foedus.case import Case
from foedus.lenses.bargaining.settlement_picture import _placed
from foedus.lenses.bargaining.turns_picture import APART, _spaced
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.table import LENSES
from foedus.report.numbers import behind
from foedus.report.svg import draw

NAMES = [
    "settlement-border", "settlement-tribute", "acceptable", "turns-border", "turns-tribute",
]  # fmt: skip
HOSTILE = "'];datum.x+<script>&\"\\n"


@cache
def found(*swaps: tuple[str, str]) -> tuple[Case, Finding]:
    case = with_bargaining(*swaps)
    return case, told(LENSES["bargaining"], case)


def one(name: str, *swaps: tuple[str, str]) -> Picture:
    drawn = LENSES["bargaining"].pictures(*found(*swaps))
    return next(picture for picture in drawn if picture.name == name)


def table(picture: Picture, field: str) -> list[dict[str, Any]]:
    """The rows behind a picture that have a field."""
    kept = (rows for rows in picture.spec["datasets"].values() if rows and field in rows[0])
    return next(kept, [])


def svg(picture: Picture) -> str:
    drawn = draw(picture.spec, picture.name, picture.title, picture.caption)
    assert "undefined" not in drawn
    assert "NaN" not in drawn
    return drawn


def test_every_picture_can_be_drawn() -> None:
    drawn = LENSES["bargaining"].pictures(*found())
    assert [picture.name for picture in drawn] == NAMES
    for picture in drawn:
        assert picture.caption.endswith(".")
        assert "config" not in picture.spec
        assert behind(picture.spec)
        svg(picture)


def test_without_red_lines_or_turns_their_pictures_are_left_out() -> None:
    case, finding = found()
    issues = {name: {**issue, "turns": None} for name, issue in finding.data["issues"].items()}
    bare = {**finding.data, "issues": issues, "share_holding": None}
    drawn = LENSES["bargaining"].pictures(case, dataclasses.replace(finding, data=bare))
    assert [picture.name for picture in drawn] == NAMES[:2]


def test_the_scale_shows_actors_lines_and_models() -> None:
    issue = found()[1].data["issues"]["border"]
    picture = one("settlement-border")
    lines = {row["actor"]: row for row in table(picture, "red line")}
    assert list(lines) == ["Northland", "Southland", "The rival"]
    for name, actor in (("Northland", "north"), ("Southland", "south")):
        row, said = lines[name], issue["members"][actor]
        assert row["position"] == said["position"]["value"]
        assert row["accepts from"] == said["accepts"]["least"]["value"]
        assert row["red line"].startswith("crossed in ")
        assert row["often"] == (said["acceptable"] <= 0.5)
    assert lines["Northland"]["accepts to"] is None
    assert lines["Northland"]["bar to"] == 30
    assert lines["The rival"]["red line"] == ""
    assert not lines["The rival"]["lined"]
    models = {row["model"]: row["value"] for row in table(picture, "model")}
    ran = [row for row in issue["variants"].values() if row["failed"] is None]
    assert models == {row["says"]: row["value"] for row in ran}
    drawn = svg(picture)
    for words in ("Along the river", "Northland", "crossed in", "settlement ", "weighted mean"):
        assert words in drawn


def test_an_issue_without_labels_is_drawn_without_them() -> None:
    picture = one("settlement-tribute")
    assert table(picture, "point") == []
    assert "Nash bargaining" in picture.caption  # not drawn: it has no reference point
    svg(picture)


def test_labels_do_not_overlap() -> None:
    points = [
        {"at": at, "says": f"A place with a rather long name, number {at}"}
        for at in (0, 5, 10, 50, 52, 90, 100)
    ]
    labels, heights = _placed({"low": 0, "high": 100, "points": points}, 17)
    assert len(labels) == 7
    assert len(heights) > 1
    spots = []
    for label in labels:
        assert label["below"] <= sum(heights)
        wide = 6.2 * max(map(len, label["point"].split("\n")))
        at = label["at"] / 100 * 390
        left = at - {"left": 0.0, "center": wide / 2, "right": wide}[label["align"]]
        spots.append((left, left + wide, label["top"], label["below"]))
    for k, a in enumerate(spots):
        for b in spots[k + 1 :]:
            apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
            assert apart


def test_members_and_others_are_told_apart_by_more_than_colour() -> None:
    rows = table(one("turns-border"), "turn")
    assert {row["actor"]: row["side"] for row in rows} == {
        "Northland": "member", "Southland": "member", "The rival": "other",
    }  # fmt: skip
    starts = {row["actor"]: row["position"] for row in rows if row["turn"] == 0}
    assert starts == pytest.approx({"Northland": 24.0, "Southland": 4.0, "The rival": -8.0})
    assert "stroke-dasharray" in svg(one("turns-border"))


@pytest.mark.parametrize("wishes", [[0.0, 1.0, 2.0], [295.0, 299.0, 300.0], [10.0, 100.0, 101.0]])
def test_names_keep_their_distance_and_their_order(wishes: list[float]) -> None:
    places = _spaced(wishes, 0.0, 300.0)
    assert all(b - a >= APART - 1e-9 for a, b in itertools.pairwise(places))
    assert places[0] >= 0.0
    assert places[-1] <= 300.0


def test_the_table_of_what_is_acceptable_has_a_cell_for_every_red_line() -> None:
    rows = table(one("acceptable"), "member")
    assert {(row["member"], row["issue"].replace("\n", " ")) for row in rows} == {
        ("Northland", "Where the border runs"),
        ("Southland", "Where the border runs"),
        ("Southland", "What the rival pays"),
    }


def test_actors_of_one_name_are_told_apart() -> None:
    same = ("name: Southland", "name: Northland")
    for name in ("settlement-border", "turns-border", "acceptable"):
        told_ = json.dumps(one(name, same).spec)
        assert "Northland (north)" in told_
        assert "Northland (south)" in told_


def texts(value: Any, key: str) -> list[Any]:
    if isinstance(value, dict):
        mine = [value[key]] if key in value else []
        return mine + [x for item in value.values() for x in texts(item, key)]
    return [x for item in value for x in texts(item, key)] if isinstance(value, list) else []


def test_no_expression_holds_text_of_the_case() -> None:
    hostile = json.dumps(HOSTILE)
    swaps = (
        ("name: Northland", f"name: {hostile}"),
        ("says: Where the border runs", f"says: {hostile}"),
        ("says: Along the river", f"says: {hostile}"),
    )
    for picture in LENSES["bargaining"].pictures(*found(*swaps)):
        for key in ("labelExpr", "filter", "test", "expr", "calculate"):
            assert not any("script" in str(x) for x in texts(dict(picture.spec), key))
        assert not texts(dict(picture.spec), "url")
        assert "<script" not in svg(picture)
