from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from toy_pact import with_stability

from foedus.ensemble import warming
from foedus.ensemble.run import at_modes
from foedus.lenses.compiled import is_cold
from foedus.lenses.table import LENSES

TWO = (LENSES["endurance"], LENSES["stability"])


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The processes that are begun while nothing seems to be compiled."""
    out: list[subprocess.Popen[str]] = []
    begin = subprocess.Popen

    def remembered(*args: Any, **options: Any) -> subprocess.Popen[str]:
        out.append(begin(*args, **options))
        return out[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    monkeypatch.setattr(warming, "is_cold", lambda folder: True)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    return out


def test_the_other_lenses_are_run_in_a_process_of_their_own(
    children: list[subprocess.Popen[str]],
) -> None:
    with warming.compiling(with_stability(), TWO) as wait:
        wait("endurance")  # compiled here
        assert [child.poll() for child in children] == [None]
        wait("stability")
        assert [child.returncode for child in children] == [0]
    assert children[0].args[-1] == "stability"  # type: ignore[index]


def test_a_child_is_not_left_behind(children: list[subprocess.Popen[str]]) -> None:
    with pytest.raises(KeyboardInterrupt), warming.compiling(with_stability(), TWO):
        raise KeyboardInterrupt
    assert [child.returncode for child in children] == [-9]


def test_a_child_that_fails_changes_no_answer(
    children: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = at_modes(with_stability(), TWO[:1])
    monkeypatch.setattr(warming, "__name__", "foedus.no_such_module")
    found = at_modes(with_stability(), TWO)
    assert [child.returncode for child in children] == [1]
    for name, array in expected["endurance"].arrays.items():
        assert found["endurance"].arrays[name].tobytes() == array.tobytes()


def test_one_processor_begins_nothing(
    children: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with warming.compiling(with_stability(), TWO):
        assert not children


def test_a_folder_is_cold_until_compiled_code_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    kept = tmp_path / "kernel" / "__pycache__"
    kept.mkdir(parents=True)
    assert is_cold(tmp_path)
    (kept / "function.nbi").write_text("")
    assert not is_cold(tmp_path)


def test_a_place_of_its_own_for_compiled_code_is_looked_at_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    full = Path(warming.__file__).parent
    assert is_cold(full)
    (tmp_path / "kernel_1").mkdir()
    (tmp_path / "kernel_1" / "function.nbi").write_text("")
    assert not is_cold(full)


def test_a_folder_that_cannot_be_written_to_is_never_cold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda folder, how: False)
    assert not is_cold(tmp_path)
