"""Conflicts from the files of others and back: nothing lost, nothing crashes."""

from __future__ import annotations

import copy
import csv
import io
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from foedus.lenses.stability.concepts.solving import Solution, solve
from foedus.lenses.stability.conflict import Conflict, ConflictError, Option, graph, option_form
from foedus.lenses.stability.interchange import (
    FileError,
    found,
    gmcrplus,
    graphml,
    nfg,
    published,
    read,
    tables,
)
from foedus.lenses.stability.interchange.parts import option_ids

FOLDER = Path(__file__).parents[2] / "published" / "stability"
CASES = sorted(FOLDER.glob("*.json"))
LINES = (FOLDER / "conformance.jsonl").read_text("utf-8").splitlines()
SYRIA = FOLDER / "syria_iraq_1975.json"
ELMIRA = FOLDER / "elmira_12.json"


def data(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def arcs(conflict: Conflict) -> set[tuple[int, int, int]]:
    return {
        (i, s, int(t))
        for i in range(len(conflict.dms))
        for s in range(conflict.states)
        for t in conflict.arcs.row(i, s)
    }


def order(conflict: Conflict) -> list[list[int]]:
    """The ranks of every decision maker, from the utilities, the plain way."""
    return [[sorted(set(row)).index(u) for u in row] for row in conflict.utility.tolist()]


def assert_same(a: Conflict, b: Conflict) -> None:
    assert (a.dms, a.options, a.status_quo, a.title) == (b.dms, b.options, b.status_quo, b.title)
    assert list(a.ids) == list(b.ids)
    assert order(a) == order(b)
    assert arcs(a) == arcs(b)
    assert (a.codes is None) == (b.codes is None)
    assert a.codes is None or np.array_equal(a.codes, b.codes)
    for one, other in ((a.unknown, b.unknown), (a.much, b.much)):
        assert (one is None) == (other is None)
        assert one is None or np.array_equal(one, other)


def again(conflict: Conflict) -> Conflict:
    return published.conflict_of(json.loads(published.text(conflict)))


def refusal(tmp_path: Path, content: Any, name: str = "case.json") -> str:
    """What is said of a file, without its folder."""
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(FileError) as caught:
        read(path)
    assert caught.value.bad_input
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{path}: ")
    return said.removeprefix(f"{path.parent}/")


# published cases


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_is_read_as_it_stands(path: Path) -> None:
    case, conflict = data(path), read(path)
    assert conflict.dms == tuple(dm["name"] for dm in case["dms"])
    assert list(conflict.ids) == [state["id"] for state in case["states"]]
    assert conflict.title == case["title"]
    if case["status_quo"] is not None:
        assert conflict.ids[conflict.status_quo] == case["status_quo"]
    told = {
        (i, conflict.index(s), conflict.index(t))
        for i, dm in enumerate(conflict.dms)
        for s, row in case["moves"][dm].items()
        for t in row
    }
    assert arcs(conflict) == told
    assert (conflict.moves is None) == (case["options"] is not None)
    for i, dm in enumerate(conflict.dms):
        worth = conflict.utility[i]
        groups = [g if isinstance(g, list) else [g] for g in case["ranking_best_first"][dm]]
        level = [{int(worth[conflict.index(s)]) for s in group} for group in groups]
        assert all(len(one) == 1 for one in level)
        numbers = [one.pop() for one in level]
        assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_survives_writing(path: Path, tmp_path: Path) -> None:
    conflict = read(path)
    published.write(tmp_path / "out.json", conflict)
    assert_same(read(tmp_path / "out.json"), conflict)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_was_read_has_the_computed_equilibria(path: Path) -> None:
    solution, conflict = solve(read(path)), read(path)
    for concept, sets in data(path)["computed"].items():
        if concept in solution.equilibria:
            states = [conflict.ids[s] for s in np.flatnonzero(solution.equilibria[concept])]
            assert states == sets["equilibria"], concept


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(json.loads(line)["id"]))
def test_a_random_model_is_read_as_it_stands(line: str, tmp_path: Path) -> None:
    model = json.loads(line)
    (tmp_path / "one.jsonl").write_text(line + "\n\n", "utf-8")
    conflict = read(tmp_path / "one.jsonl")
    assert conflict.dms == tuple(str(i) for i in range(len(model["dm_options"])))
    assert conflict.utility.tolist() == model["payoff"]
    patterns = [conflict.pattern(s) for s in range(conflict.states)]
    assert patterns == [s.replace("0", "N").replace("1", "Y") for s in model["states"]]
    ways = {"both": "both", "forward": "fwd", "backward": "back"}
    assert [ways[o.direction] for o in conflict.options] == model["direction"]
    if model["moves"] is not None:
        told = enumerate(model["moves"])
        assert arcs(conflict) == {
            (i, s, t) for i, rows in told for s, row in enumerate(rows) for t in row
        }
    assert (conflict.moves is None) == (model["moves"] is None)
    assert_same(again(conflict), conflict)


def test_what_a_conflict_can_say_survives_writing() -> None:
    unknown = np.zeros((2, 4, 4), bool)
    unknown[1, 0, 3] = unknown[1, 3, 0] = True
    much = np.zeros((2, 4, 4), bool)
    much[0, 1, 2] = True
    conflict = Conflict(
        dms=("Ä & <B>", 'C "D"'),
        utility=np.array([[0.5, -1, 3, 0.5], [1e9, 2, 2, 2]]),
        options=(Option("keep", 0, "forward", "Keep it,\nall"), Option("go", 1, "backward")),
        codes=np.arange(4),
        ids=("war", 7, "pact", "4"),
        status_quo=2,
        unknown=unknown,
        much=much,
        title="A\ttitle — with everything",
    )
    assert_same(again(conflict), conflict)


def test_a_bare_graph_survives_writing() -> None:
    conflict = graph([{0: [1], 1: [2]}, {2: [0, 1]}], [[1, 2, 3], [3, 3, 1]], title="Ring")
    assert_same(again(conflict), conflict)


def test_moves_that_options_do_not_explain_are_kept() -> None:
    case = data(SYRIA)
    case["moves"]["Iraq"]["1"] = []
    conflict = published.conflict_of(case)
    assert conflict.moves is not None
    assert arcs(conflict) == arcs(read(SYRIA)) - {(1, 0, 3)}
    case["moves"] = None
    assert arcs(published.conflict_of(case)) == arcs(read(SYRIA))


def test_states_keep_the_order_of_the_file() -> None:
    case = data(ELMIRA)
    random.Random(4).shuffle(case["states"])
    conflict, expected = published.conflict_of(case), read(ELMIRA)
    assert conflict.moves is None
    assert list(conflict.ids) == [state["id"] for state in case["states"]]
    one, two = solve(conflict), solve(expected)
    for concept, table in one.equilibria.items():
        found = {conflict.ids[s] for s in np.flatnonzero(table)}
        assert found == {expected.ids[s] for s in np.flatnonzero(two.equilibria[concept])}
    assert_same(again(conflict), conflict)


def test_large_models_are_written_without_their_moves() -> None:
    conflict = option_form([0] * 12, np.arange(4096)[None, :])
    assert json.loads(published.text(conflict))["moves"] is None
    assert again(conflict).moves is None


def test_a_large_table_of_moves_is_kept_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.lenses.stability.interchange import parts

    monkeypatch.setattr(parts, "MOST_PAIRS", 3)
    conflict = read(SYRIA)
    assert conflict.moves is not None
    assert len(arcs(conflict)) == 18


def test_two_decision_makers_of_one_name_cannot_be_written() -> None:
    with pytest.raises(ConflictError, match="one name"):
        published.text(option_form([0, 1], np.zeros((2, 4)), dms=["A", "A"]))


def test_option_ids_can_stand_in_statements() -> None:
    names = ["Air Strike", "air strike!", "Éxit", "2nd", "not", "中文", "air-strike-2"]
    ids = option_ids(names)
    assert ids[:6] == ["air-strike", "air-strike-2", "exit", "o-2nd", "o-not", "o6"]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z][a-z0-9-]*", word) for word in ids)


# files that are wrong


def changed(path: Path, *steps: Any, to: Any) -> dict[str, Any]:
    """The case with the value at a place replaced."""
    case = data(path)
    at: Any = case
    for step in steps[:-1]:
        at = at[step]
    at[steps[-1]] = to
    return case


RANKS = "ranking_best_first"
WRONG = [
    (("states", 3, "bits"), [0, 2, 1], "states[3].bits: should be 3 numbers, each 0 or 1"),
    (("states", 3, "bits"), [0, 0], "states[3].bits: should be 3 numbers, each 0 or 1"),
    (("states", 3, "bits"), [0, True, 0], "states[3].bits: should be 3 numbers, each 0 or 1"),
    (("states", 3, "bits"), [0, 1, 0], "states[3].bits: are the choices of states[2] too"),
    (("states", 3, "bits"), [1, 1, 0], "infeasible: infeasible_patterns[0] rules out YY-"),
    (("states", 3), 4, "states[3]: should be a mapping, not 4"),
    (("states", 3, "id"), 3, "states[3].id: 3 is the id of states[2] too"),
    (("states", 3, "id"), "3", "states[3].id: '3' is the id of states[2] too"),
    (("states", 3, "id"), 1.5, "states[3].id: should be a whole number, not 1.5"),
    (("states",), [], "states: is empty"),
    (("status_quo",), 17, "status_quo: there is no state 17; the feasible states are 1, 2, 3"),
    (("status_quo",), True, "status_quo: should be the id of a state, not true"),
    (("dms", 1, "name"), "Syria", "dms[1].name: 'Syria' is the name of another"),
    (("dms", 1, "name"), "\x1b[2J", "dms[1].name: holds the unprintable character U+001B"),
    (("dms", 1, "name"), "\ud800", "dms[1].name: holds the unprintable character U+D800"),
    (("dms", 1, "name"), " ", "dms[1].name: is empty"),
    (("dms", 1, "name"), "x" * 3000, "dms[1].name: has 3,000 characters"),
    (("dms", 1, "options"), [], "dms[0].options: option 2 is listed for no decision maker"),
    (("dms", 1, "options"), [2, 0], "dms[1].options[1]: option 0 is listed already"),
    (("dms", 1, "options"), [3], "dms[1].options[0]: should be a whole number from 0 to 2, not 3"),
    (("dms",), [], "dms: has 0 decision makers, not 1 to 1,000"),
    (("dms",), {}, "dms: should be a list, not a mapping of 0"),
    (("options", 0, "direction"), "up", "options[0].direction: should be both, fwd or back"),
    (("options", 0, "name"), None, "options[0].name: should be text, not null"),
    (("options",), [{}] * 63, "options: has 63 options; at most 62 are read"),
    (("options",), None, "moves"),
    (("infeasible_patterns", 0), "YYX", "infeasible_patterns[0]: should be 3 letters"),
    (("moves", "Iraq", "9"), [1], "moves.Iraq.9: there is no state '9'"),
    (("moves", "Iraq", "1"), [9], "moves.Iraq.1[0]: there is no state 9"),
    (("moves", "Iraq", "1"), [1], "moves.Iraq.1[0]: a move leads from state 1 to itself"),
    (("moves", "Iraq", "1"), [4, 4], "moves.Iraq.1[1]: the move to state 4 is listed twice"),
    (("moves", "Iran"), {}, "moves.Iran: there is no decision maker 'Iran'"),
    (("moves",), {"Syria": {}}, "moves.Iraq: is missing"),
    ((RANKS, "Iraq"), [2, 4, 6, 1, 5], f"{RANKS}.Iraq: ranks every state but 3"),
    ((RANKS, "Iraq"), [2, 4, [6, 1, 5]], f"{RANKS}.Iraq: ranks every state but 3"),
    ((RANKS, "Iraq"), [2, 4, 6, 1, 5, [3, 2]], f"{RANKS}.Iraq[5][1]: ranks state 2 a second time"),
    ((RANKS, "Iraq"), [2, 4, 7], f"{RANKS}.Iraq[2]: there is no state 7"),
    ((RANKS, "Iraq"), [[[2]]], f"{RANKS}.Iraq[0][0]: should be the id of a state, not a list"),
    ((RANKS,), [], f"{RANKS}: should be a mapping, not a list of 0"),
    (("unknown",), {"Syria": [], "Iraq": [[1]]}, "unknown.Iraq[0]: should be two different states"),
    (("title",), 5, "title: should be text, not 5"),
]


@pytest.mark.parametrize(("steps", "value", "said"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_value_is_told_with_its_place(
    steps: tuple[Any, ...], value: Any, said: str, tmp_path: Path
) -> None:
    if steps == ("options",) and value is None:
        case = changed(SYRIA, "options", to=None)
        case["moves"] = None
        assert "moves: is null, and there are no options either" in refusal(tmp_path, case)
    else:
        assert said in refusal(tmp_path, changed(SYRIA, *steps, to=value))


@pytest.mark.parametrize("key", ["dms", "states", "moves", RANKS])
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    case = data(FOLDER / "elmira_9.json")
    del case[key]
    if key == "dms":
        assert "none of the keys" in refusal(tmp_path, case)
    else:
        assert f"case.json: {key}: is missing" in refusal(tmp_path, case)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ('{"dms": [1,]}', "line 1, column 12: is not JSON"),
        ('{"dms": 1, "dms": 2}', "has the key 'dms' twice"),
        ('{"dms": NaN}', "holds NaN"),
        ('{"dms": ' + "9" * 5000 + "}", "thousands of digits"),
        ("[" * 200_000, "nested too deeply"),
        ("[1, 2]", "none of the keys"),
        ("null", "none of the keys"),
    ],
    ids=range(8),
)
def test_what_is_no_json_is_refused(text: str, said: str, tmp_path: Path) -> None:
    assert said in refusal(tmp_path, text)


def test_a_file_is_read_up_to_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST_VALUES", 20)
    assert "more than 20 values" in refusal(tmp_path, [0] * 30)
    monkeypatch.setattr(found, "LARGEST", 10)
    assert "more than 10 bytes" in refusal(tmp_path, [0] * 30)


def test_only_known_forms_are_read(tmp_path: Path) -> None:
    for name in ("case.yaml", "case", "case.nfg", "case.xml"):
        assert "of no form that is understood" in refusal(tmp_path, "a: 1", name)
    for name in ("none.json", "a\0b.json", str(tmp_path) + ".json"):
        with pytest.raises(FileError, match=r"json: cannot be read: "):
            read(name)
    assert "has 58 lines" in refusal(tmp_path, "\n".join(LINES), "all.jsonl")
    assert "has 0 lines" in refusal(tmp_path, "", "all.jsonl")
    (tmp_path / "latin.json").write_bytes(b'{"dms": "\xe4"}')
    with pytest.raises(FileError, match=r"json: is not UTF-8 text \(byte 9\)"):
        read(tmp_path / "latin.json")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_bytes(b"\xef\xbb\xbf" + SYRIA.read_bytes())
    assert_same(read(tmp_path / "case.json"), read(SYRIA))


JUNK: list[Any] = [
    None, True, -1, 0, 3, 10**400, 2**63, 1e308, 0.5, "", "x", "Y", "\x00", "é" * 9, [], [[]], {},
    {"a": 1}, [None], [0, 0], "0" * 70, {"members": [[]]}, {"members": 4}, [[0, "Y"]], {"\n": []},
]  # fmt: skip


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with every key or index in it."""
    out, todo = [], [tree]
    while todo:
        node = todo.pop()
        keys: Any = node if isinstance(node, dict) else range(len(node))
        for key in keys:
            out.append((node, key))
            if isinstance(node[key], dict | list):
                todo.append(node[key])
    return out


def mutated(tree: Any, chance: random.Random) -> Any:
    tree = copy.deepcopy(tree)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        spots = places(tree)
        node, key = chance.choice(spots)
        other, there = chance.choice(spots)
        kind = chance.randrange(5)
        if kind == 0:
            del node[key]
        elif kind == 1 and isinstance(node, list):
            node.insert(key, copy.deepcopy(node[key]))
        elif kind == 2:
            node[key] = copy.deepcopy(other[there])
        elif kind == 3 and isinstance(node, dict):
            node[f"{key}!\n"] = node.pop(key)
        else:
            node[key] = copy.deepcopy(chance.choice(JUNK))
    return tree


def as_gmcr(path: Path) -> dict[str, Any]:
    """A published case as GMCR+ writes one."""
    case = data(path)
    letters = [[[o, y] for o, y in enumerate(p) if y != "-"] for p in case["infeasible_patterns"]]
    return {
        "options": [
            {"name": o["name"], "permittedDirection": o["direction"]} for o in case["options"]
        ],
        "decisionMakers": [
            {**dm, "preferences": [], "preferenceRanking": case[RANKS][dm["name"]]}
            for dm in case["dms"]
        ],
        "infeasibles": letters,
        "useManualPreferenceRanking": True,
        "coalitions": [0, 1],
        "program": "gmcr-py",
    }


def lean(path: Path) -> dict[str, Any]:
    keys = ("published", "computed", "agreement", "source", "notes", "provenance")
    return {key: value for key, value in data(path).items() if key not in keys}


def prioritised() -> dict[str, Any]:
    return {
        "options": [{"name": n, "permittedDirection": "both"} for n in ("a", "b", "c")],
        "decisionMakers": [
            {
                "name": "One",
                "options": [0],
                "preferences": [
                    [[2, "Y"]],
                    {"compound": True, "members": [[[0, "N"], [1, "Y"]], [[0, "Y"], [1, "N"]]]},
                    [[0, "N"]],
                ],
                "misperceptions": [],
            },
            {"name": "Two", "options": [1, 2], "preferences": []},
        ],
        "infeasibles": [[[0, "Y"], [1, "Y"], [2, "Y"]]],
        "useManualPreferenceVectors": False,
    }


SEEDS = [
    ("case.json", lean(SYRIA)),
    ("graph.json", lean(FOLDER / "elmira_9.json")),
    ("line.jsonl", {k: v for k, v in json.loads(LINES[5]).items() if k != "stable"}),
    ("moves.jsonl", {k: v for k, v in json.loads(LINES[31]).items() if k != "stable"}),
    ("gmcr.gmcr", as_gmcr(SYRIA)),
    ("conditions.gmcr", prioritised()),
]


@pytest.mark.parametrize(("name", "seed"), SEEDS, ids=[name for name, _ in SEEDS])
def test_no_mutation_crashes_the_reader(name: str, seed: Any, tmp_path: Path) -> None:
    chance, path, refused = random.Random(name), tmp_path / name, 0
    for _ in range(700):
        path.write_text(json.dumps(mutated(seed, chance)), "utf-8")
        refused += survives(path)
    assert 200 < refused < 700


@pytest.mark.parametrize(("name", "seed"), SEEDS, ids=[name for name, _ in SEEDS])
def test_no_broken_bytes_crash_the_reader(name: str, seed: Any, tmp_path: Path) -> None:
    chance, path = random.Random(name), tmp_path / name
    whole = json.dumps(seed).encode()
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            raw[chance.randrange(len(raw))] = chance.choice(b'[]{}",:0129-eNY\\\n\x00\xff')
        path.write_bytes(raw[: chance.choice([len(raw), chance.randrange(len(raw))])])
        survives(path)


def survives(path: Path) -> bool:
    """Was the file refused, in one line with its name? If not, it can be used and written."""
    try:
        conflict = read(path)
    except FileError as error:
        said = str(error)
        assert said.startswith(f"{path}: ")
        assert said.isprintable()
        assert len(said) < 600 + len(str(path))
        return True
    assert conflict.arcs.first.shape == (len(conflict.dms), conflict.states + 1)
    assert_same(again(conflict), conflict)
    return False


# GMCR+


def numbered(path: Path) -> bool:
    """Are there options, and are states numbered as GMCR+ numbers them?"""
    case = data(path)
    ids = [state["id"] for state in case["states"]]
    return case["options"] is not None and ids == [*range(1, len(ids) + 1)]


@pytest.mark.parametrize("path", [*filter(numbered, CASES)], ids=lambda path: path.stem)
def test_gmcrplus_files_hold_the_same_as_published_cases(path: Path, tmp_path: Path) -> None:
    expected = read(path)
    (tmp_path / "case.gmcr").write_text(json.dumps(as_gmcr(path)), "utf-8")
    conflict = read(tmp_path / "case.gmcr")
    assert conflict.options == expected.options
    assert list(conflict.ids) == list(expected.ids)
    assert np.array_equal(conflict.codes, expected.codes)
    assert order(conflict) == order(expected)
    assert arcs(conflict) == arcs(expected)


def test_gmcrplus_preferences_of_the_older_form() -> None:
    old = as_gmcr(SYRIA)
    old["useManualPreferenceVectors"] = old.pop("useManualPreferenceRanking")
    for dm in old["decisionMakers"]:
        dm["preferenceVector"] = dm.pop("preferenceRanking")
    assert order(gmcrplus.conflict_of(old)) == order(read(SYRIA))


def test_gmcrplus_conditions_outweigh_all_that_come_after() -> None:
    conflict = gmcrplus.conflict_of(prioritised())
    assert conflict.states == 7
    states = [[code >> o & 1 for o in range(3)] for code in range(7)]
    keys = [(c, a != b, not a) for a, b, c in states]
    assert order(conflict)[0] == [sorted(set(keys)).index(key) for key in keys]
    assert order(conflict)[1] == [0] * 7


def test_gmcrplus_conditions_may_be_many() -> None:
    model = prioritised()
    model["decisionMakers"][0]["preferences"] = [[[o, y]] for o in (1, 0) for y in "YN"] * 40
    model["decisionMakers"][0]["preferences"].append([[2, "N"]])
    states = [[code >> o & 1 for o in range(3)] for code in range(7)]
    keys = [(b, a, not c) for a, b, c in states]
    assert order(gmcrplus.conflict_of(model))[0] == [sorted(set(keys)).index(k) for k in keys]


def test_gmcrplus_options_are_sorted_by_decision_maker() -> None:
    model = prioritised()
    one, two = model["decisionMakers"]
    one["options"], two["options"] = [2], [0, 1]
    conflict = gmcrplus.conflict_of(model)
    assert [o.name for o in conflict.options] == ["c", "a", "b"]
    assert [o.owner for o in conflict.options] == [0, 1, 1]
    assert conflict.pattern(int(np.argmax(conflict.utility[0]))) == "YNY"


def test_gmcrplus_misperceptions_are_not_dropped(tmp_path: Path) -> None:
    model = as_gmcr(SYRIA)
    model["decisionMakers"][0]["misperceptions"] = [[[0, "Y"], [1, "N"]]]
    model["coalitions"] = [[0, 1]]
    said = refusal(tmp_path, model, "case.gmcr")
    assert "decisionMakers[0].misperceptions: 'Syria' does not perceive 2 states" in said
    held = gmcrplus.load(tmp_path / "case.gmcr")
    assert held.coalitions == ((0, 1),)
    assert [[held.conflict.pattern(s) for s in np.flatnonzero(row)] for row in held.blind] == [
        ["YNN", "YNY"],
        [],
    ]
    assert_same(held.conflict, gmcrplus.conflict_of(as_gmcr(SYRIA)))


@pytest.mark.parametrize(
    ("steps", "value", "said"),
    [
        (("infeasibles",), [[]], "infeasibles[0]: leaves no state feasible"),
        (("infeasibles",), [[[9, "Y"]]], "infeasibles[0][0][0]: should be a whole number from 0"),
        (("infeasibles",), [[[0, "y"]]], 'infeasibles[0][0]: should be the number of an option'),
        (("infeasibles",), [[[0, "Y"], [0, "N"]]], "infeasibles[0][1]: option 0 is in this"),
        (("infeasibles",), [{"members": 3}], "infeasibles[0].members: should be a list, not 3"),
        (("options",), [{}] * 25, "options: 25 options make 2^25 states; at most 2^24"),
        (("options", 0, "permittedDirection"), "no", "options[0].permittedDirection: should be"),
        (("decisionMakers", 0, "preferenceRanking"), [1], "preferenceRanking: ranks every"),
        (("useManualPreferenceRanking",), 1, "useManualPreferenceRanking: should be true or false"),
        (("decisionMakers",), [], "decisionMakers: has 0 decision makers"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_wrong_gmcrplus_file_is_told_with_its_place(
    steps: tuple[Any, ...], value: Any, said: str, tmp_path: Path
) -> None:
    model = as_gmcr(SYRIA)
    at: Any = model
    for step in steps[:-1]:
        at = at[step]
    at[steps[-1]] = value
    assert said in refusal(tmp_path, model, "case.gmcr")


def test_gmcrplus_files_cannot_ask_for_endless_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gmcrplus, "MOST_TESTS", 20)
    with pytest.raises(FileError, match="too much to enumerate"):
        gmcrplus.conflict_of(prioritised())
    monkeypatch.setattr(gmcrplus, "MOST_CELLS", 13)
    monkeypatch.setattr(gmcrplus, "MOST_TESTS", 2000)
    with pytest.raises(FileError, match="too many for the 7 feasible states"):
        gmcrplus.conflict_of(prioritised())


# normal form


def read_nfg(text: str) -> tuple[list[str], list[list[str]], dict[tuple[int, ...], list[int]]]:
    """Players, strategies and payoffs by profile, from the text of a payoff-version file."""
    tokens = re.findall(r'"[^"]*"|[{}]|[^\s{}"]+', text)
    assert tokens[:3] == ["NFG", "1", "R"]
    at = 4

    def braced() -> list[Any]:
        nonlocal at
        assert tokens[at] == "{"
        at += 1
        out: list[Any] = []
        while tokens[at] != "}":
            if tokens[at] == "{":
                out.append(braced())
            else:
                out.append(tokens[at].strip('"'))
                at += 1
        at += 1
        return out

    players, strategies = braced(), braced()
    if tokens[at].startswith('"'):
        at += 1
    numbers = [int(token) for token in tokens[at:]]
    sizes = [len(own) for own in strategies]
    n, payoffs = len(players), {}
    for k, back in enumerate(itertools.product(*(range(size) for size in sizes[::-1]))):
        payoffs[back[::-1]] = numbers[k * n : (k + 1) * n]
    assert len(numbers) == len(payoffs) * n
    return players, strategies, payoffs


@pytest.mark.parametrize("name", ["chicken", "prisoners_dilemma", "syria_iraq_1975"])
def test_the_normal_form_has_the_published_nash_equilibria(name: str, tmp_path: Path) -> None:
    conflict = read(FOLDER / f"{name}.json")
    nfg.write(tmp_path / "game.nfg", conflict)
    players, strategies, payoffs = read_nfg((tmp_path / "game.nfg").read_text("utf-8"))
    assert players == list(conflict.dms)
    nash = set()
    for profile, worth in payoffs.items():
        pattern = "".join(own[k] for own, k in zip(strategies, profile, strict=True))
        state = [conflict.pattern(s) for s in range(conflict.states)].index(pattern)
        assert worth == [row[state] for row in order(conflict)]
        others = (
            (i, (*profile[:i], k, *profile[i + 1 :]))
            for i in range(len(players))
            for k in range(len(strategies[i]))
        )
        if all(payoffs[other][i] <= worth[i] for i, other in others):
            nash.add(conflict.ids[state])
    assert nash == set(data(FOLDER / f"{name}.json")["computed"]["nash"]["equilibria"])


def test_the_normal_form_of_three_lets_the_first_player_change_fastest() -> None:
    utility = np.array([np.arange(16), -np.arange(16), np.arange(16) % 4])
    title = 'He said "no"\\\nand left'
    text = nfg.text(option_form([2, 0, 0, 1], utility, dms=["A", "B", "C"], title=title))
    assert text.startswith("NFG 1 R \"He said 'no'/ and left\" {")
    _, strategies, payoffs = read_nfg(text)
    assert [len(own) for own in strategies] == [4, 2, 2]
    assert strategies[0] == ["NN", "YN", "NY", "YY"]
    assert payoffs[1, 0, 1] == [3, 12, 3]  # A takes its first option, C its own: code 0b0011
    assert payoffs[3, 1, 0] == [14, 1, 2]


def test_a_normal_form_says_what_it_leaves_out() -> None:
    text = nfg.text(read(FOLDER / "korea_2017_base.json"))
    assert "Nuclear strike moves one way only." in text
    assert len(read_nfg(text)[2]) == 12


def test_a_conflict_without_a_normal_form_is_refused() -> None:
    utility = np.array([[3, 2, 1], [1, 2, 3]])
    hole = option_form([0, 1], utility, codes=[0, 1, 2])
    with pytest.raises(ConflictError, match="a payoff for YY, which is infeasible"):
        nfg.text(hole)
    with pytest.raises(ConflictError, match="bare graph"):
        nfg.text(graph([{0: [1]}, {}], [[1, 2], [2, 1]]))
    with pytest.raises(ConflictError, match="two or more"):
        nfg.text(option_form([0], [[1, 2]]))
    with pytest.raises(ConflictError, match="payoffs; a normal form is written up to"):
        nfg.text(option_form([0, 1] * 10, np.zeros((2, 1 << 20))))


# graphs and tables


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_graph_holds_all_states_and_moves(path: Path, tmp_path: Path) -> None:
    conflict = read(path)
    solution = solve(conflict)
    graphml.write(tmp_path / "graph.xml", conflict, solution)
    root = ET.parse(tmp_path / "graph.xml").getroot()
    space = f"{{{graphml.SPACE}}}"
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{space}key")}
    assert len(set(names)) == len(names)

    def values(element: ET.Element) -> dict[str | None, str | None]:
        return {names[d.get("key")]: d.text for d in element.iter(f"{space}data")}

    nodes = {node.get("id"): values(node) for node in root.iter(f"{space}node")}
    assert [node["state"] for node in nodes.values()] == [str(name) for name in conflict.ids]
    place = {node: s for s, node in enumerate(nodes)}
    for node, said in nodes.items():
        s = place[node]
        assert said["status quo"] == str(s == conflict.status_quo).lower()
        assert said["gmr equilibrium"] == str(bool(solution.equilibria["gmr"][s])).lower()
        for i, dm in enumerate(conflict.dms):
            better = len({u for u in conflict.utility[i] if u > conflict.utility[i, s]})
            assert said[f"rank for {dm}"] == str(better + 1)
    told = set()
    for edge in root.iter(f"{space}edge"):
        said = values(edge)
        i = conflict.dms.index(str(said["decision maker"]))
        s, t = place[edge.get("source")], place[edge.get("target")]
        told.add((i, s, t))
        improves = conflict.utility[i, t] > conflict.utility[i, s]
        assert said["improvement"] == str(bool(improves)).lower()
    assert told == arcs(conflict)


def test_a_graph_holds_any_name() -> None:
    unknown = np.ones((1, 2, 2), bool)
    conflict = graph([{0: [1]}], [[1, 2]], dms=["<a&\"b'>\x00\x1b"], ids=("]]>", "\ud800 ü"))
    root = ET.fromstring(graphml.text(conflict))
    texts = [element.text for element in root.iter() if element.tag.endswith("data")]
    assert "<a&\"b'>\ufffd\ufffd" in texts
    assert "]]>" in texts
    assert "\ufffd ü" in texts
    doubtful = graph([{0: [1]}], [[1, 2]], unknown=unknown)
    root = ET.fromstring(graphml.text(doubtful))
    edge = [e.text for e in root.iter() if e.tag.endswith("data")][-3:]
    assert edge == ["0", "false", "true"]


def test_a_graph_has_a_size() -> None:
    with pytest.raises(ConflictError, match="65,536 states"):
        graphml.text(option_form([0, 1] * 8, np.zeros((2, 1 << 16))))
    with pytest.raises(ConflictError, match="up to 1,047,552 moves"):
        graphml.text(option_form([0] * 10, np.zeros((1, 1 << 10))))


def test_a_table_has_a_row_for_each_state_decision_maker_and_concept(tmp_path: Path) -> None:
    conflict = read(ELMIRA)
    solution = solve(conflict)
    tables.write(tmp_path / "table.csv", conflict, solution)
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 12 * 3 * 5
    computed = data(ELMIRA)["computed"]
    for row in rows:
        state, concept, dm = int(row["state"]), row["concept"], row["decision_maker"]
        assert (row["stable"] == "true") == (state in computed[concept]["per_dm"][dm])
        assert (row["equilibrium"] == "true") == (state in computed[concept]["equilibria"])
        moves = data(ELMIRA)["moves"][dm].get(str(state), [])
        assert (row["no_move"] == "true") == (not moves)
    best = {r["decision_maker"]: r["state"] for r in rows if r["rank"] == "1"}
    assert best == {"MoE": "9", "Uniroyal": "1", "Local Government": "9"}
    assert rows[0]["pattern"] == "NYNNN"


def test_a_table_holds_no_formulas_and_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = graph([{0: [1]}], [[1, 2]], dms=["=1+1"], ids=("@a", -2))
    solution: Solution = solve(conflict, ("nash",))
    rows = list(csv.reader(io.StringIO(tables.text(conflict, solution))))
    assert [row[0] for row in rows[1:]] == ["'@a", "-2"]
    assert {row[2] for row in rows[1:]} == {"'=1+1"}
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    with pytest.raises(ConflictError, match="2 rows"):
        tables.text(conflict, solution)
