"""The argument finding in sentences: headline and reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.lenses.lens import percent
from foedus.lenses.wording import listed, sentence

Row = Mapping[str, Any]
Names = Mapping[str, str]

FEW = 3
"""Items, cells and hypotheses named in a sentence."""
EVEN = 1.05
"""Likelihood ratios nearer to 1 than this say as good as nothing."""
STEPS: dict[int | str, str] = {-2: "II", -1: "I", 0: "N", 1: "C", 2: "CC", "na": "NA"}
"""The letters of ACH for the steps of consistency."""


def short(says: str, name: str, most: int = 60) -> str:
    """What a hypothesis or an item is called: what it says if that is short, else its id."""
    flat = says.rstrip(".")
    return f"“{flat}”" if len(flat) <= most else f"“{name.replace('-', ' ')}”"


def called(data: Row) -> dict[str, str]:
    """What to call hypotheses and items, by id."""
    return {
        name: short(row["says"], name)
        for table in ("hypotheses", "items")
        for name, row in data[table].items()
    }


def headline(data: Row) -> str:
    """Which hypothesis the evidence favours, and what it says of the pact."""
    names, leader = called(data), data["leader"]
    row = data["hypotheses"][leader]
    after = row["posterior"]
    line = f"The evidence favours {names[leader]} ({percent(after['value'])}, {ends(after)})"
    if data["log_ratio"] is None:
        return f"{line}."
    return f"{line}; {ratio_said(data['log_ratio'])}."


def ratio_said(ratio: Row) -> str:
    """The weight of the evidence for or against the pact's holding."""
    value = math.exp(ratio["value"])
    low, high = math.exp(ratio["low"]), math.exp(ratio["high"])
    if 1.0 / EVEN < value < EVEN:
        return (
            f"it does not tell whether the pact holds (likelihood ratio {number(value)},"
            f" {number(low)} to {number(high)})"
        )
    side = "holds" if value > 1.0 else "does not hold"
    if value < 1.0:
        value, low, high = 1.0 / value, 1.0 / high, 1.0 / low
    return (
        f"it is {number(value)} times as likely if the pact {side} as if it"
        f" {'does not' if side == 'holds' else 'does'} ({number(low)} to {number(high)})"
    )


def reasons(data: Row) -> tuple[str, ...]:
    """Rankings side by side, the prior, what may be pooled, what decides, what is missing."""
    names = called(data)
    return tuple(
        sentence(f"{line}.")
        for part in (_rankings, _prior, _unused, _linchpins, _cells, _useless, _pairs)
        for line in part(data, names)
    )


def _rankings(data: Row, names: Names) -> Iterator[str]:
    rows = sorted(data["hypotheses"].items(), key=lambda pair: pair[1]["rank"])
    yield "chances after the evidence: " + listed(
        [f"{names[name]} {span(row['posterior'])}" for name, row in rows]
    )
    least = data["least_inconsistent"]
    score = data["hypotheses"][least[0]]["inconsistency"]
    line = (
        f"least speaks against {listed([names[name] for name in least])}"
        f" (inconsistency {number(score)})"
    )
    if data["leader"] not in least:
        mine = data["hypotheses"][data["leader"]]["inconsistency"]
        line += (
            f", and not against {names[data['leader']]} ({number(mine)}): counting what speaks"
            " against, without ratings, disagrees with weighing all of it"
        )
    yield line


def _prior(data: Row, names: Names) -> Iterator[str]:
    if data["prior"]["holds"] is None:
        return
    whose = {
        "flat": "a prior that is the same for every hypothesis",
        "case": "the case's prior",
        "table": "the table's prior",
        "asked": "the prior asked for",
    }[data["prior"]["from"]]
    yield (
        f"by itself, from {whose}, {span(data['prior']['holds'])}, the chance that the pact"
        f" holds comes to {span(data['holds'])}"
    )


def _unused(data: Row, names: Names) -> Iterator[str]:
    if data["log_ratio_unused"] is None or not data["used"]:
        return
    fresh, all_of = len(data["unused"]), len(data["unused"]) + len(data["used"])
    if not fresh:
        yield "numbers of other lenses rest on every item, so nothing of it is new to them"
        return
    value = {key: math.exp(part) for key, part in data["log_ratio_unused"].items()}
    yield (
        f"{fresh} of {all_of} items have not been counted by other lenses; by these alone the"
        f" likelihood ratio is {number(value['value'])} ({number(value['low'])} to"
        f" {number(value['high'])})"
    )


def _linchpins(data: Row, names: Names) -> Iterator[str]:
    found = [row for row in data["linchpins"][:FEW] if row["moves"]["value"] >= 0.005]
    if not found:
        return
    if found[0]["holds_change"] is not None:
        told = [f"{names[r['item']]} ({points(r['holds_change']['value'])})" for r in found]
        yield f"items that carry most (points of the chance that the pact holds without it): {listed(told)}"  # noqa: E501
    else:
        told = [f"{names[r['item']]} ({100 * r['moves']['value']:.0f})" for r in found]
        yield f"items that carry most (points that change hands without it): {listed(told)}"
    turning = [r for r in data["linchpins"] if r["leader_changes"] > 0.5]
    if turning:
        yield "without it another hypothesis would lead: " + listed(
            [names[r["item"]] for r in turning[:FEW]]
        )


def _cells(data: Row, names: Names) -> Iterator[str]:
    turning = [row for row in data["changes"] if row["changes_leader"]]
    if data["at_modes"]["leader"] != data["leader"]:
        yield (
            f"it is close: at the most likely values {names[data['at_modes']['leader']]} leads, on"
            f" average over the draws {names[data['leader']]}"
        )
    if turning:
        first = change_said(turning[0], names)
        yield (
            f"at the most likely values another hypothesis would come first after {len(turning)}"
            f" changes of a single cell by a step, or to not applicable; the first of them {first}"
        )
    else:
        yield "no single cell, a step up or down or not applicable, would change which one leads"


def change_said(row: Row, names: Names) -> str:
    """A change of a cell in words."""
    return (
        f"is {names[row['item']]} under {names[row['hypothesis']]} from {STEPS[row['now']]} to"
        f" {STEPS[row['then']]}, after which {names[row['leader']]} leads"
    )


def _useless(data: Row, names: Names) -> Iterator[str]:
    none = [name for name, row in data["items"].items() if row["strength"]["value"] < 1e-9]
    if none:
        more = len(none) - FEW
        told = [names[name] for name in none[:FEW]] + ([f"{more} more"] if more > 0 else [])
        yield f"no use in telling hypotheses apart: {listed(told)}"


def _pairs(data: Row, names: Names) -> Iterator[str]:
    for row in data["pairs"]:
        if row["items"] == 0:
            yield (
                f"no item tells {names[row['one']]} from {names[row['other']]}: what would be seen"
                " under one and not under the other is worth looking for"
            )


def span(interval: Row) -> str:
    """A chance for people, with its interval."""
    return f"{percent(interval['value'])} ({ends(interval)})"


def ends(interval: Row) -> str:
    """The ends of an interval of chances."""
    return f"{percent(interval['low'])} to {percent(interval['high'])}"


def number(value: float) -> str:
    """A number to three digits, with a true minus."""
    return f"{value:.3g}".replace("-", "−")


def points(share: float) -> str:
    """A change of a chance in points, with its sign."""
    return f"{100 * share:+.1f}".replace("-", "−")
