"""Class rates: counts, shrinkage and clusters, by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models_toy import alliances, some, sponsors

from foedus.lenses.base_rate.kernel import concentration, narrowed
from foedus.record.models import fit, predict
from foedus.record.models.discounted import HALF_LIFE, PRIOR_ROWS
from foedus.record.models.hierarchical import count_classes, design_effect, labels, worths
from foedus.record.panels import Panel


def panel(frame: dict[str, Any], task: str = "sponsor-exit") -> Panel:
    return Panel.of(frame, task)


def clusters(ids: list[int], events: list[int]) -> Panel:
    n = len(ids)
    return panel({"year": [2000] * n, "age": [0] * n, "exit": events, "conf": ids})


def test_labels_by_hand() -> None:
    told = labels(panel({
        "year": [2000] * 6, "age": [0, 1, 3, 4, 7, 40], "exit": [0] * 6, "conf": [1] * 6,
        "rebel": [0.0, 1.0, np.nan, 0.5, 1.0, 0.0], "troops": [1.0, 0.0, np.nan, 1.0, 0.0, 0.0],
    }))  # fmt: skip
    assert list(told) == ["age", "client", "troops"]
    assert told["age"].tolist() == ["0", "1", "2-3", "4-7", "4-7", "8+"]
    assert told["client"].tolist() == ["government", "rebels", "", "", "rebels", "government"]
    assert told["troops"].tolist() == ["yes", "no", "", "yes", "no", "no"]


def test_a_treaty_counts_by_its_strongest_obligation() -> None:
    told = labels(panel({
        "year": [1900] * 5, "age": [0, 5, 10, 39, 40], "any": [0] * 5, "atopid": range(5),
        "offense": [1, 0, 0, 0, 0], "defense": [1, 1, 0, 0, 0], "neutral": [0, 1, 1, 0, 0],
        "nonagg": [1, 1, 1, 1, 0], "consul": [1, 1, 1, 1, 0], "wartime": [0, 1, 0, 1, np.nan],
    }, "alliance-end"))  # fmt: skip
    assert list(told) == ["obligation", "wartime", "age"]
    assert told["obligation"].tolist() == ["offense", "defense", "neutrality", "nonaggression", ""]
    assert told["wartime"].tolist() == ["no", "yes", "no", "yes", ""]
    assert told["age"].tolist() == ["0-1", "5-9", "10-19", "20-39", "40+"]


def counted(told: dict[str, Any], order: list[str], event: np.ndarray) -> dict[Any, Any]:
    """The counts of classes by a plain loop over attributes and rows."""
    out: dict[Any, tuple[int, int]] = {}
    for size in range(len(order) + 1):
        for names in combinations(order, size):
            for row in range(event.size):
                values = [str(told[name][row]) for name in names]
                if "" in values:
                    continue
                key = tuple(zip(names, values, strict=True))
                n, e = out.get(key, (0, 0))
                out[key] = (n + 1, e + int(event[row]))
    return out


@settings(max_examples=30, deadline=None)
@given(st.lists(
    st.tuples(st.sampled_from("xy"), st.sampled_from(["", "p", "q"]), st.sampled_from(["", "u"]),
              st.integers(0, 1)), min_size=1, max_size=30,
))  # fmt: skip
def test_classes_are_counted_as_by_a_plain_loop(rows: list[tuple[str, str, str, int]]) -> None:
    order = ["a", "b", "c"]
    told = {name: np.array([row[k] for row in rows]) for k, name in enumerate(order)}
    event = np.array([float(row[3]) for row in rows])
    assert count_classes(told, order, event) == counted(told, order, event)


def test_a_rate_is_the_narrowing_of_its_classes() -> None:
    frame = sponsors(500)
    frame["exit"] = np.where(frame["conf"] % 5 == 0, 1.0, frame["exit"])  # conflicts that end
    train = panel(frame)
    fitted = fit("sponsor-exit", train, "class-rates")
    said = fitted.describe()
    told = labels(train)
    effect = design_effect(train)
    assert effect > 2.0
    assert said["design_effect"] == pytest.approx(effect)
    p = predict(fitted, train)
    order = ["age", "client", "troops"]
    assert list(said["order"]) == order
    for row in range(0, 500, 7):
        rows, events = [], []
        same = np.ones(500, dtype=bool)
        for name in (None, *order):
            if name is not None:
                same &= told[name] == told[name][row]
            rows.append(same.sum() / effect)
            events.append(train.event[same].sum() / effect)
        worth = np.array([0.0, *(said["worth"][name] for name in order)])
        chain = narrowed(np.array(events), np.array(rows), worth)
        assert p[row] == pytest.approx(chain[-1].mean, rel=1e-12)
        mean = (events[0] + 0.5) / (rows[0] + 1.0)  # the same once more, without the kernel
        for k in (1, 2, 3):
            mean = (events[k] + worth[k] * mean) / (rows[k] + worth[k])
        assert p[row] == pytest.approx(mean, rel=1e-12)


SISTERS = {
    (): (260, 60), ("a",): (100, 10), ("b",): (100, 35), ("c",): (60, 15),
    ("a", "x"): (60, 3), ("a", "y"): (40, 7), ("b", "x"): (40, 16), ("b", "y"): (60, 19),
}  # fmt: skip


@pytest.mark.parametrize("effect", [1.0, 2.5])
def test_what_a_wider_class_is_worth_is_told_by_sisters(effect: float) -> None:
    found = worths(SISTERS, 2, effect)
    events, rows = np.array([10.0, 35.0, 15.0]), np.array([100.0, 100.0, 60.0])
    first = concentration(events / effect, rows / effect, np.array([0, 0, 0]))
    assert found[0] == pytest.approx(first, rel=1e-6)
    events, rows = np.array([3.0, 7.0, 16.0, 19.0]), np.array([60.0, 40.0, 40.0, 60.0])
    second = concentration(events / effect, rows / effect, np.array([0, 0, 1, 1]))
    assert found[1] == pytest.approx(second, rel=1e-6)


def test_sisters_far_apart_are_drawn_less_than_sisters_alike() -> None:
    apart = worths({(): (2000, 500), ("a",): (1000, 50), ("b",): (1000, 450)}, 1, 1.0)
    alike = worths({(): (2000, 500), ("a",): (1000, 245), ("b",): (1000, 255)}, 1, 1.0)
    assert 20.0 * apart[0] < alike[0]
    fewer = worths({(): (2000, 500), ("a",): (1000, 220), ("b",): (1000, 280)}, 1, 4.0)
    assert fewer[0] > worths({(): (2000, 500), ("a",): (1000, 220), ("b",): (1000, 280)}, 1, 1.0)[0]


def test_classes_that_do_not_differ_are_drawn_together() -> None:
    frame = sponsors(4000, seed=1)
    rng = np.random.default_rng(2)
    alike = frame | {"exit": (rng.uniform(size=4000) < 0.2).astype(float)}
    p = predict(fit("sponsor-exit", alike, "class-rates"), frame)
    apart = frame | {"exit": (rng.uniform(size=4000) < np.where(frame["age"] < 4, 0.5, 0.1)) * 1.0}
    q = predict(fit("sponsor-exit", apart, "class-rates"), frame)
    assert np.ptp(p) < 0.08  # the weak prior keeps a little of what is chance
    assert np.ptp(q) > 0.3


def test_classes_not_seen_fall_back_to_wider_ones() -> None:
    frame = sponsors(600)
    young = some(frame, frame["age"] < 8)
    fitted = fit("sponsor-exit", young, "class-rates")
    test = {"year": [2000, 2000], "age": [8, 30], "rebel": [1.0, 0.0], "troops": [0.0, 1.0]}
    effect = design_effect(panel(young))
    n, e = young["exit"].size / effect, young["exit"].sum() / effect
    np.testing.assert_allclose(predict(fitted, test), (e + 0.5) / (n + 1.0), rtol=1e-12)


def test_what_a_row_does_not_say_leaves_it_in_the_wider_class() -> None:
    frame = sponsors(600)
    fitted = fit("sponsor-exit", frame, "class-rates")
    ages = {"year": [2000] * 4, "age": [0, 1, 5, 9]}
    blank = predict(fitted, ages)
    unsaid = predict(fitted, ages | {"rebel": [np.nan] * 4, "troops": [np.nan] * 4})
    np.testing.assert_array_equal(unsaid, blank)
    alone = {name: frame[name] for name in ("year", "age", "exit", "conf")}
    np.testing.assert_allclose(
        predict(fit("sponsor-exit", alone, "class-rates"), ages), blank, rtol=1e-12
    )


def test_the_design_effect_by_hand() -> None:
    # totals off the mean: 2 rows of 1 and 2 of 0 about one half are 1 and -1; their variance,
    # 2 (1 + 1) / (2 - 1) = 4, against 4 rows of 1/4 4/3
    assert design_effect(clusters([7, 7, 9, 9], [1, 1, 0, 0])) == pytest.approx(3.0)
    # a third: totals 1, -2/3 and -1/3 off it: 3/2 of 14/9, against 6 of 2/9 · 6/5
    told = design_effect(clusters([1, 1, 1, 2, 2, 3], [1, 1, 0, 0, 0, 0]))
    assert told == pytest.approx(1.5 * 14 / 9 / (6 * 2 / 9 * 6 / 5))


def test_the_design_effect_of_one_cluster_and_of_none() -> None:
    assert design_effect(clusters([5, 5, 5], [1, 0, 0])) == 3.0  # one cluster is worth one row
    rng = np.random.default_rng(3)
    apart = clusters(list(range(1000)), rng.integers(0, 2, 1000).tolist())
    assert design_effect(apart) == pytest.approx(1.0)
    # each cluster the same share: rows tell more than apart, and no more is believed than apart
    assert design_effect(clusters([1, 1, 2, 2, 3, 3], [1, 0, 0, 1, 1, 0])) == 1.0


def test_the_design_effect_of_clusters_that_share_is_known() -> None:
    """Clusters of 10 with correlation 1/6 of their rows: 1 + 9/6 (Kish 1965, 5.4)."""
    rng = np.random.default_rng(8)
    share = np.repeat(rng.beta(1.0, 4.0, 3000), 10)
    told = clusters(np.repeat(np.arange(3000), 10).tolist(), (rng.uniform(size=30_000) < share) * 1)
    assert design_effect(told) == pytest.approx(1.0 + 9.0 / 6.0, rel=0.08)


def test_the_discounted_rate_by_hand() -> None:
    assert (HALF_LIFE, PRIOR_ROWS) == (15.0, 20.0)
    frame = {
        "year": [2000, 2000, 1985, 1970, 1970], "age": [0] * 5, "exit": [1, 0, 0, 1, 0],
        "conf": range(5),
    }  # fmt: skip
    recent = 1.0 + 1.0 + 0.5 + 0.25 + 0.25
    rate = (1.0 + 0.25 + 20.0 * 0.4) / (recent + 20.0)
    fitted = fit("sponsor-exit", frame, "discounted-rate")
    np.testing.assert_allclose(predict(fitted, sponsors(9)), rate, rtol=1e-12)
    assert fitted.describe()["rate"] == pytest.approx(rate, rel=1e-12)


def test_the_discounted_rate_follows_the_last_years() -> None:
    year = np.repeat(np.arange(1900, 2000), 20)
    event = np.where(year < 1950, 1.0, 0.0)
    frame = {"year": year, "age": year * 0, "any": event, "atopid": np.arange(year.size)}
    p = predict(fit("alliance-end", frame, "discounted-rate"), alliances(3))
    assert (p < 0.15).all()
    early = {name: values[year < 1955] for name, values in frame.items()}
    assert (predict(fit("alliance-end", early, "discounted-rate"), alliances(3)) > 0.7).all()
