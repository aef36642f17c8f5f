"""A saved run made again, and what came out otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from foedus.ensemble.run import Progress
from foedus.verdict.analysis import Analysis, analyze
from foedus.verdict.saving.differing import Difference, of_findings, of_tables
from foedus.verdict.saving.manifest import versions_here
from foedus.verdict.saving.saved import SavedRun
from foedus.verdict.saving.tidy import columns
from foedus.verdict.show import plain

SAME, CLOSE, DIFFERS = "same", "close", "differs"


@dataclass(frozen=True, eq=False)
class Rerun:
    """A saved run, the analysis that its case, options and seed give now, and how they differ.

    `differences` has columns first, then findings, in the order of the saved run.
    """

    saved: SavedRun
    answer: Analysis
    compared: int
    differences: tuple[Difference, ...]

    @property
    def result(self) -> str:
        """`same` to the byte, `close` if all is within 1e-9, else `differs`."""
        if not self.differences:
            return SAME
        return CLOSE if all(one.near for one in self.differences) else DIFFERS

    @property
    def first(self) -> Difference | None:
        """The first difference beyond the tolerance, or else the first at all."""
        beyond = (one for one in self.differences if not one.near)
        return next(beyond, self.differences[0] if self.differences else None)

    @property
    def largest(self) -> float | None:
        """The largest difference of two numbers, where two differ."""
        return max((one.by for one in self.differences if one.by is not None), default=None)

    @property
    def versions(self) -> dict[str, tuple[str | None, str | None]]:
        """Saved and present version of everything that numbers may depend on."""
        was = {"foedus": self.saved.version, **self.saved.versions}
        now = {"foedus": self.answer.version, **versions_here()}
        return {name: (was.get(name), now.get(name)) for name in {**was, **now}}

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus rerun --json`."""
        told: dict[str, Any] = plain(
            {
                "case": self.saved.case.id,
                "case_hash": self.saved.case.hash,
                "draws": self.answer.draws.size,
                "seed": self.saved.seed,
                "result": self.result,
                "columns": self.compared,
                "columns_differing": sum(one.where == "table" for one in self.differences),
                "findings_differing": sum(one.where == "findings" for one in self.differences),
                "largest": self.largest,
                "first": asdict(self.first) if self.first else None,
                "versions": {
                    name: {"saved": was, "now": now} for name, (was, now) in self.versions.items()
                },
                "probability": self.answer.holds.to_dict(),
                "words": self.answer.words,
            }
        )
        return told


def call_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `analyze` that saved options stand for."""
    return {("set_values" if name == "set" else name): value for name, value in options.items()}


def rerun(
    saved: SavedRun,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Rerun:
    """Run a saved run again, and compare table and findings with what was saved.

    `workers` and `cluster` are as for `analyze`. The version that the findings name is not
    compared; `Rerun.versions` tells of it. Raises what `analyze` raises for a case that this foedus
    cannot look at, and KeyboardInterrupt when it is stopped: a part says nothing of the whole.
    """
    answer = analyze(
        saved.case, seed=saved.seed, workers=workers, cluster=cluster, progress=progress,
        **call_of(saved.options),
    )  # fmt: skip
    if answer.stopped:
        raise KeyboardInterrupt
    table = columns(answer)
    findings = json.loads(json.dumps(answer.to_dict()))
    return Rerun(
        saved,
        answer,
        len(table),
        (*of_tables(saved.columns, table), *of_findings(saved.findings, findings)),
    )
