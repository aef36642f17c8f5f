"""The base_rate lens on pacts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest
from base_rate_toy import (
    DEFENCE,
    ESTABLISHED,
    FOUR_YEARS,
    PLAIN_SPONSORS,
    SPONSORS,
    of_kind,
    pact_with,
)
from lens_contract import LensContract, drawn, look, told
from scipy import stats

from foedus.case import Case
from foedus.lenses.base_rate.tables import tables
from foedus.lenses.lens import Draws, Finding, Floats, Outcome
from foedus.lenses.table import LENSES

LENS = LENSES["base_rate"]
AS_OF = "as_of: 2016-06-12"
HORIZON = "horizon: 2016-12-31"
EVIDENCE = (
    ("date: 2016-05, reliability", "date: 1930-05, reliability"),
    ("date: 2016-04-01, credibility", "date: 1930-04-01, credibility"),
    ("outcome: {held: true, on: 2016-12-31, says: It held.}\n", ""),
)
"""So that the toy may be judged at any date after 1930."""


def at_modes(case: Case) -> Outcome:
    return look(LENS, case, Draws.at_modes(case))


def sure(case: Case, deviation: float = 0.0) -> Outcome:
    """At the modes, with the class's rate so many standard deviations up."""
    return at_modes(case.with_values({"base_rate.rate_deviation": deviation}))


def judged_in(year: int, years: int, words: str, *, more: str = "") -> Case:
    """The toy judged in one year about the years that follow."""
    return of_kind(
        words,
        (AS_OF, f"as_of: {year}-06-12"),
        (HORIZON, f"horizon: {year + years}-06-12"),
        *EVIDENCE,
        more=more,
    )


class OfBaseRate(LensContract):
    lens = LENS
    incomplete = pact_with("base_rate: {}\n")
    close = 1e-12

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        return {
            f"{member} {what} {end}": value
            for member, row in finding.data["members"].items()
            for what, interval in row.items()
            for end, value in interval.items()
        }

    def test_it_names_the_class_it_lacks(self) -> None:
        assert self.lens.missing(self.incomplete) == ("base_rate.reference_class",)


class TestBaseRateOfSponsors(OfBaseRate):
    case = pact_with(SPONSORS)


class TestBaseRateOfATreaty(OfBaseRate):
    case = pact_with(DEFENCE + "  end: violation\n")


class TestBaseRateOfEstablishedSponsors(OfBaseRate):
    case = pact_with(ESTABLISHED)


# Survival, by ways of its own


@pytest.mark.parametrize("horizon", ["2016-12-31", "2018-12-12", "2020-06-12"])
def test_without_an_age_both_stay_as_the_shared_frailty_says(horizon: str) -> None:
    """The frailty is integrated out year by year, on a grid of its quantiles."""
    case = pact_with(PLAIN_SPONSORS, (HORIZON, f"horizon: {horizon}"))
    outcome = sure(case)
    yearly = float(outcome.arrays["yearly"][0, 0])
    v = tables()["sponsors"].frailty[0]
    frailty = stats.gamma.ppf((np.arange(200_000) + 0.5) / 200_000, 1.0 / v, scale=v)
    force = ((1.0 - yearly) ** -v - 1.0) / v
    span = (case.horizon - case.as_of).days / 365.25
    shares = [1.0] * int(span) + [span - int(span)]
    both = np.prod([np.exp(-2.0 * force * part * frailty).mean() for part in shares])
    one = np.prod([np.exp(-force * part * frailty).mean() for part in shares])
    assert outcome.arrays["holds"][0] == pytest.approx(float(both), abs=1e-4)
    np.testing.assert_allclose(outcome.arrays["stays"][0], float(one), atol=1e-4)


def test_a_tie_ages_on_its_way_to_the_horizon() -> None:
    """Four years from the start: the chances of a tie of 0, 1, 2 and 3 years, one after another."""
    yearly = [
        sure(of_kind(f"kind: rebel-sponsor, age: {age}")).arrays["yearly"][0, 0]
        for age in (0, 1, 2, 3)
    ]
    assert yearly[0] > yearly[1] > yearly[2] == yearly[3]
    outcome = sure(of_kind("kind: rebel-sponsor, age: 0", FOUR_YEARS))
    np.testing.assert_allclose(
        outcome.arrays["stays"][0], np.prod(1.0 - np.array(yearly)), rtol=1e-9
    )


@pytest.mark.parametrize(("age", "band"), [(0.0, 0), (0.99, 0), (1.0, 1), (3.9, 2), (8.0, 4)])
def test_an_age_counts_in_whole_years(age: float, band: int) -> None:
    starts = (0, 1, 2, 4, 8)
    same, own = (
        sure(of_kind(f"kind: rebel-sponsor, age: {years}")).arrays["yearly"][0, 0]
        for years in (starts[band], age)
    )
    assert own == same


def test_the_curve_falls_from_one_to_the_answer() -> None:
    case = pact_with(SPONSORS, FOUR_YEARS)
    arrays = look(LENS, case, drawn(case)).arrays
    assert np.all(arrays["curve"][:, 0] == 1.0)
    np.testing.assert_array_equal(arrays["curve"][:, -1], arrays["holds"])
    assert np.all(np.diff(arrays["curve"], axis=1) < 0.0)
    least = arrays["stays"].min(axis=1)
    assert np.all(arrays["holds"] <= least + 1e-12)
    assert np.all(arrays["holds"] >= arrays["stays"].prod(axis=1) - 1e-12)


def test_a_middle_of_the_curve_is_the_answer_to_a_nearer_horizon() -> None:
    """Of twelve equal parts of four years, the sixth ends after two."""
    curve = sure(pact_with(SPONSORS, FOUR_YEARS)).arrays["curve"][0]
    near = sure(pact_with(SPONSORS, (HORIZON, "horizon: 2018-06-12"))).arrays["holds"][0]
    assert curve[6] == pytest.approx(near, abs=2e-4)  # 730 days are a little under two years


def test_a_century_is_the_furthest_looked_at() -> None:
    far = sure(pact_with(DEFENCE, (HORIZON, "horizon: 2116-06-30"), FAR_OUTCOME))
    further = sure(pact_with(DEFENCE, (HORIZON, "horizon: 2316-06-30"), FAR_OUTCOME))
    assert far.arrays["holds"][0] == pytest.approx(further.arrays["holds"][0], abs=1e-12)


FAR_OUTCOME = ("outcome: {held: true, on: 2016-12-31, says: It held.}\n", "")


# Members and the pact


def test_a_member_that_differs_has_a_rate_of_its_own() -> None:
    finding = told(LENS, pact_with(SPONSORS))
    classes = finding.data["classes"]
    assert classes["north"][-1]["class"] == {"age": "0", "client": "government"}
    assert classes["south"][-1]["class"] == {"age": "2-3", "client": "government"}
    members = finding.data["members"]
    assert members["north"]["yearly"]["value"] > members["south"]["yearly"]["value"]
    assert members["north"]["stays"]["value"] < members["south"]["stays"]["value"]


def test_only_those_asked_about_count() -> None:
    one = pact_with(PLAIN_SPONSORS).with_values({"pact.holds_while": ["south"]})
    outcome = sure(one)
    assert outcome.arrays["stays"].shape == (1, 1)
    assert outcome.arrays["holds"][0] == pytest.approx(outcome.arrays["stays"][0, 0], abs=1e-12)


@pytest.mark.parametrize("kind", ["treaty-alliance", "coalition-government", "cartel"])
def test_where_the_table_speaks_of_the_pact_members_share_its_rate(kind: str) -> None:
    two = of_kind(f"kind: {kind}")
    three = two.with_values({"pact.members": ["north", "south", "envoy"]})
    one = two.with_values({"pact.holds_while": ["south"]})
    outcomes = [sure(case) for case in (one, two, three)]
    for outcome in outcomes:
        holds = outcomes[0].arrays["holds"][0]
        assert outcome.arrays["holds"][0] == pytest.approx(holds, rel=1e-12)
        assert outcome.arrays["stays"].prod() == pytest.approx(holds, rel=1e-12)
        staying = np.prod(1.0 - outcome.arrays["yearly"])
        assert staying == pytest.approx(1.0 - outcomes[0].arrays["yearly"][0, 0], rel=1e-12)
    finding = told(LENS, two)
    assert finding.data["shared_alike"]
    assert list(finding.data["classes"]) == ["pact"]
    assert finding.data["together"] is None
    assert any("not who ended it" in reason for reason in finding.reasons)


@pytest.mark.parametrize("obligation", ["offense", "defense", "neutrality", "consultation"])
def test_treaties_are_violated_less_often_than_they_end(obligation: str) -> None:
    words = f"kind: treaty-alliance, obligations: [{obligation}]"
    ends, breaks = sure(of_kind(words)), sure(of_kind(words, more="  end: violation\n"))
    assert breaks.arrays["yearly"][0, 0] < ends.arrays["yearly"][0, 0]
    assert breaks.arrays["holds"][0] > ends.arrays["holds"][0]


def test_a_treaty_counts_by_its_strongest_obligation() -> None:
    both, one = (
        sure(of_kind(f"kind: treaty-alliance, obligations: [{words}]")).arrays["yearly"]
        for words in ("consultation, defense", "defense")
    )
    np.testing.assert_array_equal(both, one)


# What is uncertain


def log_odds(p: Floats) -> Floats:
    return np.asarray(np.log(p) - np.log1p(-p))


def width(case: Case) -> float:
    """Between the log odds of a yearly rate a deviation down and one up."""
    down, up = (log_odds(sure(case, z).arrays["yearly"][0, 0]) for z in (-1.0, 1.0))
    return float(up - down)


def test_the_deviation_is_in_standard_deviations_of_the_rate() -> None:
    for section in (PLAIN_SPONSORS, ESTABLISHED, DEFENCE):
        case = pact_with(section).with_values({"pact.holds_while": ["south"]})
        yearly = [sure(case, z).arrays["yearly"][0, 0] for z in (-2.0, 0.0, 1.0, 2.0)]
        odds = log_odds(np.array(yearly))
        assert odds[3] - odds[1] == pytest.approx(2.0 * (odds[2] - odds[1]), rel=1e-9)
        assert odds[1] - odds[0] == pytest.approx(odds[3] - odds[1], rel=1e-9)
        holds = [sure(case, z).arrays["holds"][0] for z in (-2.0, 0.0, 2.0)]
        assert holds[0] > holds[1] > holds[2]


def test_a_rate_is_at_least_as_uncertain_as_its_class_and_its_era() -> None:
    """Eras and classes by formulas of their own, from the finding's and the table's figures."""
    case = pact_with(ESTABLISHED)
    finding = told(LENS, case)
    step = finding.data["classes"]["north"][-1]["rate"]
    own = (log_odds(np.array(step["high"])) - log_odds(np.array(step["low"]))) / (2 * 1.645)
    era = tables()["established-sponsors"].era
    assert width(case) / 2.0 > float(own) * 0.9
    assert width(case) / 2.0 == pytest.approx(float(np.hypot(own, era.sd[-1])), rel=0.05)


@pytest.mark.parametrize(
    "words", ["kind: government-sponsor", "kind: established-sponsor", "kind: treaty-alliance"]
)
def test_the_further_from_the_table_the_wider(words: str) -> None:
    widths = [width(judged_in(year, 1, words)) for year in (2018, 2030, 2060)]
    assert widths[0] < widths[1] < widths[2]


@pytest.mark.parametrize("words", ["kind: government-sponsor", "kind: treaty-alliance"])
def test_the_further_the_horizon_the_wider(words: str) -> None:
    """By the hazard of the years ahead: -log of what a year leaves of those who stayed so far."""
    one = of_kind(words, (HORIZON, "horizon: 2028-06-12"), FAR_OUTCOME).with_values(
        {"pact.holds_while": ["south"]}
    )
    curves = [sure(one, z).arrays["curve"][0] for z in (-1.0, 1.0)]
    low, high = (np.diff(-np.log(curve)) for curve in curves)  # twelve years, one a point
    spread = np.log(high) - np.log(low)
    assert np.all(np.diff(spread) > -1e-3)
    assert spread[-1] > spread[0] + 1e-3


def test_a_case_is_judged_at_the_level_of_its_time() -> None:
    """Treaties ended more often before 1945; the level is what was known then."""
    before, after = (
        sure(judged_in(year, 1, "kind: treaty-alliance")).arrays["yearly"][0, 0]
        for year in (1946, 1985)
    )
    era = tables()["alliances"].era
    assert era.at(1946.5)[0] > era.at(1985.5)[0]
    assert before > after


# What it says of the case


def test_a_class_without_rows_falls_back_and_says_so() -> None:
    words = "kind: treaty-alliance, obligations: [neutrality], wartime: true"
    old = told(LENS, of_kind(f"{words}, age: 50"))
    assert old.data["distance"]["fell_back"] == {"pact": ["age"]}
    assert any(
        "No rows for the pact by age: the wider class is used" in line for line in old.warnings
    )
    chain = old.data["classes"]["pact"]
    assert chain[-1]["class"] == {"obligation": "neutrality", "wartime": "yes"}
    young = told(LENS, of_kind(f"{words}, age: 3"))
    assert young.data["distance"]["fell_back"] == {}
    wider = told(LENS, of_kind(words))
    same = {"base_rate.rate_deviation": 0.3}
    rates = [
        at_modes(of_kind(said).with_values(same)).arrays["yearly"][0, 0]
        for said in (f"{words}, age: 50", words)
    ]
    assert rates[0] == rates[1]
    assert wider.data["distance"]["not_said"] == ["age"]


@pytest.mark.parametrize(
    "words", ["kind: established-sponsor", "kind: war-coalition", "kind: cartel"]
)
def test_an_age_that_the_table_cannot_use_is_told(words: str) -> None:
    finding = told(LENS, of_kind(f"{words}, age: {{mode: 5, low: 4, high: 8}}"))
    assert any(re.search(r"\bage\b", line) and "table" in line for line in finding.warnings)


def test_a_thin_class_is_told_with_its_rows() -> None:
    finding = told(LENS, of_kind("kind: rebel-sponsor, troops: true, age: 3"))
    assert finding.data["distance"]["thin"] == {"north": 4, "south": 4}
    assert any("Only 4 rows for Northland" in line for line in finding.warnings)


def test_what_the_case_leaves_open_is_told() -> None:
    finding = told(LENS, pact_with(PLAIN_SPONSORS))
    assert finding.data["distance"]["not_said"] == ["age", "troops"]
    assert any("does not say age and troops" in line for line in finding.warnings)
    full = told(LENS, of_kind("kind: government-sponsor, troops: false, age: 2"))
    assert full.data["distance"]["not_said"] == []
    assert not any("does not say" in line for line in full.warnings)


@pytest.mark.parametrize(
    ("year", "words", "says"),
    [
        (2040, "kind: government-sponsor", ("ends in 1999, 40 years before this case",)),
        (1990, "kind: government-sponsor", ("goes on to 1999, after this case",)),
        (1950, "kind: government-sponsor", ("begins in 1975, after this case",)),
        (1950, "kind: cartel", ("begins in 1990, after this case",)),
        (2003, "kind: government-sponsor", ()),
    ],
)
def test_a_date_outside_the_tables_years_is_warned_of(
    year: int, words: str, says: tuple[str, ...]
) -> None:
    lines = told(LENS, judged_in(year, 1, words), 8).warnings
    dated = [line for line in lines if line.startswith("The table ")]
    for words_said in says:
        assert any(words_said in line for line in dated)
    if not says:
        assert dated == []


@pytest.mark.parametrize("kind", ["government-sponsor", "treaty-alliance", "war-coalition"])
def test_every_rate_is_told_with_its_count_source_and_years(kind: str) -> None:
    finding = told(LENS, of_kind(f"kind: {kind}"))
    table = tables()[finding.data["table"]["name"]]
    assert finding.data["table"]["cite"] == table.cite
    assert any(table.cite in reason and str(table.years[1]) in reason for reason in finding.reasons)
    for chain in finding.data["classes"].values():
        for step in chain:
            count = table.counts["any"][tuple(step["class"].items())]
            assert (step["n"], step["ends"]) == (count.rows, count.events)
            assert step["rate"]["low"] < step["rate"]["value"] < step["rate"]["high"]


def test_the_rate_that_is_told_is_the_one_that_is_used() -> None:
    """Where the era moves the class's rate by much, the reasons say so beside the class's own."""
    finding = told(LENS, pact_with(DEFENCE))
    own = finding.data["classes"]["pact"][-1]["rate"]["value"]
    used = 1.0 - (1.0 - finding.data["members"]["north"]["yearly"]["value"]) ** 2
    assert used < 0.7 * own
    said = " ".join(finding.reasons)
    assert f"{100 * used:.2g}" in said or "era" in said or "level" in said


def test_the_frailty_is_told_with_its_interval() -> None:
    finding = told(LENS, pact_with(PLAIN_SPONSORS))
    value, low, high = tables()["sponsors"].frailty
    assert finding.data["together"] == {"value": value, "low": low, "high": high}
    assert any("Exits come together" in reason for reason in finding.reasons)


def test_pictures_show_the_curve_and_the_classes() -> None:
    case = pact_with(SPONSORS)
    finding = told(LENS, case)
    pictures = LENS.pictures(case, finding)
    assert [picture.name for picture in pictures] == ["base-rate-survival", "base-rate-classes"]
    for picture in pictures:
        assert picture.caption.endswith(".")
        assert picture.spec["$schema"].startswith("https://vega.github.io")
