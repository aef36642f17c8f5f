from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from rich.cells import cell_len

from foedus.lenses.bargaining.variants import MOVING, NAMES

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "tests" / "published" / "bargaining"
CASES = PUBLISHED / "cases.csv"
CANAL = ROOT / "docs" / "examples" / "canal.csv"
HEAD = "actor,position,capability,salience\n"
KTAB_CSV = """\
Border,A border,3,1
Actor,Description,Power,Line,Salience
A,One,10,0,50
B,Two,20,40,80
C,Three,30,100,60
"""


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("bargaining", *arguments, "--json")
    assert (code, err) == (0, ""), out
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out)
    return told


def emission(foedus: Command, *more: object) -> dict[str, Any]:
    return asked(foedus, CASES, "--case", "emission1994", *more)


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("bargaining", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_scholz_history_is_told_on_the_scale_of_the_file(foedus: Command) -> None:
    golden = json.loads((PUBLISHED / "golden_emission_scholzcode_jmckib.json").read_text("utf-8"))
    told = emission(foedus, "--variant", "eum:scholz-code")
    history = told["variants"]["eum:scholz-code"]["history"]
    for turn, known in enumerate(golden["rounds"]):
        places = dict(zip(told["actors"], (row[0] for row in history[turn]), strict=True))
        assert places == pytest.approx(known["positions"], abs=1e-3)


def test_ktab_history_is_told_on_the_scale_of_the_file(foedus: Command) -> None:
    golden = json.loads((PUBLISHED / "ktab_out_emis.json").read_text("utf-8"))
    told = emission(foedus, "--variant", "smp:ktab")
    history = np.array(told["variants"]["smp:ktab"]["history"])
    known = np.moveaxis(np.array(golden["positions_0_100_by_actor_dim_turn"]), 2, 0)
    np.testing.assert_allclose(history, 4.0 + 0.06 * known, atol=0.06 * 0.051)


def test_every_variant_is_told_whether_or_not_it_can_be_played(foedus: Command) -> None:
    told = emission(foedus)
    assert tuple(told["variants"]) == NAMES
    without = {name for name, one in told["variants"].items() if one["history"] is None}
    assert without == {"nbs"}
    nash = told["variants"]["nbs"]
    assert nash["note"]
    assert nash["forecast"] is nash["distribution"] is nash["converged"] is None
    forecasts = [one["forecast"][0] for one in told["variants"].values() if one["forecast"]]
    assert told["spread"] == [{"low": min(forecasts), "high": max(forecasts)}]
    for name, one in told["variants"].items():
        if name in MOVING:
            assert np.array(one["history"]).shape[1:] == (10, 1)


def test_the_mean_and_the_distribution_are_what_they_are_called(foedus: Command) -> None:
    told = emission(foedus)
    weights = np.array(told["capability"])[:, None] * np.array(told["salience"])
    mean = (weights * np.array(told["positions"])).sum() / weights.sum()
    assert told["variants"]["wmean"]["forecast"] == pytest.approx([mean])
    (elected,) = told["variants"]["pce"]["distribution"]
    assert elected["points"] == [4.0, 7.0, 10.0]
    assert sum(elected["probability"]) == pytest.approx(1.0)
    expected = np.dot(elected["points"], elected["probability"])
    assert told["variants"]["pce"]["forecast"] == pytest.approx([expected])


def test_levers_of_the_mean_foretell_what_a_move_does(foedus: Command, tmp_path: Path) -> None:
    told = asked(foedus, CANAL, "--scale", "0,100", "--variant", "wmean")
    lever = next(x for x in told["levers"]["wmean"] if (x["kind"], x["actor"]) == ("position", "Bank"))  # noqa: E501  # fmt: skip
    moved = written(tmp_path, CANAL.read_text("utf-8").replace("Bank,60", "Bank,70"))
    after = asked(foedus, moved, "--scale", "0,100", "--variant", "wmean")
    one, two = (t["variants"]["wmean"]["forecast"][0] for t in (told, after))
    assert two - one == pytest.approx(10.0 * lever["per_unit"][0])


def test_unit_and_scale_are_said(foedus: Command) -> None:
    told = emission(foedus)
    assert told["salience_unit"] == "percent"
    assert (told["scale"], told["scale_from"]) == ([{"low": 4.0, "high": 10.0}], "positions")
    told = asked(foedus, CANAL, "--scale", "0,100")
    assert told["salience_unit"] == "share"
    assert (told["scale"], told["scale_from"]) == ([{"low": 0.0, "high": 100.0}], "given")
    _, out, _ = foedus("bargaining", CANAL, "--salience-unit", "percent", "--variant", "pce")
    assert "salience in percent" in out
    assert "scale 10 to 80" in out


def test_forms_of_ktab_are_read(foedus: Command, tmp_path: Path) -> None:
    told = asked(foedus, written(tmp_path, KTAB_CSV), "--variant", "smp:ktab")
    assert told["actors"] == ["A", "B", "C"]
    assert (told["salience_unit"], told["scale_from"]) == ("percent", "file")
    assert told["scale"] == [{"low": 0.0, "high": 100.0}]
    assert told["salience"] == [[0.5], [0.8], [0.6]]


def test_several_dimensions(foedus: Command) -> None:
    told = asked(foedus, CASES, "--case", "ktab_dummy3d")
    assert len(told["dimensions"]) == len(told["scale"]) == 3
    for one in told["variants"].values():
        if one["history"] is not None:
            assert len(one["forecast"]) == len(one["history"][0][0]) == 3
    assert "by itself" in told["variants"]["pce"]["note"]
    code, out, _ = foedus("bargaining", CASES, "--case", "ktab_dummy3d")
    assert code == 0
    assert "Settlement by pce, 3" in out


def test_two_actors_leave_the_others_running(foedus: Command, tmp_path: Path) -> None:
    told = asked(foedus, written(tmp_path, HEAD + "a,0,1,0.5\nb,1,2,0.5\n"))
    spatial = told["variants"]["smp:ktab"]
    assert spatial["history"] is None
    assert "at least 3" in spatial["note"]
    assert told["variants"]["pce"]["history"] is not None
    assert told["main"] == "eum:scholz-code"


def test_a_point_of_reference_lets_nash_play(foedus: Command) -> None:
    told = asked(foedus, CANAL, "--scale", "0,100", "--reference", "100", "--variant", "nbs")
    assert told["reference"] == [100.0]
    assert 10.0 <= told["variants"]["nbs"]["forecast"][0] <= 80.0


def test_rounds_are_of_the_expected_utility_model(foedus: Command) -> None:
    told = emission(foedus, "--rounds", 3, "--variant", "eum:printed", "--variant", "pce")
    assert len(told["variants"]["eum:printed"]["history"]) == 4
    assert len(told["variants"]["pce"]["history"]) == 1


@pytest.mark.parametrize("case", ["emission1994", "sultan1997", "haven_ukraine"])
def test_the_screen_is_narrow_and_says_what_it_should(foedus: Command, case: str) -> None:
    code, out, err = foedus("bargaining", CASES, "--case", case)
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    for said in (*NAMES, "Who moved whom", "353 real issues", "weighted mean is hard to beat"):
        assert said in out
    assert not any(line != line.rstrip() for line in out.splitlines())


def test_histories_are_written_tidy(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "turns.csv"
    told = emission(foedus, "--csv", path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["variant", "turn", "actor", "dimension", "position"]
    history = told["variants"]["smp:abstain"]["history"]
    mine = [row for row in rows if row["variant"] == "smp:abstain"]
    assert len(mine) == len(history) * 10
    last = {row["actor"]: float(row["position"]) for row in mine[-10:]}
    assert last == dict(zip(told["actors"], (row[0] for row in history[-1]), strict=True))


@pytest.mark.parametrize("ending", [".svg", ".html", ".png"])
def test_pictures_are_written(foedus: Command, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"turns{ending}"
    code, out, _ = foedus("bargaining", CANAL, "--picture", path)
    assert code == 0
    assert str(path) in out.replace("\n", "")
    if ending == ".svg":
        text = " ".join(ElementTree.parse(path).getroot().itertext())
        assert "Villages" in text
        assert "smp:abstain" in text
    else:
        assert path.stat().st_size > 1000


def test_a_case_without_bargaining_is_refused(foedus: Command) -> None:
    code, _, err = foedus("bargaining", ROOT / "docs" / "examples" / "strait.yaml")
    assert code == 2
    assert "no section bargaining" in err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1,1,0.5\nb,,1,0.5\n", "line 3, column position: is empty"),
        ("a,1,1,0.5\nb,2,x,0.5\n", "line 3, column capability: should be a number, not 'x'"),
        ("a,1,1,nan\nb,2,1,0.5\n", "line 2, column salience: should be a number"),
        ("a,1,1,0\nb,2,1,0\n", "nobody has any weight"),
        ("a,1,1,0.5\nb,1,1,0.5\n", "all actors are at one position, 1"),
        ("a,1,1,0.5\n", "there is one actor only"),
        ("a,1,1,0.5\na,2,1,0.5\n", "has a row already"),
        ("", "no rows"),
    ],
)
def test_bad_tables_are_refused_in_a_line(
    foedus: Command, tmp_path: Path, rows: str, said: str
) -> None:
    assert said in refused(foedus, written(tmp_path, HEAD + rows))


def test_saliences_over_one_are_refused(foedus: Command, tmp_path: Path) -> None:
    text = (
        "actor,dim,position,capability,salience\na,x,1,1,0.7\na,y,2,1,0.7\nb,x,2,1,0.1\nb,y,1,1,1\n"
    )
    said = refused(foedus, written(tmp_path, text))
    assert "'a' sum to 1.4, which is more than 1" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "holds 13 cases"),
        (("--case", "emision1994"), "did you mean 'emission1994'?"),
        (("--case", "emission1994", "--variant", "pcee"), "there is no variant 'pcee', did you"),
        (("--case", "emission1994", "--scale", "5,10"), "line 2, column position: should be from"),
        (("--case", "emission1994", "--scale", "10,4"), "a lower and a higher end"),
        (("--case", "emission1994", "--scale", "low"), "should be LOW,HIGH"),
        (("--case", "emission1994", "--reference", "99"), "is not from 4 to 10"),
        (("--case", "emission1994", "--salience-unit", "share"), "should be from 0 to 1"),
        (("--case", "emission1994", "--issue", "x"), "--issue is of a case"),
        (("--case", "emission1994", "--csv", "/nowhere/x.csv"), "/nowhere/x.csv: No such file"),
        (("--case", "emission1994", "--picture", "x.gif"), "should end in .svg"),
        (
            ("--case", "emission1994", "--variant", "pce", "--picture", "x.svg"),
            "needs a variant in which positions move",
        ),
        (("--case", "emission1994", "--csv", CASES), "is the file that is read"),
    ],
)
def test_bad_requests_are_refused_in_a_line(
    foedus: Command, options: tuple[object, ...], said: str
) -> None:
    assert said in refused(foedus, CASES, *options)


def test_files_that_are_not_there(foedus: Command) -> None:
    assert "nix.csv: cannot be read" in refused(foedus, "nix.csv")
    assert "no packaged case" in refused(foedus, "nix")
    assert "which has its own scale" in refused(foedus, "syria-2016", "--scale", "0,1")


def test_errors_as_json(foedus: Command) -> None:
    code, out, err = foedus("bargaining", CASES, "--json")
    assert (code, err) == (2, "")
    assert "holds 13 cases" in json.loads(out)["errors"][0]["message"]


def test_one_actor_settles_where_it_stands(foedus: Command, tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    table.write_text("actor,position,capability,salience\na,30,1,0.5\n")
    code, _, err = foedus("bargaining", table)
    assert code == 2
    assert "give --scale LOW,HIGH" in err
    code, out, _ = foedus("bargaining", table, "--scale", "0,100", "--json")
    assert code == 0
    variants = json.loads(out)["variants"]
    for name in ("pce", "wmean", "wmedian"):
        assert variants[name]["forecast"] == pytest.approx([30.0])
    assert variants["smp:ktab"]["history"] is None
    assert "at least 3 actors" in variants["smp:ktab"]["note"]
