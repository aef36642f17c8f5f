"""A saving process killed at any moment leaves the whole old file or the whole new one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHILD = """
import itertools, sys
from foedus.case.atomic import write_atomically
for turn in itertools.count():
    letter = "ab"[turn % 2]
    write_atomically(sys.argv[1], letter * 300_000)
    if turn == 0:
        print("saving", flush=True)
"""


@pytest.mark.slow
def test_a_killed_save_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    chance = random.Random(7)
    seen: set[str] = set()
    cut = 0
    for _ in range(200):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"saving\n"
            time.sleep(chance.uniform(0, 0.02))
            child.kill()
        text = path.read_text()
        assert text in ("a" * 300_000, "b" * 300_000)
        seen.add(text[0])
        for left in [p for p in tmp_path.iterdir() if p != path]:
            cut += 1
            left.unlink()
    assert seen == {"a", "b"}
    assert cut > 20, "too few kills landed in the middle of a save to mean anything"
