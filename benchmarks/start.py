"""What starting costs: help, import, reading a case, a first and a later analysis, memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Row, command, cpu
from foedus.case.packages import packaged_file, text_of
from foedus.lenses.table import load


def rows() -> list[Row]:
    """Every row of this file."""
    return [*light(), *reading(), *analyses()]


def light() -> list[Row]:
    """`foedus --help` and `import foedus`."""
    nothing = min(command(["-c", "pass"])[1] for _ in range(5))
    shown = min(command(["-m", "foedus", "--help"])[1] for _ in range(5))
    imported = min(command(["-c", "import foedus"])[1] for _ in range(5))
    peer = "starting Python"
    return [
        Row("foedus --help", f"{shown:.2f} s CPU", "0.3 s", peer, f"{shown / nothing:.1f}"),
        Row("import foedus", f"{imported:.2f} s CPU", "0.15 s", peer, f"{imported / nothing:.1f}"),
    ]


def reading() -> list[Row]:
    """Reading and checking the packaged case, beside only parsing its YAML."""
    from ruamel.yaml import YAML

    text = text_of("syria-2016")
    mine = cpu(lambda: load("syria-2016"))
    parsed = cpu(lambda: YAML(typ="safe", pure=True).load(text))
    size = len(packaged_file("syria-2016").read_bytes()) // 1024
    return [
        Row(f"read and check syria-2016 ({size} kB)", f"{1e3 * mine:.0f} ms CPU", "",
            "ruamel.yaml, safe and pure, parsing alone", f"{mine / parsed:.2f}")
    ]  # fmt: skip


def analyses() -> list[Row]:
    """`foedus analyze syria-2016`, the first time and later, with a report."""
    with tempfile.TemporaryDirectory() as folder:
        asked = ["-m", "foedus", "analyze", "syria-2016", "--report", str(Path(folder) / "r.html")]
        cache = Path(folder) / "cache"
        cache.mkdir()
        first, _, _ = command(asked, NUMBA_CACHE_DIR=str(cache))
        later, _, memory = command(asked, NUMBA_CACHE_DIR=str(cache))
    return [
        Row("foedus analyze syria-2016 --report, kernels to compile", f"{first:.1f} s", "60 s",
            "later runs", f"{first / later:.1f}"),
        Row("the same, later", f"{later:.1f} s", "10 s", "", ""),
        Row("its peak memory", f"{memory:.0f} MB", "500 MB", "", ""),
    ]  # fmt: skip
