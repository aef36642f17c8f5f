"""The bargaining lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.case import Case
from foedus.lenses.bargaining.model import Bargaining
from foedus.lenses.bargaining.setting import Ground, Setting
from foedus.lenses.bargaining.variants import ELECTED, MOVING, NAMES, VARIANTS, Batch
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture


class BargainingLens:
    """Where does the bargaining settle, and who is asked to give what?"""

    name = "bargaining"
    question = "Where does the bargaining settle, and who is asked to give what?"
    Section = Bargaining

    def needs(self, case: Case) -> tuple[str, ...]:
        """Names of the lenses whose outcome it wants: none."""
        return ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        section = case.sections.get("bargaining")
        if not isinstance(section, Bargaining):
            return ("a section `bargaining`",)
        lacks = list(section.lacking())
        if not lacks:
            variant = VARIANTS[section.variant]
            for name, issue in section.issues.items():
                why = variant.lacks(len(issue.actors), issue.reference_point is not None)
                if why:
                    lacks.append(f"bargaining.issues.{name}: {section.variant} {why}")
        return tuple(lacks)

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Play every draw's games with every model.

        Arrays, on the issues' own scales, with n the most actors of any issue and NaN where there
        is nothing: `forecast` `(P, issues, models)`; `settled` (1, 0) and `agreed` (1, 0) alike;
        `final` `(P, issues, moving models, n)`; `probability` `(P, issues, n)` that the settlement
        is an actor's position; `acceptable` `(P, issues, n)` 1 where the headline's settlement is
        in an actor's accepted range; `chance` `(P, issues)` that one drawn from the distribution
        is in every member's; `share_holding` `(P,)`.
        """
        setting = Setting.of(case)
        arrays = _empty(draws.size, len(setting.grounds), setting.widest)
        headline = NAMES.index(setting.section.variant)
        for k, ground in enumerate(setting.grounds):
            _play(k, ground, draws, setting.section.variant, arrays)
            accepted = ground.accepted(draws)
            n = len(ground.actors)
            settlement = arrays["forecast"][:, k, headline]
            inside = _inside(settlement[:, None], accepted)
            arrays["acceptable"][:, k, :n] = inside
            if ground.lined:
                arrays["chance"][:, k] = _chance(k, ground, draws, accepted, arrays)
        arrays["share_holding"][:] = _holding(setting, arrays["acceptable"])
        return Outcome("bargaining", draws.index, arrays, {"setting": setting})

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.bargaining.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.bargaining.pictures import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.bargaining.template import template

        return template(members)


def _empty(draws: int, issues: int, widest: int) -> dict[str, Floats]:
    shapes = {
        "forecast": (issues, len(NAMES)),
        "settled": (issues, len(NAMES)),
        "agreed": (issues, len(NAMES)),
        "final": (issues, len(MOVING), widest),
        "probability": (issues, widest),
        "acceptable": (issues, widest),
        "chance": (issues,),
        "share_holding": (),
    }
    return {name: np.full((draws, *shape), np.nan) for name, shape in shapes.items()}


def _play(
    k: int, ground: Ground, draws: Draws, headline: str, arrays: Mapping[str, Floats]
) -> None:
    """Play the games of one issue with every model that can."""
    games = ground.games(draws)
    n = len(ground.actors)
    for v, (name, variant) in enumerate(VARIANTS.items()):
        if variant.lacks(n, games.reference is not None):
            continue
        batch = variant.many(games)
        arrays["forecast"][:, k, v] = ground.back(batch.forecast)
        if batch.settled is not None:
            arrays["settled"][:, k, v] = batch.settled
        if batch.agreed is not None:
            arrays["agreed"][:, k, v] = batch.agreed
        if batch.final is not None:
            arrays["final"][:, k, MOVING.index(name), :n] = ground.back(batch.final)
        _keep_election(k, n, name, headline, batch, arrays)


def _keep_election(
    k: int, n: int, name: str, headline: str, batch: Batch, arrays: Mapping[str, Floats]
) -> None:
    """Keep the distribution of the headline's model, or else of the plain election."""
    if batch.probability is not None and name in (ELECTED, headline):
        arrays["probability"][:, k, :n] = batch.probability


def _inside(places: Floats, accepted: Floats) -> Floats:
    """Whether places `(P, n)` are in ranges `(P, n, 2)`: 1 or 0; NaN without range or place."""
    least, most = accepted[:, :, 0], accepted[:, :, 1]
    bounded = np.isfinite(least) | np.isfinite(most)
    crossed = (places < least) | (places > most)  # NaN is never beyond
    return np.where(bounded & np.isfinite(places), 1.0 - crossed, np.nan)


def _chance(
    k: int, ground: Ground, draws: Draws, accepted: Floats, arrays: Mapping[str, Floats]
) -> Floats:
    """The distribution's probability of a settlement in the ranges of all members that have one."""
    places = ground.back(ground.games(draws).positions[:, :, 0])
    n = len(ground.actors)
    lined = list(ground.lined)
    least, most = accepted[:, None, lined, 0], accepted[:, None, lined, 1]
    crossed = ((places[:, :, None] < least) | (places[:, :, None] > most)).any(axis=2)
    return np.asarray((arrays["probability"][:, k, :n] * ~crossed).sum(axis=1))


def _holding(setting: Setting, acceptable: Floats) -> Floats:
    """1 where every member can live with every settlement, else 0; NaN where that is not known."""
    judged = [acceptable[:, k, i] for k, ground in enumerate(setting.grounds) for i in ground.lined]
    if not judged:
        return np.full(acceptable.shape[0], np.nan)
    return np.asarray(np.min(np.stack(judged), axis=0))  # NaN wins
