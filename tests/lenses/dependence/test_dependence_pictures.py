"""What the pictures of the dependence lens show, and what they leave out."""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
from functools import cache
from typing import Any

import pytest
from dependence_toy import with_given, with_likings, with_technology
from lens_contract import told

from foedus.case import Case
from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.pictures.divisions import CALLED, certain, joined, rounded
from foedus.lenses.dependence.pictures.lens import table_picture
from foedus.lenses.dependence.pictures.triangle import Triangle, near, spaced
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.table import LENSES
from foedus.report.numbers import behind
from foedus.report.svg import draw

HOSTILE = "'];datum.x+<script>&\"\\n"
MAKE = {"given": with_given, "likings": with_likings, "technology": with_technology}


@cache
def found(kind: str, *swaps: tuple[str, str]) -> tuple[Case, Finding]:
    case = MAKE[kind](*swaps)
    return case, told(LENSES["dependence"], case)


def pictures(kind: str, *swaps: tuple[str, str]) -> dict[str, Picture]:
    return {p.name: p for p in LENSES["dependence"].pictures(*found(kind, *swaps))}


def changed(kind: str, **data: Any) -> dict[str, Picture]:
    """The pictures of a finding that says something else."""
    case, finding = found(kind)
    other = dataclasses.replace(finding, data={**finding.data, **data})
    return {p.name: p for p in LENSES["dependence"].pictures(case, other)}


def table(picture: Picture, field: str) -> list[dict[str, Any]]:
    """The rows behind a picture that have a field."""
    kept = (rows for rows in picture.spec["datasets"].values() if rows and field in rows[0])
    return next(kept, [])


def svg(picture: Picture) -> str:
    made = draw(picture.spec, picture.name, picture.title, picture.caption)
    assert "undefined" not in made
    assert "NaN" not in made
    return made


def game(members: str, worth: dict[str, float], **more: Any) -> dict[str, Any]:
    """What a plain game's picture is drawn from."""
    return {
        "title": "", "members": list(members), "names": {m: f"The {m}" for m in members},
        "worth": worth, "total": worth["+".join(members)], "payoffs": None, "hedonic": None,
        "core": None, "solutions": None, **more,
    }  # fmt: skip


@pytest.mark.parametrize("kind", MAKE)
def test_every_picture_can_be_drawn(kind: str) -> None:
    shown = pictures(kind)
    assert list(shown) == ["losses", "disruption", "sharing"]
    for picture in shown.values():
        assert picture.caption.endswith(".")
        assert "config" not in picture.spec
        assert behind(picture.spec)
        svg(picture)


def test_the_matrix_says_who_loses_what() -> None:
    data = found("given")[1].data
    cells = table(pictures("given")["losses"], "who loses")
    assert len(cells) == 9
    names = {"north": "Northland", "south": "Southland", "envoy": "The envoy"}
    for one, other in itertools.product(names, names):
        (cell,) = (
            row
            for row in cells
            if (row["who loses"], row["by whose going"]) == (names[one], names[other])
        )
        assert cell["value"] == data["losses"][one][other]["value"]
        assert cell["own"] == (one == other)
        assert cell["said"].startswith("gains ") == (cell["value"] < -0.005)


def test_a_threat_without_a_number_is_said() -> None:
    data = found("given")[1].data
    none = {"value": math.nan, "low": math.nan, "high": math.nan}
    power = {member: dict(row) for member, row in data["power"].items()}
    power["south"] |= {"propensity": none, "undefined": 1.0}
    power["north"] |= {"undefined": 0.25}
    shown = changed("given", power=power)
    lines = {row["member"]: row for row in table(shown["disruption"], "said")}
    assert next(iter(lines)) == "Southland"  # its threat is the best
    assert lines["Southland"]["value"] is None
    assert lines["Southland"]["said"] == "no number: loses nothing"
    assert lines["Northland"]["without"] == "no number in 25 %"
    assert table(shown["disruption"], "even") == [{"even": 1.0}]
    svg(shown["disruption"])
    power = {m: {**row, "propensity": none, "undefined": 1.0} for m, row in power.items()}
    assert "disruption" not in changed("given", power=power)


def test_three_members_share_in_a_triangle() -> None:
    central = found("given")[1].data["at_modes"]
    picture = pictures("given")["sharing"]
    core = table(picture, "corner of the core")
    assert [row["to Northland"] for row in core[:-1]] == [
        c["north"] for c in central["core"]["corners"]
    ]
    assert core[-1] == core[0]
    marks = {row["label"]: row for row in table(picture, "division")}
    (today,) = (row for row in marks.values() if row["strong"])
    assert CALLED["payoffs"] in today["division"]
    assert today["to Northland"] == central["shares"]["payoffs"]["north"]
    assert "Shapley" in ", ".join(row["division"] for row in marks.values())
    assert "At the most likely values." in picture.caption


def test_without_the_most_likely_values_there_are_dots_over_the_draws() -> None:
    picture = changed("given", at_modes=None)["sharing"]
    data = found("given")[1].data
    rows = table(picture, "division")
    shapley = {row["member"]: row for row in rows if row["division"] == "Shapley"}
    assert shapley["Northland"]["low"] == data["shares"]["shapley"]["north"]["low"]
    assert sum(row["today"] for row in rows) == 3
    svg(picture)


def test_a_triangle_has_its_corners_where_one_has_all() -> None:
    triangle = Triangle((1.0, 2.0, -3.0), 10.0)
    assert triangle.holds()
    assert triangle.at((11.0, 2.0, -3.0)) == pytest.approx((0.5, math.sqrt(0.75)))
    assert triangle.at((1.0, 12.0, -3.0)) == pytest.approx((0.0, 0.0))
    assert triangle.at((1.0, 2.0, 7.0)) == pytest.approx((1.0, 0.0))
    assert not near(triangle.at((1.0, 40.0, -31.0)))
    assert not Triangle((1.0, 1.0, 1.0), 3.0).holds()
    assert not Triangle((1.0, 1.0, 1.0), 2.0).holds()


GLOVES = {"A": 0.0, "B": 0.0, "C": 0.0, "A+B": 1.0, "A+C": 1.0, "B+C": 0.0, "A+B+C": 1.0}


def test_a_plain_game_of_three() -> None:
    points = {
        "shapley": {"A": 4 / 6, "B": 1 / 6, "C": 1 / 6},
        "nucleolus": {"A": 1, "B": 0, "C": 0},
    }
    core = {"empty": False, "extreme": [[1.0, 0.0, 0.0]]}
    far = {"A": -8.0, "B": 4.0, "C": 5.0}
    picture = table_picture(game("ABC", GLOVES, solutions=points, core=core, payoffs=far))
    assert "Too far outside to be drawn: as divided today." in picture.caption
    assert "Filled: the core" in picture.caption
    assert {row["division"] for row in table(picture, "division")} == {"Shapley", "nucleolus"}
    svg(picture)
    picture = table_picture(game("ABC", GLOVES, solutions=points, core={"empty": True}))
    assert "There is no core" in picture.caption
    assert table(picture, "corner of the core") == []


def test_nothing_to_gain_is_no_triangle() -> None:
    worth = dict.fromkeys(GLOVES, 0.0)
    equal = {"shapley": dict.fromkeys("ABC", 0.0)}
    picture = table_picture(game("ABC", worth, solutions=equal))
    assert {row["member"] for row in table(picture, "division")} == {"The A", "The B", "The C"}
    svg(picture)


@pytest.mark.parametrize("count", [2, 6, 7, 45])
def test_any_number_of_members_is_drawn(count: int) -> None:
    members = [f"m{i}" for i in range(count)]
    shares = dict.fromkeys(members, 1.0 / count)
    more = {m: 2.0 * i / (count * (count - 1)) for i, m in enumerate(members)}
    told_ = game("AB", {"A": 0, "B": 0, "A+B": 1}) | {
        "members": members, "names": {}, "worth": None, "total": 1.0,
        "solutions": {"shapley": shares, "banzhaf": more, "tau": None, "nucleolus": shares},
    }  # fmt: skip
    picture = table_picture(told_)
    assert {row["division"] for row in table(picture, "member") if "division" in row} == {
        "Shapley, nucleolus", "Banzhaf",
    }  # fmt: skip
    assert ("5 more members are not drawn." in picture.caption) == (count == 45)
    svg(picture)


def test_a_partition_is_drawn_with_what_unsettles_it() -> None:
    hedonic = {
        "partition": [["A", "B"], ["C"]],
        "utility": {"A": 2.0, "B": -1.0, "C": 0.0},
        "holds": {"nash": False, "core": True},
        "reasons": {"nash": "B would rather be alone (+1)", "core": None},
        "stable": {"nash": {"count": 1234, "partitions": []}, "core": {"count": 2}},
    }
    picture = table_picture(game("ABC", GLOVES, hedonic=hedonic))
    bars = table(picture, "utility")
    assert [row["set"] for row in bars] == ["set 1", "set 1", "set 2"]
    lines = table(picture, "notion")
    assert [(row["holds"], row["partitions"]) for row in lines] == [(False, "1,234"), (True, "2")]
    assert "B would rather be alone" in svg(picture)
    with pytest.raises(GameError, match="neither a way to share nor a partition"):
        table_picture(game("ABC", GLOVES))


def test_equal_ways_to_share_are_one() -> None:
    one, other = certain({"A": 1.0, "B": 2.0}), certain({"A": 1.0 + 1e-9, "B": 2.0})
    third = certain({"A": 1.5, "B": 1.5})
    both = joined({"nucleolus": one, "prenucleolus": other, "shapley": third, "tau": one})
    assert list(both) == ["Shapley", "tau value, nucleolus"]
    assert list(joined({"prenucleolus": one})) == ["prenucleolus"]


@pytest.mark.parametrize(
    ("value", "top", "said"),
    [(0.0731, 2.01, "0.07"), (-0.5, 2.0, "−0.50"), (-0.001, 2.0, "0.00"), (1234.6, 5000.0, "1230"),
     (3e-9, 1e-8, "3e-09"), (12.0, 90.0, "12.0")],
)  # fmt: skip
def test_numbers_are_as_exact_as_the_picture(value: float, top: float, said: str) -> None:
    assert rounded(value, top) == said


def test_names_of_marks_keep_apart() -> None:
    tall = [20.0, 34.0, 20.0]
    places = spaced([10.0, 12.0, 95.0], tall, 0.0, 100.0)
    for (a, high), (b, low) in itertools.pairwise(zip(places, tall, strict=True)):
        assert b - a >= (high + low) / 2 - 1e-9
    assert places[-1] <= 90.0


def texts(value: Any, key: str) -> list[Any]:
    if isinstance(value, dict):
        mine = [value[key]] if key in value else []
        return mine + [x for item in value.values() for x in texts(item, key)]
    return [x for item in value for x in texts(item, key)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", [HOSTILE, "الاتحاد السوفياتي", "x y" * 66, "y", "\u202edrawkcab"])
def test_no_name_breaks_a_picture(name: str) -> None:
    swaps = (
        ("name: Northland", f"name: {json.dumps(name)}"),
        ("name: Southland", f"name: {json.dumps(name)}"),
    )
    told_ = game("ABC", GLOVES, solutions={"shapley": dict.fromkeys("ABC", 1 / 3)})
    told_["names"] = dict.fromkeys("ABC", name)
    for picture in [*pictures("given", *swaps).values(), table_picture(told_)]:
        for key in ("labelExpr", "filter", "test", "expr", "calculate", "field", "format"):
            found_ = texts(dict(picture.spec), key)
            assert len(name) == 1 or not any(name[:12] in str(x) for x in found_)
        assert not texts(dict(picture.spec), "url")
        made = svg(picture)
        assert "<script" not in made
        assert "\u202e" not in made
        assert float(made.split('width="')[1].split('"')[0]) < 900.0
    marks = table(table_picture(told_), "division")
    assert sum(key.startswith(f"to {name[:12]}") for key in marks[0]) == 3
