"""Which lenses can look at a case, what they say of it, and whose word is the headline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.case import Case
from foedus.ensemble.run import Run, in_order
from foedus.lenses.lens import Finding, Lens
from foedus.lenses.table import LENSES
from foedus.verdict.views import HEADLINE


class NoLensError(Exception):
    """No lens that speaks of the pact's survival can look at the case; says what they miss."""

    bad_input = True


def able(
    case: Case, names: Iterable[str] | None = None
) -> tuple[tuple[Lens, ...], dict[str, tuple[str, ...]]]:
    """The lenses (all, or those named) that can look at the case, and what the others miss.

    With them come those whose outcome they need. Raises NoLensError when none can look.
    """
    wanted = list(LENSES) if names is None else list(dict.fromkeys(names))
    for name in wanted:
        if name not in LENSES:
            raise ValueError(f"there is no lens {name!r}; there are: {', '.join(LENSES)}")
    missing = {name: lacking(LENSES[name], case) for name in wanted}
    ready = [name for name in wanted if not missing[name]]
    if not ready:
        lacks = "; ".join(f"{name} still needs {', '.join(what)}" for name, what in missing.items())
        raise NoLensError(lacks or "no lens was asked")
    chosen = set().union(*(behind(name, case) for name in ready))
    found = in_order({name: lens for name, lens in LENSES.items() if name in chosen}, case)
    return found, {name: what for name, what in missing.items() if what}


def lacking(lens: Lens, case: Case) -> tuple[str, ...]:
    """What a case must still say before a lens, and those whose outcome it needs, can look."""
    return lens.missing(case) or tuple(
        what for need in lens.needs(case) for what in lacking(LENSES[need], case)
    )


def check_able(case: Case, lenses: tuple[Lens, ...], name: str) -> None:
    """See that lenses can look at a case that is to be compared. Raises NoLensError if not."""
    there = {lens.name for lens in lenses}
    for lens in lenses:
        if lacks := lacking(lens, case):
            raise NoLensError(f"{name}: {lens.name} still needs {', '.join(lacks)}")
        if absent := set(lens.needs(case)) - there:
            raise NoLensError(f"{name}: {lens.name} needs {', '.join(absent)}, which cannot look")


def usable(*cases: Case) -> tuple[Lens, ...]:
    """The lenses that can look at every one of some cases, each after those it needs."""
    fit = {
        name: lens
        for name, lens in LENSES.items()
        if not any(lacking(lens, case) for case in cases)
    }
    for case in cases:  # what one case needs another may lack
        fit = {name: lens for name, lens in fit.items() if set(lens.needs(case)) <= fit.keys()}
    return in_order(fit, *cases)


def find(run: Run, lenses: Iterable[Lens]) -> dict[str, Finding]:
    """What every lens says of a run."""
    return {lens.name: lens.find(run.case, run.draws, run.outcomes[lens.name]) for lens in lenses}


def speaker(findings: Mapping[str, Finding]) -> Finding:
    """The finding whose probability is the headline: endurance, else the first that has one."""
    speaking = [f for f in findings.values() if f.holds is not None]
    if not speaking:
        raise NoLensError("none of the lenses asked speaks of the pact's survival")
    return findings.get(HEADLINE, speaking[0])


def bears(path: str, spoken: str, case: Case) -> bool:
    """Whether a quantity bears on what a lens says: not if it stands in another lens's section."""
    section = path.partition(".")[0]
    return section in behind(spoken, case) or section not in LENSES


def behind(name: str, case: Case) -> set[str]:
    """A lens and all whose outcomes it needs for a case."""
    return {name}.union(*(behind(need, case) for need in LENSES[name].needs(case)))
