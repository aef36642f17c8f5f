"""What nobody should overlook in a balance finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foedus.lenses.balance.sentences import number, pair, words
from foedus.lenses.lens import percent
from foedus.lenses.wording import listed

Row = Mapping[str, Any]
Names = Mapping[str, str]
NOTABLE = 0.05
"""Shares of draws from which on a doubt is worth a warning."""
FEW = 4
"""Ties named in a warning."""


def warnings(data: Row, called: Names, members: Sequence[str]) -> tuple[str, ...]:
    """Members without ties, uncertain signs, several best divisions, strange bedfellows, bounds."""
    return (
        *_untied(data, called, members),
        *_undecided(data),
        *_sure(data),
        *_circles(data),
        *_signs(data, called),
        *_several(data),
        *_bedfellows(data, called),
        *_unproved(data),
    )


def _untied(data: Row, called: Names, members: Sequence[str]) -> Iterator[str]:
    without = [called[member] for member in members if member not in data["members"]]
    if not without:
        return
    verb = "has" if len(without) == 1 else "have"
    stand = "it stands" if len(without) == 1 else "they stand"
    line = f"{listed(without)} {verb} no ties, so nothing is said of where {stand}"
    if data["members_together"] is None:
        line += "; whether the members stand in one camp is not known"
    yield f"{line}."


def _undecided(data: Row) -> Iterator[str]:
    if data["equal"] is not None and data["equal"] >= NOTABLE:
        yield (
            f"In {percent(data['equal'])} of draws it is the same strain whether the members stand"
            " together or not; such draws count half."
        )


def _sure(data: Row) -> Iterator[str]:
    share = data["members_together"]
    if share is not None and share["value"] >= 1.0 - NOTABLE:
        yield (
            "That the ties put the members into one camp does not say that they will stay there:"
            " foes in common outweigh many a quarrel here. See what leaving costs, and what is"
            " under strain."
        )


def _circles(data: Row) -> Iterator[str]:
    """Without circles of ties nothing can be under strain."""
    group = {actor: actor for actor in data["actors"]}

    def head(actor: str) -> str:
        while group[actor] != actor:
            actor = group[actor]
        return actor

    for row in data["strain"].values():
        one, other = (head(end) for end in row["between"])
        if one == other:
            return
        group[one] = other
    yield (
        "No ties close a circle, so camps explain them all whatever their signs are; strain comes"
        " of friends of foes, and foes of friends: tie the outsiders to each other too."
    )


def _signs(data: Row, called: Names) -> Iterator[str]:
    doubted = sorted(
        (
            (min(row["friends"], row["foes"]), pair(row["between"], called))
            for row in data["strain"].values()
        ),
        reverse=True,
    )
    told = [f"{who} ({percent(share)} the other way)" for share, who in doubted if share >= NOTABLE]
    if told:
        more = [f"{len(told) - FEW} more"] if len(told) > FEW else []
        yield f"It is not sure whether these are friends or foes: {listed([*told[:FEW], *more])}."


def _several(data: Row) -> Iterator[str]:
    likely = data["likely"]
    count = likely["optima"]
    if count is not None and count > 1:
        yield (
            f"At the most likely values {count} divisions are equally good; the camps shown are one"
            " of them."
        )
    elif count is None and likely["optima_least"] > 1:
        yield (
            f"At the most likely values at least {likely['optima_least']} divisions are equally"
            " good; the camps shown are one of them."
        )


def _bedfellows(data: Row, called: Names) -> Iterator[str]:
    """Foes put into one camp for want of a third."""
    two, three = data["by_camps"]["2"], data["by_camps"]["3"]
    if data["camps"] != 2 or not 0.0 <= three["value"] <= 0.5 * two["value"] or two["value"] == 0.0:
        return
    together = [
        row["between"]
        for row in data["likely"]["ties"].values()
        if row["sign"] < 0 and _joined(two, row["between"]) and not _joined(three, row["between"])
    ]
    line = (
        f"Two camps make strange bedfellows: three leave {number(three['value'])} unexplained"
        f" instead of {number(two['value'])}"
    )
    if together:
        told = [pair(between, called) for between in together[:FEW]]
        if len(together) > FEW:
            told.append(f"{len(together) - FEW} pairs more")
        line += f", and part {listed(told)}"
    yield f"{line} (balance.camps: 3)."


def _joined(row: Row, between: Sequence[str]) -> bool:
    one, other = (row["camps"][end] for end in between)
    return bool(one == other)


def _unproved(data: Row) -> Iterator[str]:
    if data["bound"]["value"] < data["frustration"]["value"] * (1.0 - 1e-9):
        yield (
            "Not every draw's division is proved to be the best; what is under strain is at least"
            f" {number(data['bound']['value'])} on average."
        )
    open_camps = [
        "any number of" if camps == "any" else words(int(camps))
        for camps, row in data["by_camps"].items()
        if not row["proved"]
    ]
    if open_camps:
        yield (
            "At the most likely values it is not proved that there is no better division into"
            f" {listed(open_camps)} camps."
        )
