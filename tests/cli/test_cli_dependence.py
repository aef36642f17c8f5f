from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

from foedus.cli.screen_dependence import FORMS, NOTIONS
from foedus.lenses.dependence.hedonic import NOTIONS as ALL_NOTIONS
from foedus.lenses.table import coalition_worths

Command = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DAM, LEAGUE = EXAMPLES / "dam.csv", EXAMPLES / "league.csv"
EMPTY = "coalition,worth\nA,0\nB,0\nC,0\nA+B,8\nA+C,8\nB+C,8\nA+B+C,9\n"
EEC = "member,weight\nFrance,4\nGermany,4\nItaly,4\nBelgium,2\nNetherlands,2\nLuxembourg,1\n"


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("dependence", *arguments, "--json")
    assert (code, err) == (0, ""), out
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out)
    return told


def shown(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("dependence", *arguments)
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert not any(line != line.rstrip() for line in out.splitlines())
    return " ".join(out.split())


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("dependence", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


# A table of worths


def test_every_division_is_told(foedus: Command) -> None:
    told = asked(foedus, DAM)
    assert told["members"] == ["Mill", "Town", "Port"]
    assert told["worth"]["Mill+Port"] == 85.0
    assert (told["total"], told["form"]) == (100.0, "worths")
    points = told["solutions"]
    assert points["shapley"] == pytest.approx({"Mill": 365 / 6, "Town": 110 / 6, "Port": 125 / 6})
    assert points["nucleolus"] == pytest.approx({"Mill": 82.5, "Town": 7.5, "Port": 10.0})
    assert points["banzhaf_raw"] == pytest.approx({"Mill": 265.0, "Town": 95.0, "Port": 105.0})
    for name in told["divisions"]:
        assert sum(points[name].values()) == pytest.approx(100.0)
    assert points["core"]["empty"] is False
    assert points["core"]["blocking"] == []
    assert len(points["core"]["corners"]) == 4
    assert told["divisions"]["shapley"]["in_core"] is False
    missed = told["divisions"]["shapley"]["most_missed"]
    assert missed == {"members": ["Mill", "Port"], "excess": pytest.approx(85 - 490 / 6)}
    # Gately: x(N without i) - v(N without i) over x_i - v(i)
    assert told["propensity_to_disrupt"]["Mill"] == pytest.approx((100 - 365 / 6) / (365 / 6))
    assert told["properties"]["convex"]["holds"] is False
    assert told["properties"]["superadditive"]["holds"] is True
    assert told["hedonic"] is told["payoffs"] is told["transfers"] is None
    assert told["reasons"]["hedonic"]
    assert told["reasons"]["transfers"] == "no payoffs are given"


def test_an_empty_core_is_shown_by_a_collection_of_sets(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, EMPTY)
    core = asked(foedus, path)["solutions"]["core"]
    assert core["empty"] is True
    assert core["point"] is None
    assert core["subsidy"] == pytest.approx(3.0)
    assert {tuple(one["members"]) for one in core["blocking"]} == {
        ("A", "B"), ("A", "C"), ("B", "C"),
    }  # fmt: skip
    assert [one["weight"] for one in core["blocking"]] == pytest.approx([0.5, 0.5, 0.5])
    out = shown(foedus, path)
    assert "The core is empty" in out
    assert "by 2 at least. 3 more to share would keep all" in out
    assert "0.5 × A+B" in out
    told = asked(foedus, path, "--payoffs", "A=3,B=3,C=3")
    assert told["transfers"] is None
    assert told["reasons"]["transfers"] == "the core is empty"
    assert "none, for the core is empty" in shown(foedus, path, "--payoffs", "A=3,B=3,C=3")


def test_payoffs_are_judged_and_mended(foedus: Command) -> None:
    told = asked(foedus, DAM, "--payoffs", "Port=25, Mill=50,Town=25")
    assert told["payoffs"] == {"Mill": 50.0, "Town": 25.0, "Port": 25.0}
    assert next(iter(told["divisions"])) == "payoffs"
    assert told["divisions"]["payoffs"]["most_missed"]["excess"] == pytest.approx(10.0)
    assert told["transfers"]["total"] == pytest.approx(15.0)
    after = {who: told["payoffs"][who] + told["transfers"]["by_member"][who] for who in "Mill Town Port".split()}  # noqa: E501, SIM905  # fmt: skip
    assert after["Mill"] + after["Port"] >= 85.0 - 1e-9
    assert after["Mill"] + after["Town"] >= 80.0 - 1e-9
    out = shown(foedus, DAM, "--payoffs", "Mill=50,Town=25,Port=25")
    assert "Mill gets 15, Town gives 10, Port gives 5" in out
    assert "at the payoffs" in out
    assert "nothing has to change hands" in shown(
        foedus, DAM, "--payoffs", "Mill=80,Town=8,Port=12"
    )


def test_one_member_alone(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, "coalition,worth\nA,3\n")
    told = asked(foedus, path, "--payoffs", "A=3")
    assert told["solutions"]["shapley"] == {"A": 3.0}
    assert told["solutions"]["core"] is None
    assert told["divisions"]["payoffs"]["in_core"] is True
    out = shown(foedus, path)
    assert "The core is not empty" in out
    assert out.startswith("1 member; worth 3")


def test_a_forbidden_set_does_not_make_the_rest_rounding(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, EMPTY.replace("A+B,8", "A+B,-10000000000"))
    told = asked(foedus, path, "--payoffs", "A=3,B=3,C=3")
    assert told["divisions"]["payoffs"]["in_core"] is False
    assert told["divisions"]["payoffs"]["most_missed"]["excess"] == pytest.approx(2.0)
    assert told["transfers"]["total"] == pytest.approx(4.0)
    assert "Least transfers that keep all: A gives 2, B gives 2, C gets 4" in shown(
        foedus, path, "--payoffs", "A=3,B=3,C=3"
    )
    assert "add up to 900" in refused(foedus, path, "--payoffs", "A=300,B=300,C=300")


def test_a_banzhaf_index_that_would_turn_the_order_round_is_left_out(
    foedus: Command, tmp_path: Path
) -> None:
    turned = "coalition,worth\nA,5\nB,1\nC,0\nA+B,-9\nA+C,1\nB+C,-9\nA+B+C,1\n"
    told = asked(foedus, written(tmp_path, turned))
    assert told["solutions"]["banzhaf"] is None
    assert "sign" in told["reasons"]["banzhaf"]


def test_missing_sets_can_be_counted_as_nothing(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, "coalition,worth\nA+B+C,9\n")
    assert "lacks 6 of the 7 sets: A, B, C, A+B, …" in refused(foedus, path)
    told = asked(foedus, path, "--missing", "zero")
    assert told["solutions"]["shapley"] == pytest.approx(dict.fromkeys("ABC", 3.0))


# A vote


def test_a_vote_gives_the_known_powers(foedus: Command, tmp_path: Path) -> None:
    path = written(tmp_path, EEC)
    points = asked(foedus, path, "--quota", 12)["solutions"]
    assert list(points["shapley"].values()) == pytest.approx([14 / 60] * 3 + [9 / 60] * 2 + [0])
    assert list(points["banzhaf"].values()) == pytest.approx([5 / 21] * 3 + [3 / 21] * 2 + [0])
    assert "a vote: sets that can pass are worth 1" in shown(foedus, path, "--quota", 12)


def test_large_games_say_what_is_left_out(foedus: Command, tmp_path: Path) -> None:
    rows = "".join(f"State {i},{7 if i < 5 else 1}\n" for i in range(15))
    path = written(tmp_path, "member,weight\n" + rows)
    told = asked(foedus, path, "--quota", 39)
    assert told["solutions"]["shapley"]["State 0"] == pytest.approx(421 / 2145)
    assert told["solutions"]["shapley"]["State 14"] == pytest.approx(4 / 2145)
    assert told["worth"] is told["solutions"]["nucleolus"] is told["solutions"]["core"] is None
    assert {"worth", "nucleolus", "core", "kernel"} <= set(told["reasons"])
    out = shown(foedus, path, "--quota", 39)
    assert "No nucleolus: it is computed for up to 12 members" in out


# Preferences


def test_a_partition_is_judged_with_reasons(foedus: Command) -> None:
    told = asked(foedus, LEAGUE, "--partition", "North+South;Isle+Marsh")
    assert told["solutions"] is told["worth"] is told["total"] is None
    assert told["properties"] == told["divisions"] == {}
    hedonic = told["hedonic"]
    assert hedonic["partition"] == [["North", "South"], ["Isle", "Marsh"]]
    assert hedonic["utility"] == {"North": 4.0, "South": 3.0, "Isle": 1.0, "Marsh": 2.0}
    assert [n for n, holds in hedonic["holds"].items() if holds] == [
        "individually_rational", "contractual",
    ]  # fmt: skip
    assert hedonic["reasons"]["nash"] == {
        "who": ["Isle"], "joins": ["North", "South"], "gains": [2.0],
    }  # fmt: skip
    assert hedonic["reasons"]["core"]["who"] == ["North", "South", "Isle"]
    assert hedonic["partitions"] == 15
    assert hedonic["stable"]["nash"] == {
        "count": 1, "partitions": [[["North", "South", "Isle", "Marsh"]]],
    }  # fmt: skip
    path = hedonic["paths"]["nash"]
    assert (path["ended"], path["moves"]) == ("stable", 2)
    assert path["end"] == hedonic["stable"]["nash"]["partitions"][0]
    out = shown(foedus, LEAGUE, "--partition", "North+South;Isle+Marsh")
    assert "Nash stable: no, Isle would rather join North and South (+2)" in out
    assert "Of all 15 partitions: 9 individually rational, 1 Nash stable" in out


def test_all_together_unless_another_partition_is_given(foedus: Command) -> None:
    hedonic = asked(foedus, LEAGUE)["hedonic"]
    assert hedonic["partition"] == [["North", "South", "Isle", "Marsh"]]
    assert all(hedonic["holds"].values())
    assert set(hedonic["reasons"].values()) == {None}


def test_preferences_of_many_have_paths_but_no_list(foedus: Command, tmp_path: Path) -> None:
    rows = "".join(f"M{i},M{(i + 1) % 12},1\nM{(i + 1) % 12},M{i},-2\n" for i in range(12))
    path = written(tmp_path, "member,partner,value\n" + rows)
    told = asked(foedus, path)
    assert told["hedonic"]["stable"] is told["hedonic"]["partitions"] is None
    assert told["reasons"]["hedonic.stable"]
    assert told["hedonic"]["paths"]["nash"]["ended"] == "cycle"
    assert told["hedonic"]["paths"]["individual"]["ended"] == "stable"
    assert "it goes round" in shown(foedus, path)
    assert "up to 10 members" in refused(foedus, path, "--csv", tmp_path / "x.csv")


# A case


def test_a_case_has_its_worth_from_endurance(foedus: Command) -> None:
    told = asked(foedus, "syria-2016")
    assert told["members"] == ["russia", "iran", "damascus"]
    assert (told["form"], told["at_modes"]) == ("endurance", True)
    assert told["names"]["russia"] == "Russia"
    assert told["payoffs"]
    assert sum(told["payoffs"].values()) == pytest.approx(told["total"])
    out = shown(foedus, "syria-2016")
    assert "every uncertain number at its most likely value" in out
    assert "Russia" in out


@pytest.mark.parametrize("options", [("--quota", 3), ("--missing", "zero")])
def test_a_case_takes_no_options_of_tables(foedus: Command, options: tuple[object, ...]) -> None:
    assert "--missing and --quota are of tables" in refused(foedus, "syria-2016", *options)


def test_a_case_without_the_section_is_refused(foedus: Command) -> None:
    assert "no section dependence" in refused(foedus, EXAMPLES / "strait.yaml")


# Files written


def test_divisions_are_written_tidy(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    told = asked(foedus, DAM, "--csv", path, "--payoffs", "Mill=50,Town=25,Port=25")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["division", "member", "payoff"]
    assert len(rows) == 3 * len(told["divisions"])
    mine = {row["member"]: float(row["payoff"]) for row in rows if row["division"] == "shapley"}
    assert mine == told["solutions"]["shapley"]


def test_partitions_are_written_with_what_they_are(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "partitions.csv"
    told = asked(foedus, LEAGUE, "--csv", path)["hedonic"]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["partition", *ALL_NOTIONS]
    assert len(rows) == 15
    for notion in ALL_NOTIONS:
        listed = {row["partition"] for row in rows if row[notion] == "yes"}
        known = told["stable"][notion]["partitions"]
        assert listed == {";".join("+".join(each) for each in one) for one in known}


@pytest.mark.parametrize(("file", "shows"), [(DAM, b"Mill"), (LEAGUE, b"Marsh")])
@pytest.mark.parametrize(
    ("ending", "begins"), [(".svg", b"<svg"), (".html", b"<!doctype html"), (".png", b"\x89PNG")]
)
def test_pictures_are_written(
    foedus: Command, tmp_path: Path, file: Path, shows: bytes, ending: str, begins: bytes
) -> None:
    path = tmp_path / f"game{ending}"
    code, out, err = foedus("dependence", file, "--picture", path)
    assert (code, err) == (0, "")
    assert str(path) in out.replace("\n", "")
    drawn = path.read_bytes()
    assert len(drawn) > 1000
    assert drawn.lower().startswith(begins.lower())
    assert ending == ".png" or shows in drawn


def test_a_picture_is_told_the_corners_of_three_members_core() -> None:
    told = coalition_worths(str(DAM)).account().pictured()
    assert told["core"]["empty"] is False
    corners = np.array(told["core"]["extreme"])
    assert corners.shape == (4, 3)
    np.testing.assert_allclose(corners.sum(axis=1), 100.0)
    assert set(told["solutions"]) >= {"shapley", "nucleolus", "least_core"}
    league = coalition_worths(str(LEAGUE)).account(partition="North+South;Isle+Marsh").pictured()
    assert league["solutions"] is league["core"] is None
    assert league["hedonic"]["reasons"]["nash"].startswith("Isle would rather join")
    assert league["hedonic"]["reasons"]["contractual"] is None


# What is refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--partition", "Mill+Town;Port"), "nobody's preferences are known"),
        (("--quota", 3), "is no vote"),
        (("--missing", "one"), "'one' is not one of"),
        (("--payoffs", "Mill=50,Town=25"), "payoffs leave out 'Port'"),
        (("--payoffs", "Mill=50,Town=25,Prt=25"), "'Prt', who is no member, did you mean 'Port'?"),
        (("--payoffs", "Mill=50,Town=25,Port=5"), "add up to 80, but all together are worth 100"),
        (("--payoffs", "Mill=nan,Town=25,Port=5"), "'nan' should be a number"),
        (("--payoffs", "Mill=5_0,Town=25,Port=25"), "'5_0' should be a number"),
        (("--payoffs", "Mill=1,Mill=2"), "names 'Mill' twice"),
        (("--payoffs", "50,25,25"), "should be payoffs as in A=3,B=4"),
        (("--picture", "x.gif"), "should end in .svg"),
        (("--csv", DAM), "is the file that is read"),
        (("--csv", "/nowhere/x.csv"), "/nowhere/x.csv: No such file"),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_in_a_line(
    foedus: Command, options: tuple[object, ...], said: str
) -> None:
    assert said in refused(foedus, DAM, *options)


@pytest.mark.parametrize(
    ("partition", "said"),
    [
        ("North+South+Isle", "leaves out 'Marsh'"),
        ("North+Suoth;Isle+Marsh", "'Suoth', who is no member, did you mean 'South'?"),
        ("North+South;Isle+Marsh+North", "names 'North' twice"),
        ("North+South;;Isle+Marsh", "should be sets as in A+B;C"),
        ("", "should be sets as in A+B;C"),
    ],
)
def test_bad_partitions_are_refused(foedus: Command, partition: str, said: str) -> None:
    assert said in refused(foedus, LEAGUE, "--partition", partition)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("coalition,worth\n", "has a head and no rows"),
        ("coalition,worth\nA,1\nB,2\n", "lacks 1 of the 3 sets: A+B"),
        ("coalition,worth\nA,1\nB,2\nA+B,3\nB+A,3\n", "line 5, column coalition: 'B+A' has a row"),
        ("coalition,worth\nA,nan\n", "line 2, column worth: should be a number"),
        ("coalition,worth\n" + "+".join(f"M{i}" for i in range(21)) + ",1\n", "one more than the"),
        (EEC, "--quota Q says what it takes"),
        ("when,what\n1,2\n", "has no column 'coalition'"),
    ],
)
def test_bad_tables_are_refused_in_a_line(
    foedus: Command, tmp_path: Path, text: str, said: str
) -> None:
    path = written(tmp_path, text)
    assert said in refused(foedus, path)
    code, out, err = foedus("dependence", path, "--json")
    assert (code, err) == (2, "")
    assert said in json.loads(out)["errors"][0]["message"]


def test_files_that_are_not_there(foedus: Command) -> None:
    assert "nix.csv: cannot be read" in refused(foedus, "nix.csv")
    assert "no packaged case" in refused(foedus, "nix")


def test_payoffs_need_a_worth(foedus: Command) -> None:
    assert "no worth is known" in refused(foedus, LEAGUE, "--payoffs", "North=1")


def test_the_screen_names_all_there_is() -> None:
    assert tuple(NOTIONS) == ALL_NOTIONS
    assert set(FORMS) == {
        "worths", "vote", "partners", "sets", "endurance", "given", "technology",
    }  # fmt: skip
