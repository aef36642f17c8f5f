from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from foedus.cli.outputs import PICTURES
from foedus.cli.screen_stability import letters, listed
from foedus.cli.stability import CONCEPTS

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "published" / "stability"
ELMIRA, SYRIA = CASES / "elmira_12.json", CASES / "syria_iraq_1975.json"
HARBOUR = ROOT / "docs" / "examples" / "harbour.yaml"
JOINT = ("cnash", "cgmr", "csmr", "cseq")
UNKNOWN = """\
options:
  talk: {by: a}
  fight: {by: b}
preferences:
  a: {order: ["NY >> YN > NN"]}
  b: {ranking: [YN, [NN, YY], NY]}
"""


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("stability", *arguments, "--json")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out)
    return told


def model(tmp_path: Path, text: str, name: str = "model.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def nine_options() -> str:
    options = "".join(f"  o{k}: {{by: dm{k % 3}}}\n" for k in range(9))
    worth = ", ".join(f"o{k}: {k - 4}" for k in range(9))
    wants = "".join(f"  dm{i}: {{weights: {{{worth}}}}}\n" for i in range(3))
    return f"options:\n{options}preferences:\n{wants}status_quo: []\n"


# The screen


def test_a_published_case_on_one_screen(foedus: Command) -> None:
    code, out, err = foedus("stability", ELMIRA)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 45
    assert max(cell_len(line) for line in lines) <= 80
    assert lines[0].startswith("Elmira groundwater contamination")
    assert "3 decision makers, 5 options, 12 states; status quo 1 (N YNN N)" in out
    for part in (
        "M  MoE               1 Modify →",
        "Nash, SEQ, SIM  5, 6, 7, 10, 11, 12",
        "GMR, SMR        1, 4, 5, 6, 7, 10, 11, 12",
        "to 7   Local Government to 7",
        "7 to 10  MoE + Uniroyal",
    ):
        assert part in out
    row = next(line for line in lines if line.lstrip().startswith("8    19")).split()
    assert row == ["8", "19", "Y", "YNN", "Y", "·L", "·L", "·L", "·L", "·L"]
    row = next(line for line in lines if line.lstrip().startswith("6     9")).split()
    assert row[5:] == ["E··"] * 5 + ["E"] * 4


def test_long_tables_are_cut_and_all_shows_them(foedus: Command, tmp_path: Path) -> None:
    path = model(tmp_path, nine_options())
    code, out, err = foedus("stability", path)
    assert (code, err) == (0, "")
    assert "512 states" in out
    assert "and 488 more; --all shows them" in out
    assert len(out.splitlines()) <= 60
    _, full, _ = foedus("stability", path, "--all")
    assert "--all shows" not in full
    assert len(full.splitlines()) > 512


def test_a_bare_graph_has_no_choices_and_no_sim(foedus: Command, tmp_path: Path) -> None:
    text = (
        "states: {peace: {says: Peace}, war: {says: War}}\n"
        "moves: {a: {peace: [war]}, b: {war: [peace]}}\n"
        "preferences: {a: {ranking: [war, peace]}, b: {ranking: [peace, war]}}\nstatus_quo: peace\n"
    )
    path = model(tmp_path, text)
    code, out, err = foedus("stability", path)
    assert (code, err) == (0, "")
    assert "choices" not in out
    assert "left out SIM" in out
    told = asked(foedus, path)
    assert told["equilibria"]["sim"] is None
    assert "bare graph" in told["left_out"]["sim"]
    assert [state["pattern"] for state in told["states"]] == [None, None]
    assert [state["says"] for state in told["states"]] == ["Peace", "War"]
    assert told["no_move"] == {"a": ["war"], "b": ["peace"]}


def test_texts_of_the_model_are_no_markup(foedus: Command, tmp_path: Path) -> None:
    text = UNKNOWN.replace("{by: a}", "{by: a, says: '[red]x[/oops]'}")
    path = model(tmp_path, f"title: '[bold]t[/x]'\n{text}")
    code, out, err = foedus("stability", path)
    assert (code, err) == (0, "")
    assert "[bold]t[/x]" in out
    assert "[red]x[/oops]" in out


@pytest.mark.parametrize("file", [*sorted(CASES.glob("*.json")), HARBOUR], ids=lambda p: p.stem)
def test_every_case_fits_the_console(file: Path, foedus: Command) -> None:
    for more in ((), ("--horizon", 2), ("--all",)):
        code, out, err = foedus("stability", file, *more)
        assert (code, err) == (0, "")
        assert max(cell_len(line) for line in out.splitlines()) <= 80


def test_signs_of_decision_makers() -> None:
    assert letters(("MoE", "Uniroyal", "Local")) == ("M", "U", "L")
    assert letters(("0", "1")) == ("0", "1")
    assert letters(("A", "a")) == ("A", "a")
    assert letters(("US", "USSR")) == ("U", "S")
    assert letters(("Aa", "Ab")) == ("A", "B")
    assert letters(("Elmira", "E e")) == ("A", "B")
    assert letters(("the Syrian government", "Syrian rebels")) == ("S", "R")
    assert letters([f"dm{i}" for i in range(11)])[-1] == "L"
    assert len(set(letters([f"dm{i}" for i in range(25)]))) == 25


def test_no_name_of_a_concept_is_cut(foedus: Command) -> None:
    out = foedus("stability", SYRIA)[1]
    assert "…" not in out
    assert "Nash, SMR, SEQ, SIM,        6\nCNash, CSMR, CSEQ\n" in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_a_list_says_how_many_more() -> None:
    assert listed([], False) == "none"
    assert listed(range(17), False).endswith(", 16")
    assert listed(range(30), False).endswith(", 15 and 14 more")
    assert listed(range(30), True).endswith(", 29")


# JSON


@pytest.mark.parametrize("name", ["elmira_12", "cuban_missile_12", "korea_2017_base", "chicken"])
def test_json_has_the_published_sets(name: str, foedus: Command) -> None:
    expected = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    told = asked(foedus, CASES / f"{name}.json")
    assert told["title"] == expected["title"]
    assert told["dms"] == [dm["name"] for dm in expected["dms"]]
    assert told["status_quo"] == expected["status_quo"]
    assert [s["id"] for s in told["states"]] == [s["id"] for s in expected["states"]]
    for concept in CONCEPTS:
        assert told["stable"][concept] == expected["computed"][concept]["per_dm"]
        assert told["equilibria"][concept] == expected["computed"][concept]["equilibria"]
    for concept, ids in expected["computed"]["universal_coalition"].items():
        assert told["equilibria"][concept] == ids
    assert told["left_out"] == {}


@pytest.mark.parametrize("place", range(0, 58, 6))
def test_json_of_a_random_model(place: int, foedus: Command, tmp_path: Path) -> None:
    line = (CASES / "conformance.jsonl").read_text("utf-8").splitlines()[place]
    expected = json.loads(line)
    told = asked(foedus, model(tmp_path, line, "one.jsonl"))
    assert told["dms"] == [str(i) for i in range(len(expected["dm_options"]))]
    for concept, tables in expected["stable"].items():
        assert list(told["stable"][concept].values()) == tables
    for concept, ids in expected["universal_coalition"].items():
        assert told["equilibria"][concept] == ids
        assert set(told["stable"][concept]) >= set(told["dms"])


def test_coalitions_are_named_by_their_members(foedus: Command) -> None:
    stable = asked(foedus, ELMIRA)["stable"]
    for concept in JOINT:
        assert set(stable[concept]) == {
            "MoE", "Uniroyal", "Local Government", "MoE + Uniroyal", "MoE + Local Government",
            "Uniroyal + Local Government", "MoE + Uniroyal + Local Government",
        }  # fmt: skip


def test_paths_and_jumps(foedus: Command) -> None:
    told = asked(foedus, ELMIRA)
    reached = told["reached"]
    assert (reached["concept"], reached["start"]) == ("seq", 1)
    assert reached["by_improvements"] == [7]
    assert reached["by_moves"] == [5, 6, 10, 11, 12]
    assert reached["paths"][0] == {
        "to": 7,
        "how": "improvements",
        "steps": [{"by": "Local Government", "to": 7}],
        "shortest": [{"by": "Local Government", "to": 7}],
    }
    assert told["jumps"] == [
        {"from": 7, "to": 10, "coalition": "MoE + Uniroyal", "members": ["MoE", "Uniroyal"]}
    ]
    assert asked(foedus, ELMIRA, "--concept", "gmr")["reached"]["start_is_equilibrium"]


def test_a_coalition_acts_as_one(foedus: Command) -> None:
    published = json.loads(ELMIRA.read_text("utf-8"))["published"]
    expected = published["coalition_structure_[MoE,Uniroyal],LocalGov"]
    structure = asked(foedus, ELMIRA, "--coalition", "uniroyal, MoE")["structure"]
    assert structure["blocks"] == {
        "MoE + Uniroyal": ["MoE", "Uniroyal"], "Local Government": ["Local Government"],
    }  # fmt: skip
    assert structure["equilibria"]["nash"] == expected["nash"]
    assert structure["equilibria"]["gmr"] == expected["gmr"]
    out = foedus("stability", ELMIRA, "--coalition", "MoE,Uniroyal")[1]
    assert "Acting together (MoE + Uniroyal; Local Government)" in out


def test_foresight(foedus: Command) -> None:
    told = asked(foedus, CASES / "prisoners_dilemma.json", "--horizon", 1)
    assert told["limited"]["horizon"] == 1
    assert told["limited"]["equilibria"] == told["equilibria"]["nash"]
    assert len(told["non_myopic"]["equilibria"]) == 2
    assert asked(foedus, SYRIA)["limited"] is None


def test_inverse_counts_exactly(foedus: Command) -> None:
    published = json.loads(SYRIA.read_text("utf-8"))["published"]
    right = published["inverse_state2_vary_syria_all_iraq_fixed"]["computed_correct"]
    told = asked(foedus, SYRIA, "--inverse", 2, "--dm", "syria")["inverse"]
    assert (told["state"], list(told["dms"])) == (2, ["Syria"])
    for concept, count in right.items():
        assert (told["dms"]["Syria"][concept]["stable"], 720) == (
            count,
            told["dms"]["Syria"][concept]["of"],
        )
    out = foedus("stability", SYRIA, "--inverse", 2, "--dm", "Syria")[1]
    assert "384 of 720 (53.3 %)" in out
    assert "state 2 above at least one of state 1" in out


def test_why_a_state_is_stable(foedus: Command) -> None:
    told = asked(foedus, ELMIRA, "--state", "NYNNY")["witnesses"]
    assert told["state"] == 7
    assert set(told["dms"]) == {"MoE", "Uniroyal", "Local Government"}
    assert all(row["stable"] for rows in told["dms"].values() for row in rows.values())
    assert told["swap"]["breakable"]
    left = asked(foedus, ELMIRA, "--state", 1, "--dm", "Local Government")["witnesses"]
    assert list(left["dms"]) == ["Local Government"]
    assert left["swap"] is None
    rows = left["dms"]["Local Government"]
    assert (rows["nash"]["why"], rows["nash"]["improvement"]) == ("free", 7)
    assert rows["gmr"]["answers"][0]["improvement"] == 7
    code, out, err = foedus("stability", ELMIRA, "--state", 7)
    assert (code, err) == (0, "")
    assert "State 7  N YNN Y  Delay, Insist" in out
    assert "Smallest swap that breaks it under SEQ" in out
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    both = foedus("stability", ELMIRA, "--state", 7, "--coalition", "MoE,Uniroyal", "--horizon", 2)
    assert "Acting together" in both[1]
    assert "Equilibria with foresight" in both[1]


def test_unknown_and_strong_preferences(foedus: Command, tmp_path: Path) -> None:
    path = model(tmp_path, UNKNOWN)
    told = asked(foedus, path)
    assert told["reading"] == "a"
    assert list(told["readings"]) == ["a", "b", "c", "d"]
    assert told["readings"]["a"]["equilibria"] == {
        concept: told["equilibria"][concept] for concept in ("nash", "gmr", "smr", "seq")
    }
    assert set(told["left_out"]) == {"sim", *JOINT, "jumps"}
    assert told["strong"]["equilibria"]["nash"] == told["equilibria"]["nash"]
    assert told["weak"]["equilibria"]["nash"] == []
    only = asked(foedus, path, "--reading", "d")
    assert (only["reading"], list(only["readings"])) == ("d", ["d"])
    assert only["equilibria"]["gmr"] == told["readings"]["d"]["equilibria"]["gmr"]
    out = foedus("stability", path)[1]
    assert "by reading a, in which the least is stable" in out
    assert "Strong equilibria (reading a)" in out
    near = asked(foedus, path, "--state", "YY")["witnesses"]
    assert near["dms"]["a"]["sim"] is None
    assert "of what is unknown" in foedus("stability", path, "--state", "YY")[1]
    assert foedus("stability", path, "--inverse", "YY")[0] == 0
    assert "cannot be told: not defined where" in foedus("stability", path, "--state", 4)[1]
    still = UNKNOWN.replace("{by: b}", "{by: b, direction: forward}")
    rows = asked(foedus, model(tmp_path, still), "--state", "YY", "--dm", "b")["witnesses"]["dms"]
    assert (rows["b"]["seq"]["why"], rows["b"]["seq"]["stable"]) == ("no move", True)
    assert rows["b"]["seq"]["says"] == "b stays in state 4: it has no move."


def test_views_of_others(foedus: Command, tmp_path: Path) -> None:
    text = SYRIA_VIEWS
    told = asked(foedus, model(tmp_path, text))
    peer = json.loads((CASES / "syria_iraq_misperception.json").read_text("utf-8"))["published"]
    assert told["equilibria"]["gmr"] == peer["gmcr_py_misperception_result"]["gmr"]
    assert told["misperception"]["not_perceived"] == {"syria": [2, 5], "iraq": [1, 4]}
    assert told["attitudes"]["stance"]["syria"] == {"syria": "positive", "iraq": "negative"}
    out = foedus("stability", model(tmp_path, text))[1]
    assert "Not perceived" in out
    assert "\nsyria  2, 5\niraq   1, 4\n" in out
    assert "With attitudes (syria: negative to iraq)" in out


SYRIA_VIEWS = """\
options:
  release: {by: syria}
  escalate: {by: syria}
  attack: {by: iraq}
feasible: {one: {never: "YY-"}}
preferences:
  syria: {ranking: [1, 3, 6, 2, 4, 5]}
  iraq: {ranking: [2, 4, 6, 1, 5, 3]}
blind: {syria: {when: "YN-"}, iraq: {when: "NN-"}}
attitudes: {syria: {iraq: negative}}
"""


# Every form of input


def test_a_file_of_gmcr_plus(foedus: Command) -> None:
    told = asked(foedus, HARBOUR.with_suffix(".gmcr"))
    assert told["dms"] == ["Harbour", "Guild"]
    assert told["equilibria"]["seq"] == [1, 3, 6]


def test_misperception_in_a_file_of_gmcr_plus(foedus: Command, tmp_path: Path) -> None:
    data = json.loads(HARBOUR.with_suffix(".gmcr").read_text("utf-8"))
    data["decisionMakers"][0]["misperceptions"] = [[[2, "Y"]]]
    data["coalitions"] = [[0, 1]]
    told = asked(foedus, model(tmp_path, json.dumps(data), "blind.gmcr"))
    assert told["misperception"]["not_perceived"] == {"Harbour": [5, 6], "Guild": []}
    assert set(told["no_move"]["Harbour"]) == {5, 6}
    assert list(told["structure"]["blocks"]) == ["Harbour + Guild"]


def test_a_packaged_case_counts_at_its_modes(foedus: Command) -> None:
    code, out, err = foedus("stability", "syria-2016")
    assert (code, err) == (0, "")
    assert "every uncertain number at its most likely value" in out
    assert asked(foedus, "syria-2016")["at_modes"] is True
    assert asked(foedus, HARBOUR)["at_modes"] is False


def test_a_case_file_with_the_section(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "my-pact.yaml"
    assert foedus("new", path)[0] == 0
    told = asked(foedus, path)
    assert (told["dms"], told["names"]["north"]) == (["north", "south"], "North")
    assert told["equilibria"]["seq"]
    text = path.read_text("utf-8")
    wrong = text.replace("status_quo: [north-fights", "status_quo: [NY, north-fights")
    assert wrong != text
    code, _, err = foedus("stability", model(tmp_path, wrong, "wrong.yaml"))
    assert code == 2
    assert "wrong.yaml:" in err


def test_the_concept_of_the_file_is_taken(foedus: Command, tmp_path: Path) -> None:
    text = HARBOUR.read_text("utf-8")
    path = model(tmp_path, f"{text}\nconcept: gmr\n")
    assert asked(foedus, path)["concept"] == "gmr"
    assert asked(foedus, path, "--concept", "nash")["concept"] == "nash"


# Files written


def test_the_table_is_written(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    code, out, err = foedus("stability", ELMIRA, "--csv", path)
    assert (code, err) == (0, "")
    assert "Written:" in out
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert len(rows) == 12 * 3 * 5
    seq = {r["state"] for r in rows if r["concept"] == "seq" and r["equilibrium"] == "true"}
    assert seq == {"5", "6", "7", "10", "11", "12"}


def test_the_graph_is_written(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "out.graphml"
    assert foedus("stability", ELMIRA, "--graphml", path)[0] == 0
    nodes = ElementTree.parse(path).getroot().findall(".//{*}node")
    assert len(nodes) == 12


def test_the_normal_form_is_written(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "out.nfg"
    assert foedus("stability", ELMIRA, "--nfg", path)[0] == 0
    assert path.read_text("utf-8").startswith("NFG 1 R")


def test_the_model_is_saved_and_read_again(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    first = asked(foedus, HARBOUR, "--save", path)
    again = asked(foedus, path)
    for key in ("stable", "equilibria", "dms", "status_quo", "no_move", "jumps", "reached"):
        assert again[key] == first[key]


@pytest.mark.parametrize("ending", PICTURES)
def test_the_picture_is_drawn(ending: str, foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / f"out{ending}"
    code, _, err = foedus("stability", ELMIRA, "--picture", path)
    assert (code, err) == (0, "")
    raw = path.read_bytes()
    if ending == ".png":
        assert raw.startswith(b"\x89PNG")
        return
    text = raw.decode()
    assert "Uniroyal" in text
    assert "<script" not in text
    assert "how it differs from the status quo." in text.partition("</desc>")[2]
    if ending == ".svg":
        assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"


def test_json_and_files_together(foedus: Command, tmp_path: Path) -> None:
    told = asked(foedus, ELMIRA, "--csv", tmp_path / "a.csv", "--picture", tmp_path / "a.svg")
    assert told["dms"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "a.svg"]


# Wrong input


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--state", "13"), "there is no state '13'; there are 12, from 1 to 12"),
        (("--state", "YYYYY"), "the state YYYYY is not feasible"),
        (("--inverse", "x"), "there is no state 'x'"),
        (("--state", "1", "--dm", "MoEE"), "did you mean 'MoE'?"),
        (("--dm", "MoE"), "--dm goes with --state or --inverse"),
        (("--coalition", "MoE,Unroyal"), "did you mean 'Uniroyal'?"),
        (("--coalition", "MoE,"), "names with commas between"),
        (("--coalition", "MoE", "--coalition", "moe"), "MoE is in two coalitions"),
        (("--reading", "a"), "every preference is known"),
        (("--reading", "e"), "'e' is not one of"),
        (("--concept", "nsh"), "'nsh' is not one of"),
        (("--horizon", "0"), "0 is not in the range"),
        (("--limit", "2X"), "should be a size from 1K up"),
        (("--limit", "1"), "should be a size from 1K up"),
        (("--picture", "a.pdf"), "should end in .svg, .png, .html"),
        (("--save", "a.yaml"), "--save a.yaml: should end in .json"),
        (("--save", str(ELMIRA)), "is the file that is read"),
        (("--csv", "a.b", "--graphml", "./a.b"), "--graphml ./a.b: is the file of --csv too"),
        (("--csv", ""), "--csv: is empty"),
        (("--nfg", os.devnull), "is there already and no plain file"),
        (("--csv", "nowhere/a.csv"), "nowhere/a.csv: No such file or directory"),
        (("--save", "nowhere/a.json"), "nowhere/a.json: No such file or directory"),
        (("--picture", "nowhere/a.svg"), "nowhere/a.svg: No such file or directory"),
        (("--graphml", "."), "is a directory"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: tuple[str, ...], said: str, foedus: Command, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, out, err = foedus("stability", ELMIRA, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    code, out, err = foedus("stability", ELMIRA, *arguments, "--json")
    assert (code, err) == (2, "")
    assert said in json.loads(out)["errors"][0]["message"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("case.json", "{}", "has none of the keys"),
        ("case.json", "{", "is not JSON"),
        ("case.gmcr", "[]", "should be a mapping"),
        ("two.jsonl", "{}\n{}\n", "has 2 lines"),
        ("table.csv", "a,b\n", "is of no form that is understood"),
        ("model.yaml", "options: {x: {by: a}}\n", "missing key 'preferences.a'"),
        ("model.yaml", "options: {x: {bye: a}}\n", "model.yaml:1"),
        ("model.yaml", "foedus: 1\nid: x\n", "model.yaml"),
    ],
)
def test_a_wrong_file_is_said(
    name: str, text: str, said: str, foedus: Command, tmp_path: Path
) -> None:
    code, out, err = foedus("stability", model(tmp_path, text, name))
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_missing_file_is_said(foedus: Command) -> None:
    for name in ("nowhere.json", "syria-2015"):
        code, out, err = foedus("stability", name)
        assert (code, out) == (2, "")
        assert "there is no file and no packaged case" in err


def test_a_case_without_the_section_is_said(foedus: Command) -> None:
    code, _, err = foedus("stability", ROOT / "docs" / "examples" / "strait.yaml")
    assert code == 2
    assert "no section stability" in err


def test_a_model_over_the_limit_is_refused_with_the_number(foedus: Command, tmp_path: Path) -> None:
    options = "".join(f"  o{k}: {{by: a}}\n" for k in range(30))
    path = model(tmp_path, f"options:\n{options}preferences: {{a: {{weights: {{o1: 1}}}}}}\n")
    code, out, err = foedus("stability", path, "--limit", "500M")
    assert (code, out) == (2, "")
    assert "1,073,741,824 states" in err
    assert "--limit" in err


def test_concepts_over_the_limit_are_left_out(foedus: Command, tmp_path: Path) -> None:
    path = model(tmp_path, nine_options())
    told = asked(foedus, path, "--limit", "64K")
    assert set(told["left_out"]) == {*JOINT, "jumps"}
    assert all(told["equilibria"][c] is None and told["stable"][c] is None for c in JOINT)
    assert told["jumps"] is None
    assert told["equilibria"]["seq"]
    assert asked(foedus, path)["left_out"] == {}
    assert "! left out CNash, CGMR, CSMR, CSEQ" in foedus("stability", path, "--limit", "64K")[1]


def test_unknown_preferences_over_the_limit_are_left_out(foedus: Command, tmp_path: Path) -> None:
    doubt = "{a-or-b: {between: o1 and not o2, and: o2 and not o1}}"
    text = nine_options().replace("o8: 4}}", f"o8: 4}}, unknown: {doubt}}}", 1)
    path = tmp_path / "saved.json"
    assert asked(foedus, model(tmp_path, text), "--save", path)["equilibria"]["seq"] is not None
    told = asked(foedus, path, "--limit", "16K")
    assert {"nash", "gmr", "smr", "seq", "sim", "reached", "readings"} <= set(told["left_out"])
    assert told["equilibria"]["seq"] is None
    assert foedus("stability", path, "--limit", "16K")[0] == 0
    assert foedus("stability", path, "--limit", "16K", "--state", 3)[0] == 0


# Cheap where it can be


def test_its_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, foedus.cli.main as m; m._run(['stability', '--help']);"
        "print(sorted({'numpy', 'numba', 'pydantic', 'rich', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_too_many_states_are_not_written_out_one_by_one(
    foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = import_module("foedus.lenses.stability.account.account")
    monkeypatch.setattr(account, "MOST_TOLD", 10)
    code, out, _ = foedus("stability", ELMIRA, "--json")
    assert code == 2
    assert "12 states are too many to write out one by one, at most 10 are" in out
    assert foedus("stability", ELMIRA)[0] == 0


def test_the_command_knows_the_concepts_there_are() -> None:
    """It names them without importing the lens, which would make `--help` slow."""
    solving = import_module("foedus.lenses.stability.concepts.solving")
    assert import_module("foedus.cli.stability").CONCEPTS == solving.CONCEPTS
