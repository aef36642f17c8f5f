from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from rich.cells import cell_len
from toy_pact import TEXT

from foedus.lenses.balance.account import account as accounts
from foedus.lenses.balance.account.opening import OpenedNetwork
from foedus.lenses.balance.account.outputs import drawn
from foedus.lenses.balance.frustration import Frustration
from foedus.lenses.balance.network import Network
from foedus.lenses.table import signed_network

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "tests" / "published" / "balance"
TRIBES = PUBLISHED / "tribes.csv"
LAGOON = ROOT / "docs" / "examples" / "lagoon.csv"
HEAD = "source,target,sign\n"
TRIANGLE = HEAD + "a,b,1\nb,c,1\na,c,-1\n"
SECTION = """
balance:
  ties:
    north-south: {between: [north, south], sign: {mode: 0.5, low: -0.2, high: 1}, weight: 2}
    north-foe: {between: [north, rival], sign: -1}
    south-foe: {between: [south, rival], sign: 1, date: 2015}
    south-foe-now: {between: [south, rival], sign: -1, weight: 3, date: 2016-02}
"""


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("balance", *arguments, "--json")
    assert (code, err) == (0, ""), out
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
    return told


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("balance", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def written(folder: Path, text: str, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def left(told: dict[str, Any], rows: list[dict[str, str]]) -> float:
    """What the camps told leave unexplained of the rows of a file."""
    camps = told["camps"]
    wrong = [r for r in rows if (camps[r["source"]] == camps[r["target"]]) != (int(r["sign"]) > 0)]
    return float(len(wrong))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_published_values_of_the_tribes_are_told(foedus: Command) -> None:
    told, known = asked(foedus, TRIBES), json.loads((PUBLISHED / "values.json").read_text("utf-8"))
    known = known["tribes.csv"]
    assert (told["nodes"], told["ties"], told["negative"]) == (16, 58, 29)
    found = told["frustration"]
    assert (found["value"], found["bound"], found["proved"]) == (known["L"], known["L"], True)
    assert told["line_index"] == pytest.approx(known["F"], abs=1e-6)
    assert told["triangle_index"] == pytest.approx(known["T"], abs=1e-6)
    assert told["walk_index"] == pytest.approx(known["W"], abs=1e-6)
    assert told["least_eigenvalue"] == pytest.approx(known["signed_laplacian_min"], abs=1e-6)
    assert sum(told["census"].values()) == known["triads"]
    assert told["census"]["++-"] + told["census"]["---"] == known["unbalanced"]
    # three camps explain all but two ties (Davis)
    assert told["by_camps"]["3"]["value"] == told["by_camps"]["any"]["value"] == 2
    assert told["by_camps"]["2"]["value"] == found["value"]


def test_parts_of_the_answer_agree_with_one_another(foedus: Command) -> None:
    told, rows = asked(foedus, TRIBES), rows_of(TRIBES)
    assert left(told, rows) == told["frustration"]["value"]
    strained = {frozenset(tie["between"]) for tie in told["strained"] if tie["strained"]}
    assert len(strained) == told["frustration"]["value"]
    for actor, cost in told["cost_of_moving"].items():
        camps = {**told["camps"], actor: 1 - told["camps"][actor]}
        assert left({"camps": camps}, rows) == told["frustration"]["value"] + cost
    costs = [one["cost"] for one in told["realignments"]]
    assert costs == sorted(costs)
    for one in told["realignments"]:
        camps = {a: c != (a in one["moves"]) for a, c in told["camps"].items()}
        assert left({"camps": camps}, rows) == told["frustration"]["value"] + one["cost"]
        assert len(one["to_change"]) == told["frustration"]["value"] + one["cost"]
        assert {frozenset(pair) for pair in one["relieved"]} <= strained


def test_more_camps_are_never_worse(foedus: Command) -> None:
    told = asked(foedus, TRIBES, "--camps", 5)
    values = [told["by_camps"][k]["value"] for k in ("2", "3", "4", "5", "any")]
    assert values == sorted(values, reverse=True)
    assert told["camps_asked"] == 5
    assert told["frustration"]["value"] == told["by_camps"]["5"]["value"]


def test_a_search_with_more_camps_falls_back_on_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    right = accounts.frustration

    def poor(network: Network, camps: int, seconds: float) -> Frustration:
        if camps == 2:
            return right(network, camps, seconds)
        worst = right(network, 2).assignment[::-1].copy()
        return Frustration(camps, 29.0, 2.0, False, worst, None, 1)

    monkeypatch.setattr(accounts, "frustration", poor)
    account = signed_network(str(TRIBES)).account(camps=3)
    assert (account.best.value, account.best.bound, account.best.proved) == (7.0, 2.0, False)
    assert account.strained.sum() == 7
    assert "may be as low as 2" in account.notes[0]


def test_what_is_not_proved_is_said(foedus: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    right = accounts.frustration

    def hasty(network: Network, camps: int, seconds: float) -> Frustration:
        best = right(network, camps)
        return Frustration(camps, best.value, best.value - 1, False, best.assignment, None, 1)

    monkeypatch.setattr(accounts, "frustration", hasty)
    told = asked(foedus, TRIBES)
    assert told["frustration"]["bound"] == 6.0
    assert told["frustration"]["proved"] is False
    assert told["frustration"]["optima"] is None
    _, out, _ = foedus("balance", TRIBES)
    assert "at least 6" in out
    assert "not proved within 10 seconds" in out
    assert "more strain" not in out or "at most" in out


def test_the_pact_is_looked_at(foedus: Command) -> None:
    told = asked(foedus, LAGOON, "--pact", "Aldra, Bero,Cale", "--date", "1903")
    split = told["pact"]["split"]
    assert told["pact"]["members"] == ["Aldra", "Bero", "Cale"]
    assert (split["together"], split["apart"], split["proved"]) == (3.0, 4.0, True)
    assert split["leaves"]["Cale"] == 1.0
    assert asked(foedus, LAGOON)["pact"] is None


def test_dates_make_a_history(foedus: Command) -> None:
    told = asked(foedus, LAGOON, "--pact", "Aldra,Bero")
    assert (told["date"], told["dates"]) == ("1905", "changes")
    rows = told["history"]
    assert [row["date"] for row in rows] == ["1898", "1901", "1903-04", "1905"]
    assert [row["value"] for row in rows] == [0.0, 1.0, 3.0, 4.0]
    assert rows[0]["together"] is True
    assert rows[-1]["value"] == told["frustration"]["value"]
    snapshots = asked(foedus, LAGOON, "--dates", "snapshots", "--date", "1901-05")
    assert (snapshots["nodes"], snapshots["ties"]) == (2, 1)
    assert [row["ties"] for row in snapshots["history"]] == [9, 1, 1, 1]
    assert asked(foedus, TRIBES)["history"] is None


def test_those_without_ties_stand_in_no_camp(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "a,b,-1\nloner,,\n")
    told = asked(foedus, path)
    assert told["without_ties"] == ["loner"]
    assert told["camps"]["loner"] is None
    assert told["frustration"]["optima"] == 1
    assert told["triangle_index"] is None
    assert told["local_balance"]["a"] is None
    assert "1 without ties" in foedus("balance", path)[1]
    alone = asked(foedus, path, "--pact", "a,loner")["pact"]
    assert alone == {"members": ["a", "loner"], "without_ties": ["loner"], "split": None}


def test_what_is_written_is_read_back(foedus: Command, tmp_path: Path) -> None:
    paths = {kind: tmp_path / f"out.{kind}" for kind in ("csv", "graphml", "gexf")}
    edges = tmp_path / "ties.csv"
    code, out, err = foedus(
        "balance", TRIBES, "--csv", paths["csv"], "--edges", edges,
        "--graphml", paths["graphml"], "--gexf", paths["gexf"],
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "Written:" in out
    told = asked(foedus, TRIBES)
    for path in (edges, paths["graphml"], paths["gexf"]):
        again = asked(foedus, path)
        assert again["frustration"] == told["frustration"]
        assert again["census"] == told["census"]
    rows = rows_of(paths["csv"])
    assert {row["actor"]: int(row["camp"]) for row in rows} == told["camps"]
    assert {row["actor"]: float(row["cost_of_moving"]) for row in rows} == told["cost_of_moving"]
    assert sum(int(row["strained_ties"]) for row in rows) == 2 * told["frustration"]["value"]
    graph = nx.read_graphml(paths["graphml"])
    label = nx.get_node_attributes(graph, "label")
    camps = nx.get_node_attributes(graph, "camp")
    assert {label[node]: camp for node, camp in camps.items()} == told["camps"]
    assert sum(d["strained"] for *_, d in graph.edges(data=True)) == told["frustration"]["value"]


def test_the_picture_is_drawn_from_all_of_it() -> None:
    account = signed_network(str(LAGOON)).account(pact=["Aldra", "Bero"])
    told = drawn(account)
    assert [actor["id"] for actor in told["actors"] if actor["member"]] == ["Aldra", "Bero"]
    assert len(told["ties"]) == 9
    strained = sum(tie["weight"] for tie in told["ties"] if tie["strained"])
    assert strained == told["frustration"]["value"] == 4.0
    json.dumps(told, allow_nan=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path, TEXT + SECTION, "toy-pact.yaml")


def test_a_case_is_read_at_its_most_likely_values(foedus: Command, case: Path) -> None:
    told = asked(foedus, case)
    assert told["at_modes"] is True
    assert (told["date"], told["ties"], told["negative"]) == ("2016-02", 3, 2)
    assert told["names"]["north"] == "Northland"
    assert told["pact"]["members"] == ["north", "south"]
    assert told["pact"]["split"]["together"] == 0.0
    assert told["total_weight"] == 6.0
    earlier = asked(foedus, case, "--date", "2015", "--camps", 3)
    assert earlier["frustration"]["value"] == 1.0
    _, out, _ = foedus("balance", case, "--pact", "Northland,rival")
    assert "every uncertain number at its most likely value" in out
    assert "Northland" in out


def test_bad_requests_of_a_case(foedus: Command, case: Path) -> None:
    assert "is a case, whose dated ties" in refused(foedus, case, "--dates", "snapshots")
    assert "2017 is after as_of" in refused(foedus, case, "--date", "2017")
    case.write_text(TEXT, "utf-8")
    assert "no section balance" in refused(foedus, case)


@pytest.mark.parametrize("file", [TRIBES, LAGOON, PUBLISHED / "cow" / "01.csv"])
def test_the_screen_is_one_and_narrow(foedus: Command, file: Path) -> None:
    code, out, err = foedus("balance", file)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 40
    assert max(cell_len(line) for line in lines) <= 80
    assert not any(line != line.rstrip() for line in lines)
    for said in ("camps at most", "proved", "any number", "under strain", "camp 1", "triangles"):
        assert said in out


def test_names_are_no_markup(foedus: Command, tmp_path: Path) -> None:
    long = "x" * 400
    text = HEAD + f"[red]a[/red],[/oops],1\n[/oops],<b>&,1\n[red]a[/red],<b>&,-1\n{long},<b>&,-1\n"
    path = written(tmp_path, text)
    code, out, err = foedus("balance", path, "--pact", "[red]a[/red],[/oops]")
    assert (code, err) == (0, "")
    assert "[red]a[/red]" in out
    assert "[/oops]" in out
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    for kind in ("graphml", "gexf"):
        there = tmp_path / f"out.{kind}"
        assert foedus("balance", path, f"--{kind}", there)[0] == 0
        assert set(asked(foedus, there)["camps"]) == {"[red]a[/red]", "[/oops]", "<b>&", long}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "a,b,1\nc,c,1\n", "ties.csv: line 3, column target: 'c' is tied to itself"),
        (HEAD + "a,b,1\nb,a,-1\n", "line 3, column source: 'b' and 'a' are foes here and friends"),
        (HEAD + "a,b,3\n", "line 2, column sign: should be 1 or -1"),
        ("source,target,weight\na,b,nan\n", "line 2, column weight: should be a number"),
        ("source,target,weight\na,b,inf\n", "line 2, column weight: should be a number"),
        ("source,target,sign,weight\na,b,-1,0\n", "line 2, column weight: is 0, which ends a tie"),
        ("source,target,sign,weight\na,b,0,1\n", "line 2, column sign: is 0, which ends a tie"),
        ("source,target,sign,weight\na,b,1,1e-400\n", "line 2, column weight: "),
        ("source,target,weight,date\na,b,1e-400,1901\n", "line 2, column weight: is too near 0"),
        (HEAD + '"a,b,1\nb,c,1\n', "ties.csv: line 2: opens a quote that is never closed"),
        (HEAD + 'a,b,1\n\nb,"c,1\nc,d,1\n', "line 4: opens a quote that is never closed"),
        ('"' + HEAD + "a,b,1\n", "line 1: opens a quote that is never closed"),
        (HEAD, "has no ties"),
        ("", "is empty"),
        ("source,sign\na,1\n", "has no column 'target'"),
        (HEAD + "a\x1b[31m,b,1\n", "holds the unprintable character U+001B"),
        ("<graphml><graph>", "line 1: is not XML"),
        ("<!DOCTYPE graphml []><graphml/>", "line 1: has a DOCTYPE"),
        ("<html/>", "neither GraphML nor GEXF"),
        (HEAD + f"a,{'b' * 501},1\n", "has 501 characters"),
    ],
)
def test_bad_files_are_refused_in_a_line(
    foedus: Command, tmp_path: Path, text: str, said: str
) -> None:
    assert said in refused(foedus, written(tmp_path, text))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--pact", "Gavev,Kotum"), "there is no actor 'Kotum', did you mean 'Kotun'?"),
        (
            ("--pact", "Gavev,Nobody"),
            "tribes.csv: there is no actor 'Nobody'; there are 'Kotun', 'Gavev', ",
        ),
        (("--pact", "Gavev,Gavev"), "'Gavev' stands twice in the pact"),
        (("--pact", "Gavev"), "should be two names or more"),
        (("--pact", "Gavev,"), "should be two names or more"),
        (("--camps", "1"), "is not in the range 2<=x<=8"),
        (("--date", "1954"), "no tie has a date"),
        (("--dates", "snapshots"), "there are no snapshots"),
        (("--dates", "windows"), "is not one of 'changes', 'snapshots'"),
        (("--seconds", "0"), "is not in the range"),
        (("--seconds", "nan"), "should be more than 0, not nan"),
        (("--picture", "x.gif"), "should end in .svg"),
        (("--edges", TRIBES), "is the file that is read"),
        (("--csv", "/nowhere/x.csv"), "/nowhere/x.csv: No such file"),
    ],
)
def test_bad_requests_are_refused_in_a_line(
    foedus: Command, options: tuple[object, ...], said: str
) -> None:
    assert said in refused(foedus, TRIBES, *options)


def test_a_quote_within_a_name_opens_nothing(foedus: Command, tmp_path: Path) -> None:
    told = asked(foedus, written(tmp_path, HEAD + 'six" gun,b,1\n"b,c",b,-1\n'))
    assert list(told["camps"]) == ['six" gun', "b", "b,c"]


def test_what_is_no_number_of_seconds_is_refused_before_anything_is_read(foedus: Command) -> None:
    assert "should be more than 0, not nan" in refused(foedus, "nix.csv", "--seconds", "nan")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("net.svg", b"<svg"), ("net.png", b"\x89PNG"), ("net.html", b"<!doctype html>")],
)
def test_the_picture_is_written(foedus: Command, tmp_path: Path, name: str, begins: bytes) -> None:
    path = tmp_path / name
    code, out, err = foedus("balance", LAGOON, "--picture", path)
    assert (code, err) == (0, "")
    assert f"Written: {path}" in out
    raw = path.read_bytes()
    assert begins.lower() in raw[:200].lower()
    if name != "net.png":
        assert b"Aldra" in raw


def test_ties_that_some_best_division_strains_are_told_uncounted(
    foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = asked(foedus, LAGOON)["strained"]
    monkeypatch.setattr("foedus.lenses.balance.realigning.strain.COUNTED", 0)
    told = asked(foedus, LAGOON)["strained"]
    assert any(tie["share_of_optima"] is None and not tie["strained"] for tie in told)
    assert [tie["between"] for tie in told] == [tie["between"] for tie in counted]


def test_a_bound_above_what_is_known_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    right = accounts.frustration

    def wrong(network: Network, camps: int, seconds: float) -> Frustration:
        if camps == 2:
            return right(network, camps, seconds)
        return Frustration(camps, 29.0, 29.0, True, right(network, 2).assignment, None, 1)

    monkeypatch.setattr(accounts, "frustration", wrong)
    best = signed_network(str(TRIBES)).account(camps=3).best
    assert (best.value, best.bound, best.proved) == (7.0, 0.0, False)


def test_files_that_are_not_there_or_too_large(
    foedus: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nix.csv: cannot be read" in refused(foedus, "nix.csv")
    assert "no packaged case" in refused(foedus, "nix")
    monkeypatch.setattr("foedus.lenses.cells.LARGEST", 40)
    assert "more than 40 bytes" in refused(foedus, written(tmp_path, TRIANGLE * 2))


def test_errors_as_json(foedus: Command) -> None:
    code, out, err = foedus("balance", TRIBES, "--date", "1954", "--json")
    assert (code, err) == (2, "")
    assert "no tie has a date" in json.loads(out)["errors"][0]["message"]


def test_the_library_refuses_what_the_command_refuses() -> None:
    opened: OpenedNetwork = signed_network(str(TRIBES))
    for wrong in ({"camps": 1}, {"camps": 9}, {"seconds": float("nan")}, {"pact": ["Gavev"]}):
        with pytest.raises(ValueError, match=r"camps|seconds|two members"):
            opened.account(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="changes or snapshots"):
        signed_network(str(TRIBES), dates="windows")
