"""How far a case is from the class that it is judged by."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.lenses.base_rate.classes import place_of
from foedus.lenses.base_rate.setting import Setting
from foedus.lenses.lens import Draws

ESTABLISHED, MOST_SPONSORS = 4.0, 3
"""Years, and sponsors, that the class of established sponsors is about."""
FEW_ROWS = 30
"""A class with fewer rows than this is thin."""


def distance(setting: Setting, draws: Draws) -> dict[str, Any]:
    """What of the case the class does not share, as plain data.

    `knows_later` says whether the table counts years after the date; `years_after` and
    `years_before` how far the date is outside its years; `fell_back` which attributes were said but
    have no rows; `not_said` which the table knows and the case does not tell, `ignored` the
    other way round; `thin` the ties whose narrowest class has under `FEW_ROWS` rows; `established`
    whether the class of established sponsors would fit as well.
    """
    table = setting.table
    first, last = table.years
    fell_back, thin = {}, {}
    not_said: set[str] = set()
    ignored: set[str] = set()
    for tie in setting.ties:
        chain = tie.chains[0]
        if tie.age is not None:
            oldest = float((draws[tie.age] @ draws.weights) / draws.weights.sum())
            chain = tie.chains[place_of(table.name, oldest)]
        told = set(tie.said) | ({"age"} if tie.aged else set())
        used = {attribute for attribute, _ in chain[-1].key}
        lost = [attribute for attribute in table.order if attribute in told - used]
        if lost:
            fell_back[tie.name] = lost
        if chain[-1].count.rows < FEW_ROWS:
            thin[tie.name] = chain[-1].count.rows
        not_said |= {attribute for attribute in table.order if attribute not in told}
        ignored |= told - set(table.order)
    return {
        "years_after": max(setting.year - (last + 1), 0.0),
        "knows_later": last > setting.year,
        "years_before": max(first - setting.year, 0.0),
        "fell_back": fell_back,
        "not_said": sorted(not_said),
        "ignored": sorted(ignored),
        "established": _established(setting, draws),
        "thin": thin,
    }


def _established(setting: Setting, draws: Draws) -> bool:
    if len(setting.ties) > MOST_SPONSORS or setting.table.name != "sponsors":
        return False
    return all(
        tie.said.get("client") == "government"
        and tie.age is not None
        and float(np.average(draws[tie.age], weights=draws.weights)) >= ESTABLISHED
        for tie in setting.ties
    )
