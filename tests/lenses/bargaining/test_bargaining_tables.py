"""Tables of actors: every form that is read, and where each fault is said to be."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses import cells
from foedus.lenses.bargaining.baselines import wmean
from foedus.lenses.bargaining.game import GameError
from foedus.lenses.bargaining.tables import Table, TableError, case_names, read_table

CASES = Path(__file__).parents[2] / "published" / "bargaining" / "cases.csv"
LONG = "actor,position,capability,salience\nA,0,1,0.5\nB,10,3,0.25\n"
KTAB = """Trade ,"A test, no more",3,2,
Actor,Description,Power,Tariff,Sal1,Quota,Sal2,
A, First one, 100, 75, 40, 5, 60,
B, Second one, 50, 25, 30, 95, 20,
C,, 20.5, 0, 10, 100, 0,
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<Scenario>
  <name>Trade</name>
  <desc>A test</desc>
  <prngSeed>0x89</prngSeed>
  <Dimensions><dName>Tariff</dName><dName>Quota</dName></Dimensions>
  <Actors>
    <Actor>
      <name>A</name><description>First</description><capability>100</capability>
      <Position><dCoord>75</dCoord><dCoord>5</dCoord></Position>
      <Salience><dSal>40</dSal><dSal>60</dSal></Salience>
    </Actor>
    <Actor>
      <name>B</name><description>Second</description><capability>50</capability>
      <Position><dCoord>25</dCoord><dCoord>95</dCoord></Position>
      <Salience><dSal>30</dSal><dSal>20</dSal></Salience>
    </Actor>
  </Actors>
  <IdealAdjustment>
    <iaPair>
      <adjustingIdeal>A</adjustingIdeal><referencePos>A</referencePos><adjust>0.75</adjust>
    </iaPair>
    <iaPair>
      <adjustingIdeal>A</adjustingIdeal><referencePos>B</referencePos><adjust>0.2</adjust>
    </iaPair>
  </IdealAdjustment>
</Scenario>
"""


def read(folder: Path, text: str | bytes, **how: object) -> Table:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, **how)  # type: ignore[arg-type]


def fault(folder: Path, text: str | bytes, **how: object) -> tuple[str, str]:
    """Place and message."""
    with pytest.raises(TableError) as told:
        read(folder, text, **how)
    assert told.value.bad_input
    assert str(told.value).startswith(str(folder))
    assert "\n" not in str(told.value)
    return told.value.place, told.value.message


def test_a_plain_table(tmp_path: Path) -> None:
    table = read(tmp_path, LONG)
    assert table.actors == ("A", "B")
    assert table.dimensions == ("position",)
    assert table.positions.tolist() == [[0.0], [10.0]]
    assert table.capability.tolist() == [1.0, 3.0]
    assert table.salience.tolist() == [[0.5], [0.25]]
    assert table.scale == ((0.0, 10.0),)
    assert table.salience_unit == "share"
    told = table.on_scale(wmean(table.game()).forecast)
    assert told[0] == pytest.approx(6.0)


@pytest.mark.parametrize("cut", [",", ";", "\t"])
def test_columns_stand_in_any_order_beside_others(tmp_path: Path, cut: str) -> None:
    text = 'Note, Salience ,Actor,POSITION,capability\r\nx,50,A,0,1\r\n\r\ny,25,"B",10,3\r\n'
    table = read(tmp_path, ("\ufeff" + text.replace(",", cut)).encode())
    plain = read(tmp_path, LONG)
    assert table.actors == plain.actors
    assert table.salience_unit == "percent"
    for name in ("positions", "capability", "salience"):
        assert np.array_equal(getattr(table, name), getattr(plain, name))


@pytest.mark.parametrize("mark", ["position_{}", "position{}", "Position {}", "position-{}"])
def test_a_wide_table_and_a_stacked_one_say_the_same(tmp_path: Path, mark: str) -> None:
    heads = [mark.format(d) for d in (1, 2)]
    saliences = [head.lower().replace("position", "salience") for head in heads]
    wide = (
        f"actor,{heads[1]},{saliences[0]},capability,{heads[0]},{saliences[1]}\n"
        "A,9,0.5,1,0,0.25\nB,3,0.1,2,8,0.75\n"
    )
    one = read(tmp_path, wide)
    stacked = (
        "dim,actor,position,capability,salience\n"
        "2,A,9,1,0.25\n1,A,0,1,0.5\n1,B,8,2,0.1\n2,B,3,2,0.75\n"
    )
    two = read(tmp_path, stacked)
    assert one.dimensions == two.dimensions == ("2", "1")
    for name in ("positions", "capability", "salience"):
        assert np.array_equal(getattr(one, name), getattr(two, name))
    assert one.scale == two.scale == ((3.0, 9.0), (0.0, 8.0))


def test_dimensions_may_have_names(tmp_path: Path) -> None:
    text = "actor,capability,position_oil price,salience_oil price\nA,1,20,0.5\nB,1,40,0.5\n"
    assert read(tmp_path, text).dimensions == ("oil price",)


def test_a_scale_may_be_given(tmp_path: Path) -> None:
    table = read(tmp_path, LONG, scale=(-10.0, 30.0))
    assert table.game().positions.tolist() == [[0.25], [0.5]]
    assert table.on_scale(np.array([0.25])).tolist() == [0.0]
    assert table.game([10.0]).reference == pytest.approx([0.5])
    with pytest.raises(GameError, match=r"reference point 31 is not from -10 to 30"):
        table.game([31.0])
    with pytest.raises(GameError, match="should be 1 reference points"):
        table.game([1.0, 2.0])
    place, message = fault(tmp_path, LONG, scale=(0.0, 5.0))
    assert (place, message) == ("line 3, column position", "should be from 0 to 5, not 10")
    for scale in ((1.0, 1.0), (2.0, 1.0), (0.0, np.inf), (np.nan, 1.0)):
        with pytest.raises(GameError, match="a lower and a higher end"):
            read(tmp_path, LONG, scale=scale)


def test_a_position_shared_by_all_has_a_scale_around_it(tmp_path: Path) -> None:
    table = read(tmp_path, LONG.replace("10", "0"))
    assert table.scale == ((-0.5, 0.5),)
    assert table.on_scale(wmean(table.game()).forecast)[0] == 0.0


def test_the_unit_of_salience_may_be_given(tmp_path: Path) -> None:
    assert read(tmp_path, LONG, salience_unit="percent").salience.tolist() == [[0.005], [0.0025]]
    text = LONG.replace("0.25", "25")
    assert read(tmp_path, text).salience.tolist() == [[0.005], [0.25]]
    place, message = fault(tmp_path, text, salience_unit="share")
    assert place == "line 3, column salience"
    assert message == "should be from 0 to 1 (as a share), not 25"
    with pytest.raises(GameError, match="one of auto, share, percent"):
        read(tmp_path, LONG, salience_unit="permille")


@pytest.mark.parametrize("case", case_names(CASES))
def test_the_published_tables_are_read(case: str) -> None:
    table = read_table(CASES, case=case)
    assert table.name == case
    game = table.game()
    assert game.positions.min() == 0.0
    assert game.positions.max() == 1.0
    assert (game.salience.sum(axis=1) <= 1.0 + 1e-9).all()


def test_one_of_several_cases_has_to_be_chosen() -> None:
    with pytest.raises(TableError, match=r"holds 13 cases; choose one of: emission1994, sultan"):
        read_table(CASES)
    with pytest.raises(TableError, match="no case 'emission1995', did you mean 'emission1994'"):
        read_table(CASES, case="emission1995")
    table = read_table(CASES, case="emission1994")
    assert table.on_scale(wmean(table.game()).forecast)[0] == pytest.approx(7.389955686853767)
    assert read_table(CASES, case="ktab_dummy3d").dimensions == ("1", "2", "3")


def test_a_case_that_is_not_told_of_is_not_there(tmp_path: Path) -> None:
    assert fault(tmp_path, LONG, case="x")[1] == "has no column case, so there is no case 'x'"
    assert "no case 'x'" in fault(tmp_path, KTAB, case="x")[1]
    assert read(tmp_path, KTAB, case="Trade").name == "Trade"


FAULTS = {
    "missing cell": (LONG.replace("10,", ","), "line 3, column position", "is empty"),
    "short row": (LONG.replace("3,0.25", "3"), "line 3, column salience", "is empty"),
    "no number": (LONG.replace("0.25", "high"), "line 3, column salience", "not 'high'"),
    "decimal comma": (
        "actor;position;capability;salience\nA;0,5;1;1\n", "line 2, column position", "not '0,5'",
    ),
    "infinite": (LONG.replace("10", "inf"), "line 3, column position", "not 'inf'"),
    "nan": (LONG.replace("10", "nan"), "line 3, column position", "not 'nan'"),
    "negative": (LONG.replace("B,10,3", "B,10,-3"), "line 3, column capability", "from 0"),
    "negative salience": (LONG.replace("0.5", "-0.5"), "line 2, column salience", "at least 0"),
    "over 100": (LONG.replace("0.5", "101"), "line 2, column salience", "0 to 100 .as a percent."),
    "no name": (LONG.replace("B,", ","), "line 3, column actor", "needs a name"),
    "unseen name": (LONG.replace("B,", "B\x07,"), "line 3", r"U\+0007"),
    "long name": (LONG.replace("B,", "B" * 501 + ","), "line 3, column actor", "501 characters"),
    "twice": (LONG + "A,3,1,0.1\n", "line 4, column actor", "'A' has a row already: line 2"),
    "no weight": (
        "actor,position,capability,salience\nA,0,0,1\nB,1,1,0\n", "line 3, column salience",
        "nobody has any weight",
    ),
    "no column": (LONG.replace("capability", "power"), "line 1", "no column 'capability'"),
    "misspelled": (LONG.replace("salience", "salence"), "line 1", "did you mean it by 'salence'"),
    "half a pair": (
        "actor,capability,position_1,salience_2\nA,1,1,1\n", "line 1", "no column 'salience_1'",
    ),
    "two columns": (LONG.replace("capability", "position"), "line 1", "two columns 'position'"),
    "more cells": (LONG + "C,1,1,1,9\n", "line 4", "more cells than the head"),
    "no rows": ("actor,position,capability,salience\n", "", "a head and no rows"),
    "empty": ("", "", "is empty"),
    "blank": ("\n , ,\n", "", "is empty"),
    "sums": (
        "actor,capability,position1,salience1,position2,salience2\nA,1,0,0.5,0,0.5\nB,1,1,.7,1,.4\n",
        "line 3, column salience2", "saliences of 'B' sum to 1.1, which is more than 1",
    ),
    "stacked twice": (
        "actor,dim,position,capability,salience\nA,1,0,1,.1\nA,2,0,1,.1\nA,1,0,1,.1\n",
        "line 4, column actor", "has a row for dimension 1 already: line 2",
    ),
    "stacked missing": (
        "actor,dim,position,capability,salience\nA,1,0,1,.1\nA,2,0,1,.1\nB,1,0,1,.1\n",
        "line 4, column actor", "'B' has no row for dimension 2",
    ),
    "stacked otherwise": (
        "actor,dim,position,capability,salience\nA,1,0,1,.1\nA,2,0,4,.1\n",
        "line 3, column capability", "is 4, but 1 for the same actor in line 2",
    ),
    "latin": (LONG.replace("B", "É").encode("latin-1"), "line 3", "not UTF-8"),
    "ktab sums": (
        KTAB.replace("40, 5", "45, 5"), "line 3, column Sal2", "saliences of 'A' sum to 105",
    ),
    "ktab off": (KTAB.replace("75", "175"), "line 3, column Tariff", "from 0 to 100, not 175"),
    "ktab fewer": (KTAB.replace(",3,2,", ",4,2,"), "line 1", "says 4 actors, but there are 3"),
    "ktab columns": (KTAB.replace(",3,2,", ",3,1,"), "line 2", "should name 5 columns"),
    "ktab no number": (KTAB.replace("20.5", "big"), "line 5, column Power", "not 'big'"),
    "xml": (XML.replace("</Actors>", ""), "line 27", "is not XML: mismatched tag"),
    "xml doctype": (
        '<!DOCTYPE x [<!ENTITY a "b">]>' + XML[XML.index("<S") :], "line 1", "has a DOCTYPE",
    ),
    "xml empty": (XML.replace(">25<", "><"), "line 15, <dCoord>", "is empty"),
    "xml fewer": (
        XML.replace("<dSal>30</dSal>", ""), "line 16, <Salience>", "has 1 <dSal> for 2 dimensions",
    ),
    "xml none": (XML.replace("capability>", "power>"), "line 8, <Actor>", "has no <capability>"),
    "xml twice": (XML.replace("<name>B", "<name>A"), "line 14, <name>", "'A' has a row already"),
    "xml unknown": (
        XML.replace("Pos>B", "Pos>D"), "line 24, <referencePos>", "there is no actor 'D'",
    ),
    "xml follows": (XML.replace("0.2<", "0.3<"), "line 23, <iaPair>", "follow others by 1.05"),
    "xml other": ("<html></html>", "line 0, <>", "has no <Scenario>"),
    "xml unseen": (XML.replace("<name>B", "<name>B&#x85;"), "line 14", r"U\+0085"),
    "open quote": (LONG.replace(",1,0.5", ',"1,0.5'), "line 3, column capability", "not '1,0.5 B"),
    "xml deep": ("<a>" * 20, "line 1", "nested more than"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_placed(name: str, tmp_path: Path) -> None:
    text, where, what = FAULTS[name]
    place, message = fault(tmp_path, text)
    assert place == where, message
    assert re.search(what, message), message


def test_a_table_of_ktab(tmp_path: Path) -> None:
    table = read(tmp_path, KTAB)
    assert table.name == "Trade"
    assert table.actors == ("A", "B", "C")
    assert table.dimensions == ("Tariff", "Quota")
    assert table.scale == ((0.0, 100.0), (0.0, 100.0))
    assert table.salience_unit == "percent"
    assert table.salience[0].tolist() == [0.4, 0.6]
    assert table.game().positions[2].tolist() == [0.0, 1.0]
    bare = "\n".join(line.removesuffix(",") for line in KTAB.splitlines())
    assert np.array_equal(read(tmp_path, bare).positions, table.positions)


def test_a_scenario_of_ktab(tmp_path: Path) -> None:
    table = read(tmp_path, XML)
    plain = read(tmp_path, KTAB)
    assert (table.name, table.actors, table.dimensions) == (
        "Trade", ("A", "B"), ("Tariff", "Quota"),
    )  # fmt: skip
    assert np.array_equal(table.positions, plain.positions[:2])
    assert np.array_equal(table.salience, plain.salience[:2])
    assert table.accommodation is not None
    assert table.accommodation.tolist() == [[0.75, 0.2], [0.0, 1.0]]
    assert table.game().accommodation is not None
    without = XML[: XML.index("  <IdealAdjustment>")] + "</Scenario>"
    assert read(tmp_path, without).accommodation is None


def test_ktab_and_cases_have_the_same_table(tmp_path: Path) -> None:
    """The tables that were taken from KTAB are those in its own form."""
    table = read_table(CASES, case="ktab_dummy3d", scale=(0.0, 100.0))
    rows = [f"Dummy,,{len(table.actors)},3,", "Actor,Description,Power,P1,S1,P2,S2,P3,S3,"]
    for i, actor in enumerate(table.actors):
        pairs = zip(table.positions[i], 100.0 * table.salience[i], strict=True)
        cells_ = ", ".join(f"{x!s}, {s!s}" for x, s in pairs)
        rows.append(f"{actor}, Random, {table.capability[i]!s}, {cells_},")
    other = read(tmp_path, "\n".join(rows))
    np.testing.assert_allclose(other.positions, table.positions)
    np.testing.assert_allclose(other.salience, table.salience)


def test_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(TableError, match="cannot be read"):
        read_table(tmp_path)
    many = "".join(f"a{i},0,1,0.5\n" for i in range(1001))
    place, message = fault(tmp_path, LONG.splitlines()[0] + "\n" + many)
    assert (place, message) == ("line 1002, column actor", "is one more than the 1,000 actors read")
    monkeypatch.setattr(cells, "MOST_ROWS", 2)
    assert "more than 2 rows" in fault(tmp_path, LONG)[1]
    monkeypatch.setattr(cells, "LARGEST", 10)
    assert "more than 10 bytes" in fault(tmp_path, LONG)[1]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_is_in_a_file_it_is_a_table_or_a_placed_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    base = data.draw(st.sampled_from([LONG, KTAB, XML]))
    at = data.draw(st.integers(0, len(base)))
    upto = data.draw(st.integers(at, min(len(base), at + 10)))
    junk = data.draw(st.binary(max_size=6))
    raw = base[:at].encode() + junk + base[upto:].encode()
    try:
        read(tmp_path_factory.mktemp("junk"), raw).game()
    except (GameError, TableError) as error:
        assert "\n" not in str(error)  # noqa: PT017
