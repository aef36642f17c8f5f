from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from rich.cells import cell_len
from toy_pact import TEXT, changed, toy

from foedus import __version__, analyze
from foedus.cli import forecast as command_module
from foedus.record.log import Chance, Judgement, add, read

Command = Callable[..., tuple[int, str, str]]
OUTCOME = "outcome: {held: true, on: 2016-12-31, says: It held.}\n"
HORIZON = dt.date(2016, 12, 31)
BEFORE = dt.datetime(2016, 7, 1, 9, tzinfo=dt.UTC)
AFTER = dt.datetime(2017, 2, 1, 9, tzinfo=dt.UTC)
SOURCE = "the gazette"


def at(when: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_module, "now", lambda: when)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(BEFORE, monkeypatch)
    monkeypatch.delenv("FOEDUS_LOG", raising=False)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case that does not know its end, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "toy-pact.yaml"
    path.write_text(changed((OUTCOME, "")), "utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of many forecasts on four pacts, of which the last is open."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "forecasts.jsonl"
    for k, value in enumerate((0.8, 0.6, 0.3, 0.55)):
        add(path, judged(f"pact-{k}", value), source=SOURCE, now=BEFORE)
    at(AFTER, monkeypatch)
    return path


def judged(case: str, value: float, **more: Any) -> Judgement:
    chance = Chance(value=value, low=value / 2, high=(1 + value) / 2)
    return Judgement(
        case=case, case_hash="0" * 64, title=case, question="Will it hold?", as_of="2016-06-12",
        horizon="2016-12-31", version=__version__, seed=1, draws=64, lens="endurance",
        probability=chance, views={"endurance": chance}, **more,
    )  # fmt: skip


def refused(foedus: Command, *arguments: object) -> str:
    """The one line a refusal gets; with --json the same as an object."""
    code, out, err = foedus("forecast", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    code, out, silent = foedus("forecast", *arguments, "--json")
    assert (code, silent) == (2, "")
    (error,) = json.loads(out)["errors"]
    assert error["message"] in err
    return err


# add


def test_a_forecast_is_what_the_analysis_says(foedus: Command, file: Path) -> None:
    code, out, err = foedus(
        "forecast", "add", file, "--draws", 16, "--seed", 3, "--source", SOURCE, "--note", "n",
        "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["version"], told["log"]) == (__version__, "forecasts.jsonl")
    answer = analyze(toy().without_outcome(), draws=16, seed=3, workers=1)
    one = told["forecast"]
    assert one["probability"] == answer.holds.to_dict()
    assert one["views"] == {view.name: view.holds.to_dict() for view in answer.views}
    assert one["pooled"] == (answer.pooled.holds.to_dict() if answer.pooled else None)
    assert one["case_hash"] == answer.case.hash
    assert {key: one[key] for key in (
        "made_at", "case", "as_of", "horizon", "foedus", "seed", "draws", "set", "lens",
        "resolution_source", "note", "hindsight", "late",
    )} == {
        "made_at": "2016-07-01T09:00:00Z", "case": "toy-pact", "as_of": "2016-06-12",
        "horizon": "2016-12-31", "foedus": __version__, "seed": 3, "draws": 16, "set": {},
        "lens": "endurance", "resolution_source": SOURCE, "note": "n", "hindsight": False,
        "late": False,
    }  # fmt: skip
    (kept,) = read("forecasts.jsonl").entries
    assert kept.id == one["id"]


def test_a_forecast_says_how_to_resolve_it(foedus: Command, file: Path) -> None:
    code, out, err = foedus("forecast", "add", file, "--draws", 16, "--source", SOURCE)
    assert (code, err) == (0, "")
    (one,) = read("forecasts.jsonl").entries
    flat = " ".join(out.split())
    assert flat.startswith("Will north")
    assert f"Logged in forecasts.jsonl as {one.id}, 2016-07-01 09:00 UTC." in flat
    assert "To be found out by: the gazette" in flat
    assert f"foedus forecast resolve {one.id} held|broken|void --on DATE --source TEXT" in flat
    assert max(cell_len(line) for line in out.splitlines()) <= 80


def test_values_can_be_set_and_are_kept(foedus: Command, file: Path) -> None:
    path = "endurance.position.now"
    code, out, _ = foedus(
        "forecast", "add", file, "--draws", 16, "--source", SOURCE, "--set", f"{path}=0.25",
        "--json",
    )  # fmt: skip
    assert code == 0
    one = json.loads(out)["forecast"]
    assert one["set"] == {path: 0.25}
    assert one["case_hash"] == toy().with_values({path: 0.25}).hash


def test_the_log_can_be_named(foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_LOG", "of env.jsonl")
    code, out, _ = foedus("forecast", "add", file, "--draws", 16, "--source", SOURCE)
    assert code == 0
    assert "--source TEXT --log 'of env.jsonl'" in " ".join(out.split())
    assert len(read("of env.jsonl").entries) == 1
    add_too = ("add", file, "--draws", 16, "--source", SOURCE, "--log", "b.jsonl")
    assert foedus("forecast", *add_too)[0] == 0
    assert len(read("b.jsonl").entries) == 1
    assert not Path("forecasts.jsonl").exists()


def test_a_case_that_tells_its_end_is_hindsight(foedus: Command, file: Path) -> None:
    file.write_text(TEXT, "utf-8")
    code, out, _ = foedus("forecast", "add", file, "--draws", 16)
    assert code == 0
    assert "marked hindsight." in out
    (one,) = read("forecasts.jsonl").forecasts.values()
    assert one.hindsight
    assert one.resolution_source == "It held."


def test_nothing_is_computed_for_what_cannot_be_logged(
    foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "foedus.verdict.analysis.analyze", lambda *_, **__: pytest.fail("computed")
    )  # fmt: skip
    assert "--source is missing: say how it will be found out" in refused(foedus, "add", file)
    Path("forecasts.jsonl").write_text("{}\n")
    assert "forecasts.jsonl:1: kind: " in refused(foedus, "add", file, "--source", SOURCE)
    at(AFTER, monkeypatch)
    said = refused(foedus, "add", file, "--source", SOURCE, "--log", "new.jsonl")
    assert "toy-pact.yaml: the horizon, 2016-12-31, is over: it is 2017-02-01 (UTC)" in said
    assert not Path("new.jsonl").exists()


def test_a_late_forecast_is_marked(
    foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(AFTER, monkeypatch)
    code, out, _ = foedus("forecast", "add", file, "--draws", 16, "--source", SOURCE, "--late")
    assert code == 0
    assert "marked late." in out
    (one,) = read("forecasts.jsonl").forecasts.values()
    assert one.late


def test_a_case_that_no_lens_can_look_at_gets_a_line(foedus: Command, file: Path) -> None:
    file.write_text(
        changed((OUTCOME, ""), ("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", "")),
        "utf-8",
    )
    assert "endurance.opponents.strength" in refused(foedus, "add", file, "--source", SOURCE)
    assert not Path("forecasts.jsonl").exists()


def test_a_run_that_is_stopped_logs_nothing(
    foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped:
        stopped = True

    monkeypatch.setattr("foedus.verdict.analysis.analyze", lambda *_, **__: Stopped())
    code, out, err = foedus("forecast", "add", file, "--source", SOURCE)
    assert (code, out, err) == (130, "", "stopped; nothing was logged\n")
    assert not Path("forecasts.jsonl").exists()


# resolve


def test_a_forecast_is_resolved_and_scored(foedus: Command, log: Path) -> None:
    one, other, *_ = read(log).forecasts
    code, out, err = foedus(
        "forecast", "resolve", one[:6], "held", "--on", HORIZON, "--source", SOURCE
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "held (2016-12-31); forecast was 80 % (40 % to 90 %)." in out
    assert "0.223" in out  # -ln 0.8
    assert "0.040" in out
    code, out, _ = foedus(
        "forecast", "resolve", other, "broken", "--on", "2016-11-02", "--source", SOURCE, "--json"
    )  # fmt: skip
    assert code == 0
    told = json.loads(out)
    end = read(log).resolutions[other][0]
    assert (told["version"], told["log"], told["resolution"]) == (
        __version__, "forecasts.jsonl", end.id,
    )  # fmt: skip
    assert (told["forecast"]["id"], told["forecast"]["result"]) == (other, "broken")
    assert told["forecast"]["scores"]["headline"]["brier"] == pytest.approx(0.36)
    again = ("resolve", one, "void", "--on", HORIZON, "--source", SOURCE)
    assert "is resolved: held on 2016-12-31; to correct it add --correct" in refused(foedus, *again)
    code, out, _ = foedus("forecast", *again, "--correct")
    assert code == 0
    assert "1 earlier kept in the log" in out
    assert "Void is not scored." in out


def test_resolutions_that_do_not_fit_get_a_line(foedus: Command, log: Path) -> None:
    one, *_ = read(log).forecasts
    before = log.read_bytes()
    for arguments, message in (
        ((one, "held", "--on", "2016-12-30"), "is before the horizon"),
        ((one, "broken", "--on", "2017-01-05"), "'held' would be right"),
        ((one, "broken", "--on", "2017-02-02"), "is still to come: it is 2017-02-01"),
        ((one, "broken", "--on", "2017-02-30"), "'2017-02-30' should be a date, YYYY-MM-DD"),
        ((one, "kept", "--on", "2017-01-05"), "'kept' is not one of"),
        (("ffff", "held", "--on", "2017-01-05"), "there is no forecast 'ffff'"),
        ((one, "held", "--on", "2017-01-05", "--correct"), "nothing to correct"),
    ):
        assert message in refused(foedus, "resolve", *arguments, "--source", SOURCE)
    assert "--source" in refused(foedus, "resolve", one, "held", "--on", HORIZON)
    assert "--on" in refused(foedus, "resolve", one, "held", "--source", SOURCE)
    assert log.read_bytes() == before


# report


def resolve_some(foedus: Command, log: Path) -> None:
    ends = zip(read(log).forecasts, ("held", "broken", "void"), strict=False)
    for name, result in ends:
        on = HORIZON if result == "held" else "2016-10-01"
        assert foedus("forecast", "resolve", name, result, "--on", on, "--source", SOURCE)[0] == 0


def test_a_report_says_what_is_open_what_came_and_how_good_it_was(
    foedus: Command, log: Path
) -> None:
    resolve_some(foedus, log)
    code, out, err = foedus("forecast", "report")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "4 forecasts: 1 open, 2 resolved, 1 void"
    assert max(cell_len(line) for line in lines) <= 80
    rows = [line.split() for line in lines]
    assert any(row[:3] == ["2016-12-31", "overdue", "pact-3"] for row in rows)
    assert any(row[:3] == ["held", "2016-12-31", "pact-0"] for row in rows)
    assert any(row[:3] == ["broken", "2016-10-01", "pact-1"] for row in rows)
    assert "Made in time: 2 resolved on 2 cases, 1 held" in lines
    # -ln 0.8 and -ln 0.4, and their mean
    assert any(row[:5] == ["headline", "2", "0.570", "(0.223", "to"] for row in rows)
    assert any(row[:3] == ["0.5", "2", "0.693"] for row in rows)
    assert "Too few to tell calibration" in out
    head = read(log).head
    assert head is not None
    assert lines[-1] == f"forecasts.jsonl: 7 lines, SHA-256 {head[:16]}"


def test_json_and_files_of_a_report(foedus: Command, log: Path) -> None:
    resolve_some(foedus, log)
    code, out, err = foedus(
        "forecast", "report", "--json", "--csv", "a.csv", "--picture", "a.svg"
    )  # fmt: skip
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert list(told) == [
        "version", "log", "lines", "head", "torn", "backwards", "today", "open", "resolved",
        "void", "scores",
    ]  # fmt: skip
    assert (told["lines"], told["torn"], told["today"]) == (7, None, "2017-02-01")
    assert [one["overdue"] for one in told["open"]] == [True]
    assert [one["result"] for one in told["resolved"]] == ["held", "broken"]
    assert told["scores"]["hindsight"] is told["scores"]["late"] is None
    scores = told["scores"]["forecasts"]
    assert (scores["n"], scores["cases"], scores["held"]) == (2, 2, 1)
    assert scores["means"]["headline"]["brier"]["value"] == pytest.approx(0.2)
    with Path("a.csv").open(encoding="utf-8", newline="") as table:
        assert [row["result"] for row in csv.DictReader(table)] == [
            "held", "broken", "void", "overdue",
        ]  # fmt: skip
    assert "pact-3" in Path("a.svg").read_text("utf-8")


def test_a_report_keeps_to_the_screen(
    foedus: Command, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for k in range(12):
        case = f"a-pact-with-a-rather-long-name-that-goes-on-{k}"
        one = add(log, judged(case, 0.4 + k / 30), source=SOURCE, now=BEFORE)
        foedus("forecast", "resolve", one.id, "held", "--on", HORIZON, "--source", SOURCE)
        late = add(log, judged(case, 0.5, hindsight=True), source=SOURCE, now=BEFORE)
        assert late.hindsight
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        code, out, _ = foedus("forecast", "report")
        assert code == 0
        assert max(cell_len(line) for line in out.splitlines()) <= width
        assert "and 2 more in --json and --csv" in out


def test_what_is_wrong_with_a_log_is_told(foedus: Command, log: Path) -> None:
    raw = log.read_bytes()
    head = read(log).head
    assert head is not None
    assert foedus("forecast", "report", "--head", head)[0] == 0
    log.write_bytes(raw[:-20])
    code, out, err = foedus("forecast", "report")
    assert (code, err) == (0, "")
    assert "! line 4 is not whole" in out
    assert json.loads(foedus("forecast", "report", "--json")[1])["torn"] == 4
    assert "lines that it had are gone" in refused(foedus, "report", "--head", head)
    log.write_bytes(raw.replace(b"the gazette", b"a gazette", 1))
    said = refused(foedus, "report")
    assert said.startswith("forecasts.jsonl:1: id: ")
    (error,) = json.loads(foedus("forecast", "report", "--json")[1])["errors"]
    assert (error["file"], error["line"], error["path"]) == ("forecasts.jsonl", 1, "id")
    lines = raw.splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert refused(foedus, "report").startswith("forecasts.jsonl:2: previous: ")


def test_no_log_and_an_empty_one(foedus: Command, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no such forecast log; 'foedus forecast add'" in refused(foedus, "report")
    Path("forecasts.jsonl").touch()
    assert foedus("forecast", "report") == (0, "0 forecasts: 0 open, 0 resolved\n", "")
    assert "nothing to draw" in refused(foedus, "report", "--picture", "a.svg")


def test_files_over_the_log_are_refused(foedus: Command, log: Path) -> None:
    before = log.read_bytes()
    assert "the file that is read" in refused(foedus, "report", "--csv", log)
    assert "should end in" in refused(foedus, "report", "--picture", "a.pdf")
    assert log.read_bytes() == before


# Help


@pytest.mark.parametrize("name", ["add", "resolve", "report"])
def test_the_help_tells_every_option(name: str, foedus: Command) -> None:
    made = command_module.command.commands[name]
    code, out, err = foedus("forecast", name, "-h")
    assert (code, err) == (0, "")
    assert all(cell_len(line) <= 80 for line in out.splitlines())
    for parameter in made.params:
        if isinstance(parameter, click.Option):
            assert all(option in out for option in parameter.opts)
            assert parameter.help
    assert f"\n  {name} " in foedus("forecast", "-h")[1]
    assert "..." not in foedus("forecast", "-h")[1].partition("Commands:")[2]
