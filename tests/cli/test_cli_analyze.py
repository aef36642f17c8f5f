from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from toy_pact import TEXT, changed

from foedus.ensemble.engine import Batch, ThreadSession, Work

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def told(foedus: Command, *arguments: object) -> dict[str, Any]:
    code, out, err = foedus("analyze", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_every_draw_is_a_row_of_the_table(case: Path, tmp_path: Path, foedus: Command) -> None:
    table = tmp_path / "draws.csv"
    data = told(foedus, case, "--draws", 32, "--table", table)
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 32
    assert "endurance.members.north.stake" in rows[0]
    mean = sum(float(row["endurance.holds"]) for row in rows) / 32
    assert mean == pytest.approx(data["probability"]["value"])
    pooled = sum(float(row["pooled"]) for row in rows) / 32
    assert pooled == pytest.approx(data["pooled"]["holds"]["value"])


def test_what_is_saved_is_run_again_to_the_byte(
    case: Path, tmp_path: Path, foedus: Command
) -> None:
    first, second = tmp_path / "one.foedus", tmp_path / "two.foedus"
    options = ("--draws", 32, "--evidence", "--set", "endurance.position.now=0.1")
    code, out, _ = foedus("analyze", case, *options, "--save", first)
    assert code == 0
    assert f"Save: {first}" in out
    code, out, err = foedus("rerun", first, "--save", second, "--workers", 1)
    assert (code, err) == (0, "")
    assert "same to the byte" in " ".join(out.split())
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("--table", "draws.txt", "should end in .parquet or .csv"),
        ("--save", "run.zip", "should end in .foedus"),
    ],
)
def test_files_that_could_not_be_read_back_are_refused(
    option: str, name: str, said: str, case: Path, tmp_path: Path, foedus: Command
) -> None:
    code, out, err = foedus("analyze", case, "--draws", 8, option, tmp_path / name)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / name).exists()


def test_nothing_is_written_over_the_case(case: Path, foedus: Command) -> None:
    code, _, err = foedus("analyze", case, "--draws", 8, "--report", case)
    assert code == 2
    assert "is the file that is read" in err
    assert case.read_text(encoding="utf-8") == TEXT


def test_the_screen_says_what_carries_the_answer(case: Path, foedus: Command) -> None:
    code, out, err = foedus("analyze", case, "--draws", 64, "--evidence")
    assert (code, err) == (0, "")
    assert "without …" in out
    assert "B paper (source)" in out
    assert "pooled" in out


def test_auto_draws_until_it_is_stable_enough(case: Path, foedus: Command) -> None:
    data = told(foedus, case, "--draws", "auto", "--tolerance", 0.4, "--most", 64)
    assert data["draws"] == 64
    assert data["options"]["tolerance"] == 0.4
    code, _, err = foedus("analyze", case, "--draws", "auto", "--most", "auto")
    assert code == 2
    assert "should be a power of two from 8 to 65536" in err
    assert "or auto" not in err


def test_weights_that_sum_to_zero_are_refused_by_line(tmp_path: Path, foedus: Command) -> None:
    pooling = "pooling:\n  weights: {endurance: 0, base_rate: 0}\nscenarios:\n"
    path = tmp_path / "zero.yaml"
    text = changed(("scenarios:\n", pooling))
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("  weights:")].count("\n") + 1
    code, out, err = foedus("analyze", path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:{line}: pooling.weights: ")
    assert "sum to zero; at least one of them should be above 0" in err


@pytest.mark.parametrize(
    ("address", "said"),
    [("nowhere", "should be local:N"), ("tcp://127.0.0.1:9", "cannot be reached")],
)
def test_a_cluster_that_is_not_there_gets_one_line(
    address: str, said: str, case: Path, foedus: Command
) -> None:
    code, out, err = foedus("analyze", case, "--draws", 8, "--cluster", address)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_stopped_it_answers_from_what_is_finished(
    case: Path, foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ThreadSession.batches

    def two(self: ThreadSession, work: Work) -> Generator[Batch, None, None]:
        for k, batch in enumerate(whole(self, work)):
            if k == 2:
                raise KeyboardInterrupt
            yield batch

    monkeypatch.setattr(ThreadSession, "batches", two)
    code, out, _ = foedus("analyze", case, "--draws", 64, "--workers", 1)
    assert code == 130
    assert "32 draws, seed 1" in out
    assert "are missing: stopped" in out
    code, out, _ = foedus("analyze", case, "--draws", 64, "--workers", 1, "--json")
    assert code == 130
    data = json.loads(out)
    assert (data["draws"], data["stopped"]) == (32, True)
    assert data["lost"]


def test_stopped_before_anything_is_finished_it_only_stops(
    case: Path, foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(self: ThreadSession, work: Work) -> Generator[Batch, None, None]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(ThreadSession, "batches", none)
    code, out, err = foedus("analyze", case, "--draws", 64)
    assert (code, out) == (130, "")
    assert "stopped" in err


def test_an_assumption_that_nothing_carries_is_named_with_the_reason(
    tmp_path: Path, foedus: Command
) -> None:
    code, out, _ = foedus("analyze", _with(tmp_path, ("fails_when: {front: falling}",
        "fails_when: {quantity: endurance.members.north.effort, below: 1}")))  # fmt: skip
    assert (code, out) == (2, "")
    path = _with(tmp_path)
    data = told(foedus, path, "--draws", 32)
    assert data["unchecked"] == {
        "calm": "endurance.position.now above 0.9 in no draw: it never fails"
    }


def _with(tmp_path: Path, *swaps: tuple[str, str]) -> Path:
    path = tmp_path / f"case{len(swaps)}.yaml"
    path.write_text(changed(*swaps), encoding="utf-8")
    return path
