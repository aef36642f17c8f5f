"""The balance section: what it holds, what it refuses and where, and what it asks for."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from balance_toy import with_balance
from lens_contract import drawn, look

from foedus.case import CaseError
from foedus.lenses.balance.setting import (
    Setting,
    everybody,
    network_of,
    networks_by_date,
    section_of,
)
from foedus.lenses.table import LENSES

TIES = "balance.ties"


def test_quantities_have_their_ranges_and_defaults() -> None:
    quantities = with_balance().quantities()
    sign, weight = quantities[f"{TIES}.foes.sign"], quantities[f"{TIES}.foes.weight"]
    assert (sign.least, sign.most) == (-1.0, 1.0)
    assert (weight.least, weight.least_open) == (0.0, True)
    assert quantities[f"{TIES}.sent.weight"].mode == 1.0
    assert quantities[f"{TIES}.sent.weight"].fixed
    assert section_of(with_balance()).camps == 2


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("[rival, north]", "[rivl, north]", f"{TIES}.foes.between.0", "did you mean 'rival'"),
        ("[rival, north]", "[rival, nort]", f"{TIES}.foes.between.1", "did you mean 'north'"),
        ("[rival, north]", "[rival, rival]", f"{TIES}.foes.between", "cannot be tied to itself"),
        ("[rival, north]", "[rival]", f"{TIES}.foes.between", ""),
        ("date: 2015-09", "date: 2016-07", f"{TIES}.dealing.date", "after as_of, 2016-06-12"),
        ("date: 2015-09", "date: 2015-9", f"{TIES}.dealing.date", "YYYY-MM"),
        ("sign: {mode: -0.8, low: -1,", "sign: {mode: -0.8, low: -1.1,", f"{TIES}.foes.sign",
         "low is -1.1"),
        ("weight: 0.6", "weight: 0", f"{TIES}.dealing.weight", "above 0"),
        ("balance:\n", "balance:\n  camps: 1\n", "balance.camps", "2"),
        ("    sent:", "    Sent:", f"{TIES}.Sent", ""),
        ("      because: [e2]\n", "      because: [e3]\n", f"{TIES}.foes.because.0", "e3"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, place: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        with_balance((old, new))
    problem = caught.value.problems[0]
    assert problem.path == place
    assert said in problem.message
    assert problem.line is not None


@pytest.mark.parametrize(
    ("swaps", "place", "said"),
    [
        ((("      date: 2015-09\n", ""),), "fighting",
         "south and rival are tied without a date already by 'dealing'"),
        ((("0.9, note", "0.9, date: 2015-09-01, note"),), "fighting",
         "are tied from 2015-09-01 on already by 'dealing'"),
        ((("[north, envoy]", "[south, north]"), (", date: 2014", "")), "sent",
         "south and north are tied without a date already by 'friends'"),
    ],
)  # fmt: skip
def test_a_pair_is_tied_once_at_a_time(
    swaps: tuple[tuple[str, str], ...], place: str, said: str
) -> None:
    with pytest.raises(CaseError) as caught:
        with_balance(*swaps)
    (problem,) = caught.value.problems
    assert problem.path == f"{TIES}.{place}"
    assert said in problem.message


def test_the_latest_tie_of_a_pair_is_in_force() -> None:
    section = section_of(with_balance())
    assert section.holding(dt.date(2016, 6, 12)) == ("friends", "foes", "dealing", "sent", "heard")
    assert section.holding(dt.date(2015, 9, 1)) == section.holding(dt.date(2016, 6, 12))
    before = ("friends", "foes", "fighting", "sent", "heard")
    assert section.holding(dt.date(2015, 8, 31)) == before
    assert section.holding(None) == ("friends", "foes", "fighting", "heard")
    assert section.dates() == ("2014", "2015-09")


def test_what_it_lacks() -> None:
    assert section_of(with_balance(("envoy], sign: 1,", "envoy],"))).lacking() == (
        "balance.ties.sent.sign",
    )
    assert section_of(with_balance()).lacking() == ()


def test_the_network_is_that_of_the_day_in_the_order_of_the_case() -> None:
    case = with_balance()
    assert everybody(case) == ("north", "south", "envoy", "rival")
    network, ties = network_of(case, case.as_of)
    told = {
        name: (*(network.actors[i] for i in ends), int(sign), float(weight))
        for name, ends, sign, weight in zip(
            ties, network.ends.tolist(), network.signs, network.weights, strict=True
        )
    }
    assert told == {
        "friends": ("north", "south", 1, 1.0),
        "foes": ("north", "rival", -1, 0.8),
        "dealing": ("south", "rival", 1, 0.6),
        "sent": ("north", "envoy", 1, 1.0),
        "heard": ("envoy", "rival", 1, 0.5),
    }


def test_a_sign_of_zero_ends_a_tie() -> None:
    case = with_balance(("sign: {mode: 0.4, low: -0.6, high: 0.9}", "sign: 0"))
    network, ties = network_of(case, case.as_of)
    assert "dealing" not in ties
    assert network.ties == 4
    together, apart = Setting.of(case).costs(drawn(case))
    assert not together[:, 2].any()
    assert not apart[:, 2].any()


def test_there_is_a_network_for_every_date_and_for_what_was_before() -> None:
    dated = networks_by_date(with_balance())
    assert [date for date, _ in dated] == [None, "2014", "2015-09"]
    assert [network.ties for _, network in dated] == [4, 5, 5]
    assert [int((network.signs < 0).sum()) for _, network in dated] == [2, 2, 1]
    undated = with_balance(("      date: 2015-09\n", ""), (", date: 2014", ""), FIGHTING)
    assert networks_by_date(undated) == ()


FIGHTING = (
    "    fighting: {between: [south, rival], sign: -1, weight: 0.9, note: Before they dealt.}\n",
    "",
)


def test_costs_follow_the_side_of_the_sign_and_the_weight() -> None:
    case = with_balance()
    draws, setting = drawn(case, 64), Setting.of(case)
    together, apart = setting.costs(draws)
    for e, name in enumerate(setting.ties):
        sign, weight = draws[f"{TIES}.{name}.sign"], draws[f"{TIES}.{name}.weight"]
        np.testing.assert_array_equal(apart[:, e], np.where(sign > 0, weight, 0.0))
        np.testing.assert_array_equal(together[:, e], np.where(sign < 0, weight, 0.0))
    uncertain = together[:, 2] > 0
    assert 0 < uncertain.sum() < 64


def test_a_setting_is_taken_over_where_only_judgements_differ() -> None:
    case = with_balance()
    outcome = look(LENSES["balance"], case, drawn(case))
    known = outcome.shared["setting"].whole
    for path, value in ((f"{TIES}.foes.sign", -0.5), (f"{TIES}.dealing.date", "2013")):
        same = case.with_values({path: value})
        assert Setting.of(same, outcome).whole is known
        assert Setting.of(same, outcome).section is section_of(same)
    for path, changed in (
        ("balance.camps", 3),
        (f"{TIES}.dealing.between", ["south", "envoy"]),
        ("pact.members", ["north", "envoy", "south"]),
    ):
        assert Setting.of(case.with_values({path: changed}), outcome).whole is not known
