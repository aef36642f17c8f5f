from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

sys.path.append(str(Path(__file__).parents[1] / "lenses" / "argument"))

from argument_toy import ARGUED

Command = Callable[..., tuple[int, str, str]]
LANTERN = Path(__file__).parents[2] / "docs" / "examples" / "lantern.csv"


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("argument", *arguments, "--json")
    assert (code, err) == (0, ""), out
    assert out.count("\n") == 1
    told: dict[str, Any] = json.loads(out)
    return told


def shown(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("argument", *arguments)
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert not any(line != line.rstrip() for line in out.splitlines())
    return " ".join(out.split())


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("argument", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def test_both_rankings_are_told_side_by_side(foedus: Command) -> None:
    told = asked(foedus, LANTERN)
    rows = told["hypotheses"]
    # I counts 1 and II 2: one I and one II; one II and one I; one I; two I
    assert {name: row["inconsistency"] for name, row in rows.items()} == {
        "Bound together": 3.0, "Strained but whole": 1.0,
        "North bargains": 3.0, "South breaks": 2.0,
    }  # fmt: skip
    assert told["least_inconsistent"] == ["Strained but whole"]
    assert sum(row["posterior"]["value"] for row in rows.values()) == pytest.approx(1.0)
    assert told["leader"] == max(rows, key=lambda name: rows[name]["posterior"]["value"])
    assert told["draws"] == 512
    for row in rows.values():
        assert row["posterior"]["low"] < row["posterior"]["value"] < row["posterior"]["high"]
    out = shown(foedus, LANTERN)
    assert "They disagree: least speaks against Strained but whole" in out
    assert "No help in telling hypotheses apart: press silence." in out
    assert "grain deal" in out.split("linchpins")[1].split("Changes")[0]


def test_it_fits_a_screen(foedus: Command) -> None:
    _, out, _ = foedus("argument", LANTERN)
    assert out.count("\n") <= 45


def test_an_item_set_aside_is_gone_and_said(foedus: Command) -> None:
    told = asked(foedus, LANTERN, "--without", "grain deal", "--without", "patrols")
    assert told["set_aside"] == ["grain deal", "patrols"]
    assert "grain deal" not in told["items"]
    whole = asked(foedus, LANTERN)
    change = next(r for r in whole["linchpins"] if r["item"] == "grain deal")
    once = asked(foedus, LANTERN, "--without", "grain deal")
    assert once["holds"]["value"] - whole["holds"]["value"] == pytest.approx(
        change["holds_change"]["value"]
    )
    assert "! Set aside: grain deal." in shown(foedus, LANTERN, "--without", "grain deal")


def test_a_prior_changes_the_chance_and_not_the_ratio(foedus: Command) -> None:
    flat, high = asked(foedus, LANTERN), asked(foedus, LANTERN, "--prior", "0.9")
    assert flat["log_ratio"] == pytest.approx(high["log_ratio"])
    assert high["holds"]["value"] > flat["holds"]["value"]
    assert high["prior"] == {
        "from": "asked", "holds": pytest.approx({"value": 0.9, "low": 0.9, "high": 0.9})
    }  # fmt: skip
    assert asked(foedus, LANTERN, "--prior", "flat")["holds"] == flat["holds"]
    assert "from a prior of 90 %, as asked" in shown(foedus, LANTERN, "--prior", "0.9")


def test_dependence_can_be_set(foedus: Command) -> None:
    once, apart = (asked(foedus, LANTERN, "--shared", r)["items"] for r in (1, 0))
    assert all(row["counts"]["value"] == pytest.approx(1.0) for row in apart.values())
    assert once["patrols"]["counts"]["value"] < 0.7
    assert once["new port"]["counts"]["value"] == pytest.approx(1.0)
    assert once["patrols"]["group"] == "gazette"


def test_files_are_written(foedus: Command, tmp_path: Path) -> None:
    table, picture = tmp_path / "out.csv", tmp_path / "out.svg"
    code, out, _ = foedus("argument", LANTERN, "--csv", table, "--picture", picture)
    assert code == 0
    assert out.endswith(f"\nWritten: {table}, {picture}\n")
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    assert rows[0][:4] == ["hypothesis", "@holds", "@prior", "@says"]
    assert len(rows) == 7
    assert "<svg" in picture.read_text("utf-8")
    assert asked(foedus, table)["hypotheses"] == asked(foedus, LANTERN)["hypotheses"]


def test_a_case_is_told_like_a_table(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "argued.yaml"
    path.write_text(ARGUED, "utf-8")
    told = asked(foedus, path)
    assert told["form"] == "case"
    assert told["used"] == ["e1", "e2"]
    assert told["prior"]["from"] == "case"
    out = shown(foedus, path)
    assert "! 3 cells are not placed" in out
    assert "the case's" in out


def test_a_wide_matrix_says_how_much_is_not_shown(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    head = ["hypothesis", *(f"item-number-{k}" for k in range(70))]
    rows = [
        head,
        *([n, *("CC" if k % s else "I" for k in range(70))] for n, s in (("A", 2), ("B", 3))),
    ]
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    out = shown(foedus, path)
    assert "more items that tell less" in out
    assert "No hypothesis says whether under it the pact holds" in out
    assert "points that move" in out


def test_hypotheses_that_nothing_tells_apart_are_named(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "alike.csv"
    path.write_text("hypothesis,e,f\nA,C,I\nB,C,I\nC,I,I\n", "utf-8")
    assert "No item tells apart “A” and “B”." in shown(foedus, path)
    pair = asked(foedus, path)["pairs"][0]
    assert pair == {"one": "A", "other": "B", "items": 0, "log_ratio": 0.0}


def test_a_table_written_and_read_again_says_the_same(foedus: Command, tmp_path: Path) -> None:
    table = tmp_path / "syria.csv"
    foedus("argument", "syria-2016", "--csv", table)
    one, two = asked(foedus, "syria-2016"), asked(foedus, table)
    for key in ("log_ratio", "log_ratio_unused", "holds", "hypotheses", "items", "linchpins"):
        assert two[key] == one[key], key


def matrix(folder: Path, text: str) -> Path:
    path = folder / "m.csv"
    path.write_text(text, "utf-8")
    return path


def test_what_leads_by_the_prior_is_not_put_down_to_the_evidence(
    foedus: Command, tmp_path: Path
) -> None:
    path = matrix(tmp_path, "hypothesis,holds,prior,a,b\nA,true,90,I,II\nB,false,10,CC,N\n")
    out = shown(foedus, path, "--shared", "0")
    assert "The evidence favours" not in out
    told = asked(foedus, matrix(tmp_path, path.read_text("utf-8").replace("II", "N")))
    assert told["leader"] == "A"
    assert told["favoured"] == ["B"]
    assert told["headline"].startswith("Likeliest is “A” (")
    assert ", from the table's prior; the evidence by itself favours “B”; it is" in told["headline"]
    assert "the table's prior puts it first, and by the evidence alone “B”" in told["reasons"][1]
    out = shown(foedus, path)
    assert "yet A is likelier, by the prior; the evidence alone makes" in out
    asked_for = asked(foedus, path, "--prior", "0.99")["headline"]
    assert "from the prior asked for" in asked_for


@pytest.mark.parametrize("rows", [["A,C,I", "B,I,C", "C,II,II"], ["C,II,II", "B,I,C", "A,C,I"]])
def test_a_tie_is_told_as_one(rows: list[str], foedus: Command, tmp_path: Path) -> None:
    path = matrix(tmp_path, "\n".join(["hypothesis,e,f", *rows]))
    told = asked(foedus, path)
    assert sorted(told["leaders"]) == ["A", "B"]
    assert "does not tell them apart" in told["headline"]
    assert " each, " in told["headline"]
    assert told["hypotheses"]["A"]["leads"] == told["hypotheses"]["B"]["leads"] == 0.5
    assert all(row["leader_changes"] == 0.0 for row in told["linchpins"])
    changed = {
        (c["hypothesis"], c["item"], c["then"]) for c in told["changes"] if c["changes_leader"]
    }
    assert changed == set()
    two = asked(foedus, matrix(tmp_path, "hypothesis,e,f\nA,C,I\nB,I,C\n"))
    assert two["headline"] == "The evidence does not tell “A” and “B” apart (50 % each)."


def test_ratios_beyond_a_million_are_told_as_that(foedus: Command, tmp_path: Path) -> None:
    head = ",".join(f"e{k}" for k in range(300))
    path = matrix(
        tmp_path,
        f"hypothesis,holds,{head}\nA,true{',CC = 1e6' * 300}\nB,false{',II = 1e-9' * 300}\n",
    )
    out = shown(foedus, path)
    assert "over 1e6 times as likely if the pact holds as if it does not." in out
    assert "over 1e6" in out.split("linchpins")[1]
    foedus("argument", path, "--picture", tmp_path / "m.svg")
    turned = asked(foedus, path, "--without", "e0")
    assert turned["log_ratio"]["value"] > 1000.0


def test_names_that_are_cut_are_told_apart(foedus: Command, tmp_path: Path) -> None:
    long = "The pact of the river and the hill towns is kept by"
    path = matrix(
        tmp_path,
        f"hypothesis,holds,{long} e,{long} f\n{long} A,true,CC,I\n{long} B,false,I,C\n",
    )
    _, out, _ = foedus("argument", path)
    cut = [line.split("  ")[0] for line in out.splitlines() if line.startswith("The pact of")]
    assert len(cut) == 6
    assert [len(set(cut[k : k + 2])) for k in (0, 2, 4)] == [2, 2, 2]
    head = next(line for line in out.splitlines() if line.startswith("      ") and "…" in line)
    assert len(set(head.split("  "))) >= 3


def test_a_hypothesis_and_an_item_of_one_name_are_not_mixed_up(
    foedus: Command, tmp_path: Path
) -> None:
    path = matrix(
        tmp_path,
        "hypothesis,@says,talks\ntalks,They talk on.,CC\nB,,II\n@says,,Talks were held.\n",
    )
    told = asked(foedus, path)
    assert "favours “They talk on”" in told["headline"]
    assert any("“Talks were held”" in line for line in told["reasons"] if "carry" in line)


def test_what_does_not_change_has_no_sign_and_one_value(foedus: Command, tmp_path: Path) -> None:
    path = matrix(tmp_path, "hypothesis,holds,e,f\nA,true,N,C\nB,false,N,I\n")
    out = shown(foedus, path)
    assert "e 1.00 0.0 0 %" in out
    assert "-0.0" not in out
    assert "−0.0" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--without", "grain del"], "did you mean 'grain deal'?"),
        (["--prior", "1"], "should be flat, or a chance above 0 and below 1"),
        (["--prior", "even"], "should be flat"),
        (["--prior", "0.9999999"], "from 1e-06 to 0.999999, not 0.9999999"),
        (["--shared", "2"], "2"),
        (["--picture", "out.gif"], "should end in .svg, .png, .html"),
        (["--csv", str(LANTERN)], "is the file that is read"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], said: str, foedus: Command) -> None:
    assert said in refused(foedus, LANTERN, *arguments)


def test_what_is_no_matrix_is_refused(foedus: Command, tmp_path: Path) -> None:
    assert "There is no" in refused(foedus, "nowhere") or "nowhere" in refused(foedus, "nowhere")
    path = tmp_path / "bad.csv"
    path.write_text("hypothesis,e\nA,5\nB,1\n", "utf-8")
    assert f"{path}: line 2, column e: should be -2 to 2" in refused(foedus, path)
    assert "cannot be read" in refused(foedus, tmp_path / "gone.csv")
