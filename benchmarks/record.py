"""The track record and its base rate: how good, how fast, and what the lens costs."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, command, cpu
from foedus.ensemble.draws import Table
from foedus.lenses.table import LENSES, load
from foedus.record.models import DEFAULT

if TYPE_CHECKING:
    from foedus.record.scoring.score import Era
    from foedus.record.scoring.standing import Comparison

CASES = ("uk-coalition-2012", "syria-2016")
DRAWS = 512
BASELINES = ("last20", "age")
MANY = 20
"""Ends from which on a decade is told by itself."""


@dataclass(frozen=True)
class Given:
    """A panel beside the project, and the first year that is asked."""

    task: str
    file: str
    split: int


PANELS = (
    Given("sponsor-exit", "sponsor_exit_1975_1999.parquet", 1990),
    Given("alliance-end", "alliance_year_1816_1989.parquet", 1970),
)


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with the panels in `record/`."""
    out = []
    for given in PANELS:
        path = None if data is None else data / "record" / given.file
        there = path if path is not None and path.exists() else None
        out += [*fast(given, there), *good(given, there)]
    return [*out, *added()]


def fast(given: Given, path: Path | None) -> list[Row]:
    """`foedus score` on a panel, split at a year."""
    what = f"foedus score {given.task} --by-era, split at {given.split}"
    if path is None:
        return [Row(what, "not run: no data", "20 s", "", "")]
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    early = pc.less(table["year"], given.split)
    with tempfile.TemporaryDirectory() as folder:
        train, test = str(Path(folder) / "train.parquet"), str(Path(folder) / "test.parquet")
        pq.write_table(table.filter(early), train)
        pq.write_table(table.filter(pc.invert(early)), test)
        asked = ["-m", "foedus", "score", given.task, "--train", train, "--test", test]
        seconds, used, memory = command([*asked, "--by-era"])
    told = f"{seconds:.1f} s, {used:.1f} s CPU, {memory:.0f} MB"
    return [Row(what, told, "20 s", "", "")]


def good(given: Given, path: Path | None) -> list[Row]:
    """The default model rolled over a panel, every year asked of those before it."""
    model = DEFAULT[given.task]
    what = f"{given.task}, {model} rolled over the panel"
    if path is None:
        return [Row(what, "not run: no data", "", "", "")]
    from foedus.record.panels import read
    from foedus.record.scoring.rolling import rolling

    found = rolling(given.task, read(str(path), given.task), model)
    first, last = found.test.years
    out = [_skill(f"{what}, {first} to {last}", found.comparison)]
    many = [era for era in found.eras if era.comparison.extent.events >= MANY]
    few = [era for era in found.eras if 0 < era.comparison.extent.events < MANY]
    out += [_skill(f"{what}, {era.name}", era.comparison) for era in many]
    return [*out, _counted(what, few)] if few else out


def _skill(what: str, found: Comparison) -> Row:
    """Skill against each baseline, and whether resampled clusters leave it open."""
    told = []
    for baseline in BASELINES:
        skill = found.model.skills[baseline]
        if skill.value is None or skill.low is None or skill.high is None:
            told.append(f"{baseline} too few ends to tell")
            continue
        low, value, high = (100.0 * at for at in (skill.low, skill.value, skill.high))
        sure = "better" if low > 0.0 else "worse" if high < 0.0 else "not told apart"
        told.append(f"{baseline} {value:+.1f} % ({low:+.1f} to {high:+.1f}, {sure})")
    own, *others = (
        f"{marks.log_score:.4f}"
        for marks in (found.model.marks, *(found.baselines[name] for name in BASELINES))
    )
    peer = ", ".join(f"{name} {score}" for name, score in zip(BASELINES, others, strict=True))
    who = f"{what} ({found.extent.events} of {found.extent.n}): skill against"
    return Row(who, "; ".join(told), "above 0", f"log scores: {peer}", f"log score {own}")


def _counted(what: str, eras: list[Era]) -> Row:
    """In how many decades of few ends the model's log score was lower."""
    told = []
    for baseline in BASELINES:
        lower = sum(
            era.comparison.model.marks.log_score < era.comparison.baselines[baseline].log_score
            for era in eras
        )
        told.append(f"{baseline} in {lower} of {len(eras)}")
    names = ", ".join(era.name for era in eras)
    who = f"{what}, decades with fewer than {MANY} ends ({names}): lower log score than"
    return Row(who, ", ".join(told), "", "", "")


def added() -> list[Row]:
    """What the lens base_rate adds to an analysis: its run and its finding."""
    lens, out = LENSES["base_rate"], []
    for name in CASES:
        case = load(name).without_outcome()
        what = f"base_rate of {name}, {DRAWS} draws, run and found"
        if lens.missing(case):
            out.append(Row(what, "not run: no section base_rate", "50 ms", "", ""))
            continue
        table = Table.over([case], 1)
        draws = table.draws(case, table.uniforms(DRAWS))

        def whole() -> object:
            return lens.find(case, draws, lens.run(case, draws, {}))  # noqa: B023

        out.append(Row(what, f"{1e3 * cpu(whole):.1f} ms CPU", "50 ms", "", ""))
    return out
