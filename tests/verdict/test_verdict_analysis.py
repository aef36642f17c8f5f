from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from toy_pact import certain, changed, toy

from foedus.case import Case, CaseError, loads
from foedus.ensemble.draws import SCRAMBLINGS
from foedus.ensemble.pert import pert
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Interval
from foedus.lenses.table import LENSES, SECTIONS
from foedus.verdict import drawn
from foedus.verdict.able import NoLensError, speaker
from foedus.verdict.analysis import Analysis, analyze
from foedus.verdict.drawn import TooLongError
from foedus.verdict.setting_aside import without
from foedus.verdict.words import words

NOW = "endurance.position.now"


def quick(case: Case, **options: Any) -> Analysis:
    return analyze(case, **{"draws": 8, "workers": 1, "compare_scenarios": False, **options})


def bytes_of(answer: Analysis) -> bytes:
    return answer.findings["endurance"].columns["holds"].tobytes()


# Sampling error


def test_the_sampling_error_of_known_scramblings() -> None:
    values = np.tile(np.arange(8.0), 32)  # scrambling k is k throughout
    error = sampling_error(values, np.ones(values.size))
    expected = np.std(np.arange(8.0), ddof=1) / np.sqrt(SCRAMBLINGS)
    assert error.to_dict() == pytest.approx(dict.fromkeys(("value", "low", "high"), expected))


def test_equal_scramblings_have_no_sampling_error() -> None:
    values = np.repeat(np.linspace(0.0, 1.0, 8), 8)
    assert sampling_error(values, np.ones(64)) == Interval(0.0, 0.0, 0.0)


def test_the_sampling_error_is_about_that_of_independent_draws() -> None:
    rng = np.random.default_rng(1)
    values = rng.random((400, 256))
    found = [sampling_error(row, np.ones(256)).value for row in values]
    assert np.sqrt(np.mean(np.square(found))) == pytest.approx(
        float(np.sqrt(1 / 12 / 256)), rel=0.06
    )


def test_too_few_draws_have_no_sampling_error(pact: Case) -> None:
    assert np.isnan(sampling_error(np.ones(16), np.ones(16)).value)
    assert quick(pact).to_dict()["sampling_error"] == {"value": None, "low": None, "high": None}


# Options


def test_the_answer_knows_what_made_it(answer: Analysis, pact: Case) -> None:
    assert answer.seed == 1
    assert answer.draws.size == 64
    assert answer.options == {
        "draws": 64, "scenario": None, "set": {}, "lenses": None, "compare_scenarios": True,
        "tolerance": 0.01, "most": 8192, "evidence": False,
    }  # fmt: skip
    assert answer.case.hash == pact.without_outcome().hash
    assert answer.given.hash == answer.case.hash
    assert (answer.lost, answer.stopped, answer.evidence) == ((), False, None)
    assert list(answer.missing) == [name for name in LENSES if name != "endurance"]
    assert list(answer.findings) == ["endurance"]
    assert answer.holds == answer.findings["endurance"].holds
    assert answer.holds.low < answer.holds.value < answer.holds.high
    assert 0.0 < answer.sampling_error.value < 0.05
    with pytest.raises(FrozenInstanceError):
        answer.seed = 2  # type: ignore[misc]


def test_the_same_question_has_the_same_answer_for_any_workers(
    answer: Analysis, pact: Case
) -> None:
    for workers in (1, 2):
        again = analyze(pact, draws=64, workers=workers)
        assert json.dumps(again.to_dict()) == json.dumps(answer.to_dict())


def test_seeds_differ(pact: Case) -> None:
    assert bytes_of(quick(pact)) != bytes_of(quick(pact, seed=2))


def test_a_larger_number_of_draws_keeps_the_smallers(answer: Analysis, pact: Case) -> None:
    assert bytes_of(quick(pact, draws=16)) == bytes_of(answer)[: 16 * 8]


@pytest.mark.parametrize("draws", [0, 4, 12, 100, "many"])
def test_other_numbers_of_draws_are_refused(draws: int | str, pact: Case) -> None:
    with pytest.raises(ValueError, match=r"power of two|many"):
        quick(pact, draws=draws)


def test_a_lens_there_is_not_is_refused(pact: Case) -> None:
    with pytest.raises(ValueError, match=r"no lens 'tarot'; there are: .*endurance"):
        quick(pact, lenses=["tarot"])


def test_no_lens_can_look_at_an_incomplete_case() -> None:
    case = toy(("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", ""))
    with pytest.raises(NoLensError, match=r"endurance still needs endurance\.opponents\.strength"):
        quick(case)
    bare = {k: v for k, v in case.data.items() if k in ("foedus", "id", "title", "question")}
    bare |= {k: case.data[k] for k in ("as_of", "horizon", "actors", "pact")}
    with pytest.raises(NoLensError, match="a section `endurance`"):
        quick(loads(json.dumps(bare), SECTIONS))


def test_no_lens_asked_is_no_answer(pact: Case) -> None:
    with pytest.raises(NoLensError, match="no lens was asked"):
        quick(pact, lenses=[])


def test_a_finding_without_a_probability_does_not_speak(answer: Analysis) -> None:
    with pytest.raises(NoLensError, match="none of the lenses asked speaks"):
        speaker({})
    assert speaker(answer.findings) is answer.findings["endurance"]


# Scenarios and settings


def test_a_setting_is_the_case_with_that_value(pact: Case) -> None:
    set_ = quick(pact, set_values={NOW: 0.3})
    assert set_.options["set"] == {NOW: 0.3}
    assert np.all(set_.draws[NOW] == 0.3)
    edited = quick(pact.with_values({NOW: 0.3}))
    assert set_.case.hash == edited.case.hash
    assert set_.holds.to_dict() == pytest.approx(edited.holds.to_dict(), abs=1e-6)


def test_a_scenario_and_a_setting_go_together(pact: Case) -> None:
    both = quick(pact, scenario="offer", set_values={NOW: 0.3}, compare_scenarios=True)
    assert both.case.quantities()[NOW].mode == 0.3
    assert both.case.quantities()["endurance.members.north.outside_option"].mode == 0.2
    assert [s.id for s in both.scenarios] == ["as-in-the-file", "lost", "same"]
    (lost,) = (s for s in both.scenarios if s.id == "lost")
    same = next(s for s in both.scenarios if s.id == "same")
    assert lost.holds.to_dict() == pytest.approx(same.holds.to_dict(), abs=1e-9)  # the set wins


def test_a_setting_wins_over_the_scenario(pact: Case) -> None:
    both = quick(pact, scenario="lost", set_values={NOW: 0.3})
    assert both.case.quantities()[NOW].mode == 0.3


def test_the_case_as_it_stands_is_beside_the_changed_one(answer: Analysis, pact: Case) -> None:
    offer = analyze(pact, draws=64, workers=1, scenario="offer")
    (stands,) = (s for s in offer.scenarios if s.id == "as-in-the-file")
    (there,) = (s for s in answer.scenarios if s.id == "offer")
    assert stands.says == "as in the file"
    assert stands.holds.to_dict() == pytest.approx(answer.holds.to_dict(), abs=1e-6)
    assert stands.change == pytest.approx(-there.change, abs=1e-6)


def test_a_scenario_like_the_case_moves_nothing(answer: Analysis) -> None:
    (same,) = (s for s in answer.scenarios if s.id == "same")
    assert same.says == "same"
    assert abs(same.change) < 1e-10
    assert same.change_error < 1e-9
    assert same.holds.to_dict() == pytest.approx(answer.holds.to_dict(), abs=1e-9)


def test_a_scenario_like_the_case_moves_exactly_nothing(answer: Analysis) -> None:
    (same,) = (s for s in answer.scenarios if s.id == "same")
    assert same.change == 0.0
    assert same.holds == answer.holds


def test_scenarios_say_what_they_are(answer: Analysis) -> None:
    assert [s.id for s in answer.scenarios] == ["lost", "same", "offer"]
    lost = answer.scenarios[0]
    assert lost.says == "Ground is lost."
    assert lost.because == ("e2",)
    assert lost.values == {NOW: -0.5}
    assert lost.change < 0.0
    assert 0.0 < lost.change_error < answer.sampling_error.value * 2


def test_an_unknown_scenario_or_path_is_refused(pact: Case) -> None:
    with pytest.raises(CaseError, match="did you mean 'lost'"):
        quick(pact, scenario="last")
    with pytest.raises(CaseError, match="position"):
        quick(pact, set_values={"endurance.postion.now": 0.1})
    with pytest.raises(CaseError, match="between -1 and 1"):
        quick(pact, set_values={NOW: 3})


def test_a_scenario_that_takes_a_number_away_says_what_is_missing() -> None:
    case = toy(("scenarios:", "scenarios:\n  blind: {endurance.opponents: {}}"))
    with pytest.raises((NoLensError, CaseError)):
        quick(case, compare_scenarios=True)


def test_a_setting_may_say_what_the_file_lacks() -> None:
    case = toy(("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", ""))
    assert quick(case, set_values={"endurance.opponents.strength": 1.2}).holds.value > 0.0


def test_a_case_without_spread_has_none() -> None:
    answer = quick(certain())
    assert answer.holds.low == pytest.approx(answer.holds.high, abs=1e-12)
    assert answer.drivers == ()


# What came of it is not read


def test_the_outcome_is_not_shown(answer: Analysis, pact: Case) -> None:
    assert pact.outcome is not None
    assert answer.case.outcome is None
    for case in (
        toy(("held: true, on: 2016-12-31, says: It held.", "held: false, on: 2016-07-01, says: x")),
        pact.without_outcome(),
    ):
        assert json.dumps(analyze(case, draws=64, workers=1).to_dict()) == json.dumps(
            answer.to_dict()
        )


def watched(method: Any, seen: list[Case]) -> Any:
    """The method of a lens, noting the case it is given."""

    def spy(self: Any, case: Case, *rest: Any) -> Any:
        seen.append(case)
        return method(self, case, *rest)

    return spy


def test_no_lens_is_given_the_outcome(pact: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Case] = []
    lens = type(LENSES["endurance"])
    for name in ("run", "find", "missing"):
        monkeypatch.setattr(lens, name, watched(getattr(lens, name), seen))
    quick(pact, scenario="lost", compare_scenarios=True)
    assert seen
    assert all(case.outcome is None and "outcome" not in case.data for case in seen)


SEEN = {"held": True, "on": "2016-12-31", "says": "It held."}


@pytest.mark.parametrize("how", ["set", "scenario"])
def test_the_outcome_cannot_be_brought_in_again(how: str, pact: Case) -> None:
    told = f"{{outcome: {json.dumps(SEEN)}}}"
    case = toy(("scenarios:", f"scenarios:\n  sees: {told}"))
    options: dict[str, Any] = (
        {"set_values": {"outcome": SEEN}} if how == "set" else {"scenario": "sees"}
    )
    try:
        answer = quick(case, **options)
    except CaseError:
        return
    assert answer.case.outcome is None


# auto and limits


def test_auto_stops_when_the_answer_is_stable(pact: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "START", 32)
    assert quick(pact, draws="auto", most=256, tolerance=1.0).draws.size == 32


def test_auto_is_capped(pact: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "START", 8)
    doubled = quick(pact, draws="auto", most=128, tolerance=0.0, compare_scenarios=True)
    assert doubled.draws.size == 128
    assert doubled.options["draws"] == "auto"
    assert bytes_of(doubled) == bytes_of(quick(pact, draws=128))


def test_auto_stops_where_value_low_and_high_are_stable(
    pact: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "START", 32)
    error = (found := quick(pact, draws="auto", most=1024, tolerance=0.03)).sampling_error
    assert 32 < found.draws.size < 1024
    assert max(error.value, error.low, error.high) < 0.03


def test_what_takes_too_long_is_refused_beforehand(pact: Case) -> None:
    with pytest.raises(TooLongError, match="minutes") as error:
        quick(pact, draws=4096, limit=1e-6)
    assert error.value.seconds > 1e-6
    assert quick(pact, limit=600.0).draws.size == 8


def test_the_limit_holds_for_auto_as_it_doubles(
    pact: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "START", 32)
    monkeypatch.setattr(drawn, "_seconds", lambda *_: 1.0)
    with pytest.raises(TooLongError):
        quick(pact, draws="auto", most=1024, tolerance=0.0, limit=100.0)


def test_progress_is_told(pact: Case) -> None:
    told: list[tuple[int, int]] = []
    quick(pact, draws=32, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (32, 32)


# As data, as a frame, as a page


def test_its_data_has_the_documented_shape(answer: Analysis, pact: Case) -> None:
    data = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert data["case"] == "toy-pact"
    assert data["case_hash"] == answer.case.hash
    assert date.fromisoformat(data["horizon"]) == pact.horizon
    assert data["probability"] == answer.holds.to_dict()
    assert data["words"] == answer.words
    assert set(data["endurance"]["trends"]) == {"improving", "flat", "falling"}
    assert [a["id"] for a in data["assumptions"]] == ["rising", "keen", "calm"]
    assert data["assumptions"][0]["load"] == answer.assumptions[0].load
    assert data["lenses"]["endurance"]["holds"] == data["probability"]


def test_range_words_are_one_term_or_two(answer: Analysis) -> None:
    low, high = words(answer.holds.low), words(answer.holds.high)
    assert answer.range_words == f"{low} to {high}"
    sure = quick(certain())
    assert sure.range_words == sure.words


def test_as_a_frame_it_has_a_row_a_draw(answer: Analysis) -> None:
    frame = answer.to_frame()
    assert isinstance(frame, pd.DataFrame)
    columns = [f"endurance.{name}" for name in answer.findings["endurance"].columns]
    expected = ["weight", *answer.draws, "pooled", "endurance.weight", *columns]
    assert list(frame.columns) == expected
    assert frame.shape == (64, len(expected))
    assert frame["pooled"].mean() == pytest.approx(answer.pooled.holds.value)
    assert frame.index.name == "draw"
    assert frame.index.tolist() == list(range(64))
    assert frame["endurance.holds"].mean() == pytest.approx(answer.holds.value)
    assert frame[NOW].tolist() == answer.draws[NOW].tolist()
    assert not frame["endurance.holds"].isna().any()


def test_the_columns_are_those_the_protocol_documents(answer: Analysis) -> None:
    columns = answer.findings["endurance"].columns
    for trend in ("improving", "flat", "falling"):
        for name in ("probability", "holds_given", "holds_if"):
            assert f"front.{trend}.{name}" in columns


def test_in_a_notebook_texts_are_escaped() -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    case = toy(
        ("title: The toy pact", f"title: '{bad}'"),
        ("question: Will north and south stay together?", f"question: '{bad}'"),
        ("name: Northland", f"name: '{bad}'"),
        ("says: The front does not fall.", f"says: '{bad}'"),
        ("says: Ground is lost.", f"says: '{bad}'"),
    )
    html = quick(case, compare_scenarios=True)._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 4
    assert html.count("<table>") == html.count("</table>") == 1


def test_the_text_is_the_same_whichever_way_the_case_is_written(answer: Analysis) -> None:
    again = loads(json.dumps(toy().data), SECTIONS, "toy.json")
    assert again.hash == toy().hash
    assert changed() != json.dumps(toy().data)
    assert quick(again, draws=64).holds == answer.holds


def test_the_uniforms_are_those_behind_the_draws(answer: Analysis) -> None:
    assert answer.uniforms.shape == answer.draws.table.shape
    places = {path: k for k, path in enumerate(answer.draws.paths)}
    stake = answer.case.quantities()["endurance.members.north.stake"]
    again = pert(stake, answer.uniforms[:, places["endurance.members.north.stake"]])
    assert again.tobytes() == answer.draws["endurance.members.north.stake"].tobytes()


# Evidence


def test_each_piece_is_weighed_beside_the_answer(pact: Case) -> None:
    told = quick(pact, draws=64, evidence=True)
    assert [(one.kind, one.id) for one in told.evidence if one.kind == "source"] == [
        ("source", "paper")
    ]
    by_id = {one.id: one for one in told.evidence}
    assert set(by_id) == {"e1", "e2", "paper"}
    assert by_id["e1"].rating == "B2"
    assert set(by_id["e1"].paths) == {
        "endurance.position.now",
        "endurance.members.north.stake",
        "endurance.members.north.gets_from.south",
    }
    assert told.holds == quick(pact, draws=64).holds


def test_a_piece_set_aside_gives_the_answer_of_a_case_judged_without_it(pact: Case) -> None:
    told = quick(pact, draws=64, evidence=True)
    (paper,) = [one for one in told.evidence if one.id == "paper"]
    assert paper.aside.method == "computed anew"
    judged = {
        path: {"mode": q.mode, "low": q.low, "high": q.high}
        for path, q in without(pact, ["e1", "e2"]).items()
    }
    few = paper.aside.draws
    was = told.findings["endurance"].columns["holds"][:few]
    # the anchor's number is the first case's, so compare with its calibration lent
    lent = (
        analyze(pact, set_values=judged, draws=few, workers=1, compare_scenarios=False)
        .findings["endurance"]
        .columns["holds"]
    )
    assert paper.aside.change.value == pytest.approx((lent - was).mean(), abs=1e-6)


def test_without_being_asked_for_it_is_not_weighed(answer: Analysis) -> None:
    assert answer.evidence is None
