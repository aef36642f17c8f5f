"""From two small panels to the tables of the lens: counts by hand, and read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rates_toy import write

from foedus.lenses.base_rate.tables import RateTable, read_tables, tables
from foedus.record.models.drifting import DRIFTS
from foedus.record.models.hierarchical import design_effect, fit_hierarchical
from foedus.record.panels import Panel
from foedus.record.rates.__main__ import made, main
from foedus.record.rates.counting import as_table


def sponsors() -> dict[str, Any]:
    rng = np.random.default_rng(1)
    n = 300
    tie = np.arange(n) // 2
    return {
        "year": 1980 + tie % 15, "age": np.array([0, 1, 3, 5, 12] * 60), "actor": tie // 15,
        "dyad": tie // 15, "sid": np.arange(n), "conf": tie // 30,
        "exit": (rng.uniform(size=n) < 0.3).astype(int), "rebel": (tie // 15) % 2,
        "troops": rng.integers(0, 2, n),
    }  # fmt: skip


def alliances() -> dict[str, Any]:
    rng = np.random.default_rng(2)
    n = 400
    end = rng.uniform(size=n) < 0.2
    return {
        "year": 1900 + np.arange(n) % 40, "age": np.arange(n) % 60, "atopid": np.arange(n) // 40,
        "any": end.astype(int), "viol": (end & (rng.uniform(size=n) < 0.5)).astype(int),
        "defense": rng.integers(0, 2, n), "offense": np.zeros(n, dtype=int),
        "neutral": rng.integers(0, 2, n), "nonagg": np.ones(n, dtype=int),
        "consul": np.ones(n, dtype=int), "wartime": rng.integers(0, 2, n),
    }  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, RateTable]]:
    folder = tmp_path_factory.mktemp("rates")
    paths = [
        write(str(folder / "s.parquet"), sponsors()), write(str(folder / "a.parquet"), alliances())
    ]  # fmt: skip
    out = folder / "rates.json"
    main([*paths, str(out)])
    return out, read_tables(out.read_text("utf-8"))


Read = tuple[Path, dict[str, RateTable]]


def test_every_table_that_the_package_has_is_made(written: Read) -> None:
    assert set(written[1]) == set(tables())
    for name in ("war-partners", "cabinets", "cartels", "established-sponsors"):
        assert written[1][name].cite == tables()[name].cite


def test_sponsors_are_counted(written: Read) -> None:
    told, frame = written[1]["sponsors"], sponsors()
    assert (told.order, told.members) == (("age", "client", "troops"), True)
    assert told.years == (1980, 1994)
    counts = told.counts["any"]
    assert (counts[()].rows, counts[()].events) == (300, frame["exit"].sum())
    band = {0: "0", 1: "1", 3: "2-3", 5: "4-7", 12: "8+"}
    for age in band:
        for rebel in (0, 1):
            for troops in (0, 1):
                rows = [
                    k for k in range(300)
                    if (frame["age"][k], frame["rebel"][k], frame["troops"][k])
                    == (age, rebel, troops)
                ]  # fmt: skip
                key = (
                    ("age", band[age]), ("client", ("government", "rebels")[rebel]),
                    ("troops", ("no", "yes")[troops]),
                )  # fmt: skip
                assert counts[key].rows == len(rows)
                assert counts[key].events == sum(frame["exit"][k] for k in rows)
    lone = counts[(("troops", "yes"),)]
    assert (lone.rows, lone.events) == (
        frame["troops"].sum(), (frame["troops"] * frame["exit"]).sum()
    )  # fmt: skip


def test_alliances_are_counted_by_end(written: Read) -> None:
    told, frame = written[1]["alliances"], alliances()
    assert (told.order, told.members) == (("obligation", "wartime", "age"), False)
    assert told.frailty == (0.0, 0.0, 0.0)
    strongest = [
        "defense" if d else "neutrality" if n else "nonaggression"
        for d, n in zip(frame["defense"], frame["neutral"], strict=True)
    ]
    for end, column in (("any", "any"), ("violation", "viol")):
        for kind in set(strongest):
            for war, word in ((0, "no"), (1, "yes")):
                rows = [
                    k for k in range(400) if strongest[k] == kind and frame["wartime"][k] == war
                ]  # fmt: skip
                count = told.counts[end][(("obligation", kind), ("wartime", word))]
                assert count.rows == len(rows)
                assert count.events == sum(frame[column][k] for k in rows)


def test_what_is_fitted_is_told(written: Read) -> None:
    for name, frame, task in (
        ("sponsors", sponsors(), "sponsor-exit"), ("alliances", alliances(), "alliance-end")
    ):  # fmt: skip
        panel, told = Panel.of(frame, task), written[1][name]
        assert told.design_effect == pytest.approx(design_effect(panel), abs=5e-4)
        fitted = fit_hierarchical(panel)
        np.testing.assert_allclose([told.worth[k] for k in fitted.order], fitted.worth, atol=0.05)
        assert told.era.step == DRIFTS[task].step
        assert told.era.years[-1] == panel.year.max() + 1
        assert told.era.at(2020.0)[1] > told.era.sd[-1]
    low, high = written[1]["sponsors"].frailty[1:]
    assert 0.0 <= low <= high


def test_the_lens_reads_the_rate_that_the_model_says(written: Read) -> None:
    frame = sponsors()
    panel = Panel.of(frame, "sponsor-exit")
    p = fit_hierarchical(panel).predict(panel)
    band = {0: "0", 1: "1", 3: "2-3", 5: "4-7", 12: "8+"}
    for k in range(0, 300, 11):
        chain = written[1]["sponsors"].chain({
            "age": band[int(frame["age"][k])],
            "client": ("government", "rebels")[frame["rebel"][k]],
            "troops": ("no", "yes")[frame["troops"][k]],
        })  # fmt: skip
        assert chain[-1].rate.mean == pytest.approx(p[k], abs=2e-3)  # worth is rounded


def test_published_tables_take_what_they_do_not_know_from_sponsors(written: Read) -> None:
    told = written[1]
    assert told["war-partners"].frailty == told["sponsors"].frailty
    assert told["established-sponsors"].design_effect == told["sponsors"].design_effect


def test_the_same_panels_give_the_same_bytes(written: Read, tmp_path: Path) -> None:
    paths = [
        write(str(tmp_path / "s.parquet"), sponsors()),
        write(str(tmp_path / "a.parquet"), alliances()),
    ]
    main([*paths, str(tmp_path / "again.json")])
    assert (tmp_path / "again.json").read_bytes() == written[0].read_bytes()
    assert made(*paths) == json.loads(written[0].read_text("utf-8"))


def test_words_are_passed_on() -> None:
    words = {"tie": "a", "cite": "b", "note": "c"}
    told = as_table(Panel.of(alliances(), "alliance-end"), {"any": "any"}, words)
    assert {key: told[key] for key in words} == words
    assert told["ends"] == {"any": "any_ends"}
