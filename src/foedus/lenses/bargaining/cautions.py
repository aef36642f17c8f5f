"""What nobody should overlook in a bargaining finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foedus.lenses.lens import percent
from foedus.lenses.wording import listed

Row = Mapping[str, Any]
NOTABLE = 0.05
"""Shares of draws from which on trouble with a model is worth a warning."""


def warnings(data: Row, called: Mapping[str, str], members: Sequence[str]) -> tuple[str, ...]:
    """Missing red lines, models that could not run or did not come to rest, empty agreements."""
    issues: Mapping[str, Row] = data["issues"]
    return (
        *_lines(data, called, members),
        *_lost(data),
        *_failed(issues),
        *_restless(issues),
        *_unsettled_turns(issues),
        *_no_gain(issues),
    )


def _lines(data: Row, called: Mapping[str, str], members: Sequence[str]) -> Iterator[str]:
    if data["share_holding"] is None:
        yield (
            "No member has a red line on any issue (accepts: least or most), so it is not known"
            " whether all of them can live with the settlement."
        )
        return
    known = {
        member
        for issue in data["issues"].values()
        for member, row in issue["members"].items()
        if row["accepts"] is not None
    }
    without = [called[member] for member in members if member not in known]
    if without:
        verb = "has" if len(without) == 1 else "have"
        yield f"{listed(without)} {verb} no red line on any issue and count as accepting anything."


def _lost(data: Row) -> Iterator[str]:
    for name, issue in data["issues"].items():
        lost = issue["variants"][issue["headline"]]["without"]
        if lost > 0.0:
            yield (
                f"{name}: {issue['headline']} has no settlement in {percent(lost)} of draws; they"
                " are left out."
            )


def _failed(issues: Mapping[str, Row]) -> Iterator[str]:
    """Models that could not run, by reason."""
    reasons: dict[str, dict[str, list[str]]] = {}
    for name, issue in issues.items():
        for variant, row in issue["variants"].items():
            if row["failed"] is not None:
                reasons.setdefault(row["failed"], {}).setdefault(variant, []).append(name)
    for why, failed in reasons.items():
        where = sorted({name for names in failed.values() for name in names})
        yield f"{listed(list(failed))} could not run on {listed(where)}: {why}."


def _restless(issues: Mapping[str, Row]) -> Iterator[str]:
    """Models that go on moving when their rounds are over, with the worst share of any issue."""
    told = []
    for variant in next(iter(issues.values()))["variants"]:
        settled = [issue["variants"][variant]["settled"] for issue in issues.values()]
        worst = max((1.0 - share for share in settled if share is not None), default=0.0)
        if worst >= NOTABLE:
            told.append(f"{variant} ({percent(worst)} of draws)")
    if told:
        most = ", on the issue where it is most" if len(issues) > 1 else ""
        yield f"Positions still moved when the rounds were over{most}: {listed(told)}."


def _unsettled_turns(issues: Mapping[str, Row]) -> Iterator[str]:
    for name, issue in issues.items():
        turns = issue["turns"]
        if turns is not None and turns["converged"] is False:
            how = f"goes round in a cycle of {turns['cycle']}" if turns["cycle"] else "does not end"
            yield f"{name}: at the most likely values {turns['variant']} {how}."


def _no_gain(issues: Mapping[str, Row]) -> Iterator[str]:
    told = [
        f"{percent(1.0 - issue['variants']['nbs']['agreed'])} of draws on {name}"
        for name, issue in issues.items()
        if issue["variants"]["nbs"]["agreed"] is not None
        and issue["variants"]["nbs"]["agreed"] <= 1.0 - NOTABLE
    ]
    if told:
        yield (
            f"No settlement is a gain for everybody over the reference point in {listed(told)};"
            " there nbs is the reference point itself."
        )
