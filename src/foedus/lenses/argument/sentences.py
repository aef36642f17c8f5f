"""The argument finding in sentences: headline and reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.lenses.argument.words import (
    STEPS,
    Names,
    between,
    called,
    number,
    points,
    span,
    times,
    times_span,
)
from foedus.lenses.wording import listed, sentence

Row = Mapping[str, Any]

FEW = 3
"""Items and cells named in a sentence."""
EVEN = 1.05
"""Likelihood ratios nearer to 1 than this say as good as nothing."""


def flat(data: Row) -> bool:
    """Whether all hypotheses are as likely as each other before the evidence."""
    before = [row["prior"]["value"] for row in data["hypotheses"].values()]
    return bool(max(before) - min(before) < 1e-9)


def headline(data: Row) -> str:
    """Which hypothesis leads, by the evidence or from a prior, and what is said of the pact."""
    names, leaders = called(data), data["leaders"]
    each = " each" if len(leaders) > 1 else ""
    after = f"({span(data['hypotheses'][leaders[0]]['posterior'], f'{each}, {{}}', each)})"
    told = names.all_of(leaders)
    if not flat(data):
        line = f"Likeliest {'are' if each else 'is'} {told} {after}, from {whose(data)}"
        subject = "the evidence"
        if set(data["favoured"]) != set(leaders):
            line, subject = f"{line}; {subject} by itself favours {_favoured(data, names)}", "it"
    elif len(leaders) == len(data["hypotheses"]):
        line, subject = f"The evidence does not tell {told} apart {after}", "it"
    else:
        apart = ", and does not tell them apart" if each else ""
        line, subject = f"The evidence favours {told} {after}{apart}", "it"
    if data["log_ratio"] is None:
        return f"{line}."
    return f"{line}; {subject} {ratio_said(data['log_ratio'])}."


def whose(data: Row) -> str:
    """The prior, by who says it."""
    return {
        "flat": "a prior that is the same for every hypothesis",
        "case": "the case's prior",
        "table": "the table's prior",
        "asked": "the prior asked for",
    }[data["prior"]["from"]]


def _favoured(data: Row, names: Names) -> str:
    every = len(data["favoured"]) == len(data["hypotheses"])
    return "none" if every else names.all_of(data["favoured"])


def ratio_said(ratio: Row) -> str:
    """What the evidence does or is, for or against the pact's holding; a log ratio."""
    ways = {key: -ratio[key] for key in ratio}
    if abs(ratio["value"]) < math.log(EVEN):
        return f"does not tell whether the pact holds (likelihood ratio {times_span(ratio)})"
    if ratio["value"] > 0.0:
        whole, ends = "holds as if it does not", ratio
    else:
        whole = "does not hold as if it does"
        ends = {"value": ways["value"], "low": ways["high"], "high": ways["low"]}
    ends_said = between(times(ends["low"]), times(ends["high"]), " ({})")
    return f"is {times(ends['value'])} times as likely if the pact {whole}{ends_said}"


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
        [f"{names.hypotheses[name]} {span(row['posterior'])}" for name, row in rows]
    )
    least = data["least_inconsistent"]
    score = data["hypotheses"][least[0]]["inconsistency"]
    line = f"least speaks against {names.all_of(least)} (inconsistency {number(score)})"
    if cause := disagreement(data):
        mine = data["hypotheses"][data["leader"]]["inconsistency"]
        line += f", and not against {names.hypotheses[data['leader']]} ({number(mine)}): " + (
            f"{whose(data)} puts it first, and by the evidence alone"
            f" {_favoured(data, names)} would come first"
            if cause == "prior"
            else "counting what speaks against, without ratings, disagrees with weighing all of it"
        )
    yield line


def disagreement(data: Row) -> str | None:
    """Why what leads is not what least speaks against: the `prior`, or the `evidence`."""
    least = set(data["least_inconsistent"])
    if least & set(data["leaders"]):
        return None
    return "prior" if not flat(data) and least & set(data["favoured"]) else "evidence"


def _prior(data: Row, names: Names) -> Iterator[str]:
    if data["prior"]["holds"] is None:
        return
    yield (
        f"by itself, from {whose(data)}, {span(data['prior']['holds'])}, the chance that the pact"
        f" holds comes to {span(data['holds'])}"
    )


def _unused(data: Row, names: Names) -> Iterator[str]:
    if data["log_ratio_unused"] is None or not data["used"]:
        return
    fresh, all_of = len(data["unused"]), len(data["unused"]) + len(data["used"])
    if not fresh:
        yield "numbers of other lenses rest on every item, so nothing of it is new to them"
        return
    yield (
        f"{fresh} of {all_of} items have not been counted by other lenses; by these alone the"
        f" likelihood ratio is {times_span(data['log_ratio_unused'])}"
    )


def _linchpins(data: Row, names: Names) -> Iterator[str]:
    found = [row for row in data["linchpins"][:FEW] if row["moves"]["value"] >= 0.005]
    if not found:
        return
    if found[0]["holds_change"] is not None:
        told = [f"{names.items[r['item']]} ({points(r['holds_change']['value'])})" for r in found]
        yield f"items that carry most (points of the chance that the pact holds without it): {listed(told)}"  # noqa: E501
    else:
        told = [f"{names.items[r['item']]} ({100 * r['moves']['value']:.0f})" for r in found]
        yield f"items that carry most (points that change hands without it): {listed(told)}"
    turning = [r for r in data["linchpins"] if r["leader_changes"] > 0.5]
    if turning:
        yield "without it another hypothesis would lead: " + listed(
            [names.items[r["item"]] for r in turning[:FEW]]
        )


def _cells(data: Row, names: Names) -> Iterator[str]:
    turning = [row for row in data["changes"] if row["changes_leader"]]
    central = data["at_modes"]["leaders"]
    if set(central).isdisjoint(data["leaders"]):
        yield (
            f"it is close: at the most likely values {names.all_of(central)}"
            f" {'leads' if len(central) == 1 else 'lead'}, on average over the draws"
            f" {names.all_of(data['leaders'])}"
        )
    if turning:
        first = change_said(turning[0], names)
        yield (
            f"at the most likely values another hypothesis would come first after {len(turning)}"
            f" changes of a single cell by a step, or to or from not applicable; the first of them"
            f" {first}"
        )
    else:
        yield (
            "no single cell, a step up or down or to or from not applicable, would change which one"
            " leads"
        )


def change_said(row: Row, names: Names) -> str:
    """A change of a cell in words."""
    return (
        f"is {names.items[row['item']]} under {names.hypotheses[row['hypothesis']]} from"
        f" {STEPS[row['now']]} to {STEPS[row['then']]}, after which {names.all_of(row['leaders'])}"
        f" {'leads' if len(row['leaders']) == 1 else 'lead'}"
    )


def _useless(data: Row, names: Names) -> Iterator[str]:
    none = [name for name, row in data["items"].items() if row["strength"]["value"] < 1e-9]
    if none:
        more = len(none) - FEW
        told = [names.items[name] for name in none[:FEW]] + ([f"{more} more"] if more > 0 else [])
        yield f"no use in telling hypotheses apart: {listed(told)}"


def _pairs(data: Row, names: Names) -> Iterator[str]:
    for row in data["pairs"]:
        if row["items"] == 0:
            one, other = (names.hypotheses[row[key]] for key in ("one", "other"))
            yield (
                f"no item tells {one} from {other}: what would be seen under one and not under the"
                " other is worth looking for"
            )
