from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console
from toy_pact import TEXT, changed, toy

from foedus import __version__
from foedus.case import packaged
from foedus.case.packages import text_of
from foedus.case.tree import read
from foedus.cli.main import COMMANDS, group
from foedus.cli.screen import show
from foedus.verdict.analysis import Analysis

Command = Callable[..., tuple[int, str, str]]
NOW = "endurance.position.now"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "toy-pact.yaml"
    path.write_text(TEXT, "utf-8")
    return path


def made(command: str) -> click.Command:
    return import_module(f"foedus.cli.{command}").command


# Help


def test_the_help_names_every_command(foedus: Command) -> None:
    code, out, err = foedus("--help")
    assert (code, err) == (0, "")
    rows = [line.split()[0] for line in out.split("Commands:")[1].splitlines() if line.strip()]
    assert [row for row in rows if row in COMMANDS] == list(COMMANDS)
    assert group.list_commands(click.Context(group)) == list(COMMANDS)
    files = {p.stem for p in Path(import_module("foedus.cli").__file__).parent.glob("*.py")}
    shared = {"__init__", "main", "options", "screen", "screen_compare"}
    shared |= {"outputs", "printing", "screen_balance", "screen_bargaining"}
    shared |= {"screen_argument", "screen_dependence", "screen_stability", "screen_rerun"}
    shared |= {"screen_forecast", "screen_score"}
    shared |= {"read_folder", "read_model", "screen_read", "screen_review"}
    assert files - set(COMMANDS) == shared


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("ask", ["--help", "-h"])
def test_the_help_of_a_command_tells_every_option(command: str, ask: str, foedus: Command) -> None:
    code, out, err = foedus(command, ask)
    assert (code, err) == (0, "")
    assert made(command).help
    for parameter in made(command).params:
        if isinstance(parameter, click.Option):
            assert all(name in out for name in parameter.opts)
            assert parameter.help
        else:
            assert parameter.human_readable_name.upper() in out.split("Options:")[0]
    assert all(cell_len(line) <= 80 for line in out.splitlines())


def test_the_version_is_the_packages(foedus: Command) -> None:
    assert foedus("--version") == (0, f"foedus {__version__}\n", "")


# analyze


KEYS: dict[str, type | tuple[type, ...]] = {
    "case": str, "case_hash": str, "version": str, "seed": int, "draws": int, "horizon": str,
    "probability": dict, "words": str, "lenses": dict, "endurance": dict, "sampling_error": dict,
    "assumptions": list, "drivers": list, "convergence": dict,
}  # fmt: skip


def chance(value: Any) -> bool:
    return isinstance(value, float) and 0.0 <= value <= 1.0


def spread(value: dict[str, Any]) -> bool:
    return all(chance(value[k]) for k in ("value", "low", "high"))


def test_analyze_json_has_the_documented_shape(foedus: Command, file: Path) -> None:
    code, out, err = foedus("analyze", file, "--draws", 32, "--json")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    data = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert set(data) >= set(KEYS)
    for key, kind in KEYS.items():
        assert isinstance(data[key], kind), key
    assert (data["case"], data["seed"], data["draws"]) == ("toy-pact", 1, 32)
    assert (data["horizon"], data["version"]) == ("2016-12-31", __version__)
    assert len(data["case_hash"]) == 64
    assert spread(data["probability"])
    assert set(data["sampling_error"]) == {"value", "low", "high"}
    assert all(math.isfinite(v) for v in data["sampling_error"].values())
    endurance = data["endurance"]
    for t, row in enumerate(endurance["survival"]):
        assert row["t"] == t
        assert spread(row)
    assert set(endurance["first_leaver"]) == {"north", "south"}
    assert all(chance(share) for share in endurance["first_leaver"].values())
    assert set(endurance["trends"]) == {"improving", "flat", "falling"}
    for trend in endurance["trends"].values():
        assert all(chance(trend[k]) for k in ("probability", "holds_given", "holds_if"))
    assert endurance["anchor"]["yearly_exit"] == 0.2
    assert isinstance(endurance["anchor"]["a"], float)
    assert spread(endurance["anchor"]["inside"])
    assert all({"id", "says", "stands", "fails", "load"} <= set(a) for a in data["assumptions"])
    assert all({"path", "correlation", "low", "high"} <= set(d) for d in data["drivers"])
    assert data["convergence"]["draws"] == 32


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_output_is_the_same_for_any_workers_and_every_time(
    options: tuple[str, ...], foedus: Command, file: Path
) -> None:
    told = {foedus("analyze", file, "--draws", 32, "--workers", w, *options) for w in (1, 2, 1)}
    assert len(told) == 1
    assert told.pop()[0] == 0


def test_few_draws_say_that_their_sampling_error_is_not_known(foedus: Command, file: Path) -> None:
    code, out, _ = foedus("analyze", file, "--draws", 8, "--json")
    assert code == 0
    assert json.loads(out)["sampling_error"] == {"value": None, "low": None, "high": None}


def test_nobody_is_told_of_nan(foedus: Command, file: Path) -> None:
    code, out, _ = foedus("analyze", file, "--draws", 16)
    assert code == 0
    assert "nan" not in out


def test_the_packaged_answer_fits_one_screen(foedus: Command) -> None:
    code, out, err = foedus("analyze", "syria-2016", "--draws", 16)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 40
    assert max(cell_len(line) for line in lines) <= 80
    assert lines[0].startswith("Will Russia and Iran")
    for part in ("Russia", "anchored on", "holds if", "what if", "16 draws, seed 1"):
        assert part in out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_answer_keeps_to_the_console(width: int, answer: Analysis) -> None:
    console = Console(width=width, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    show(answer, console)
    console.file.close()
    lines = console.export_text().splitlines()
    assert len(lines) <= 40
    assert max(cell_len(line.rstrip()) for line in lines) <= width


def test_the_answer_of_a_case_with_many_scenarios_fits_one_screen(
    foedus: Command, tmp_path: Path
) -> None:
    path = tmp_path / "many.yaml"
    more = "".join(f"  s{k}: {{{NOW}: {k / 100}}}\n" for k in range(21))
    path.write_text(changed(("scenarios:\n", f"scenarios:\n{more}")), "utf-8")
    code, out, _ = foedus("analyze", path, "--draws", 32)
    assert code == 0
    assert len(out.splitlines()) <= 40


def test_texts_of_the_case_are_no_markup(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "bold.yaml"
    path.write_text(
        changed(
            ("question: Will north", "question: '[red]Will[/red] [/oops] north"),
            ("stay together?", "stay?'"),
            ("name: Northland", "name: '[bold]North[/bold]'"),
            ("says: The front does not fall.", "says: '[link=x]a[/link]'"),
        ),
        "utf-8",
    )
    for options in ((), ("--scenario", "lost")):
        code, out, err = foedus("analyze", path, "--draws", 8, *options)
        assert (code, err) == (0, "")
        assert "[red]Will[/red] [/oops] north" in out
        assert "[bold]North[/bold]" in out
        assert "[link=x]a[/link]" in out
    assert foedus("explain", path, "endurance.members.north.stake", "--draws", 8)[0] == 0
    assert foedus("compare", path, "lost", "--draws", 8)[0] == 0


def test_a_scenario_can_be_asked_for(foedus: Command, file: Path) -> None:
    code, out, _ = foedus("analyze", file, "--draws", 8, "--scenario", "lost", "--json")
    assert code == 0
    data = json.loads(out)
    assert data["options"]["scenario"] == "lost"
    assert [s["id"] for s in data["scenarios"]] == ["as-in-the-file", "same", "offer"]


@pytest.mark.parametrize(
    ("value", "mode"), [("0.25", 0.25), (" -0.4", -0.4), ("{mode: 0.1, low: 0.0, high: 0.2}", 0.1)]
)
def test_a_value_can_be_set(value: str, mode: float, foedus: Command, file: Path) -> None:
    code, out, err = foedus("analyze", file, "--draws", 8, "--set", f"{NOW}={value}", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)["options"]["set"][NOW]
    assert (told["mode"] if isinstance(told, dict) else told) == mode


def test_several_values_can_be_set_and_drivers_leave_them_out(foedus: Command, file: Path) -> None:
    code, out, _ = foedus(
        "analyze", file, "--draws", 8, "--set", f"{NOW}=0.1",
        "--set", "endurance.members.north.stake.high=1.1", "--json",
    )  # fmt: skip
    assert code == 0
    paths = {driver["path"] for driver in json.loads(out)["drivers"]}
    assert NOW not in paths
    assert "endurance.members.north.stake" in paths


def test_a_long_run_has_to_be_asked_for(
    foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.verdict.drawn._seconds", lambda *_: 1000.0)
    code, out, err = foedus("analyze", file, "--draws", 8)
    assert (code, out) == (2, "")
    assert "minutes; add --yes" in err
    assert foedus("analyze", file, "--draws", 8, "--yes")[0] == 0


def test_the_report_is_written(foedus: Command, file: Path, tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    code, out, err = foedus("analyze", file, "--draws", 8, "--report", page)
    assert (code, err) == (0, "")
    assert f"Report: {page}" in out.replace("\n", "") or "Report:" in out
    assert page.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    nowhere = tmp_path / "no" / "folder.html"
    code, _, err = foedus("analyze", file, "--draws", 8, "--report", nowhere)
    assert code == 2
    assert "folder.html" in err
    assert "Traceback" not in err


# compare, explain


def test_compare_says_what_moved(foedus: Command, file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(
        changed(("now: {mode: -0.1, low: -0.4, high: 0.2", "now: {mode: 0.3, low: 0.0, high: 0.6")),
        "utf-8",
    )
    code, out, err = foedus("compare", file, new, "--draws", 16)
    assert (code, err) == (0, "")
    assert "position now" in out
    assert "-0.1 (-0.4 to 0.2)" in out
    assert max(cell_len(line) for line in out.splitlines() if str(tmp_path) not in line) <= 80
    code, out, _ = foedus("compare", file, new, "--draws", 16, "--json")
    data = json.loads(out)
    assert code == 0
    assert data["moved"][0]["path"] == NOW
    assert data["change"] > 0.0


def test_compare_takes_a_scenario(foedus: Command, file: Path) -> None:
    code, out, _ = foedus("compare", file, "lost", "--draws", 8, "--json")
    assert code == 0
    assert json.loads(out)["names"] == [str(file), "lost"]
    assert "no quantity differs" in foedus("compare", file, file, "--draws", 8)[1]


def test_explain_tells_the_quantity_and_its_evidence(foedus: Command, file: Path) -> None:
    code, out, err = foedus("explain", file, "endurance.members.north.stake", "--draws", 8)
    assert (code, err) == (0, "")
    for part in ("Northland: stake", "0.3", "B2", "e1", "It holds.", "The envoy", "page 3"):
        assert part in out
    code, out, _ = foedus("explain", file, NOW, "--draws", 8, "--json")
    data = json.loads(out)
    assert [row["at"] for row in data["effect"]] == [-0.4, -0.1, 0.2]
    assert data["evidence"][0]["rating"] == "B2"


def test_explain_an_incomplete_case_says_what_is_known(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "part.yaml"
    path.write_text(
        changed(("  opponents: {strength: {mode: 1.2, low: 0.9, high: 1.5}}\n", "")), "utf-8"
    )
    code, out, err = foedus("explain", path, NOW)
    assert (code, err) == (0, "")
    assert "cannot be said yet" in out
    assert "endurance.opponents.strength" in out.replace("\n", "")


# new, check, cases, schema


def test_a_new_case_passes_check_and_gives_an_answer(
    foedus: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert foedus("new", "my-pact.yaml") == (
        0, "my-pact.yaml written. Next: foedus check my-pact.yaml\n", "",
    )  # fmt: skip
    code, out, err = foedus("check", "my-pact.yaml")
    assert (code, err) == (0, "")
    assert "endurance: ready" in out
    code, out, _ = foedus(
        "analyze", "my-pact.yaml", "--draws", 16, "--set", "endurance.levels.front=5"
    )
    assert code == 0
    assert "Will North and South stand together" in out
    before = Path("my-pact.yaml").read_text("utf-8")
    code, _, err = foedus("new", "my-pact.yaml")
    assert code == 2
    assert "is there already" in err
    assert Path("my-pact.yaml").read_text("utf-8") == before


ODD = {
    "2016.yaml": "case-2016", "My Pact.yml": "my-pact", "---.yaml": "case", ".yaml": "yaml",
    "Été à Paris.yaml": "t-paris", "no.yaml": "no", "1e5": "case-1e5", "ID.yaml": "id",
    "x" * 100 + ".yaml": "x" * 64, "a'b\"c#d: e.yaml": "a-b-c-d-e",
}  # fmt: skip


@pytest.mark.parametrize("name", [*ODD, "null.yaml", "true.yaml", "False.yaml"])
def test_odd_file_names_give_right_ids(name: str, foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / name
    assert foedus("new", path)[0] == 0
    code, out, err = foedus("check", path, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["case"] == ODD.get(name, path.stem.lower())


def test_a_packaged_case_can_be_copied(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert foedus("new", path, "--from", "syria-2016")[0] == 0
    assert path.read_text("utf-8") == text_of("syria-2016")
    code, _, err = foedus("new", tmp_path / "other.yaml", "--from", "syria-2015")
    assert code == 2
    assert "did you mean 'syria-2016'" in err
    assert not (tmp_path / "other.yaml").exists()


def test_a_new_case_needs_a_folder(foedus: Command, tmp_path: Path) -> None:
    code, _, err = foedus("new", tmp_path / "nowhere" / "a.yaml")
    assert code == 2
    assert "is not there" in err
    assert foedus("new", tmp_path)[0] == 2


def test_check_tells_what_is_ready(foedus: Command, file: Path, tmp_path: Path) -> None:
    code, out, err = foedus("check", file)
    assert (code, err) == (0, "")
    assert "fine (2 pieces of evidence" in out
    code, out, _ = foedus("check", file, "--json")
    data = json.loads(out)
    assert data["case"] == "toy-pact"
    assert data["quantities"] == len(toy().quantities())
    assert data["lenses"]["endurance"] == {"ready": True, "needs": []}
    assert NOW not in data["without_evidence"]
    part = tmp_path / "part.yaml"
    part.write_text(changed(("      capability: 1.0\n", "")), "utf-8")
    code, out, _ = foedus("check", part)
    assert code == 0
    assert "still needs endurance.members.north.capability" in out
    lacks = json.loads(foedus("check", part, "--json")[1])["lenses"]["endurance"]
    assert lacks == {"ready": False, "needs": ["endurance.members.north.capability"]}


def test_check_and_analyze_tell_one_hash(foedus: Command, file: Path) -> None:
    one = json.loads(foedus("check", file, "--json")[1])["case_hash"]
    two = json.loads(foedus("analyze", file, "--draws", 8, "--json")[1])["case_hash"]
    assert one == two


def test_cases_lists_what_is_packaged(foedus: Command) -> None:
    code, out, err = foedus("cases")
    assert (code, err) == (0, "")
    assert all(name in out for name in packaged())
    listed = json.loads(foedus("cases", "--json")[1])
    assert [row["id"] for row in listed] == list(packaged())
    assert set(listed[0]) == {"id", "title", "question", "as_of", "horizon"}


def test_the_schema_accepts_what_is_packaged(foedus: Command) -> None:
    code, out, err = foedus("schema")
    assert (code, err) == (0, "")
    schema = json.loads(out)
    checker = jsonschema.validators.validator_for(schema)
    checker.check_schema(schema)
    for name in packaged():
        checker(schema).validate(read(text_of(name), name).data)
    checker(schema).validate(toy().data)
    for wrong in ({"foedus": 2}, {"tarot": {}}, {"horizon": 3}):
        assert not checker(schema).is_valid({**toy().data, **wrong})
    too_much = toy().with_values({NOW: 0.5}).data
    too_much["endurance"]["position"]["now"] = 1.5
    assert not checker(schema).is_valid(too_much)


# A reader who has had enough


@pytest.mark.parametrize("arguments", [
    ["schema"], ["cases"], ["--help"], ["analyze", "{file}", "--draws", "8"],
    ["analyze", "{file}", "--draws", "8", "--json"], ["check", "{file}"],
])  # fmt: skip
def test_a_closed_pipe_leaves_no_traceback(arguments: list[str], file: Path) -> None:
    _, said = piped([word.format(file=file) for word in arguments])
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert "fault is ours" not in said


def test_a_closed_pipe_is_no_fault(file: Path) -> None:
    assert piped(["analyze", str(file), "--draws", "8"])[0] == 0


def piped(given: list[str]) -> tuple[int, str]:
    """Exit code and error stream of a command whose reader is gone."""
    code = f"from foedus.cli.main import run; run({given!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    return process.wait(timeout=60), said
