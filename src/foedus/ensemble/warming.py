"""Compiling the kernels of several lenses side by side, when they are used for the first time.

Compiling holds the interpreter's lock, so it takes processes: one lens compiles here, the others in
children that leave their compiled code on disk, where it is found when their turn comes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from foedus.case import Case, loads
from foedus.lenses.compiled import is_cold
from foedus.lenses.lens import Draws, Lens
from foedus.lenses.table import LENSES, SECTIONS

SLOW = ("endurance", "bargaining", "stability")
"""Lenses whose kernels take seconds to compile, the slowest first."""
LONGEST = 600.0
"""Seconds that a child is waited for; then its kernels are compiled here."""


@contextmanager
def compiling(case: Case, lenses: Sequence[Lens]) -> Iterator[Callable[[str], None]]:
    """Begin to compile what is not compiled yet. Gives a function that waits for a lens's kernels.

    With one processor, or one lens to compile, nothing is begun and nothing waited for.
    """
    here = {lens.name for lens in lenses}
    cold = [name for name in SLOW if name in here and is_cold(_folder(LENSES[name]))]
    spare = (os.cpu_count() or 1) - 1
    shares = [share for k in range(spare) if (share := cold[1:][k::spare])]
    children = {
        name: child for share in shares for child in (_child(case, share),) for name in share
    }

    def wait(name: str) -> None:
        if name in children:
            with suppress(subprocess.TimeoutExpired):
                children[name].wait(LONGEST)

    try:
        yield wait
    finally:
        for child in children.values():
            child.kill()
            child.wait()


def _folder(lens: Lens) -> Path:
    return Path(str(sys.modules[type(lens).__module__].__file__)).parent


def _child(case: Case, names: Sequence[str]) -> subprocess.Popen[str]:
    """A process that runs lenses at the most likely values. Whatever it says is not heard."""
    # -P: what lies in the working directory is not imported
    command = [sys.executable, "-P", "-m", __name__, *names]
    nowhere = subprocess.DEVNULL
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, text=True, encoding="utf-8"
    )
    assert child.stdin is not None
    with suppress(OSError), child.stdin as stream:  # a child that has died leaves the work to us
        stream.write(json.dumps(case.data))
    return child


def main() -> None:
    """Compile the kernels of the lenses named, on the case that comes in."""
    case = loads(sys.stdin.read(), SECTIONS)
    draws = Draws.at_modes(case)
    for name in sys.argv[1:]:
        LENSES[name].find(case, draws, LENSES[name].run(case, draws, {}))


if __name__ == "__main__":
    main()
