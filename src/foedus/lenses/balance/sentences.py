"""The balance finding in sentences: headline and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foedus.lenses.lens import percent
from foedus.lenses.wording import listed, sentence

Row = Mapping[str, Any]
Names = Mapping[str, str]

FEW = 3
"""Ties, realignments and dates named in a sentence."""
OPEN = 0.2
"""It is open where somebody stands who is on either side in this share of draws at least."""
MANY = 8
"""Actors of a camp that are named."""
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def headline(data: Row, called: Names) -> str:
    """Whether the members stand together, and which tie is under strain most often."""
    parts = []
    share = data["members_together"]
    if share is not None:
        members = listed([called[m] for m in data["members"]])
        parts.append(
            f"there is less strain with {members} in one camp than with them apart in"
            f" {percent(share['value'])} of draws"
        )
    found = data["frustration"]
    free = found["high"] == 0.0 and found["value"] == 0.0
    parts.append("no tie is under strain in any draw" if free else _most(data, called))
    return f"{sentence('; '.join(parts))}."


def _amount(data: Row) -> Iterator[str]:
    """How much of all ties' weight is unexplained."""
    found = data["frustration"]
    yield (
        f"{number(found['value'])} ({number(found['low'])} to {number(found['high'])}) of the"
        f" weight of all ties is under strain in {words(data['camps'])} camps, which makes a line"
        f" index of {data['line_index']['value']:.2f}."
    )


def _most(data: Row, called: Names) -> str:
    strain: Mapping[str, Row] = data["strain"]
    name = max(strain, key=lambda tie: (strain[tie]["strained"], strain[tie]["strain"]["value"]))
    row = strain[name]
    return (
        f"under strain most often is what lies between {pair(row['between'], called)}, in"
        f" {percent(row['strained'])} of draws"
    )


def reasons(data: Row, called: Names) -> tuple[str, ...]:
    """The camps, the ties they leave unexplained, splits, realignments, more camps, the past."""
    return (
        *_amount(data),
        *_division(data, called),
        *_unexplained(data, called),
        *_splits(data, called),
        *_realignments(data, called),
        *_nearest(data, called),
        *_open(data, called),
        *_more_camps(data),
        *_past(data),
    )


def camps_of(camps: Mapping[str, int | None]) -> list[list[str]]:
    """The actors by camp, the first camp first; those without ties are left out."""
    out: dict[int, list[str]] = {}
    for actor, camp in camps.items():
        if camp is not None:
            out.setdefault(camp, []).append(actor)
    return [out[camp] for camp in sorted(out)]


def number(value: float) -> str:
    """A weight to two significant digits behind the point, without idle zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") if value else "0"


def words(count: int) -> str:
    """A small number as a word."""
    return WORDS[count] if count < len(WORDS) else str(count)


def pair(between: Sequence[str], called: Names) -> str:
    """Two actors by name."""
    return f"{called[between[0]]} and {called[between[1]]}"


def some(actors: Sequence[str], called: Names, most: int = MANY) -> str:
    """Actors by name, no more than a few."""
    told = [called[actor] for actor in actors[:most]]
    if len(actors) > most:
        told.append(f"{len(actors) - most} more")
    return listed(told)


def _division(data: Row, called: Names) -> list[str]:
    camps = camps_of(data["likely"]["camps"])
    if len(camps) < 2:
        return ["At the most likely values everybody stands in one camp."] if camps else []
    if len(camps) == 2:
        one, other = (some(camp, called) for camp in camps)
        return [f"At the most likely values one camp is {one}; against them {other}."]
    told = "; ".join(f"({i}) {some(camp, called)}" for i, camp in enumerate(camps, 1))
    return [f"At the most likely values the camps are {told}."]


def _unexplained(data: Row, called: Names) -> list[str]:
    """The ties that the division at the most likely values leaves unexplained."""
    likely = data["likely"]
    if not likely["strained"]:
        return ["That division explains every tie."] if likely["ties"] else []
    rows = sorted(
        (likely["ties"][name] for name in likely["strained"]), key=lambda row: -row["weight"]
    )
    told = [
        f"{pair(row['between'], called)}"
        f" ({'friends in different camps' if row['sign'] > 0 else 'foes in one camp'})"
        for row in rows[:FEW]
    ]
    if len(rows) > FEW:
        told.append(f"{len(rows) - FEW} more")
    return [
        f"That leaves {number(likely['value'])} of {number(likely['weight'])} unexplained:"
        f" {listed(told)}."
    ]


def _splits(data: Row, called: Names) -> list[str]:
    split = data["split"]
    if split is None:
        return []
    margin = split["margin"]
    span = f"{number(abs(margin['value']))} ({number(margin['low'])} to {number(margin['high'])})"
    if margin["value"] >= 0.0:
        line = f"Parting the members would put {span} more under strain than keeping them together"
    else:
        line = (
            f"Keeping the members together puts {number(-margin['value'])}"
            f" ({number(-margin['high'])} to {number(-margin['low'])}) more under strain than"
            " parting them"
        )
    first = data["orderings"]["leaves_first"]
    if len(first) > 2:
        name = max(first, key=first.__getitem__)
        line += (
            f"; the one whose leaving costs least is {called[name]}, in {percent(first[name])} of"
            f" draws ({_signed(split['leaves'][name]['value'])} on average)"
        )
    return [f"{line}."]


def _signed(value: float) -> str:
    return number(value) if value <= 0.0 else f"+{number(value)}"


def _realignments(data: Row, called: Names) -> list[str]:
    """The cheapest other divisions at the most likely values, if there are that relieve a tie."""
    rows = [row for row in data["realignments"] if row["relieved"]]
    opening = "Cheapest realignments that relieve a tie" if rows else "Cheapest realignments"
    out = []
    for row in (rows or data["realignments"])[:FEW]:
        line = "; ".join(_joined(join, called) for join in row["joins"])
        extra = row["cost"]
        line += f": {number(extra)} more under strain" if extra else ": explained as well"
        line += _relief(data, row, called)
        out.append(f"{sentence(line)}.")
    return [f"{opening}, at the most likely values. {' '.join(out)}"] if out else []


def _joined(join: Row, called: Names) -> str:
    """Who goes where."""
    movers, one = some(join["moves"], called, FEW), len(join["moves"]) == 1
    if join["finds"]:
        return f"{movers} {'joins' if one else 'join'} {some(join['finds'], called, FEW)}"
    return f"{movers} {'stands alone' if one else 'form a camp of their own'}"


def _relief(data: Row, row: Row, called: Names) -> str:
    ties = data["likely"]["ties"]
    line = ""
    if row["relieved"]:
        line += f"; relieves {_ties(row['relieved'], ties, called)}"
    strained = [name for name in row["to_change"] if name not in data["likely"]["strained"]]
    if strained:
        line += f"{', but' if line else ';'} strains {_ties(strained, ties, called)}"
    return line


def _ties(chosen: Sequence[str], ties: Mapping[str, Row], called: Names) -> str:
    told = ["–".join(called[end] for end in ties[name]["between"]) for name in chosen[:FEW]]
    if len(chosen) > FEW:
        told.append(f"{len(chosen) - FEW} more")
    return listed(told)


def _nearest(data: Row, called: Names) -> list[str]:
    """Who would pay least for changing camp alone."""
    costs = {
        actor: row
        for actor, row in data["cost_of_moving"].items()
        if data["likely"]["camps"][actor] is not None
    }
    if not costs:
        return []
    name = min(costs, key=lambda actor: costs[actor]["value"])
    cost = costs[name]
    return [
        f"Nobody is nearer to changing camp alone than {called[name]}, whom it would cost"
        f" {number(cost['value'])} ({number(cost['low'])} to {number(cost['high'])})."
    ]


def _open(data: Row, called: Names) -> list[str]:
    """Outsiders of whom it is not clear whether they stand with the members."""
    shares = data["with_members"]
    if shares is None:
        return []
    open_ones = sorted(
        (abs(share - 0.5), called[actor], share)
        for actor, share in shares.items()
        if actor not in data["members"] and OPEN <= share <= 1.0 - OPEN
    )
    told = [f"{name} ({percent(share)} of draws)" for _, name, share in open_ones[:FEW]]
    return [f"It is open whether these stand with the members: {listed(told)}."] if told else []


def _more_camps(data: Row) -> list[str]:
    """What other numbers of camps leave unexplained."""
    rows = data["by_camps"]
    own = str(data["camps"])
    line = f"At the most likely values {words(data['camps'])} camps leave"
    line += f" {number(rows[own]['value'])} unexplained"
    if all(row["value"] == rows[own]["value"] for row in rows.values()):
        return [f"{line}; more or fewer leave as much."]
    told = [
        f"{words(int(camps))} camps {number(row['value'])}"
        for camps, row in rows.items()
        if camps not in (own, "any")
    ]
    told.append(f"any number of camps {number(rows['any']['value'])}")
    return [f"{line}, {listed(told)}."]


def _past(data: Row) -> list[str]:
    """How the frustration moved over the dates."""
    rows = data["history"]
    if len(rows) < 2:
        return []
    first, last = rows[0], rows[-1]
    start = f"before {rows[1]['date']}" if first["date"] is None else f"in {first['date']}"
    line = (
        f"Over its {len(rows)} dates what is under strain went from {number(first['value'])}"
        f" ({start}) to {number(last['value'])} ({last['date']})"
    )
    most = max(rows, key=lambda row: row["value"])
    if most["value"] > max(first["value"], last["value"]):
        line += f", with most, {number(most['value'])}, from {most['date']} on"
    return [f"{line}."]
