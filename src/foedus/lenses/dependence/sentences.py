"""The dependence finding in sentences: headline and reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foedus.lenses.dependence.power import CLOSE
from foedus.lenses.lens import percent
from foedus.lenses.wording import listed, sentence

Row = Mapping[str, Any]
Names = Mapping[str, str]

FEW = 3
"""Sets and actors named in a sentence."""
NOTABLE = 0.01
"""Shares of draws from which on something is worth a word."""


def headline(data: Row, called: Names) -> str:
    """Who could threaten to leave, and whether anybody gains by it."""
    if not data["divided_today"]:
        return (
            f"{_threat(data, called)}; the whole can be shared so that nobody gains by being"
            f" without the others in {percent(data['sharing']['possible'])} of draws."
        )
    return (
        f"{_threat(data, called)}; as things are, nobody gains by being without the others in"
        f" {percent(data['stability']['core_stable'])} of draws."
    )


def reasons(data: Row, called: Names) -> tuple[str, ...]:
    """Who loses what, who depends on whom, who would go, what sharing could do."""
    return tuple(
        sentence(f"{line}.")
        for part in (_losses, _pairs, _blocks, _shares, _sharing, _company)
        for line in part(data, called)
    )


def _threat(data: Row, called: Names) -> str:
    """Who could most credibly threaten to leave, and what its threat is."""
    if data["nobody_loses"] > 0.5:
        rest = data["nobody_loses"]
        often = "" if rest == 1.0 else f" in {percent(rest)} of draws"
        return f"Nobody would lose anything by anybody's leaving{often}"
    first = max(data["orderings"]["threat"], key=data["orderings"]["threat"].__getitem__)
    row, who = data["power"][first], called[first]
    cost = f"costs its partners {number(row['others_loss']['value'])} ({_span(row['others_loss'])})"
    if row["undefined"] > 0.5:
        return sentence(
            f"{who} could leave at no loss of its own in {percent(row['undefined'])} of draws, and"
            f" its leaving {cost}"
        )
    ratio = row["propensity"]
    times = f"{times_of(ratio['value'])} what it costs itself ({_span(ratio)})"
    if ratio["value"] > 1.0 + CLOSE:
        return sentence(
            f"{who} can threaten to leave most credibly: that would cost its partners {times}"
        )
    return sentence(
        f"nobody can credibly threaten to leave: even when {who} goes, that costs its partners"
        f" no more than {times}"
    )


def _losses(data: Row, called: Names) -> Iterator[str]:
    """What each one's leaving would cost, and whom."""
    for member, row in data["power"].items():
        own, others = row["own_loss"], row["others_loss"]
        verb, amount = ("lose", own) if own["value"] >= 0.0 else ("gain", _minus(own))
        line = (
            f"by leaving {called[member]} would {verb} {number(amount['value'])}"
            f" ({_span(amount)}), and its partners would"
        )
        verb, amount = ("lose", others) if others["value"] >= 0.0 else ("gain", _minus(others))
        line += f" {verb} {number(amount['value'])} ({_span(amount)})"
        if row["undefined"] < 0.5:
            line += f": a propensity to disrupt of {number(row['propensity']['value'])}"
        if data["divided_today"] and row["leaves"] >= NOTABLE:
            line += f"; it gains by being without them in {percent(row['leaves'])} of draws"
        yield line


def _pairs(data: Row, called: Names) -> Iterator[str]:
    """Who of two depends more on the other, the most one-sided pairs first."""
    if not data["divided_today"]:
        return  # by Shapley both always lose alike
    rows = sorted(data["balance"], key=lambda row: -abs(row["difference"]["value"]))
    for row in rows[:FEW]:
        one, other = row["one"], row["other"]
        keys = ("one_loses", "other_loses", "one_depends_more")
        if row["difference"]["value"] < 0.0:
            one, other = other, one
            keys = ("other_loses", "one_loses", "other_depends_more")
        mine, its, share = (row[key] for key in keys)
        yield (
            f"{called[one]} depends more on {called[other]} than {called[other]} on it in"
            f" {percent(share)} of draws: without the other they lose {number(mine['value'])} and"
            f" {number(its['value'])}"
        )


def _blocks(data: Row, called: Names) -> Iterator[str]:
    """Which sets would rather be by themselves, most often first."""
    key = "foremost" if data["divided_today"] else "most"
    found = sorted(data["sets"], key=lambda row: -row[key])[:FEW]
    told = [
        f"{_together(row['members'], called)} ({percent(row[key])} of draws)"
        for row in found
        if row[key] >= NOTABLE
    ]
    if told and data["divided_today"]:
        yield f"who would gain most by being without the others: {listed(told)}"
    elif told:
        yield f"if all shared by what each adds, who could object most: {listed(told)}"


def _shares(data: Row, called: Names) -> Iterator[str]:
    """What each one has of the whole, and would have by what it adds or by the least complaint."""
    whole, shares = data["sets"][-1]["worth"], data["shares"]
    ways = {
        "payoffs": "as it is divided today",
        "shapley": "shared by what each adds (Shapley)",
        "nucleolus": "shared so that the most dissatisfied set is best off (nucleolus)",
    }
    if not data["divided_today"]:
        del ways["payoffs"]
    line = f"the whole is worth {number(whole['value'])} ({_span(whole)})"
    for way, says in ways.items():
        has = {member: interval["value"] for member, interval in shares[way].items()}
        if all(math.isfinite(value) for value in has.values()):
            told = [f"{called[member]} has {number(value)}" for member, value in has.items()]
            line += f"; {says}, {listed(told)}"
    yield line


def _sharing(data: Row, called: Names) -> Iterator[str]:
    """What transfers could do, and what nothing inside the pact can."""
    sharing = data["sharing"]
    if data["divided_today"] and sharing["by_transfers"] >= NOTABLE:
        moves = {m: row["value"] for m, row in sharing["transfers"].items()}
        gets = [f"{called[m]} {number(v)}" for m, v in moves.items() if v > 0.0]
        gives = [f"{called[m]} {number(-v)}" for m, v in moves.items() if v < 0.0]
        yield (
            f"transfers would keep all together in another {percent(sharing['by_transfers'])} of"
            f" draws; where there are any that do, on average {listed(gives)} would go out and"
            f" {listed(gets)} come in"
        )
    lost = 1.0 - sharing["possible"]
    if lost >= NOTABLE:
        yield (
            f"in {percent(lost)} of draws no sharing keeps all together; on average over all draws"
            f" it would take {number(sharing['subsidy']['value'])} from outside"
            f" ({_span(sharing['subsidy'])})"
        )
    slack = sharing["least_core"]
    if slack["high"] < 0.0:
        yield (
            "shared with the least complaint, every set has at least"
            f" {number(-slack['value'])} more than by itself ({_span(_minus(slack))})"
        )


def _company(data: Row, called: Names) -> Iterator[str]:
    """Whether everybody would stay where it stands, going by whom it likes to stand with."""
    company = data["company"]
    if company is None:
        return
    holds = company["holds"]
    groups = "; ".join(_together(group, called) for group in company["partition"])
    line = (
        f"going by whom each would rather stand with (today: {groups}), in"
        f" {percent(holds['individual'])} of draws no actor would move to where it is welcome, and"
        f" in {percent(holds['core'])} no set of actors would rather stand by itself"
    )
    movers = sorted(company["movers"].items(), key=lambda pair: -pair[1]["wants"])[:FEW]
    told = [
        f"{called[actor]} ({percent(row['wants'])}, welcome in {percent(row['welcome'])})"
        for actor, row in movers
        if row["wants"] >= NOTABLE
    ]
    yield f"{line}; who would rather stand elsewhere most often: {listed(told)}" if told else line
    sets = [
        f"{_together(row['members'], called)} ({percent(row['share'])})"
        for row in company["objecting"][:FEW]
        if row["share"] >= NOTABLE
    ]
    if sets:
        yield f"sets that would rather stand by themselves, most often: {listed(sets)}"


def number(value: float) -> str:
    """A number to three digits, with a true minus."""
    return f"{value:.3g}".replace("-", "−")


def times_of(value: float) -> str:
    """So many times."""
    return f"{number(value)} times"


def _span(row: Row) -> str:
    return f"{number(row['low'])} to {number(row['high'])}"


def _minus(row: Row) -> dict[str, float]:
    return {"value": -row["value"], "low": -row["high"], "high": -row["low"]}


def _together(ids: Sequence[str], called: Names) -> str:
    return listed([called[i] for i in ids])
