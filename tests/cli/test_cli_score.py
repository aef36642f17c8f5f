from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from foedus.cli import score as score_command
from foedus.record.models import MODELS
from foedus.record.scoring.cases import Told, score_cases

Command = Callable[..., tuple[int, str, str]]
SCORES = {"log_score", "brier", "calibration_error", "auc", "skill"}


def panel(path: Path, first: int, last: int, seed: int, **changed: Any) -> Path:
    """Alliances by year: half are made in wars and end sooner."""
    rng = np.random.default_rng(seed)
    year, tie = (part.ravel() for part in np.mgrid[first : last + 1, 0:15])
    age = (year - 1900 + 5 * tie) % 23
    war = tie % 2
    chance = 0.04 + 0.2 * 0.8**age + 0.08 * war
    columns = {
        "atopid": 1000 + tie, "year": year, "age": age,
        "any": (rng.uniform(size=year.size) < chance).astype(int), "wartime": war,
        "defense": tie % 3 == 0, **changed,
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*(np.asarray(v).tolist() for v in columns.values()), strict=True))
    return path


@pytest.fixture
def early(tmp_path: Path) -> Path:
    return panel(tmp_path / "early.csv", 1920, 1959, 1)


@pytest.fixture
def late(tmp_path: Path) -> Path:
    return panel(tmp_path / "late.csv", 1960, 1985, 2)


def asked(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("score", *arguments, "--json")
    assert (code, err) == (0, ""), out
    assert out.count("\n") == 1
    assert "NaN" not in out
    told: dict[str, Any] = json.loads(out)
    return told


def shown(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("score", *arguments)
    assert (code, err) == (0, ""), err
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert not any(line != line.rstrip() for line in out.splitlines())
    return " ".join(out.split())


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("score", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def test_the_shape_for_programs(foedus: Command, early: Path, late: Path) -> None:
    told = asked(foedus, "alliance-end", "--train", early, "--test", late)
    assert (told["task"], told["n"]) == ("alliance-end", 390)
    assert told["train"]["years"] == [1920, 1959]
    assert told["test"] == {
        "years": [1960, 1985], "n": 390, "events": told["events"], "clusters": 15,
    }  # fmt: skip
    assert SCORES | {"name"} <= set(told["model"])
    assert told["model"]["skill"]["against"] in ("history", "last20", "age")
    assert set(told["baselines"]) == {"history", "last20", "age"}
    for name, one in told["baselines"].items():
        assert set(one) >= SCORES
        saved = 1 - told["model"]["log_score"] / one["log_score"]
        assert one["skill"]["value"] == pytest.approx(saved)
        assert one["skill"]["low"] < one["skill"]["value"] < one["skill"]["high"]
        if name == told["model"]["skill"]["against"]:
            assert one["skill"] == {k: told["model"]["skill"][k] for k in ("value", "low", "high")}


def test_the_scores_are_those_of_the_forecasts_written(
    foedus: Command, early: Path, late: Path, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    told = asked(foedus, "alliance-end", "--train", early, "--test", late, "--csv", path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    event = [int(row["any"]) for row in rows]
    said = {**told["baselines"], told["model"]["name"]: told["model"]}
    for name, one in said.items():
        given = [float(row[f"says_{name}"]) for row in rows]
        assert one["log_score"] == pytest.approx(log_loss(event, given))
        assert one["brier"] == pytest.approx(brier_score_loss(event, given))
        assert one["auc"] == pytest.approx(roc_auc_score(event, given))


def test_the_same_twice_and_another_seed(foedus: Command, early: Path, late: Path) -> None:
    ask = ("alliance-end", "--train", early, "--test", late)
    assert asked(foedus, *ask) == asked(foedus, *ask)
    other = asked(foedus, *ask, "--seed", 2)
    assert other["model"]["skill"] != asked(foedus, *ask)["model"]["skill"]
    assert other["seed"] == 2


def test_one_screen_says_what_it_comes_to(foedus: Command, early: Path, late: Path) -> None:
    out = shown(foedus, "alliance-end", "--train", early, "--test", late, "--by-era", "--table")
    assert "Will this alliance end next year?" in out
    assert "1920–1959: 600 rows" in out
    assert "Asked of 1960–1985: 390 rows" in out
    assert "best baseline" in out
    assert "1960s" in out
    assert "1980s" in out
    assert "happened %" in out


def test_all_models_are_told(foedus: Command, early: Path, late: Path) -> None:
    told = asked(foedus, "alliance-end", "--train", early, "--test", late, "--model", "all")
    assert set(told["all"]) == set(MODELS)
    assert next(iter(told["all"])) == told["model"]["name"]
    one = asked(foedus, "alliance-end", "--train", early, "--test", late, "--model", "class-rates")
    assert one["model"]["name"] == "class-rates"
    assert one["model"] == told["all"]["class-rates"]


def test_eras_are_told_on_request(foedus: Command, early: Path, late: Path) -> None:
    told = asked(foedus, "alliance-end", "--train", early, "--test", late, "--by-era")
    assert [era["era"] for era in told["eras"]] == ["1960s", "1970s", "1980s"]
    assert sum(era["n"] for era in told["eras"]) == 390
    assert asked(foedus, "alliance-end", "--train", early, "--test", late)["eras"] == []


def test_rolling_asks_the_years_of_one_panel(foedus: Command, early: Path) -> None:
    told = asked(foedus, "alliance-end", "--train", early, "--rolling")
    assert told["rolling"]
    assert told["test"]["years"][1] == 1959
    assert set(told["all"]) == {name for name, model in MODELS.items() if not model.slow}
    names = {*MODELS, *told["baselines"]}
    assert all(era["best"] in names or era["few"] for era in told["eras"])
    out = shown(foedus, "alliance-end", "--train", early, "--rolling", "--model", "class-rates")
    assert "every year asked of the years before it" in out


def test_a_picture_is_drawn(foedus: Command, early: Path, late: Path, tmp_path: Path) -> None:
    path = tmp_path / "calibration.svg"
    out = shown(foedus, "alliance-end", "--train", early, "--test", late, "--picture", path)
    assert out.endswith(f"Written: {path}")
    assert "share that happened" in path.read_text("utf-8")


def test_an_overlap_is_refused_and_told(foedus: Command, early: Path, tmp_path: Path) -> None:
    both = panel(tmp_path / "both.csv", 1950, 1985, 2)
    err = refused(foedus, "alliance-end", "--train", early, "--test", both)
    assert "begins in 1950, but the training ends in 1959" in err
    out = shown(foedus, "alliance-end", "--train", early, "--test", both, "--allow-overlap")
    assert "these scores flatter" in out
    told = asked(foedus, "alliance-end", "--train", early, "--test", both, "--allow-overlap")
    assert told["overlap"] is True


def test_bad_input_is_told_in_one_line(foedus: Command, early: Path, late: Path) -> None:
    ask = ("--train", early, "--test", late)
    assert "did you mean 'alliance-end'?" in refused(foedus, "aliance-end", *ask)
    assert "lacks the columns exit, conf" in refused(foedus, "sponsor-exit", *ask)
    err = refused(foedus, "alliance-end", *ask, "--model", "class-rate")
    assert "did you mean 'class-rates'?" in err
    assert "--train: is missing" in refused(foedus, "alliance-end", "--test", late)
    assert "--test: is missing" in refused(foedus, "alliance-end", "--train", early)
    assert "not with --rolling" in refused(foedus, "alliance-end", *ask, "--rolling")
    assert "should end in .svg" in refused(foedus, "alliance-end", *ask, "--picture", "p.gif")
    err = refused(foedus, "alliance-end", *ask, "--csv", late)
    assert "is the file that is read" in err
    missing = early.with_name("nothing.csv")
    assert "nothing.csv" in refused(foedus, "alliance-end", "--train", missing, "--test", late)


def test_panels_that_cannot_be_used_are_told(foedus: Command, late: Path, tmp_path: Path) -> None:
    none = panel(tmp_path / "none.csv", 1920, 1959, 1, any=np.zeros(600, int))
    err = refused(foedus, "alliance-end", "--train", none, "--test", late)
    assert err.startswith(f"foedus: {none}: has no events")
    odd = panel(tmp_path / "odd.csv", 1920, 1959, 1, any=np.full(600, 2))
    err = refused(foedus, "alliance-end", "--train", odd, "--test", late)
    assert "column any: is 2 in row 1; it should be 0 or 1" in err
    words = panel(tmp_path / "words.csv", 1920, 1959, 1, age=np.full(600, "old"))
    err = refused(foedus, "alliance-end", "--train", words, "--test", late)
    assert "column age: is 'old' in row 1; it should hold numbers" in err
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(b"PAR1 and no more")
    err = refused(foedus, "alliance-end", "--train", cut, "--test", late)
    assert "cannot be read as a parquet file" in err
    code, out, _ = foedus("score", "alliance-end", "--train", cut, "--test", late, "--json")
    assert code == 2
    assert "parquet" in json.loads(out)["errors"][0]["message"]


# Cases


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cases that need no lenses."""
    told = [
        Told("axis", "The Axis", "1943-07-01", "1943-12-31", False,
             {"endurance": (0.4, 0.2, 0.6), "headline": (0.3, 0.2, 0.5)}),
        Told("union", "The Union", "1960-01-01", "1961-12-31", True,
             {"endurance": (0.8, 0.7, 0.9), "base_rate": (0.9, 0.9, 0.9),
              "headline": (0.85, 0.7, 0.9)}),
    ]  # fmt: skip
    found = score_cases(told)
    monkeypatch.setattr(score_command, "scored_cases", lambda seed, progress=None: found)


@pytest.mark.usefixtures("known")
def test_cases_are_shown_with_their_caution(foedus: Command) -> None:
    out = shown(foedus, "cases")
    assert "hindsight cannot be ruled out" in out
    assert "axis broke 40 20–60 – 30 20–50" in out
    assert (
        "Better than always saying 0.5: endurance (of 2), base_rate (of 1), headline (of 2)." in out
    )
    assert "always 0.5 2 0.6931" in out


@pytest.mark.usefixtures("known")
def test_cases_for_programs(foedus: Command) -> None:
    told = asked(foedus, "cases")
    assert (told["task"], told["n"], told["held"]) == ("cases", 2, 1)
    assert told["views"]["headline"]["log_score"] == pytest.approx(
        (-np.log(0.7) - np.log(0.85)) / 2
    )
    assert "hindsight" in told["caution"]


def test_cases_need_no_panels(foedus: Command, early: Path) -> None:
    assert "--train, --rolling: not for cases" in refused(
        foedus, "cases", "--train", early, "--rolling"
    )


@pytest.mark.slow
def test_the_packaged_cases_are_scored() -> None:
    found = score_command.scored_cases(seed=1)
    assert "syria-2016" in {one.case for one in found.cases}
    for one in found.cases:
        assert "headline" in one.says
        for value, low, high in one.says.values():
            assert 0.0 <= low <= high <= 1.0
            assert 0.0 <= value <= 1.0
