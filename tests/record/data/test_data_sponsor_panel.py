"""The panel of sponsors' exits: worked out by hand, and against a plain reference."""

from __future__ import annotations

from math import log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_files import DEATHS, TRIADS, Triad, support_csv

from foedus.record.data import DataError, forms
from foedus.record.data.panels.sponsors import ORDER, sponsor_exit
from foedus.record.data.raw import read_csv

LOG2 = log(2)


def panel(triads: tuple[Triad, ...] = TRIADS) -> list[dict[str, Any]]:
    support = read_csv(support_csv(triads).encode(), "s.csv", forms.SUPPORT.columns)
    deaths = read_csv(DEATHS.encode(), "d.csv", forms.DEATHS.columns)
    found = sponsor_exit(support, deaths)
    assert found.column_names == list(ORDER)
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


BY_HAND = [
    # client, year, sponsor, start, leftcens, exit, nspons, left_last, clients, opp_nspons, both
    (1, 1975, "3", 1975, 1, 0, 1, 0, 1, 0, 0),
    (1, 1976, "3", 1975, 1, 0, 3, 0, 2, 1, 1),
    (1, 1976, "4", 1976, 0, 1, 3, 0, 2, 1, 1),
    (1, 1977, "3", 1975, 1, 1, 1, 1, 1, 1, 0),
    (1, 1979, "3", 1979, 0, 1, 1, 0, 1, 1, 0),
    (2, 1976, "4", 1976, 0, 0, 1, 0, 2, 3, 1),
    (2, 1977, "4", 1976, 0, 0, 1, 0, 1, 1, 0),
    (2, 1978, "4", 1976, 0, 0, 1, 0, 1, 0, 0),
    (2, 1979, "4", 1976, 0, 1, 1, 0, 1, 1, 0),
]


def test_the_panel_is_as_worked_out_by_hand() -> None:
    rows = panel()
    told = [
        (
            r["actor"], r["year"], r["sid"], r["start"], r["leftcens"], r["exit"], r["nspons"],
            r["left_last"], round(2.718281828459045 ** r["ncommit"]), r["opp_nspons"], r["both"],
        )
        for r in rows
    ]  # fmt: skip
    assert told == BY_HAND


def test_what_follows_from_the_counts() -> None:
    for row in panel():
        assert row["age"] == row["year"] - row["start"]
        assert row["logage"] == pytest.approx(log(1 + row["age"]))
        assert row["lognsp"] == pytest.approx(log(row["nspons"]))
        assert (row["oppo"], row["dyad"], row["conf"]) == (3 - row["actor"], 10, 5)
        assert (row["rebel"], row["interstate"]) == (int(row["actor"] == 2), 0)


def test_kinds_are_those_of_all_the_clients_sponsors() -> None:
    kinds = ("troops", "bases", "weapons", "material", "training", "funding", "intel", "access")
    told = {(r["actor"], r["year"]): {kind for kind in kinds if r[kind]} for r in panel()}
    assert told == {
        (1, 1975): {"weapons"}, (1, 1976): {"weapons", "funding", "intel"},
        (1, 1977): {"material"}, (1, 1979): {"weapons"}, (2, 1976): {"troops", "bases"},
        (2, 1977): {"access"}, (2, 1978): {"weapons"}, (2, 1979): {"weapons"},
    }  # fmt: skip


def test_deaths_and_their_trend() -> None:
    told = {r["year"]: (r["logbd"], r["bdtrend"]) for r in panel()}
    assert told[1975] == (None, None)
    assert told[1976] == (pytest.approx(log(100)), None)
    assert told[1977] == (pytest.approx(log(200)), pytest.approx(LOG2))
    assert told[1978] == (None, None)


def test_names_keep_their_letters() -> None:
    assert {r["sname"] for r in panel()} == {"Government of Elsewhere", "Government of Côte"}


def test_nobody_with_a_next_year_is_told() -> None:
    with pytest.raises(DataError, match="no state's support with a next year on record"):
        panel(((1975, 10, 1, 0, "3", True, "w", 0),))


def test_an_actor_that_is_no_id_is_told() -> None:
    text = support_csv().replace(",5,10,1,1,", ",5,10,1,one,")
    support = read_csv(text.encode(), "s.csv", forms.SUPPORT.columns)
    deaths = read_csv(DEATHS.encode(), "d.csv", forms.DEATHS.columns)
    with pytest.raises(DataError, match="should be a UCDP id"):
        sponsor_exit(support, deaths)


TRIAD = st.tuples(
    st.integers(1975, 1979), st.sampled_from((10, 11)), st.sampled_from((1, 2)), st.just(0),
    st.sampled_from(("", "3", "4", "900")), st.just(True), st.just("w"), st.just(0),
)  # fmt: skip


@given(st.sets(TRIAD, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_exits_ages_and_counts_agree_with_a_plain_reference(drawn: set[Triad]) -> None:
    triads = tuple((y, d, a, r, s, s != "900", k, b) for y, d, a, r, s, _, k, b in sorted(drawn))
    helps = {(y, d, a, s) for y, d, a, _, s, *_ in triads if s}
    recorded = {(y, d) for y, d, *_ in triads}
    expected = {}
    for y, d, a, s in helps:
        if s == "900" or (y + 1, d) not in recorded:
            continue
        start = y
        while (start - 1, d, a, s) in helps:
            start -= 1
        gone = {o for o in ("3", "4", "900") if (y - 1, d, a, o) in helps}
        gone -= {o for o in ("3", "4", "900") if (y, d, a, o) in helps}
        expected[y, d, a, s] = (
            start, int((y + 1, d, a, s) not in helps), int(bool(gone)),
            sum(h[:3] == (y, d, a) for h in helps), sum(h[:3] == (y, d, 3 - a) for h in helps),
            sum(h[0] == y and h[3] == s for h in helps),
        )  # fmt: skip
    if not expected:
        with pytest.raises(DataError):
            panel(triads)
        return
    told = {
        (r["year"], r["dyad"], r["actor"], r["sid"]): (
            r["start"], r["exit"], r["left_last"], r["nspons"], r["opp_nspons"],
            round(2.718281828459045 ** r["ncommit"]),
        )
        for r in panel(triads)
    }  # fmt: skip
    assert told == expected
