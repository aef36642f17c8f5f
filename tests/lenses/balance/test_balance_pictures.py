"""What the pictures of the balance lens show, and what they leave out."""

from __future__ import annotations

import dataclasses
import itertools
import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from balance_plain import PUBLISHED, networks
from balance_toy import with_balance
from hypothesis import given, settings
from lens_contract import told

from foedus.case import Case
from foedus.lenses.balance.account.outputs import drawn
from foedus.lenses.balance.network import NetworkError
from foedus.lenses.balance.pictures.layout import ROW, Disc, discs, oval, seats
from foedus.lenses.balance.pictures.lens import network_picture
from foedus.lenses.balance.pictures.network import DOTS, LINES, NAMED, STRAINED
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.plane import shortened, wide
from foedus.lenses.table import LENSES, signed_network
from foedus.report.numbers import behind
from foedus.report.svg import draw

HOSTILE = "'];datum.x+<script>&\"\\n"
ARABIC = "الاتحاد السوفياتي السابق"


@cache
def found(*swaps: tuple[str, str]) -> tuple[Case, Finding]:
    case = with_balance(*swaps)
    return case, told(LENSES["balance"], case)


def pictures(*swaps: tuple[str, str]) -> dict[str, Picture]:
    return {p.name: p for p in LENSES["balance"].pictures(*found(*swaps))}


def table(picture: Picture, field: str) -> list[dict[str, Any]]:
    """The rows behind a picture that have a field."""
    kept = (rows for rows in picture.spec["datasets"].values() if rows and field in rows[0])
    return next(kept, [])


def svg(picture: Picture) -> str:
    made = draw(picture.spec, picture.name, picture.title, picture.caption)
    assert "undefined" not in made
    assert "NaN" not in made
    return made


def plain(actors: int, ties: list[tuple[int, int, int, bool]], camps: int = 2) -> dict[str, Any]:
    """What a plain network's picture is drawn from: ties are two places, sign and strained."""
    return {
        "title": "A network", "date": None, "question_camps": camps,
        "actors": [
            {"id": f"a{i}", "name": f"Actor {i}", "camp": i % camps, "member": i < 2,
             "cost_of_moving": float(i)}
            for i in range(actors)
        ],
        "ties": [
            {"between": [f"a{a}", f"a{b}"], "sign": sign, "weight": 1.0 + a, "strained": bad}
            for a, b, sign, bad in ties
        ],
        "frustration": {"value": 2.0, "bound": 2.0, "proved": True, "optima": 3, "optima_least": 3},
        "line_index": 0.5,
    }  # fmt: skip


def test_every_picture_can_be_drawn() -> None:
    shown = pictures()
    assert list(shown) == ["network", "strain", "moving", "past"]
    for picture in shown.values():
        assert picture.caption.endswith(".")
        assert "config" not in picture.spec
        assert behind(picture.spec)
        svg(picture)


def test_the_network_shows_camps_members_and_strained_ties() -> None:
    data = found()[1].data
    picture = pictures()["network"]
    people = {row["actor"]: row for row in table(picture, "label")}
    assert people.keys() == {"Northland", "Southland", "The envoy", "The rival"}
    assert {a for a, row in people.items() if row["part"] != "other"} == {"Northland", "Southland"}
    assert len({row["camp"] for row in people.values()}) == len(
        {camp for camp in data["likely"]["camps"].values() if camp is not None}
    )
    ties = {frozenset((row["one"], row["other"])): row for row in table(picture, "tie")}
    assert len(ties) == len(data["strain"])
    foes = ties[frozenset(("Northland", "The rival"))]
    assert foes["tie"] == "foes"
    assert foes["strain"] == STRAINED
    assert foes["share of draws under strain"] == data["strain"]["foes"]["strained"]
    widest = max(ties.values(), key=lambda row: row["width"])
    most = max(data["strain"].values(), key=lambda row: row["strain"]["value"])
    assert widest["share of draws under strain"] == most["strained"]
    assert widest["weight"] == most["weight"]["value"]
    assert "stroke-dasharray" in svg(picture)


def test_bars_and_history_show_the_finding() -> None:
    data = found()[1].data
    bars = table(pictures()["strain"], "tie")
    shares = sorted((row["strained"] for row in data["strain"].values()), reverse=True)
    assert [row["share"] for row in bars] == [share for share in shares if share >= 0.005]
    costs = {row["actor"]: row for row in table(pictures()["moving"], "low")}
    assert costs["Northland"]["value"] == data["cost_of_moving"]["north"]["value"]
    assert costs["The rival"]["part"] == "other"
    past = table(pictures()["past"], "line index")
    assert [row["frustration"] for row in past] == [row["value"] for row in data["history"]]
    assert past[0]["date"] == "before"


def test_what_there_is_nothing_of_is_left_out() -> None:
    case, finding = found()
    calm = {
        name: {**row, "strained": 0.0, "strain": {"value": 0.0, "low": 0.0, "high": 0.0}}
        for name, row in finding.data["strain"].items()
    }
    still = {actor: {"value": 0.0, "low": 0.0, "high": 0.0} for actor in finding.data["actors"]}
    bare = {
        **finding.data, "strain": calm, "cost_of_moving": still,
        "history": finding.data["history"][:1],
    }  # fmt: skip
    shown = LENSES["balance"].pictures(case, dataclasses.replace(finding, data=bare))
    assert [picture.name for picture in shown] == ["network"]
    assert all(row["strain"] != STRAINED for row in table(shown[0], "one"))
    none = {**bare, "strain": {}}
    assert LENSES["balance"].pictures(case, dataclasses.replace(finding, data=none)) == ()


@settings(max_examples=60, deadline=None)
@given(networks(most=9))
def test_names_on_the_oval_never_overlap(network: Any) -> None:
    nodes, ends, _, weights = network
    camps = np.arange(nodes) % 3
    layout = oval(camps, ends, weights, 680.0, 200.0)
    again = oval(camps, ends, weights, 680.0, 200.0)
    assert layout.x.tobytes() == again.x.tobytes()
    for side in (True, False):
        ys = sorted(layout.y[layout.left == side].tolist())
        assert all(b - a >= ROW - 1e-9 for a, b in itertools.pairwise(ys))
    assert ((layout.x >= 200.0 - 1e-9) & (layout.x <= 480.0 + 1e-9)).all()
    assert ((layout.y > 0.0) & (layout.y < layout.height)).all()
    round_ = camps[np.argsort(layout.walk)]
    assert int((np.diff(round_) != 0).sum()) == len(set(camps.tolist())) - 1
    assert len({(x, y) for x, y in zip(layout.x.tolist(), layout.y.tolist(), strict=True)}) == nodes


def test_those_tied_stand_near_each_other() -> None:
    camps = np.array([0] * 6 + [1] * 6)
    ends = np.array([(0, 5), (6, 11), (0, 11), (5, 6)])
    layout = oval(camps, ends, np.ones(4), 680.0, 200.0)
    ordered = np.argsort(layout.walk)
    assert abs(layout.walk[0] - layout.walk[5]) == 1
    assert abs(layout.walk[6] - layout.walk[11]) == 1
    assert camps[ordered].tolist() == camps.tolist()


def test_discs_stay_apart_and_their_seats_inside() -> None:
    patches, height = discs([900, 40, 5, 300, 1], 680.0)
    assert len(patches) == 5
    for one, two in itertools.combinations(patches, 2):
        assert np.hypot(one.x - two.x, one.y - two.y) > one.radius + two.radius
    assert all(p.radius <= p.x <= 680.0 - p.radius and p.y + p.radius < height for p in patches)
    left, right = Disc(100.0, 100.0, 80.0), Disc(400.0, 100.0, 80.0)
    places = seats([left, right], [list(range(50)), list(range(50, 100))], {0: [50], 50: [0]})
    assert len(set(places.values())) == 100
    for i, (x, y) in places.items():
        disc = left if i < 50 else right
        assert np.hypot(x - disc.x, y - disc.y) < disc.radius
    assert places[0][0] > 160.0  # at the side of the one it is tied to
    assert places[50][0] < 340.0


def test_a_large_network_is_a_summary() -> None:
    size, many = DOTS + 500, LINES + 50
    ties = [(i, i + 1, 1, i < many) for i in range(size - 1)]
    picture = network_picture(plain(size, ties))
    assert len(table(picture, "actor")) == DOTS
    assert len(table(picture, "one")) == LINES
    assert f"{DOTS:,} of {size:,} actors are drawn" in picture.caption
    assert f"Of {many:,} ties under strain the {LINES:,} strongest" in picture.caption
    assert {row["strain"] for row in table(picture, "one")} == {STRAINED}
    assert "Actor 7" not in svg(picture)


@pytest.mark.parametrize("size", [2, 3, NAMED, NAMED + 1])
@pytest.mark.parametrize("camps", [1, 2, 5])
def test_any_size_and_any_number_of_camps_is_drawn(size: int, camps: int) -> None:
    ties = [(i, (i + 1) % size, (-1) ** i, i % 3 == 0) for i in range(size - 1)]
    picture = network_picture(plain(size, ties, camps))
    made = svg(picture)
    assert ("Actor 1<" in made) == (size <= NAMED)
    assert "One of 3 equally good divisions." in picture.caption


def test_a_crowd_of_ties_is_thinned_and_said() -> None:
    pairs = [*itertools.combinations(range(30), 2)]
    picture = network_picture(plain(30, [(a, b, 1, k < 5) for k, (a, b) in enumerate(pairs)]))
    assert len(table(picture, "one")) == 5
    assert f"{len(pairs) - 5:,} ties without strain are not drawn." in picture.caption


def test_who_has_no_tie_is_counted_and_nothing_at_all_is_refused() -> None:
    alone = plain(3, [(0, 1, 1, False)])
    alone["actors"][2]["camp"] = None
    picture = network_picture(alone)
    assert "1 actor without ties not drawn." in picture.caption
    assert len(table(picture, "label")) == 2
    with pytest.raises(NetworkError, match="no ties to draw"):
        network_picture(plain(2, []))


def test_a_published_network_is_drawn_from_its_file() -> None:
    account = signed_network(str(PUBLISHED / "tribes.csv")).account()
    picture = network_picture(drawn(account))
    rows = table(picture, "one")
    assert len(rows) == 58
    assert sum(row["strain"] == STRAINED for row in rows) == 7
    assert sum(row["tie"] == "foes" for row in rows) == 29
    assert "a weight of 7 is left unexplained" in picture.caption
    svg(picture)


def texts(value: Any, key: str) -> list[Any]:
    if isinstance(value, dict):
        mine = [value[key]] if key in value else []
        return mine + [x for item in value.values() for x in texts(item, key)]
    return [x for item in value for x in texts(item, key)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", [HOSTILE, ARABIC, "x" * 500, "\u202edrawkcab", "漢字" * 60])
def test_no_name_breaks_the_picture(name: str) -> None:
    swaps = (
        ("name: Northland", f"name: {json.dumps(name[:200])}"),
        ("name: The rival", f"name: {json.dumps(name[:200])}"),
    )
    hard = [*pictures(*swaps).values()]
    network = plain(4, [(0, 1, 1, False), (1, 2, -1, True), (2, 3, 1, False)])
    for actor in network["actors"]:
        actor["name"] = name
    for picture in [*hard, network_picture(network)]:
        for key in ("labelExpr", "filter", "test", "expr", "calculate", "format"):
            assert not any(name[:12] in str(x) for x in texts(dict(picture.spec), key))
        assert not texts(dict(picture.spec), "url")
        made = svg(picture)
        assert "<script" not in made
        assert "\u202e" not in made
        assert float(made.split('width="')[1].split('"')[0]) < 900.0
    labels = [row["label"] for row in table(network_picture(network), "label")]
    assert len(set(labels)) == 4
    assert all(wide(label) <= 26 for label in labels)


def test_shortened_texts_stay_apart() -> None:
    assert shortened(["abc", "def"], 3) == ["abc", "def"]
    assert shortened(["abcdefgh"], 4) == ["abc…"]
    assert shortened(["the same long name A", "the same long name B"], 12) == [
        "the sam… (1)", "the sam… (2)",
    ]  # fmt: skip
    assert shortened(["漢字漢字"], 5) == ["漢字…"]
