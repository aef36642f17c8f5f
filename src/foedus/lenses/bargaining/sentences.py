"""The bargaining finding in sentences: headline and reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from foedus.lenses.bargaining.record import ISSUES, MEANING, RECORD
from foedus.lenses.lens import percent
from foedus.lenses.wording import listed

Row = Mapping[str, Any]
Names = Mapping[str, str]

FEW = 3
"""Levers named in a sentence."""
LITTLE = 0.02
"""A share of the scale under which a move is not worth a word."""


def headline(data: Row, called: Names) -> str:
    """The settlement on the issue that strains the members most, and who can live with all."""
    line = f"{place(data['issues'][hardest(data)])}."
    share = data["share_holding"]
    if share is not None:
        of = f"settlements on all {len(data['issues'])} issues"
        what = of if len(data["issues"]) > 1 else "it"
        line += f" Every member can live with {what} in {percent(share['value'])} of draws."
    return line


def place(issue: Row) -> str:
    """Where an issue settles, in a number and in words."""
    found = issue["settlement"]
    low, high = issue["scale"]["low"], issue["scale"]["high"]
    line = (
        f"“{issue['says']}” settles at {number(found['value'], issue)} on {low:g} to {high:g}"
        f" ({number(found['low'], issue)} to {number(found['high'], issue)})"
    )
    return f"{line}, {found['words']}" if issue["scale"]["points"] else line


def settlement(issue: Row, called: Names) -> str:
    """Where an issue settles, with the weighted mean beside it, and whose red line that crosses."""
    line = place(issue)
    if issue["headline"] != "wmean":
        line += f"; the weighted mean is {number(issue['variants']['wmean']['value'], issue)}"
    crossed = _most_crossed(issue)
    if crossed is None:
        return line
    member, share = crossed
    if share <= 0.0:
        return f"{line}; it crosses no member’s red line in any draw"
    return (
        f"{line}; the red line crossed most often is {whose(called[member])}, in {percent(share)}"
        " of draws"
    )


def reasons(data: Row, called: Names) -> tuple[str, ...]:
    """Who is asked for what, who pulls whom, what the settlement hangs on, what models say."""
    issues, first = data["issues"], hardest(data)
    out = []
    for name in (first, *(name for name in issues if name != first)):
        out.append(f"{settlement(issues[name], called)}.")
    for issue in issues.values():
        out.extend(_strain(issue, called))
    for issue in issues.values():
        out.extend(_pulls(issue, called))
    out.extend(_levers(issues[first], called))
    out.extend(_spread(issues))
    out.append(_record())
    return tuple(out)


def hardest(data: Row) -> str:
    """The issue on which a member's red line is crossed most often, or else the most strained."""

    def strained(name: str) -> tuple[float, float]:
        issue = data["issues"][name]
        crossed = _most_crossed(issue)
        strain = issue["strain"]
        return (crossed[1] if crossed else 0.0, strain["asked"]["value"] if strain else 0.0)

    return max(data["issues"], key=strained)


def number(value: float, issue: Row) -> str:
    """A place on an issue's scale, to a hundredth of it or so."""
    width = issue["scale"]["high"] - issue["scale"]["low"]
    digits = min(max(2 - math.floor(math.log10(width)), 0), 12)
    return f"{value:.{digits}f}".replace("-", "−")


def _most_crossed(issue: Row) -> tuple[str, float] | None:
    """The member whose red line the settlement crosses most often, and in what share of draws."""
    shares = {
        member: 1.0 - row["acceptable"]
        for member, row in issue["members"].items()
        if row["acceptable"] is not None and math.isfinite(row["acceptable"])
    }
    if not shares:
        return None
    first = max(shares, key=shares.__getitem__)
    return first, shares[first]


def _strain(issue: Row, called: Names) -> list[str]:
    """How differently the members are treated."""
    strain = issue["strain"]
    if strain is None or strain["positions"]["value"] < LITTLE:
        return []
    asked = sorted(issue["members"].items(), key=lambda pair: -pair[1]["asked"]["value"])
    (most, its), (least, other) = asked[0], asked[-1]
    line = (
        f"On “{issue['says']}” the members stand {percent(strain['positions']['value'])} of the"
        f" scale apart; the settlement asks {called[most]} to come"
        f" {_way(its['asked_to_move']['value'])} by {number(its['asked']['value'], issue)}, and"
        f" {called[least]} by {number(other['asked']['value'], issue)}"
    )
    if strain["opposite"] >= 0.01:
        line += (
            f"; in {percent(strain['opposite'])} of draws it asks some members to come up and"
            " others to come down"
        )
    return [f"{line}."]


def _way(move: float) -> str:
    return "up" if move > 0.0 else "down"


def _pulls(issue: Row, called: Names) -> list[str]:
    """Whether members are moved by each other or by the other side, and who most."""
    traffic, pulls = issue["traffic"], issue["pulls"]
    if not pulls:
        return []
    whole = sum(row["size"] for row in traffic.values())
    inside, across = (
        traffic[side]["size"] / whole for side in ("among_members", "between_the_sides")
    )
    moved = [pull for pull in pulls if pull["who"] in issue["members"]]
    line = (
        f"At the most likely values {_part(inside)} of all movement on “{issue['says']}” comes of"
        f" bargains among members and {_part(across)} of bargains between the sides"
    )
    if moved:
        first = moved[0]
        line += (
            f"; the member moved furthest is {called[first['who']]}, by {called[first['by']]}"
            f" ({_signed(first['moved'], issue)})"
        )
    return [f"{line} (spatial model with third parties free)."]


def _part(share: float) -> str:
    return "none" if share == 0.0 else percent(share)


def _levers(issue: Row, called: Names) -> list[str]:
    """What moves the settlement most."""
    found = [row for row in issue["levers"] if row["a_tenth"] != 0.0][:FEW]
    if not found:
        return []
    told = [
        f"{whose(called[row['actor']])} {row['kind']} ({_signed(row['a_tenth'], issue)})"
        for row in found
    ]
    return [
        f"What the settlement on “{issue['says']}” hangs on most, with what a tenth up does at the"
        f" most likely values: {listed(told)}."
    ]


def _signed(value: float, issue: Row) -> str:
    width = issue["scale"]["high"] - issue["scale"]["low"]
    digits = min(max(3 - math.floor(math.log10(width)), 0), 12)
    return f"{value:+.{digits}f}".replace("-", "−")


def _spread(issues: Mapping[str, Row]) -> list[str]:
    """How far the models lie apart."""
    told = []
    for issue in issues.values():
        spread = issue["spread"]
        if spread is not None and spread["of_scale"] >= LITTLE:
            low, high = (number(spread[end], issue) for end in ("low", "high"))
            ends = [issue["variants"][spread[end]]["says"] for end in ("lowest", "highest")]
            told.append(f"from {low} ({ends[0]}) to {high} ({ends[1]}) on “{issue['says']}”")
    return [f"The models’ mean settlements run {listed(told)}."] if told else []


def _record() -> str:
    """The record in one sentence: how wrong each model was on real issues."""
    known = {row.variant: row.error for row in RECORD if row.error is not None}
    told = {
        "pce": "the Condorcet election",
        "wmean": "the weighted mean",
        "smp:ktab": "the spatial model",
        "eum:scholz-code": "the expected-utility model",
        "always 50": "always naming the middle",
    }
    errors = [f"{known[name]:.1f} for {says}" for name, says in told.items() if name in known]
    return (
        f"On {ISSUES} real issues of the European Union the mean error, in {MEANING}, was"
        f" {listed(errors)}: models in which positions move say who pulls whom, not more exactly"
        " where it ends."
    )


def whose(name: str) -> str:
    """A name in the possessive."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
