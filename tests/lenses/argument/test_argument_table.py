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
        "++,+,0,–,– –,n.a.",
        "2.0,+1.0,0.0,-1.0,-2.0,n.a",
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
        ("Evidences,A\ne,1\n", "did you mean 'evidence'?"),
        ("hypothesis,e\nA,1\nB,1\nCredibility,B2\n", "did you mean '@credibility'?"),
        ("evidence,Relevance,A,B\ne,H,1,1\n", "did you mean '@relevance'?"),
        ("hypothesis,posterior,e\nA,0.4,1\nB,0.6,1\n", "did you mean '@posterior'?"),
        ("hypothesis,holds,prior\nA,C,C\nB,I,I\n", "columns holds and prior are about hypotheses"),
        ("hypothesis,e\nA,1\nB,1\n@source,s\n@source,t\n", "line 5, column hypothesis: '@source'"),
        ("hypothesis,holds,Holds,e\nA,true,false,1\nB,false,true,1\n", "stands there twice"),
        ("hypothesis,holds,@holds,e\nA,no,no,1\nB,yes,yes,1\n", "did you mean '@holds'?"),
        ("hypothesis,@says,@says,e\nA,x,y,1\nB,x,y,1\n", "stands there twice"),
        ("hypothesis,prior,e\nA,1e-320,1\nB,1e6,1\n", "line 2, column prior: should be above 0"),
        ("hypothesis,prior,e\nA,1,1\nB,1e-10,1\n", "line 3, column prior: should be above 0"),
        ("hypothesis,e\nA\u200b,1\nB,1\n", "the invisible character U+200B"),
        ("hypothesis,e\u200d\nA,1\nB,1\n", "the invisible character U+200D"),
        ("hypothesis,e\nA,C = 0\nB,1\n", "is 0; it should be between 1e-09 and 1e+06"),
        ("hypothesis,e\nA,C = x\nB,1\n", "should be a number such as 0.6, or 0.6 (0.3 to 0.85)"),
        ("hypothesis,e\nA,C = 2 (3 to 4)\nB,1\n", "out of order"),
        ("hypothesis,e\nA,NA = 2\nB,1\n", "what does not apply has no ratio"),
        ("hypothesis,e\nA,=2\nB,1\n", "should be -2 to 2"),
        ("hypothesis,e,f\nA,1,1\nB,1,1\n@prior,0.5,0.6\n", "has 2 cells filled; it needs one"),
        ("hypothesis,e\nA,1\nB,1\n@prior,1\n", "certainty cannot learn"),
        ("hypothesis,e\nA,1\nB,1\n@C,0.5\n", "should rise"),
        (
            "hypothesis,e,f\nA,1,1\nB,1,1\n@group,g,g\n@shared,0.5,0.6\n",
            "line 5, column f: is '0.6', and another item of the group says otherwise",
        ),
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
        ({"prior": 0.9999999}, "prior should be from 1e-06 to 0.999999, not 0.9999999"),
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
    assert again.data == found.data


FULL = """\
evidence,@source,@group,@shared,@relevance,@credibility,@used,@says,A,B,C,@II,@shared_source,@prior
@holds,,,,,,,,true,false,,,,
@says,,,,,,,,They stay.,,,,,
@prior,,,,,,,,,,,,,
holds,wire,,,H,B2,yes,A loan,C = 2.5 (1.4 to 5),I,NA,0.2 (0.1 to 0.4),0.3,0.8 (0.6 to 0.9)
prior,paper,wire,0.5 (0.2 to 0.9),L,,,,II,,C,,,
talks,,wire,,,low,yes,,CC,N,I = 0.5,,,
deal,,@wire,,,,,,N,C,CC,,,
#f,,,,,,,,I,CC,II,,,
"""


def test_everything_in_a_table_is_written_and_read_again(tmp_path: Path) -> None:
    """Numbers, sides, own ratios, ratings, sentences, and a source and a group of one name."""
    found = opened(tmp_path, FULL)
    matrix = found.matrix
    assert [item.id for item in matrix.items] == ["holds", "prior", "talks", "deal", "#f"]
    assert [item.group for item in matrix.items] == ["@wire", "wire", "wire", "=@wire", "##f"]
    assert [item.used for item in matrix.items] == [True, False, True, False, False]
    assert matrix.quantities["argument.matrix.A.holds.ratio"].high == 5.0
    assert matrix.quantities["argument.scale.strongly-inconsistent"].low == 0.1
    assert matrix.shared == {
        "@wire": "argument.shared_source", "wire": "argument.groups.wire.shared",
        "=@wire": "argument.shared_source", "##f": "argument.shared_source",
    }  # fmt: skip
    assert found.account().data["prior"]["holds"]["value"] == pytest.approx(0.8)
    for asked in (found, found.asking(shared=0.7, prior=0.4), found.asking(without=["talks"])):
        asked.account().write_table(str(tmp_path / "out.csv"))
        again = evidence_matrix(str(tmp_path / "out.csv"))
        if asked is found:
            assert dict(again.quantities) == dict(found.quantities)
        one, two = asked.account().data, again.account().data
        for data in (one, two):
            data.update(set_aside=[], prior=data["prior"]["holds"])
        assert two == one


def test_a_case_written_as_a_table_says_the_same(tmp_path: Path) -> None:
    case = evidence_matrix("syria-2016")
    case.account().write_table(str(tmp_path / "out.csv"))
    again = evidence_matrix(str(tmp_path / "out.csv"))
    assert dict(again.quantities) == {
        path: number.model_copy(update={"because": (), "note": None})
        for path, number in case.quantities.items()
    }
    one, two = case.account().data, again.account().data
    for key in ("log_ratio", "log_ratio_unused", "holds", "hypotheses", "items", "cells"):
        assert two[key] == one[key], key


def test_a_prior_of_hypotheses_is_written_and_read_again(tmp_path: Path) -> None:
    found = opened(tmp_path, "hypothesis,prior,e\nA,3,CC\nB,1,I\n").account()
    found.write_table(str(tmp_path / "out.csv"))
    again = evidence_matrix(str(tmp_path / "out.csv")).account()
    assert again.data == found.data
    flat = opened(tmp_path, PLAIN).account()
    flat.write_table(str(tmp_path / "out.csv"))
    assert evidence_matrix(str(tmp_path / "out.csv")).account().data["prior"]["from"] == "flat"


@pytest.mark.parametrize("sign", ["@", "#", "="])
def test_groups_are_kept_apart_from_sources_and_from_items_alone(sign: str, tmp_path: Path) -> None:
    text = f"hypothesis,s,b\nA,C,C\nB,I,I\n@source,s,\n@group,,{sign}s\n"
    groups = opened(tmp_path, text).matrix.groups
    assert len(groups) == 2
    assert opened(tmp_path, text).account().data["items"]["b"]["group"] == f"{sign}s"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("hypothesis,e\nA,1\nB,1\n".encode("utf-16"), "is UTF-16 text; save it as CSV in UTF-8"),
        (b"PK\x03\x04rest", "is a workbook, not a table of text"),
        (b"sep=;\nhypothesis;e\nA;1\nB;1\n", "line 1: is a word to Excel, not a row"),
        (b'hypothesis,e\n"A,1\nB,1\n', "line 2: has a quote that nothing closes"),
    ],
)
def test_what_only_looks_like_a_table_is_told_why(raw: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(raw)
    with pytest.raises(TableError, match=said):
        evidence_matrix(str(path))


def test_names_may_hold_what_cuts_other_tables(tmp_path: Path) -> None:
    text = 'hypothesis;"Moscow, on Friday, said, that";b\nA;C;I\nB;I;C\n'
    assert opened(tmp_path, text).matrix.items[0].id == "Moscow, on Friday, said, that"


def test_empty_columns_at_the_end_are_passed_over(tmp_path: Path) -> None:
    text = "hypothesis,e,f,,,\nA,C,I,,,\nB,I,C,,,\n,,,,,\n"
    assert [item.id for item in opened(tmp_path, text).matrix.items] == ["e", "f"]


def test_joiners_are_kept_where_they_join(tmp_path: Path) -> None:
    name = "\u0645\u06cc\u200c\u0645\u0627\u0646\u062f"
    assert opened(tmp_path, f"hypothesis,e\n{name},C\nB,I\n").matrix.hypotheses == (name, "B")


def test_ratings_order_reports_and_fall_into_three_levels() -> None:
    table = np.array([[trust(letter, digit) for digit in range(1, 6)] for letter in "ABCDE"])
    assert (np.diff(table, axis=0) < 0.0).all()
    assert (np.diff(table, axis=1) < 0.0).all()
    assert 0.0 < table.min() < table.max() < 1.0
    assert trust("F", 6) == 0.5
    assert [level(trust(*r)) for r in (("A", 1), ("B", 2), ("C", 3), ("F", 6), ("D", 4))] == [
        "high", "high", "medium", "medium", "low",
    ]  # fmt: skip
