"""What explaining uncertainty costs: many draws, evidence set aside, conditions and indices."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.measure import Row, cpu, wall
from foedus.lenses.table import load
from foedus.verdict.analysis import analyze
from foedus.verdict.comparing.compare import compare


def rows() -> list[Row]:
    """Every row of this file."""
    return [*many(), *evidence(), *statistics(), *moved()]


def many() -> list[Row]:
    """All lenses of the packaged case over 4,096 draws."""
    case = load("syria-2016")
    analyze(case, draws=8)
    seconds = wall(lambda: analyze(case, draws=4096, workers=2))
    few = wall(lambda: analyze(case, draws=512, workers=2))
    return [
        Row("4,096 draws of syria-2016 through all lenses, 2 workers", f"{seconds:.0f} s", "60 s",
            "512 draws", f"{seconds / few:.1f}")
    ]  # fmt: skip


def evidence() -> list[Row]:
    """Every piece of evidence of the packaged case set aside and rated one step worse."""
    case = load("syria-2016")
    plain = wall(lambda: analyze(case, draws=512, workers=2))
    weighed = wall(lambda: analyze(case, draws=512, workers=2, evidence=True))
    pieces = len(case.evidence)
    return [
        Row(f"the same with {pieces} pieces of evidence weighed, 512 draws", f"{weighed:.1f} s",
            "3 analyses", "one analysis", f"{weighed / plain:.1f}")
    ]  # fmt: skip


def statistics() -> list[Row]:
    """Indices and conditions from the draws of an analysis."""
    answer = analyze(load("syria-2016"), draws=512, compare_scenarios=False)
    told = cpu(lambda: replace(answer).influences, 3)
    found = cpu(lambda: replace(answer).breaking, 3)
    return [
        Row("sensitivity indices of the headline's quantities, 512 draws", f"{told:.2f} s CPU",
            "", "", ""),
        Row("conditions under which the pact breaks, 512 draws", f"{found:.2f} s CPU", "", "", ""),
    ]  # fmt: skip


def moved() -> list[Row]:
    """Two cases compared, a few changed numbers and many."""
    case = load("syria-2016")
    out = []
    for name in ("washington-bargain", "geneva-deal"):
        other = case.scenario(name)
        seconds = wall(lambda other=other: compare(case, other, workers=2))  # type: ignore[misc]
        out.append(Row(f"compare syria-2016 {name}, 128 draws", f"{seconds:.1f} s", "", "", ""))
    return out
