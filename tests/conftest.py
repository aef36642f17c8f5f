"""What the tests of several rooms share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "lenses"))  # lens_contract and toy_pact

from toy_pact import toy

from foedus.case import Case
from foedus.cli.main import _run
from foedus.verdict.analysis import Analysis, analyze

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def pact() -> Case:
    """The toy pact."""
    return toy()


@pytest.fixture(scope="session")
def answer(pact: Case) -> Analysis:
    """Its analysis over 64 draws."""
    return analyze(pact, draws=64, workers=1)


@pytest.fixture
def foedus(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = _run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command
