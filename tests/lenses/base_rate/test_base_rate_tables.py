"""The tables that come with the package: whole in themselves, and beside published figures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from scipy import stats

from foedus.lenses.base_rate.classes import AGES, OBLIGATIONS, TABLES, age_band
from foedus.lenses.base_rate.kernel import joint_chance, together, yearly_force
from foedus.lenses.base_rate.model import Kind
from foedus.lenses.base_rate.sentences import KINDS, class_words
from foedus.lenses.base_rate.tables import Key, RateTable, read_tables, tables

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "published" / "base-rate.json").read_text(encoding="utf-8")
)
TEXT = files("foedus.lenses.base_rate").joinpath("rates.json").read_text("utf-8")
RAW: dict[str, Any] = json.loads(TEXT)
COUNTED_WHOLE = ("sponsors", "alliances", "established-sponsors")
"""Tables of which every row tells every attribute."""
EVERY = pytest.mark.parametrize("table", tables().values(), ids=tables())


def sisters(table: RateTable, end: str) -> Iterator[tuple[Key, str, list[Key]]]:
    """Every class that is cut by one attribute more: the wider key, by what, the narrower keys."""
    keys = table.counts[end]
    for key in keys:
        for attribute in table.order:
            if attribute in dict(key):
                continue
            cut = [
                k for k in keys if dict(k).items() > dict(key).items()
                and dict(k).keys() == {*dict(key), attribute}
            ]  # fmt: skip
            if cut:
                yield key, attribute, cut


# What holds of every table


def test_every_kind_of_pact_has_a_table_and_words() -> None:
    kinds = set(get_args(Kind))
    assert set(TABLES) == set(KINDS) == kinds
    assert set(TABLES.values()) == set(tables())


@EVERY
def test_sources_and_years_are_told(table: RateTable) -> None:
    assert re.search(r"\b(19|20)\d\d\b", table.cite)
    assert table.tie
    assert table.note.endswith(".")
    first, last = table.years
    assert 1815 <= first < last <= 2017


@EVERY
def test_counts_make_sense(table: RateTable) -> None:
    assert () in table.counts["any"]
    assert set(table.counts) <= {"any", "violation"}
    for keys in table.counts.values():
        for key, count in keys.items():
            assert 0 <= count.events <= count.rows
            assert count.rows > 0
            assert [a for a, _ in key] == [a for a in table.order if a in dict(key)]
            assert class_words(dict(key))
    for key, count in table.counts.get("violation", {}).items():
        assert count.events <= table.counts["any"][key].events
        assert count.rows == table.counts["any"][key].rows


@EVERY
def test_no_class_is_told_twice(table: RateTable) -> None:
    assert len(table.counts["any"]) == len(RAW[table.name]["rows"])


@EVERY
def test_values_are_those_the_lens_asks_for(table: RateTable) -> None:
    known = {
        "age": {age_band(table.name, age) for age in AGES.get(table.name, ())},
        "client": {"government", "rebels"},
        "troops": {"yes", "no"},
        "wartime": {"yes", "no"},
        "obligation": set(OBLIGATIONS),
        "cabinet": {"coalition"},
    }
    for key in table.counts["any"]:
        for attribute, value in key:
            assert value in known[attribute]


@EVERY
def test_narrower_classes_sum_to_the_wider_one(table: RateTable) -> None:
    for end, keys in table.counts.items():
        for wide, _, cut in sisters(table, end):
            rows = sum(keys[k].rows for k in cut)
            events = sum(keys[k].events for k in cut)
            if table.name in COUNTED_WHOLE:
                assert (rows, events) == (keys[wide].rows, keys[wide].events)
            else:
                assert rows <= keys[wide].rows
                assert events <= keys[wide].events


@EVERY
def test_what_was_fitted_is_finite_and_in_order(table: RateTable) -> None:
    assert set(table.worth) == set(table.order)
    assert all(np.isfinite(worth) and worth >= 1.0 for worth in table.worth.values())
    assert np.isfinite(table.design_effect)
    assert table.design_effect >= 1.0
    value, low, high = table.frailty
    assert 0.0 <= low <= value <= high
    assert table.members or high == 0.0
    era = table.era
    assert era.years.shape == era.mean.shape == era.sd.shape
    assert np.all(np.diff(era.years) > 0)
    assert np.all(np.isfinite(era.mean))
    assert np.all(era.sd > 0)
    assert era.step > 0


@pytest.mark.parametrize("name", ["sponsors", "alliances"])
def test_eras_are_told_to_the_year_after_the_last(name: str) -> None:
    table = tables()[name]
    assert table.era.years[-1] == table.years[1] + 1
    assert table.era.years[0] > table.years[0]
    assert np.all(np.diff(table.era.years) == 1)


@EVERY
def test_further_from_its_years_an_era_is_less_certain(table: RateTable) -> None:
    last, first = table.era.years[-1], table.era.years[0]
    for away in (range(1, 40, 4), range(0, 1)):
        spread = [table.era.at(last + years)[1] for years in away]
        assert all(a < b for a, b in pairwise(spread))
    later = [table.era.at(last + years) for years in (0, 10, 20)]
    assert {mean for mean, _ in later} == {table.era.mean[-1]}
    ten, twenty = (sd**2 - table.era.sd[-1] ** 2 for _, sd in later[1:])
    assert ten == pytest.approx(10 * table.era.step**2)
    assert twenty == pytest.approx(20 * table.era.step**2)
    earlier = [table.era.at(first - years)[1] for years in (0, 10, 20)]
    assert all(a < b for a, b in pairwise(earlier))


def test_a_year_within_uses_what_was_known_at_its_start() -> None:
    era = tables()["sponsors"].era
    for k in (0, 7, len(era.years) - 1):
        for part in (0.0, 0.4, 0.9):
            level, spread = era.at(era.years[k] + part)
            assert level == era.mean[k]
            assert spread == pytest.approx(era.sd[k], rel=0.05)


@EVERY
def test_a_chain_goes_from_wide_to_narrow(table: RateTable) -> None:
    for end, keys in table.counts.items():
        for key in keys:
            chain = table.chain(dict(key), end)
            assert chain[0].key == ()
            assert chain[-1].key == key
            for wide, narrow in pairwise(chain):
                assert narrow.key[: len(wide.key)] == wide.key
                assert narrow.count.rows <= wide.count.rows


def test_a_chain_ends_where_no_rows_are_left() -> None:
    table = tables()["alliances"]
    said = {"obligation": "neutrality", "wartime": "yes", "age": "40+"}
    assert (*said.items(),) not in table.counts["any"]
    assert dict(table.chain(said)[-1].key) == {"obligation": "neutrality", "wartime": "yes"}


@EVERY
def test_every_rate_is_drawn_towards_the_wider_one(table: RateTable) -> None:
    for end, keys in table.counts.items():
        for key in keys:
            chain = table.chain(dict(key), end)
            for wide, narrow in pairwise(chain):
                if narrow.count.given is None:
                    own = narrow.count.events / narrow.count.rows
                    ends = sorted((wide.rate.mean, own))
                    assert ends[0] - 1e-9 <= narrow.rate.mean <= ends[1] + 1e-9


@EVERY
def test_a_narrower_class_is_never_much_surer_than_a_wider_one(table: RateTable) -> None:
    """It has fewer rows; knowing more of a case takes away no doubt about the wider class."""
    for keys in table.counts.values():
        for key in keys:
            for wide, narrow in pairwise(table.chain(dict(key))):
                spread = [
                    np.diff(stats.beta.ppf((0.05, 0.95), step.rate.a, step.rate.b))[0]
                    / step.rate.mean
                    for step in (wide, narrow)
                ]
                assert spread[1] > 0.8 * spread[0], (wide.key, narrow.key)


@EVERY
def test_a_rate_that_is_given_has_counts_that_do_not_contradict_it(table: RateTable) -> None:
    """A yearly rate is below the share that ended over a whole life."""
    for count in table.counts["any"].values():
        if count.given is not None:
            assert 0.0 < count.given.mean < count.events / count.rows


def test_tables_are_read_from_text() -> None:
    read = read_tables(TEXT)
    assert list(read) == list(tables())
    assert read["sponsors"].counts == tables()["sponsors"].counts


# Beside published figures


def bounds(share: float, n: int) -> tuple[float, float]:
    """90 % interval of a share that was seen in n (Clopper & Pearson 1934)."""
    k = round(share * n)
    return float(stats.beta.ppf(0.05, k, n - k + 1)), float(stats.beta.ppf(0.95, k + 1, n - k))


TWO = PUBLISHED["two_sponsors"]
HAZARD = TWO["both_if_independent"] ** 0.5
"""Each sponsor's own yearly chance, as the figures imply."""


def pair(variance: float, hazard: float = HAZARD) -> tuple[float, float]:
    """Chance that both of two sponsors leave in a year, and that someone does."""
    force = yearly_force(np.array([hazard, hazard]), variance)
    both = joint_chance(force, np.array([True, True]), variance)
    return both, 1.0 - float(together(force.sum(), variance))


@pytest.mark.parametrize("place", [0, 1, 2], ids=["value", "low", "high"])
def test_the_frailty_reproduces_how_often_two_sponsors_leave_together(place: int) -> None:
    both, someone = pair(tables()["sponsors"].frailty[place])
    low, high = bounds(TWO["both_leave"], TWO["pair_years"])
    assert low <= both <= high
    low, high = bounds(TWO["someone_leaves"], TWO["pair_years"])
    assert low <= someone <= high


def test_independent_exits_do_not() -> None:
    low, _ = bounds(TWO["both_leave"], TWO["pair_years"])
    both, _ = pair(0.0)
    assert both == pytest.approx(TWO["both_if_independent"], rel=1e-9)
    assert both < low


def test_of_two_established_sponsors_someone_leaves_as_seldom_as_counted() -> None:
    seen = TWO["established"]
    low, high = bounds(seen["someone_leaves"], seen["pair_years"])
    for variance in tables()["established-sponsors"].frailty:
        assert (
            low <= pair(variance, PUBLISHED["established_sponsors"]["rows"][0]["rate"])[1] <= high
        )


@pytest.mark.parametrize("row", PUBLISHED["established_sponsors"]["rows"])
def test_established_sponsors_are_counted_as_published(row: dict[str, Any]) -> None:
    key = () if row["troops"] is None else (("troops", row["troops"]),)
    count = tables()["established-sponsors"].counts["any"][key]
    assert (count.rows, count.events) == (row["n"], row["ends"])
    within = PUBLISHED["established_sponsors"]["within"]
    assert count.events / count.rows == pytest.approx(row["rate"], abs=within)


def share(table: str, **said: str) -> float:
    count = tables()[table].counts["any"][tuple(said.items())]
    return count.events / count.rows


def test_sponsors_leave_less_often_the_longer_they_have_stayed() -> None:
    """The last band is left out: support that began before 1975 has an unknown age."""
    bands = [age_band("sponsors", age) for age in AGES["sponsors"][:-1]]
    by_age = [share("sponsors", age=band) for band in bands]
    assert all(a > b for a, b in pairwise(by_age))
    seen = PUBLISHED["sponsors"]["by_age"]
    assert share("sponsors", age="0") == pytest.approx(seen["0"], abs=0.03)
    assert share("sponsors", age="1") == pytest.approx(seen["1"], abs=0.04)
    assert min(seen["6"], seen["7"]) < share("sponsors", age="4-7") < seen["5"]


def test_rates_after_shrinkage_fall_with_age_too() -> None:
    bands = [age_band("sponsors", age) for age in AGES["sponsors"][:-1]]
    rates = [tables()["sponsors"].chain({"age": band})[-1].rate.mean for band in bands]
    assert all(a > b for a, b in pairwise(rates))


def test_clients_differ_the_way_that_is_published() -> None:
    seen = PUBLISHED["sponsors"]
    for client, rate in seen["client"].items():
        assert share("sponsors", client=client) == pytest.approx(rate, abs=0.025)
    assert share("sponsors", client="government") < share("sponsors", client="rebels")
    assert share("sponsors") == pytest.approx(seen["all"], abs=0.02)


def life_table(level: float = 0.0) -> dict[int, float]:
    """Share of alliances in force after some years, by the table's counts of each band of ages.

    `level` is added to every yearly chance's log odds.
    """
    alive, out = 1.0, {}
    for age in range(20):
        rate = share("alliances", age=age_band("alliances", age))
        odds = rate / (1.0 - rate) * np.exp(level)
        alive *= 1.0 / (1.0 + odds)
        out[age + 1] = float(alive)
    return out


def test_alliances_last_as_published_or_shorter_before_1990() -> None:
    """The table ends in 1989, the published figures in 2016: since 1945 treaties end seldom.

    So in the first year the two agree, and later the table is below: by at most a fifth of all
    alliances. At the level of the table's last years it is above, so that the published share lies
    between what all years to 1989 give and what the last of them give.
    """
    seen = {int(years): held for years, held in PUBLISHED["alliances"]["in_force_after"].items()}
    whole, lately = life_table(), life_table(float(tables()["alliances"].era.mean[-1]))
    assert whole[1] == pytest.approx(seen[1], abs=0.02)
    for years in (5, 10, 20):
        assert seen[years] - 0.2 < whole[years] < seen[years] < lately[years]


def test_treaties_of_nonaggression_alone_end_less_often_than_others() -> None:
    """The published ratio is of all that hold the obligation, the class of those with no more."""
    ratio = PUBLISHED["alliances"]["nonaggression_hazard_ratio"]
    counts = tables()["alliances"].counts["any"]
    these, every = counts[(("obligation", "nonaggression"),)], counts[()]
    rest = (every.events - these.events) / (every.rows - these.rows)
    assert these.events / these.rows / rest < ratio["high"]


def test_wartime_treaties_end_more_often_by_the_published_ratio() -> None:
    ratio = PUBLISHED["alliances"]["wartime_hazard_ratio"]
    found = share("alliances", wartime="yes") / share("alliances", wartime="no")
    assert ratio["low"] < found < ratio["high"]


def test_shrinkage_leaves_something_of_the_published_wartime_ratio() -> None:
    """An effect whose interval excludes 1 is not drawn away altogether."""
    rate = {
        made: tables()["alliances"].chain({"obligation": "defense", "wartime": made})[-1].rate.mean
        for made in ("yes", "no")
    }
    assert rate["yes"] / rate["no"] > 1.2


def test_war_partners_are_counted_as_published() -> None:
    seen = PUBLISHED["war_partners"]
    count = tables()["war-partners"].counts["any"][()]
    assert (count.rows, count.events) == (seen["partners"], seen["left_before_the_end"])
    assert count.events / count.rows == pytest.approx(seen["share"], abs=5e-4)
