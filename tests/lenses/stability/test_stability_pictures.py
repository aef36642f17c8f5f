"""What the pictures of the stability lens show, and what they leave out."""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from lens_contract import told
from stability_family import family
from toy_pact import with_stability

from foedus.lenses.lens import Picture
from foedus.lenses.stability import graph
from foedus.lenses.stability.concepts.solving import solve
from foedus.lenses.stability.conflict import Conflict, ConflictError
from foedus.lenses.stability.interchange import read
from foedus.lenses.stability.pictures.excerpt import MOST_ARROWS
from foedus.lenses.stability.pictures.graph_picture import graph_picture
from foedus.lenses.stability.pictures.layout import apart, bends, curve, in_columns
from foedus.lenses.table import LENSES
from foedus.report.numbers import behind
from foedus.report.svg import draw

PUBLISHED = Path(__file__).parents[2] / "published" / "stability"
WITH_START = ["cuban_missile_12", "elmira_9", "elmira_12", "korea_2017_base", "syria_iraq_1975"]
HOSTILE = "'];datum.x+<script>&\"\\n"


def table(picture: Picture, field: str) -> list[dict[str, Any]]:
    """The rows behind a picture that have a field."""
    found = (rows for rows in picture.spec["datasets"].values() if rows and field in rows[0])
    return next(found, [])


def drawn(picture: Picture) -> str:
    svg = draw(picture.spec, picture.name, picture.title, picture.caption)
    assert "undefined" not in svg
    assert "NaN" not in svg
    return svg


def of(conflict: Conflict, **more: Any) -> Picture:
    return graph_picture(conflict, solve(conflict), **more)


@pytest.mark.parametrize("name", WITH_START)
@pytest.mark.parametrize("concept", ["nash", "seq"])
def test_a_published_case_is_drawn_whole(name: str, concept: str) -> None:
    conflict = read(PUBLISHED / f"{name}.json")
    solution = solve(conflict)
    picture = graph_picture(conflict, solution, concept=concept)
    states, moves = table(picture, "state"), table(picture, "by")
    lasting = solution.equilibria[concept]
    assert {row["state"]: row["kind"] == "equilibrium" for row in states} == {
        str(conflict.ids[s]): bool(lasting[s]) for s in range(conflict.states)
    }
    strong = {(m["by"], m["from"], m["to"]) for m in moves if m["what"] == "improvement"}
    assert strong == {
        (conflict.dms[i], str(conflict.ids[s]), str(conflict.ids[t]))
        for i, s in np.ndindex(conflict.utility.shape)
        for t in conflict.arcs.row(i, s)
        if conflict.utility[i, t] > conflict.utility[i, s]
    }
    for move in moves:
        i = conflict.dms.index(move["by"])
        assert conflict.index(move["to"]) in conflict.arcs.row(i, conflict.index(move["from"]))
    svg = drawn(picture)
    for row in states:
        assert f">{row['state']}</text>" in svg
    # a line and a head an arrow, besides the nodes
    assert svg.count("<path") >= 2 * len(moves) + len(states)


def test_columns_count_moves_and_words_say_what_changed() -> None:
    picture = of(read(PUBLISHED / "elmira_12.json"))
    states = {row["state"]: row for row in table(picture, "state")}
    assert states["1"]["moves away"] == 0
    assert states["1"]["above"] + states["1"]["beneath"] == ""
    assert states["7"]["moves away"] == 1
    assert states["7"]["above"] + states["7"]["beneath"] == "+insist"
    assert states["8"]["in words"] == "Modify; Delay; Insist"
    assert states["8"]["x"] > states["7"]["x"] > states["1"]["x"]
    assert "2 moves" in drawn(picture)


def test_the_same_conflict_gives_the_same_picture() -> None:
    conflict = read(PUBLISHED / "cuban_missile_12.json")
    one, two = of(conflict), of(conflict)
    assert json.dumps(one.spec) == json.dumps(two.spec)


@pytest.mark.parametrize(("n", "k", "concept"), [(5, 2, "seq"), (2, 6, "smr"), (9, 1, "gmr")])
def test_of_a_large_model_only_what_matters_is_drawn(n: int, k: int, concept: str) -> None:
    conflict = dataclasses.replace(family(n, k), status_quo=5)
    picture = of(conflict, concept=concept)
    states, moves = table(picture, "state"), table(picture, "by")
    assert len(states) <= 40
    assert len(moves) <= MOST_ARROWS
    assert f"{len(states)} of {conflict.states:,} states are shown" in picture.caption
    assert "left out are" in picture.caption
    assert {m[end] for m in moves for end in ("from", "to")} <= {row["state"] for row in states}
    spots = [(row["x"], row["y"]) for row in states]
    assert min(math.dist(a, b) for a, b in itertools.combinations(spots, 2)) > 40
    drawn(picture)


def test_without_a_status_quo_states_stand_on_a_circle() -> None:
    conflict = read(PUBLISHED / "prisoners_dilemma.json")
    picture = of(conflict)
    states = table(picture, "state")
    assert [row["moves away"] for row in states] == [None] * 4
    assert all(move["what"] == "improvement" for move in table(picture, "by"))
    middle = [sum(row[axis] for row in states) / 4 for axis in ("x", "y")]
    radii = [math.dist((row["x"], row["y"]), middle) for row in states]
    assert max(radii) - min(radii) < 1
    assert "status quo" not in picture.title + picture.caption + drawn(picture)
    started = of(conflict, start=2)
    assert table(started, "moves away")[0]["state"] == str(conflict.ids[2])


def test_a_large_model_without_a_status_quo_shows_its_equilibria() -> None:
    picture = of(family(2, 6), concept="seq")
    states = table(picture, "state")
    assert len(states) == 40
    assert {row["kind"] for row in states} == {"equilibrium"}
    assert "left out are 37 equilibria" in picture.caption
    lonely = of(family(3, 4), concept="nash")
    assert len(table(lonely, "state")) == 1
    drawn(lonely)


def test_what_no_moves_lead_to_stands_apart() -> None:
    ids = ["peace", "war", "a very long name of a state indeed", "elsewhere"]
    conflict = graph([{0: [1]}, {1: [2]}], [[0, 1, 2, 3]] * 2, ids=ids, status_quo=0)
    picture = of(conflict, labels={1: "General war"}, holds=np.array([True, False, True, False]))
    rows = {row["state"]: row for row in table(picture, "state")}
    assert [rows[i]["moves away"] for i in ids] == [0, 1, 2, None]
    assert rows["elsewhere"]["x"] == max(row["x"] for row in rows.values())
    assert rows["elsewhere"]["kind"] == "equilibrium, pact broken"
    assert rows["peace"]["kind"] == "no equilibrium, pact holds"
    assert rows["war"]["in words"] == "General war"
    svg = drawn(picture)
    assert ">not reached<" in svg
    assert ">General war<" in svg
    assert ">a very long name of…<" in svg


def test_decision_makers_are_told_apart_by_line_and_by_name() -> None:
    conflict = read(PUBLISHED / "elmira_12.json")
    picture = of(conflict, names=["Twin", "Twin", "N" * 80])
    by = {move["by"] for move in table(picture, "by")}
    assert by == {"Twin (MoE)", "Twin (Uniroyal)", "N" * 31 + "…"}
    svg = drawn(picture)
    dashes = {part.split('"')[0] for part in svg.split('stroke-dasharray="')[1:]}
    assert len(dashes) >= 2


def test_text_of_the_case_comes_in_as_data_alone() -> None:
    conflict = graph([{0: [1]}], [[0, 1]], ids=[HOSTILE, "b"], status_quo=0)
    picture = of(conflict, names=[HOSTILE], labels={0: HOSTILE, 1: HOSTILE})
    drawn(picture)
    for key in ("calculate", "filter", "test", "expr", "labelExpr", "url"):
        assert not any("datum.x+" in json.dumps(x) for x in values(picture.spec, key))


def values(spec: Any, key: str) -> list[Any]:
    """Everything that stands under a key in a specification, its data left out."""
    if isinstance(spec, dict):
        mine = [spec[key]] if key in spec else []
        return mine + [x for k, v in spec.items() if k != "datasets" for x in values(v, key)]
    return [x for item in spec for x in values(item, key)] if isinstance(spec, list) else []


def test_a_concept_without_an_answer_is_bad_input() -> None:
    conflict = graph([{0: [1]}], [[0, 1]])
    with pytest.raises(ConflictError, match="sim to draw: simultaneous moves need options"):
        of(conflict, concept="sim")


def test_the_numbers_behind_are_a_table_of_states_and_one_of_moves() -> None:
    heads = [numbers.heads for numbers in behind(of(read(PUBLISHED / "elmira_12.json")).spec)]
    assert sorted(head[0] for head in heads) == ["by", "state"]


# Layout -------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-500, 500), max_size=12), st.floats(1, 60))
def test_nodes_keep_their_distance_and_their_order(wishes: list[float], distance: float) -> None:
    places = apart(wishes, distance)
    assert all(b - a > distance - 1e-6 for a, b in itertools.pairwise(places))
    # the mean is the least squares answer for what is moved together
    assert sum(places) == pytest.approx(sum(wishes), abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_columns_are_kept(sizes: list[int], random: Any) -> None:
    columns, node = [], 0
    for size in sizes:
        columns.append(list(range(node, node + size)))
        node += size
    ties = {(random.randrange(node), random.randrange(node)): 1.0 for _ in range(2 * node)}
    placed = in_columns(columns, {(a, b): w for (a, b), w in ties.items() if a != b}, 40.0)
    assert {n: k for n, (k, _) in placed.items()} == {
        n: k for k, column in enumerate(columns) for n in column
    }
    for column in columns:
        heights = sorted(placed[n][1] for n in column)
        assert all(b - a > 39.9 for a, b in itertools.pairwise(heights))
    assert min(height for _, height in placed.values()) == pytest.approx(0.0)


def test_the_main_way_runs_straight_and_leaves_do_not_push_it_aside() -> None:
    columns = [[0], [1, 2, 3, 4, 5], [6], [7]]
    ties = {(0, s): 1.0 for s in (1, 2, 4, 5)} | {(0, 3): 3.0, (3, 6): 3.0, (6, 7): 3.0}
    placed = in_columns(columns, ties, 40.0)
    assert {round(placed[n][1]) for n in (0, 3, 6, 7)} == {80}


def test_arrows_run_around_nodes_and_beside_each_other() -> None:
    places = {0: (0.0, 0.0), 1: (100.0, 0.0), 2: (200.0, 0.0)}
    past, there, back = bends(places, [(0, 2), (0, 1), (1, 0)], [], 20.0)
    assert there == 0.0
    assert back != 0.0
    line = curve(np.array(places[0]), np.array(places[2]), past)
    assert np.hypot(*(line - np.array(places[1])).T).min() >= 20.0


# On a pact ----------------------------------------------------------------------------------------


def test_a_pact_has_its_three_pictures() -> None:
    case = with_stability()
    finding = told(LENSES["stability"], case)
    pictures = LENSES["stability"].pictures(case, finding)
    assert [picture.name for picture in pictures] == ["graph", "states", "breakers"]
    for picture in pictures:
        assert picture.caption.endswith(".")
        assert "config" not in picture.spec
        drawn(picture)


def test_the_states_are_those_of_the_finding() -> None:
    case = with_stability()
    finding = told(LENSES["stability"], case)
    rows = table(LENSES["stability"].pictures(case, finding)[1], "pact")
    by_id = {str(row["id"]): row for row in finding.data["states"]}
    assert rows
    for row in rows:
        known = by_id[row["state"].split(":")[0]]
        assert row["the conflict ends here"] == known["reached"]
        assert row["an equilibrium"] == known["seq"]
        assert row["pact"] == ("holds" if known["holds"] else "broken")


def test_broken_states_are_shown_although_others_are_more_frequent() -> None:
    case = with_stability()
    finding = told(LENSES["stability"], case)
    row: dict[str, Any] = {"label": None, "chosen": [], "seq": 0.5}
    many = [{**row, "id": k, "holds": k < 20, "reached": 1 / (k + 2)} for k in range(24)]
    changed = dataclasses.replace(finding, data={**finding.data, "states": many})
    rows = table(LENSES["stability"].pictures(case, changed)[1], "pact")
    assert [r["state"].split(":")[0] for r in rows] == [*"0123456", "20", "21", "22"]
    assert [r["pact"] for r in rows] == ["holds"] * 7 + ["broken"] * 3


def test_without_a_reached_state_or_a_break_their_parts_are_left_out() -> None:
    case = with_stability()
    finding = told(LENSES["stability"], case)
    nothing = {"states": [], "breaking_moves": [], "breakers": {"north": 0.0, "south": 0.0}}
    changed = dataclasses.replace(finding, data={**finding.data, **nothing})
    pictures = LENSES["stability"].pictures(case, changed)
    assert [picture.name for picture in pictures] == ["graph", "breakers"]
    who = table(pictures[1], "who")
    assert who[-1] == {"who": "nobody", "share": 1.0}
    drawn(pictures[1])


def test_breakers_add_up_and_actors_of_one_name_are_told_apart() -> None:
    case = with_stability(("name: Southland", "name: Northland"))
    finding = told(LENSES["stability"], case)
    who = table(LENSES["stability"].pictures(case, finding)[2], "who")
    assert sum(row["share"] for row in who) == pytest.approx(1.0)
    assert {"Northland (north)", "Northland (south)", "nobody"} <= {row["who"] for row in who}
