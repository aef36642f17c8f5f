"""Plain matrices: what is read, however it is written, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from argument_toy import ARGUED

from foedus.lenses.argument.account.opening import OpenedMatrix
from foedus.lenses.argument.matrix import ArgumentError
from foedus.lenses.argument.rating import level, trust
from foedus.lenses.cells import TableError
from foedus.lenses.table import evidence_matrix

PLAIN = "hypothesis,holds,e,f,g\nA,true,2,-1,\nB,false,0,na,-2\n@credibility,,B2,h,\n"


def opened(folder: Path, text: str, name: str = "m.csv") -> OpenedMatrix:
    path = folder / name
    path.write_text(text, "utf-8")
    return evidence_matrix(str(path))


def test_a_matrix_is_read_cell_by_cell(tmp_path: Path) -> None:
    matrix = opened(tmp_path, PLAIN).matrix
    assert matrix.hypotheses == ("A", "B")
    assert matrix.steps.tolist() == [[2, -1, 0], [0, 0, -2]]
    assert matrix.applies.tolist() == [[True, True, False], [True, False, True]]
    assert matrix.placed.tolist() == [[True, True, False], [True, True, True]]
    assert matrix.side.tolist() == [1, 0]
    assert [item.rating for item in matrix.items] == ["B2", "high", ""]
    assert [item.trust for item in matrix.items] == pytest.approx([0.825, 0.85, 1.0])
    assert [item.weight for item in matrix.items] == pytest.approx([2**0.5, 2**0.5, 1.0])
    assert matrix.weights.tolist() == [0.5, 0.5]
    assert len(set(matrix.group.tolist())) == 3
    assert matrix.title == "m"


@pytest.mark.parametrize(
    "row",
    [
        "CC,C,N,I,II,NA",
        "cc,c,n,i,ii,n/a",
        "++,+,0,-,--,N/A",
        "+2,+1,0,-1,-2,na",
        "2,1,0,−1,−2,na",
        "++,+,0,–,– –,na",
    ],
)
@pytest.mark.parametrize("cut", [",", ";", "\t"])
def test_every_way_to_write_a_step(row: str, cut: str, tmp_path: Path) -> None:
    text = f"Hypothesis,a,b,c,d,e,f\nA,{row}\nB,{row}\n".replace(",", cut)
    matrix = opened(tmp_path, text).matrix
    assert matrix.steps[0].tolist() == [2, 1, 0, -1, -2, 0]
    assert matrix.applies[0].tolist() == [True] * 5 + [False]


def test_a_matrix_that_lies_the_other_way_is_the_same(tmp_path: Path) -> None:
    table = list(csv.reader(io.StringIO(PLAIN)))
    turned = [list(column) for column in zip(*table, strict=True)]
    turned[0][0] = "Evidence"
    out = io.StringIO()
    csv.writer(out).writerows(turned)
    one, two = opened(tmp_path, PLAIN).account(), opened(tmp_path, out.getvalue()).account()
    assert one.data == two.data


def test_what_stands_beside_it_is_read(tmp_path: Path) -> None:
    text = (
        "hypothesis,@says,prior,e,f,g\nA,It lasts,3,C,C,I\nB,It ends,1,I,N,C\n"
        "@group,,,deal,deal,\n@source,,,wire,paper,paper\n@says,,,A loan,,\n@relevance,,,L,,H\n"
    )
    matrix = opened(tmp_path, text).matrix
    assert matrix.says == {"A": "It lasts", "B": "It ends"}
    assert matrix.weights.tolist() == [0.75, 0.25]
    assert matrix.prior_from == "table"
    assert [item.group for item in matrix.items] == ["deal", "deal", "@paper"]
    assert [item.says for item in matrix.items] == ["A loan", "f", "g"]
    assert [item.weight for item in matrix.items] == pytest.approx([0.5**0.5, 1.0, 2**0.5])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hypothesi,e\nA,1\nB,1\n", "line 1: begins with 'hypothesi'; did you mean 'hypothesis'?"),
        ("name,e\nA,1\nB,1\n", "'hypothesis' would be right"),
        ("hypothesis,e\n", "has a head and no rows"),
        ("hypothesis,e\nA,1\n", "fewer than two hypotheses"),
        ("hypothesis,holds\nA,true\nB,no\n", "has no items"),
        ("hypothesis,e\nA,3\nB,1\n", "line 2, column e: should be -2 to 2"),
        ("hypothesis,e\nA,1.5\nB,1\n", "not '1.5'"),
        ("hypothesis,e\nA,1,1\nB,1\n", "line 2: has more cells than the head"),
        (
            "hypothesis,e\nA,1\nA,1\n",
            "line 3, column hypothesis: hypothesis 'A' stands there twice",
        ),
        ("hypothesis,e,e\nA,1,1\nB,1,1\n", "item 'e' stands there twice"),
        ("hypothesis,e,\nA,1,1\nB,1,1\n", "is empty; it needs a name"),
        ("hypothesis,e\nA,1\nB,\n", "line 3, column hypothesis: hypothesis 'B' has no cells"),
        ("hypothesis,e\nA,na\nB,na\n", "has no cell that applies"),
        ("hypothesis,holds,e\nA,perhaps,1\nB,,1\n", "line 2, column holds: should be true, false"),
        ("hypothesis,prior,e\nA,0,1\nB,1,1\n", "line 2, column prior: should be above 0"),
        ("hypothesis,prior,e\nA,x,1\nB,1,1\n", "should be a number"),
        ("hypothesis,e\nA,1\nB,1\n@sauce,wire\n", "did you mean '@source'?"),
        ("hypothesis,@hold,e\nA,,1\nB,,1\n", "did you mean '@holds'?"),
        ("hypothesis,e\nA,1\nB,1\n@credibility,G7\n", "Admiralty rating such as B2"),
        ("hypothesis,e\nA,1\nB,1\n@relevance,B2\n", "should be H, M or L"),
        ("evidence,A,B\ne,1,7\n", "line 2, column B: should be -2 to 2"),
        ("", "is empty"),
    ],
)
def test_a_faulty_table_is_told_by_line_and_column(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        opened(tmp_path, text)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "m.csv"))


def test_a_case_is_opened_too(tmp_path: Path) -> None:
    found = opened(tmp_path, ARGUED, "argued.yaml")
    assert found.form == "case"
    assert found.matrix.hypotheses == ("bound", "strained", "north-goes", "unclear")
    assert "argument.prior" in found.quantities


def test_a_case_without_the_section_is_refused(tmp_path: Path) -> None:
    head = ARGUED.split("hypotheses:")[0]
    with pytest.raises(ArgumentError, match="no section argument"):
        opened(tmp_path, head, "bare.yaml")
    with pytest.raises(ArgumentError, match="at least 2 hypotheses"):
        opened(tmp_path, f"{head}argument: {{}}\n", "begun.yaml")


def test_what_is_asked_of_a_matrix_changes_it(tmp_path: Path) -> None:
    found = opened(tmp_path, PLAIN)
    assert [i.id for i in found.asking(without=["f"]).matrix.items] == ["e", "g"]
    assert found.asking(without=["f"]).account().data["set_aside"] == ["f"]
    asked = found.asking(prior=0.9).account().data
    assert asked["prior"] == {
        "from": "asked", "holds": pytest.approx({"value": 0.9, "low": 0.9, "high": 0.9})
    }  # fmt: skip
    assert asked["log_ratio"] == found.account().data["log_ratio"]
    assert found.asking(prior=0.9).asking(prior="flat").account().data == found.account().data
    wide = "hypothesis,holds,e,f,g\nA,true,2,-1,0\nB,false,0,1,-2\n"
    grouped = opened(tmp_path, wide + "@source,,s,s,s\n")
    apart = grouped.asking(shared=0.0).account().data
    free = opened(tmp_path, wide).account().data
    assert apart["log_ratio"] == pytest.approx(free["log_ratio"])
    assert grouped.account().data["log_ratio"] != pytest.approx(apart["log_ratio"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"without": ["h"]}, "there is no item 'h' to set aside"),
        ({"without": ["e", "f", "g"]}, "keep at least one"),
        ({"shared": 1.5}, "shared should be from 0 to 1"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=said):
        opened(tmp_path, PLAIN).asking(**asked)  # type: ignore[arg-type]


def test_a_prior_needs_both_sides(tmp_path: Path) -> None:
    found = opened(tmp_path, "hypothesis,e\nA,1\nB,-1\n")
    with pytest.raises(ArgumentError, match="a column `holds`"):
        found.asking(prior=0.5)
    assert found.account().data["holds"] is None


def test_the_table_it_writes_is_read_again(tmp_path: Path) -> None:
    found = opened(tmp_path, PLAIN + "@source,,s,s,t\n").account()
    found.write_table(str(tmp_path / "out.csv"))
    again = evidence_matrix(str(tmp_path / "out.csv")).account()
    for key in ("hypotheses", "linchpins", "cells", "log_ratio", "changes"):
        assert again.data[key] == found.data[key], key


def test_ratings_order_reports_and_fall_into_three_levels() -> None:
    table = np.array([[trust(letter, digit) for digit in range(1, 6)] for letter in "ABCDE"])
    assert (np.diff(table, axis=0) < 0.0).all()
    assert (np.diff(table, axis=1) < 0.0).all()
    assert 0.0 < table.min() < table.max() < 1.0
    assert trust("F", 6) == 0.5
    assert [level(trust(*r)) for r in (("A", 1), ("B", 2), ("C", 3), ("F", 6), ("D", 4))] == [
        "high", "high", "medium", "medium", "low",
    ]  # fmt: skip
