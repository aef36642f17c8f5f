"""What to watch: how far seeing an indicator, or not seeing it, would move the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.lenses.lens import percent
from foedus.verdict.assumptions import AssumptionCheck


@dataclass(frozen=True)
class Watched:
    """One indicator, and what observing it would tell.

    `if_stands` and `if_fails` are the chances to see it while its assumption stands and once that
    fails; where the case does not judge them the indicator is taken to show for certain whether it
    does (`judged` is false): what is told is then the most that it could tell. `chance` is the
    chance to see it at all, `seen` and `unseen` the chance that the pact holds afterwards. `bits`
    is the expected information about the pact (mutual information, Shannon 1948), `move` the
    expected change of the chance that it holds, whichever way. `sentence` is for an analyst.
    """

    id: str
    says: str
    assumption: str
    because: tuple[str, ...]
    if_stands: float
    if_fails: float
    judged: bool
    chance: float
    seen: float
    unseen: float
    bits: float
    move: float
    sentence: str


def watch(case: Case, checks: Sequence[AssumptionCheck]) -> tuple[Watched, ...]:
    """The case's indicators, those that would tell most first.

    Left out are those that name no assumption, or one that no draw has both ways: observing them
    moves nothing that is known.
    """
    known = {check.id: check for check in checks}
    out = []
    for name, indicator in case.indicators.items():
        check = known.get(indicator.assumption or "")
        if check is None or check.stands is None or check.fails is None:
            continue
        judged = indicator.if_stands is not None and indicator.if_fails is not None
        if_stands = indicator.if_stands if indicator.if_stands is not None else 0.0
        if_fails = indicator.if_fails if indicator.if_fails is not None else 1.0
        told = _told(check, if_stands, if_fails)
        sentence = _sentence(indicator.says, check, told, judged)
        out.append(
            Watched(
                name, indicator.says, check.id, indicator.because, if_stands, if_fails, judged,
                *told, sentence,
            )
        )  # fmt: skip
    return tuple(sorted(out, key=lambda one: -one.bits))


def _told(
    check: AssumptionCheck, if_stands: float, if_fails: float
) -> tuple[float, float, float, float, float]:
    """Chance to see it, the pact's chance if seen and if not, information in bits, and move."""
    assert check.stands is not None
    assert check.fails is not None
    fails = float(np.clip(check.probability_of_failure.value, 0.0, 1.0))
    sides = np.array([1.0 - fails, fails])
    holds = np.array([check.stands.value, check.fails.value])
    seen = sides * np.array([if_stands, if_fails])
    unseen = sides - seen
    chance = float(seen.sum())
    before = float(sides @ holds)
    after = [
        float(part @ holds / part.sum()) if part.sum() > 0 else before for part in (seen, unseen)
    ]
    shares = [chance, 1.0 - chance]
    bits = _entropy(before) - sum(w * _entropy(p) for w, p in zip(shares, after, strict=True))
    move = sum(w * abs(p - before) for w, p in zip(shares, after, strict=True))
    return chance, after[0], after[1], max(bits, 0.0), move


def _entropy(chance: float) -> float:
    """Of yes or no, in bits."""
    sides = np.array([chance, 1.0 - chance])
    sides = sides[sides > 0.0]
    return float(-(sides * np.log2(sides)).sum())


def _sentence(
    says: str, check: AssumptionCheck, told: tuple[float, float, float, float, float], judged: bool
) -> str:
    chance, seen, unseen, _, move = told
    what = says.rstrip(". ")
    points = f"{100 * move:.0f} point{'' if round(100 * move) == 1 else 's'}"
    if judged:
        return (
            f"Watch whether this is seen ({percent(chance)} likely): {what}. The pact would then"
            f" hold with {percent(seen)}, and with {percent(unseen)} if it is not seen; expected"
            f" move {points}."
        )
    return (
        f"Watch: {what}. It bears on this: {check.says.rstrip('. ')}. Should that fail"
        f" ({percent(chance)} likely), the pact would hold with {percent(seen)}, else with"
        f" {percent(unseen)}; expected move at most {points}."
    )
