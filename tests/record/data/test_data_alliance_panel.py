"""The panel of alliances' ends, worked out by hand."""

from __future__ import annotations

from math import log
from typing import Any

import pytest
from raw_files import ALLIANCES, CAPABILITIES, DISPUTES, MEMBERS, WARS

from foedus.record.data import DataError, forms
from foedus.record.data.panels.alliances import ORDER, UNKNOWN, alliance_end
from foedus.record.data.panels.states import Disputes, Wars, majors
from foedus.record.data.raw import Raw, read_csv

Row = dict[str, Any]


def raw(form: forms.Form, text: str) -> Raw:
    return read_csv(text.encode(), f"{form.source}.csv", form.columns)


def panel(alliances: str = ALLIANCES, members: str = MEMBERS) -> dict[tuple[int, int], Row]:
    found = alliance_end(
        raw(forms.ALLIANCES, alliances), raw(forms.MEMBERS, members),
        raw(forms.CAPABILITIES, CAPABILITIES), raw(forms.DISPUTES, DISPUTES),
        raw(forms.WARS, WARS),
    )  # fmt: skip
    assert found.column_names == list(ORDER)
    return {(row["atopid"], row["year"]): row for row in found.to_pylist()}


def test_years_ages_and_ends() -> None:
    told = {k: (r["age"], r["any"], r["viol"]) for k, r in panel().items()}
    assert told == {
        (100, 1900): (0, 0, 0), (100, 1901): (1, 0, 0), (100, 1902): (2, 0, 0),
        (100, 1903): (3, 0, 0), (100, 1904): (4, 1, 1),
        # begun in 1815, seen from 1816; the loss of a member is no end of its own
        (200, 1816): (1, 0, 0), (200, 1817): (2, 0, 0),
        (300, 1903): (0, 0, 0), (300, 1904): (1, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("term", "told"), [(1, (1, 0)), (2, (1, 1)), (3, (0, 0)), (4, (1, 0)), (0, (0, 0))]
)
def test_ways_to_end(term: int, told: tuple[int, int]) -> None:
    row = panel(ALLIANCES.replace("1904,2,", f"1904,{term},"))[100, 1904]
    assert (row["any"], row["viol"]) == told


def test_what_the_treaty_says() -> None:
    rows = panel()
    names = (
        "bilat", "defense", "offense", "neutral", "nonagg", "consul", "wartime", "asymm_",
        "specthrt_", "termlen", "noothall_", "org_", "base_",
    )  # fmt: skip
    assert [rows[100, 1900][n] for n in names] == [1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0]
    assert [rows[200, 1816][n] for n in names] == [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1]


def test_members_and_major_powers() -> None:
    told = {k[0]: (r["nmem"], r["lognmem"], r["nmajor"]) for k, r in panel().items()}
    assert told == {
        100: (2, pytest.approx(log(2)), 1.0),  # the United States since 1898
        200: (3, pytest.approx(log(3)), 2.0),  # Prussia and Austria-Hungary
        300: (2, pytest.approx(log(2)), 2.0),
    }


def test_power_is_that_of_the_year_before() -> None:
    rows = panel()
    assert [rows[100, 1900][n] for n in ("caplog", "capasym", "capchg")] == [None] * 3
    assert rows[100, 1901]["caplog"] == pytest.approx(log(0.3))
    assert rows[100, 1901]["capasym"] == pytest.approx(2 / 3)
    assert rows[100, 1901]["capchg"] is None
    assert rows[100, 1904]["caplog"] == pytest.approx(log(0.4))
    assert rows[100, 1904]["capasym"] == pytest.approx(0.75)
    assert rows[100, 1904]["capchg"] == pytest.approx(0.5)  # from .2 in 1900 to .3 in 1903
    # a score of -9 is not known
    assert rows[300, 1904]["caplog"] == pytest.approx(log(0.05))


def test_disputes_and_wars_are_those_before() -> None:
    rows = panel()
    assert [rows[100, y]["mid_in"] for y in range(1900, 1905)] == [0, 0, 1, 1, 1]
    # in 1903 both members went against Britain; in 1901 they went against one another alone
    assert [rows[100, y]["mid_out"] for y in range(1900, 1905)] == [0, 0, 0, 0, 1.0]
    assert [rows[300, y]["mid_out"] for y in (1903, 1904)] == [0, 0.5]
    assert [rows[300, y]["war"] for y in (1903, 1904)] == [1, 1]
    assert {rows[100, y]["war"] for y in range(1900, 1905)} == {0}


def test_what_cannot_be_known_is_left_empty() -> None:
    for row in panel().values():
        assert [row[name] for name in UNKNOWN] == [None] * len(UNKNOWN)


def test_after_the_end_of_the_data_nothing_is_claimed() -> None:
    disputes, wars = Disputes.of(raw(forms.DISPUTES, DISPUTES)), Wars.of(raw(forms.WARS, WARS))
    assert disputes.of_members({2, 20}, 1904) == {"mid_in": None, "mid_out": None}
    assert wars.any_fights({220}, 1904) is None


def test_wars_have_two_spells_and_may_go_on() -> None:
    text = WARS + "2,Long,2,USA,1900,-7,-8,-8\r3,Late,6,X,1910,1911,-8,-8\r"
    wars = Wars.of(raw(forms.WARS, text))
    assert [wars.any_fights({2}, y) for y in (1899, 1900, 1911)] == [0, 1, 1]
    assert [wars.any_fights({900}, y) for y in (1902, 1903, 1904)] == [1, 1, 0]


def test_major_powers_by_year() -> None:
    assert majors(1816) == {200, 220, 255, 300, 365}
    assert majors(1914) == {2, 200, 220, 255, 300, 325, 365, 740}
    assert majors(1960) == {2, 200, 220, 365, 710}
    assert majors(2000) == {2, 200, 220, 255, 365, 710, 740}


def test_alliances_that_do_not_fit_are_told() -> None:
    with pytest.raises(DataError, match="has no members of alliance 300"):
        panel(members=MEMBERS.replace("300,200", "400,200").replace("300,220", "400,220"))
    with pytest.raises(DataError, match="alliance 100 ends in 1899, before it begins"):
        panel(ALLIANCES.replace("1904,2,", "1899,2,"))
    with pytest.raises(DataError, match="column term is 10 for alliance 100; it should be how"):
        panel(ALLIANCES.replace("1904,2,", "1904,10,"))
    with pytest.raises(DataError, match="has no alliance in force since 1816"):
        panel(ALLIANCES.splitlines()[0] + "\n9,,1815,1,1815,1,1,0,0,1,0,0,0,0,0,0,0,0,0\n",
              "atopid,member\n9,2\n")  # fmt: skip
