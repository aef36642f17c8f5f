from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from record_toy import made, panel, rows, stand_in
from sklearn.metrics import log_loss

from foedus.record.panels import Panel
from foedus.record.scoring.baselines import history_rate
from foedus.record.scoring.score import Score, ScoreError, score, stand
from foedus.record.scoring.standing import compare

WHOLE = panel()
KNOWN, LATER = WHOLE.where(WHOLE.year < 1970), WHOLE.where(WHOLE.year >= 1970)


def halved(train: Panel, test: Panel) -> Any:
    """A stand-in for a model: the truth of the made panel, half forgotten."""
    truth = np.clip(0.8 * 0.85**test.age, 0.02, 0.9)
    return 0.5 * truth + 0.5 * history_rate(train)


def constant(train: Panel, test: Panel) -> Any:
    return np.full(len(test), history_rate(train))


def vain(train: Panel, test: Panel) -> Any:
    return np.where(np.arange(len(test)) == int(np.argmax(test.event)), 0.0, 0.3)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, halved=halved, constant=constant, vain=vain)


def scored(**options: Any) -> Score:
    return score("sponsor-exit", KNOWN, LATER, **options)


@pytest.mark.usefixtures("models")
def test_a_model_is_scored_beside_the_baselines() -> None:
    found = scored()
    model, baselines = found.comparison.model, found.comparison.baselines
    said = halved(KNOWN, LATER)
    assert model.name == "halved"
    assert model.marks.log_score == pytest.approx(log_loss(LATER.event, said))
    assert list(baselines) == ["history", "last20", "age"]
    rate = float(KNOWN.event.mean())
    assert baselines["history"].log_score == pytest.approx(
        log_loss(LATER.event, np.full(len(LATER), rate))
    )
    for name, marks in baselines.items():
        value = model.skills[name].value
        assert value == pytest.approx(1 - model.marks.log_score / marks.log_score)
    best = min(baselines, key=lambda name: baselines[name].log_score)
    assert model.against == best
    assert model.skill == model.skills[best]


@pytest.mark.usefixtures("models")
def test_extents_are_counted() -> None:
    found = scored()
    assert (found.train.years, found.test.years) == ((1950, 1969), (1970, 1979))
    assert (found.train.n, found.test.n, found.test.clusters) == (240, 120, 12)
    assert found.test.events == LATER.event.sum()
    assert not found.overlap


@pytest.mark.usefixtures("models")
def test_the_shape_for_programs() -> None:
    told = scored(by_era=True).to_dict()
    json.dumps(told, allow_nan=False)
    assert told["task"] == "sponsor-exit"
    assert (told["n"], told["events"]) == (120, int(LATER.event.sum()))
    keys = {"log_score", "brier", "calibration_error", "auc", "skill"}
    assert keys | {"name"} <= set(told["model"])
    assert set(told["model"]["skill"]) == {"value", "low", "high", "against"}
    assert set(told["baselines"]) == {"history", "last20", "age"}
    for one in told["baselines"].values():
        assert keys <= set(one)
        assert set(one["skill"]) == {"value", "low", "high"}
        assert one["skill"]["low"] <= one["skill"]["value"] <= one["skill"]["high"]
    assert sum(one["n"] for one in told["calibration"]) == 120
    assert set(told["all"]) == {"halved"}


@pytest.mark.usefixtures("models")
def test_all_models_are_told_the_default_first() -> None:
    found = scored(model="all")
    assert list(found.comparison.models) == ["halved", "constant", "vain"]
    assert scored(model="constant").comparison.model.name == "constant"
    constant_one = found.comparison.models["constant"]
    assert constant_one.skills["history"].value == 0.0
    assert constant_one.marks.auc == 0.5


@pytest.mark.usefixtures("models")
def test_what_is_infinitely_wrong_has_no_figure_and_is_never_the_best() -> None:
    found = scored(model="vain")
    assert found.comparison.model.marks.log_score == math.inf
    assert found.comparison.best in ("history", "last20", "age")
    told = found.to_dict()
    assert told["model"]["log_score"] is None
    assert told["model"]["skill"]["value"] is None
    json.dumps(told, allow_nan=False)


@pytest.mark.usefixtures("models")
def test_the_same_seed_gives_the_same_and_another_seed_other_intervals() -> None:
    first, again, other = (scored(seed=seed).to_dict() for seed in (1, 1, 2))
    assert first == again
    assert first["model"]["skill"]["value"] == other["model"]["skill"]["value"]
    assert first["model"]["intervals"] != other["model"]["intervals"]


@pytest.mark.usefixtures("models")
def test_the_order_of_rows_does_not_matter() -> None:
    order = np.random.default_rng(3).permutation(120)
    frame = {
        name: [values[240 + k] for k in order] for name, values in made().items()
    }  # fmt: skip
    mixed = score("sponsor-exit", KNOWN, frame).to_dict()
    plain = scored().to_dict()
    assert mixed["model"]["log_score"] == pytest.approx(plain["model"]["log_score"])
    assert mixed["model"]["calibration_error"] == pytest.approx(plain["model"]["calibration_error"])
    assert mixed["model"]["skill"]["low"] == pytest.approx(plain["model"]["skill"]["low"])


@pytest.mark.usefixtures("models")
def test_eras_are_decades_and_add_up() -> None:
    known, later = WHOLE.where(WHOLE.year < 1958), WHOLE.where(WHOLE.year >= 1958)
    found = score("sponsor-exit", known, later, by_era=True)
    assert [era.name for era in found.eras] == ["1950s", "1960s", "1970s"]
    assert [era.comparison.extent.years for era in found.eras] == [
        (1958, 1959), (1960, 1969), (1970, 1979),
    ]  # fmt: skip
    weighed = sum(
        era.comparison.extent.n * era.comparison.model.marks.log_score for era in found.eras
    )
    assert weighed / len(later) == pytest.approx(found.comparison.model.marks.log_score)
    assert scored().eras == ()


def test_too_little_to_tell_is_said() -> None:
    few = rows([1970] * 40, [1] * 4 + [0] * 36)
    said = np.linspace(0.05, 0.3, 40)
    found = compare(few, {"m": said}, {"history": np.full(40, 0.1)}, seed=1)
    assert found.extent.few
    assert found.model.skill.value is None
    assert found.model.marks.log_score > 0.0
    enough = rows([1970] * 40, [1] * 5 + [0] * 35)
    assert compare(enough, {"m": said}, {"history": np.full(40, 0.1)}, seed=1).model.skill.value


def test_an_era_names_no_winner_where_too_little_happened() -> None:
    few = rows([1970] * 40, [1] * 4 + [0] * 36)
    said = {"m": np.full(40, 0.2)}
    found = stand(KNOWN, few, said, {"history": np.full(40, 0.1)}, by_era=True, seed=1)
    told = found.to_dict()["eras"][0]
    assert (told["era"], told["few"], told["best"]) == ("1970s", True, None)


@pytest.mark.usefixtures("models")
def test_a_test_that_overlaps_the_training_is_refused_unless_asked_for() -> None:
    with pytest.raises(
        ScoreError, match=r"begins in 1960, but the training ends in 1969.*from 1970"
    ):
        score("sponsor-exit", KNOWN, WHOLE.where(WHOLE.year >= 1960))
    with pytest.raises(ScoreError, match="begins in 1950"):
        score("sponsor-exit", LATER, KNOWN)
    found = score("sponsor-exit", KNOWN, WHOLE.where(WHOLE.year >= 1960), allow_overlap=True)
    assert found.overlap
    assert found.to_dict()["overlap"] is True


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("train", "test", "says"),
    [
        (rows([1950, 1951], [0, 0]), LATER, "no events: exit is 0 in all 2 rows.*to learn from"),
        (rows([1950, 1951], [1, 1]), LATER, "nothing but events: exit is 1 in all 2 rows"),
        (KNOWN, rows([1980, 1981], [0, 0]), "no events.*to be scored"),
        (KNOWN.where(KNOWN.year > 3000), LATER, "has no rows to learn from"),
    ],
)
def test_panels_that_cannot_be_scored_are_refused(train: Any, test: Any, says: str) -> None:
    with pytest.raises(ScoreError, match=says):
        score("sponsor-exit", train, test)
    assert ScoreError.bad_input


def test_forecasts_that_are_no_probabilities_are_refused() -> None:
    with pytest.raises(ValueError, match="forecast 1 is nan"):
        compare(LATER, {"m": np.full(120, np.nan)}, {"history": np.full(120, 0.1)}, seed=1)
    with pytest.raises(ValueError, match="120 forecasts"):
        compare(LATER, {"m": np.full(119, 0.1)}, {"history": np.full(120, 0.1)}, seed=1)
