from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from filecmp import cmp
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

from foedus import __version__
from foedus.verdict.analysis import Analysis
from foedus.verdict.saving.container import packed
from foedus.verdict.saving.saved import save
from foedus.verdict.saving.tidy import columns, save_table

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(answer: Analysis, tmp_path: Path) -> Path:
    path = tmp_path / "run.foedus"
    save(answer, path)
    return path


def change(path: Path, by: float = 0.0, **told: Any) -> None:
    """Move one number of a saved run's table, and what its manifest says, as if it was so."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"]) | told
    table = np.load(io.BytesIO(parts["table.npy"]))
    table[3, manifest["columns"].index("endurance.holds")] += by
    held = io.BytesIO()
    np.lib.format.write_array(held, table, version=(1, 0))
    parts["table.npy"] = held.getvalue()
    manifest["sha256"]["table.npy"] = hashlib.sha256(held.getvalue()).hexdigest()
    parts["manifest.json"] = json.dumps(manifest).encode()
    path.write_bytes(packed(parts, "f"))


def test_a_rerun_is_the_same_to_the_byte(foedus: Command, file: Path, answer: Analysis) -> None:
    code, out, err = foedus("rerun", file)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert " ".join(lines[:2]).startswith(
        "The same to the byte: all findings, and the table of 64 draws and"
        f" {len(columns(answer))} columns."
    )
    assert answer.case.question in lines
    assert any(line.startswith(f"{answer.words}: ") for line in lines)
    assert lines[-1].startswith("64 draws, seed 1, case toy-pact ")
    assert max(cell_len(line) for line in lines) <= 80
    assert "versions" not in out


def test_what_a_rerun_writes_is_what_the_first_run_wrote(
    foedus: Command, file: Path, answer: Analysis, tmp_path: Path
) -> None:
    again, table, report = (tmp_path / name for name in ("again.foedus", "t.csv", "r.html"))
    code, out, err = foedus(
        "rerun", file, "--save", again, "--table", table, "--report", report, "--workers", 2
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert cmp(file, again, shallow=False)
    save_table(answer, tmp_path / "first.csv")
    assert cmp(table, tmp_path / "first.csv", shallow=False)
    assert report.read_text("utf-8").startswith("<!")
    written = " ".join(out.partition("Written:")[2].split())
    assert written == f"{again}, {table}, {report}"
    assert foedus("rerun", again, "--table", tmp_path / "t.parquet")[0] == 0
    assert pq.read_table(tmp_path / "t.parquet").num_rows == 64


def test_a_rerun_that_differs_says_where_and_leaves_with_3(foedus: Command, file: Path) -> None:
    change(file, 1e-3)
    code, out, err = foedus("rerun", file)
    assert (code, err) == (3, "")
    told = " ".join(out.split())
    assert told.startswith("Not the same. First in the table: endurance.holds, draw 3, was 0.")
    assert "; 0.001 apart at most in this column." in told
    assert "1 of " in told
    assert "columns and 0 findings differ, by 0.001 at most." in told
    assert max(cell_len(line) for line in out.splitlines()) <= 80


def test_another_processor_is_no_fault(foedus: Command, file: Path) -> None:
    versions = {"python": "3.11.0", "numpy": "2.0.0", "machine": "pdp-11"}
    change(file, 1e-12, versions=versions)
    code, out, err = foedus("rerun", file)
    assert (code, err) == (0, "")
    assert out.startswith("The same to 1e-9, as happens on another processor")
    rows = [line.split() for line in out.splitlines()]
    assert ["numpy", "2.0.0", np.__version__] in rows
    assert any(row[:2] == ["machine", "pdp-11"] for row in rows)
    assert any(row[:2] == ["scipy", "unknown"] for row in rows)
    assert not any(row[:1] == ["foedus"] for row in rows)


def test_json_of_a_rerun(foedus: Command, file: Path, answer: Analysis) -> None:
    code, out, err = foedus("rerun", file, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["result"] == "same"
    assert told["first"] is None
    assert (told["case"], told["draws"], told["seed"]) == ("toy-pact", 64, 1)
    assert told["columns"] == len(columns(answer))
    assert told["probability"] == answer.holds.to_dict()
    assert told["versions"]["foedus"] == {"saved": __version__, "now": __version__}
    change(file, 1e-3)
    code, out, err = foedus("rerun", file, "--json")
    assert (code, err) == (3, "")
    told = json.loads(out)
    assert (told["result"], told["columns_differing"], told["findings_differing"]) == (
        "differs", 1, 0,
    )  # fmt: skip
    first = told["first"]
    assert (first["where"], first["name"], first["draw"]) == ("table", "endurance.holds", 3)
    assert first["saved"] - first["now"] == pytest.approx(1e-3)
    assert told["largest"] == first["by"]


def refused(foedus: Command, *arguments: object) -> str:
    code, out, err = foedus("rerun", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    code, out, silent = foedus("rerun", *arguments, "--json")
    assert (code, silent) == (2, "")
    (error,) = json.loads(out)["errors"]
    assert error["message"] in err
    return err


def test_a_run_from_a_newer_version_is_refused(foedus: Command, file: Path) -> None:
    change(file, format=2, foedus="9.0.0")
    assert refused(foedus, file) == (
        f"foedus: {file} was saved by foedus 9.0.0 in format 2; this is foedus {__version__},"
        " which reads format 1: update foedus\n"
    )


def test_files_that_cannot_be_used_get_a_line(foedus: Command, file: Path, tmp_path: Path) -> None:
    assert "nope.foedus: No such file" in refused(foedus, tmp_path / "nope.foedus")
    assert "Is a directory" in refused(foedus, tmp_path)
    (tmp_path / "case.yaml").write_text("foedus: 1\n", "utf-8")
    assert "is no saved run" in refused(foedus, tmp_path / "case.yaml")
    file.write_bytes(file.read_bytes()[:-1])
    assert "is cut short" in refused(foedus, file)


def test_nothing_is_computed_for_files_that_cannot_be_written(
    foedus: Command, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computing = "foedus.verdict.saving.rerun.analyze"
    monkeypatch.setattr(computing, lambda *_, **__: pytest.fail("computed"))
    assert "should end in .parquet or .csv" in refused(foedus, file, "--table", tmp_path / "t.txt")
    assert "the file that is read" in refused(foedus, file, "--save", file)
    assert "the file of --save too" in refused(
        foedus, file, "--save", tmp_path / "x.csv", "--table", tmp_path / "x.csv"
    )
    assert "should end in .foedus" in refused(foedus, file, "--save", tmp_path / "x.zip")
    assert list(tmp_path.iterdir()) == [file]


def test_a_part_of_the_draws_is_told(foedus: Command, answer: Analysis, tmp_path: Path) -> None:
    path = tmp_path / "part.foedus"
    save(replace(answer, options={**answer.options, "draws": 128}), path)
    code, out, _ = foedus("rerun", path)
    assert code == 3
    assert "First in the table: 64 draws were saved and there are 128 now." in " ".join(out.split())
    assert f"1 of {len(columns(answer))} columns" in " ".join(out.split())


def test_a_case_that_no_lens_can_look_at_gets_a_line(
    foedus: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(file, options={"draws": 64, "scenario": "omen"})
    assert "there is no scenario 'omen'" in refused(foedus, file)
    change(file, options={"draws": 64, "lenses": ["stability"]})
    assert "stability still needs" in refused(foedus, file)
